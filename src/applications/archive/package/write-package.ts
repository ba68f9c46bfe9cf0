import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { MANIFEST, manifestText, MOST_FILES, sealManifest } from './manifest.ts'
import type { Manifest, ManifestFile } from './manifest.ts'
import { localHeader, zipEnd } from '../../../platform/zip-frame.ts'
import type { ZipItem } from '../../../platform/zip-frame.ts'

/** 要放进包的一份；内容用到才读，写完即放。 */
export interface PackageEntry {
  path: string
  /** 这是什么，写在清单里 */
  note: string
  load: () => Promise<Uint8Array>
}

export const MOST_BYTES = 2 * 1024 * 1024 * 1024

/** 放不下：份数或字节数过限；消息可给使用者看。 */
export class PackageTooLarge extends Error {
  override name = 'PackageTooLarge'
}

/**
 * 依次写出档案包：各份、清单、目录。同样的内容得到逐字节相同的包；内存里只有正在写的一份。
 * @param done 写完之后由此取清单；@param onFile 每写完一份
 */
export async function* writePackage(
  entries: readonly PackageEntry[],
  head: Omit<Manifest, 'files' | 'packageHash'>,
  { done, onFile = async () => {} }: { done: (manifest: Manifest) => void; onFile?: (count: number) => Promise<void> },
): AsyncIterable<Buffer> {
  if (entries.length > MOST_FILES) throw new PackageTooLarge(`文件多于 ${MOST_FILES} 份，放不进一个档案包`)
  const items: ZipItem[] = []
  const files: ManifestFile[] = []
  let offset = 0
  const put = (path: string, bytes: Uint8Array): Buffer[] => {
    const item = { path, size: bytes.byteLength, crc: crc32(bytes), offset }
    const header = localHeader(item)
    items.push(item)
    offset += header.length + bytes.byteLength
    if (offset > MOST_BYTES) throw new PackageTooLarge(`合计超过 ${MOST_BYTES / 1024 / 1024 / 1024} GB，放不进一个档案包`)
    return [header, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)]
  }
  for (const { path, note, load } of entries) {
    const bytes = await load()
    files.push({ path, size: bytes.byteLength, sm3: createHash('sm3').update(bytes).digest('hex'), note })
    yield* put(path, bytes)
    await onFile(files.length)
  }
  const manifest = sealManifest({ ...head, files })
  yield* put(MANIFEST, Buffer.from(manifestText(manifest), 'utf8'))
  yield zipEnd(items, offset)
  done(manifest)
}
