import './tables.ts'
import '../tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { RecipientKind } from './recipients.ts'

export const DEPOSIT_STATES = { draft: '待移送', handed: '已签收', cancelled: '已作废' } as const
export type DepositState = keyof typeof DEPOSIT_STATES
export const isDepositState = (text: string | undefined): text is DepositState => text !== undefined && Object.hasOwn(DEPOSIT_STATES, text)

export interface DepositRef {
  bodyId: string
  depositId: string
}

export interface Deposit extends DepositRef {
  version: number
  /** 编号，如「2026年第3号」 */
  year: number
  number: number
  recipient: string
  recipientKind: RecipientKind
  from: PlainDate
  to: PlainDate
  state: DepositState
  madeBy: string
  madeOn: PlainDate
  handedBy: string | null
  handedOn: PlainDate | null
  receiver: string | null
  /** 几件 */
  lines: number
  /** 移送之后撤回而还没有通知接收单位的 */
  toRecall: number
}

export const depositNumber = ({ year, number }: Pick<Deposit, 'year' | 'number'>): string => `${year}年第${number}号`

const SELECT = sql`d.body_id as "bodyId", d.deposit_id as "depositId", d.version, d.year, d.number, r.name as recipient, r.kind as "recipientKind", d.from_on as "from", d.to_on as "to", d.state,
  d.made_by as "madeBy", d.made_on as "madeOn", d.handed_by as "handedBy", d.handed_on as "handedOn", d.receiver,
  (select count(*) from deposit_line l where l.body_id = d.body_id and l.deposit_id = d.deposit_id) as lines,
  case when d.state = 'handed' then (select count(*) from deposit_line l join published_item p on p.body_id = l.body_id and p.item_id = l.item_id and p.withdrawn_on is not null
    where l.body_id = d.body_id and l.deposit_id = d.deposit_id and l.recalled_on is null) else 0 end as "toRecall"`
const FROM = sql`deposit d join deposit_recipient r on r.body_id = d.body_id and r.recipient_id = d.recipient_id`

export interface DepositFilter {
  bodyId: string
  state?: DepositState
  recipientId?: string
}

const conditions = ({ bodyId, state, recipientId }: DepositFilter) =>
  sql.join([sql`d.body_id = ${bodyId}`, ...(state === undefined ? [] : [sql`d.state = ${state}`]), ...(recipientId === undefined ? [] : [sql`d.recipient_id = ${recipientId}`])], sql` and `)

/** 清单，近的在前。 */
export async function listDeposits(tx: Tx, filter: DepositFilter, { limit, offset }: { limit: number; offset: number }): Promise<Deposit[]> {
  const { rows } = await sql<Deposit>`select ${SELECT} from ${FROM} where ${conditions(filter)} order by d.made_on desc, d.deposit_id desc limit ${Math.min(limit, 200)} offset ${offset}`.execute(tx)
  return rows
}

export async function countDeposits(tx: Tx, filter: DepositFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${FROM} where ${conditions(filter)}`.execute(tx)
  return rows[0]?.n ?? 0
}

/** 一份清单；没有抛 NotFound。 */
export async function getDeposit(tx: Tx, { bodyId, depositId }: DepositRef): Promise<Deposit> {
  const { rows: [row] } = await sql<Deposit>`select ${SELECT} from ${FROM} where d.body_id = ${bodyId} and d.deposit_id = ${depositId}`.execute(tx)
  if (row === undefined) throw new NotFound('这份移送清单')
  return row
}

export interface DepositLine {
  itemId: string
  position: number
  edition: number
  indexNo: string
  title: string
  docNo: string | null
  formedOn: PlainDate
  publishedOn: PlainDate
  copies: number
  /** 公众已看不到：撤回之日 */
  withdrawnOn: PlainDate | null
  /** 移送之后又改了版 */
  newEdition: boolean
  recalledOn: PlainDate | null
  recallNote: string | null
}

/** 一份清单的各行，依次；一份至多五百件。 */
export async function listLines(tx: Tx, { bodyId, depositId }: DepositRef): Promise<DepositLine[]> {
  const { rows } = await sql<DepositLine>`
    select l.item_id as "itemId", l.position, l.edition, l.index_no as "indexNo", l.title, l.doc_no as "docNo", l.formed_on as "formedOn", l.published_on as "publishedOn", l.copies,
      p.withdrawn_on as "withdrawnOn", p.withdrawn_on is null and p.edition > l.edition as "newEdition", l.recalled_on as "recalledOn", l.recall_note as "recallNote"
    from deposit_line l join published_item p on p.body_id = l.body_id and p.item_id = l.item_id
    where l.body_id = ${bodyId} and l.deposit_id = ${depositId} order by l.position`.execute(tx)
  return rows
}

export interface Candidate {
  itemId: string
  edition: number
  indexNo: string
  title: string
  docNo: string | null
  formedOn: PlainDate
  publishedOn: PlainDate
}

export const MOST_LINES = 500

/**
 * 还没有移送给这个单位的：某时期公开（含改版）、现在公开着，而其现行版本不在给它的任何一份没有作废的清单里。
 * 先公开的在前，至多 `limit` 件。
 */
export async function listCandidates(tx: Tx, { bodyId, recipientId, from, to }: { bodyId: string; recipientId: string; from: PlainDate; to: PlainDate }, limit: number): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select p.item_id as "itemId", p.edition, p.index_no as "indexNo", p.title, p.doc_no as "docNo", p.formed_on as "formedOn", p.published_on as "publishedOn" from published_item p
    where p.body_id = ${bodyId} and p.withdrawn_on is null and p.first_published_on <= ${to}::date and p.published_on between ${from}::date and ${to}::date
      and not exists (select 1 from deposit_line l join deposit d on d.body_id = l.body_id and d.deposit_id = l.deposit_id
        where l.body_id = p.body_id and l.item_id = p.item_id and l.edition = p.edition and d.recipient_id = ${recipientId} and d.state <> 'cancelled')
    order by p.published_on, p.item_id limit ${limit}`.execute(tx)
  return rows
}

export interface Recall {
  depositId: string
  itemId: string
  title: string
  recipient: string
  withdrawnOn: PlainDate
}

/** 移送之后撤回、还没有通知接收单位的，先撤回的在前。 */
export async function listRecalls(tx: Tx, bodyId: string, limit: number): Promise<Recall[]> {
  const { rows } = await sql<Recall>`
    select l.deposit_id as "depositId", l.item_id as "itemId", l.title, r.name as recipient, p.withdrawn_on as "withdrawnOn"
    from deposit_line l join deposit d on d.body_id = l.body_id and d.deposit_id = l.deposit_id and d.state = 'handed'
    join deposit_recipient r on r.body_id = d.body_id and r.recipient_id = d.recipient_id
    join published_item p on p.body_id = l.body_id and p.item_id = l.item_id and p.withdrawn_on is not null
    where l.body_id = ${bodyId} and l.recalled_on is null order by p.withdrawn_on, l.deposit_id, l.position limit ${limit}`.execute(tx)
  return rows
}
