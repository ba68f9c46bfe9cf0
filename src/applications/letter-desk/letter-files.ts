import '../tables.ts'
import { createHash } from 'node:crypto'
import { toDocx, toPdf } from '../../documents/index.ts'
import type { Document } from '../../documents/index.ts'
import { sealBytes, unsealBytes } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import type { FileStore } from '../../platform/files.ts'
import { toLetterDocument } from '../letters/letter-document.ts'
import type { IssuedModel } from './letter-store.ts'

export const LETTER_FORMATS = {
  pdf: { type: 'application/pdf', label: 'PDF' },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', label: 'DOCX' },
} as const
export type LetterFormat = keyof typeof LETTER_FORMATS
export const isLetterFormat = (text: string): text is LetterFormat => Object.hasOwn(LETTER_FORMATS, text)
export const LETTER_FORMAT_NAMES = Object.keys(LETTER_FORMATS).filter(isLetterFormat)

const MAX_BYTES = 20 * 1024 * 1024
const sm3 = (bytes: Uint8Array): string => createHash('sm3').update(bytes).digest('hex')

export const issuedDocument = ({ letter, body, demo }: IssuedModel): Document => toLetterDocument(letter, body, demo)

/** 草稿：题名与首行都标明，免得当作已发出的送出去。 */
export function draftDocument(model: IssuedModel): Document {
  const document = toLetterDocument(model.letter, model.body, model.demo)
  const note = '草稿：未编文号，不得送出'
  return { ...document, title: `${document.title}（草稿）`, blocks: [{ kind: 'paragraph', spans: [{ text: note, strong: true }], indent: false, align: 'center' }, ...document.blocks] }
}

/** 写成文件；缺字抛 `MissingGlyphs`。 */
export const writeLetterFile = (document: Document, format: LetterFormat): Promise<Uint8Array> => (format === 'pdf' ? toPdf(document) : toDocx(document))

interface FileRef {
  bodyId: string
  letterId: string
  format: LetterFormat
}
const placeOf = ({ bodyId, letterId, format }: FileRef): string => `application-letter-file/${bodyId}/${letterId}/${format}`

/** 发出的文件加密存下：文书里有申请人的姓名。 */
export async function storeLetterFile(tx: Tx, deps: Pick<Deps, 'files'>, keys: FieldKeys, ref: FileRef, bytes: Uint8Array): Promise<void> {
  const { key } = await deps.files.put(sealBytes(keys, bytes, placeOf(ref)), { maxBytes: MAX_BYTES })
  await tx
    .insertInto('application_letter_file')
    .values({ body_id: ref.bodyId, letter_id: ref.letterId, format: ref.format, file_key: key, size: bytes.length, hash: sm3(bytes) })
    .execute()
}

/** 发出的一份文件；没有抛 `NotFound`，被动过抛 `SealBroken`，与所记摘要不符抛 `Error`。 */
export async function openLetterFile(tx: Tx, files: Pick<FileStore, 'get'>, keys: FieldKeys, ref: FileRef): Promise<Buffer> {
  const row = await tx.selectFrom('application_letter_file').select(['file_key', 'hash']).where('body_id', '=', ref.bodyId).where('letter_id', '=', ref.letterId).where('format', '=', ref.format).executeTakeFirst()
  if (row === undefined) throw new NotFound('发出的文件')
  const bytes = unsealBytes(keys, await files.get(row.file_key), placeOf(ref))
  if (sm3(bytes) !== row.hash) throw new Error(`文书 ${ref.letterId} 的文件与所记的摘要不符`)
  return bytes
}
