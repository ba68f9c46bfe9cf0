import './tables.ts'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { NotFound } from '../platform/errors.ts'
import { read } from '../platform/timeline.ts'
import type { RecordedEvent } from '../platform/timeline.ts'
import type { Outcome } from '../statute/outcomes.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Channel } from '../statute/receipt.ts'
import { replay } from './application.ts'
import type { Application, Status } from './application.ts'
import type { ApplicantKind, ApplicationEvent } from './events.ts'
import { LATE_REPLY } from './late-reply.ts'
import { countedPeriod } from './report-facts.ts'
import { saidIn } from './said-in.ts'
import { APPLICATION_STREAM } from './store.ts'

/** 列表上的一件。姓名另由 `listMaskedNames` 取。 */
export interface ApplicationRow {
  caseId: string
  regNo: string
  status: Status
  channel: Channel | null
  applicantKind: ApplicantKind
  applicantId: string | null
  content: string
  receivedOn: PlainDate | null
  dueOn: PlainDate | null
  clock: 'running' | 'consulting' | 'stopped' | 'no-calendar' | null
  outcome: Outcome | null
  reportRow: string | null
  decidedOn: PlainDate | null
  docNo: string | null
  servedOn: PlainDate | null
  /** 答复已作出而逾期 */
  late: boolean
  /** 分 */
  feeAmount: number
  handler: string | null
  version: number
}

const SELECTED = sql`case_id as "caseId", reg_no as "regNo", status, channel, applicant_kind as "applicantKind",
  applicant_id as "applicantId", content, received_on as "receivedOn", due_on as "dueOn", clock, outcome, report_row as "reportRow",
  decided_on as "decidedOn", doc_no as "docNo", served_on as "servedOn", ${LATE_REPLY} as late, fee_amount as "feeAmount", handler, version`

/** 一页；`next` 为下一页的 `after`，没有了则 null。 */
export interface Page<T> {
  rows: T[]
  next: string | null
}

export interface PageRequest {
  after?: string | null
  /** 至多 200，缺省 50 */
  limit?: number
}

const MOST = 200
const limitOf = ({ limit }: PageRequest): number => Math.min(Math.max(Math.trunc(limit ?? 50), 1), MOST)

type Condition = RawBuilder<unknown>
const all = (conditions: readonly Condition[]): Condition => sql.join([...conditions], sql` and `)

interface Order {
  column: RawBuilder<unknown>
  type: 'date' | 'text'
  descending: boolean
  value: (row: ApplicationRow) => string
}

export async function page(tx: Tx, conditions: readonly Condition[], order: Order, request: PageRequest): Promise<Page<ApplicationRow>> {
  const limit = limitOf(request)
  const cursor = readCursor(request.after ?? null)
  const where = [...conditions]
  if (cursor !== null) {
    const beyond = order.descending ? sql`<` : sql`>`
    where.push(sql`(${order.column}, case_id) ${beyond} (${cursor.value}::${sql.raw(order.type)}, ${cursor.caseId}::uuid)`)
  }
  const direction = order.descending ? sql`desc` : sql`asc`
  const ordered = sql`order by ${order.column} ${direction}, case_id ${direction}`
  // 先只读索引找出这一页是哪几件，再取这几件的行：条件很稀少时，逐行取来再丢掉要慢百倍
  const { rows } = await sql<ApplicationRow>`select ${SELECTED} from application
    join (select body_id, case_id from application where ${all(where)} ${ordered} limit ${limit + 1}) as found using (body_id, case_id)
    ${ordered}`.execute(tx)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last !== undefined ? toCursor(order.value(last), last.caseId) : null }
}

// 游标可能含登记号，里面什么字都有，故写成十六进制
const toCursor = (value: string, caseId: string): string => `${Buffer.from(value, 'utf8').toString('hex')}~${caseId}`

function readCursor(text: string | null): { value: string; caseId: string } | null {
  const found = /^([0-9a-f]{2,360})~([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(text ?? '')
  return found === null ? null : { value: Buffer.from(found[1] ?? '', 'hex').toString('utf8'), caseId: found[2] ?? '' }
}

export const ORDERS = {
  receivedOn: { column: sql`received_on`, type: 'date', value: (row) => row.receivedOn ?? '' },
  // 到期日未定的排在最后，不从列表里消失
  dueOn: { column: sql`coalesce(due_on, date '9999-12-31')`, type: 'date', value: (row) => row.dueOn ?? '9999-12-31' },
  decidedOn: { column: sql`decided_on`, type: 'date', value: (row) => row.decidedOn ?? '' },
  regNo: { column: sql`reg_no`, type: 'text', value: (row) => row.regNo },
} as const satisfies Record<string, Omit<Order, 'descending'>>

export type ApplicationSort = keyof typeof ORDERS
export const APPLICATION_SORTS = Object.keys(ORDERS).filter((key): key is ApplicationSort => Object.hasOwn(ORDERS, key))

export interface ApplicationFilter {
  bodyId: string
  /** 尚未作出决定的；否为已办结的 */
  open?: boolean
  /** 已作出决定而没有送达的记录；台账带来的、并案随前一件送达的不在其内 */
  unsent?: boolean
  /** 不计件的：作废的、确认收到之前撤回的、拆分了的原件 */
  uncounted?: boolean
  status?: Status
  /** 办到其中之一的 */
  statuses?: readonly Status[]
  applicantKind?: ApplicantKind
  outcome?: Outcome
  receivedFrom?: PlainDate
  receivedTo?: PlainDate
  decidedFrom?: PlainDate
  decidedTo?: PlainDate
  /** 到期日早于这一日而未决的，即逾期 */
  dueBefore?: PlainDate
  /** 到期日不早于这一日而未决的 */
  dueFrom?: PlainDate
  /** 承办人的账号；null 为没有分派的 */
  handler?: string | null
  /** 登记号的开头 */
  regNo?: string
  /** 登记号的开头，或者答复的文号：复议、诉讼来函只写文号 */
  number?: string
  /** 登记号、文号、所求里的一段话；只写一个字的，看作登记号的开头。正是登记号的开头的，由 `settleSaid` 换成 `regNo` */
  said?: string
}

const startsWith = (regNo: string): Condition => sql`reg_no >= ${regNo} and reg_no < ${`${regNo}\u{10ffff}`}`

function conditionsOf(filter: ApplicationFilter): Condition[] {
  const where: Condition[] = [sql`body_id = ${filter.bodyId}`]
  const add = (value: string | undefined, condition: (value: string) => Condition): void => {
    if (value !== undefined && value !== '') where.push(condition(value))
  }
  if (filter.open === true) where.push(sql`decided_on is null and counted`)
  if (filter.open === false) where.push(sql`decided_on is not null and counted`)
  if (filter.unsent === true) where.push(sql`status = 'approved' and merged_into is null and (submitted_on is not null or split_from is not null)`)
  if (filter.uncounted === true) where.push(sql`not counted and status not in ('draft', 'received-unconfirmed')`)
  // 写成字面：只有如此，通用计划才用得上按状态建的部分索引
  add(filter.status, (v) => sql`status = ${sql.lit(v)}`)
  if (filter.statuses !== undefined) where.push(sql`status in (${sql.join(filter.statuses.map((status) => sql.lit(status)))})`)
  add(filter.applicantKind, (v) => sql`applicant_kind = ${v}`)
  add(filter.outcome, (v) => sql`outcome = ${v}`)
  add(filter.receivedFrom, (v) => sql`received_on >= ${v}::date`)
  add(filter.receivedTo, (v) => sql`received_on <= ${v}::date`)
  add(filter.decidedFrom, (v) => sql`decided_on >= ${v}::date`)
  add(filter.decidedTo, (v) => sql`decided_on <= ${v}::date`)
  add(filter.dueFrom, (v) => sql`decided_on is null and due_on >= ${v}::date`)
  add(filter.dueBefore, (v) => sql`decided_on is null and due_on < ${v}::date`)
  // 写成范围而不用 like：通用计划也走得了索引
  if (filter.handler === null) where.push(sql`handler is null`)
  add(filter.handler ?? undefined, (v) => sql`handler = ${v}::uuid`)
  add(filter.regNo, startsWith)
  add(filter.number, (v) => sql`(reg_no >= ${v} and reg_no < ${`${v}\u{10ffff}`} or doc_no = ${v})`)
  add(filter.said, (v) => saidIn(v) ?? startsWith(v))
  return where
}

/** 写的正是登记号的开头，就凭登记号的索引找：百万件里也只一步。不是的，才去找那段话。列表与总数、导出的各页问之前，定一次。 */
export async function settleSaid(tx: Tx, { said, ...filter }: ApplicationFilter): Promise<ApplicationFilter> {
  if (said === undefined || said === '') return filter
  const { rows } = await sql`select 1 from application where body_id = ${filter.bodyId} and ${startsWith(said)} limit 1`.execute(tx)
  return rows.length > 0 ? { ...filter, regNo: said } : { ...filter, said }
}

/** 一页申请，按所选的列排；没有该列的值的（如尚未收到的）不在按它排的列表里。 */
export function listApplications(
  tx: Tx,
  filter: ApplicationFilter,
  request: PageRequest & { sort?: ApplicationSort; descending?: boolean } = {},
): Promise<Page<ApplicationRow>> {
  const order = { ...ORDERS[request.sort ?? 'receivedOn'], descending: request.descending ?? true }
  return page(tx, [...conditionsOf(filter), sql`${order.column} is not null`], order, request)
}

/** 合条件的件数，数到一万为止。 */
export async function countApplications(tx: Tx, filter: ApplicationFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (select 1 from application where ${all(conditionsOf(filter))} limit 10000) counted`.execute(tx)
  return rows[0]?.n ?? 0
}

/** 表三的格：行代码与列，行可以是 `R3.7`、`R3.3` 之类的合计，列可以是 `T`。 */
const CELL = /^(R1|R2|R4|R3(?:\.\d){1,2})\.([NBRPLOT])$/

export class UnknownCell extends RangeError {}

/**
 * 一格背后的记录，一页。R3 各行按答复日期、其余按收到日期，新的在前。
 * 不是表三的格抛 `UnknownCell`。
 */
export async function listForCell(
  tx: Tx,
  { bodyId, year, asOf, cell }: { bodyId: string; year: number; asOf: PlainDate; cell: string },
  request: PageRequest = {},
): Promise<Page<ApplicationRow>> {
  const [, row, kind] = CELL.exec(cell) ?? []
  if (row === undefined || kind === undefined) throw new UnknownCell(`表三没有这一格：${cell}`)
  const { from, to } = countedPeriod(year, asOf)
  const where = [sql`body_id = ${bodyId} and counted and not redo_uncounted`, rowCondition(row, from, to)]
  if (kind !== 'T') where.push(sql`applicant_kind = ${kind}`)
  const order = row.startsWith('R3') ? ORDERS.decidedOn : ORDERS.receivedOn
  return page(tx, where, { ...order, descending: true }, request)
}

function rowCondition(row: string, from: PlainDate, to: PlainDate): Condition {
  const received = sql`received_on <= ${to}::date`
  if (row === 'R1') return sql`received_on between ${from}::date and ${to}::date`
  if (row === 'R2') return sql`${received} and received_on < ${from}::date and (decided_on is null or decided_on >= ${from}::date)`
  if (row === 'R4') return sql`${received} and (decided_on is null or decided_on > ${to}::date)`
  const decided = sql`decided_on between ${from}::date and ${to}::date`
  if (row === 'R3.7') return decided
  return sql`${decided} and (report_row = ${row} or report_row like ${`${row}.%`})`
}

/** 一件申请的全部：状态、时间线、版本。没有抛 `NotFound`。 */
export async function getApplication(
  tx: Tx,
  bodyId: string,
  caseId: string,
): Promise<{ caseId: string; version: number; state: Application; events: RecordedEvent<ApplicationEvent>[] }> {
  const events = await read<ApplicationEvent>(tx, { bodyId, caseId, stream: APPLICATION_STREAM })
  const state = replay(events.map((recorded) => recorded.event))
  if (state === null) throw new NotFound('这件申请')
  return { caseId, version: events.length, state, events }
}

/** 列表行；没有则 null。 */
export async function findApplicationRow(tx: Tx, bodyId: string, caseId: string): Promise<ApplicationRow | null> {
  const { rows } = await sql<ApplicationRow>`select ${SELECTED} from application where body_id = ${bodyId} and case_id = ${caseId}`.execute(tx)
  return rows[0] ?? null
}

/** 若干件的列表行，至多二百件；没有的不在其中。 */
export async function listRows(tx: Tx, bodyId: string, caseIds: readonly string[]): Promise<Map<string, ApplicationRow>> {
  const { rows } = await sql<ApplicationRow>`select ${SELECTED} from application
    where body_id = ${bodyId} and case_id = any(${caseIds.slice(0, MOST)}::uuid[]) order by reg_no`.execute(tx)
  return new Map(rows.map((row) => [row.caseId, row]))
}

/** 有申请记录的年度范围（收到之年）；没有则 null。 */
export async function findApplicationYears(tx: Tx, bodyId: string): Promise<{ first: number; last: number } | null> {
  const { rows } = await sql<{ first: string | null; last: string | null }>`
    select min(received_on) as first, max(received_on) as last from application where body_id = ${bodyId} and counted`.execute(tx)
  const { first = null, last = null } = rows[0] ?? {}
  return first === null || last === null ? null : { first: Number(first.slice(0, 4)), last: Number(last.slice(0, 4)) }
}
