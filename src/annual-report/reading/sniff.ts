import { UnreadableReport } from './unreadable.ts'

export type Container = 'pdf' | 'zip' | 'html' | 'json' | 'txt'

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte)

const REFUSED: readonly (readonly [readonly number[], string])[] = [
  [[0x4d, 0x5a], '这是可执行程序，不是报告'],
  [[0x7f, 0x45, 0x4c, 0x46], '这是可执行程序，不是报告'],
  [[0x89, 0x50, 0x4e, 0x47], '这是图片，没有文字，请提交可复制文字的文件'],
  [[0xff, 0xd8, 0xff], '这是图片，没有文字，请提交可复制文字的文件'],
  [[0x47, 0x49, 0x46, 0x38], '这是图片，没有文字，请提交可复制文字的文件'],
  [[0x42, 0x4d], '这是图片，没有文字，请提交可复制文字的文件'],
  [[0x49, 0x49, 0x2a, 0x00], '这是图片，没有文字，请提交可复制文字的文件'],
  [[0x52, 0x61, 0x72, 0x21], '这是压缩包，请解开后提交其中的报告'],
  [[0x37, 0x7a, 0xbc, 0xaf], '这是压缩包，请解开后提交其中的报告'],
  [[0x1f, 0x8b], '这是压缩包，请解开后提交其中的报告'],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], 'RTF 文件，请另存为 DOCX 后提交'],
]

const OLE = [0xd0, 0xcf, 0x11, 0xe0]

/** 按内容（不按文件名）认出文件的种类；不收的种类抛 UnreadableReport。 */
export function sniff(bytes: Uint8Array): Container {
  if (bytes.length === 0) throw new UnreadableReport('empty', '文件是空的')
  if (startsWith(bytes, OLE)) throw refuseOle(bytes)
  for (const [magic, message] of REFUSED) {
    // BM 两字节太短，须另有保留字段为零才算位图
    if (magic.length === 2 && magic[0] === 0x42 && !(bytes[6] === 0 && bytes[7] === 0)) continue
    if (startsWith(bytes, magic)) throw new UnreadableReport('wrong-type', message)
  }
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06])) return 'zip'
  if (latin(bytes.subarray(0, 1024)).includes('%PDF-')) return 'pdf'
  return sniffText(latin(bytes.subarray(0, 4096)).replaceAll('\0', ''))
}

function sniffText(head: string): Container {
  const start = head.replace(/^(?:ï»¿|ÿþ|þÿ)/, '').trimStart()
  if (/^MIME-Version:/i.test(start)) throw new UnreadableReport('old-word', '单一文件网页（MHT），请另存为 DOCX 后提交')
  if (start.startsWith('{')) return 'json'
  if (/^(?:<!doctype html|<html|<\?xml|<!--)/i.test(start)) return 'html'
  return /<(?:html|head|body|table|div|p|tr|td|span|section|article)[\s>]/i.test(head) ? 'html' : 'txt'
}

function refuseOle(bytes: Uint8Array): UnreadableReport {
  // OLE 目录里的名字是 UTF-16
  const text = latin(bytes).replaceAll('\0', '')
  if (text.includes('EncryptedPackage')) return new UnreadableReport('encrypted', '文件已加密，请取消密码后再交')
  if (text.includes('WordDocument')) return new UnreadableReport('old-word', '旧版 Word 文件，请另存为 DOCX')
  if (text.includes('Workbook')) return new UnreadableReport('old-word', '旧版 Excel 文件，请另存为 XLSX')
  return new UnreadableReport('old-word', '旧版 Office 文件，请另存为 DOCX')
}

const latin = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
