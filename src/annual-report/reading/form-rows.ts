import {
  formOf,
  leafRows,
  T3_COLUMNS,
  T3_RESULTS,
  T4_COLUMNS,
  T4_GROUPS,
  type CellCode,
  type Edition,
  type TableName,
} from '../../statute/report-form.ts'
import type { LabelledRow } from './align-rows.ts'
import type { Fits } from './candidates.ts'
import type { Together } from './settle.ts'

export interface TableRow extends LabelledRow {
  /** 该行各列的格代码 */
  cells: readonly CellCode[]
  /** 该行自身的恒等式 */
  fits: Fits | null
}

export interface TableSpec {
  name: TableName
  rows: readonly TableRow[]
  /** 各行合看的恒等式 */
  together: Together
}

const sum = (values: readonly (number | null)[]): number => values.reduce<number>((a, b) => a + (b ?? 0), 0)
/** K3：末列为总计。空格按零计，只用于断定读法。 */
const totalIsSum: Fits = (values) => values.at(-1) === sum(values.slice(0, -1))
/** K6：每五列一组，末列为总计。 */
const groupsAreSums: Fits = (values) => [0, 5, 10].every((from) => totalIsSum(values.slice(from, from + 5)))

export const tableSpecs = (edition: Edition): readonly TableSpec[] => [t2(edition), t3(edition), t4]

function t2(edition: Edition): TableSpec {
  const rows = formOf(edition).t2.flatMap((block) =>
    block.rows.map((row) => ({
      code: `T2.${row.key}`,
      label: row.label,
      parents: [],
      cells: block.columns.map((column) => `T2.${row.key}.${column.key}`),
      fits: null,
    })),
  )
  return { name: 'T2', rows, together: () => true }
}

const columnsOf = (code: string): CellCode[] => T3_COLUMNS.map((column) => `${code}.${column.key}`)
const toT3 = (row: { code: string; label: string; group: string | null; part: string }): TableRow => ({
  code: row.code,
  label: row.label,
  parents: [...(row.part === '三' ? [T3_RESULTS] : []), ...(row.group === null ? [] : [row.group])],
  cells: columnsOf(row.code),
  fits: totalIsSum,
})
const isOtherwise = (row: TableRow): boolean => row.code.startsWith('R3.6')

/** （六）其他处理有写成一行的，有分成三行的：两种写法都认，另一版的写法为可有可无的行。 */
function t3(edition: Edition): TableSpec {
  const own = formOf(edition).t3.map(toT3)
  const other = formOf(edition === '2021' ? '2019' : '2021').t3.map(toT3).filter(isOtherwise)
  const extra = other.map((row) => ({ ...row, optional: true as const }))
  const at = own.findIndex(isOtherwise)
  const mine = own.filter(isOtherwise)
  // 单行在前，三个小项在后
  const middle = edition === '2021' ? [...extra, ...mine] : [...mine, ...extra]
  const rows = [...own.slice(0, at), ...middle, ...own.slice(at + mine.length)]
  return { name: 'T3', rows, together: columnsBalance }
}

const OTHERWISE = ['R3.6.1', 'R3.6.2', 'R3.6.3']
const OTHER_LEAVES = leafRows('2019').filter((code) => code !== 'R3.6')

// K1、K2：逐列；所涉各行都读出的列才看
const columnsBalance: Together = (found) => {
  const otherwise = found.has('R3.6') ? ['R3.6'] : OTHERWISE
  return T3_COLUMNS.every((_, column) => {
    const read = (codes: readonly string[]): number[] =>
      codes.map((code) => found.get(code)?.values[column]).filter((value) => typeof value === 'number')
    const leaves = [...OTHER_LEAVES, ...otherwise]
    const parts = read(leaves)
    const ends = read(['R1', 'R2', 'R3.7', 'R4'])
    const [fresh = 0, carried = 0, done = 0, left = 0] = ends
    if (ends.length === 4 && fresh + carried !== done + left) return false
    const total = read(['R3.7'])
    return parts.length < leaves.length || total.length === 0 || sum(parts) === total[0]
  })
}

const t4: TableSpec = {
  name: 'T4',
  rows: [
    {
      code: 'T4',
      label: '',
      parents: [],
      cells: T4_GROUPS.flatMap((group) => T4_COLUMNS.map((column) => `T4.${group.key}.${column.key}`)),
      fits: groupsAreSums,
    },
  ],
  together: () => true,
}
