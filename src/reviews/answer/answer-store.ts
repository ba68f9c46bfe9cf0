import '../tables.ts'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Document } from '../../documents/index.ts'
import { canonicalJson } from '../../platform/canonical-json.ts'
import { seal, sealBytes, unseal, unsealBytes } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tables, Tx } from '../../platform/db.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

export const ANSWER_TYPES = {
  'review-answer': { title: '行政复议答复书', word: '复答', kind: 'review' },
  'suit-answer': { title: '行政诉讼答辩状', word: '诉答', kind: 'litigation' },
  'opinion-report': { title: '行政复议意见书落实情况报告', word: '复馈', kind: 'review' },
  'suggestion-reply': { title: '司法建议书复函', word: '诉馈', kind: 'litigation' },
} as const
export type AnswerType = keyof typeof ANSWER_TYPES
export type AnswerWord = (typeof ANSWER_TYPES)[AnswerType]['word']
export const answerTypeOf = (kind: 'review' | 'litigation'): AnswerType => (kind === 'review' ? 'review-answer' : 'suit-answer')

/** 落实情况报告、复函：答的是意见书、建议书，不是答复、答辩。 */
export const isReport = (type: AnswerType): type is 'opinion-report' | 'suggestion-reply' => type === 'opinion-report' || type === 'suggestion-reply'

export const ANSWER_STATUSES = { draft: '起草中', submitted: '待签发', returned: '退回修改', issued: '已签发' } as const
export type AnswerStatus = keyof typeof ANSWER_STATUSES

/** 起草的内容：主送与各段。 */
export interface AnswerContent {
  recipient: string
  paragraphs: readonly string[]
}

export interface Answer {
  letterId: string
  caseId: string
  type: AnswerType
  status: AnswerStatus
  content: AnswerContent
  /** 退回的意见 */
  remark: string | null
  draftedBy: readonly string[]
  /** 报告、复函所答的意见书、建议书 */
  dutyId: string | null
  docNo: string | null
  issued: { model: Document; hash: string; by: string; on: PlainDate } | null
  sentOn: PlainDate | null
  version: number
}

export interface AnswerRef {
  bodyId: string
  caseId: string
  letterId: string
}

const placeOf = (bodyId: string, letterId: string, column: 'content' | 'model' | 'remark'): string => `dispute-letter/${bodyId}/${letterId}/${column}`
const sealJson = (keys: FieldKeys, value: unknown, place: string): Buffer => sealBytes(keys, Buffer.from(JSON.stringify(value)), place)
// 由本系统写入、带校验的密文，其形可信
const unsealJson = <T>(keys: FieldKeys, sealed: Buffer, place: string): T => JSON.parse(unsealBytes(keys, sealed, place).toString('utf8')) as T

/** 签发的文书的 SM3 摘要。 */
export const answerHash = (model: Document): string => createHash('sm3').update(canonicalJson(model)).digest('hex')

function toAnswer(row: Selectable<Tables['dispute_letter']>, keys: FieldKeys): Answer {
  const { body_id: bodyId, letter_id: letterId, model_sealed: model, model_hash: hash, issued_by: by, issued_on: on } = row
  return {
    letterId,
    caseId: row.case_id,
    type: row.type,
    status: row.status,
    content: unsealJson<AnswerContent>(keys, row.content_sealed, placeOf(bodyId, letterId, 'content')),
    remark: row.remark_sealed === null ? null : unseal(keys, row.remark_sealed, placeOf(bodyId, letterId, 'remark')),
    draftedBy: row.drafted_by,
    dutyId: row.duty_id,
    docNo: row.doc_no,
    issued: model === null || hash === null || by === null || on === null ? null : { model: unsealJson<Document>(keys, model, placeOf(bodyId, letterId, 'model')), hash, by, on },
    sentOn: row.sent_on,
    version: row.version,
  }
}

const rowOf = (tx: Tx, { bodyId, caseId, letterId }: AnswerRef) => tx.selectFrom('dispute_letter').selectAll().where('body_id', '=', bodyId).where('letter_id', '=', letterId).where('case_id', '=', caseId)

/** 一件答复书、答辩状；没有抛 `NotFound`。 */
export async function getAnswer(tx: Tx, keys: FieldKeys, ref: AnswerRef): Promise<Answer> {
  const row = await rowOf(tx, ref).executeTakeFirst()
  if (row === undefined) throw new NotFound('这件文书')
  return toAnswer(row, keys)
}

/** 锁住所见的那一版再办；已被别人改过的抛 `Conflict`。 */
export async function lockAnswer(tx: Tx, keys: FieldKeys, { seen, ...ref }: AnswerRef & { seen: number }): Promise<Answer> {
  const row = await rowOf(tx, ref).forUpdate().executeTakeFirst()
  if (row === undefined) throw new NotFound('这件文书')
  if (row.version !== seen) throw new Conflict(seen, row.version)
  return toAnswer(row, keys)
}

export async function insertAnswer(tx: Tx, keys: FieldKeys, { bodyId, caseId, letterId }: AnswerRef, { type, content, dutyId, by, at }: { type: AnswerType; content: AnswerContent; dutyId: string | null; by: string; at: Date }): Promise<void> {
  await tx
    .insertInto('dispute_letter')
    .values({
      body_id: bodyId, letter_id: letterId, case_id: caseId, type, status: 'draft', drafted_by: [by], drafted_at: at, version: 1,
      content_sealed: sealJson(keys, content, placeOf(bodyId, letterId, 'content')),
      remark_sealed: null, duty_id: dutyId, doc_no: null, model_sealed: null, model_hash: null, issued_by: null, issued_on: null, sent_on: null,
    })
    .execute()
}

const changeOf = (tx: Tx, { bodyId, letterId }: AnswerRef) => tx.updateTable('dispute_letter').where('body_id', '=', bodyId).where('letter_id', '=', letterId).where('status', '<>', 'issued')

/** 改过的内容；退回的改了仍是退回的，另行送签。 */
export async function saveDraft(tx: Tx, keys: FieldKeys, ref: AnswerRef, { content, draftedBy, version }: { content: AnswerContent; draftedBy: readonly string[]; version: number }): Promise<void> {
  await changeOf(tx, ref).set({ content_sealed: sealJson(keys, content, placeOf(ref.bodyId, ref.letterId, 'content')), drafted_by: [...draftedBy], version: version + 1 }).execute()
}

export async function saveSubmitted(tx: Tx, ref: AnswerRef, version: number): Promise<void> {
  await changeOf(tx, ref).set({ status: 'submitted', remark_sealed: null, version: version + 1 }).execute()
}

export async function saveReturned(tx: Tx, keys: FieldKeys, ref: AnswerRef, { remark, version }: { remark: string; version: number }): Promise<void> {
  await changeOf(tx, ref).set({ status: 'returned', remark_sealed: seal(keys, remark, placeOf(ref.bodyId, ref.letterId, 'remark')), version: version + 1 }).execute()
}

export async function saveIssued(tx: Tx, keys: FieldKeys, ref: AnswerRef, issued: { model: Document; docNo: string; by: string; on: PlainDate; version: number }): Promise<void> {
  const { model, docNo, by, on, version } = issued
  await changeOf(tx, ref)
    .set({ status: 'issued', model_sealed: sealJson(keys, model, placeOf(ref.bodyId, ref.letterId, 'model')), model_hash: answerHash(model), doc_no: docNo, issued_by: by, issued_on: on, version: version + 1 })
    .execute()
}

export async function deleteAnswer(tx: Tx, { bodyId, letterId }: AnswerRef): Promise<void> {
  await tx.deleteFrom('dispute_letter').where('body_id', '=', bodyId).where('letter_id', '=', letterId).where('status', '<>', 'issued').execute()
}

/** 送出之日。 */
export async function markSent(tx: Tx, { bodyId, letterId, caseId }: AnswerRef, on: PlainDate): Promise<void> {
  await tx.updateTable('dispute_letter').set({ sent_on: on }).where('body_id', '=', bodyId).where('letter_id', '=', letterId).where('case_id', '=', caseId).where('status', '=', 'issued').where('sent_on', 'is', null).where('issued_on', '<=', on).execute()
}

export interface AnswerEntry {
  letterId: string
  type: AnswerType
  status: AnswerStatus
  dutyId: string | null
  docNo: string | null
  issuedOn: PlainDate | null
  sentOn: PlainDate | null
}

/** 一件案件的文书，先起草的在前；至多五十件。 */
export async function listAnswers(tx: Tx, bodyId: string, caseId: string): Promise<AnswerEntry[]> {
  return tx
    .selectFrom('dispute_letter')
    .select(['letter_id as letterId', 'type', 'status', 'duty_id as dutyId', 'doc_no as docNo', 'issued_on as issuedOn', 'sent_on as sentOn'])
    .where('body_id', '=', bodyId)
    .where('case_id', '=', caseId)
    .orderBy('letter_id')
    .limit(50)
    .execute()
}

/** 签发了而没有送出的。 */
export async function listUnsent(tx: Tx, bodyId: string, caseId: string): Promise<{ letterId: string; type: AnswerType; docNo: string }[]> {
  return (await listAnswers(tx, bodyId, caseId)).flatMap(({ letterId, type, docNo, sentOn }) => (docNo === null || sentOn !== null ? [] : [{ letterId, type, docNo }]))
}

/** 等着签发的，与案件现在的期限（落实报告的，那一项的期限）；至多五十件。 */
export async function listSubmitted(tx: Tx, bodyId: string): Promise<{ letterId: string; caseId: string; type: AnswerType; draftedBy: readonly string[]; dueOn: PlainDate | null }[]> {
  return tx
    .selectFrom('dispute_letter as l')
    .leftJoin('review_case as r', (on) => on.onRef('r.body_id', '=', 'l.body_id').onRef('r.review_id', '=', 'l.case_id').on('l.duty_id', 'is', null))
    .leftJoin('litigation_case as s', (on) => on.onRef('s.body_id', '=', 'l.body_id').onRef('s.litigation_id', '=', 'l.case_id').on('l.duty_id', 'is', null))
    .leftJoin('dispute_duty as d', (on) => on.onRef('d.body_id', '=', 'l.body_id').onRef('d.case_id', '=', 'l.case_id').onRef('d.duty_id', '=', 'l.duty_id'))
    .select((eb) => ['l.letter_id as letterId', 'l.case_id as caseId', 'l.type', 'l.drafted_by as draftedBy', eb.fn.coalesce('r.due_on', 's.due_on', 'd.due_on').as('dueOn')])
    .where('l.body_id', '=', bodyId)
    .where('l.status', '=', 'submitted')
    .orderBy('l.letter_id')
    .limit(50)
    .execute()
}

/** 取某类文书某年的下一个号，须在签发的同一事务里。 */
export async function nextAnswerNumber(tx: Tx, bodyId: string, word: AnswerWord, year: number): Promise<number> {
  const { last } = await tx
    .insertInto('dispute_number')
    .values({ body_id: bodyId, word, year, last: 1 })
    .onConflict((conflict) => conflict.columns(['body_id', 'word', 'year']).doUpdateSet({ last: sql`dispute_number.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}
