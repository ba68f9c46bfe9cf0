import type { FieldKeys } from '../crypto.ts'
import type { Tx } from '../db.ts'

/** 台账的一列。 */
export interface LedgerColumn {
  /** 程序中的名字，`parseRow` 以此取值 */
  key: string
  /** 模板里的列名 */
  label: string
  /** 各单位常用的其他列名 */
  aliases?: readonly string[]
  /** 没有这一列则整份不能导入；单格空缺由 `parseRow` 判断 */
  required?: boolean
  /** 模板示例行的值 */
  example: string
  /** 填写说明，印在模板的说明页 */
  note?: string
  /** 个人信息：逐行账上不显示所填的值 */
  personal?: boolean
}

/** 一行里的一个问题。 */
export interface RowProblem {
  /** 所在列的 `key`；涉及整行则为 null */
  column: string | null
  /** 为何不行 */
  message: string
  /** 怎样改 */
  mend?: string
}

/** 解析与导入一份台账时的处境。 */
export interface LedgerContext {
  bodyId: string
  /** 记入时间线的写法，见 `actorKey` */
  actor: string
  at: Date
  /** 今日 `YYYY-MM-DD`，晚于今日的日期可据此拒绝 */
  today: string
  /** 加密个人信息的钥匙（`fieldKeys(config.secretKey)`）；台账含个人信息的列必须有 */
  fieldKeys?: FieldKeys
}

/** 解析好的一行：行键、值、文件中的行号（1 起）。 */
export interface LedgerRow<T> {
  key: string
  value: T
  line: number
}

export type ParsedRow<T> = { ok: true; key: string; value: T } | { ok: false; problems: RowProblem[] }

export interface ImportCounts {
  created: number
  changed: number
  unchanged: number
}

/** 一种台账：有哪些列，一行怎样读，读好的行怎样入库。 */
export interface LedgerDefinition<T> {
  /** 命令行与地址里的名字，如 `applications` */
  kind: string
  /** 中文名，如「依申请公开台账」 */
  title: string
  columns: readonly LedgerColumn[]
  /** 值已去首尾空白，日期单元格已成 `YYYY-MM-DD`；未映射的列为空串。纯函数，不抛。 */
  parseRow(values: Readonly<Record<string, string>>, context: LedgerContext): ParsedRow<T>
  /**
   * 在调用者的事务里写入；同键再次导入只改有变化的。抛出则整份回滚。
   * 一份台账分批交来（每批至多 1,000 行，按文件次序，同一事务），免得十万行同时在内存里。
   */
  importRows(tx: Tx, context: LedgerContext, rows: readonly LedgerRow<T>[]): Promise<ImportCounts>
}
