import { getDisputed } from '../../applications/index.ts'
import { getBody } from '../../bodies/index.ts'
import type { Body } from '../../bodies/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { countEvidence } from '../evidence/evidence-store.ts'
import { openCase } from '../open-case.ts'
import { listParties } from '../parties/party-store.ts'
import type { AnswerSource } from './compose-answer.ts'

/** 拟答复书、答辩状所凭的；没有这件案件抛 `NotFound`。 */
export async function getAnswerSource(tx: Tx, deps: Deps, bodyId: string, caseId: string): Promise<AnswerSource & { body: Body }> {
  const opened = await openCase(tx, bodyId, caseId)
  const { applicationId } = opened.state
  const parties = await listParties(tx, fieldKeys(deps.config.secretKey), { bodyId, caseId })
  const body = await getBody(tx, bodyId)
  return {
    opened,
    body,
    disputed: applicationId === null ? null : await getDisputed(tx, bodyId, applicationId),
    claimant: parties.filter(({ role }) => role === 'claimant').map(({ name }) => name).join('、'),
    bodyName: body.name,
    evidence: await countEvidence(tx, { bodyId, caseId }),
  }
}
