import type { FileStore } from '../../platform/files.ts'
import type { Attachment } from '../item-details.ts'
import { readPictureSize } from './picture-size.ts'
import type { PixelSize } from './picture-size.ts'

// 尺寸在文件的开头；相机的照片先有几十 KB 的附加信息
const HEAD_BYTES = 256 * 1024
const MOST_KEPT = 5000

// 键即内容，尺寸不会变，故记着；有界，满了忘掉最早的
const kept = new Map<string, PixelSize | null>()

/** 各图的像素尺寸，按键；读不出的不在其中。页面据此先留出位置，图到了不跳动。 */
export async function pictureSizes(files: FileStore, pictures: readonly Attachment[]): Promise<Map<string, PixelSize>> {
  const sizes = new Map<string, PixelSize>()
  for (const { key } of pictures) {
    const size = kept.get(key) ?? (await readHead(files, key))
    if (!kept.has(key)) kept.set(key, size)
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? key)
    if (size !== null) sizes.set(key, size)
  }
  return sizes
}

async function readHead(files: FileStore, key: string): Promise<PixelSize | null> {
  if (!(await files.has(key))) return null
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of files.stream(key)) {
    const bytes = Buffer.from(chunk)
    chunks.push(bytes)
    size += bytes.length
    if (size >= HEAD_BYTES) break
  }
  return readPictureSize(Buffer.concat(chunks))
}
