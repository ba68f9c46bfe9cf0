import type { PlainDate } from '../statute/plain-date.ts'

/** 哪个机关、哪个年度、统计到哪一日；年度终了之后统计到 12 月 31 日。 */
export interface CountScope {
  bodyId: string
  year: number
  asOf: PlainDate
}

/** 一格所计的一条记录。 */
export interface CountedRecord {
  kind: 'item' | 'normative-document' | 'yearly-count'
  bodyId: string
  id: string
  /** 索引号或文号，加名称 */
  title: string
  kindLabel: string
  /** 情形，如「概况」「2024-06-01 废止」「来源：……」 */
  note: string
  /** 据以计入本年的日子 */
  on: PlainDate
  /** 计几件、几条或多少万元 */
  amount: number
}

export interface RecordPage {
  total: number
  records: CountedRecord[]
}

export interface PageQuery {
  limit: number
  offset: number
}
