import { guardZip, UnsafeZip } from './zip-guard.ts'

export type SniffedType = 'pdf' | 'jpeg' | 'png' | 'docx' | 'xlsx'

const HEADS: readonly (readonly [SniffedType, readonly number[]])[] = [
  ['pdf', [...Buffer.from('%PDF-')]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
]
const ZIP = [0x50, 0x4b, 0x03, 0x04]
const LIMITS = { entries: 2000, unpackedBytes: 60 * 1024 * 1024, ratio: 300 }

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean => head.every((byte, i) => bytes[i] === byte)

/** 由内容（不看文件名）认出文件的种类；别的种类、压缩得不正常的为 null。 */
export async function sniff(bytes: Uint8Array): Promise<SniffedType | null> {
  const byHead = HEADS.find(([, head]) => startsWith(bytes, head))?.[0]
  if (byHead !== undefined) return byHead
  return startsWith(bytes, ZIP) ? sniffOffice(bytes) : null
}

async function sniffOffice(bytes: Uint8Array): Promise<SniffedType | null> {
  const inside = new Set<string>()
  try {
    await guardZip(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), LIMITS, (name) => inside.add(name))
  } catch (error) {
    if (error instanceof UnsafeZip) return null
    throw error
  }
  if (inside.has('word/document.xml')) return 'docx'
  return inside.has('xl/workbook.xml') ? 'xlsx' : null
}
