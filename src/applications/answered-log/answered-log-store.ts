import './tables.ts'
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Tables, Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { LoggedContent } from './answered-request.ts'

export interface LogEntry extends LoggedContent {
  entryId: string
  caseId: string
  status: 'draft' | 'published' | 'withdrawn'
  hash: string
  draftedBy: readonly string[]
  returnedReason: string | null
  approvedBy: string | null
  publishedOn: PlainDate | null
  withdrawnOn: PlainDate | null
  withdrawReason: string | null
  version: number
}

const toEntry = (row: Selectable<Tables['answered_request']>): LogEntry => ({
  entryId: row.entry_id,
  caseId: row.case_id,
  status: row.status,
  title: row.title,
  asked: row.asked,
  answer: row.answer,
  attachments: row.attachments,
  hash: row.content_hash,
  draftedBy: row.drafted_by,
  returnedReason: row.returned_reason,
  approvedBy: row.approved_by,
  publishedOn: row.published_on,
  withdrawnOn: row.withdrawn_on,
  withdrawReason: row.withdraw_reason,
  version: row.version,
})

const entries = (tx: Tx, bodyId: string) => tx.selectFrom('answered_request').selectAll().where('body_id', '=', bodyId)

/** 一件申请现在的那一条：草稿或者公布着的；没有、已撤下的为 null。 */
export async function findLiveEntry(tx: Tx, bodyId: string, caseId: string, lock = false): Promise<LogEntry | null> {
  let query = entries(tx, bodyId).where('case_id', '=', caseId).where('status', '<>', 'withdrawn')
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row === undefined ? null : toEntry(row)
}

/** 一件申请撤下的各条，近的在前；至多二十条。 */
export async function listWithdrawnEntries(tx: Tx, bodyId: string, caseId: string): Promise<LogEntry[]> {
  return (await entries(tx, bodyId).where('case_id', '=', caseId).where('status', '=', 'withdrawn').orderBy('entry_id', 'desc').limit(20).execute()).map(toEntry)
}

/** 起草了而没有公布的各条，先起草的在前。 */
export async function listDraftEntries(tx: Tx, bodyId: string, limit: number): Promise<LogEntry[]> {
  return (await entries(tx, bodyId).where('status', '=', 'draft').orderBy('entry_id').limit(limit).execute()).map(toEntry)
}

/** 公众看得到的一条，与撤下的一条（只用来说明已撤下）；草稿与没有的都抛 `NotFound`，不加区别。 */
export async function getPublicEntry(tx: Tx, bodyId: string, entryId: string): Promise<LogEntry> {
  const row = await entries(tx, bodyId).where('entry_id', '=', entryId).where('status', '<>', 'draft').executeTakeFirst()
  if (row === undefined) throw new NotFound('这件答复')
  return toEntry(row)
}

export interface LogFilter {
  bodyId: string
  status: LogEntry['status'] | 'all'
  year?: number
  text?: string
  limit: number
  offset: number
}

/** 公布的（或者工作台上全部的）各条，新的在前。 */
export async function listEntries(tx: Tx, filter: LogFilter): Promise<{ total: number; rows: LogEntry[] }> {
  let query = tx.selectFrom('answered_request').where('body_id', '=', filter.bodyId)
  if (filter.status !== 'all') query = query.where('status', '=', filter.status)
  if (filter.year !== undefined) query = query.where('published_on', '>=', `${filter.year}-01-01`).where('published_on', '<=', `${filter.year}-12-31`)
  const text = filter.text?.trim().slice(0, 60)
  if (text) {
    const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where((eb) => eb.or([eb('title', 'ilike', like), eb('asked', 'ilike', like), eb('answer', 'ilike', like)]))
  }
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query.selectAll().orderBy(sql`published_on desc nulls first`).orderBy('entry_id', 'desc').limit(filter.limit).offset(filter.offset).execute()
  return { total, rows: rows.map(toEntry) }
}

/** 公布着的条数。 */
export async function countAnsweredRequests(tx: Tx, bodyId: string): Promise<number> {
  const { n } = await tx.selectFrom('answered_request').select((eb) => eb.fn.countAll<number>().as('n')).where('body_id', '=', bodyId).where('status', '=', 'published').executeTakeFirstOrThrow()
  return n
}

/** 公布过答复的年度，近的在前。 */
export async function listPublishedYears(tx: Tx, bodyId: string): Promise<number[]> {
  const rows = await tx
    .selectFrom('answered_request')
    .select(sql<number>`extract(year from published_on)::int`.as('year'))
    .distinct()
    .where('body_id', '=', bodyId)
    .where('status', '=', 'published')
    .orderBy('year', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => row.year)
}
