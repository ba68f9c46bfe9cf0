import {
  formOf,
  T3_COLUMNS,
  T3_NOTE,
  T3_RESULTS,
  T4_COLUMNS,
  T4_GROUPS,
  type CellCode,
  type Edition,
  type T2Block,
  type T3Row,
  type TableName,
} from './report-form.ts'

/** 格中所写：文字，去往其记录的链接，错误标记。 */
export interface CellText {
  text: string
  href?: string
  mark?: 'bad' | 'warn'
}
export type ValueOf = (code: CellCode) => CellText

/** 表中一格，与文书模型的 TableCell 同形，另带格代码；被跨行跨列盖住的格不写。 */
export interface FormTableCell extends CellText {
  colspan?: number
  rowspan?: number
  head?: boolean
  align?: 'left' | 'center' | 'right'
  code?: CellCode
}
export type FormTableRow = readonly FormTableCell[]

/** 表的外框：表名、列宽比例、表头行数。 */
export interface FormFrame {
  caption: string
  widths: readonly number[]
  headRows: number
}

const FRAMES: Record<TableName, FormFrame> = {
  T2: { caption: '主动公开政府信息情况', widths: [40, 20, 20, 20], headRows: 0 },
  T3: {
    caption: '收到和处理政府信息公开申请情况',
    widths: [6, 12, 32, 7, 7, 7, 8, 8, 6, 7],
    headRows: 3,
  },
  T4: { caption: '政府信息公开行政复议、行政诉讼情况', widths: T4_GROUPS.flatMap(() => T4_COLUMNS.map(() => 1)), headRows: 3 },
}

export const formFrame = (_edition: Edition, table: TableName): FormFrame => FRAMES[table]

/** 与国家格式逐格相同的表，填入各格的文字。 */
export function formTable(edition: Edition, table: TableName, valueOf: ValueOf): FormTableRow[] {
  const form = formOf(edition)
  if (table === 'T2') return form.t2.flatMap((block) => blockRows(block, valueOf))
  if (table === 'T3') return [...T3_HEAD, ...form.t3.map((row, index) => t3Row(row, index, form.t3, valueOf))]
  return [...T4_HEAD, t4Row(valueOf)]
}

const head = (text: string, colspan = 1, rowspan = 1): FormTableCell => ({
  text,
  head: true,
  align: 'center',
  ...(colspan > 1 && { colspan }),
  ...(rowspan > 1 && { rowspan }),
})
const label = (text: string, colspan = 1, rowspan = 1): FormTableCell => ({
  ...head(text, colspan, rowspan),
  align: 'left',
})
const value = (code: CellCode, valueOf: ValueOf, colspan = 1): FormTableCell => ({
  ...valueOf(code),
  align: 'center',
  code,
  ...(colspan > 1 && { colspan }),
})

// 表 2 恒为四格宽，数字列不足三列的，由最后一列补足
function blockRows(block: T2Block, valueOf: ValueOf): FormTableCell[][] {
  const last = block.columns.length - 1
  const span = (index: number) => (index === last ? 3 - last : 1)
  return [
    [head(block.article, 4)],
    [head('信息内容'), ...block.columns.map((column, index) => head(column.label, span(index)))],
    ...block.rows.map((row) => [
      label(row.label),
      ...block.columns.map((column, index) => value(`T2.${row.key}.${column.key}`, valueOf, span(index))),
    ]),
  ]
}

const T3_HEAD: FormTableCell[][] = [
  [head(T3_NOTE, 3, 3), head('申请人情况', 7)],
  [head('自然人', 1, 2), head('法人或其他组织', 5), head('总计', 1, 2)],
  T3_COLUMNS.slice(1, -1).map((column) => head(column.label)),
]

// 三（本年度办理结果）与（三）至（六）的类标签跨行，只写在其首行
function t3Row(row: T3Row, index: number, rows: readonly T3Row[], valueOf: ValueOf): FormTableCell[] {
  const values = T3_COLUMNS.map((column) => value(`${row.code}.${column.key}`, valueOf))
  if (row.part !== '三') return [label(row.label, 3), ...values]
  const before = rows[index - 1]
  const results = rows.filter((each) => each.part === '三').length
  const labels = before?.part === '三' ? [] : [label(T3_RESULTS, 1, results)]
  if (row.group === null) return [...labels, label(row.label, 2), ...values]
  const size = rows.filter((each) => each.group === row.group).length
  const group = before?.group === row.group ? [] : [label(row.group, 1, size)]
  return [...labels, ...group, label(row.label), ...values]
}

const T4_HEAD: FormTableCell[][] = [
  [head('行政复议', 5), head('行政诉讼', 10)],
  [
    ...T4_COLUMNS.map((column) => head(column.label, 1, 2)),
    ...T4_GROUPS.filter((group) => group.under !== null).map((group) => head(group.label, 5)),
  ],
  T4_GROUPS.filter((group) => group.under !== null).flatMap(() => T4_COLUMNS.map((column) => head(column.label))),
]

const t4Row = (valueOf: ValueOf): FormTableCell[] =>
  T4_GROUPS.flatMap((group) => T4_COLUMNS.map((column) => value(`T4.${group.key}.${column.key}`, valueOf)))
