import { fold } from './fold.ts'
import { valueKind } from './parse-value.ts'
import type { SourceCell, SourceLine } from './source-line.ts'

export interface RawValue {
  raw: string
  line: number
  /** 显示列的中点（文本行）或格的序号 */
  at: number
}

/** 一行数字，及其左边、上下的文字；还不知道是表中哪一行。 */
export interface ValueRow {
  line: number
  /** 空格可见：表格行或以制表符、竖线分格的行 */
  explicit: boolean
  /** 有真实的格 */
  grid: boolean
  /** 同一行数字左边的文字，按格或按空白断开 */
  labels: readonly RawValue[]
  values: RawValue[]
  /** 该行的总格数，不分格的为 0 */
  width: number
  /** 上一行数字之后、下一行数字之前的文字，用以拼合断成几行的标签 */
  before: readonly string[]
  after: readonly string[]
  /** 版面上同一页（两处页码之间）的序号 */
  page: number
}

interface Split {
  labels: RawValue[]
  values: RawValue[]
}

/**
 * 一段区域 → 数字行。
 * @param perRow 一行至多几个数字，用于一格一行的文本
 */
export function toValueRows(lines: readonly SourceLine[], perRow: number, limit: number): ValueRow[] {
  const rows: (ValueRow & { before: string[]; after: string[] })[] = []
  let between: string[] = []
  let page = 0
  let open = false // 上一数字行之后还没有文字，一格一行的数字可以接上
  for (const line of lines) {
    if (line.furniture) page++
    if (line.furniture || line.layout === 'rule' || line.cells.length === 0) continue
    const { labels, values } = line.layout === 'plain' ? splitPlain(line) : splitExplicit(line)
    const last = rows.at(-1)
    if (line.layout === 'plain' && open && last && labels.length === 0 && values.length === 1 && canAppend(last, perRow)) {
      last.values.push(values[0]!)
      continue
    }
    if (values.length === 0) {
      between.push(...labels.map((label) => label.raw))
      open = false
      continue
    }
    if (rows.length >= limit) break
    last?.after.push(...between)
    const explicit = line.layout !== 'plain'
    const width = explicit ? line.cells.length : 0
    rows.push({ line: line.number, explicit, grid: line.layout === 'grid', labels, values, width, before: between, after: [], page })
    between = []
    open = true
  }
  rows.at(-1)?.after.push(...between)
  return rows
}

// 一格一行：每个数字占一行，故各值的行号互不相同
const canAppend = (row: ValueRow, perRow: number): boolean =>
  !row.explicit && row.values.length < perRow && new Set(row.values.map((each) => each.line)).size === row.values.length

const HAN = /[\p{Script=Han}A-Za-z]/u

// 左起到最后一个有汉字的格为标签，其右为数字；「无」「零」之类算数字格
function splitExplicit(line: SourceLine): Split {
  const { cells } = line
  const isLabel = (cell: SourceCell) => valueKind(cell.text) === 'text' && HAN.test(cell.text)
  const firstValue = cells.findIndex((cell, index) => index > 0 && ['number', 'mark'].includes(valueKind(cell.text)) && cells.slice(0, index).some(isLabel))
  const head = firstValue < 0 ? cells : cells.slice(0, firstValue)
  const end = head.findLastIndex(isLabel) + 1
  const labels = cells.slice(0, end).filter(isLabel).map((cell) => ({ raw: cell.text, line: line.number, at: cell.column }))
  const values = cells.slice(end).flatMap((cell) => spread(cell, line.number))
  // 只有空白、没有标签的行不是数字行
  if (labels.length === 0 && values.every((each) => valueKind(each.raw) === 'blank')) return { labels, values: [] }
  return { labels, values }
}

const spread = (cell: SourceCell, line: number): RawValue[] =>
  Array.from({ length: Math.min(cell.span, 20) }, (_, index) => ({ raw: index === 0 ? cell.text : '', line, at: cell.column + index }))

// 行尾连续的数字与 `-` `/` 为数字，其左为标签；与汉字连写的数字断开
function splitPlain(line: SourceLine): Split {
  const cells = line.cells.flatMap(splitGlued)
  const toRaw = (cell: SourceCell): RawValue => ({ raw: cell.text, line: line.number, at: cell.column + cell.text.length / 2 })
  let end = cells.length
  while (end > 0 && ['number', 'mark'].includes(valueKind(cells[end - 1]!.text))) end--
  const values = cells.slice(end)
  const labels = cells.slice(0, end).map(toRaw)
  // 行首的序号「1.」单独断开时不是数字
  if (labels.length === 0 && values.length === 1 && /^\d[.．、]$/.test(values[0]!.text)) return { labels: values.map(toRaw), values: [] }
  return { labels, values: values.map(toRaw) }
}

function splitGlued(cell: SourceCell): SourceCell[] {
  const match = /^(.*[\p{Script=Han}）)”"」])([\d０-９][\d０-９.,，]*)$/u.exec(cell.text)
  if (!match) return [cell]
  return [
    { ...cell, text: match[1]! },
    { ...cell, text: match[2]!, column: cell.column + fold(match[1]!).length * 2 },
  ]
}
