import { UnsafeZip, guardZip } from '../../platform/zip-guard.ts'
import type { SourceType } from '../../redaction/index.ts'
import { sniffPaper } from '../papers/sniff-paper.ts'

const LIMITS = { entries: 2000, unpackedBytes: 80 * 1024 * 1024, ratio: 300 }
const ZIP = [0x50, 0x4b, 0x03, 0x04]

/** 由内容认出文件的种类；不是所收的五种、或压缩得不正常的为 null。 */
export async function sniffDocument(bytes: Uint8Array): Promise<SourceType | null> {
  const known = await sniffPaper(bytes)
  if (known !== null) return known
  return ZIP.every((byte, i) => bytes[i] === byte) && (await isSheet(bytes)) ? 'xlsx' : null
}

async function isSheet(bytes: Uint8Array): Promise<boolean> {
  let found = false
  try {
    await guardZip(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), LIMITS, (name) => {
      found ||= name === 'xl/workbook.xml'
    })
  } catch (error) {
    if (error instanceof UnsafeZip) return false
    throw error
  }
  return found
}
