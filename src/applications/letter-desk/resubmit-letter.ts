import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { composeDraft, refuse } from './compose-draft.ts'
import type { Refused } from './compose-draft.ts'
import { insertRemark } from './letter-remarks.ts'
import { getLetterSource, keysOf } from './letter-source.ts'
import { lockLetter, saveStatus } from './letter-store.ts'
import type { LetterRef } from './letter-store.ts'
import { MOST_REMARK } from './return-letter.ts'
import { settleReturned } from './tell-returned.ts'

/** 退回的改后再送签；照现在的案件须拟得成。他人已先改的抛 `Conflict`。 */
export function resubmitLetter(deps: Deps, actor: Actor, { remark, ...ref }: LetterRef & { seen: number; remark: string }): Promise<{ ok: true } | Refused> {
  requirePermission(actor, 'application.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const keys = keysOf(deps)
    const letter = await lockLetter(tx, keys, ref)
    if (letter.status !== 'returned') return refuse('这件文书没有被退回，不须再送')
    if (remark.length > MOST_REMARK) return { ok: false, problems: [{ field: 'remark', label: '', message: `不超过 ${MOST_REMARK} 个字` }] }
    const draft = composeDraft(await getLetterSource(tx, deps, ref.bodyId, ref.caseId), letter.type, letter.content)
    if (!draft.ok) return draft
    await saveStatus(tx, ref, { status: 'draft', version: letter.version + 1 })
    await insertRemark(tx, keys, ref, { kind: 'resubmitted', text: remark, by: actorKey(actor), at: deps.clock.now() })
    await settleReturned(tx, ref, letter, deps.clock.now())
    await record(tx, actor, 'application.letter-resubmitted', { bodyId: ref.bodyId, target: ref.caseId }, { letter: ref.letterId, type: letter.type })
    return { ok: true }
  })
}
