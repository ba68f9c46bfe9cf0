import { UnsafeZip, guardZip } from '../../platform/zip-guard.ts'

/** 申请人可以交来的文件；种类看内容，不看文件名。 */
export const PAPER_TYPES = {
  pdf: { label: 'PDF', mime: 'application/pdf' },
  jpeg: { label: '图片（JPEG）', mime: 'image/jpeg' },
  png: { label: '图片（PNG）', mime: 'image/png' },
  docx: { label: 'DOCX', mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  txt: { label: '文字', mime: 'text/plain; charset=utf-8' },
} as const

export type PaperType = keyof typeof PAPER_TYPES

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const JPEG = [0xff, 0xd8, 0xff]
const ZIP = [0x50, 0x4b, 0x03, 0x04]
const LIMITS = { entries: 2000, unpackedBytes: 60 * 1024 * 1024, ratio: 300 }

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean => head.every((byte, i) => bytes[i] === byte)

/** 由内容认出文件的种类；不是所收的四种、或压缩得不正常的为 null。 */
export async function sniffPaper(bytes: Uint8Array): Promise<Exclude<PaperType, 'txt'> | null> {
  if (startsWith(bytes, PNG)) return 'png'
  if (startsWith(bytes, JPEG)) return 'jpeg'
  if (startsWith(bytes, [...Buffer.from('%PDF-')])) return 'pdf'
  return startsWith(bytes, ZIP) && (await isWord(bytes)) ? 'docx' : null
}

async function isWord(bytes: Uint8Array): Promise<boolean> {
  let found = false
  try {
    await guardZip(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), LIMITS, (name) => {
      found ||= name === 'word/document.xml'
    })
  } catch (error) {
    if (error instanceof UnsafeZip) return false
    throw error
  }
  return found
}
