import { fold } from './fold.ts'
import type { ReadingNote } from './read-report.ts'
import type { SourceLine } from './source-line.ts'
import type { TableSpan } from './classify-lines.ts'

/** 表被分页拆开的痕迹：表头重复出现，或同一张表 3 的各行宽度前后不一。 */
export function splitNotes(span: TableSpan, lines: readonly SourceLine[]): ReadingNote[] {
  if (span.name !== 'T3') return []
  const own = lines.filter((line) => line.number >= span.from && line.number <= span.to)
  const note = (line: number, message: string): ReadingNote => ({ kind: 'table-split', line, code: span.name, message })
  const heads = own.filter((line) => fold(line.text).includes('申请人情况'))
  if (heads.length > 1) return heads.slice(1).map((line) => note(line.number, '表头在此重复出现，表被分页拆成几段'))
  const rows = own.filter((line) => line.layout === 'split' && line.cells.length > 7)
  const torn = rows.filter((line, index) => index > 0 && line.cells.length !== rows[index - 1]!.cells.length && isPadded(rows))
  return torn.length > 3 ? [] : torn.map((line) => note(line.number, '自此行起表宽改变，表被拆成几段'))
}

// 各行补齐到同宽的表，宽度才说明问题
const isPadded = (rows: readonly SourceLine[]): boolean => new Set(rows.map((row) => row.cells.length)).size <= 3
