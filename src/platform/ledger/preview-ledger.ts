import type { LedgerColumn, LedgerContext, LedgerDefinition, ParsedRow, RowProblem } from './definition.ts'
import type { Mapping } from './map-columns.ts'
import { readLedger } from './read-ledger.ts'
import type { LedgerLine, ReadOptions, SkippedLine } from './read-ledger.ts'
import type { SheetInfo } from './sheet.ts'

/** 逐行账上的一处：第几行、哪一列、填的什么、为何不行、怎样改。 */
export interface LineFault {
  line: number
  /** 列名；涉及整行则为 null */
  column: string | null
  /** 所填的值；个人信息不显示，为 null */
  value: string | null
  message: string
  mend: string | null
}

export interface LedgerPreview {
  sheet: SheetInfo
  headLine: number
  mapping: Mapping
  /** 数据行数 */
  rows: number
  /** 有问题的行数 */
  badRows: number
  /** 问题的总数；`faults` 至多列出 MOST_FAULTS 处 */
  faultCount: number
  faults: readonly LineFault[]
  /** 开头几行，供人看列对得是否对；个人信息的列只说填没填 */
  firstRows: readonly LedgerLine[]
  /** 没有当作数据的行，至多列出 20 行 */
  skipped: readonly SkippedLine[]
  filledFromMerged: number
}

export const MOST_FAULTS = 1000
const MOST_SKIPPED = 20
const FIRST_ROWS = 5

/** 可以导入：必有的列都在，有数据，没有一处问题。 */
export const isImportable = (preview: LedgerPreview): boolean =>
  preview.mapping.missing.length === 0 && preview.rows > 0 && preview.faultCount === 0

/** 从头到尾读一遍，不写任何东西：列怎样对，有几行，哪里不对。读不了抛 UnreadableSheet。 */
export async function previewLedger<T>(
  definition: LedgerDefinition<T>,
  file: Buffer,
  context: LedgerContext,
  options: ReadOptions & { onProgress?: (done: number) => void } = {},
): Promise<LedgerPreview> {
  const account = startAccount(definition)
  let opening: Pick<LedgerPreview, 'sheet' | 'headLine' | 'mapping'> | null = null
  const firstRows: LedgerLine[] = []
  const skipped: SkippedLine[] = []
  let rows = 0
  let filledFromMerged = 0
  for await (const event of readLedger(definition, file, options)) {
    if (event.kind === 'mapped') opening = event
    if (event.kind === 'end') filledFromMerged = event.filledFromMerged
    if (event.kind !== 'lines') continue
    rows += event.lines.length
    firstRows.push(...event.lines.slice(0, FIRST_ROWS - firstRows.length).map((line) => hidePersonal(definition.columns, line)))
    skipped.push(...event.skipped.slice(0, MOST_SKIPPED - skipped.length))
    // 缺了必有的列，逐行再报一遍没有意义
    if (opening?.mapping.missing.length === 0) for (const line of event.lines) account.judge(line, context)
    options.onProgress?.(rows)
  }
  if (!opening) throw new Error('读台账没有给出表头')
  const { sheet, headLine, mapping } = opening
  return { sheet, headLine, mapping, rows, firstRows, skipped, filledFromMerged, ...account.result() }
}

/** 逐行判断并记账；同一行键在文件里再次出现也算问题。 */
export function startAccount<T>(definition: LedgerDefinition<T>) {
  const columns = new Map(definition.columns.map((column) => [column.key, column]))
  const order = new Map(definition.columns.map((column, index) => [column.key, index]))
  const placeOf = ({ column }: RowProblem): number => (column === null ? -1 : (order.get(column) ?? -1))
  const seen = new Map<string, number>()
  const faults: LineFault[] = []
  let faultCount = 0
  let badRows = 0

  const judge = (line: LedgerLine, context: LedgerContext): ParsedRow<T> => {
    const parsed = parse(definition, line, context)
    const result = parsed.ok ? checkRepeated(parsed, line, seen) : parsed
    if (!result.ok) {
      badRows += 1
      faultCount += result.problems.length
      const inOrder = result.problems.toSorted((a, b) => placeOf(a) - placeOf(b))
      for (const problem of inOrder.slice(0, MOST_FAULTS - faults.length)) faults.push(toFault(problem, line))
    }
    return result
  }

  const toFault = (problem: RowProblem, line: LedgerLine): LineFault => {
    const column = problem.column === null ? undefined : columns.get(problem.column)
    const value = column === undefined || column.personal ? null : shorten(line.values[column.key] ?? '')
    return { line: line.line, column: column?.label ?? null, value, message: problem.message, mend: problem.mend ?? null }
  }

  return { judge, result: () => ({ faults, faultCount, badRows }) }
}

function parse<T>(definition: LedgerDefinition<T>, line: LedgerLine, context: LedgerContext): ParsedRow<T> {
  if (line.formulas.length === 0) return definition.parseRow(line.values, context)
  return {
    ok: false,
    problems: line.formulas.map((column) => ({
      column,
      message: '公式没有可用的计算结果',
      mend: '用电子表格软件打开、重新计算并保存，或把公式粘贴为数值',
    })),
  }
}

function checkRepeated<T>(
  parsed: Extract<ParsedRow<T>, { ok: true }>,
  { line }: LedgerLine,
  seen: Map<string, number>,
): ParsedRow<T> {
  const first = seen.get(parsed.key)
  if (first === undefined) {
    seen.set(parsed.key, line)
    return parsed
  }
  const message = `与第 ${first} 行重复（${shorten(parsed.key)}）`
  return { ok: false, problems: [{ column: null, message, mend: '保留一行；确为两件的，请使编号或名称有别' }] }
}

const hidePersonal = (columns: readonly LedgerColumn[], line: LedgerLine): LedgerLine => ({
  ...line,
  values: Object.fromEntries(
    columns.map(({ key, personal }) => [key, personal && line.values[key] !== '' ? '（已填，不显示）' : shorten(line.values[key] ?? '')]),
  ),
})

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
