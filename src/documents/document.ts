/**
 * 中立的文书模型：一处写成，四种版本（HTML、DOCX、PDF、XLSX）由此而出。
 * 文字都是纯文本；强调与链接用 Span。
 */
export interface Document {
  /** 题名，也是文件属性里的标题 */
  title: string
  /** 题名上方的机关名，如报告主体 */
  issuer?: string
  /** 信函格式（GB/T 9704 第 10.1 条）：机关名作红色发文机关标志，文号居右；不编文号的为 null */
  letterhead?: { number: string | null }
  blocks: readonly Block[]
  /** 生成者，写入文件属性；不得是个人 */
  creator: string
  /** 成文日 `YYYY-MM-DD`，写入文件属性，使同样的记录得到逐字节相同的文件 */
  datedOn: string
  /** 演示数据则每页标明「演示」 */
  demo: boolean
}

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; spans: readonly Span[]; indent?: boolean; align?: Align }
  | { kind: 'table'; table: Table }
  | { kind: 'signature'; name: string; on: string }
  | { kind: 'attachments'; names: readonly string[] }
  /** 附注，如联系方式：成文日期下一行，居左空二字，加圆括号 */
  | { kind: 'note'; text: string }

export type Span = string | { text: string; strong?: boolean; href?: string }
export type Align = 'left' | 'center' | 'right'

export interface Table {
  /** 读屏与标签用的表名，如「收到和处理政府信息公开申请情况」 */
  caption: string
  /** 各列宽度的比例 */
  widths: readonly number[]
  /** 跨页重复的表头行数 */
  headRows: number
  rows: readonly (readonly TableCell[])[]
  /** 横向页面放置 */
  landscape?: boolean
}

/** 被跨行跨列盖住的格不写。 */
export interface TableCell {
  text: string
  colspan?: number
  rowspan?: number
  head?: boolean
  align?: Align
  href?: string
  /** 留给人填写的格至少高几行；网页上不管 */
  lines?: number
  /** 网页上的提示或错误标记 */
  mark?: 'bad' | 'warn'
  id?: string
}

/** 写入文件属性的题名：机关名与题名相连。 */
export const fullTitle = ({ issuer = '', title }: Pick<Document, 'issuer' | 'title'>): string => `${issuer}${title}`

/** 演示文书每页标明的字样。 */
export const DEMO_NOTE = '演示数据，机关与人物均为虚构'

/** 成文日期的写法：阿拉伯数字，年份全称，月、日不编虚位（GB/T 9704 第 7.3.5 条），如 2025年1月9日。 */
export function chineseDate(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** 附件说明逐件的写法：一件的不编号。 */
export const attachmentLabels = (names: readonly string[]): string[] =>
  names.length === 1 ? [...names] : names.map((name, i) => `${i + 1}.${name}`)

const LETTERHEAD_SIZE = 36
const LETTERHEAD_LEAST = 16
const LETTERHEAD_WIDTH = 470 // 红线长 170 mm，留余地

/** 发文机关标志的字号（点）：一行写得下，至多 36。 */
export const letterheadSize = (issuer: string): number =>
  Math.max(LETTERHEAD_LEAST, Math.min(LETTERHEAD_SIZE, Math.floor(LETTERHEAD_WIDTH / Math.max(1, Array.from(issuer).length))))
