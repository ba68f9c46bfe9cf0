import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import tar from 'tar-stream'
import { BadBackup, MANIFEST, manifestSchema } from './manifest.ts'
import type { Manifest } from './manifest.ts'

const MANIFEST_BYTES = 256 * 1024 * 1024

/** 依次给出备份里的各部分；须把每一部分读尽。坏了抛 BadBackup。 */
export async function* readParts(path: string): AsyncGenerator<{ name: string; content: AsyncIterable<Buffer> }> {
  const extract = tar.extract()
  const reading = pipeline(createReadStream(path), createGunzip(), extract)
  // 出错时由下面的迭代抛出，这里免得成为无人接的拒绝
  reading.catch(() => {})
  try {
    for await (const entry of extract) yield { name: entry.header.name, content: bytesOf(entry) }
    await reading
  } catch (error) {
    throw asDamage(error)
  }
}

// tar-stream 的类型不说每段是什么；都是 Buffer
async function* bytesOf(entry: AsyncIterable<unknown>): AsyncIterable<Buffer> {
  try {
    for await (const chunk of entry) if (Buffer.isBuffer(chunk)) yield chunk
  } catch (error) {
    throw asDamage(error)
  }
}

// 读文件本身的错（没有、无权）原样抛出，其余都是内容坏了
const asDamage = (error: unknown): unknown =>
  error instanceof BadBackup || (error instanceof Error && 'syscall' in error) ? error : new BadBackup('备份文件已损坏，或不是备份', { cause: error })

/** 通读一遍：每一部分都在目录里、字节数与 SM3 都相符、一件不多一件不少，才交出目录。 */
export async function checkBackup(path: string): Promise<Manifest> {
  const found = new Map<string, { size: number; sm3: string }>()
  let manifest: Manifest | null = null
  for await (const { name, content } of readParts(path)) {
    if (name === MANIFEST) {
      manifest = parseManifest(await collect(content))
      continue
    }
    if (manifest || found.has(name)) throw new BadBackup(`备份里多出一份 ${name}`)
    const hash = createHash('sm3')
    let size = 0
    for await (const chunk of content) {
      hash.update(chunk)
      size += chunk.length
    }
    found.set(name, { size, sm3: hash.digest('hex') })
  }
  if (!manifest) throw new BadBackup('备份不完整：没有目录')
  compare(manifest, found)
  return manifest
}

function compare(manifest: Manifest, found: ReadonlyMap<string, { size: number; sm3: string }>): void {
  for (const part of manifest.parts) {
    const actual = found.get(part.name)
    if (!actual) throw new BadBackup(`备份缺少 ${part.name}`)
    if (actual.size !== part.size || actual.sm3 !== part.sm3) throw new BadBackup(`${part.name} 与备份目录所记的 SM3 不符，备份被改动过`)
  }
  const listed = new Set(manifest.parts.map((part) => part.name))
  const extra = [...found.keys()].find((name) => !listed.has(name))
  if (extra) throw new BadBackup(`备份里多出一份 ${extra}`)
}

async function collect(content: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of content) {
    size += chunk.length
    if (size > MANIFEST_BYTES) throw new BadBackup('备份的目录过大')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseManifest(text: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new BadBackup('备份的目录看不懂', { cause: error })
  }
}
