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

const PARTS = T3_COLUMNS.slice(0, -1)
const T4_PARTS = T4_COLUMNS.slice(0, -1)

/** K1、K2、K3、K6、K7、K8：一年之内的等式与格式。 */
export function checkWithinYear(input: OneYear, findings: Finding[]): void {
  for (const cell of formCells(input.edition)) checkCell(input, cell, findings)
  for (const column of T3_COLUMNS) {
    checkBalance(input, column, findings)
    checkResults(input, column, findings)
  }
  for (const row of formOf(input.edition).t3) checkRow(input, row.code, findings)
  for (const group of T4_GROUPS) checkGroup(input, group, findings)
}

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

const BALANCE_ROWS = ['R1', 'R2', 'R3.7', 'R4']
type Column = (typeof T3_COLUMNS)[number]

function checkBalance(input: OneYear, column: Column, findings: Finding[]): void {
  const codes = BALANCE_ROWS.map((row) => `${row}.${column.key}`)
  if (column.key === 'T' && codes.some((code) => isEmpty(input, code))) return
  const [received, carried, done, left] = codes.map((code) => valueOf(input, code))
  const [come, gone] = [received! + carried!, done! + left!]
  if (come === gone || Number.isNaN(come - gone)) return
  findings.push({
    rule: 'K1',
    severity: 'error',
    cell: `R1.${column.key}`,
    line: null,
    message:
      `表 3「${column.label}」列不平：本年新收 ${received}＋上年结转 ${carried}＝${come}，` +
      `办理结果总计 ${done}＋结转下年度 ${left}＝${gone}，相差 ${Math.abs(come - gone)}`,
    expected: '第一项加第二项之和，等于第三项加第四项之和',
    mend: '逐件核对台账：漏登的收件、漏计的办理结果或未办结的件数',
  })
}

function checkResults(input: OneYear, column: Column, findings: Finding[]): void {
  const total: CellCode = `R3.7.${column.key}`
  if (isEmpty(input, total)) return
  let sum = 0
  const rows = resultRows(input)
  for (const row of rows) sum += valueOf(input, `${row}.${column.key}`)
  const stated = valueOf(input, total)
  if (stated === sum || Number.isNaN(stated - sum) || allEmpty(input, rows.map((row) => `${row}.${column.key}`))) return
  findings.push({
    rule: 'K2',
    severity: 'error',
    cell: total,
    line: null,
    message: `表 3「${column.label}」列：（七）总计 为 ${stated}，各办理结果之和为 ${sum}，相差 ${Math.abs(stated - sum)}`,
    expected: `${sum}`,
    mend: '核对各办理结果的件数；每件申请只计一种结果，总计等于其和',
  })
}

// 有的报告在 2021 版中仍把（六）其他处理填成一行，读出为 R3.6
function resultRows({ edition, cells }: OneYear): readonly string[] {
  return edition === '2021' && 'R3.6.T' in cells ? leafRows('2019') : leafRows(edition)
}

function checkRow(input: OneYear, row: string, findings: Finding[]): void {
  const total: CellCode = `${row}.T`
  if (isEmpty(input, total)) return
  let sum = 0
  for (const part of PARTS) sum += valueOf(input, `${row}.${part.key}`)
  const stated = valueOf(input, total)
  if (stated === sum || Number.isNaN(stated - sum) || allEmpty(input, PARTS.map((part) => `${row}.${part.key}`))) return
  findings.push({
    rule: 'K3',
    severity: 'error',
    cell: total,
    line: null,
    message: `${rowLabelOf(row, input.edition)}：总计 为 ${stated}，六类申请人之和为 ${sum}`,
    expected: `${sum}`,
    mend: '核对此行各类申请人的件数与总计',
  })
}

function checkGroup(input: OneYear, group: (typeof T4_GROUPS)[number], findings: Finding[]): void {
  const total: CellCode = `T4.${group.key}.total`
  if (isEmpty(input, total)) return
  const parts = T4_PARTS.map((part) => valueOf(input, `T4.${group.key}.${part.key}`))
  const sum = parts.reduce((a, b) => a + b, 0)
  const stated = valueOf(input, total)
  if (stated === sum || Number.isNaN(stated - sum) || allEmpty(input, T4_PARTS.map((part) => `T4.${group.key}.${part.key}`))) return
  findings.push({
    rule: 'K6',
    severity: 'error',
    cell: total,
    line: null,
    message: `表 4「${group.label}」：总计 为 ${stated}，${T4_PARTS.map((part, index) => `${part.label} ${parts[index]}`).join('＋')}＝${sum}`,
    expected: `${sum}`,
    mend: '总计等于结果维持、结果纠正、其他结果、尚未审结之和',
  })
}
