import { FORM_2019 } from './report-form-2019.ts'
import { FORM_2021 } from './report-form-2021.ts'

/** 报告格式的版次：2019 版用于 2019、2020 年度，2021 版用于 2021 年度起。 */
export type Edition = '2019' | '2021'
/** 格的代码，如 `T2.norm.valid`、`R3.3.4.N`、`T4.rv.upheld`。 */
export type CellCode = string
/** 各格的值；空格或认不出为 null。 */
export type Cells = Readonly<Record<CellCode, number | null>>
export type TableName = 'T2' | 'T3' | 'T4'

/** 计数为非负整数；金额可有至多 6 位小数。 */
export type Unit = '件' | '项' | '万元' | '金额'

export interface T2Column {
  key: string
  label: string
  unit: Unit
  /** 增减数，可为负 */
  signed?: boolean
}

/** 表 2 的一段：条款标题行、列标题行、各行。格代码为 `T2.行.列`。 */
export interface T2Block {
  article: string
  columns: readonly T2Column[]
  rows: readonly { key: string; label: string }[]
}

/** 表 3 的一行；格代码为 `行.列`，如 `R3.3.4.N`。 */
export interface T3Row {
  code: string
  label: string
  /** 跨行的类标签，如（三）不予公开；没有则为 null */
  group: string | null
  /** 属第几项；「三」为本年度办理结果 */
  part: '一' | '二' | '三' | '四'
}

export interface ReportForm {
  edition: Edition
  documentNumber: string
  t2: readonly T2Block[]
  t3: readonly T3Row[]
}

/** 六个一级标题，逐字，两版相同。 */
export const HEADINGS = [
  '一、总体情况',
  '二、主动公开政府信息情况',
  '三、收到和处理政府信息公开申请情况',
  '四、政府信息公开行政复议、行政诉讼情况',
  '五、存在的主要问题及改进情况',
  '六、其他需要报告的事项',
] as const

export const T3_NOTE = '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）'
export const T3_RESULTS = '三、本年度办理结果'

/** 表 3 的七列；B 至 O 在「法人或其他组织」之下。 */
export const T3_COLUMNS = [
  { key: 'N', label: '自然人' },
  { key: 'B', label: '商业企业' },
  { key: 'R', label: '科研机构' },
  { key: 'P', label: '社会公益组织' },
  { key: 'L', label: '法律服务机构' },
  { key: 'O', label: '其他' },
  { key: 'T', label: '总计' },
] as const

/** 表 4 的三组。 */
export const T4_GROUPS = [
  { key: 'rv', label: '行政复议', under: null },
  { key: 'ld', label: '未经复议直接起诉', under: '行政诉讼' },
  { key: 'la', label: '复议后起诉', under: '行政诉讼' },
] as const

/** 表 4 各组的五列。 */
export const T4_COLUMNS = [
  { key: 'upheld', label: '结果维持' },
  { key: 'corrected', label: '结果纠正' },
  { key: 'other', label: '其他结果' },
  { key: 'pending', label: '尚未审结' },
  { key: 'total', label: '总计' },
] as const

const FORMS = { '2019': FORM_2019, '2021': FORM_2021 } as const satisfies Record<Edition, ReportForm>

export const formOf = (edition: Edition): ReportForm => FORMS[edition]

/** 报告年度所用的版次；2019 年度以前的旧格式不在两版之内。 */
export const editionOf = (year: number): Edition => (year <= 2020 ? '2019' : '2021')

/** 一格：代码、所在表、行与列的标签、单位。 */
export interface FormCell {
  code: CellCode
  table: TableName
  /** 行代码（表 2、3）或组代码（表 4），如 `T2.norm`、`R3.1`、`T4.rv` */
  row: string
  column: string
  label: string
  unit: Unit
  signed: boolean
}

function listCells(form: ReportForm): FormCell[] {
  const t2 = form.t2.flatMap((block) =>
    block.rows.flatMap((row) =>
      block.columns.map((column) => ({
        code: `T2.${row.key}.${column.key}`,
        table: 'T2' as const,
        row: `T2.${row.key}`,
        column: column.key,
        label: `${block.article}${row.label} · ${column.label}`,
        unit: column.unit,
        signed: column.signed ?? false,
      })),
    ),
  )
  const t3 = form.t3.flatMap((row) =>
    T3_COLUMNS.map((column) => ({
      code: `${row.code}.${column.key}`,
      table: 'T3' as const,
      row: row.code,
      column: column.key,
      label: `${rowPath(row)} · ${column.label}`,
      unit: '件' as const,
      signed: false,
    })),
  )
  const t4 = T4_GROUPS.flatMap((group) =>
    T4_COLUMNS.map((column) => ({
      code: `T4.${group.key}.${column.key}`,
      table: 'T4' as const,
      row: `T4.${group.key}`,
      column: column.key,
      label: `${group.under ? `${group.under}（${group.label}）` : group.label} · ${column.label}`,
      unit: '件' as const,
      signed: false,
    })),
  )
  return [...t2, ...t3, ...t4]
}

// 「三、（三）4.保护第三方合法权益」；（二）后的说明不入路径
function rowPath(row: T3Row): string {
  if (row.part !== '三') return row.label
  return `三、${row.group?.slice(0, 3) ?? ''}${row.label.replace(/（区分.*$/, '')}`
}

const CELLS = { '2019': listCells(FORM_2019), '2021': listCells(FORM_2021) } as const
const CODES = {
  '2019': CELLS['2019'].map((cell) => cell.code),
  '2021': CELLS['2021'].map((cell) => cell.code),
} as const
const BY_CODE = {
  '2019': new Map(CELLS['2019'].map((cell) => [cell.code, cell])),
  '2021': new Map(CELLS['2021'].map((cell) => [cell.code, cell])),
} as const

/** 一版的全部格代码，按格式的次序（表 2、表 3、表 4，逐行）。2021 版 200 个，2019 版 198 个。 */
export const cellsOf = (edition: Edition): readonly CellCode[] => CODES[edition]

/** 一版的全部格，次序同 cellsOf。 */
export const formCells = (edition: Edition): readonly FormCell[] => CELLS[edition]

/** 格的说明；该版没有此格则为 null。 */
export const findCell = (code: CellCode, edition: Edition): FormCell | null => BY_CODE[edition].get(code) ?? null

/** 格的中文路径，如「三、（三）4.保护第三方合法权益 · 自然人」；两版都没有的代码按错误抛出。 */
export function labelOf(code: CellCode, edition: Edition = '2021'): string {
  const cell = findCell(code, edition) ?? findCell(code, edition === '2021' ? '2019' : '2021')
  if (cell === null) throw new RangeError(`报告格式中没有 ${code}`)
  return cell.label
}

/** 表 3 行的中文路径，如「三、（三）4.保护第三方合法权益」。 */
export function rowLabelOf(row: string, edition: Edition = '2021'): string {
  const found = FORMS[edition].t3.find((each) => each.code === row)
  if (!found) throw new RangeError(`表 3 没有 ${row}`)
  return rowPath(found)
}

const leafCodes = (form: ReportForm): string[] =>
  form.t3.filter((row) => row.part === '三' && row.code !== 'R3.7').map((row) => row.code)
const LEAVES = { '2019': leafCodes(FORM_2019), '2021': leafCodes(FORM_2021) } as const

/** 表 3 「本年度办理结果」的叶子行（每件申请只进一行）：2021 版 21 行，2019 版 19 行。 */
export const leafRows = (edition: Edition): readonly string[] => LEAVES[edition]
