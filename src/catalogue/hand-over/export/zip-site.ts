import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import { MANIFEST } from './site-dir.ts'
import type { Manifest } from './site-dir.ts'

/** 打包下载的上限；再大的到服务器的目录里取 */
export const ZIP_LIMITS = { bytes: 1024 * 1024 * 1024, files: 60_000 } as const

const TEXT = /\.(html|json|css|js|svg|rss|atom|xml|txt|csv)$/

/** 能不能打成一个压缩包。 */
export function fitsZip({ files }: Manifest): boolean {
  const all = Object.values(files)
  return all.length <= ZIP_LIMITS.files && all.reduce((sum, { bytes }) => sum + bytes, 0) <= ZIP_LIMITS.bytes
}

/** 把导出的目录打成压缩包，边读边给；一次只有一个文件在内存里。 */
export async function* zipSite(dir: string, manifest: Manifest): AsyncGenerator<Uint8Array> {
  let chunks: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    chunks.push(chunk)
  })
  for (const path of [...Object.keys(manifest.files), MANIFEST]) {
    const entry = TEXT.test(path) ? new ZipDeflate(path, { level: 6 }) : new ZipPassThrough(path)
    zip.add(entry)
    entry.push(await readFile(join(dir, path)), true)
    yield* chunks
    chunks = []
  }
  zip.end()
  yield* chunks
}
