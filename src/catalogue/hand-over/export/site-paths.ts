import { createHash } from 'node:crypto'
import { posix } from 'node:path'

export const DOWNLOAD = /\/download\/([a-z]{3,5})$/
const LONGEST_SEGMENT = 200
/** 列表的页码、条件：导出的只跟这些；别的（排序、检索）到原站去办 */
const FOLLOWED = new Set(['page', 'sort', 'year', 'code', 'body'])
const EXACT = new Set(['/', '/items', '/policies', '/annual-reports', '/accessibility', '/privacy'])
const UNDER = ['/bodies/', '/policies/', '/items/', '/item-files/', '/assets/', '/feeds/', '/data/items/']

/** 导出的地址：`/` 开头的路径与查询串，查询串的次序归一；不导出的（检索、申请、登录等）为 null。 */
export function exportedAddress(href: string, from: string): string | null {
  if (href.startsWith('#')) return null
  const url = URL.parse(href, `http://site${from}`)
  if (url === null || url.host !== 'site') return null
  if (!EXACT.has(url.pathname) && !UNDER.some((prefix) => url.pathname.startsWith(prefix))) return null
  const keys = [...url.searchParams.keys()]
  if (keys.some((key) => !FOLLOWED.has(key)) || (keys.length === 1 && keys[0] === 'sort')) return null
  url.searchParams.sort()
  return url.pathname + url.search
}

/** 地址对应的文件（相对导出目录，正斜线）；网页为其目录下的 index.html。不会越出目录，不同的地址不会同名。 */
export function fileOf(address: string, isPage: boolean): string {
  const [asked = '', search = ''] = address.split('?', 2)
  // 下载的地址以格式为末段；文件要有扩展名，网站才知道是什么
  const path = asked.replace(DOWNLOAD, '/download.$1')
  const segments = path === '/' ? [] : path.split('/').slice(1).map(toSegment)
  const query = search === '' ? [] : [`_${toSegment(search)}`]
  return [...segments, ...query, ...(isPage ? ['index.html'] : [])].join('/')
}

// 点、下划线开头的与 index.html 另有所指；文件系统不收的字符照网址的办法转写
function toSegment(encoded: string): string {
  const plain = decode(encoded).replaceAll(/[\p{Cc}<>:"/\\|?*%]/gu, toHex)
  const name = plain === '' ? '%' : /^[._]|^index\.html$/.test(plain) ? toHex(plain.slice(0, 1)) + plain.slice(1) : plain
  if (Buffer.byteLength(name) <= LONGEST_SEGMENT) return name
  // 一段至多 255 字节：太长的留扩展名，余下以摘要代之
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? ''
  return `${createHash('sha256').update(name).digest('hex')}${extension}`
}

const toHex = (char: string): string => [...Buffer.from(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** 自一个文件指到另一个的相对链接。 */
export const relativeLink = (from: string, to: string): string => posix.relative(posix.dirname(from), to).split('/').map(encodeURIComponent).join('/')
