import { z } from 'zod'
import { isPublicationCode } from '../../publication-codes.ts'

/** 旧网站的样子：网址的开头，标题、日期、正文等在页面的哪里（CSS 选择器，空的由程序认）。 */
export const SITE_PROFILE = z.object({
  /** 如 `http://www.example.gov.cn`；页面的网址由它与压缩包里的路径合成 */
  origin: z.string(),
  title: z.string(),
  date: z.string(),
  body: z.string(),
  docNo: z.string(),
  /** 页面上没有写的，归哪一项法定内容 */
  code: z.string().refine(isPublicationCode),
})
export type SiteProfile = z.infer<typeof SITE_PROFILE>
