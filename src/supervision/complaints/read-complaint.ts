import { record } from '../../audit/index.ts'
import { getBody, getSetting } from '../../bodies/index.ts'
import { toDocx, toPdf } from '../../documents/index.ts'
import type { AccountActor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { requireFree } from './act-on-complaint.ts'
import { toAnswerDocument } from './answer-letter.ts'
import { findComplainant } from './complainant-store.ts'
import type { Complainant } from './complainant-store.ts'
import type { Elsewhere } from './complaint.ts'
import { getComplaint } from './complaint-store.ts'
import { FILE_LIMITS, getFile, insertFiles, listFiles } from './file-store.ts'
import type { NewFile } from './file-store.ts'

export const REASON_MISSING = '请写明事由，不少于二个字'

/** 读出反映人：须有许可、不须回避、有事由，读与留痕同一事务。匿名的抛 `NotFound`。 */
export function readComplainant(deps: Deps, actor: AccountActor, { reason, ...ref }: Elsewhere & { reason: string }): Promise<Complainant | null> {
  return transaction(deps.db, async (tx) => {
    const { state } = await getComplaint(tx, ref.bodyId, ref.complaintId)
    requireFree(actor, 'complaint.identity', ref.bodyId, state)
    if (reason.length < 2) return null
    const person = await findComplainant(tx, fieldKeys(deps.config.secretKey), ref)
    if (person === null) throw new NotFound('反映人的资料')
    await record(tx, actor, 'complaint.identity-read', { bodyId: ref.bodyId, target: ref.complaintId }, { reason: reason.slice(0, 200) })
    return person
  })
}

/** 书面答复写成文件；留痕。还没有答复的抛 `NotFound`，缺字抛 `MissingGlyphs`。 */
export async function readAnswerLetter(deps: Deps, actor: AccountActor, { reason, format, ...ref }: Elsewhere & { reason: string; format: 'pdf' | 'docx' }): Promise<{ bytes: Uint8Array; name: string }> {
  const { state } = await getComplaint(deps.db, ref.bodyId, ref.complaintId)
  requireFree(actor, 'complaint.identity', ref.bodyId, state)
  if (state.answer === null) throw new NotFound('答复')
  const person = await findComplainant(deps.db, fieldKeys(deps.config.secretKey), ref)
  const { name, demo } = await getBody(deps.db, ref.bodyId)
  const document = toAnswerDocument(state, { bodyName: name, phone: await getSetting(deps.db, ref.bodyId, 'letterPhone'), recipient: person === null || person.name === '' ? '反映人' : person.name, demo })
  const bytes = format === 'pdf' ? await toPdf(document) : await toDocx(document)
  await transaction(deps.db, (tx) => record(tx, actor, 'complaint.letter-read', { bodyId: ref.bodyId, target: ref.complaintId }, { reason: reason.slice(0, 200), format }))
  return { bytes, name: `${state.answer.docNo ?? `${state.regNo}答复`}.${format}` }
}

/** 打开一份文件；留痕。 */
export function readFile(deps: Deps, actor: AccountActor, { fileId, ...ref }: Elsewhere & { fileId: string }): Promise<NewFile> {
  return transaction(deps.db, async (tx) => {
    const { state } = await getComplaint(tx, ref.bodyId, ref.complaintId)
    requireFree(actor, 'complaint.handle', ref.bodyId, state)
    const file = await getFile(tx, fieldKeys(deps.config.secretKey), ref, fileId)
    await record(tx, actor, 'complaint.file-read', { bodyId: ref.bodyId, target: ref.complaintId })
    return file
  })
}

/** 附上查办的证据；一件合计太多的退回还能收几份。 */
export function addEvidence(deps: Deps, actor: AccountActor, ref: Elsewhere, files: readonly NewFile[]): Promise<{ ok: true } | { ok: false; left: number }> {
  const keys = fieldKeys(deps.config.secretKey)
  return transaction(deps.db, async (tx) => {
    await tx.selectFrom('complaint').select('version').where('body_id', '=', ref.bodyId).where('complaint_id', '=', ref.complaintId).forUpdate().execute()
    const { state } = await getComplaint(tx, ref.bodyId, ref.complaintId)
    requireFree(actor, 'complaint.handle', ref.bodyId, state)
    const left = FILE_LIMITS.all - (await listFiles(tx, keys, ref)).length
    if (files.length > left) return { ok: false, left }
    await insertFiles(tx, keys, ref, files, { addedBy: actor.accountId, at: deps.clock.now() })
    await record(tx, actor, 'complaint.file-added', { bodyId: ref.bodyId, target: ref.complaintId }, { rows: files.length })
    return { ok: true }
  })
}
