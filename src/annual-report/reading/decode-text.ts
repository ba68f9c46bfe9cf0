import { UnreadableReport } from './unreadable.ts'

/** 认不出的字符至多占此比例，再多便是编码不对或已损坏。 */
const LOST_LIMIT = 0.005

export interface Decoded {
  text: string
  lost: number
}

/**
 * 文本解码：先看 BOM，再看是否无 BOM 的 UTF-16，然后严格的 UTF-8，最后 GB18030。
 * 少量坏字节记数后放过；坏得多的抛 UnreadableReport。
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const decoded = decode(bytes)
  const length = decoded.text.length
  if (decoded.lost > Math.max(2, length * LOST_LIMIT))
    throw new UnreadableReport('encoding', `文字编码认不出：${length} 字中有 ${decoded.lost} 处坏字符，请另存为 UTF-8 编码的文本`)
  if (isBinary(decoded.text)) throw new UnreadableReport('wrong-type', '不是文本文件，请提交 HTML、DOCX、PDF 或 TXT')
  return decoded
}

function decode(bytes: Uint8Array): Decoded {
  const [a, b, c] = bytes
  if (a === 0xff && b === 0xfe) return decodeAs('utf-16le', bytes)
  if (a === 0xfe && b === 0xff) return decodeAs('utf-16be', bytes)
  if (a === 0xef && b === 0xbb && c === 0xbf) return decodeAs('utf-8', bytes)
  const wide = utf16WithoutBom(bytes)
  if (wide !== null) return decodeAs(wide, bytes)
  const utf8 = decodeAs('utf-8', bytes)
  if (utf8.lost === 0) return utf8
  const gb = decodeAs('gb18030', bytes)
  return gb.lost < utf8.lost ? gb : utf8
}

function decodeAs(encoding: string, bytes: Uint8Array): Decoded {
  const text = new TextDecoder(encoding).decode(bytes)
  return { text, lost: text.match(/\ufffd/g)?.length ?? 0 }
}

const PLAIN = /[\t\n\r\u0020-\u007e\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/g
const PLAIN_SHARE = 0.9

// 只有 UTF-16 的中文文本里才会有 0 字节；高低位以解出的字像不像中文来定
function utf16WithoutBom(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, 20_000 & ~1)
  if (!sample.includes(0)) return null
  const share = (encoding: string): number => {
    const text = new TextDecoder(encoding).decode(sample)
    return (text.match(PLAIN)?.length ?? 0) / text.length
  }
  return ['utf-16le', 'utf-16be'].find((encoding) => share(encoding) > PLAIN_SHARE) ?? null
}

function isBinary(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- 数的就是控制符
  const controls = text.slice(0, 100_000).match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/g)?.length ?? 0
  return controls > Math.max(4, Math.min(text.length, 100_000) * 0.01)
}
