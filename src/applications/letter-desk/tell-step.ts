import type { Tx } from '../../platform/db.ts'
import type { Given } from '../case-action.ts'
import type { ActionName } from '../case-actions.ts'
import type { ApplicationEvent } from '../events.ts'
import type { ApplicationRefusal } from '../refusals.ts'
import { isTold, LETTER_FIELD, refuseLetter, stepOf, waitingFor } from './letter-steps.ts'
import { listLetters, saveStepVersion } from './letter-store.ts'
import type { LetterEntry } from './letter-store.ts'

interface Case {
  bodyId: string
  caseId: string
}

/** 办这一步可以依的文书：已发出、尚未记过的。 */
export const listWaitingLetters = async (tx: Tx, { bodyId, caseId }: Case, name: ActionName): Promise<LetterEntry[]> => waitingFor(await listLetters(tx, bodyId, caseId), name)

/** 所选的文书合不合；合的为 null。 */
export const refuseLetterOf = async (tx: Tx, where: Case, name: ActionName, given: Given): Promise<ApplicationRefusal | null> =>
  given(LETTER_FIELD) === '' ? null : refuseLetter(given, await listWaitingLetters(tx, where, name))

/** 记下所选的文书告知的是这一步；没有问到的（如接口办的）取最近发出而合的一件。`version` 为记下之前的版本。 */
export async function tellStep(tx: Tx, where: Case, name: ActionName, given: Given, { version, events }: { version: number; events: readonly ApplicationEvent[] }): Promise<void> {
  const id = given(LETTER_FIELD)
  for (const { letterId, type, issuedOn } of await listWaitingLetters(tx, where, name)) {
    const at = events.findIndex((event) => isToldBy(type, event) && (issuedOn ?? '') <= event.on)
    if (at < 0 || (id !== '' && id !== letterId)) continue
    return saveStepVersion(tx, { bodyId: where.bodyId, letterId }, version + at + 1)
  }
}

const isToldBy = (type: LetterEntry['type'], event: ApplicationEvent): boolean => {
  const step = stepOf(type)
  return step !== null && isTold(step, event)
}
