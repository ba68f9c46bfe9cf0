import { zipSync } from 'fflate'

// ZIP 的时间没有时区，fflate 按本地时间写：用本地的 1980-01-01，何处写出都相同
const EPOCH = new Date(1980, 0, 1)

/** 打成压缩包：次序、时间固定，同样的部件得到逐字节相同的文件。 */
export const packParts = (parts: readonly (readonly [string, string])[]): Buffer =>
  Buffer.from(zipSync(Object.fromEntries(parts.map(([name, text]) => [name, [new TextEncoder().encode(text), { mtime: EPOCH, level: 6, os: 0, attrs: 0 }]]))))

/** 放进 XML 的文字：转义，去掉 XML 不许有的字符。 */
export const toXmlText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
