import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { refuse } from './compose-draft.ts'
import type { Refused } from './compose-draft.ts'
import { insertRemark } from './letter-remarks.ts'
import { getLetterSource, keysOf } from './letter-source.ts'
import type { LetterSource } from './letter-source.ts'
import { lockLetter, saveStatus } from './letter-store.ts'
import type { Letter, LetterRef } from './letter-store.ts'
import { FROZEN } from './revise-letter.ts'
import { OWN, refuseSigner } from './sign-letter.ts'
import { tellReturned } from './tell-returned.ts'

export const MOST_REMARK = 500

/** 这个人此时可否退回；可以则为 null。签批过而没有发出的也可以退回，签批作废。 */
export function refuseReturning(letter: Letter, actor: Actor, source: Pick<LetterSource, 'ground'>): string | null {
  if (letter.status === 'issued') return FROZEN
  if (letter.status === 'returned') return '这件文书已退回起草人'
  return letter.draftedBy.includes(actorKey(actor)) ? OWN : refuseSigner(letter, actor, source)
}

/** 签批人退回起草人，写明理由；理由留存。他人已先改的抛 `Conflict`。 */
export function returnLetter(deps: Deps, actor: Actor, { reason, ...ref }: LetterRef & { seen: number; reason: string }): Promise<{ ok: true } | Refused> {
  requirePermission(actor, 'application.endorse', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const keys = keysOf(deps)
    const letter = await lockLetter(tx, keys, ref)
    const source = await getLetterSource(tx, deps, ref.bodyId, ref.caseId)
    const refusal = refuseReturning(letter, actor, source)
    if (refusal !== null) return refuse(refusal)
    if (reason.length < 2 || reason.length > MOST_REMARK) return { ok: false, problems: [{ field: 'reason', label: '', message: `请写明退回的理由，二至 ${MOST_REMARK} 个字` }] }
    await saveStatus(tx, ref, { status: 'returned', version: letter.version + 1 })
    await insertRemark(tx, keys, ref, { kind: 'returned', text: reason, by: actorKey(actor), at: deps.clock.now() })
    await tellReturned(tx, ref, letter, { regNo: source.application.regNo, by: actorKey(actor), at: deps.clock.now() })
    await record(tx, actor, 'application.letter-returned', { bodyId: ref.bodyId, target: ref.caseId }, { letter: ref.letterId, type: letter.type })
    return { ok: true }
  })
}
