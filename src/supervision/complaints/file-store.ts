import './tables.ts'
import { sniffPaper } from '../../applications/index.ts'
import { seal, sealBytes, unseal, unsealBytes } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import type { Elsewhere } from './complaint.ts'

const MB = 1024 * 1024
/** 一次至多交几份、一件合计几份，一份多大，一次合计多大 */
export const FILE_LIMITS = { once: 5, all: 30, bytes: 10 * MB, together: 20 * MB } as const
export const UPLOAD = { maxBytes: FILE_LIMITS.together + MB, maxFiles: 10, maxFields: 40 }
export const ACCEPT = '.pdf,.docx,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png'

export const FILE_TYPES = {
  pdf: { label: 'PDF', mime: 'application/pdf' },
  jpeg: { label: '图片（JPEG）', mime: 'image/jpeg' },
  png: { label: '图片（PNG）', mime: 'image/png' },
  docx: { label: 'DOCX', mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
} as const
export type FileType = keyof typeof FILE_TYPES

export interface NewFile {
  fileId: string
  name: string
  type: FileType
  bytes: Uint8Array
}

/** 一份文件的记载；`addedBy` 为附上的账号，反映人交来的为 null。 */
export interface FileEntry {
  fileId: string
  name: string
  type: FileType
  size: number
  addedBy: string | null
}

/**
 * 看内容认出各份的种类；不合的说明缘故，合的在 `files` 里，收不收由调用者定。
 * @param most 还可以收几份
 */
export async function readFiles(given: readonly { name: string; bytes: Uint8Array }[], most: number): Promise<{ files: NewFile[]; wrong: string | null }> {
  const files: NewFile[] = []
  let wrong: string | null = null
  for (const { name, bytes } of given) {
    const type = bytes.byteLength > 0 && bytes.byteLength <= FILE_LIMITS.bytes && files.length < most ? await sniffPaper(bytes) : null
    if (type !== null) files.push({ fileId: newId(), name: name.slice(0, 200) || '未命名', type, bytes })
    else wrong ??= whyNot(name, bytes, files.length >= most, most)
  }
  return { files, wrong }
}

const whyNot = (name: string, bytes: Uint8Array, full: boolean, most: number): string =>
  full ? `至多再收 ${most} 份，请减少几份` : `「${name.slice(0, 60)}」${bytes.byteLength === 0 ? '是空的' : bytes.byteLength > FILE_LIMITS.bytes ? '超过 10 MB，请压缩或者拍小一些' : '不是可以打开的 PDF、DOCX、JPEG 或 PNG'}`

const placeOf = ({ bodyId, complaintId }: Elsewhere, fileId: string, column: 'name' | 'content'): string => `complaint-file/${bodyId}/${complaintId}/${fileId}/${column}`

export async function insertFiles(tx: Tx, keys: FieldKeys, ref: Elsewhere, files: readonly NewFile[], { addedBy, at }: { addedBy: string | null; at: Date }): Promise<void> {
  for (const { fileId, name, type, bytes } of files) {
    const row = { body_id: ref.bodyId, complaint_id: ref.complaintId, file_id: fileId, type, size: bytes.byteLength, name_sealed: seal(keys, name, placeOf(ref, fileId, 'name')), content_sealed: sealBytes(keys, bytes, placeOf(ref, fileId, 'content')), added_by: addedBy, added_at: at }
    await tx.insertInto('complaint_file').values(row).execute()
  }
}

export async function listFiles(tx: Tx, keys: FieldKeys, ref: Elsewhere): Promise<FileEntry[]> {
  const rows = await tx.selectFrom('complaint_file').select(['file_id', 'type', 'size', 'name_sealed', 'added_by']).where('body_id', '=', ref.bodyId).where('complaint_id', '=', ref.complaintId).orderBy('file_id').limit(FILE_LIMITS.all).execute()
  return rows.map((row) => ({ fileId: row.file_id, name: unseal(keys, row.name_sealed, placeOf(ref, row.file_id, 'name')), type: row.type, size: row.size, addedBy: row.added_by }))
}

/** 一份的内容；没有抛 `NotFound`，密文被动过抛 `SealBroken`。 */
export async function getFile(tx: Tx, keys: FieldKeys, ref: Elsewhere, fileId: string): Promise<NewFile> {
  const row = await tx.selectFrom('complaint_file').selectAll().where('body_id', '=', ref.bodyId).where('complaint_id', '=', ref.complaintId).where('file_id', '=', fileId).executeTakeFirst()
  if (row === undefined) throw new NotFound('这份文件')
  return { fileId, type: row.type, name: unseal(keys, row.name_sealed, placeOf(ref, fileId, 'name')), bytes: unsealBytes(keys, row.content_sealed, placeOf(ref, fileId, 'content')) }
}
