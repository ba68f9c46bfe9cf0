import type { CellPlace, ReadLine, ReadReport } from '../reading/read-report.ts'
import type { TableCell } from '../../documents/index.ts'
import { toDocument } from '../editions/report-document.ts'
import { titleOf, type ReportModel } from '../editions/report-model.ts'

/** 把系统自己的报告摆成核查所看的样子，使同一套规则既查别人的，也查自己的。 */
export function toReadReport(model: ReportModel): ReadReport {
  const document = toDocument(model, { cell: (code) => code })
  const lines: ReadLine[] = []
  const places: Record<string, CellPlace> = {}
  const add = (line: Omit<ReadLine, 'number'>): number => lines.push({ number: lines.length + 1, ...line })
  add({ text: model.bodyName, kind: 'heading' })
  add({ text: document.title, kind: 'heading' })
  let table: 'T2' | 'T3' | 'T4' = 'T2'
  for (const block of document.blocks) {
    if (block.kind === 'heading') {
      if (block.text.startsWith('三、')) table = 'T3'
      if (block.text.startsWith('四、')) table = 'T4'
      add({ text: block.text, kind: 'heading' })
    } else if (block.kind === 'paragraph') {
      add({ text: block.spans.map((span) => (typeof span === 'string' ? span : span.text)).join(''), kind: 'prose' })
    } else if (block.kind === 'table') {
      for (const row of block.table.rows) {
        const line = add({ text: row.map((cell) => cell.text).join('\t'), kind: 'table', table })
        for (const cell of row) placeOf(cell, line, places)
      }
    } else if (block.kind === 'signature') {
      add({ text: block.name, kind: 'prose' })
      add({ text: toChineseDay(block.on), kind: 'prose' })
    }
  }
  return {
    file: titleOf(model),
    format: 'json',
    title: titleOf(model),
    body: model.bodyName,
    year: model.year,
    edition: model.form,
    cells: model.cells,
    places,
    lines,
    notes: [],
  }
}

function placeOf(cell: TableCell, line: number, places: Record<string, CellPlace>): void {
  if (cell.href !== undefined) places[cell.href] = { line, raw: cell.text }
}

const toChineseDay = (day: string): string =>
  `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
