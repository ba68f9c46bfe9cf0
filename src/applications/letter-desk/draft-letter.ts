import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import type { LetterId } from '../letters/letters.ts'
import { composeDraft, refuse } from './compose-draft.ts'
import type { Refused } from './compose-draft.ts'
import { getLetterSource, keysOf } from './letter-source.ts'
import { insertLetter, listLetters, MOST_LETTERS } from './letter-store.ts'
import type { LetterContent, LetterRef } from './letter-store.ts'

/** 起草一件文书：填得齐、拟得成才存；不成的逐项说明，什么都不存。 */
export function draftLetter(
  deps: Deps,
  actor: Actor,
  { bodyId, caseId, letterId, type, recipient, fields, consultation }: LetterRef & { type: LetterId } & Pick<LetterContent, 'recipient' | 'fields' | 'consultation'>,
): Promise<{ ok: true } | Refused> {
  requirePermission(actor, 'application.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const content: LetterContent = { recipient, fields, edited: null, ...(consultation === undefined ? {} : { consultation }) }
    const draft = composeDraft(await getLetterSource(tx, deps, bodyId, caseId), type, content)
    if (!draft.ok) return draft
    if ((await listLetters(tx, bodyId, caseId)).length >= MOST_LETTERS) return refuse(`一件申请至多 ${MOST_LETTERS} 件文书`)
    await insertLetter(tx, keysOf(deps), bodyId, { letterId, caseId, type, content, by: actorKey(actor), at: deps.clock.now() })
    await record(tx, actor, 'application.letter-drafted', { bodyId, target: caseId }, { letter: letterId, type })
    return { ok: true }
  })
}
