import { cellsOf, leafRows, T3_COLUMNS, T4_GROUPS, type Cells, type Edition } from './report-form.ts'

const KINDS = T3_COLUMNS.map(({ key }) => key).filter((key) => key !== 'T')
const RESULTS = ['upheld', 'corrected', 'other', 'pending'] as const

/**
 * 把台账直接数出的件数补成整份报告的格：算出合计的行与列，没有记录的为 0。
 * 表二的格原样取用，没有的为 null。合计由此一处算出，故 K1–K3、K6 恒成立。
 * @param counted 键为格代码：`R1.N`、`R3.3.4.B`、`R4.O`、`T4.rv.upheld`、`T2.norm.made` …，不含合计
 */
export function completeCells(edition: Edition, counted: Readonly<Record<string, number>>): Cells {
  const cells = new Map<string, number>()
  const leaves = leafRows(edition)
  for (const kind of KINDS) {
    for (const row of ['R1', 'R2', 'R4']) cells.set(`${row}.${kind}`, counted[`${row}.${kind}`] ?? 0)
    for (const row of leaves) cells.set(`${row}.${kind}`, under(counted, row, kind))
    cells.set(`R3.7.${kind}`, sum(leaves.map((row) => cells.get(`${row}.${kind}`) ?? 0)))
  }
  for (const row of ['R1', 'R2', ...leaves, 'R3.7', 'R4'])
    cells.set(`${row}.T`, sum(KINDS.map((kind) => cells.get(`${row}.${kind}`) ?? 0)))
  for (const { key } of T4_GROUPS) {
    for (const result of RESULTS) cells.set(`T4.${key}.${result}`, counted[`T4.${key}.${result}`] ?? 0)
    cells.set(`T4.${key}.total`, sum(RESULTS.map((result) => cells.get(`T4.${key}.${result}`) ?? 0)))
  }
  return Object.fromEntries(cellsOf(edition).map((code) => [code, cells.get(code) ?? counted[code] ?? null]))
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)

// 2019 版「（六）其他处理」只有一行，2021 版的三行并入其中
const under = (counted: Readonly<Record<string, number>>, row: string, kind: string): number =>
  counted[`${row}.${kind}`] ??
  sum(
    Object.keys(counted)
      .filter((code) => code.startsWith(`${row}.`) && code.endsWith(`.${kind}`))
      .map((code) => counted[code] ?? 0),
  )
