import { record } from '../../audit/index.ts'
import { requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { getApplicant } from '../applicants/applicant-store.ts'
import type { Applicant } from '../applicants/applicant-store.ts'
import { issuedDocument, writeLetterFile } from '../letter-desk/letter-files.ts'
import type { LetterFormat } from '../letter-desk/letter-files.ts'
import { issuedHashOf } from '../letter-desk/compose-draft.ts'
import { getCorrection } from './correction-store.ts'
import type { CorrectionRef } from './correction-store.ts'

const REASON_MISSING = '请写明事由，不少于二个字'

type Read<T> = ({ ok: true } & T) | { ok: false; message: string }

/** 读出申请人的明文：须有事由，读与留痕同一事务。 */
export function readCorrectionApplicant(deps: Deps, actor: Actor, { reason, ...ref }: CorrectionRef & { reason: string }): Promise<Read<{ applicant: Applicant }>> {
  requirePermission(actor, 'personal-data.read', ref.bodyId)
  const keys = fieldKeys(deps.config.secretKey)
  return transaction(deps.db, async (tx) => {
    const { applicantId } = await getCorrection(tx, keys, ref)
    if (reason.trim().length < 2) return { ok: false, message: REASON_MISSING }
    const applicant = await getApplicant(tx, keys, ref.bodyId, applicantId)
    await record(tx, actor, 'personal-data.read', { bodyId: ref.bodyId, target: ref.correctionId }, { reason: reason.trim().slice(0, 200) })
    return { ok: true, applicant }
  })
}

/** 更正告知书写成文件：由固定的内容写，内容与所记摘要不符抛 `Error`；还没有作出处理抛 `NotFound`，缺字抛 `MissingGlyphs`。 */
export async function readCorrectionLetter(deps: Deps, actor: Actor, { reason, format, ...ref }: CorrectionRef & { reason: string; format: LetterFormat }): Promise<Read<{ bytes: Uint8Array; name: string }>> {
  requirePermission(actor, 'personal-data.read', ref.bodyId)
  const { docNo, letter } = await getCorrection(deps.db, fieldKeys(deps.config.secretKey), ref)
  if (letter === null) throw new NotFound('更正告知书')
  if (reason.trim().length < 2) return { ok: false, message: REASON_MISSING }
  if (issuedHashOf(letter.model) !== letter.hash) throw new Error(`更正告知书 ${ref.correctionId} 与所记的摘要不符`)
  const bytes = await writeLetterFile(issuedDocument(letter.model), format)
  await transaction(deps.db, (tx) => record(tx, actor, 'personal-data.read', { bodyId: ref.bodyId, target: ref.correctionId }, { reason: reason.trim().slice(0, 200), format }))
  return { ok: true, bytes, name: `${docNo ?? letter.model.letter.title}.${format}` }
}
