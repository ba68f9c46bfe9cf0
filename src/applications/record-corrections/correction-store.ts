import './tables.ts'
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import { sealBytes, unsealBytes } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tables, Tx } from '../../platform/db.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Channel } from '../../statute/receipt.ts'
import type { ApplicantKind } from '../events.ts'
import type { IssuedModel } from '../letter-desk/letter-store.ts'
import type { Correction, CorrectionResult, CorrectionStatus } from './record-correction.ts'

/** 要求更正的记录，与认为不准确的理由、证据。 */
export interface CorrectionRequest {
  record: string
  claim: string
}

/** 核实的情况与处理，即更正告知书（L28）的各项。 */
export interface CorrectionAnswer {
  result: CorrectionResult
  verified: string
  corrected: string
  competentBody: string
}

export interface RecordCorrection extends Correction {
  correctionId: string
  regNo: string
  applicantId: string
  applicantKind: ApplicantKind
  channel: Channel
  request: CorrectionRequest
  answer: CorrectionAnswer | null
  returnedReason: string | null
  decidedBy: string | null
  docNo: string | null
  letter: { model: IssuedModel; hash: string } | null
  toldOn: PlainDate | null
  withdrawnOn: PlainDate | null
  version: number
}

type Row = Selectable<Tables['record_correction']>
type Column = 'request' | 'answer' | 'letter'
const placeOf = (bodyId: string, correctionId: string, column: Column): string => `record-correction/${bodyId}/${correctionId}/${column}`

export const sealPart = (keys: FieldKeys, value: unknown, { bodyId, correctionId }: CorrectionRef, column: Column): Buffer =>
  sealBytes(keys, Buffer.from(JSON.stringify(value)), placeOf(bodyId, correctionId, column))

// 由本系统写入、带校验的密文，其形可信
const unsealPart = <T>(keys: FieldKeys, sealed: Buffer, row: Row, column: Column): T =>
  JSON.parse(unsealBytes(keys, sealed, placeOf(row.body_id, row.correction_id, column)).toString('utf8')) as T

export interface CorrectionRef {
  bodyId: string
  correctionId: string
}

function toCorrection(row: Row, keys: FieldKeys): RecordCorrection {
  const { letter_sealed: sealed, letter_hash: hash } = row
  return {
    correctionId: row.correction_id,
    regNo: row.reg_no,
    status: row.status,
    applicantId: row.applicant_id,
    applicantKind: row.applicant_kind,
    channel: row.channel,
    receivedOn: row.received_on,
    request: unsealPart<CorrectionRequest>(keys, row.request_sealed, row, 'request'),
    answer: row.answer_sealed === null ? null : unsealPart<CorrectionAnswer>(keys, row.answer_sealed, row, 'answer'),
    proposedOn: row.proposed_on,
    proposedBy: row.proposed_by,
    returnedReason: row.returned_reason,
    decidedOn: row.decided_on,
    decidedBy: row.decided_by,
    docNo: row.doc_no,
    letter: sealed === null || hash === null ? null : { model: unsealPart<IssuedModel>(keys, sealed, row, 'letter'), hash },
    toldOn: row.told_on,
    withdrawnOn: row.withdrawn_on,
    version: row.version,
  }
}

/** 取一机构某年的下一个登记号的序号，须在登记的同一事务里。 */
export async function nextCorrectionSerial(tx: Tx, bodyId: string, year: number): Promise<number> {
  const { last } = await tx
    .insertInto('record_correction_number')
    .values({ body_id: bodyId, year, last: 1 })
    .onConflict((conflict) => conflict.columns(['body_id', 'year']).doUpdateSet({ last: sql`record_correction_number.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}

/** 一件更正申请；没有抛 `NotFound`。 */
export async function getCorrection(tx: Tx, keys: FieldKeys, { bodyId, correctionId }: CorrectionRef): Promise<RecordCorrection> {
  const row = await tx.selectFrom('record_correction').selectAll().where('body_id', '=', bodyId).where('correction_id', '=', correctionId).executeTakeFirst()
  if (row === undefined) throw new NotFound('这件更正申请')
  return toCorrection(row, keys)
}

/** 锁住所见的那一版再办；他人已先办的抛 `Conflict`。 */
export async function lockCorrection(tx: Tx, keys: FieldKeys, { seen, ...ref }: CorrectionRef & { seen: number }): Promise<RecordCorrection> {
  await tx.selectFrom('record_correction').select('version').where('body_id', '=', ref.bodyId).where('correction_id', '=', ref.correctionId).forUpdate().execute()
  const found = await getCorrection(tx, keys, ref)
  if (found.version !== seen) throw new Conflict(seen, found.version)
  return found
}

/** 改一件的几列，版本随之加一。 */
export async function saveCorrection(tx: Tx, { bodyId, correctionId }: CorrectionRef, version: number, columns: Partial<Omit<Row, 'body_id' | 'correction_id' | 'version'>>): Promise<void> {
  await tx.updateTable('record_correction').set({ ...columns, version: version + 1 }).where('body_id', '=', bodyId).where('correction_id', '=', correctionId).execute()
}

export interface CorrectionEntry {
  correctionId: string
  regNo: string
  status: CorrectionStatus
  applicantId: string
  applicantKind: ApplicantKind
  receivedOn: PlainDate
  result: CorrectionResult | null
  decidedOn: PlainDate | null
  proposedBy: string | null
}

export interface CorrectionFilter {
  bodyId: string
  status?: CorrectionStatus
  /** 还没有作出处理的 */
  waiting?: boolean
  /** 这一日及以前收到的 */
  receivedTo?: PlainDate
  /** 登记号的开头 */
  regNo?: string
}

const ENTRY = ['correction_id', 'reg_no', 'status', 'applicant_id', 'applicant_kind', 'received_on', 'result', 'decided_on', 'proposed_by'] as const

function filtered(tx: Tx, { bodyId, status, waiting, receivedTo, regNo }: CorrectionFilter) {
  let query = tx.selectFrom('record_correction').where('body_id', '=', bodyId)
  if (status !== undefined) query = query.where('status', '=', status)
  // 写成字面：通用计划才用得上部分索引
  if (waiting === true) query = query.where(sql<boolean>`status in ('open', 'proposed')`)
  if (receivedTo !== undefined) query = query.where('received_on', '<=', receivedTo)
  if (regNo !== undefined && regNo !== '') query = query.where('reg_no', '>=', regNo).where('reg_no', '<', `${regNo}\u{10ffff}`)
  return query
}

/** 一页，按收到之日；`page` 自 1 起。 */
export async function listCorrections(tx: Tx, filter: CorrectionFilter, { page, size, descending }: { page: number; size: number; descending: boolean }): Promise<CorrectionEntry[]> {
  const direction = descending ? 'desc' : 'asc'
  const rows = await filtered(tx, filter).select(ENTRY).orderBy('received_on', direction).orderBy('correction_id', direction).limit(Math.min(size, 200)).offset((page - 1) * size).execute()
  return rows.map((row) => ({
    correctionId: row.correction_id,
    regNo: row.reg_no,
    status: row.status,
    applicantId: row.applicant_id,
    applicantKind: row.applicant_kind,
    receivedOn: row.received_on,
    result: row.result,
    decidedOn: row.decided_on,
    proposedBy: row.proposed_by,
  }))
}

export async function countCorrections(tx: Tx, filter: CorrectionFilter): Promise<number> {
  const { n } = await filtered(tx, filter).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return n
}
