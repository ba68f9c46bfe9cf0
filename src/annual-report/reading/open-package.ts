import { guardZip, UnsafeZip } from '../../platform/zip-guard.ts'
import { LIMITS } from './limits.ts'
import { UnreadableReport } from './unreadable.ts'

const CARRY = 16 // 声明可能跨块

/**
 * 打开压缩包之前先查：大小、膨胀倍数、条目数、加密；OOXML 不用 DTD，有实体声明的一律拒绝。
 * @returns 包内是什么
 */
export async function openPackage(file: Buffer): Promise<'docx' | 'xlsx'> {
  const names = new Set<string>()
  let carried = ''
  const onChunk = (name: string, chunk: Buffer) => {
    names.add(name)
    if (!/\.(?:xml|rels)$/i.test(name)) return
    const text = carried + chunk.toString('latin1').replaceAll('\0', '')
    carried = text.slice(-CARRY)
    if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new UnsafeZip('文件内含 XML 实体声明，疑为恶意文件，不予读取')
  }
  try {
    await guardZip(file, LIMITS.zip, onChunk)
  } catch (error) {
    throw error instanceof UnsafeZip ? toUnreadable(error.message) : error
  }
  if (names.has('word/document.xml')) return 'docx'
  if (names.has('xl/workbook.xml')) return 'xlsx'
  if (names.has('OFD.xml')) throw new UnreadableReport('wrong-type', 'OFD 文件，请导出为 PDF 或 DOCX 后提交')
  if ([...names].some((name) => name.startsWith('word/'))) throw new UnreadableReport('damaged', 'DOCX 文件已损坏，请用 Word 或 WPS 打开后另存一份')
  throw new UnreadableReport('wrong-type', '这是压缩包，请解开后提交其中的报告')
}

function toUnreadable(message: string): UnreadableReport {
  if (message.includes('损坏')) return new UnreadableReport('damaged', message)
  return new UnreadableReport(message.includes('加密') ? 'encrypted' : 'bomb', message)
}
