import './tables.ts'
import { sql } from 'kysely'
import { getCalendar, getSetting } from '../bodies/index.ts'
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
import type { CaseKind } from './open-case.ts'

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
  const waiting = signing.map(({ caseId, letterId, type, dueOn }) => ({ title: `签发${ANSWER_TYPES[type].title}：${names.get(caseId) ?? ''}`, href: hrefOfAnswer(caseId, letterId), dueOn, note: '等您签发，签发之后才能提交' }))
  if (!can(actor, 'review.handle', bodyId)) return waiting
  const today = clock.today()
  const near = horizonOf(today, await getCalendar(db))
  return [...waiting, ...(await listNear(db, bodyId, near, today)), ...(await listUnreceipted(db, bodyId, today)), ...(await listDutyToDos(db, bodyId, today))]
}

interface NearRow {
  kind: CaseKind
  id: string
  caseNo: string
  organ: string | null
  status: string
  dueOn: PlainDate | null
  hearingOn: PlainDate | null
}

async function listNear(db: Deps['db'], bodyId: string, near: PlainDate, today: PlainDate): Promise<CaseToDo[]> {
  const { rows } = await sql<NearRow>`
    select 'review' as kind, review_id as id, case_no as "caseNo", authority as organ, status, due_on as "dueOn", hearing_on as "hearingOn" from review_case where body_id = ${bodyId} and (due_on <= ${near}::date or hearing_on <= ${near}::date)
    union all
    select 'litigation', litigation_id, case_no, court, status, due_on, hearing_on from litigation_case where body_id = ${bodyId} and (due_on <= ${near}::date or hearing_on <= ${near}::date)
    order by 6 nulls last, 2 limit ${MOST}`.execute(db)
  return rows.flatMap((row) => [...dueToDo(row, near), ...hearingToDo(row, near, today)])
}

const nameOf = ({ caseNo, organ }: Pick<NearRow, 'caseNo' | 'organ'>): string => `${caseNo}${organ === null ? '' : `（${organ}）`}`

const DUE: Readonly<Record<string, { title: string; note: string }>> = {
  received: { title: '提交行政复议答复书与证据', note: '没有按期提交的，视为没有证据、依据' },
  filed: { title: '提交答辩状与证据', note: '没有按期提交的，视为没有证据、依据' },
  'first-instance': { title: '决定是否上诉', note: '没有上诉的，期满记裁判生效' },
}

function dueToDo(row: NearRow, near: PlainDate): CaseToDo[] {
  const words = DUE[row.status]
  return words === undefined || row.dueOn === null || row.dueOn > near ? [] : [{ title: `${words.title}：${nameOf(row)}`, href: hrefOf(row.id), dueOn: row.dueOn, note: words.note }]
}

function hearingToDo(row: NearRow, near: PlainDate, today: PlainDate): CaseToDo[] {
  const { hearingOn, kind, id } = row
  if (hearingOn === null || hearingOn > near) return []
  const past = hearingOn < today
  const title = past ? '记出席的情况' : kind === 'review' ? '参加听证、听取意见' : '出庭'
  return [{ title: `${title}：${nameOf(row)}`, href: `${hrefOf(id)}#hearings`, dueOn: hearingOn, note: past ? '日子已过，记谁去的' : '负责人应当参加' }]
}

/** 邮寄了很久、没有记对方签收的答复书、答辩状。 */
async function listUnreceipted(db: Deps['db'], bodyId: string, today: PlainDate): Promise<CaseToDo[]> {
  const days = await getSetting(db, bodyId, 'receiptDays')
  const before = addCalendarDays(today, -days)
  const { rows } = await sql<{ id: string; title: string; caseNo: string; organ: string | null; postedOn: PlainDate }>`
    select review_id as id, '行政复议答复书' as title, case_no as "caseNo", authority as organ, posted_on as "postedOn" from review_case where body_id = ${bodyId} and posted_on <= ${before}::date
    union all
    select litigation_id, '答辩状', case_no, court, posted_on from litigation_case where body_id = ${bodyId} and posted_on <= ${before}::date
    order by 5, 1 limit ${MOST}`.execute(db)
  return rows.map(({ id, title, postedOn, ...row }) => ({ title: `查${title}的签收：${nameOf(row)}`, href: hrefOf(id), dueOn: null, note: `${postedOn} 交邮，过了 ${days} 日还没有记签收` }))
}

// 没有该年节假日安排的，往宽里看
function horizonOf(today: PlainDate, calendar: Calendar): PlainDate {
  try {
    return addWorkingDays(today, SOON, calendar)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return addCalendarDays(today, SOON * 2)
    throw error
  }
}
