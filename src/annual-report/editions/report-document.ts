import type { Block, Document, Span } from '../../documents/index.ts'
import { formFrame, formTable } from '../../statute/report-table.ts'
import type { CellCode, TableName } from '../../statute/report-form.ts'
import { cellOfFigure } from '../tally/figures.ts'
import type { Piece } from '../narrative/narrative.ts'
import { titleOf, toParts, type PartBlock, type ReportModel } from './report-model.ts'

/** 各处的数点开去哪里；文件里不带链接。 */
export interface ReportLinks {
  cell: (code: CellCode) => string | null
  /** 标出来的格：退回时有意见的 */
  marked?: ReadonlySet<CellCode>
}

/** 格中的字：没有数的留空（只见于 2019 版中台账不记的量）。 */
export const cellText = (model: ReportModel, code: CellCode): string => {
  const value = model.cells[code]
  return value === null || value === undefined ? '' : String(value)
}

/** 年度报告 → 中立的文书模型，四种版本由此而出；工作台上的另带链接，每个数都可点开。 */
export function toDocument(model: ReportModel, links: ReportLinks | null = null): Document {
  const { introduction, parts } = toParts(model)
  const blocks: Block[] = [
    ...introduction.map((block) => toBlock(block, model, links)),
    ...parts.flatMap(({ heading, blocks: inside }): Block[] => [
      { kind: 'heading', level: 1, text: heading },
      ...inside.map((block) => toBlock(block, model, links)),
    ]),
    ...(model.correctionReason === null ? [] : [paragraph([`更正说明：${model.correctionReason}`])]),
    { kind: 'signature', name: model.bodyName, on: model.datedOn },
  ]
  return { issuer: model.bodyName, title: titleOf({ ...model, bodyName: '' }), blocks, creator: model.bodyName, datedOn: model.datedOn, demo: model.demo }
}

const paragraph = (spans: readonly Span[]): Block => ({ kind: 'paragraph', spans, indent: true })

function toBlock(block: PartBlock, model: ReportModel, links: ReportLinks | null): Block {
  if (block.kind === 'paragraph') return paragraph(block.pieces.map((piece) => toSpan(piece, links)))
  if (block.kind === 'heading') return { kind: 'heading', level: 2, text: block.text }
  return formBlock(model, block.table, links)
}

function toSpan(piece: Piece, links: ReportLinks | null): Span {
  if (typeof piece === 'string') return piece
  const cell = cellOfFigure(piece.figure)
  const href = cell === null ? null : (links?.cell(cell) ?? null)
  return href === null ? piece.text : { text: piece.text, href }
}

const formBlock = (model: ReportModel, table: TableName, links: ReportLinks | null): Block => ({
  kind: 'table',
  table: {
    ...formFrame(model.form, table),
    rows: formTable(model.form, table, (code) => {
      const href = links?.cell(code) ?? null
      return { text: cellText(model, code), ...(href === null ? {} : { href }), ...(links?.marked?.has(code) === true && { mark: 'bad' as const }) }
    }),
  },
})
