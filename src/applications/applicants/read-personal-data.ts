import { record } from '../../audit/index.ts'
import { requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { getApplicant } from './applicant-store.ts'
import type { Applicant } from './applicant-store.ts'
import { getApplication } from '../queries.ts'

/** 读出一件申请的申请人的明文：须有事由，读与留痕同一事务。没有申请人抛 `NotFound`。 */
export function readPersonalData(
  deps: Deps,
  actor: Actor,
  { bodyId, caseId, reason }: { bodyId: string; caseId: string; reason: string },
): Promise<{ ok: true; applicant: Applicant } | { ok: false; refusal: 'reason-missing' }> {
  requirePermission(actor, 'personal-data.read', bodyId)
  return transaction(deps.db, async (tx) => {
    const { state } = await getApplication(tx, bodyId, caseId)
    if (state.applicantId === null) throw new NotFound('申请人的资料')
    if (reason.trim().length < 2) return { ok: false, refusal: 'reason-missing' }
    const applicant = await getApplicant(tx, fieldKeys(deps.config.secretKey), bodyId, state.applicantId)
    await record(tx, actor, 'personal-data.read', { bodyId, target: caseId }, { reason: reason.trim().slice(0, 200) })
    return { ok: true, applicant }
  })
}
