import { cellsOf, type CellCode, type TableName } from '../../statute/report-form.ts'
import { classifyLines, isLevelOne, isPageNumber, type TableSpan } from './classify-lines.ts'
import { detectEdition } from './detect-edition.ts'
import { findRegions, type Region } from './find-regions.ts'
import { findTitle, yearIn } from './find-title.ts'
import { tableSpecs, type TableSpec } from './form-rows.ts'
import { mergeOtherwise } from './merge-otherwise.ts'
import { emptyReading, readTable, type TableReading } from './read-table.ts'
import { readT4 } from './read-t4.ts'
import { splitNotes } from './split-notes.ts'
import { UnreadableReport } from './unreadable.ts'
import type { CellPlace, ReadingNote, ReadReport } from './read-report.ts'
import type { Source, SourceLine } from './source-line.ts'

const TABLE_NAMES: Record<TableName, string> = {
  T2: '第二部分「主动公开政府信息情况」的表',
  T3: '第三部分「收到和处理政府信息公开申请情况」的表',
  T4: '第四部分「政府信息公开行政复议、行政诉讼情况」的表',
}

/** 行 → 报告。找不到任何一张表、也没有题名的，不是年度报告，抛 UnreadableReport。 */
export function toReport(source: Source, file: string, format: ReadReport['format']): ReadReport {
  const lines = source.lines.map((line) => (isPageNumber(line.text) ? { ...line, furniture: true as const } : line))
  const regions = findRegions(lines)
  const year = yearIn(lines.slice(0, 200).map((line) => line.text).find((text) => yearIn(text) !== null && /报告/.test(text)) ?? '')
  const t2Lines = regions.T2 === null ? lines : lines.slice(regions.T2.start, regions.T2.end)
  const edition = detectEdition(t2Lines, year)
  const notes: ReadingNote[] = []
  const spans: TableSpan[] = []
  const cells = new Map<CellCode, number | null>()
  const places = new Map<CellCode, CellPlace>()
  for (const spec of tableSpecs(edition)) {
    const region = regions[spec.name]
    const reading = region === null ? emptyReading() : readRegion(spec, lines, region)
    if (spec.name === 'T3') mergeOtherwise(reading, edition)
    if (reading.lines.length === 0) notes.push(missingTable(spec.name, region === null ? 1 : lines[region.start]!.number))
    else notes.push(...reading.notes)
    for (const [code, value] of reading.cells) cells.set(code, value)
    for (const [code, place] of reading.places) places.set(code, place)
    if (region !== null && reading.lines.length > 0) {
      const span = toSpan(spec.name, lines, region, reading.lines)
      spans.push(span)
      notes.push(...splitNotes(span, lines))
    }
  }
  const readLines = classifyLines(lines, spans)
  const firstHeading = readLines.find((line) => line.kind === 'heading' && isLevelOne(line.text))?.number ?? Infinity
  const title = findTitle(readLines, firstHeading, source.title)
  if (spans.length === 0 && title.title === null)
    throw new UnreadableReport('not-a-report', '没有找到年度报告的题名与表格，请确认提交的是政府信息公开工作年度报告')
  if (source.lostCharacters > 0)
    notes.push({ kind: 'characters-lost', line: 1, code: null, message: `文件中有 ${source.lostCharacters} 处认不出的字符` })
  return {
    file,
    format,
    title: title.title,
    body: title.body,
    year: title.year ?? year,
    edition,
    cells: Object.fromEntries(cellsOf(edition).map((code) => [code, cells.get(code) ?? null])),
    places: Object.fromEntries(cellsOf(edition).flatMap((code) => (places.has(code) ? [[code, places.get(code)!]] : []))),
    lines: markTitle(readLines, title.line, firstHeading, format),
    notes: notes.toSorted((a, b) => a.line - b.line),
  }
}

const readRegion = (spec: TableSpec, lines: readonly SourceLine[], region: Region): TableReading => {
  const from = lines.slice(region.start, region.end)
  return spec.name === 'T4' ? readT4(spec, from) : readTable(spec, from)
}

const missingTable = (name: TableName, line: number): ReadingNote => ({
  kind: 'table-missing',
  line,
  code: name,
  message: `没有找到${TABLE_NAMES[name]}`,
})

// 表自表头起；没有表头的，自第一行数字起
function toSpan(name: TableName, lines: readonly SourceLine[], region: Region, rows: readonly number[]): TableSpan {
  const first = Math.min(...rows)
  const head = region.head === null ? first : lines[region.head]!.number
  const grid = lines.slice(region.start, region.end).find((line) => line.layout === 'grid' || line.layout === 'split' || line.layout === 'rule')
  return { name, from: Math.min(first, head, name === 'T2' || !grid ? first : grid.number), to: Math.max(...rows) }
}

// 题名是标题；网页上题名之前的导航不是正文
function markTitle(lines: readonly ReadReport['lines'][number][], title: number | null, firstHeading: number, format: ReadReport['format']): ReadReport['lines'] {
  return lines.map((line) => {
    if (line.number === title) return { ...line, kind: 'heading' }
    const navigation = format === 'html' && title !== null && line.number < title - 1 && line.number < firstHeading
    return navigation && line.kind === 'prose' ? { ...line, kind: 'furniture' } : line
  })
}
