import { isUtf8 } from 'node:buffer'
import { UnreadableSheet } from './sheet.ts'

export interface DecodedText {
  text: string
  encoding: 'UTF-8' | 'GB18030' | 'UTF-16LE' | 'UTF-16BE'
}

/** 认出文本的编码并解码：先看字节序标记，再试 UTF-8，再看零字节的位置，最后 GB18030。都不是则抛 UnreadableSheet。 */
export function decodeText(bytes: Buffer): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decode(bytes, 'utf-16le'), encoding: 'UTF-16LE' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: decode(bytes, 'utf-16be'), encoding: 'UTF-16BE' }
  const zeros = countZeros(bytes.subarray(0, 4096))
  if (zeros.odd > zeros.even && zeros.even === 0) return { text: decode(bytes, 'utf-16le'), encoding: 'UTF-16LE' }
  if (zeros.even > zeros.odd && zeros.odd === 0) return { text: decode(bytes, 'utf-16be'), encoding: 'UTF-16BE' }
  if (zeros.odd + zeros.even > 0) throw new UnreadableSheet('文件不是文本，也不是 XLSX')
  if (isUtf8(bytes)) return { text: decode(bytes, 'utf-8'), encoding: 'UTF-8' }
  return { text: decode(bytes, 'gb18030'), encoding: 'GB18030' }
}

function decode(bytes: Buffer, label: string): string {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    throw new UnreadableSheet('文字编码认不出，请另存为 UTF-8 或 XLSX 再交')
  }
}

// 中文 UTF-16 的分隔符、换行、数字总有一个零字节，且都在同一侧
function countZeros(bytes: Buffer): { even: number; odd: number } {
  const zeros = { even: 0, odd: 0 }
  for (const [index, byte] of bytes.entries()) if (byte === 0) zeros[index % 2 === 0 ? 'even' : 'odd'] += 1
  return zeros
}
