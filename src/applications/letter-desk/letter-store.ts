import '../tables.ts'
import type { Selectable } from 'kysely'
import { sealBytes, unsealBytes } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tables, Tx } from '../../platform/db.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { ComposedLetter } from '../letters/letter-input.ts'
import { isLetterId } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'

/** 经办人所填：主送（申请人的不填）、各项，与手改过的正文。 */
export interface LetterContent {
  recipient: string
  fields: Readonly<Record<string, string>>
  edited: EditedParagraphs | null
  /** 给哪一次征求意见的对方；没有选的不写 */
  consultation?: string
}

/** 手改的正文，与手改时系统拟成的各段：两者之后不再相符的，须对照重改。 */
export interface EditedParagraphs {
  paragraphs: readonly string[]
  from: readonly string[]
}

/** 发出的文书：连同落款的机关，此后不变。 */
export interface IssuedModel {
  letter: ComposedLetter
  body: { name: string; codeWord: string }
  demo: boolean
}

export type LetterStatus = Tables['application_letter']['status']

export interface Letter {
  letterId: string
  caseId: string
  type: LetterId
  status: LetterStatus
  content: LetterContent
  draftedBy: readonly string[]
  draftedAt: Date
  signed: { by: string; for: PlainDate; hash: string } | null
  docNo: string | null
  issued: { model: IssuedModel; hash: string; by: string; on: PlainDate } | null
  /** 所告知的一步在时间线里的版本；还没有记的为 null */
  stepVersion: number | null
  version: number
}

type Row = Selectable<Tables['application_letter']>

const placeOf = (bodyId: string, letterId: string, column: 'content' | 'model'): string => `application-letter/${bodyId}/${letterId}/${column}`
const sealJson = (keys: FieldKeys, value: unknown, place: string): Buffer => sealBytes(keys, Buffer.from(JSON.stringify(value)), place)
// 由本系统写入、带校验的密文，其形可信
const unsealJson = <T>(keys: FieldKeys, sealed: Buffer, place: string): T => JSON.parse(unsealBytes(keys, sealed, place).toString('utf8')) as T

export const typeOf = (text: string): LetterId => {
  if (!isLetterId(text)) throw new Error(`没有文书 ${text}`)
  return text
}

function toLetter(row: Row, keys: FieldKeys): Letter {
  const { body_id: bodyId, letter_id: letterId } = row
  const { signed_by, signed_for, signed_hash, model_sealed, content_hash, issued_by, issued_on } = row
  return {
    letterId,
    caseId: row.case_id,
    type: typeOf(row.type),
    status: row.status,
    content: unsealJson<LetterContent>(keys, row.content_sealed, placeOf(bodyId, letterId, 'content')),
    draftedBy: row.drafted_by,
    draftedAt: row.drafted_at,
    signed: signed_by === null || signed_for === null || signed_hash === null ? null : { by: signed_by, for: signed_for, hash: signed_hash },
    docNo: row.doc_no,
    issued:
      model_sealed === null || content_hash === null || issued_by === null || issued_on === null
        ? null
        : { model: unsealJson<IssuedModel>(keys, model_sealed, placeOf(bodyId, letterId, 'model')), hash: content_hash, by: issued_by, on: issued_on },
    stepVersion: row.step_version,
    version: row.version,
  }
}

/** 存下新起草的一件。 */
export async function insertLetter(tx: Tx, keys: FieldKeys, bodyId: string, letter: { letterId: string; caseId: string; type: LetterId; content: LetterContent; by: string; at: Date }): Promise<void> {
  const { letterId, caseId, type, content, by, at } = letter
  await tx
    .insertInto('application_letter')
    .values({
      body_id: bodyId, letter_id: letterId, case_id: caseId, type, status: 'draft', drafted_by: [by], drafted_at: at, version: 1,
      content_sealed: sealJson(keys, content, placeOf(bodyId, letterId, 'content')),
      signed_by: null, signed_for: null, signed_hash: null, doc_no: null, model_sealed: null, content_hash: null, issued_by: null, issued_on: null, step_version: null,
    })
    .execute()
}

/** 一件申请的一件文书；没有抛 `NotFound`。 */
export async function getLetter(tx: Tx, keys: FieldKeys, bodyId: string, caseId: string, letterId: string): Promise<Letter> {
  const row = await tx.selectFrom('application_letter').selectAll().where('body_id', '=', bodyId).where('case_id', '=', caseId).where('letter_id', '=', letterId).executeTakeFirst()
  if (row === undefined) throw new NotFound('这件文书')
  return toLetter(row, keys)
}

/** 锁住所见的那一版再办；已被别人改过的抛 `Conflict`。 */
export async function lockLetter(tx: Tx, keys: FieldKeys, { bodyId, caseId, letterId, seen }: LetterRef & { seen: number }): Promise<Letter> {
  const row = await tx.selectFrom('application_letter').selectAll().where('body_id', '=', bodyId).where('case_id', '=', caseId).where('letter_id', '=', letterId).forUpdate().executeTakeFirst()
  if (row === undefined) throw new NotFound('这件文书')
  if (row.version !== seen) throw new Conflict(seen, row.version)
  return toLetter(row, keys)
}

export interface LetterRef {
  bodyId: string
  caseId: string
  letterId: string
}

const rowOf = (tx: Tx, { bodyId, letterId }: Pick<LetterRef, 'bodyId' | 'letterId'>) => tx.updateTable('application_letter').where('body_id', '=', bodyId).where('letter_id', '=', letterId).where('status', '<>', 'issued')

/** 改过的须重新签批；退回的改了仍是退回的，另行送签。 */
export async function saveContent(
  tx: Tx,
  keys: FieldKeys,
  ref: LetterRef,
  { content, draftedBy, status, version }: { content: LetterContent; draftedBy: readonly string[]; status: 'draft' | 'returned'; version: number },
): Promise<void> {
  const content_sealed = sealJson(keys, content, placeOf(ref.bodyId, ref.letterId, 'content'))
  await rowOf(tx, ref).set({ status, content_sealed, drafted_by: [...draftedBy], signed_by: null, signed_for: null, signed_hash: null, version }).execute()
}

export async function saveSigned(tx: Tx, ref: LetterRef, { by, for: day, hash, version }: { by: string; for: PlainDate; hash: string; version: number }): Promise<void> {
  await rowOf(tx, ref).set({ status: 'signed', signed_by: by, signed_for: day, signed_hash: hash, version }).execute()
}

/** 退回起草人，或改后再送；签批一并作废。 */
export async function saveStatus(tx: Tx, ref: LetterRef, { status, version }: { status: 'draft' | 'returned'; version: number }): Promise<void> {
  await rowOf(tx, ref).set({ status, signed_by: null, signed_for: null, signed_hash: null, version }).execute()
}

export async function saveIssued(
  tx: Tx,
  keys: FieldKeys,
  ref: LetterRef,
  issued: { docNo: string | null; model: IssuedModel; hash: string; by: string; on: PlainDate; stepVersion: number | null; version: number },
): Promise<void> {
  const { docNo, model, hash, by, on, stepVersion, version } = issued
  await rowOf(tx, ref)
    .set({ status: 'issued', doc_no: docNo, model_sealed: sealJson(keys, model, placeOf(ref.bodyId, ref.letterId, 'model')), content_hash: hash, issued_by: by, issued_on: on, step_version: stepVersion, version })
    .execute()
}

/** 发出的一件所告知的那一步，已在案件里记下。 */
export async function saveStepVersion(tx: Tx, { bodyId, letterId }: Pick<LetterRef, 'bodyId' | 'letterId'>, stepVersion: number): Promise<void> {
  await tx.updateTable('application_letter').where('body_id', '=', bodyId).where('letter_id', '=', letterId).where('status', '=', 'issued').set({ step_version: stepVersion }).execute()
}

/** 删去没有发出的一件，连同往返的意见。 */
export async function deleteLetter(tx: Tx, { bodyId, letterId }: LetterRef): Promise<void> {
  await tx.deleteFrom('application_letter_remark').where('body_id', '=', bodyId).where('letter_id', '=', letterId).execute()
  await tx.deleteFrom('application_letter').where('body_id', '=', bodyId).where('letter_id', '=', letterId).where('status', '<>', 'issued').execute()
}

export interface LetterEntry {
  letterId: string
  type: LetterId
  status: LetterStatus
  docNo: string | null
  draftedAt: Date
  issuedOn: PlainDate | null
  stepVersion: number | null
  /** 已去标识化：内容只在档案包里 */
  stripped: boolean
}

export const MOST_LETTERS = 200

/** 一件申请的各件文书，先起草的在先；至多 200 件。 */
export async function listLetters(tx: Tx, bodyId: string, caseId: string): Promise<LetterEntry[]> {
  const rows = await tx
    .selectFrom('application_letter')
    .select(['letter_id', 'type', 'status', 'doc_no', 'drafted_at', 'issued_on', 'step_version', 'stripped'])
    .where('body_id', '=', bodyId)
    .where('case_id', '=', caseId)
    .orderBy('letter_id')
    .limit(MOST_LETTERS)
    .execute()
  return rows.map((row) => ({ letterId: row.letter_id, type: typeOf(row.type), status: row.status, docNo: row.doc_no, draftedAt: row.drafted_at, issuedOn: row.issued_on, stepVersion: row.step_version, stripped: row.stripped }))
}

const NO_CONTENT: LetterContent = { recipient: '', fields: {}, edited: null }

/**
 * 去标识化：发出的各件只留文号、日期、摘要，没有发出的与往返的意见删去；须已核对都在档案包里。返回可以删去的文件的键。
 */
export async function stripLetters(tx: Tx, keys: FieldKeys, bodyId: string, caseId: string): Promise<string[]> {
  const letters = await tx.selectFrom('application_letter').select(['letter_id', 'status']).where('body_id', '=', bodyId).where('case_id', '=', caseId).execute()
  const fileKeys: string[] = []
  for (const { letter_id: letterId, status } of letters) {
    await tx.deleteFrom('application_letter_remark').where('body_id', '=', bodyId).where('letter_id', '=', letterId).execute()
    if (status !== 'issued') {
      await tx.deleteFrom('application_letter').where('body_id', '=', bodyId).where('letter_id', '=', letterId).execute()
      continue
    }
    const files = await tx.deleteFrom('application_letter_file').where('body_id', '=', bodyId).where('letter_id', '=', letterId).returning('file_key').execute()
    fileKeys.push(...files.map((file) => file.file_key))
    const content_sealed = sealJson(keys, NO_CONTENT, placeOf(bodyId, letterId, 'content'))
    await tx.updateTable('application_letter').set((eb) => ({ stripped: true, model_sealed: null, content_sealed, version: eb('version', '+', 1) })).where('body_id', '=', bodyId).where('letter_id', '=', letterId).execute()
  }
  return fileKeys
}
