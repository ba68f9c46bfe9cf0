import { record } from '../../audit/index.ts'
import { requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { openLetterFile } from './letter-files.ts'
import type { LetterFormat } from './letter-files.ts'
import { keysOf } from './letter-source.ts'
import { getLetter } from './letter-store.ts'
import type { LetterRef } from './letter-store.ts'

const REASON_MISSING = '请写明取用的事由，不少于二个字'

/** 取用发出的文件：其中有申请人的姓名，故须有事由，读与留痕同一事务。没有发出的抛 `NotFound`。 */
export function readIssuedFile(
  deps: Deps,
  actor: Actor,
  { format, reason, ...ref }: LetterRef & { format: LetterFormat; reason: string },
): Promise<{ ok: true; bytes: Uint8Array; name: string } | { ok: false; message: string }> {
  requirePermission(actor, 'application.read', ref.bodyId)
  requirePermission(actor, 'personal-data.read', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const keys = keysOf(deps)
    const letter = await getLetter(tx, keys, ref.bodyId, ref.caseId, ref.letterId)
    if (letter.issued === null) throw new NotFound('发出的文件')
    if (reason.trim().length < 2) return { ok: false, message: REASON_MISSING }
    const bytes = await openLetterFile(tx, deps.files, keys, { bodyId: ref.bodyId, letterId: ref.letterId, format })
    await record(tx, actor, 'personal-data.read', { bodyId: ref.bodyId, target: ref.caseId }, { reason: reason.trim().slice(0, 200), letter: ref.letterId })
    return { ok: true, bytes, name: `${letter.docNo ?? letter.issued.model.letter.title}.${format}` }
  })
}
