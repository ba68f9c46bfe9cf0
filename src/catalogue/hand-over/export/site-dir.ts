import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import process from 'node:process'
import { z } from 'zod'

export const MARK = '.mingchuang-export'
const LOCK = '.mingchuang-export.lock'
export const MANIFEST = 'manifest.json'

/** 不能导出到这里；消息直接给使用者看。 */
export class ExportRefused extends Error {
  override name = 'ExportRefused'
}

const FILE = z.object({ sha256: z.string(), bytes: z.number() })
const ITEM = z.object({
  changedAt: z.string(),
  indexNo: z.string(),
  withdrawn: z.boolean(),
  related: z.array(z.string()),
  files: z.array(z.string()),
  /** 它的页面链着的别的页面 */
  links: z.array(z.string()),
})
const MANIFEST_FORM = z.object({
  format: z.literal(1),
  /** 办完的才为真；中途存下的，接着办 */
  complete: z.boolean(),
  at: z.string(),
  base: z.string(),
  /** 页面四周（导航、样式、机关名称）的摘要；变了的全部重做 */
  shell: z.string(),
  /** 页面上链着而没有的地址；链到原站 */
  missing: z.array(z.string()),
  items: z.record(z.string(), ITEM),
  files: z.record(z.string(), FILE),
})
export type Manifest = z.infer<typeof MANIFEST_FORM>

/** 导出目录：只动自己的；写都是先写一旁再改名，读的人看不到半个文件。 */
export interface SiteDir {
  dir: string
  readManifest: () => Promise<Manifest | null>
  saveManifest: (manifest: Manifest) => Promise<void>
  /** 内容与上次相同、文件也还在的不写；返回是否写了 */
  write: (path: string, content: Uint8Array, files: Manifest['files']) => Promise<boolean>
  /** 抄一个大文件；摘要已知 */
  copy: (path: string, source: NodeJS.ReadableStream, known: { sha256: string; bytes: number }, files: Manifest['files']) => Promise<boolean>
  /** 写过而现在还在，大小也对 */
  isIntact: (path: string, files: Manifest['files']) => Promise<boolean>
  remove: (path: string) => Promise<void>
  /** 删去清单之外的文件与空目录；返回删去几个文件 */
  sweep: (files: Manifest['files']) => Promise<number>
  close: () => Promise<void>
}

/** 打开导出目录：新的、空的，或上次导出的；别的一概不动。正在导出的拒绝。 */
export async function openSiteDir(dir: string): Promise<SiteDir> {
  await mkdir(dir, { recursive: true, mode: 0o755 })
  const names = await readdir(dir)
  if (names.length > 0 && !names.includes(MARK)) throw new ExportRefused('这个目录不是空的，也不是以前导出的；请换一个空目录')
  await lock(join(dir, LOCK))
  if (!names.includes(MARK)) await replace(join(dir, MARK), Buffer.from('明窗导出的静态网站。本目录里的文件由导出程序增删，请勿另放别的。\n'))
  const intact = async (path: string, known: { bytes: number }): Promise<boolean> => (await sizeOf(join(dir, path))) === known.bytes
  return {
    dir,
    readManifest: () => readManifest(join(dir, MANIFEST)),
    saveManifest: (manifest) => replace(join(dir, MANIFEST), Buffer.from(JSON.stringify(manifest))),
    write: async (path, content, files) => {
      const known = { sha256: createHash('sha256').update(content).digest('hex'), bytes: content.byteLength }
      const same = files[path]?.sha256 === known.sha256 && (await intact(path, known))
      if (!same) await replace(join(dir, path), content)
      files[path] = known
      return !same
    },
    copy: async (path, source, known, files) => {
      const same = files[path]?.sha256 === known.sha256 && (await intact(path, known))
      if (same) return false
      await mkdir(dirname(join(dir, path)), { recursive: true })
      const temporary = join(dir, `.${randomUUID()}`)
      try {
        await pipeline(source, createWriteStream(temporary, { mode: 0o644 }))
        await rename(temporary, join(dir, path))
      } finally {
        await rm(temporary, { force: true })
      }
      files[path] = known
      return true
    },
    isIntact: async (path, files) => {
      const known = files[path]
      return known !== undefined && (await intact(path, known))
    },
    remove: (path) => rm(join(dir, path), { force: true }),
    sweep: (files) => sweep(dir, '', new Set([...Object.keys(files), MARK, LOCK, MANIFEST])),
    close: async () => {
      held.delete(join(dir, LOCK))
      await rm(join(dir, LOCK), { force: true })
    },
  }
}

async function replace(path: string, content: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = join(dirname(path), `.${randomUUID()}`)
  const file = await open(temporary, 'wx', 0o644)
  try {
    await file.writeFile(content)
  } finally {
    await file.close()
  }
  await rename(temporary, path)
}

/** 清单；没有、写坏了、旧格式的为 null，当作从头导出。 */
export async function readManifest(path: string): Promise<Manifest | null> {
  try {
    return MANIFEST_FORM.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch {
    return null
  }
}

async function sweep(dir: string, under: string, keep: ReadonlySet<string>): Promise<number> {
  let removed = 0
  for (const entry of await readdir(join(dir, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`
    if (entry.isDirectory()) {
      removed += await sweep(dir, path, keep)
      // 还有东西的删不掉，即留着
      await rmdir(join(dir, path)).catch(() => {})
    } else if (!keep.has(path)) {
      await unlink(join(dir, path))
      removed += 1
    }
  }
  return removed
}

const held = new Set<string>()

// 进程中途没了的，锁由后来者接手
async function lock(path: string): Promise<void> {
  for (let tries = 0; tries < 2; tries++) {
    try {
      const file = await open(path, 'wx')
      await file.writeFile(String(process.pid))
      await file.close()
      held.add(path)
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''))
    if (isAlive(holder, path)) throw new ExportRefused('正在往这个目录导出，请等它办完')
    await rm(path, { force: true })
  }
  throw new ExportRefused('正在往这个目录导出，请等它办完')
}

function isAlive(pid: number, path: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  // 进程号会被后来的进程重用（容器里总是同一个）：自己的以自己记的为准
  if (pid === process.pid) return held.has(path)
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
