import '../collection/tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Figures } from '../tally/figures.ts'
import { figuresOfText, type TextFigures } from './figures-of-text.ts'
import type { LoadedRollUp } from './load-roll-up.ts'

const MOST_KEPT = 3000
const kept = new Map<string, TextFigures>()

/** 汇总里各家的数，按机构：受理的各份，与区政府本级的台账。 */
export async function listPartFigures(tx: Tx, year: number, government: LoadedRollUp['government']): Promise<Map<string, TextFigures>> {
  const known = await listAcceptedFigures(tx, year)
  if (government !== null) known.set(government.body.bodyId, toTextFigures(government.own.figures))
  return known
}

// 从前冻结的没有数培训、会议与登记
const toTextFigures = (figures: Figures): TextFigures => ({ ...figures, safeguards: figures.safeguards ?? null })

/**
 * 各份受理的报告里，表格没有而正文要用的数，按机构：本系统报来的照冻结的数，上传的从文字里读。
 * 一次报送的内容不再变，读过的凭摘要记住，不每次重读几百份文字；至多两次查询。
 */
async function listAcceptedFigures(tx: Tx, year: number): Promise<Map<string, TextFigures>> {
  const rows = await accepted(tx, year)
    .select(['filing.body_id as bodyId', 'filing_round.content_hash as hash', sql<Figures | null>`filing_round.model -> 'figures'`.as('figures')])
    .execute()
  const known = new Map<string, TextFigures>()
  const unread: string[] = []
  for (const { bodyId, hash, figures } of rows) {
    const found = figures === null ? kept.get(hash) : toTextFigures(figures)
    if (found === undefined) unread.push(bodyId)
    else known.set(bodyId, found)
  }
  for (const { bodyId, figures } of unread.length === 0 ? [] : await readTexts(tx, year, unread)) known.set(bodyId, figures)
  return known
}

const accepted = (tx: Tx, year: number) =>
  tx
    .selectFrom('filing')
    .innerJoin('filing_round', (join) =>
      join.onRef('filing_round.body_id', '=', 'filing.body_id').onRef('filing_round.filing_id', '=', 'filing.filing_id').onRef('filing_round.round', '=', 'filing.round'),
    )
    .where('filing.year', '=', year)
    .where('filing.status', 'in', ['accepted', 'locked'])

async function readTexts(tx: Tx, year: number, bodyIds: readonly string[]): Promise<{ bodyId: string; figures: TextFigures }[]> {
  const rows = await accepted(tx, year)
    .select(['filing.body_id as bodyId', 'filing_round.content_hash as hash', 'filing_round.form', 'filing_round.cells', 'filing_round.lines'])
    .where('filing.body_id', 'in', bodyIds)
    .execute()
  return rows.map(({ bodyId, hash, ...text }) => {
    const figures = figuresOfText(text)
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(hash, figures)
    return { bodyId, figures }
  })
}
