import type { Edition, TableName } from '../../statute/report-form.ts'
import { formTable } from '../../statute/report-table.ts'
import { cellsInOrder, reportJson, type ReportJson } from '../editions/report-json.ts'
import { expandGrid } from './expand-grid.ts'
import { UnreadableReport } from './unreadable.ts'
import type { CellPlace, ReadLine, ReadReport } from './read-report.ts'

const MARK = '\u0000' // 格代码与文字之间，正文里不会有

/** 本系统公开的 JSON 报告 → 报告；格直接取用，行按格式排出。 */
export function fromJson(text: string, file: string): ReadReport {
  const report = parse(text)
  const lines: ReadLine[] = []
  const places: Record<string, CellPlace> = {}
  const add = (line: Omit<ReadLine, 'number'>): number => lines.push({ number: lines.length + 1, ...line })
  add({ text: report.title, kind: 'heading' })
  for (const paragraph of report.introduction) add({ text: paragraph, kind: 'prose' })
  for (const part of report.parts) {
    add({ text: part.heading, kind: 'heading' })
    for (const block of part.blocks) {
      if (block.kind === 'form') addTable(report, block.table, add, places)
      else add({ text: block.text, kind: block.kind === 'heading' ? 'heading' : 'prose' })
    }
  }
  return {
    file,
    format: 'json',
    title: report.title,
    body: report.body.name,
    year: report.year,
    edition: report.form,
    cells: cellsInOrder(report.form, report.cells),
    places,
    lines,
    notes: [],
  }
}

function parse(text: string): ReportJson {
  let data: unknown
  try {
    data = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    throw new UnreadableReport('damaged', 'JSON 文件已损坏，不能解析')
  }
  const parsed = reportJson.safeParse(data)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues[0]?.path.join('.') || '根'
  throw new UnreadableReport('not-a-report', `不是本系统的年度报告 JSON（${where} 处不合格式）`)
}

function addTable(report: ReportJson, table: TableName, add: (line: Omit<ReadLine, 'number'>) => number, places: Record<string, CellPlace>): void {
  const edition: Edition = report.form
  const rows = formTable(edition, table, (code) => ({ text: `${code}${MARK}${report.cells[code] ?? ''}` }))
  const grid = rows.map((row) => row.map((cell) => ({ text: cell.text, colspan: cell.colspan ?? 1, rowspan: cell.rowspan ?? 1 })))
  for (const line of expandGrid(grid, 1)) {
    const plain = line.text.split('\t').map((text) => text.split(MARK).at(-1) ?? '')
    const number = add({ text: plain.join('\t'), kind: 'table', table })
    for (const cell of line.cells) {
      const [code, raw] = cell.text.split(MARK)
      if (code !== undefined && raw !== undefined) places[code] = { line: number, raw }
    }
  }
}
