import './tables.ts'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { LATE_REPLY } from './late-reply.ts'
import { ORDERS, page } from './queries.ts'
import type { ApplicationRow, Page, PageRequest } from './queries.ts'

/** 逐日件数、与此刻在办的，背后是哪些申请。 */
const TALLIED = {
  received: '收到的申请',
  decided: '办结的申请',
  replied: '作出的答复',
  'on-time': '按期的答复',
  late: '逾期的答复',
  'R3.1': '予以公开',
  'R3.2': '部分公开',
  'R3.3': '不予公开',
  'R3.4': '无法提供',
  'R3.5': '不予处理',
  'R3.6': '其他处理',
  open: '在办的申请',
  overdue: '逾期未答复的申请',
} as const

export type Tallied = keyof typeof TALLIED
export const isTallied = (text: string | undefined): text is Tallied => text !== undefined && Object.hasOwn(TALLIED, text)

const REPLIED = sql`report_row not like 'R3.6%'`
const CONDITIONS: Partial<Readonly<Record<Tallied, RawBuilder<unknown>>>> = {
  replied: REPLIED,
  'on-time': sql`${REPLIED} and not ${LATE_REPLY}`,
  late: LATE_REPLY,
}

export interface TalliedScope {
  bodyIds: readonly string[]
  what: Tallied
  from: PlainDate
  to: PlainDate
  today: PlainDate
}

/** 一页；收到的按收到之日，办结的按办结之日，新的在前；在办的先到期的在前，与起讫之日无关。 */
export async function listTallied(tx: Tx, scope: TalliedScope, request: PageRequest = {}): Promise<Page<ApplicationRow & { bodyId: string }>> {
  const found = await pageOf(tx, scope, request)
  const [only = ''] = scope.bodyIds
  const owners = scope.bodyIds.length > 1 ? await ownersOf(tx, scope.bodyIds, found.rows) : new Map<string, string>()
  return { ...found, rows: found.rows.map((row) => ({ ...row, bodyId: owners.get(row.caseId) ?? only })) }
}

async function ownersOf(tx: Tx, bodyIds: readonly string[], rows: readonly ApplicationRow[]): Promise<Map<string, string>> {
  const { rows: owned } = await sql<{ caseId: string; bodyId: string }>`select case_id as "caseId", body_id as "bodyId" from application
    where body_id = any(${[...bodyIds]}::uuid[]) and case_id = any(${rows.map(({ caseId }) => caseId)}::uuid[])`.execute(tx)
  return new Map(owned.map(({ caseId, bodyId }) => [caseId, bodyId]))
}

function pageOf(tx: Tx, { bodyIds, what, from, to, today }: TalliedScope, request: PageRequest): Promise<Page<ApplicationRow>> {
  const [only] = bodyIds
  const whose = bodyIds.length === 1 && only !== undefined ? sql`body_id = ${only}` : sql`body_id = any(${[...bodyIds]}::uuid[])`
  if (what === 'open' || what === 'overdue')
    return page(tx, [sql`${whose} and counted and decided_on is null`, ...(what === 'overdue' ? [sql`due_on < ${today}::date`] : [])], { ...ORDERS.dueOn, descending: false }, request)
  const counted = sql`${whose} and counted and not redo_uncounted`
  if (what === 'received') return page(tx, [counted, sql`received_on between ${from}::date and ${to}::date`], { ...ORDERS.receivedOn, descending: true }, request)
  const more = what.startsWith('R3') ? sql`(report_row = ${what} or report_row like ${`${what}.%`})` : CONDITIONS[what]
  return page(tx, [counted, sql`decided_on between ${from}::date and ${to}::date`, ...(more === undefined ? [] : [more])], { ...ORDERS.decidedOn, descending: true }, request)
}
