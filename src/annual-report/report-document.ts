import type { Block, Document } from '../documents/document.ts'
import { formFrame, formTable, type CellText } from '../statute/report-table.ts'
import type { CellCode, TableName } from '../statute/report-form.ts'
import { titleOf, toParts, type PartBlock, type ReportModel } from './report-model.ts'

/** 一格怎样写：默认只写数，网页另加链接与标记。 */
export type WriteCell = (code: CellCode, text: string) => CellText

/** 格中的字：没有数的留空（只见于 2019 版中台账不记的量）。 */
export const cellText = (model: ReportModel, code: CellCode): string => {
  const value = model.cells[code]
  return value === null || value === undefined ? '' : String(value)
}

/** 年度报告 → 中立的文书模型，四种版本由此而出。 */
export function toDocument(model: ReportModel, write: WriteCell = (_, text) => ({ text })): Document {
  const { introduction, parts } = toParts(model)
  const blocks: Block[] = [
    ...introduction.map((text) => paragraph(text)),
    ...parts.flatMap(({ heading, blocks: inside }): Block[] => [
      { kind: 'heading', level: 1, text: heading },
      ...inside.flatMap((block) => toBlocks(block, model, write)),
    ]),
    ...(model.correctionReason === null ? [] : [paragraph(`更正说明：${model.correctionReason}`)]),
    { kind: 'signature', name: model.bodyName, on: model.datedOn },
  ]
  return {
    title: titleOf(model),
    blocks,
    creator: model.bodyName,
    datedOn: model.datedOn,
    demo: model.demo,
  }
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', spans: [text], indent: true })

function toBlocks(block: PartBlock, model: ReportModel, write: WriteCell): Block[] {
  if (block.kind === 'paragraph') return [paragraph(block.text)]
  if (block.kind === 'heading') return [{ kind: 'heading', level: 2, text: block.text }]
  return [formBlock(model, block.table, write)]
}

const formBlock = (model: ReportModel, table: TableName, write: WriteCell): Block => ({
  kind: 'table',
  table: {
    ...formFrame(model.form, table),
    rows: formTable(model.form, table, (code) => write(code, cellText(model, code))),
  },
})
