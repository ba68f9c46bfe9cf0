import { z } from 'zod'
import { isPublicationCode } from '../../publication-codes.ts'

const selector = z.string().default('').transform((text) => text.trim()).refine((text) => text.length <= 200, '不超过 200 个字')

/** 旧网站的样子：网址的开头，标题、日期、正文等在页面的哪里（CSS 选择器，空的由程序认）。 */
export const SITE_PROFILE = z.object({
  /** 如 `http://www.example.gov.cn`；页面的网址由它与压缩包里的路径合成 */
  origin: z
    .string('请填写旧网站的网址')
    .trim()
    .refine((text) => /^https?:\/\/[^\s/?#@]+\/?$/.test(text) && URL.canParse(text), '只写到主机名，如 http://www.example.gov.cn')
    .transform((text) => text.replace(/\/$/, '')),
  /** 归哪一项法定内容 */
  code: z.string().refine(isPublicationCode, '请选择归哪一项'),
  title: selector,
  date: selector,
  body: selector,
  docNo: selector,
})
export type SiteProfile = z.infer<typeof SITE_PROFILE>

/** 命令行给的；不合规矩的为 null。 */
export const readSiteProfile = (given: Readonly<Record<string, unknown>>): SiteProfile | null => SITE_PROFILE.safeParse(given).data ?? null
