import '../collection/tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Figures } from '../figures.ts'
import type { ReadLine } from '../reading/read-report.ts'
import { figuresOfText, type TextFigures } from './figures-of-text.ts'

/** 各份受理的报告里，表格没有而正文要用的数，按机构：本系统报来的照冻结的数，上传的从文字里读。一次查询。 */
export async function listAcceptedFigures(tx: Tx, year: number): Promise<Map<string, TextFigures>> {
  const rows = await tx
    .selectFrom('filing')
    .innerJoin('filing_round', (join) =>
      join.onRef('filing_round.body_id', '=', 'filing.body_id').onRef('filing_round.filing_id', '=', 'filing.filing_id').onRef('filing_round.round', '=', 'filing.round'),
    )
    .select([
      'filing.body_id as bodyId',
      'filing_round.form',
      sql<Figures | null>`filing_round.model -> 'figures'`.as('figures'),
      sql<Record<string, number | null> | null>`case when filing_round.model is null then filing_round.cells end`.as('cells'),
      sql<ReadLine[] | null>`case when filing_round.model is null then filing_round.lines end`.as('lines'),
    ])
    .where('filing.year', '=', year)
    .where('filing.status', 'in', ['accepted', 'locked'])
    .execute()
  return new Map(rows.map(({ bodyId, form, figures, cells, lines }) => [bodyId, figures ?? figuresOfText({ form, cells: cells ?? {}, lines: lines ?? [] })]))
}
