import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { canonicalJson } from '../../platform/canonical-json.ts'
import type { Tx } from '../../platform/db.ts'
import type { FileStore } from '../../platform/files.ts'
import { localHeader, zipEnd } from '../../platform/zip-frame.ts'
import type { ZipItem } from '../../platform/zip-frame.ts'
import { renderBody } from '../content/clean-html.ts'
import type { Attachment } from '../item-details.ts'
import { listPublishedByIds } from '../queries.ts'
import type { PublishedItem } from '../queries.ts'
import { depositNumber } from './deposit-store.ts'
import type { Deposit, DepositLine } from './deposit-store.ts'

/** 包里的一份；内容用到才读，写完即放。 */
interface Entry {
  path: string
  /** 文件库的键；由信息写出的没有 */
  key?: string
  load: () => Promise<Uint8Array>
}

const MOST_BYTES = 2 * 1024 * 1024 * 1024
const MOST_FILES = 20_000

/** 做不成：放不下、缺文件；消息可给使用者看。 */
export class PackageRefused extends Error {
  override name = 'PackageRefused'
}

/** 合计多少字节，不连清单；写之前先看放不放得下。 */
const bytesOf = (item: PublishedItem): number => [...(item.details?.attachments ?? []), ...(item.details?.pictures ?? [])].reduce((sum, file) => sum + file.bytes, 0)

interface Packed {
  line: DepositLine
  item: PublishedItem
}

/**
 * 移送的电子件：一件一个目录（信息.json、正文.html、附件、图片），末尾是清单 manifest.json，逐份写明 SM3 与 SHA-256。
 * 只有现在公开着的才在包里：撤回了的一概没有；签收之后改了版的，不是移送的那一版，也不在，清单里写明。
 * 同样的内容得到逐字节相同的包；内存里只有正在写的一份。
 */
export async function preparePackage(tx: Tx, files: FileStore, deposit: Deposit, lines: readonly DepositLine[], bodyName: string): Promise<AsyncIterable<Buffer>> {
  const shown = await listShown(tx, deposit.bodyId, lines)
  const packed = lines.flatMap((line): Packed[] => {
    const item = shown.get(line.itemId)
    return item === undefined || (deposit.state === 'handed' && item.edition !== line.edition) ? [] : [{ line, item }]
  })
  const kept = new Set(packed.map(({ line }) => line.itemId))
  const left = lines.filter((line) => !kept.has(line.itemId)).map((line) => ({ indexNo: line.indexNo, reason: shown.has(line.itemId) ? '移送之后改了版' : '已撤回' }))
  if (packed.reduce((sum, { item }) => sum + bytesOf(item), 0) > MOST_BYTES) throw new PackageRefused('合计超过 2 GB，请分成几份清单')
  const entries = packed.flatMap(({ line, item }, i) => entriesOf(files, item, line, String(i + 1).padStart(3, '0')))
  if (entries.length > MOST_FILES) throw new PackageRefused(`文件多于 ${MOST_FILES} 份，请分成几份清单`)
  for (const { path, key } of entries) if (key !== undefined && !(await files.has(key))) throw new PackageRefused(`「${path}」在文件库里没有，请先换上好的文件，重新公开`)
  const head = { format: 'mingchuang-deposit/1', number: depositNumber(deposit), from: deposit.from, to: deposit.to, body: bodyName, recipient: deposit.recipient, handedOn: deposit.handedOn, items: packed.length, left }
  return writeZip(entries, head)
}

const AT_ONCE = 50

async function listShown(tx: Tx, bodyId: string, lines: readonly DepositLine[]): Promise<Map<string, PublishedItem>> {
  const shown = new Map<string, PublishedItem>()
  for (let from = 0; from < lines.length; from += AT_ONCE)
    for (const [itemId, item] of await listPublishedByIds(tx, lines.slice(from, from + AT_ONCE).map(({ itemId: each }) => ({ bodyId, itemId: each })))) shown.set(itemId, item)
  return shown
}

function entriesOf(files: FileStore, item: PublishedItem, line: DepositLine, number: string): Entry[] {
  const folder = `${number} ${plainName(item.title).slice(0, 60)}`
  const { details } = item
  const facts = {
    indexNo: item.indexNo, title: item.title, docNo: item.docNo, issuer: item.issuer, summary: item.summary, formedOn: item.formedOn, publishedOn: item.publishedOn, revisedOn: item.revisedOn, edition: item.edition,
    codes: item.codes, topic: item.topic, genre: item.genre, keywords: item.keywords, effectiveOn: item.effectiveOn, expiredOn: item.expiredOn, url: item.url, copies: line.copies,
  }
  const pictures = named(details?.pictures ?? [])
  const body = details?.body ?? null
  return [
    { path: `${folder}/信息.json`, load: () => Promise.resolve(Buffer.from(canonicalJson(facts), 'utf8')) },
    ...(body === null ? [] : [{ path: `${folder}/正文.html`, key: body, load: async () => Buffer.from(toPage(item.title, renderBody((await files.get(body)).toString('utf8'), (key) => toPicture(pictures, key))), 'utf8') }]),
    ...pictures.map(({ key, name }) => ({ path: `${folder}/图片/${name}`, key, load: () => files.get(key) })),
    ...named(details?.attachments ?? []).map(({ key, name }) => ({ path: `${folder}/附件/${name}`, key, load: () => files.get(key) })),
  ]
}

const toPicture = (pictures: readonly { key: string; name: string }[], key: string): string | null => {
  const found = pictures.find((each) => each.key === key)
  return found === undefined ? null : `图片/${encodeURIComponent(found.name)}`
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const toPage = (title: string, html: string): string => `<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>${escape(title)}</title></head><body><h1>${escape(title)}</h1>${html}</body></html>\n`

// 各种系统都能用的文件名；点、空格起止的也不行
const plainName = (name: string): string => {
  const plain = name.toWellFormed().normalize('NFC').replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '').replaceAll(/^[. ]+|[. ]+$/g, '')
  return plain === '' ? '未命名' : plain
}

/** 同名的依次编号，都在。 */
function named(files: readonly Attachment[]): { key: string; name: string }[] {
  const taken = new Set<string>()
  return files.map(({ key, name }) => {
    const plain = plainName(name)
    const dot = plain.lastIndexOf('.')
    const [stem, extension] = dot > 0 ? [plain.slice(0, dot).slice(0, 80), plain.slice(dot).slice(0, 12)] : [plain.slice(0, 80), '']
    let free = `${stem}${extension}`
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${stem}（${n}）${extension}`
    taken.add(free.toLowerCase())
    return { key, name: free }
  })
}

async function* writeZip(entries: readonly Entry[], head: object): AsyncIterable<Buffer> {
  const items: ZipItem[] = []
  const listed: { path: string; size: number; sm3: string; sha256: string }[] = []
  let offset = 0
  const put = (path: string, bytes: Uint8Array): Buffer[] => {
    const item = { path, size: bytes.byteLength, crc: crc32(bytes), offset }
    const header = localHeader(item)
    items.push(item)
    offset += header.length + bytes.byteLength
    return [header, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)]
  }
  const digest = (name: 'sm3' | 'sha256', bytes: Uint8Array): string => createHash(name).update(bytes).digest('hex')
  for (const { path, load } of entries) {
    const bytes = await load()
    listed.push({ path, size: bytes.byteLength, sm3: digest('sm3', bytes), sha256: digest('sha256', bytes) })
    yield* put(path, bytes)
  }
  yield* put('manifest.json', Buffer.from(canonicalJson({ ...head, files: listed }), 'utf8'))
  yield zipEnd(items, offset)
}
