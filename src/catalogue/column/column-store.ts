import './tables.ts'
import type { Selectable } from 'kysely'
import type { Tables, Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { ColumnFacts } from './column-facts.ts'
import type { PartContent, PartName } from './column-parts.ts'

export interface ColumnVersion {
  versionId: string
  part: PartName
  status: 'draft' | 'submitted' | 'published' | 'past'
  /** 公布的第几版；没有公布过的为 null */
  number: number | null
  content: PartContent
  hash: string
  facts: Partial<ColumnFacts>
  draftedBy: readonly string[]
  changedAt: Date
  returnedReason: string | null
  approvedBy: string | null
  publishedOn: PlainDate | null
  version: number
}

export const toVersion = (row: Selectable<Tables['column_version']>): ColumnVersion => ({
  versionId: row.version_id,
  part: row.part,
  status: row.status,
  number: row.number,
  content: row.content,
  hash: row.content_hash,
  facts: row.facts,
  draftedBy: row.drafted_by,
  changedAt: row.changed_at,
  returnedReason: row.returned_reason,
  approvedBy: row.approved_by,
  publishedOn: row.published_on,
  version: row.version,
})

const versions = (tx: Tx, bodyId: string) => tx.selectFrom('column_version').selectAll().where('body_id', '=', bodyId)

/** 各部分的草稿、送批的与公布着的。 */
export async function listCurrentVersions(tx: Tx, bodyId: string): Promise<ColumnVersion[]> {
  return (await versions(tx, bodyId).where('status', '<>', 'past').execute()).map(toVersion)
}

/** 一部分的草稿或者送批的一份；没有则为 null。 */
export async function findOpenVersion(tx: Tx, bodyId: string, part: PartName, lock = false): Promise<ColumnVersion | null> {
  let query = versions(tx, bodyId).where('part', '=', part).where('status', 'in', ['draft', 'submitted'])
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row === undefined ? null : toVersion(row)
}

/** 公众看到的一份；没有公布过的为 null。 */
export async function findShownPart(tx: Tx, bodyId: string, part: PartName): Promise<ColumnVersion | null> {
  const row = await versions(tx, bodyId).where('part', '=', part).where('status', '=', 'published').executeTakeFirst()
  return row === undefined ? null : toVersion(row)
}

const MOST_VERSIONS = 200

/** 公布过的各版，新的在前；至多二百版。 */
export async function listPublishedVersions(tx: Tx, bodyId: string, part: PartName): Promise<ColumnVersion[]> {
  return (await versions(tx, bodyId).where('part', '=', part).where('number', 'is not', null).orderBy('number', 'desc').limit(MOST_VERSIONS).execute()).map(toVersion)
}

/** 公布过的某一版与它的上一版；没有则抛 NotFound。 */
export async function getPublishedVersion(tx: Tx, bodyId: string, part: PartName, number: number): Promise<{ version: ColumnVersion; before: ColumnVersion | null }> {
  const rows = (await versions(tx, bodyId).where('part', '=', part).where('number', 'in', [number, number - 1]).execute()).map(toVersion)
  const version = rows.find((row) => row.number === number)
  if (version === undefined) throw new NotFound('这一版')
  return { version, before: rows.find((row) => row.number === number - 1) ?? null }
}

/** 渠道最近一次核实之日，键为其内容的摘要。 */
export async function listChannelChecks(tx: Tx, bodyId: string, hashes: readonly string[]): Promise<Map<string, PlainDate>> {
  if (hashes.length === 0) return new Map()
  const rows = await tx.selectFrom('column_channel_check').select(['row_hash', 'checked_on']).where('body_id', '=', bodyId).where('row_hash', 'in', [...hashes]).execute()
  return new Map(rows.map((row) => [row.row_hash, row.checked_on]))
}

/** 各机构某一部分最近公布之日；没有公布过的不在其中。 */
export async function listShownDays(tx: Tx, part: PartName, bodyIds: readonly string[]): Promise<Map<string, PlainDate>> {
  if (bodyIds.length === 0) return new Map()
  const rows = await tx.selectFrom('column_version').select(['body_id', 'published_on']).where('body_id', 'in', [...bodyIds]).where('part', '=', part).where('status', '=', 'published').execute()
  return new Map(rows.flatMap(({ body_id: bodyId, published_on: on }) => (on === null ? [] : [[bodyId, on]])))
}
