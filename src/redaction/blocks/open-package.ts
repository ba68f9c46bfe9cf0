import { unzipSync } from 'fflate'
import { guardZip, UnsafeZip } from '../../platform/zip-guard.ts'
import { LIMITS } from '../limits.ts'
import { Unredactable } from '../unredactable.ts'

const OLE = [0xd0, 0xcf, 0x11, 0xe0]

/** 打开 Office 文件的压缩包：先查大小、膨胀、加密。main 为必有的部件。 */
export async function openPackage(bytes: Uint8Array, main: string, name: string): Promise<Map<string, Uint8Array>> {
  if (OLE.every((byte, index) => bytes[index] === byte)) throw new Unredactable('encrypted', `文件已加密或是旧版格式，请取消密码、另存为 ${name} 后再交`)
  const file = Buffer.from(bytes)
  try {
    await guardZip(file, LIMITS.zip)
  } catch (error) {
    if (!(error instanceof UnsafeZip)) throw error
    throw new Unredactable(error.message.includes('加密') ? 'encrypted' : error.message.includes('损坏') ? 'damaged' : 'bomb', error.message)
  }
  const parts = new Map(Object.entries(unzipSync(file)))
  if (!parts.has(main)) throw new Unredactable('wrong-type', `文件不是 ${name}`)
  return parts
}

/** 一个 XML 部件的文字；没有为 null。 */
export function partText(parts: ReadonlyMap<string, Uint8Array>, name: string): string | null {
  const bytes = parts.get(name)
  if (!bytes) return null
  const text = bytes[0] === 0xff && bytes[1] === 0xfe ? new TextDecoder('utf-16le').decode(bytes) : new TextDecoder().decode(bytes)
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new Unredactable('bomb', '文件内含 XML 实体声明，疑为恶意文件，不予读取')
  return text
}
