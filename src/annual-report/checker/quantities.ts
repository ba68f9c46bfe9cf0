import { valueOf, type OneYear } from '../../statute/report-checks-sums.ts'
import { leafRows, T3_COLUMNS, T4_COLUMNS, type CellCode } from '../../statute/report-form.ts'

/** 正文会说到、表中有的一个量。 */
export interface Quantity {
  id: string
  label: string
  /** 相加而得的各格；第一格用来指明位置 */
  cells: readonly CellCode[]
}

const T4_COLUMN_LABELS = { upheld: '结果维持', corrected: '结果纠正', other: '其他结果', pending: '尚未审结', total: '总计' } as const
export type T4Column = keyof typeof T4_COLUMN_LABELS
const T4_SUBJECTS = {
  rv: { label: '行政复议', groups: ['rv'] },
  suit: { label: '行政诉讼', groups: ['ld', 'la'] },
  ld: { label: '未经复议直接起诉', groups: ['ld'] },
  la: { label: '复议后起诉', groups: ['la'] },
  both: { label: '行政复议与行政诉讼', groups: ['rv', 'ld', 'la'] },
} as const
export type T4Subject = keyof typeof T4_SUBJECTS

export const RECEIVED: Quantity = { id: 'received', label: '表 3「一、本年新收」总计', cells: ['R1.T'] }
export const RECEIVED_FROM_PERSONS: Quantity = { id: 'received-n', label: '表 3「一、本年新收」自然人', cells: ['R1.N'] }
export const CARRIED_IN: Quantity = { id: 'carried-in', label: '表 3「二、上年结转」总计', cells: ['R2.T'] }
export const DONE: Quantity = { id: 'done', label: '表 3「（七）总计」总计', cells: ['R3.7.T'] }
export const CARRIED_OUT: Quantity = { id: 'carried-out', label: '表 3「四、结转下年度继续办理」总计', cells: ['R4.T'] }
/** 本年新收与上年结转之和，即本年经办的申请 */
export const AT_HAND: Quantity = { id: 'at-hand', label: '表 3 第一、二项之和', cells: ['R1.T', 'R2.T'] }

const OUTCOME_ROWS = {
  予以公开: /^R3\.1$/,
  部分公开: /^R3\.2$/,
  不予公开: /^R3\.3\./,
  无法提供: /^R3\.4\./,
  不予处理: /^R3\.5\./,
  其他处理: /^R3\.6/,
} as const
export type Outcome = keyof typeof OUTCOME_ROWS

/** 一种办理结果的总计，小项相加。 */
export const outcomeQuantity = (outcome: Outcome, one: OneYear): Quantity => ({
  id: outcome,
  label: `表 3「${outcome}」总计`,
  cells: outcomeRows(outcome, one).map((row) => `${row}.T`),
})

function outcomeRows(outcome: Outcome, one: OneYear): readonly string[] {
  const merged = one.edition === '2021' && 'R3.6.T' in one.cells
  return leafRows(merged ? '2019' : one.edition).filter((row) => OUTCOME_ROWS[outcome].test(row))
}

/** 表 4 的一个量，如行政诉讼的结果维持（两组相加）。 */
export const caseQuantity = (subject: T4Subject, column: T4Column): Quantity => ({
  id: `${subject}.${column}`,
  label: `表 4「${T4_SUBJECTS[subject].label}」${T4_COLUMN_LABELS[column]}`,
  cells: T4_SUBJECTS[subject].groups.map((group) => `T4.${group}.${column}`),
})

/** 一个量在表中的值；有一格认不出则为 null。总计一格空着的，取其各项之和。 */
export function tableValue(quantity: Quantity, one: OneYear): number | null {
  let sum = 0
  for (const code of quantity.cells) sum += totalOf(one, code)
  return Number.isNaN(sum) ? null : sum
}

function totalOf(one: OneYear, code: CellCode): number {
  const stated = valueOf(one, code)
  const row = code.slice(0, code.lastIndexOf('.'))
  if (stated !== 0 || typeof one.cells[code] === 'number') return stated
  if (code.endsWith('.T')) return PARTS.reduce((sum, { key }) => sum + valueOf(one, `${row}.${key}`), 0)
  return code.endsWith('.total') ? CASE_PARTS.reduce((sum, { key }) => sum + valueOf(one, `${row}.${key}`), 0) : stated
}

const PARTS = T3_COLUMNS.slice(0, -1)
const CASE_PARTS = T4_COLUMNS.slice(0, -1)
