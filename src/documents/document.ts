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
  | { kind: 'picture'; picture: Picture }
  /** 附注，如联系方式：成文日期下一行，居左空二字，加圆括号 */
  | { kind: 'note'; text: string }

/** 一张图；尺寸不出版心，大的缩小，小的不放大。 */
export interface Picture {
  bytes: Uint8Array
  format: PictureFormat
  /** 像素 */
  width: number
  height: number
  /** 图里是什么，供看不见的人；没有的写「图片」 */
  alt: string
}

/** 四种版本都认的图。 */
export type PictureFormat = 'png' | 'jpg' | 'gif'

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

const PICTURE_WIDTH = 442 // 版心宽，点
const PICTURE_HEIGHT = 560 // 留两三行的余地，一页放得下
const POINTS_PER_PIXEL = 0.75

/** 图在版面上的宽与高（点）：按每英寸 96 点阵算，超出版心的按比例缩小。 */
export function pictureSize({ width, height }: Pick<Picture, 'width' | 'height'>): { width: number; height: number } {
  const scale = Math.min(POINTS_PER_PIXEL, PICTURE_WIDTH / width, PICTURE_HEIGHT / height)
  const points = (pixels: number) => Math.max(1, Math.round(pixels * scale * 100) / 100)
  return { width: points(width), height: points(height) }
}

const LETTERHEAD_SIZE = 36
const LETTERHEAD_LEAST = 16
const LETTERHEAD_WIDTH = 470 // 红线长 170 mm，留余地

/** 发文机关标志的字号（点）：一行写得下，至多 36。 */
export const letterheadSize = (issuer: string): number =>
  Math.max(LETTERHEAD_LEAST, Math.min(LETTERHEAD_SIZE, Math.floor(LETTERHEAD_WIDTH / Math.max(1, Array.from(issuer).length))))
