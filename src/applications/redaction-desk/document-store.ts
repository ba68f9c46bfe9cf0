import './tables.ts'
import type { Selectable } from 'kysely'
import { sealBytes, seal, unseal, unsealBytes } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tables, Tx } from '../../platform/db.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import type { SourceType } from '../../redaction/index.ts'
import type { DeskMark, Part } from './marks.ts'

export interface DocumentRef {
  bodyId: string
  caseId: string
  documentId: string
}
export type DocumentRole = 'original' | 'result'
export type DocumentType = SourceType | 'letter'

/** 一份答复所附的文件。 */
export interface AnswerDocument {
  documentId: string
  caseId: string
  type: DocumentType
  shape: 'pages' | 'blocks'
  /** 上传时的文件名；不写进提供给申请人的文件 */
  name: string
  hash: string
  parts: number
  hidden: readonly string[]
  status: 'open' | 'producing' | 'refused' | 'failed' | 'ready' | 'confirmed'
  whole: boolean
  marks: readonly DeskMark[]
  editedBy: readonly string[]
  stage: 'waiting' | 'redacting' | 'verifying'
  message: string | null
  findings: readonly string[]
  result: { type: SourceType; hash: string; parts: number } | null
  confirmed: { by: string; at: Date; hash: string } | null
  addedAt: Date
  version: number
}

type Row = Selectable<Tables['application_document']>

const placeOf = (bodyId: string, documentId: string, column: string): string => `application-document/${bodyId}/${documentId}/${column}`
const sealJson = (keys: FieldKeys, value: unknown, place: string): Buffer => sealBytes(keys, Buffer.from(JSON.stringify(value)), place)
// 由本系统写入、带校验的密文，其形可信
const unsealJson = <T>(keys: FieldKeys, sealed: Buffer, place: string): T => JSON.parse(unsealBytes(keys, sealed, place).toString('utf8')) as T

function toDocument(row: Row, keys: FieldKeys): AnswerDocument {
  const { body_id: bodyId, document_id: documentId, result_type, result_hash, result_parts, confirmed_by, confirmed_at, confirmed_hash } = row
  return {
    documentId,
    caseId: row.case_id,
    type: row.type,
    shape: row.shape,
    name: unseal(keys, row.name_sealed, placeOf(bodyId, documentId, 'name')),
    hash: row.hash,
    parts: row.parts,
    hidden: row.hidden,
    status: row.status,
    whole: row.whole,
    marks: unsealJson<DeskMark[]>(keys, row.marks_sealed, placeOf(bodyId, documentId, 'marks')),
    editedBy: row.edited_by,
    stage: row.stage,
    message: row.message,
    findings: row.findings_sealed === null ? [] : unsealJson<string[]>(keys, row.findings_sealed, placeOf(bodyId, documentId, 'findings')),
    result: result_type === null || result_hash === null || result_parts === null ? null : { type: result_type, hash: result_hash, parts: result_parts },
    confirmed: confirmed_by === null || confirmed_at === null || confirmed_hash === null ? null : { by: confirmed_by, at: confirmed_at, hash: confirmed_hash },
    addedAt: row.added_at,
    version: row.version,
  }
}

export const MOST_DOCUMENTS = 50

/** 存下新加的一份与其各处；内容已另存于文件库，`fileKey` 为其键。 */
export async function insertDocument(
  tx: Tx,
  keys: FieldKeys,
  { bodyId, caseId, documentId }: DocumentRef,
  input: { type: DocumentType; shape: 'pages' | 'blocks'; name: string; hash: string; parts: readonly Part[]; hidden: readonly string[]; fileKey: string; size: number; by: string; at: Date },
): Promise<void> {
  const row = {
    body_id: bodyId, document_id: documentId, case_id: caseId, type: input.type, shape: input.shape, hash: input.hash, parts: input.parts.length, hidden: [...input.hidden],
    name_sealed: seal(keys, input.name, placeOf(bodyId, documentId, 'name')),
    marks_sealed: sealJson(keys, [], placeOf(bodyId, documentId, 'marks')),
    edited_by: [input.by], added_at: input.at,
  }
  await tx.insertInto('application_document').values({ ...row, ...BLANK }).execute()
  await insertFile(tx, { bodyId, documentId, role: 'original' }, input)
  await insertParts(tx, keys, { bodyId, documentId, role: 'original' }, input.parts)
}

const BLANK = {
  status: 'open', whole: false, mark_count: 0, stage: 'waiting', attempt: 0, message: null, findings_sealed: null, result_type: null, result_hash: null, result_parts: null,
  confirmed_by: null, confirmed_at: null, confirmed_hash: null, version: 1,
} as const

interface FileRef {
  bodyId: string
  documentId: string
  role: DocumentRole
}

export const insertFile = async (tx: Tx, { bodyId, documentId, role }: FileRef, { fileKey, size }: { fileKey: string; size: number }): Promise<void> => {
  await tx.insertInto('application_document_file').values({ body_id: bodyId, document_id: documentId, role, file_key: fileKey, size }).execute()
}

const BATCH = 50

export async function insertParts(tx: Tx, keys: FieldKeys, { bodyId, documentId, role }: FileRef, parts: readonly Part[]): Promise<void> {
  const rows = parts.map((part, i) => ({ body_id: bodyId, document_id: documentId, role, part: i + 1, content_sealed: sealJson(keys, part, placeOf(bodyId, documentId, `${role}/${i + 1}`)) }))
  for (let i = 0; i < rows.length; i += BATCH) await tx.insertInto('application_document_part').values(rows.slice(i, i + BATCH)).execute()
}

const rowsOf = (tx: Tx, { bodyId, caseId, documentId }: DocumentRef) =>
  tx.selectFrom('application_document').selectAll().where('body_id', '=', bodyId).where('case_id', '=', caseId).where('document_id', '=', documentId)

/** 一件申请的一份文件；没有抛 `NotFound`。 */
export async function getDocument(tx: Tx, keys: FieldKeys, ref: DocumentRef): Promise<AnswerDocument> {
  const row = await rowsOf(tx, ref).executeTakeFirst()
  if (row === undefined) throw new NotFound('这份文件')
  return toDocument(row, keys)
}

/** 锁住所见的那一版再办；已被别人改过的抛 `Conflict`。 */
export async function lockDocument(tx: Tx, keys: FieldKeys, ref: DocumentRef, seen: number): Promise<AnswerDocument> {
  const row = await rowsOf(tx, ref).forUpdate().executeTakeFirst()
  if (row === undefined) throw new NotFound('这份文件')
  if (row.version !== seen) throw new Conflict(seen, row.version)
  return toDocument(row, keys)
}

/** 一件申请的各份文件，先加的在先；至多 50 份。 */
export async function listDocuments(tx: Tx, keys: FieldKeys, bodyId: string, caseId: string): Promise<AnswerDocument[]> {
  const rows = await tx.selectFrom('application_document').selectAll().where('body_id', '=', bodyId).where('case_id', '=', caseId).orderBy('document_id').limit(MOST_DOCUMENTS).execute()
  return rows.map((row) => toDocument(row, keys))
}

/** 第几份附件：同一件申请里先加的在先。 */
export async function positionOf(tx: Tx, { bodyId, caseId, documentId }: DocumentRef): Promise<number> {
  const { count } = await tx.selectFrom('application_document').select((eb) => eb.fn.countAll<number>().as('count')).where('body_id', '=', bodyId).where('case_id', '=', caseId).where('document_id', '<=', documentId).executeTakeFirstOrThrow()
  return count
}

/** 一份文件的一处；没有抛 `NotFound`。 */
export async function getPart(tx: Tx, keys: FieldKeys, { bodyId, documentId }: DocumentRef, role: DocumentRole, part: number): Promise<Part> {
  const row = await tx.selectFrom('application_document_part').select('content_sealed').where('body_id', '=', bodyId).where('document_id', '=', documentId).where('role', '=', role).where('part', '=', part).executeTakeFirst()
  if (row === undefined) throw new NotFound('这一处')
  return unsealJson<Part>(keys, row.content_sealed, placeOf(bodyId, documentId, `${role}/${part}`))
}

const AT_ONCE = 20

/** 一份文件的各处，依次给出；每次只取二十处，不一并占着内存。 */
export async function* eachPart(tx: Tx, keys: FieldKeys, { bodyId, documentId }: DocumentRef, role: DocumentRole): AsyncIterable<{ part: number; content: Part }> {
  for (let after = 0; ; ) {
    const rows = await tx.selectFrom('application_document_part').select(['part', 'content_sealed']).where('body_id', '=', bodyId).where('document_id', '=', documentId).where('role', '=', role).where('part', '>', after).orderBy('part').limit(AT_ONCE).execute()
    for (const { part, content_sealed } of rows) yield { part, content: unsealJson<Part>(keys, content_sealed, placeOf(bodyId, documentId, `${role}/${part}`)) }
    if (rows.length < AT_ONCE) return
    after = rows.at(-1)?.part ?? after
  }
}

export async function findFileKey(tx: Tx, { bodyId, documentId, role }: FileRef): Promise<string> {
  const row = await tx.selectFrom('application_document_file').select('file_key').where('body_id', '=', bodyId).where('document_id', '=', documentId).where('role', '=', role).executeTakeFirst()
  if (row === undefined) throw new NotFound('这份文件')
  return row.file_key
}

const updateOf = (tx: Tx, { bodyId, documentId }: Pick<DocumentRef, 'bodyId' | 'documentId'>) =>
  tx.updateTable('application_document').where('body_id', '=', bodyId).where('document_id', '=', documentId)

const VOID = { message: null, findings_sealed: null, result_type: null, result_hash: null, result_parts: null, confirmed_by: null, confirmed_at: null, confirmed_hash: null } as const

async function dropResult(tx: Tx, { bodyId, documentId }: DocumentRef): Promise<void> {
  await tx.deleteFrom('application_document_part').where('body_id', '=', bodyId).where('document_id', '=', documentId).where('role', '=', 'result').execute()
  await tx.deleteFrom('application_document_file').where('body_id', '=', bodyId).where('document_id', '=', documentId).where('role', '=', 'result').execute()
}

/** 遮盖之处改过：生成的、核对的一概作废，从头来。 */
export async function saveMarks(tx: Tx, keys: FieldKeys, ref: DocumentRef, { marks, editedBy, version }: { marks: readonly DeskMark[]; editedBy: readonly string[]; version: number }): Promise<void> {
  await dropResult(tx, ref)
  const marks_sealed = sealJson(keys, marks, placeOf(ref.bodyId, ref.documentId, 'marks'))
  await updateOf(tx, ref).set({ ...VOID, status: 'open', whole: false, marks_sealed, mark_count: marks.length, edited_by: [...editedBy], version }).execute()
}

/** 全文提供：照原件，待人核对。 */
export async function saveWhole(tx: Tx, ref: DocumentRef, { editedBy, version }: { editedBy: readonly string[]; version: number }): Promise<void> {
  await dropResult(tx, ref)
  await updateOf(tx, ref).set({ ...VOID, status: 'ready', whole: true, edited_by: [...editedBy], version }).execute()
}

export async function saveProducing(tx: Tx, ref: DocumentRef, { editedBy, version }: { editedBy: readonly string[]; version: number }): Promise<void> {
  await dropResult(tx, ref)
  await updateOf(tx, ref).set({ ...VOID, status: 'producing', whole: false, stage: 'waiting', attempt: 0, edited_by: [...editedBy], version }).execute()
}

export async function saveConfirmed(tx: Tx, ref: DocumentRef, { by, at, hash, version }: { by: string; at: Date; hash: string; version: number }): Promise<void> {
  await updateOf(tx, ref).set({ status: 'confirmed', confirmed_by: by, confirmed_at: at, confirmed_hash: hash, version }).execute()
}

export async function deleteDocument(tx: Tx, { bodyId, documentId }: DocumentRef): Promise<void> {
  await tx.deleteFrom('application_document').where('body_id', '=', bodyId).where('document_id', '=', documentId).execute()
}

/** 任务来办：次数加一；已不在生成、或者遮盖之处又改过的为 null。 */
export async function claimProduction(tx: Tx, keys: FieldKeys, { version, ...ref }: DocumentRef & { version: number }): Promise<{ document: AnswerDocument; attempt: number } | null> {
  const row = await updateOf(tx, ref).where('status', '=', 'producing').where('version', '=', version).set((eb) => ({ attempt: eb('attempt', '+', 1), stage: 'redacting' })).returningAll().executeTakeFirst()
  return row === undefined ? null : { document: toDocument(row, keys), attempt: row.attempt }
}

const claimed = (tx: Tx, ref: DocumentRef, { version, attempt }: Claim) => updateOf(tx, ref).where('status', '=', 'producing').where('version', '=', version).where('attempt', '=', attempt)

/** 哪一次任务：被后一次接手、或者改过的，写不下结果。 */
export interface Claim {
  version: number
  attempt: number
}

export async function saveStage(tx: Tx, ref: DocumentRef, claim: Claim, stage: 'verifying'): Promise<void> {
  await claimed(tx, ref, claim).set({ stage }).execute()
}

/** 没有生成：复核发现了什么，或者为何办不成。 */
export async function saveNotProduced(tx: Tx, keys: FieldKeys, ref: DocumentRef, claim: Claim, why: { status: 'refused'; findings: readonly string[] } | { status: 'failed'; message: string }): Promise<void> {
  const set = why.status === 'refused' ? { findings_sealed: sealJson(keys, why.findings, placeOf(ref.bodyId, ref.documentId, 'findings')) } : { message: why.message.slice(0, 500) }
  await claimed(tx, ref, claim).set({ status: why.status, ...set }).execute()
}

/** 生成了；返回是否写下（改过的写不下，其事务须退回）。 */
export async function saveProduced(tx: Tx, ref: DocumentRef, claim: Claim, result: { type: SourceType; hash: string; parts: number }): Promise<boolean> {
  const { numUpdatedRows } = await claimed(tx, ref, claim).set({ status: 'ready', result_type: result.type, result_hash: result.hash, result_parts: result.parts }).executeTakeFirst()
  return numUpdatedRows === 1n
}
