import { listAnswerStates } from '../../applications/index.ts'
import type { AnswerState } from '../../applications/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

/** 一项要办的事办到哪里。 */
export interface DutyState {
  dueOn: PlainDate | null
  /** 履行之日：重新答复的为答复交邮、送达之日 */
  doneOn: PlainDate | null
  late: boolean
  /** 重新答复的那一件 */
  answer: AnswerState | null
}

interface Given {
  dueOn: PlainDate | null
  applicationId: string | null
  doneOn: PlainDate | null
}

/** 办到哪里：重新答复的以那一件申请为准（答复发出即为履行；撤回、不再处理也为了结）。 */
export function stateOf({ dueOn, doneOn, applicationId }: Given, answers: ReadonlyMap<string, AnswerState>, today: PlainDate): DutyState {
  const answer = applicationId === null ? null : (answers.get(applicationId) ?? null)
  const due = dueOn ?? answer?.dueOn ?? null
  const done = answer === null ? doneOn : (answer.answeredOn ?? answer.endedOn ?? doneOn)
  return { dueOn: due, doneOn: done, late: due !== null && (done ?? today) > due && answer?.endedOn == null, answer }
}

/** 若干件重新答复的申请，键为案号。 */
export async function answersOf(tx: Tx, bodyId: string, applicationIds: readonly (string | null)[]): Promise<Map<string, AnswerState>> {
  const ids = [...new Set(applicationIds.filter((id) => id !== null))]
  return new Map((await listAnswerStates(tx, bodyId, ids)).map((state) => [state.caseId, state]))
}
