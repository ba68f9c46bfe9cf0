import type { LedgerColumn, LedgerDefinition } from './definition.ts'
import { findHeadRow, mapColumns } from './map-columns.ts'
import type { ChosenColumns, Mapping } from './map-columns.ts'
import { readSheet } from './read-sheet.ts'
import { UnreadableSheet } from './sheet.ts'
import type { SheetInfo, SheetRow } from './sheet.ts'

export interface ReadOptions {
  /** 要读的工作表；不给则第一张未隐藏的 */
  sheet?: string | null
  /** 使用者对列的指定 */
  chosen?: ChosenColumns
}

/** 读到的一行数据：按台账的列名取值，未映射的列为空串。 */
export interface LedgerLine {
  line: number
  values: Readonly<Record<string, string>>
  /** 没有可用结果的公式所在的列 */
  formulas: readonly string[]
}

export type LedgerEvent =
  | { kind: 'mapped'; sheet: SheetInfo; headLine: number; mapping: Mapping }
  | { kind: 'lines'; lines: readonly LedgerLine[]; skipped: readonly SkippedLine[] }
  | { kind: 'end'; filledFromMerged: number }

export interface SkippedLine {
  line: number
  reason: string
}

const HEAD_WITHIN = 10

/**
 * 逐批读一份台账：先认出表头（前十行之内）并对好列，再给数据行。模板的示例行与合计行不算数据，列在 `skipped`。
 * 读不了或没有表头的抛 UnreadableSheet。
 */
export async function* readLedger(
  definition: Pick<LedgerDefinition<unknown>, 'columns'>,
  file: Buffer,
  options: ReadOptions = {},
): AsyncGenerator<LedgerEvent> {
  let sheet: SheetInfo | null = null
  let mapping: Mapping | null = null
  let waiting: SheetRow[] = []
  const begin = (): Extract<LedgerEvent, { kind: 'mapped' }> => {
    const head = findHeadRow(definition.columns, waiting.slice(0, HEAD_WITHIN))
    if (!sheet || !head) throw new UnreadableSheet('表里没有数据：前十行内找不到表头')
    waiting = waiting.filter((row) => row.line > head.line)
    mapping = mapColumns(definition.columns, head.values, options.chosen)
    return { kind: 'mapped', sheet, headLine: head.line, mapping }
  }
  const flush = (): Extract<LedgerEvent, { kind: 'lines' }> => {
    const event = toLines(definition.columns, mapping?.columns ?? [], waiting)
    waiting = []
    return event
  }

  for await (const event of readSheet(file, options.sheet ?? null)) {
    if (event.kind === 'sheet') sheet = event.sheet
    if (event.kind === 'rows') waiting.push(...event.rows)
    if (!mapping && (waiting.length >= HEAD_WITHIN || event.kind === 'end')) yield begin()
    if (mapping && waiting.length > 0) yield flush()
    if (event.kind === 'end') yield { kind: 'end', filledFromMerged: event.filledFromMerged }
  }
}

function toLines(columns: readonly LedgerColumn[], mapped: Mapping['columns'], rows: readonly SheetRow[]) {
  const lines: LedgerLine[] = []
  const skipped: SkippedLine[] = []
  for (const row of rows) {
    const values = Object.fromEntries(columns.map((column) => [column.key, '']))
    for (const { index, key } of mapped) if (key !== null) values[key] = row.values[index] ?? ''
    const formulas = mapped.flatMap(({ index, key }) => (key !== null && row.formulas.includes(index) ? [key] : []))
    if (isExample(columns, values)) skipped.push({ line: row.line, reason: '模板的示例行' })
    else if (isTotal(row)) skipped.push({ line: row.line, reason: '合计行' })
    else lines.push({ line: row.line, values, formulas })
  }
  return { kind: 'lines' as const, lines, skipped }
}

const isExample = (columns: readonly LedgerColumn[], values: Readonly<Record<string, string>>): boolean => {
  const filled = columns.filter((column) => values[column.key] !== '')
  return filled.length > 1 && filled.every((column) => values[column.key] === column.example)
}

const isTotal = (row: SheetRow): boolean =>
  /^(合\s*计|总\s*计|小\s*计)[:：]?$/.test(row.values.find((value) => value !== '') ?? '')
