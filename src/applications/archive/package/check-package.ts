import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { byteReader, CutShort } from '../../../platform/byte-reader.ts'
import type { ByteReader } from '../../../platform/byte-reader.ts'
import { MANIFEST, MOST_FILES, readManifest, TIMELINE_FILE } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { checkTimeline } from './timeline-file.ts'
import { localHeader, LOCAL_HEAD, LOCAL_MARK, LONGEST_NAME, zipEnd } from '../../../platform/zip-frame.ts'
import type { ZipItem } from '../../../platform/zip-frame.ts'

/** 第一处不对：哪一份、怎么不对。 */
export interface PackageFault {
  path: string
  message: string
}

export type PackageCheck = { ok: true; manifest: Manifest } | { ok: false; fault: PackageFault }

class Broken extends Error {
  readonly fault: PackageFault
  constructor(path: string, message: string) {
    super(message)
    this.fault = { path, message }
  }
}

/** 这两份要读其内容，不得太大。 */
const MOST_READ = 64 * 1024 * 1024
const WHOLE = '（整个文件）'
const DIRECTORY = '（压缩包的目录）'

interface Found extends ZipItem {
  sm3: string
}

/**
 * 只凭包本身核对：各份与清单相符、不多不少、次序相同，时间线的 hash 逐条重算，包的写法一字节不差。
 * 不要数据库，不把整个包读进内存；返回第一处不对。
 */
export async function checkPackage(source: AsyncIterable<Uint8Array>): Promise<PackageCheck> {
  let reading = WHOLE
  try {
    const reader = byteReader(source)
    const { items, texts } = await readItems(reader, (path) => (reading = path))
    return { ok: true, manifest: fits(items, texts) }
  } catch (error) {
    if (error instanceof Broken) return { ok: false, fault: error.fault }
    if (error instanceof CutShort) return { ok: false, fault: { path: reading, message: '没有完，后面缺了' } }
    throw error
  }
}

async function readItems(reader: ByteReader, onItem: (path: string) => void): Promise<{ items: Found[]; texts: Map<string, string> }> {
  const items: Found[] = []
  const texts = new Map<string, string>()
  let offset = 0
  for (;;) {
    const mark = await reader.take(4)
    if (mark.readUInt32LE() !== LOCAL_MARK) {
      onItem(DIRECTORY)
      await readEnd(reader, mark, zipEnd(items, offset))
      return { items, texts }
    }
    if (items.length > MOST_FILES) throw new Broken(WHOLE, `多于 ${MOST_FILES} 份`)
    const item = await readHeader(reader, mark, offset, `第 ${items.length + 1} 份`)
    onItem(item.path)
    const { sm3, kept } = await readContent(reader, item)
    if (kept !== null) texts.set(item.path, kept)
    items.push({ ...item, sm3 })
    offset += LOCAL_HEAD + Buffer.byteLength(item.path, 'utf8') + item.size
  }
}

async function readHeader(reader: ByteReader, mark: Buffer, offset: number, called: string): Promise<ZipItem> {
  const rest = await reader.take(LOCAL_HEAD - 4)
  const nameLength = rest.readUInt16LE(22)
  if (nameLength > LONGEST_NAME) throw new Broken(called, '文件名过长，或者已损坏')
  const name = await reader.take(nameLength)
  const item = { path: name.toString('utf8'), size: rest.readUInt32LE(14), crc: rest.readUInt32LE(10), offset }
  // 写法唯一：照读到的重写一遍，不同即被动过
  if (!localHeader(item).equals(Buffer.concat([mark, rest, name]))) throw new Broken(item.path === '' ? called : item.path, '这一份的头被改动')
  return item
}

async function readContent(reader: ByteReader, { path, size, crc }: ZipItem): Promise<{ sm3: string; kept: string | null }> {
  const keeps = path === MANIFEST || path === TIMELINE_FILE
  if (keeps && size > MOST_READ) throw new Broken(path, '过大')
  const hash = createHash('sm3')
  const parts: Buffer[] = []
  let sum = 0
  for await (const part of reader.each(size)) {
    hash.update(part)
    sum = crc32(part, sum)
    if (keeps) parts.push(part)
  }
  if (sum !== crc) throw new Broken(path, '内容被改动')
  return { sm3: hash.digest('hex'), kept: keeps ? Buffer.concat(parts).toString('utf8') : null }
}

async function readEnd(reader: ByteReader, mark: Buffer, expected: Buffer): Promise<void> {
  const rest = await reader.take(expected.length - mark.length)
  if (!Buffer.concat([mark, rest]).equals(expected)) throw new Broken(DIRECTORY, '目录被改动，或者不是档案包')
  if (!(await reader.atEnd())) throw new Broken(WHOLE, '后面还有多出的内容')
}

function fits(items: readonly Found[], texts: ReadonlyMap<string, string>): Manifest {
  const text = texts.get(MANIFEST)
  if (items.at(-1)?.path !== MANIFEST || text === undefined) throw new Broken(MANIFEST, '没有清单，或者清单不在最后')
  const manifest = readManifest(text)
  if (manifest === null) throw new Broken(MANIFEST, '清单被改动，或者与自己的摘要不符')
  const found = new Map(items.map((item) => [item.path, item]))
  for (const { path, size, sm3 } of manifest.files) {
    const item = found.get(path)
    if (item === undefined) throw new Broken(path, '清单里有而包里没有')
    if (item.size !== size || item.sm3 !== sm3) throw new Broken(path, '与清单所记的摘要不符')
  }
  const listed = new Set(manifest.files.map(({ path }) => path))
  const extra = items.slice(0, -1).find(({ path }) => !listed.has(path))
  if (extra !== undefined) throw new Broken(extra.path, '包里有而清单里没有')
  if (items.length - 1 !== manifest.files.length) throw new Broken(WHOLE, '有同名的两份')
  checkHistory(manifest, texts.get(TIMELINE_FILE))
  return manifest
}

function checkHistory(manifest: Manifest, text: string | undefined): void {
  if (text === undefined) throw new Broken(TIMELINE_FILE, '没有时间线')
  const history = checkTimeline(text)
  if (!history.ok) throw new Broken(TIMELINE_FILE, history.message)
  if (history.caseId !== manifest.case.id) throw new Broken(TIMELINE_FILE, '不是这一件的时间线')
  if (history.events !== manifest.timeline.events || history.head !== manifest.timeline.head) throw new Broken(TIMELINE_FILE, '与清单所记的末条不符')
}
