import { sql } from 'kysely'
import { listBodies } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import { NotFound } from '../platform/errors.ts'
import type { ListQuery } from '../platform/html/index.ts'
import type { ReportRow } from './desk/desk-list-page.tsx'
import { isStatus } from './report.ts'
import type { EditionRef } from './editions/report-files.ts'
import type { ReportModel } from './editions/report-model.ts'
import type { EditionLine } from './public/public-pages.tsx'

/** 已公布的一版是哪一版，与它周围的：同一年度的各版、别的年度。 */
export interface PublishedRef {
  bodyId: string
  reportId: string
  year: number
  edition: number
  contentHash: string
  publishedOn: string
  latest: boolean
  /** 同一年度公布过的各版，由新到旧 */
  editions: EditionLine[]
  /** 公布过报告的别的年度，由近及远 */
  otherYears: number[]
}

/** 找出已公布的一版；edition 不写则取最新，旧版在新版公布后仍可查。没有的抛 NotFound。 */
export async function findPublished(tx: Tx, bodyId: string, year: number, edition?: number): Promise<PublishedRef> {
  const rows = await tx
    .selectFrom('annual_report_edition')
    .select(['report_id', 'year', 'edition', 'content_hash', 'published_on', 'correction_reason'])
    .where('body_id', '=', bodyId)
    .where('published_on', 'is not', null)
    .orderBy('year', 'desc')
    .orderBy('edition', 'desc')
    .limit(500)
    .execute()
  const own = rows.filter((row) => row.year === year)
  const wanted = edition === undefined ? own[0] : own.find((row) => row.edition === edition)
  if (wanted === undefined) throw new NotFound(`${year} 年度报告`)
  return {
    bodyId,
    reportId: wanted.report_id,
    year,
    edition: wanted.edition,
    contentHash: wanted.content_hash,
    publishedOn: wanted.published_on ?? '',
    latest: wanted.edition === own[0]?.edition,
    editions: own.map((row) => ({
      edition: row.edition,
      publishedOn: row.published_on ?? '',
      reason: row.correction_reason,
    })),
    otherYears: [...new Set(rows.map((row) => row.year))].filter((one) => one !== year),
  }
}

/** 一版的全部内容。 */
export async function getEditionModel(tx: Tx, { bodyId, reportId, edition }: Pick<PublishedRef, 'bodyId' | 'reportId' | 'edition'>): Promise<ReportModel> {
  const { model } = await tx
    .selectFrom('annual_report_edition')
    .select('model')
    .where('body_id', '=', bodyId)
    .where('report_id', '=', reportId)
    .where('edition', '=', edition)
    .executeTakeFirstOrThrow()
  return model
}

/** 已公布的一版连同内容。 */
export async function getPublished(tx: Tx, bodyId: string, year: number, edition?: number): Promise<PublishedRef & EditionRef> {
  const found = await findPublished(tx, bodyId, year, edition)
  return { ...found, model: await getEditionModel(tx, found) }
}

/** 公布过的一份报告（最新一版）。 */
export interface PublishedReport {
  bodyId: string
  bodyCode: string
  bodyName: string
  year: number
  edition: number
  publishedOn: string
}

/**
 * 公布的全部报告，每机关每年一行，取最新一版；m 个机关 y 年共 my 行，至多 5,000 行。
 * 首页、一览都用它：整单作一个值取回，省去逐行逐列的解析。
 */
export async function listPublished(tx: Tx, only: { bodyId?: string } = {}): Promise<PublishedReport[]> {
  const whose = only.bodyId === undefined ? sql`true` : sql`body_id = ${only.bodyId}`
  const { rows } = await sql<{ reports: PublishedReport[] }>`
    select coalesce(json_agg(listed order by year desc, "bodyCode"), '[]') as reports from (
      select distinct on (body_id, year) body_id as "bodyId", year, edition, published_on as "publishedOn",
        model ->> 'bodyCode' as "bodyCode", model ->> 'bodyName' as "bodyName"
      from annual_report_edition where published_on is not null and ${whose}
      order by body_id, year, edition desc limit 5000
    ) listed`.execute(tx)
  return rows[0]?.reports ?? []
}

/** 工作台：某机关（bodyId）或全区的各年报告。机关名称另向 bodies 询问，不联表。 */
export async function listReports(
  tx: Tx,
  query: ListQuery,
  bodyId: string | null,
): Promise<{ rows: ReportRow[]; total: number; years: number[] }> {
  const bodies = await listBodies(tx, { text: query.q, includeAbolished: true })
  const names = new Map(bodies.map((body) => [body.bodyId, body]))
  const within = bodyId === null ? [...names.keys()] : [...names.keys()].filter((id) => id === bodyId)
  if (within.length === 0) return { rows: [], total: 0, years: [] }
  const all = tx.selectFrom('annual_report').where('body_id', 'in', within)
  const years = await all.select('year').distinct().orderBy('year', 'desc').limit(100).execute()
  let base = all
  if (query.filters['year'] !== undefined) base = base.where('year', '=', Number(query.filters['year']))
  const status = query.filters['status']
  if (status !== undefined && isStatus(status)) base = base.where('status', '=', status)
  const total = await base.select((eb) => eb.fn.countAll<string>().as('n')).executeTakeFirstOrThrow()
  const rows = await base
    .selectAll()
    .orderBy('year', query.descending ? 'desc' : 'asc')
    .orderBy('body_id')
    .limit(query.size)
    .offset(query.offset)
    .execute()
  const firsts = await firstEditions(tx, rows.filter((row) => row.edition > 1))
  return {
    rows: rows.map((row) => ({
      first: firsts.get(row.report_id) ?? null,
      bodyCode: names.get(row.body_id)?.code ?? '',
      bodyName: names.get(row.body_id)?.name ?? '',
      year: row.year,
      status: row.status,
      edition: row.edition,
      filedOn: row.filed_on,
      publishedOn: row.published_on,
    })),
    total: Number(total.n),
    years: years.map((row) => row.year),
  }
}

/** 更正过的报告，第一版何时报送、公布：条例第四十九条的期限说的是它。 */
async function firstEditions(
  tx: Tx,
  corrected: readonly { body_id: string; report_id: string }[],
): Promise<Map<string, { filedOn: string | null; publishedOn: string | null }>> {
  if (corrected.length === 0) return new Map()
  const rows = await tx
    .selectFrom('annual_report_edition')
    .select(['report_id', 'filed_on', 'published_on'])
    .where('body_id', 'in', corrected.map((row) => row.body_id))
    .where('report_id', 'in', corrected.map((row) => row.report_id))
    .where('edition', '=', 1)
    .execute()
  return new Map(rows.map((row) => [row.report_id, { filedOn: row.filed_on, publishedOn: row.published_on }]))
}
