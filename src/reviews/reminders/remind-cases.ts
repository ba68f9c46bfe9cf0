import '../tables.ts'
import { sql } from 'kysely'
import { getCalendar, getSetting } from '../../bodies/index.ts'
import { listActingHolders, listHolders } from '../../identity/index.ts'
import { notifyMany } from '../../notices/index.ts'
import type { NoticeFor } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import { hrefOf } from '../desk/hrefs.ts'
import { litigationStore } from '../litigation-store.ts'
import type { CaseState } from '../open-case.ts'
import { reviewStore } from '../review-store.ts'
import { HANDLER_ROLES } from '../tell.ts'
import { remindersOf } from './reminders.ts'
import type { Audience, ReminderSettings } from './reminders.ts'

/** 一机构同时有期限、有开庭的至多看这些；更多的次日再看 */
const MOST = 1000
/** 往前看几个自然日，够得着十个工作日与长假 */
const AHEAD = 30

interface People {
  staff: ReadonlySet<string>
  officers: readonly string[]
  heads: readonly string[]
  leaders: readonly string[]
}

/** 提醒一机构的复议、诉讼：由案件与日历算出，漏跑不误、重跑不重。返回新增几条通知。 */
export function remindCases(deps: Deps, bodyId: string): Promise<number> {
  return transaction(deps.db, async (tx) => {
    const [today, at] = [deps.clock.today(), deps.clock.now()]
    const ground = { today, calendar: await getCalendar(tx) }
    const settings = { days: (await getSetting(tx, bodyId, 'reminderDays')).split(',').map(Number), toLeader: await getSetting(tx, bodyId, 'overdueToLeader') }
    const near = addCalendarDays(today, AHEAD)
    const states = await loadNear(tx, bodyId, near)
    if (states.length === 0) return 0
    const people = await peopleOf(tx, bodyId, today)
    return notifyMany(tx, { bodyId, at }, states.flatMap(([caseId, opened]) => toNotices(caseId, opened, ground, settings, people)))
  })
}

async function loadNear(tx: Tx, bodyId: string, near: string): Promise<[string, CaseState][]> {
  const ids = async (table: 'review_case' | 'litigation_case', id: 'review_id' | 'litigation_id'): Promise<string[]> => {
    const { rows } = await sql<{ id: string }>`
      select ${sql.ref(id)} as id from ${sql.table(table)} where body_id = ${bodyId} and due_on is not null and due_on <= ${near}::date
      union select ${sql.ref(id)} from ${sql.table(table)} where body_id = ${bodyId} and hearing_on is not null and hearing_on <= ${near}::date
      limit ${MOST}`.execute(tx)
    return rows.map((row) => row.id)
  }
  const reviews = await reviewStore.loadStates(tx, bodyId, await ids('review_case', 'review_id'))
  const suits = await litigationStore.loadStates(tx, bodyId, await ids('litigation_case', 'litigation_id'))
  return [
    ...[...reviews].flatMap(([caseId, state]): [string, CaseState][] => (state.status === 'new' ? [] : [[caseId, { kind: 'review', state }]])),
    ...[...suits].flatMap(([caseId, state]): [string, CaseState][] => (state.status === 'new' ? [] : [[caseId, { kind: 'litigation', state }]])),
  ]
}

async function peopleOf(tx: Tx, bodyId: string, today: string): Promise<People> {
  const [officers, heads, leaders] = [await listActingHolders(tx, bodyId, ['disclosure-officer'], today), await listActingHolders(tx, bodyId, ['disclosure-head'], today), await listActingHolders(tx, bodyId, ['leader'], today)]
  return { staff: new Set((await listHolders(tx, bodyId, HANDLER_ROLES)).keys()), officers, heads, leaders }
}

function toNotices(caseId: string, opened: CaseState, ground: Parameters<typeof remindersOf>[1], settings: ReminderSettings, people: People): NoticeFor[] {
  return remindersOf(opened, ground, settings).map(({ series, key, to, title, note }) => ({
    key: `dispute/${caseId}/${key}`,
    supersedes: `dispute/${caseId}/${series}/`,
    accounts: [...new Set(to.flatMap((audience) => accountsOf(audience, opened.state.handler, people)))],
    title,
    note,
    href: hrefOf(caseId),
  }))
}

// 没有这一级的人，报上一级，不能没有人收到
function accountsOf(audience: Audience, handler: string | null, { staff, officers, heads, leaders }: People): readonly string[] {
  const first = (...groups: (readonly string[])[]): readonly string[] => groups.find((group) => group.length > 0) ?? []
  if (audience === 'handler') return handler !== null && staff.has(handler) ? [handler] : first(officers, heads, leaders)
  return audience === 'heads' ? first(heads, leaders) : leaders
}
