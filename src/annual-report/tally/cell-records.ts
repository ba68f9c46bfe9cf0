/** 一格所计的一条记录，各模块的记录在此同形，供列表与追溯。 */
export interface CellRecord {
  kind: RecordKind
  bodyId: string
  id: string
  /** 登记号、索引号、文号或名称；不含申请人 */
  title: string
  kindLabel: string
  /** 情形，如「予以公开」「申请人：自然人」 */
  note: string
  /** 据以计入本年的日子 */
  on: string
  /** 计几件、几条或多少万元 */
  amount: number
}

export const RECORD_KINDS = {
  application: '政府信息公开申请',
  item: '主动公开信息',
  'normative-document': '行政规范性文件',
  'yearly-count': '行政权力数据',
  review: '行政复议案件',
  litigation: '行政诉讼案件',
} as const

export type RecordKind = keyof typeof RECORD_KINDS
