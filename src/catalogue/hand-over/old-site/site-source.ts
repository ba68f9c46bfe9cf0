import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fromBufferPromise } from 'yauzl'
import type { Entry } from 'yauzl'

export const SITE_LIMITS = {
  /** 工作台上传的压缩包；再大的在服务器上用命令导入 */
  uploadBytes: 200 * 1024 * 1024,
  files: 400_000,
  unpackedBytes: 20 * 1024 * 1024 * 1024,
  pageBytes: 4 * 1024 * 1024,
  fileBytes: 50 * 1024 * 1024,
} as const

/** 存下来的旧网站：有哪些文件，逐个读。 */
export interface SiteSource {
  /** 路径（正斜线）→ 字节数 */
  files: ReadonlyMap<string, number>
  read: (path: string) => Promise<Buffer>
  close: () => void
}

/** 读不了；消息直接给使用者看。 */
export class UnreadableSite extends Error {
  override name = 'UnreadableSite'
}

/** 压缩包里的；只认目录里的大小，读时再数一遍，写小了的也拦得住。 */
export async function zipSource(bytes: Buffer): Promise<SiteSource> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true }).catch(() => {
    throw new UnreadableSite('不是压缩包（ZIP），或者已经损坏')
  })
  const entries = new Map<string, Entry>()
  let total = 0
  try {
    if (zip.entryCount > SITE_LIMITS.files) throw new UnreadableSite(`压缩包里超过 ${SITE_LIMITS.files / 10_000} 万个文件，请分几次导入`)
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      if (entry.isEncrypted()) throw new UnreadableSite('压缩包加了密码，请取消密码后再交')
      total += entry.uncompressedSize
      if (total > SITE_LIMITS.unpackedBytes) throw new UnreadableSite('解开后太大，请分几次导入')
      entries.set(entry.fileName, entry)
    }
  } catch (error) {
    zip.close()
    throw error instanceof UnreadableSite ? error : new UnreadableSite('压缩包已经损坏')
  }
  return {
    files: new Map([...entries].map(([path, entry]) => [path, entry.uncompressedSize])),
    read: async (path) => {
      const entry = entries.get(path)
      if (entry === undefined || entry.uncompressedSize > SITE_LIMITS.fileBytes) throw new UnreadableSite('文件太大')
      const chunks: Buffer[] = []
      let size = 0
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        size += (chunk as Buffer).length
        if (size > SITE_LIMITS.fileBytes) throw new UnreadableSite('文件太大')
        chunks.push(chunk as Buffer)
      }
      return Buffer.concat(chunks)
    },
    close: () => zip.close(),
  }
}

/** 服务器上一个目录里的，命令行用；链接一概不跟。 */
export async function folderSource(dir: string): Promise<SiteSource> {
  const files = new Map<string, number>()
  const walk = async (under: string): Promise<void> => {
    for (const entry of await readdir(join(dir, under), { withFileTypes: true })) {
      const path = under === '' ? entry.name : `${under}/${entry.name}`
      if (entry.isDirectory()) await walk(path)
      else if (entry.isFile()) files.set(path, (await stat(join(dir, path))).size)
      if (files.size > SITE_LIMITS.files) throw new UnreadableSite('文件太多，请分几次导入')
    }
  }
  await walk('')
  return {
    files,
    read: async (path) => {
      if ((files.get(path) ?? Infinity) > SITE_LIMITS.fileBytes) throw new UnreadableSite('文件太大')
      return readFile(join(dir, path))
    },
    close: () => {},
  }
}
