import type { Finding } from './finding.ts'
import {
  formCells,
  labelOf,
  leafRows,
  rowLabelOf,
  formOf,
  T3_COLUMNS,
  T4_COLUMNS,
  T4_GROUPS,
  type CellCode,
  type Cells,
  type Edition,
  type FormCell,
} from './report-form.ts'

export interface OneYear {
  edition: Edition
  cells: Cells
  raw?: Readonly<Record<CellCode, string>>
}

const BLANK = /^[\s\u200b\u3000]*$|^[\s\u3000]*(?:[-－‐‑–—―─/／\\＼]+|无|暂无|空|不适用)[\s\u3000]*$/

/** 原文是否为空格或以「-」「/」「无」代替 0（K8）。 */
export const isBlank = (raw: string): boolean => BLANK.test(raw)

/** 一格在勾稽中的值：空格当 0（另由 K8 指出），原文中没有或认不出的为 NaN，含它的等式不核。 */
export function valueOf({ cells, raw }: OneYear, code: CellCode): number {
  const value = cells[code]
  if (typeof value === 'number') return value
  if (raw === undefined) return 0
  const text = raw[code]
  return text !== undefined && isBlank(text) ? 0 : Number.NaN
}

const isEmpty = ({ cells, raw }: OneYear, code: CellCode): boolean =>
  typeof cells[code] !== 'number' && (raw === undefined || isBlank(raw[code] ?? ''))

// 各分项全空的，K8 已逐格指出，无从相加
const allEmpty = (input: OneYear, codes: readonly CellCode[]): boolean => codes.every((code) => isEmpty(input, code))

/** 一个等式：总计一格，与相加的各格。 */
interface Sum {
  total: CellCode
  parts: readonly CellCode[]
}

/** 一版的全部等式；格代码先拼好，核对时不再拼。 */
interface Sums {
  balances: readonly { column: string; codes: readonly CellCode[]; total: boolean }[]
  columns: readonly (Sum & { column: string })[]
  /** （六）其他处理仍填成一行时的各列 */
  mergedColumns: readonly (Sum & { column: string })[]
  rows: readonly (Sum & { row: string })[]
  groups: readonly (Sum & { label: string })[]
}

const PARTS = T3_COLUMNS.slice(0, -1)
const T4_PARTS = T4_COLUMNS.slice(0, -1)

function sumsOf(edition: Edition): Sums {
  const columnsWith = (leaves: readonly string[]) =>
    T3_COLUMNS.map(({ key, label }) => ({
      column: label,
      total: `R3.7.${key}`,
      parts: leaves.map((row) => `${row}.${key}`),
    }))
  return {
    balances: T3_COLUMNS.map(({ key, label }) => ({
      column: label,
      codes: ['R1', 'R2', 'R3.7', 'R4'].map((row) => `${row}.${key}`),
      total: key === 'T',
    })),
    columns: columnsWith(leafRows(edition)),
    mergedColumns: columnsWith(leafRows('2019')),
    rows: formOf(edition).t3.map(({ code }) => ({
      row: code,
      total: `${code}.T`,
      parts: PARTS.map(({ key }) => `${code}.${key}`),
    })),
    groups: T4_GROUPS.map(({ key, label }) => ({
      label,
      total: `T4.${key}.total`,
      parts: T4_PARTS.map((part) => `T4.${key}.${part.key}`),
    })),
  }
}

const SUMS = { '2019': sumsOf('2019'), '2021': sumsOf('2021') } as const

/** K1、K2、K3、K6、K7、K8：一年之内的等式与格式。 */
export function checkWithinYear(input: OneYear, findings: Finding[]): void {
  const sums = SUMS[input.edition]
  for (const cell of formCells(input.edition)) checkCell(input, cell, findings)
  sums.balances.forEach((balance, index) => {
    checkBalance(input, balance, findings)
    checkResults(input, (isMerged(input) ? sums.mergedColumns : sums.columns)[index]!, findings)
  })
  for (const row of sums.rows) checkRow(input, row, findings)
  for (const group of sums.groups) checkGroup(input, group, findings)
}

// 有的报告在 2021 版中仍把（六）其他处理填成一行，读出为 R3.6
const isMerged = ({ edition, cells }: OneYear): boolean => edition === '2021' && 'R3.6.T' in cells

function checkCell(input: OneYear, { code, unit, signed }: FormCell, findings: Finding[]): void {
  const value = input.cells[code]
  if (typeof value !== 'number') return checkMissing(input, code, findings)
  const money = unit === '万元' || unit === '金额'
  const decimalsRight = money ? Number(value.toFixed(6)) === value : Number.isInteger(value)
  if (decimalsRight && (value >= 0 || signed)) return
  const expected = money ? '非负数，至多 6 位小数' : signed ? '整数' : '非负整数'
  findings.push({
    rule: 'K7',
    severity: 'error',
    cell: code,
    line: null,
    message: `${labelOf(code, input.edition)} 为 ${value}，不是${expected}`,
    expected,
    mend: '按台账核对后改正此格',
  })
}

function checkMissing({ edition, raw }: OneYear, code: CellCode, findings: Finding[]): void {
  if (raw !== undefined && raw[code] === undefined) return
  const text = (raw?.[code] ?? '').trim()
  if (isBlank(text)) {
    findings.push({
      rule: 'K8',
      severity: 'error',
      cell: code,
      line: null,
      message: `${labelOf(code, edition)} ${text === '' ? '是空格' : `填的是「${text}」`}，不等于 0`,
      expected: '0，或实际件数',
      mend: '没有的填 0，不留空，不用「-」「/」代替',
    })
    return
  }
  findings.push({
    rule: 'K7',
    severity: 'error',
    cell: code,
    line: null,
    message: `${labelOf(code, edition)} 填的是「${text.slice(0, 20)}」，不是数字`,
    expected: '非负整数',
    mend: '改填数字',
  })
}

function checkBalance(input: OneYear, { column, codes, total }: Sums['balances'][number], findings: Finding[]): void {
  const [received, carried, done, left] = [
    valueOf(input, codes[0]!),
    valueOf(input, codes[1]!),
    valueOf(input, codes[2]!),
    valueOf(input, codes[3]!),
  ]
  const [come, gone] = [received + carried, done + left]
  if (come === gone || Number.isNaN(come - gone)) return
  if (total && codes.some((code) => isEmpty(input, code))) return
  findings.push({
    rule: 'K1',
    severity: 'error',
    cell: codes[0]!,
    line: null,
    message:
      `表 3「${column}」列不平：本年新收 ${received}＋上年结转 ${carried}＝${come}，` +
      `办理结果总计 ${done}＋结转下年度 ${left}＝${gone}，相差 ${Math.abs(come - gone)}`,
    expected: '第一项加第二项之和，等于第三项加第四项之和',
    mend: '逐件核对台账：漏登的收件、漏计的办理结果或未办结的件数',
  })
}

/** 总计与各格之和；相符、无从核对的为 null。 */
function mismatch(input: OneYear, { total, parts }: Sum): { stated: number; sum: number } | null {
  let sum = 0
  for (const code of parts) sum += valueOf(input, code)
  const stated = valueOf(input, total)
  if (stated === sum || Number.isNaN(stated - sum)) return null
  return isEmpty(input, total) || allEmpty(input, parts) ? null : { stated, sum }
}

function checkResults(input: OneYear, sum: Sums['columns'][number], findings: Finding[]): void {
  const found = mismatch(input, sum)
  if (found === null) return
  findings.push({
    rule: 'K2',
    severity: 'error',
    cell: sum.total,
    line: null,
    message: `表 3「${sum.column}」列：（七）总计 为 ${found.stated}，各办理结果之和为 ${found.sum}，相差 ${Math.abs(found.stated - found.sum)}`,
    expected: `${found.sum}`,
    mend: '核对各办理结果的件数；每件申请只计一种结果，总计等于其和',
  })
}

function checkRow(input: OneYear, sum: Sums['rows'][number], findings: Finding[]): void {
  const found = mismatch(input, sum)
  if (found === null) return
  findings.push({
    rule: 'K3',
    severity: 'error',
    cell: sum.total,
    line: null,
    message: `${rowLabelOf(sum.row, input.edition)}：总计 为 ${found.stated}，六类申请人之和为 ${found.sum}`,
    expected: `${found.sum}`,
    mend: '核对此行各类申请人的件数与总计',
  })
}

function checkGroup(input: OneYear, sum: Sums['groups'][number], findings: Finding[]): void {
  const found = mismatch(input, sum)
  if (found === null) return
  const parts = T4_PARTS.map(({ label }, index) => `${label} ${valueOf(input, sum.parts[index]!)}`).join('＋')
  findings.push({
    rule: 'K6',
    severity: 'error',
    cell: sum.total,
    line: null,
    message: `表 4「${sum.label}」：总计 为 ${found.stated}，${parts}＝${found.sum}`,
    expected: `${found.sum}`,
    mend: '总计等于结果维持、结果纠正、其他结果、尚未审结之和',
  })
}
