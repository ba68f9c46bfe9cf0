import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { NotFound } from './errors.ts'
import { FileTooLarge } from './files.ts'
import type { FileStore, StoredFile } from './files.ts'

const KEY = /^[0-9a-f]{64}$/

/** 本地文件库：`ab/cd/<sha256>`；先写临时文件并落盘，再改名，再使目录落盘。 */
export function localFiles(dir: string): FileStore {
  const pathOf = (key: string): string => {
    if (!KEY.test(key)) throw new NotFound('文件')
    return join(dir, key.slice(0, 2), key.slice(2, 4), key)
  }
  return {
    put: async (content, { maxBytes }) => {
      const staging = join(dir, 'tmp')
      await mkdir(staging, { recursive: true, mode: 0o700 })
      const temporary = join(staging, randomUUID())
      try {
        const { key, size } = await write(temporary, content, maxBytes)
        const path = pathOf(key)
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        await rename(temporary, path)
        // 目录项也要落盘：改名与新建的两级目录
        for (const each of [dirname(path), dirname(dirname(path)), dir]) await syncDir(each)
        return { key, size }
      } finally {
        await rm(temporary, { force: true })
      }
    },
    get: async (key) => {
      try {
        return await readFile(pathOf(key))
      } catch (error) {
        throw isMissing(error) ? new NotFound('文件') : error
      }
    },
    stream: (key) => createReadStream(pathOf(key)),
    has: async (key) => KEY.test(key) && exists(pathOf(key)),
    storedAt: async (key) => {
      try {
        return (await stat(pathOf(key))).mtime
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
    head: async (key, bytes) => {
      try {
        const file = await open(pathOf(key), 'r')
        try {
          const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
          return buffer.subarray(0, bytesRead)
        } finally {
          await file.close()
        }
      } catch (error) {
        throw isMissing(error) ? new NotFound('文件') : error
      }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    list: () => listFiles(dir),
  }
}

async function write(path: string, content: AsyncIterable<Uint8Array> | Uint8Array, maxBytes: number) {
  const hash = createHash('sha256')
  const file = await open(path, 'wx', 0o600)
  let size = 0
  try {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      size += chunk.byteLength
      if (size > maxBytes) throw new FileTooLarge(maxBytes)
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { key: hash.digest('hex'), size }
}

async function* listFiles(dir: string): AsyncIterable<StoredFile> {
  for (const first of await namesIn(dir, /^[0-9a-f]{2}$/))
    for (const second of await namesIn(join(dir, first), /^[0-9a-f]{2}$/))
      for (const key of await namesIn(join(dir, first, second), KEY)) {
        const size = await sizeOf(join(dir, first, second, key))
        if (size !== null) yield { key, size }
      }
}

// 列着列着被删去的略过
async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

async function namesIn(dir: string, shape: RegExp): Promise<string[]> {
  try {
    return (await readdir(dir)).filter((name) => shape.test(name)).toSorted()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

async function syncDir(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const exists = (path: string): Promise<boolean> => access(path).then(() => true, () => false)
const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'
