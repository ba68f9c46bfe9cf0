import '../tables.ts'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { AWAITING } from '../item.ts'
import type { Awaiting } from '../item.ts'

/** 在去公开的路上的一条。 */
export interface QueueRow {
  itemId: string
  version: number
  indexNo: string
  title: string
  awaiting: Awaiting
  formedOn: PlainDate
  dueOn: PlainDate | null
  handler: string | null
  publishAt: Date | null
}

export interface QueueFilter {
  bodyId: string
  awaiting: Awaiting
  /** 标题、索引号里的字 */
  text?: string
  limit: number
  offset: number
}

const COLUMNS = ['item_id', 'version', 'index_no', 'title', 'awaiting', 'formed_on', 'due_on', 'handler', 'publish_at'] as const

const queue = (tx: Tx, bodyId: string) => tx.selectFrom('info_item').where('body_id', '=', bodyId).where('awaiting', 'is not', null)

const toRow = (row: { item_id: string; version: number; index_no: string; title: string; awaiting: Awaiting | null; formed_on: string; due_on: string | null; handler: string | null; publish_at: Date | null }): QueueRow => ({
  itemId: row.item_id, version: row.version, indexNo: row.index_no, title: row.title, awaiting: row.awaiting ?? 'submit', formedOn: row.formed_on, dueOn: row.due_on, handler: row.handler, publishAt: row.publish_at,
})

/** 等同一步的各条，先到期的在前。 */
export async function listQueue(tx: Tx, { bodyId, awaiting, text, limit, offset }: QueueFilter): Promise<{ total: number; rows: QueueRow[] }> {
  let query = queue(tx, bodyId).where('awaiting', '=', awaiting)
  if (text) {
    const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where((eb) => eb.or([eb('title', 'ilike', like), eb('index_no', 'ilike', like)]))
  }
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query.select(COLUMNS).orderBy('due_on').orderBy('item_id').limit(limit).offset(offset).execute()
  return { total, rows: rows.map(toRow) }
}

/** 各步各有几条。 */
export async function countQueue(tx: Tx, bodyId: string): Promise<Readonly<Record<Awaiting, number>>> {
  const rows = await queue(tx, bodyId).select((eb) => ['awaiting', eb.fn.countAll<number>().as('n')]).groupBy('awaiting').execute()
  const counts = new Map(rows.map((row) => [row.awaiting, row.n]))
  return Object.fromEntries(Object.keys(AWAITING).map((step) => [step, counts.get(step as Awaiting) ?? 0])) as Record<Awaiting, number>
}

/** 这些条现在的样子；不在路上的不在其中。 */
export async function listQueueRows(tx: Tx, bodyId: string, itemIds: readonly string[]): Promise<Map<string, QueueRow>> {
  if (itemIds.length === 0) return new Map()
  const rows = await tx.selectFrom('info_item').select(COLUMNS).where('body_id', '=', bodyId).where('item_id', 'in', [...itemIds]).execute()
  return new Map(rows.map((row) => [row.item_id, toRow(row)]))
}
