import '../tables.ts'
import { sql } from 'kysely'
import { keyedHash, sealBytes, unsealBytes } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'
import type { Answers } from './citizen-form.ts'

const DAY_MS = 86_400_000
export const DRAFT_DAYS = 7
const DESK_DRAFT_DAYS = 2
/** 提交之后，凭条还可以再看多久。 */
const RECEIPT_MS = 3_600_000

/** 一份填写中的申请；`answers` 为 null 的已提交。 */
export interface Draft {
  bodyId: string
  caseId: string
  answers: Answers | null
}

/** 草稿凭浏览器里的令牌取回；库里只有令牌的摘要。 */
export interface DraftKey {
  bodyId: string
  token: string
}

const hashOf = (keys: FieldKeys, token: string): Buffer => keyedHash(keys, 'application-draft', token)
const placeOf = (bodyId: string, caseId: string): string => `application-draft/${bodyId}/${caseId}`
const sealed = (keys: FieldKeys, { bodyId, caseId }: Draft, answers: Answers): Buffer => sealBytes(keys, Buffer.from(JSON.stringify(answers)), placeOf(bodyId, caseId))

/** 新开一份草稿。 */
export async function insertDraft(tx: Tx, keys: FieldKeys, { bodyId, token }: DraftKey, at: Date): Promise<void> {
  const draft = { bodyId, caseId: newId(), answers: {} }
  await tx
    .insertInto('application_draft')
    .values({
      body_id: bodyId,
      token_hash: hashOf(keys, token),
      case_id: draft.caseId,
      answers_sealed: sealed(keys, draft, {}),
      expires_at: new Date(at.getTime() + DRAFT_DAYS * DAY_MS),
    })
    .execute()
}

/** 取回草稿；没有、已过期的为 null。`lock` 为真的锁住到事务结束，同时来的依次办。 */
export async function findDraft(tx: Tx, keys: FieldKeys, { bodyId, token }: DraftKey, at: Date, lock = false): Promise<Draft | null> {
  const query = tx.selectFrom('application_draft').selectAll().where('body_id', '=', bodyId).where('token_hash', '=', hashOf(keys, token)).where('expires_at', '>', at)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (row === undefined) return null
  const caseId = row.case_id
  // 由本系统写入、带校验的密文，其形可信
  const answers = row.answers_sealed === null ? null : (JSON.parse(unsealBytes(keys, row.answers_sealed, placeOf(bodyId, caseId)).toString('utf8')) as Answers)
  return { bodyId, caseId, answers }
}

/** 存下填过的，并续七日。 */
export async function saveDraft(tx: Tx, keys: FieldKeys, draft: Draft, answers: Answers, at: Date): Promise<void> {
  await tx
    .updateTable('application_draft')
    .set({ answers_sealed: sealed(keys, draft, answers), expires_at: new Date(at.getTime() + DRAFT_DAYS * DAY_MS) })
    .where('body_id', '=', draft.bodyId)
    .where('case_id', '=', draft.caseId)
    .execute()
}

/** 已提交：填过的清空，只留着再看一小时凭条。 */
export async function closeDraft(tx: Tx, { bodyId, caseId }: Draft, at: Date): Promise<void> {
  const expires = new Date(at.getTime() + RECEIPT_MS)
  await tx.updateTable('application_draft').set({ answers_sealed: null, expires_at: expires }).where('body_id', '=', bodyId).where('case_id', '=', caseId).execute()
  await tx.updateTable('application_paper').set({ is_draft: false }).where('body_id', '=', bodyId).where('case_id', '=', caseId).execute()
}

/** 申请人不要了：连同所附的材料一并删去。 */
export async function deleteDraft(tx: Tx, { bodyId, caseId }: Draft): Promise<void> {
  await tx.deleteFrom('application_paper').where('body_id', '=', bodyId).where('case_id', '=', caseId).where('is_draft', '=', true).execute()
  await tx.deleteFrom('application_draft').where('body_id', '=', bodyId).where('case_id', '=', caseId).execute()
}

/** 删去过期的草稿与所附的材料；任务每小时做一次。登记表单所附而没有登记成的，留两日。 */
export async function purgeDrafts(tx: Tx, at: Date): Promise<void> {
  await tx.deleteFrom('application_draft').where('expires_at', '<=', at).execute()
  await sql`
    delete from application_paper p where is_draft
      and (p.added_by is null or p.given_at <= ${new Date(at.getTime() - DESK_DRAFT_DAYS * DAY_MS)})
      and not exists (select from application_draft d where d.body_id = p.body_id and d.case_id = p.case_id)`.execute(tx)
}
