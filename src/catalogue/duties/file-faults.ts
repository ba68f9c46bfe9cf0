import './tables.ts'
import '../tables.ts'
import { sql } from 'kysely'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { FileStore } from '../../platform/files.ts'
import type { Attachment } from '../item-details.ts'
import type { FileFaultKind } from './tables.ts'

export const FILE_FAULTS = {
  missing: '文件库里没有',
  'wrong-type': '内容与所称的种类不符',
  empty: '是空文件',
  unreadable: '读不出其中的文字',
} as const satisfies Record<FileFaultKind, string>

/** 几种常见文件开头的字节；没有列的种类不查。 */
const MARKS: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['255044462d'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['504b0304'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['504b0304'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['504b0304'],
  'application/ofd': ['504b0304'],
  'application/zip': ['504b0304', '504b0506'],
  'application/msword': ['d0cf11e0a1b11ae1'],
  'application/vnd.ms-excel': ['d0cf11e0a1b11ae1'],
  'image/png': ['89504e470d0a1a0a'],
  'image/jpeg': ['ffd8ff'],
  'image/gif': ['474946383761', '474946383961'],
}
const HEAD_BYTES = 16

/** 开头的字节合不合所称的种类；种类没有开头可查的一律算合。 */
export function fitsType(head: Uint8Array, mediaType: string): boolean {
  const marks = MARKS[mediaType.split(';')[0]?.trim().toLowerCase() ?? '']
  const hex = Buffer.from(head).toString('hex')
  return marks === undefined || marks.some((mark) => hex.startsWith(mark))
}

interface Fault {
  item_id: string
  file_key: string
  name: string
  kind: FileFaultKind
  note: string | null
}

const PAGE = 200

/**
 * 逐条查公开着的信息的附件与图片：在不在文件库、空不空、开头的字节合不合所称的种类、登记时读不读得出文字。
 * 查的结果整个换掉上次的。返回查了几份文件。
 */
export async function checkFiles({ db, files, clock }: Pick<Deps, 'db' | 'files' | 'clock'>, bodyId: string): Promise<number> {
  const faults: Fault[] = []
  let seen = 0
  for (let after: string | null = null; ; ) {
    const page = await listPublishedFiles(db, bodyId, after)
    for (const { itemId, file, unreadable } of page.files) {
      seen += 1
      const found = await findFault(files, file, unreadable)
      if (found !== null) faults.push({ item_id: itemId, file_key: file.key, name: file.name.slice(0, 200) || '未命名', ...found })
    }
    after = page.next
    if (after === null) break
  }
  await transaction(db, async (tx) => {
    const before = new Map((await tx.selectFrom('file_fault').select(['item_id', 'file_key', 'found_on']).where('body_id', '=', bodyId).execute()).map((row) => [`${row.item_id} ${row.file_key}`, row.found_on]))
    await tx.deleteFrom('file_fault').where('body_id', '=', bodyId).execute()
    const rows = faults.map((fault) => ({ body_id: bodyId, ...fault, found_on: before.get(`${fault.item_id} ${fault.file_key}`) ?? clock.today() }))
    for (let from = 0; from < rows.length; from += 500) await tx.insertInto('file_fault').values(rows.slice(from, from + 500)).onConflict((oc) => oc.doNothing()).execute()
  })
  return seen
}

async function findFault(files: FileStore, file: Attachment, unreadable: string | null): Promise<Pick<Fault, 'kind' | 'note'> | null> {
  if (!(await files.has(file.key))) return { kind: 'missing', note: null }
  const head = await readHead(files, file.key)
  if (head.length === 0) return { kind: 'empty', note: null }
  if (!fitsType(head, file.mediaType)) return { kind: 'wrong-type', note: null }
  return unreadable === null ? null : { kind: 'unreadable', note: unreadable.slice(0, 300) }
}

async function readHead(files: FileStore, key: string): Promise<Buffer> {
  const stream = files.stream(key)
  const chunks: Buffer[] = []
  // 只要开头；跳出循环即关掉流
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk))
    if (chunks.reduce((sum, each) => sum + each.length, 0) >= HEAD_BYTES) break
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES)
}

async function listPublishedFiles(tx: Tx, bodyId: string, after: string | null): Promise<{ files: { itemId: string; file: Attachment; unreadable: string | null }[]; next: string | null }> {
  let query = tx.selectFrom('published_item').select(['item_id', 'details']).where('body_id', '=', bodyId).where('withdrawn_on', 'is', null).orderBy('item_id').limit(PAGE)
  if (after !== null) query = query.where('item_id', '>', after)
  const rows = await query.execute()
  const ids = rows.map((row) => row.item_id)
  const notes = ids.length === 0 ? [] : await tx.selectFrom('item_file').select(['item_id', 'file_key', 'text_note']).where('body_id', '=', bodyId).where('item_id', 'in', ids).where('text_state', '=', 'unreadable').execute()
  const unreadable = new Map(notes.map((row) => [`${row.item_id} ${row.file_key}`, row.text_note ?? '']))
  return {
    files: rows.flatMap(({ item_id: itemId, details }) =>
      [...(details?.attachments ?? []), ...(details?.pictures ?? [])].map((file) => ({ itemId, file, unreadable: unreadable.get(`${itemId} ${file.key}`) ?? null })),
    ),
    next: rows.length < PAGE ? null : (rows.at(-1)?.item_id ?? null),
  }
}

export interface FileFault {
  itemId: string
  indexNo: string
  title: string
  fileKey: string
  name: string
  kind: FileFaultKind
  note: string | null
  foundOn: string
}

/** 打不开的附件，早发现的在前；撤回了的不列。 */
export async function listFileFaults(tx: Tx, bodyId: string, { limit, offset }: { limit: number; offset: number }): Promise<FileFault[]> {
  const { rows } = await sql<FileFault>`
    select f.item_id as "itemId", p.index_no as "indexNo", coalesce(p.title, '') as title, f.file_key as "fileKey", f.name, f.kind, f.note, f.found_on as "foundOn"
    from file_fault f join published_item p on p.body_id = f.body_id and p.item_id = f.item_id and p.withdrawn_on is null
    where f.body_id = ${bodyId} order by f.found_on, f.item_id, f.file_key limit ${Math.min(limit, 500)} offset ${offset}`.execute(tx)
  return rows
}

export async function countFileFaults(tx: Tx, bodyId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from file_fault f join published_item p on p.body_id = f.body_id and p.item_id = f.item_id and p.withdrawn_on is null where f.body_id = ${bodyId}`.execute(tx)
  return rows[0]?.n ?? 0
}
