import type { PlainDate } from '../../../statute/plain-date.ts'
import type { Attachment } from '../../item-details.ts'
import type { PublicationCode } from '../../publication-codes.ts'

/** 从旧网站的一页读出的：正文洗净后与附件都已存入文件库。 */
export interface FoundPage {
  url: string
  title: string
  docNo: string | null
  summary: string | null
  publishedOn: PlainDate
  formedOn: PlainDate
  code: PublicationCode
  /** 正文在文件库的键与大小；没有正文的为 null */
  body: { key: string; bytes: number } | null
  /** 正文的文字，供检索 */
  text: string
  pictures: readonly Attachment[]
  attachments: readonly Attachment[]
  /** 附件的键 → 读出的文字；没有文字的不在其中 */
  texts: Readonly<Record<string, string>>
}
