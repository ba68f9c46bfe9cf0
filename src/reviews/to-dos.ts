import './tables.ts'
import { sql } from 'kysely'
import { getCalendar } from '../bodies/index.ts'
import { actorKey, can } from '../identity/index.ts'
import type { SignedInActor } from '../identity/index.ts'
import type { Deps } from '../platform/deps.ts'
import { addWorkingDays, CalendarYearMissing } from '../statute/calendar.ts'
import type { Calendar } from '../statute/calendar.ts'
import { addCalendarDays } from '../statute/plain-date.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { ANSWER_TYPES, listSubmitted } from './answer/answer-store.ts'
import { hrefOf, hrefOfAnswer } from './desk/hrefs.ts'
import { listDutyToDos } from './performance/duty-to-dos.ts'
import { listCaseNos } from './list-case-nos.ts'

export interface CaseToDo {
  title: string
  href: string
  dueOn: PlainDate | null
  note: string
}

const MOST = 50
const SOON = 5

/** 此人的复议诉讼：等他签发的文书；五个工作日内到期、已逾期的期限，将开的听证、开庭；要履行、反馈的。 */
export async function caseToDos({ db, clock }: Deps, actor: SignedInActor): Promise<CaseToDo[]> {
  const { bodyId } = actor
  if (!can(actor, 'review.read', bodyId)) return []
  const signing = can(actor, 'review.approve', bodyId) ? (await listSubmitted(db, bodyId)).filter(({ draftedBy }) => !draftedBy.includes(actorKey(actor))) : []
  const names = await listCaseNos(db, bodyId, signing.map(({ caseId }) => caseId))
  const waiting = signing.map(({ caseId, letterId, type, dueOn }) => ({ title: `${names.get(caseId) ?? ''} ${ANSWER_TYPES[type].title}`, href: hrefOfAnswer(caseId, letterId), dueOn, note: '等您签发' }))
  if (!can(actor, 'review.handle', bodyId)) return waiting
  const today = clock.today()
  const near = horizonOf(today, await getCalendar(db))
  return [...waiting, ...(await listNear(db, bodyId, near)), ...(await listDutyToDos(db, bodyId, today))]
}

async function listNear(db: Deps['db'], bodyId: string, near: PlainDate): Promise<CaseToDo[]> {
  const { rows } = await sql<{ id: string; caseNo: string; status: string; dueOn: PlainDate | null; hearingOn: PlainDate | null }>`
    select review_id as id, case_no as "caseNo", status, due_on as "dueOn", hearing_on as "hearingOn" from review_case where body_id = ${bodyId} and (due_on <= ${near}::date or hearing_on <= ${near}::date)
    union all
    select litigation_id, case_no, status, due_on, hearing_on from litigation_case where body_id = ${bodyId} and (due_on <= ${near}::date or hearing_on <= ${near}::date)
    order by 4 nulls last, 1 limit ${MOST}`.execute(db)
  return rows.flatMap(({ id, caseNo, status, dueOn, hearingOn }) => [
    ...(dueOn !== null && dueOn <= near ? [{ title: caseNo, href: hrefOf(id), dueOn, note: NOTES[status] ?? '' }] : []),
    ...(hearingOn !== null && hearingOn <= near ? [{ title: `${caseNo} 听证、开庭`, href: `${hrefOf(id)}#hearings`, dueOn: hearingOn, note: '负责人应当参加' }] : []),
  ])
}

const NOTES: Readonly<Record<string, string>> = { received: '提交行政复议答复书与证据', filed: '提交答辩状与证据', 'first-instance': '决定是否上诉；没有上诉的记裁判生效' }

// 没有该年节假日安排的，往宽里看
function horizonOf(today: PlainDate, calendar: Calendar): PlainDate {
  try {
    return addWorkingDays(today, SOON, calendar)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return addCalendarDays(today, SOON * 2)
    throw error
  }
}
