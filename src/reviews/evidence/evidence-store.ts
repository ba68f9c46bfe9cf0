import '../tables.ts'
import { sql } from 'kysely'
import { sealBytes, unsealBytes } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

export const EVIDENCE_SOURCES = { paper: '案卷里的材料', letter: '发出的文书', upload: '另行上传', listed: '只列名目' } as const
export type EvidenceSource = keyof typeof EVIDENCE_SOURCES
export type EvidenceFileType = 'pdf' | 'docx' | 'jpeg' | 'png'

/** 证据目录的一份：叫什么、证明什么、几页。 */
export interface EvidenceContent {
  name: string
  proves: string
  /** 如「3」「1—5」；没有填为空 */
  pages: string
}

export interface Evidence {
  evidenceId: string
  position: number
  source: EvidenceSource
  sourceId: string | null
  content: EvidenceContent
  file: { key: string; type: EvidenceFileType; size: number } | null
  /** 随答复、答辩提交之日；此后不再改动 */
  submittedOn: PlainDate | null
}

export interface CaseRef {
  bodyId: string
  caseId: string
}

/** 一件案件的证据至多这些份。 */
export const MOST_EVIDENCE = 200
const placeOf = (bodyId: string, evidenceId: string): string => `dispute-evidence/${bodyId}/${evidenceId}/content`
const sealContent = (keys: FieldKeys, content: EvidenceContent, bodyId: string, evidenceId: string): Buffer => sealBytes(keys, Buffer.from(JSON.stringify(content)), placeOf(bodyId, evidenceId))

/** 证据目录，依次。 */
export async function listEvidence(tx: Tx, keys: FieldKeys, { bodyId, caseId }: CaseRef): Promise<Evidence[]> {
  const rows = await tx.selectFrom('dispute_evidence').selectAll().where('body_id', '=', bodyId).where('case_id', '=', caseId).orderBy('position').orderBy('evidence_id').limit(MOST_EVIDENCE).execute()
  return rows.map((row) => ({
    evidenceId: row.evidence_id,
    position: row.position,
    source: row.source,
    sourceId: row.source_id,
    // 由本系统写入、带校验的密文，其形可信
    content: JSON.parse(unsealBytes(keys, row.content_sealed, placeOf(bodyId, row.evidence_id)).toString('utf8')) as EvidenceContent,
    file: row.file_key === null || row.file_type === null || row.file_size === null ? null : { key: row.file_key, type: row.file_type, size: row.file_size },
    submittedOn: row.submitted_on,
  }))
}

/** 一份；没有抛 `NotFound`。 */
export async function getEvidence(tx: Tx, keys: FieldKeys, { evidenceId, ...ref }: CaseRef & { evidenceId: string }): Promise<Evidence> {
  const found = (await listEvidence(tx, keys, ref)).find((one) => one.evidenceId === evidenceId)
  if (found === undefined) throw new NotFound('这份证据')
  return found
}

export const countEvidence = async (tx: Tx, { bodyId, caseId }: CaseRef): Promise<number> =>
  (await tx.selectFrom('dispute_evidence').select((eb) => eb.fn.countAll<number>().as('n')).where('body_id', '=', bodyId).where('case_id', '=', caseId).executeTakeFirstOrThrow()).n

export interface NewEvidence {
  evidenceId: string
  source: EvidenceSource
  sourceId: string | null
  content: EvidenceContent
  file: Evidence['file']
}

/** 加在目录的末尾；案卷里的同一份已经在目录里的不再加。 */
export async function addEvidence(tx: Tx, keys: FieldKeys, { bodyId, caseId }: CaseRef, one: NewEvidence, { by, at }: { by: string; at: Date }): Promise<void> {
  const { evidenceId, source, sourceId, content, file } = one
  await tx
    .insertInto('dispute_evidence')
    .values({
      body_id: bodyId, evidence_id: evidenceId, case_id: caseId, source, source_id: sourceId,
      position: sql<number>`(select coalesce(max(position), 0) + 1 from dispute_evidence where body_id = ${bodyId} and case_id = ${caseId})`,
      content_sealed: sealContent(keys, content, bodyId, evidenceId),
      file_key: file?.key ?? null, file_type: file?.type ?? null, file_size: file?.size ?? null,
      submitted_on: null, added_by: by, added_at: at,
    })
    .onConflict((clash) => clash.doNothing())
    .execute()
}

const open = (tx: Tx, { bodyId, caseId }: CaseRef, evidenceId: string) =>
  tx.updateTable('dispute_evidence').where('body_id', '=', bodyId).where('case_id', '=', caseId).where('evidence_id', '=', evidenceId).where('submitted_on', 'is', null)

export async function saveEvidence(tx: Tx, keys: FieldKeys, ref: CaseRef, { evidenceId, content }: { evidenceId: string; content: EvidenceContent }): Promise<void> {
  await open(tx, ref, evidenceId).set({ content_sealed: sealContent(keys, content, ref.bodyId, evidenceId) }).execute()
}

/** 与前一份、后一份换位；到头的、已提交的不动。 */
export async function moveEvidence(tx: Tx, keys: FieldKeys, ref: CaseRef, { evidenceId, by }: { evidenceId: string; by: -1 | 1 }): Promise<void> {
  const free = (await listEvidence(tx, keys, ref)).filter(({ submittedOn }) => submittedOn === null)
  const at = free.findIndex((one) => one.evidenceId === evidenceId)
  const [one, other] = [free[at], free[at + by]]
  if (one === undefined || other === undefined) return
  await open(tx, ref, one.evidenceId).set({ position: other.position }).execute()
  await open(tx, ref, other.evidenceId).set({ position: one.position }).execute()
}

/** 从目录里去掉；已提交的不动。 */
export async function removeEvidence(tx: Tx, { bodyId, caseId }: CaseRef, evidenceId: string): Promise<void> {
  await tx.deleteFrom('dispute_evidence').where('body_id', '=', bodyId).where('case_id', '=', caseId).where('evidence_id', '=', evidenceId).where('submitted_on', 'is', null).execute()
}

/** 随答复、答辩提交：还没有提交的都记上这一日。 */
export async function submitEvidence(tx: Tx, { bodyId, caseId }: CaseRef, on: PlainDate): Promise<void> {
  await tx.updateTable('dispute_evidence').set({ submitted_on: on }).where('body_id', '=', bodyId).where('case_id', '=', caseId).where('submitted_on', 'is', null).execute()
}
