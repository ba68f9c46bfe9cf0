/** 一份台账的上限；超出即拒，不截断。 */
export const SHEET_LIMITS = {
  fileBytes: 50 * 1024 * 1024,
  rows: 100_000,
  columns: 60,
  cellCharacters: 32_767,
} as const

/** 读出的一行：文件中的行号（1 起）与各格文字。 */
export interface SheetRow {
  line: number
  values: readonly string[]
  /** 没有可用结果的公式所在的列（0 起） */
  formulas: readonly number[]
}

export type SheetEvent =
  | { kind: 'sheet'; sheet: SheetInfo }
  | { kind: 'rows'; rows: readonly SheetRow[] }
  | { kind: 'end'; lines: number; filledFromMerged: number }

export interface SheetInfo {
  format: 'xlsx' | 'csv'
  /** 所读的工作表 */
  name: string | null
  /** 未读的其他工作表 */
  others: readonly string[]
  /** CSV 的编码与分隔符 */
  encoding: string | null
  separator: string | null
}

/** 文件读不了；消息直接给使用者看。 */
export class UnreadableSheet extends Error {
  override name = 'UnreadableSheet'
}
