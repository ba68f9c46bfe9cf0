import { record } from '../../audit/index.ts'
import { requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { Application } from '../application.ts'
import { lockApplication } from '../followers.ts'
import { getApplication } from '../queries.ts'
import { accessCodeOf, findAccess, isCodeOf, replaceAccess, spacedCode } from './access-code.ts'

/** 为何给：当面、邮寄申请本来没有的，丢了的，怕被别人知道的。 */
export const CODE_REASONS = { none: '当面、邮寄等方式申请，还没有查询码', lost: '查询码丢了', known: '查询码可能被别人知道了' } as const
export type CodeReason = keyof typeof CODE_REASONS

// 同一张表单交了两次，两页所见是同一个；过后再交，须重新核对
const AGAIN_MS = 10 * 60 * 1000

/** 可以给查询码：登记过，申请人的资料还在，有可核对的。没有登记的、去标识化了的不给。 */
export async function mayGiveCode(tx: Tx, bodyId: string, { status, applicantId }: Pick<Application, 'status' | 'applicantId'>, lock = false): Promise<boolean> {
  if (status === 'draft' || applicantId === null) return false
  let query = tx.selectFrom('applicant').select('applicant_id').where('body_id', '=', bodyId).where('applicant_id', '=', applicantId).where('name_sealed', 'is not', null)
  // 同时在去标识化的，分个先后
  if (lock) query = query.forShare()
  return (await query.executeTakeFirst()) !== undefined
}

/** 现在的查询码是何时给的（毫秒）；没有的为空。表单带回，中间别人另给过的不再给。 */
export const codeSeen = async (tx: Tx, ref: { bodyId: string; caseId: string }): Promise<string> => {
  const access = await findAccess(tx, ref)
  return access === null ? '' : String(access.createdAt.getTime())
}

export interface CodeRequest {
  bodyId: string
  caseId: string
  /** 这张表单的记号 */
  formId: string
  seen: string
  reason: CodeReason
}

/**
 * 核对过身份，给申请人一个新的查询码，原来的即失效；只在返回时有明文，留痕里没有。
 * 网上申请的凭条页随之清去：上面的查询码已失效。
 */
export function giveQueryCode(deps: Deps, actor: Actor, { bodyId, caseId, formId, seen, reason }: CodeRequest): Promise<{ ok: true; code: string } | { ok: false; refusal: 'not-now' | 'changed' }> {
  requirePermission(actor, 'personal-data.read', bodyId)
  requirePermission(actor, 'application.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    await lockApplication(tx, bodyId, caseId)
    const { state } = await getApplication(tx, bodyId, caseId)
    if (!(await mayGiveCode(tx, bodyId, state, true))) return { ok: false, refusal: 'not-now' }
    const [keys, at, ref] = [fieldKeys(deps.config.secretKey), deps.clock.now(), { bodyId, caseId }]
    const code = accessCodeOf(keys, formId, caseId)
    const now = await findAccess(tx, ref)
    if (now !== null && isCodeOf(keys, now, code) && at.getTime() - now.createdAt.getTime() < AGAIN_MS) return { ok: true, code: spacedCode(code) }
    if ((now === null ? '' : String(now.createdAt.getTime())) !== seen) return { ok: false, refusal: 'changed' }
    await replaceAccess(tx, keys, { ...ref, code }, at)
    await tx.deleteFrom('application_draft').where('body_id', '=', bodyId).where('case_id', '=', caseId).execute()
    await record(tx, actor, 'application.query-code-given', { bodyId, target: caseId }, { reason: CODE_REASONS[reason], identity: '已核实是申请人本人或代理人' })
    return { ok: true, code: spacedCode(code) }
  })
}
