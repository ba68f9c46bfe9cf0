import { unzipSync, zipSync, type Zippable } from 'fflate'

// ZIP 的时间没有时区，fflate 按本地时间写：用本地的 1980-01-01，何处写出都相同
const EPOCH = new Date(1980, 0, 1)

/** 重新打包 OOXML 文件：条目时间固定、次序固定，并可改写其中的文字部件，使同样的内容得到逐字节相同的文件。 */
export function repackZip(bytes: Uint8Array, rewrite: (name: string, text: string) => string): Buffer {
  const entries = Object.entries(unzipSync(bytes)).toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
  const packed: Zippable = {}
  for (const [name, content] of entries) {
    const isText = /\.(xml|rels)$/.test(name)
    const written = isText ? new TextEncoder().encode(rewrite(name, new TextDecoder().decode(content))) : content
    packed[name] = [written, { mtime: EPOCH, level: 6, os: 0, attrs: 0 }]
  }
  return Buffer.from(zipSync(packed))
}

// 有的读取程序要求内容类型表在最前
const rank = (name: string): number => (name === '[Content_Types].xml' ? 0 : name === '_rels/.rels' ? 1 : 2)

/** 把核心属性的创建、修改时刻定为成文日零时。 */
export const fixCoreDates = (xml: string, datedOn: string): string =>
  xml.replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${datedOn}T00:00:00Z`)

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
