import type { RowReading } from './read-row.ts'
import type { Settled } from './settle.ts'
import type { TableRow } from './form-rows.ts'
import type { ReadingNote } from './read-report.ts'
import type { ValueRow } from './value-rows.ts'

const SHOWN = 4 // 歧义时至多列出几种读法
const TOP_ROWS = ['R1', 'R2', 'R4']

/** 一行读法上的说明：宽度、连写、嵌套、标签。 */
export function rowNotes(row: TableRow, found: ValueRow, reading: RowReading, settled: Settled | undefined, differing: string | null): ReadingNote[] {
  const note = (kind: ReadingNote['kind'], message: string): ReadingNote => ({ kind, line: found.line, code: row.code, message })
  const notes: ReadingNote[] = []
  if (reading.trouble !== null) notes.push(note(reading.trouble, troubleMessage(row, found, reading, settled)))
  if (TOP_ROWS.includes(row.code) && nestedAt(found) > 0)
    notes.push(note('row-nested-wrong', `「${row.label}」落在第 ${nestedAt(found) + 1} 列，应与一、二、三项平级，在第 1 列`))
  if (differing !== null) notes.push(note('label-differs', `标签写作「${differing}」，格式为「${row.label}」`))
  return notes
}

const nestedAt = (found: ValueRow): number => (found.explicit ? (found.labels[0]?.at ?? 0) : 0)

function troubleMessage(row: TableRow, found: ValueRow, reading: RowReading, settled: Settled | undefined): string {
  const name = row.label === '' ? '数字行' : `「${row.label}」`
  const count = row.cells.length
  const raw = found.values.map((each) => each.raw.trim()).join(' ').trim()
  const filled = found.values.filter((each) => each.raw.trim() !== '').length
  if (reading.trouble === 'digits-run-together') return `${name}的数字连写为「${raw}」，${settledMessage(reading, settled, count)}`
  if (reading.trouble === 'row-too-long' && filled <= count) return `${name}首尾都有空格，多出 ${found.values.length - count} 格，${settledMessage(reading, settled, count)}`
  if (reading.trouble === 'row-too-long') return `${name}有 ${filled} 个数值，应为 ${count} 个，认不出各属哪一列，作为未填`
  return `${name}只有 ${filled} 个数值，应为 ${count} 个，${settledMessage(reading, settled, count)}`
}

function settledMessage(reading: RowReading, settled: Settled | undefined, count: number): string {
  if (!settled || settled.open.length === count) return `无从断定各格为多少，作为未填${options(reading)}`
  const values = settled.candidate.values.map((value) => (value === null ? '空' : String(value))).join('、')
  if (settled.open.length > 0) return `有几种读法，不一致的格作为未填${options(reading)}`
  if (settled.candidate.missing !== null) return `按「总计等于各列之和」推定为 ${values}`
  if (reading.trouble === 'row-too-short') return `按各列的位置读为 ${values}`
  if (settled.byColumns) return `断开有多种读法，按各列的勾稽关系读为 ${values}`
  return `按合计的勾稽关系${reading.trouble === 'digits-run-together' ? '断开' : '读'}为 ${values}`
}

function options(reading: RowReading): string {
  if (reading.candidates.length < 2) return ''
  const shown = reading.candidates.slice(0, SHOWN).map((each) => each.values.map((value) => value ?? '空').join('、'))
  return `；可读为 ${shown.join('，或 ')}${reading.candidates.length > SHOWN ? ` 等 ${reading.candidates.length} 种` : ''}`
}
