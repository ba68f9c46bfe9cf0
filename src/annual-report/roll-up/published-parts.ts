import '../tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Summed } from './summed.ts'

type Parts = Summed['parts']

/** 汇总的各机关里，公布了自己报告的：机关 → 站内的路径。一次查询。 */
export async function listPublishedReports(tx: Tx, year: number, parts: Parts): Promise<Map<string, string>> {
  if (parts.length === 0) return new Map()
  const rows = await tx
    .selectFrom('annual_report_edition')
    .select('body_id')
    .distinct()
    .where('body_id', 'in', parts.map(({ bodyId }) => bodyId))
    .where('year', '=', year)
    .where('published_on', 'is not', null)
    .execute()
  const published = new Set(rows.map((row) => row.body_id))
  return new Map(parts.filter(({ bodyId, round }) => round > 0 && published.has(bodyId)).map(({ bodyId, bodyCode }) => [bodyId, `/bodies/${bodyCode}/annual-reports/${year}`]))
}

/** 汇总的各机关公布的报告里这一格的数；没有公布自己报告的为 null，公众看不到未公布的数。 */
export interface PublishedCell {
  bodyId: string
  bodyName: string
  value: number | null
  href: string | null
}

export async function listPublishedCells(tx: Tx, year: number, code: string, parts: Parts): Promise<PublishedCell[]> {
  const bodyIds = parts.map(({ bodyId }) => bodyId)
  const { rows } = await sql<{ bodyId: string; value: number | null }>`
    select distinct on (body_id) body_id as "bodyId", (model -> 'cells' ->> ${code})::float8 as value from annual_report_edition
    where body_id = any(${bodyIds}::uuid[]) and year = ${year} and published_on is not null
    order by body_id, edition desc`.execute(tx)
  const values = new Map(rows.map((row) => [row.bodyId, row.value]))
  // 区政府自己的那一版就是汇总，不是它本级的数
  return parts.map(({ bodyId, bodyCode, bodyName, round }) => {
    const own = round > 0 && values.has(bodyId)
    return { bodyId, bodyName, value: own ? (values.get(bodyId) ?? null) : null, href: own ? `/bodies/${bodyCode}/annual-reports/${year}` : null }
  })
}
