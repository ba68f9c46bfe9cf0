import { record } from '../../audit/index.ts'
import { requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { refuse } from './compose-draft.ts'
import type { Refused } from './compose-draft.ts'
import { keysOf } from './letter-source.ts'
import { deleteLetter, lockLetter } from './letter-store.ts'
import type { LetterRef } from './letter-store.ts'
import { FROZEN } from './revise-letter.ts'
import { settleReturned } from './tell-returned.ts'

/** 删去没有发出的一件；尚未取号，故不留空号。 */
export function discardLetter(deps: Deps, actor: Actor, ref: LetterRef & { seen: number }): Promise<{ ok: true } | Refused> {
  requirePermission(actor, 'application.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const letter = await lockLetter(tx, keysOf(deps), ref)
    if (letter.status === 'issued') return refuse(FROZEN)
    await settleReturned(tx, ref, letter, deps.clock.now())
    await deleteLetter(tx, ref)
    await record(tx, actor, 'application.letter-discarded', { bodyId: ref.bodyId, target: ref.caseId }, { letter: ref.letterId, type: letter.type })
    return { ok: true }
  })
}
