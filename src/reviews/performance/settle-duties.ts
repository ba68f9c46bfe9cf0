import { getCalendar } from '../../bodies/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { saveLitigation } from '../litigation-store.ts'
import { openCase } from '../open-case.ts'
import { saveReviews } from '../review-store.ts'
import { isPending } from './duty.ts'
import type { Duty, DutyEvent } from './duty.ts'
import { answersOf } from './duty-states.ts'
import { listPendingDuties } from './duty-store.ts'

const BY = 'system:settle-duties'

/**
 * 重新答复发出了的，记入复议、诉讼的经过：何日履行。页上看的是那一件申请，不等这里；
 * 记过的不再记，可以重办。返回记了几项。
 */
export async function settleDuties(deps: Deps, bodyId: string): Promise<number> {
  const pending = (await listPendingDuties(deps.db, bodyId)).filter(({ applicationId }) => applicationId !== null)
  const answers = await answersOf(deps.db, bodyId, pending.map(({ applicationId }) => applicationId))
  const cases = new Set(pending.filter(({ applicationId }) => endOf(answers.get(applicationId ?? '')) !== null).map(({ caseId }) => caseId))
  let settled = 0
  for (const caseId of cases) settled += await transaction(deps.db, (tx) => settleCase(tx, deps, bodyId, caseId))
  return settled
}

async function settleCase(tx: Tx, deps: Deps, bodyId: string, caseId: string): Promise<number> {
  const opened = await openCase(tx, bodyId, caseId)
  const { duties } = opened.state
  const answers = await answersOf(tx, bodyId, duties.map(({ applicationId }) => applicationId))
  const events = duties.flatMap((duty) => doneOf(duty, answers))
  const by = { actor: BY, at: deps.clock.now() }
  const calendar = await getCalendar(tx)
  if (opened.kind === 'review') await saveReviews(tx, [{ found: opened, events }], by, calendar)
  else await saveLitigation(tx, [{ found: opened, events }], by, calendar)
  return events.length
}

type Answers = Awaited<ReturnType<typeof answersOf>>
const endOf = (answer: { answeredOn: string | null; endedOn: string | null } | undefined): string | null => answer?.answeredOn ?? answer?.endedOn ?? null

function doneOf(duty: Duty, answers: Answers): DutyEvent[] {
  const answer = duty.applicationId === null ? undefined : answers.get(duty.applicationId)
  const on = endOf(answer)
  if (!isPending(duty) || answer === undefined || on === null) return []
  return [{ kind: 'duty-done', on, id: duty.id, documentNo: answer.docNo, note: answer.answeredOn === null ? '没有答复而了结' : '' }]
}

/** 还有没有办完的：重新答复发出了的算办完，不等夜里记下。 */
export async function hasOpenDuties(tx: Tx, bodyId: string, duties: readonly Duty[]): Promise<boolean> {
  const pending = duties.filter(isPending)
  const answers = await answersOf(tx, bodyId, pending.map(({ applicationId }) => applicationId))
  return pending.some((duty) => doneOf(duty, answers).length === 0)
}
