import { createHash } from 'node:crypto'
import { sniffPicture } from './sniff-file.ts'

/** 正文里随文粘贴来的一张图片；键为内容的 SHA-256，与文件库的键相同。 */
export interface PastedPicture {
  key: string
  mediaType: string
  bytes: Buffer
}

export const MOST_PICTURE_BYTES = 10 * 1024 * 1024

/** 读 `data:` 地址里的图片；不是可以认出的图片、过大的为 null。种类看内容，不看它自称的。 */
export function readPictureUri(uri: string): PastedPicture | null {
  const found = /^data:image\/[\w.+-]{1,40};base64,([A-Za-z0-9+/=\s]+)$/i.exec(uri)
  if (found?.[1] === undefined || found[1].length > MOST_PICTURE_BYTES * 1.4) return null
  const bytes = Buffer.from(found[1], 'base64')
  const mediaType = sniffPicture(bytes)
  if (mediaType === null || bytes.length > MOST_PICTURE_BYTES) return null
  return { key: createHash('sha256').update(bytes).digest('hex'), mediaType, bytes }
}
