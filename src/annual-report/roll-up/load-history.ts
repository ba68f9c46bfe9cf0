import '../collection/tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { CellCode } from '../../statute/report-form.ts'

/** 某机关某年的几格，取自受理的报告；没有受理的取公布的，再没有的取载入的旧报告。 */
export interface YearCells {
  bodyId: string
  year: number
  source: 'accepted' | 'uploaded' | 'published' | 'imported'
  cells: Readonly<Record<CellCode, number | null>>
}

export const HISTORY_SOURCES = { accepted: '受理', uploaded: '受理（上传的文件）', published: '公布（未经受理）', imported: '载入的旧报告' } as const

const MOST_ROWS = 10_000

/**
 * 各机关各年的几格，一次查询：只取要看的格，不取全表；m 家 y 年至多 3my 行，各按（年度，机关）的索引。
 * 格的代码两版不同的（如其他处理三小项），没有的那一版不在其中。
 */
export async function loadHistory(tx: Tx, codes: readonly CellCode[], { from, to }: { from: number; to: number }): Promise<YearCells[]> {
  // 整份格一次展开；逐格 -> 会把压缩存着的整份解开几十遍
  const picked = (cells: ReturnType<typeof sql>) => sql`(select jsonb_object_agg(key, value) from jsonb_each(${cells}) where key = any(${[...codes]}::text[]))`
  const { rows } = await sql<YearCells>`
    select distinct on (year, body_id) body_id as "bodyId", year, source, cells from (
      select filing.body_id, filing.year, case when filing_round.source = 'upload' then 'uploaded' else 'accepted' end as source, 1 as rank, 0 as edition, ${picked(sql`filing_round.cells`)} as cells
        from filing join filing_round on filing_round.body_id = filing.body_id and filing_round.filing_id = filing.filing_id and filing_round.round = filing.round
        where filing.year between ${from} and ${to} and filing.status in ('accepted', 'locked')
      union all
      select body_id, year, 'published', 2, edition, ${picked(sql`model -> 'cells'`)}
        from annual_report_edition where year between ${from} and ${to} and (filed_on is not null or published_on is not null)
      union all
      select body_id, year, 'imported', 3, 0, ${picked(sql`cells`)} from previous_report where year between ${from} and ${to}
    ) known order by year, body_id, rank, edition desc limit ${MOST_ROWS}`.execute(tx)
  return rows
}
