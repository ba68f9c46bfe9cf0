import { createHash } from 'node:crypto'
import { sealBytes, unsealBytes } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { FileStore, StoredFile } from '../../platform/files.ts'
import { PAPER_TYPES } from '../papers/sniff-paper.ts'
import { findFileKey } from './document-store.ts'
import type { AnswerDocument, DocumentRef, DocumentRole, DocumentType } from './document-store.ts'

const MB = 1024 * 1024
export const MOST_BYTES = 20 * MB
// 一页页重画的比原件大
const MOST_STORED = 101 * MB

export const DOCUMENT_TYPES: Readonly<Record<DocumentType, { label: string; mime: string; suffix: string }>> = {
  pdf: { label: 'PDF', mime: PAPER_TYPES.pdf.mime, suffix: 'pdf' },
  docx: { label: 'DOCX', mime: PAPER_TYPES.docx.mime, suffix: 'docx' },
  xlsx: { label: 'XLSX', mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', suffix: 'xlsx' },
  png: { label: '图片（PNG）', mime: PAPER_TYPES.png.mime, suffix: 'png' },
  jpeg: { label: '图片（JPEG）', mime: PAPER_TYPES.jpeg.mime, suffix: 'jpg' },
  letter: { label: '本系统的文书', mime: PAPER_TYPES.pdf.mime, suffix: 'pdf' },
}

export const sm3 = (bytes: Uint8Array): string => createHash('sm3').update(bytes).digest('hex')

const placeOf = ({ bodyId, documentId }: Pick<DocumentRef, 'bodyId' | 'documentId'>, role: DocumentRole): string => `application-document-file/${bodyId}/${documentId}/${role}`

/** 加密存下一份；密文绑定这份文件，别处打不开。 */
export const keepFile = (files: FileStore, keys: FieldKeys, ref: DocumentRef, role: DocumentRole, bytes: Uint8Array): Promise<StoredFile> =>
  files.put(sealBytes(keys, bytes, placeOf(ref, role)), { maxBytes: MOST_STORED })

/** 取出原件或遮盖件；与所记摘要不符抛 `Error`。 */
export async function openFile(tx: Tx, { files }: Pick<Deps, 'files'>, keys: FieldKeys, ref: DocumentRef, role: DocumentRole, hash: string): Promise<Buffer> {
  const bytes = unsealBytes(keys, await files.get(await findFileKey(tx, { ...ref, role })), placeOf(ref, role))
  if (sm3(bytes) !== hash) throw new Error(`答复所附的文件 ${ref.documentId} 与所记的摘要不符`)
  return bytes
}

/** 提供给申请人的是哪一份：全文提供的是原件，遮盖的是遮盖件；还没有的为 null。 */
export function answerFile({ whole, hash, type, result }: AnswerDocument): { role: DocumentRole; hash: string; type: DocumentType } | null {
  if (whole) return { role: 'original', hash, type }
  return result === null ? null : { role: 'result', hash: result.hash, type: result.type }
}

/** 中立的名称：不写原来的文件名，免得名称里带出不该公开的。 */
export const answerTitle = (position: number): string => `答复附件${position}`
