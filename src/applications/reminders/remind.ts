import '../tables.ts'
import { sql } from 'kysely'
import { getSetting } from '../../bodies/index.ts'
import { listActingHolders, listHolders, listStandIns } from '../../identity/index.ts'
import type { Role, StandIn } from '../../identity/index.ts'
import { notify, notifyMany } from '../../notices/index.ts'
import type { NoticeFor } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { addWorkingDays, CalendarYearMissing } from '../../statute/calendar.ts'
import { addCalendarDays, weekdayOf } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Application } from '../application.ts'
import type { Ground } from '../decisions.ts'
import { HANDLER_ROLES, handlersOf } from '../handlers-of.ts'
import { remindersOf } from './reminders.ts'
import type { Audience, ReminderSettings } from './reminders.ts'
import { getGround } from '../settings.ts'
import { loadApplications } from '../store.ts'

const PAGE = 500
/** 收到之后这些自然日之内的，看告知补正的期限 */
const FRESH_DAYS = 15

/**
 * 提醒一机构在办的各件：由案件与日历算出，不靠排好的队，漏跑不误、重跑不重。
 * 只看将到期、已逾期的，在等着谁的，刚收到的；五百件一页，一页一个事务。返回新增几条通知。
 */
export async function remindBody(deps: Deps, bodyId: string): Promise<number> {
  const { db, clock } = deps
  const at = clock.now()
  const ground = await getGround(db, bodyId, clock.today())
  const settings = await getReminderSettings(db, bodyId)
  const people = await peopleOf(db, bodyId, ground.today)
  let added = await remindOfCalendar(db, bodyId, at, ground.today)
  for (const scan of scansOf(ground, settings)) {
    for (let after: string | null = null; ; ) {
      const page: { caseId: string; cursor: string }[] = await scan(db, bodyId, after)
      added += await transaction(db, async (tx) => {
        const cases = await loadApplications(tx, bodyId, page.map((row) => row.caseId))
        const notices = [...cases.values()].flatMap(({ caseId, state }) => (state === null ? [] : toNotices(caseId, state, ground, settings, people)))
        return notifyMany(tx, { bodyId, at }, notices)
      })
      after = page.at(-1)?.cursor ?? null
      if (page.length < PAGE || after === null) break
    }
  }
  return added
}

export async function getReminderSettings(tx: Tx, bodyId: string): Promise<ReminderSettings> {
  const days = (await getSetting(tx, bodyId, 'reminderDays')).split(',').map(Number)
  return { days, toLeader: await getSetting(tx, bodyId, 'overdueToLeader') }
}

interface People {
  handlers: ReadonlySet<string>
  officers: readonly string[]
  heads: readonly string[]
  leaders: readonly string[]
  /** 代人承办的 */
  standIns: readonly StandIn[]
}

async function peopleOf(tx: Tx, bodyId: string, today: PlainDate): Promise<People> {
  const keys = (role: Role) => listActingHolders(tx, bodyId, [role], today)
  const [officers, heads, leaders] = [await keys('disclosure-officer'), await keys('disclosure-head'), await keys('leader')]
  const handlers = new Set((await listHolders(tx, bodyId, HANDLER_ROLES)).keys())
  return { handlers, officers, heads, leaders, standIns: await listStandIns(tx, bodyId, HANDLER_ROLES, today) }
}

function toNotices(caseId: string, a: Application, ground: Ground, settings: ReminderSettings, people: People): NoticeFor[] {
  return remindersOf(a, ground, settings).map(({ series, key, to, title, note }) => ({
    key: `remind/${caseId}/${series}/${key}`,
    supersedes: `remind/${caseId}/${series}/`,
    accounts: to.flatMap((audience) => accountsOf(audience, a, people)),
    title,
    note,
    href: `/desk/applications/${caseId}`,
  }))
}

// 没有这一级的人，报上一级，不能没有人收到
function accountsOf(audience: Audience, a: Application, people: People): readonly string[] {
  const { officers, heads, leaders, standIns } = people
  // 委托了别人代办的，两人都收
  const both = (account: string) => [account, ...standIns.filter(({ from }) => from === account).map(({ to }) => to)]
  if (typeof audience === 'object') return both(audience.account)
  if (audience === 'handler') return [...new Set(handlersOf(a.handler, people.handlers, [officers, heads, leaders]).flatMap(both))]
  return audience === 'heads' && heads.length > 0 ? heads : leaders
}

type Scan = (tx: Tx, bodyId: string, after: string | null) => Promise<{ caseId: string; cursor: string }[]>

/** 要看的几处，各走各的索引，按键翻页。 */
function scansOf({ today, calendar }: Ground, settings: ReminderSettings): Scan[] {
  const horizon = horizonOf(today, Math.max(1, ...settings.days), calendar)
  const fresh = addCalendarDays(today, -FRESH_DAYS)
  return [
    byDay('due_on', sql`decided_on is null and due_on is not null and due_on <= ${horizon}::date`),
    byDay('received_on', sql`counted and decided_on is null and received_on >= ${fresh}::date`),
    byDay('co_handling_due', sql`co_handling_due is not null and co_handling_due <= ${horizon}::date`),
    // 写成字面，才用得上部分索引
    byCase(sql`status in ('received-unconfirmed', 'correction-requested', 'consulting', 'reason-requested', 'fee-noticed', 'approved')`),
  ]
}

const byDay =
  (column: 'due_on' | 'received_on' | 'co_handling_due', where: ReturnType<typeof sql>): Scan =>
  async (tx, bodyId, after) => {
    const [day, caseId] = after?.split('~') ?? []
    const beyond = day === undefined || caseId === undefined ? sql`true` : sql`(${sql.ref(column)}, case_id) > (${day}::date, ${caseId}::uuid)`
    const { rows } = await sql<{ caseId: string; day: PlainDate }>`select case_id as "caseId", ${sql.ref(column)} as day from application
      where body_id = ${bodyId} and ${where} and ${beyond} order by ${sql.ref(column)}, case_id limit ${PAGE}`.execute(tx)
    return rows.map((row) => ({ caseId: row.caseId, cursor: `${row.day}~${row.caseId}` }))
  }

const byCase =
  (where: ReturnType<typeof sql>): Scan =>
  async (tx, bodyId, after) => {
    const beyond = after === null ? sql`true` : sql`case_id > ${after}::uuid`
    const { rows } = await sql<{ caseId: string }>`select case_id as "caseId" from application
      where body_id = ${bodyId} and ${where} and ${beyond} order by case_id limit ${PAGE}`.execute(tx)
    return rows.map(({ caseId }) => ({ caseId, cursor: caseId }))
  }

// 数不出的，往宽里看
function horizonOf(today: PlainDate, days: number, calendar: Ground['calendar']): PlainDate {
  try {
    return addWorkingDays(today, days, calendar)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return addCalendarDays(today, days * 2 + 10)
    throw error
  }
}

/** 有算不出到期日的（没有该年节假日安排）：每周提醒一次，直到载入。 */
async function remindOfCalendar(tx: Tx, bodyId: string, at: Date, today: PlainDate): Promise<number> {
  const { rows } = await sql`select from application
    where body_id = ${bodyId} and decided_on is null and coalesce(due_on, date '9999-12-31') = '9999-12-31' and clock = 'no-calendar' limit 1`.execute(tx)
  if (rows.length === 0) return 0
  const monday = addCalendarDays(today, -((weekdayOf(today) + 6) % 7))
  return notify(tx, {
    bodyId,
    at,
    roles: ['disclosure-officer', 'disclosure-head'],
    key: `no-calendar/${monday}`,
    title: '有的申请算不出答复期限',
    note: '下一年的节假日安排还没有载入，期限算不出，也就不能提醒。请联系区政务公开办载入国务院办公厅的通知。',
    href: '/desk/applications',
  })
}
