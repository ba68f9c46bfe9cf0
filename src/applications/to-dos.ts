import { getSetting } from '../bodies/index.ts'
import { can } from '../identity/index.ts'
import type { Actor, SignedInActor } from '../identity/index.ts'
import type { Deps } from '../platform/deps.ts'
import { addCalendarDays } from '../statute/plain-date.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { addWorkingDays, CalendarYearMissing } from '../statute/calendar.ts'
import type { Calendar } from '../statute/calendar.ts'
import { whoOf } from './act-on-application.ts'
import { listSupplied } from './citizen/applicant-acts.ts'
import { isOffered } from './case-actions.ts'
import { STATUSES } from './application.ts'
import { listCoHandling } from './list-co-handling.ts'
import type { OpenCoHandling } from './list-co-handling.ts'
import { listUnreceipted } from './list-unreceipted.ts'
import { getApplication, listApplications } from './queries.ts'
import type { ApplicationRow } from './queries.ts'
import { letterToDos } from './letter-desk/letter-to-dos.ts'
import { listFollowToDos } from './follow-up/follow-to-dos.ts'
import { getGround } from './settings.ts'

export interface ApplicationToDo {
  title: string
  href: string
  dueOn: PlainDate | null
  note: string
}

/** 提前几个工作日列入待办。 */
const SOON = 5
const MOST = 30

/**
 * 此人名下的待办：承办的岗位，五个工作日内到期与逾期的（协办的内部期限同）、作出决定而没有发出的、发出了很久没有记送达的、待确认收到的、交来补正的；审批的岗位，等他审批的；
 * 文书等他签批的、退回给他的、签批了待他发出的。
 * 每类至多三十件，先到期的在前。
 */
export async function applicationToDos({ db, clock }: Deps, actor: SignedInActor): Promise<ApplicationToDo[]> {
  if (!can(actor, 'application.read', actor.bodyId)) return []
  const { bodyId } = actor
  const ground = await getGround(db, bodyId, clock.today())
  const signing = [...(await waitingFor(db, actor, ground)), ...(await listFollowToDos(db, actor, MOST)), ...(await letterToDos(db, actor, ground.settings.signOffChain))]
  if (!can(actor, 'application.handle', bodyId)) return signing
  const unconfirmed = await listApplications(db, { bodyId, status: 'received-unconfirmed' }, { sort: 'regNo', descending: false, limit: MOST })
  const near = await listApplications(db, { bodyId, open: true, dueBefore: horizonOf(ground.today, ground.calendar) }, { sort: 'dueOn', descending: false, limit: MOST })
  const unsent = await listApplications(db, { bodyId, unsent: true }, { sort: 'dueOn', descending: false, limit: MOST })
  const supplied = (await listSupplied(db, bodyId, MOST)).map((row) => toToDo(row, '申请人网上交来补正，与其确认后记收到补正'))
  const coHandled = (await listCoHandling(db, bodyId, MOST)).filter(({ dueOn }) => dueOn === null || dueOn < horizonOf(ground.today, ground.calendar))
  const receiptDays = await getSetting(db, bodyId, 'receiptDays')
  const unreceipted = await listUnreceipted(db, bodyId, { before: addCalendarDays(ground.today, -receiptDays), limit: MOST })
  const seen = new Set([...signing, ...supplied].map((toDo) => toDo.href))
  return [
    ...signing,
    ...supplied,
    ...unconfirmed.rows.map((row) => toToDo(row, '当日与申请人确认收到')),
    ...unsent.rows.map((row) => toToDo(row, '处理决定已作出，出决定书并发出')).filter(({ href }) => !signing.some((toDo) => toDo.href.startsWith(href))),
    ...unreceipted.map((row) => ({ title: `${row.regNo} ${row.content.slice(0, 40)}`, href: `/desk/applications/${row.caseId}`, dueOn: null, note: `${row.dispatchedOn} 发出，还没有记送达：查回执，记送达之日` })),
    ...byCase(coHandled),
    ...near.rows.map((row) => toToDo(row, STATUSES[row.status])).filter((toDo) => !seen.has(toDo.href)),
  ]
}

// 一件一条，写最早到期的；本件自己到期的另列，故地址指到协办一节
const byCase = (open: readonly OpenCoHandling[]): ApplicationToDo[] =>
  [...new Set(open.map(({ caseId }) => caseId))].flatMap((caseId) => {
    const [first, ...others] = open.filter((one) => one.caseId === caseId)
    if (first === undefined) return []
    const units = [first, ...others].map(({ unit }) => unit).join('、')
    return [{ title: `${first.regNo} 协办：${units}`, href: `/desk/applications/${caseId}#co-handling`, dueOn: first.dueOn, note: '等协办的结果，内部期限' }]
  })

const toToDo = (row: ApplicationRow, note: string): ApplicationToDo => ({
  title: `${row.regNo} ${row.content.slice(0, 40)}`,
  href: `/desk/applications/${row.caseId}`,
  dueOn: row.dueOn,
  note,
})

type Ground = Awaited<ReturnType<typeof getGround>>

/** 到期之日早于这一日的，即五个工作日之内；没有该年日历的为今日。 */
export function horizonOf(today: PlainDate, calendar: Calendar): PlainDate {
  try {
    return addWorkingDays(today, SOON + 1, calendar)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return today
    throw error
  }
}

async function waitingFor(db: Deps['db'], actor: SignedInActor & Actor, ground: Ground): Promise<ApplicationToDo[]> {
  const { bodyId } = actor
  if (!can(actor, 'application.endorse', bodyId)) return []
  const { rows } = await listApplications(db, { bodyId, status: 'deciding' }, { sort: 'dueOn', descending: false, limit: MOST })
  const mine: ApplicationToDo[] = []
  for (const row of rows) {
    const { state, events } = await getApplication(db, bodyId, row.caseId)
    const who = whoOf(actor, bodyId, events)
    if (isOffered('approve', state, who, ground)) mine.push(toToDo(row, '等您批准处理决定'))
    else if (isOffered('endorse', state, who, ground)) mine.push(toToDo(row, '等您审核处理决定'))
  }
  return mine
}
