import type { CellCode } from '../../statute/report-form.ts'
import { alignRows } from './align-rows.ts'
import type { Candidate } from './candidates.ts'
import { fillGaps } from './fill-gaps.ts'
import { differingLabel } from './label-check.ts'
import { LIMITS } from './limits.ts'
import { rowNotes } from './row-notes.ts'
import { readRow, type RowReading } from './read-row.ts'
import { settle, type Settled } from './settle.ts'
import { columnPositions } from './table-geometry.ts'
import { toValueRows, type ValueRow } from './value-rows.ts'
import type { TableRow, TableSpec } from './form-rows.ts'
import type { CellPlace, ReadingNote } from './read-report.ts'
import type { SourceLine } from './source-line.ts'

export interface TableReading {
  cells: Map<CellCode, number | null>
  places: Map<CellCode, CellPlace>
  notes: ReadingNote[]
  /** 对上的各行的行号，用以定表的起止 */
  lines: number[]
}

export const emptyReading = (): TableReading => ({ cells: new Map(), places: new Map(), notes: [], lines: [] })

/** 一张表的区域 → 各格。表 4 只有一行，另由 read-t4.ts 先拼成一行。 */
export function readTable(spec: TableSpec, lines: readonly SourceLine[]): TableReading {
  const perRow = Math.max(...spec.rows.map((row) => row.cells.length))
  const rows = toValueRows(lines, perRow, LIMITS.tableRows)
  const matched = alignRows(spec.rows, rows)
  const filled = fillGaps(spec.rows, rows, matched)
  const found = spec.rows.flatMap((row, index) => {
    const at = matched[index]
    return at === null || at === undefined ? [] : [[row.code, rows[at]!] as const]
  })
  const reading = readMatched(spec, rows, new Map(found))
  for (const index of filled) reading.notes.push(unlabelled(spec.rows[index]!, rows[matched[index]!]!.line))
  return reading
}

const unlabelled = (row: TableRow, line: number): ReadingNote => ({
  kind: 'label-missing',
  line,
  code: row.code,
  message: `此行数字没有标签，按次序认作「${row.label}」`,
})

/** 已对上的各行 → 各格与说明。 */
export function readMatched(spec: TableSpec, all: readonly ValueRow[], matched: ReadonlyMap<string, ValueRow>): TableReading {
  const used = [...matched.values()]
  const readings = new Map<string, RowReading>()
  for (const row of spec.rows) {
    const found = matched.get(row.code)
    if (!found) continue
    const positions = found.explicit ? null : columnPositions(found, all, row.cells.length)
    readings.set(row.code, readRow(found, used, row.cells.length, row.fits, positions))
  }
  const settled = settle(readings, spec.together)
  const result = emptyReading()
  for (const row of spec.rows) {
    const found = matched.get(row.code)
    if (!found) {
      if (!row.optional) result.notes.push(missingRow(row, used[0]?.line ?? all[0]?.line ?? 1))
      continue
    }
    result.lines.push(found.line)
    place(row, found, settled.get(row.code), result)
    result.notes.push(...rowNotes(row, found, readings.get(row.code)!, settled.get(row.code), differingLabel(row, found)))
  }
  return result
}

const missingRow = (row: TableRow, line: number): ReadingNote => ({
  kind: 'label-missing',
  line,
  code: row.code,
  message: `表中没有找到「${row.label}」一行`,
})

function place(row: TableRow, found: ValueRow, settled: Settled | undefined, into: TableReading): void {
  for (const [column, code] of row.cells.entries()) {
    const candidate: Candidate | undefined = settled?.candidate
    const known = candidate !== undefined && !settled!.open.includes(column)
    into.cells.set(code, known ? (candidate.values[column] ?? null) : null)
    if (!known) continue
    const deduced = candidate.missing === column
    into.places.set(code, { line: found.values[column]?.line ?? found.line, raw: candidate.raws[column] ?? '', ...(deduced && { deduced }) })
  }
}
