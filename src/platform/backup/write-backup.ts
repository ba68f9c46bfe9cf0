import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { once } from 'node:events'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Pool, PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import tar from 'tar-stream'
import type { Pack } from 'tar-stream'
import type { FileStore } from '../files.ts'
import { JOBS_PART, MANIFEST, filePart, tablePart } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { columnList, listTables } from './schema.ts'

const PART_BYTES = 8 * 1024 * 1024

/**
 * 备份：同一时刻的全部表与文件，写成一个 tar.gz。服务照常运行。
 * 写完并落盘后才改成所要的名字，中途断了不留半个备份。密钥（SECRET_KEY）不在其中，须另行保管。
 */
export async function writeBackup(
  { pool, files, now }: { pool: Pool; files: FileStore; now: Date },
  path: string,
): Promise<{ tables: number; files: number; bytes: number }> {
  const partial = `${path}.partial`
  const pack = tar.pack()
  const written = pipeline(pack, createGzip({ level: 1 }), createWriteStream(partial, { mode: 0o600 }))
  try {
    const [manifest] = await Promise.all([
      fill(pack, pool, files, now).catch((error: unknown) => {
        pack.destroy(error instanceof Error ? error : new Error(String(error)))
        throw error
      }),
      written,
    ])
    await settle(partial, path)
    return {
      tables: manifest.tables.length,
      files: manifest.parts.filter((part) => part.name.startsWith('files/')).length,
      bytes: manifest.parts.reduce((sum, part) => sum + part.size, 0),
    }
  } finally {
    await written.catch(() => {})
    await rm(partial, { force: true })
  }
}

async function fill(pack: Pack, pool: Pool, files: FileStore, now: Date): Promise<Manifest> {
  const parts: Manifest['parts'] = []
  const client = await pool.connect()
  try {
    await client.query('begin transaction isolation level repeatable read read only')
    const { rows: migrations } = await client.query<Manifest['migrations'][number]>('select name, checksum from schema_migration order by name')
    const tables = await listTables(client)
    for (const table of tables) {
      await addCopy(pack, client, `copy ${columnList(table)} to stdout`, (index) => tablePart(table.name, index), parts)
    }
    await addCopy(pack, client, COPY_JOBS, (index) => (index === 0 ? JOBS_PART : `jobs-${index}.copy`), parts)
    await client.query('commit')
    // 快照之后才读文件：快照里提到的文件必已在库中
    // 列出之后才删去的，快照里已没有记录指着它
    for await (const { key, size } of files.list()) if (await files.has(key)) await addFile(pack, files, { key, size }, parts)
    const manifest: Manifest = { format: 'mingchuang-backup', version: 1, createdAt: now.toISOString(), migrations, tables, parts }
    await addBuffer(pack, MANIFEST, Buffer.from(JSON.stringify(manifest)))
    pack.finalize()
    return manifest
  } finally {
    client.release(true)
  }
}

// 尚未办完的任务只带走如何交办，恢复时重新交办
const COPY_JOBS = `copy (
  select t.identifier, j.payload, j.run_at, j.max_attempts, j.key
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  where j.attempts < j.max_attempts order by j.id) to stdout`

async function addCopy(pack: Pack, client: PoolClient, copy: string, nameOf: (index: number) => string, parts: Manifest['parts']) {
  let held: Buffer[] = []
  let size = 0
  let index = 0
  const flush = async (): Promise<void> => {
    const content = Buffer.concat(held)
    const name = nameOf(index++)
    parts.push({ name, size, sm3: createHash('sm3').update(content).digest('hex') })
    held = []
    size = 0
    await addBuffer(pack, name, content)
  }
  for await (const chunk of client.query(copyTo(copy)) as AsyncIterable<Buffer>) {
    held.push(chunk)
    size += chunk.length
    if (size >= PART_BYTES) await flush()
  }
  if (size > 0) await flush()
}

async function addFile(pack: Pack, files: FileStore, { key, size }: { key: string; size: number }, parts: Manifest['parts']) {
  const hash = createHash('sm3')
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>()
  const entry = pack.entry({ name: filePart(key), size }, (error) => (error ? reject(error) : resolve()))
  // 写不下去时（盘满）各段也报错：没有人听的 error 会带倒整个进程，残片也就没有人收
  entry.on('error', reject)
  ended.catch(() => {})
  for await (const chunk of files.stream(key) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    if (!entry.write(chunk)) await Promise.race([once(entry, 'drain'), ended])
  }
  entry.end(null)
  await ended
  parts.push({ name: filePart(key), size, sm3: hash.digest('hex') })
}

const addBuffer = (pack: Pack, name: string, content: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    pack.entry({ name }, content, (error) => (error ? reject(error) : resolve())).on('error', reject)
  })

async function settle(partial: string, path: string): Promise<void> {
  const file = await open(partial, 'r+')
  await file.sync()
  await file.close()
  await rename(partial, path)
  const dir = await open(dirname(path), 'r')
  await dir.sync()
  await dir.close()
}
