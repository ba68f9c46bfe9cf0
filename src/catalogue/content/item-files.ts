import '../tables.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { upsertRows } from '../../platform/upsert-rows.ts'
import type { Attachment } from '../item-details.ts'
import { bodyText } from './clean-html.ts'
import { FILE_LIMITS } from './file-limits.ts'
import { examineFile } from './read-file.ts'
import type { PastedPicture } from './read-picture-uri.ts'
import { cleanName, falselyNamed, sniffPicture, FILE_TYPES } from './sniff-file.ts'
import type { FileType } from './sniff-file.ts'

/** 条目的一个文件，不含文字。 */
export interface ItemFile extends Attachment {
  role: 'body' | 'picture' | 'attachment'
  textState: 'read' | 'no-text' | 'unreadable'
  textNote: string | null
  uploadedBy: string
  uploadedAt: Date
}

export interface ItemPlace {
  bodyId: string
  itemId: string
}

interface Given extends ItemPlace {
  by: string
  at: Date
}

/** 正文存入文件库并记下它的文字；返回键，没有正文为 null。 */
export async function keepBody(tx: Tx, files: Deps['files'], { html, ...place }: Given & { html: string }): Promise<string | null> {
  if (html === '') return null
  const { key, size } = await files.put(Buffer.from(html), { maxBytes: FILE_LIMITS.bytes })
  const text = bodyText(html).slice(0, FILE_LIMITS.text).toWellFormed()
  await insertFile(tx, place, { key, name: '正文.html', mediaType: 'text/html', bytes: size }, 'body', { state: text === '' ? 'no-text' : 'read', text, note: null })
  return key
}

const PICTURE_NAMES: Readonly<Record<string, string>> = { 'image/png': '图片.png', 'image/jpeg': '图片.jpg', 'image/gif': '图片.gif', 'image/webp': '图片.webp' }

/** 正文里的图片存入文件库；同样的只存一份。 */
export async function keepPictures(tx: Tx, files: Deps['files'], place: Given, pictures: readonly Pick<PastedPicture, 'bytes' | 'mediaType'>[]): Promise<Attachment[]> {
  const kept: Attachment[] = []
  for (const { bytes, mediaType } of pictures) {
    const { key, size } = await files.put(bytes, { maxBytes: FILE_LIMITS.pictureBytes })
    const file = { key, name: PICTURE_NAMES[mediaType] ?? '图片', mediaType, bytes: size }
    await insertFile(tx, place, file, 'picture', { state: 'no-text', text: '', note: null })
    kept.push(file)
  }
  return kept
}

/**
 * 认出一个附件、读出文字，存入文件库；不收的 `message` 说明怎么办。文件库里同样的内容只有一份，从不改写。
 * `strict` 的名称须与内容相符，不相符的不收；否则扩展名照内容改。
 */
export async function readAttachment(files: Deps['files'], { name, bytes, strict = false }: { name: string; bytes: Uint8Array; strict?: boolean }): Promise<{ ok: true; file: Attachment; text: ReadText } | { ok: false; message: string }> {
  if (bytes.byteLength > FILE_LIMITS.bytes) return { ok: false, message: `超过 ${FILE_LIMITS.bytes / 1024 / 1024} MB，请压缩或者拆开` }
  const examined = await examineFile(bytes, name)
  if (!examined.ok) return examined
  const wrong = strict ? falselyNamed(name, examined.type) : null
  if (wrong !== null) return { ok: false, message: wrong }
  const { key, size } = await files.put(bytes, { maxBytes: FILE_LIMITS.bytes })
  return { ok: true, file: { key, name: cleanName(name, examined.type), mediaType: mediaTypeOf(examined.type), bytes: size }, text: examined.text }
}

const mediaTypeOf = (type: FileType): string => FILE_TYPES[type].mediaType
type ReadText = { state: ItemFile['textState']; text: string; note: string | null }

/** 记下读过的附件属于这一条。 */
export const keepAttachment = (tx: Tx, place: Given, read: { file: Attachment; text: ReadText }): Promise<void> => insertFile(tx, place, read.file, 'attachment', read.text)

async function insertFile(tx: Tx, { bodyId, itemId, by, at }: Given, file: Attachment, role: ItemFile['role'], text: ReadText): Promise<void> {
  await tx
    .insertInto('item_file')
    .values({ body_id: bodyId, item_id: itemId, file_key: file.key, role, name: file.name, media_type: file.mediaType, bytes: file.bytes, text_state: text.state, text: text.text, text_note: text.note, uploaded_by: by, uploaded_at: at })
    .onConflict((oc) => oc.doNothing())
    .execute()
}

const COLUMNS = ['file_key', 'role', 'name', 'media_type', 'bytes', 'text_state', 'text_note', 'uploaded_by', 'uploaded_at'] as const

/** 条目的各个文件，先来的在前；至多 500 个（连同各版的正文）。 */
export async function listItemFiles(tx: Tx, { bodyId, itemId }: ItemPlace): Promise<ItemFile[]> {
  const rows = await tx.selectFrom('item_file').select(COLUMNS).where('body_id', '=', bodyId).where('item_id', '=', itemId).orderBy('uploaded_at').orderBy('file_key').limit(500).execute()
  return rows.map((row) => ({ key: row.file_key, role: row.role, name: row.name, mediaType: row.media_type, bytes: row.bytes, textState: row.text_state, textNote: row.text_note, uploadedBy: row.uploaded_by, uploadedAt: row.uploaded_at }))
}

/** 条目的一个文件；没有为 null。 */
export async function findItemFile(tx: Tx, place: ItemPlace, key: string): Promise<Pick<ItemFile, 'name' | 'mediaType' | 'bytes' | 'role'> | null> {
  const row = await tx.selectFrom('item_file').select(['name', 'media_type', 'bytes', 'role']).where('body_id', '=', place.bodyId).where('item_id', '=', place.itemId).where('file_key', '=', key).executeTakeFirst()
  return row === undefined ? null : { name: row.name, mediaType: row.media_type, bytes: row.bytes, role: row.role }
}

/** 本机构别的条目里的图片（从别处拷来的正文）：归到这一条名下；返回这一条名下确有的。 */
export async function adoptPictures(tx: Tx, place: Given, keys: readonly string[]): Promise<Attachment[]> {
  if (keys.length === 0) return []
  const rows = await tx
    .selectFrom('item_file')
    .select(['item_id', 'file_key', 'name', 'media_type', 'bytes'])
    .where('body_id', '=', place.bodyId)
    .where('file_key', 'in', [...new Set(keys)].slice(0, 200))
    .where('media_type', 'like', 'image/%')
    .limit(1000)
    .execute()
  const found = new Map(rows.map((row) => [row.file_key, { key: row.file_key, name: row.name, mediaType: row.media_type, bytes: row.bytes }]))
  const own = new Set(rows.filter((row) => row.item_id === place.itemId).map((row) => row.file_key))
  const missing = [...found.values()].filter(({ key }) => !own.has(key))
  await upsertRows(
    tx,
    'item_file',
    ['body_id', 'item_id', 'file_key'],
    missing.map((file) => ({ body_id: place.bodyId, item_id: place.itemId, file_key: file.key, role: 'picture' as const, name: file.name, media_type: file.mediaType, bytes: file.bytes, text_state: 'no-text' as const, text: '', text_note: null, uploaded_by: place.by, uploaded_at: place.at })),
  )
  return [...found.values()]
}

/** 内容相同的文件已在本机构别的哪一条里：键 → 那一条的标题。 */
export async function findElsewhere(tx: Tx, { bodyId, itemId }: ItemPlace, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map()
  const rows = await tx
    .selectFrom('item_file')
    .innerJoin('info_item', (join) => join.onRef('info_item.body_id', '=', 'item_file.body_id').onRef('info_item.item_id', '=', 'item_file.item_id'))
    .select(['item_file.file_key', 'info_item.title'])
    .where('item_file.body_id', '=', bodyId)
    .where('item_file.file_key', 'in', [...keys])
    .where('item_file.item_id', '!=', itemId)
    .where('item_file.role', '=', 'attachment')
    .limit(100)
    .execute()
  return new Map(rows.map((row) => [row.file_key, row.title]))
}

/** 一张上传的图片；不是可以认出的图片、过大的为说明。 */
export function readPicture(bytes: Uint8Array): { ok: true; picture: Pick<PastedPicture, 'bytes' | 'mediaType'> } | { ok: false; message: string } {
  if (bytes.byteLength > FILE_LIMITS.pictureBytes) return { ok: false, message: `图片超过 ${FILE_LIMITS.pictureBytes / 1024 / 1024} MB，请压缩之后再插入` }
  const mediaType = sniffPicture(bytes)
  return mediaType === null ? { ok: false, message: '不是 PNG、JPEG、GIF 或 WebP 图片' } : { ok: true, picture: { bytes: Buffer.from(bytes), mediaType } }
}
