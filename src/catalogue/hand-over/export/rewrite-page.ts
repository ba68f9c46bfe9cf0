import { DOWNLOAD, exportedAddress, fileOf, relativeLink } from './site-paths.ts'

export interface RewriteInput {
  html: string
  /** 这一页的地址与它的文件 */
  address: string
  file: string
  /** 原站的网址，末尾无斜线；不导出的链到这里 */
  base: string
  /** 已知没有的地址；链到原站 */
  missing: ReadonlySet<string>
}

const POST_FORM = /<form\b[^>]*\bmethod="post"[^>]*>[\s\S]*?<\/form>/gi
const TAG = /<[a-z][^<>]*>/gi
const LINK = /(\s(?:href|src|action))="([^"]*)"/g

/**
 * 改一页的链接：导出的用相对链接，放在任何网站、任何目录下都通；不导出的链到原站。
 * 向原站提交的表单（适老模式等）在别的网站上不能用，去掉。
 */
export function rewritePage({ html, address, file, base, missing }: RewriteInput): { html: string; addresses: string[] } {
  const addresses = new Set<string>()
  const toLink = (href: string): string => {
    if (href === '' || href.startsWith('#') || /^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith('//')) return href
    const found = exportedAddress(unescape(href), address)
    if (found !== null) addresses.add(found)
    if (found === null || missing.has(found)) return escape(new URL(unescape(href), `${base}${address}`).href)
    const [, hash = ''] = /(#.*)$/.exec(href) ?? []
    return escape(relativeLink(file, fileOf(found, isPage(found)))) + hash
  }
  const rewritten = html.replaceAll(POST_FORM, '').replaceAll(TAG, (tag) => tag.replaceAll(LINK, (_, name: string, href: string) => `${name}="${toLink(href)}"`))
  return { html: rewritten, addresses: [...addresses] }
}

/** 地址是不是网页；其余为文件。 */
export const isPage = (address: string): boolean => !/^\/(item-files|assets|feeds|data)\//.test(address) && !DOWNLOAD.test(address) && !/^\/bodies\/.*\.(pdf|docx|xlsx|json|csv)$/.test(address)

const unescape = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
