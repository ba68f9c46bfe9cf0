import '../tables.ts'
import '../answered-log/tables.ts'
import '../follow-up/tables.ts'
import '../redaction-desk/tables.ts'
import { sql } from 'kysely'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import { stripLetters } from '../letter-desk/letter-store.ts'
import type { CaseFile } from './case-file.ts'

/**
 * 从工作库删去一件的个人信息；返回随之可以删去的文件的键。须已核对都在档案包里。
 * 申请人的摘要一并删去：此后不再能按人查出重复，换来工作库里认不出人。
 * 公布了的答复所附的文件留着：那是遮盖过、已经公开的。
 */
export async function stripCase(tx: Tx, keys: FieldKeys, { bodyId, caseId, papers }: CaseFile, applicantIds: readonly string[]): Promise<string[]> {
  const nothing = { name_sealed: null, id_no_sealed: null, contact_sealed: null, details_sealed: null, name_hash: null, id_hash: null }
  await tx.updateTable('applicant').set(nothing).where('body_id', '=', bodyId).where('applicant_id', '=', sql<string>`any(${[...applicantIds]}::uuid[])`).execute()
  await tx.deleteFrom('application_paper').where('body_id', '=', bodyId).where('paper_id', '=', sql<string>`any(${papers.map(({ paperId }) => paperId)}::uuid[])`).execute()
  await tx.deleteFrom('consultation_party').where('body_id', '=', bodyId).where('case_id', '=', caseId).execute()
  // 查询码在原申请上，拆出的各件共用一个
  await sql`delete from application_access where body_id = ${bodyId} and case_id in (select case_id from application where body_id = ${bodyId} and (case_id = ${caseId} or applicant_id = any(${[...applicantIds]}::uuid[])))`.execute(tx)
  await tx.deleteFrom('application_draft').where('body_id', '=', bodyId).where('case_id', '=', caseId).execute()
  await tx.updateTable('application_rating').set({ words_sealed: null }).where('body_id', '=', bodyId).where('case_id', '=', caseId).execute()
  return [...(await stripLetters(tx, keys, bodyId, caseId)), ...(await deleteDocuments(tx, bodyId, caseId))]
}

async function deleteDocuments(tx: Tx, bodyId: string, caseId: string): Promise<string[]> {
  const { rows } = await sql<{ file_key: string }>`
    with gone as (
      select d.document_id from application_document d where d.body_id = ${bodyId} and d.case_id = ${caseId} and not exists (
        select from answered_request r, jsonb_array_elements(r.attachments) as attached
        where r.body_id = ${bodyId} and r.case_id = ${caseId} and r.status <> 'withdrawn' and attached ->> 'documentId' = d.document_id::text))
    select f.file_key from application_document_file f where f.body_id = ${bodyId} and f.document_id in (select document_id from gone)`.execute(tx)
  const fileKeys = rows.map((row) => row.file_key)
  await sql`delete from application_document d where d.body_id = ${bodyId} and d.case_id = ${caseId} and exists (
    select from application_document_file f where f.body_id = d.body_id and f.document_id = d.document_id and f.file_key = any(${fileKeys}::text[]))`.execute(tx)
  return fileKeys
}
