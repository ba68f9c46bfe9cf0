import { record } from '../../audit/index.ts'
import { requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { getPaper } from './paper-store.ts'
import type { NewPaper } from './paper-store.ts'

/** 读出申请人交来的一份材料；读与留痕同一事务。没有抛 `NotFound`。 */
export function readPaper(
  deps: Deps,
  actor: Actor,
  { bodyId, caseId, paperId, reason }: { bodyId: string; caseId: string; paperId: string; reason: string },
): Promise<NewPaper> {
  requirePermission(actor, 'personal-data.read', bodyId)
  return transaction(deps.db, async (tx) => {
    const paper = await getPaper(tx, fieldKeys(deps.config.secretKey), { bodyId, caseId, paperId })
    await record(tx, actor, 'application.paper-read', { bodyId, target: caseId }, { kind: paper.kind, reason })
    return paper
  })
}
