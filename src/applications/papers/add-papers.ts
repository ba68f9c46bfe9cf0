import { record } from '../../audit/index.ts'
import { requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { getApplication } from '../queries.ts'
import { isOpen } from '../application.ts'
import { insertPapers, listPapers } from './paper-store.ts'
import type { NewPaper } from './paper-store.ts'
import { PAPER_LIMITS } from './take-papers.ts'

/** 外接系统转来申请人随申请附的材料，加密存下；一件连同已有的至多 PAPER_LIMITS.count 份，补正另计。没有这件抛 `NotFound`。 */
export function addPapers(deps: Deps, actor: Actor, { bodyId, caseId, papers }: { bodyId: string; caseId: string; papers: readonly NewPaper[] }): Promise<'done' | 'not-now' | 'too-many'> {
  requirePermission(actor, 'application.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    // 同一件的依次办，份数才数得准
    await tx.selectFrom('application').select('case_id').where('body_id', '=', bodyId).where('case_id', '=', caseId).forUpdate().executeTakeFirst()
    const { state } = await getApplication(tx, bodyId, caseId)
    if (!isOpen(state) && state.status !== 'received-unconfirmed') return 'not-now'
    const given = await listPapers(tx, bodyId, caseId)
    if (given.filter((paper) => paper.kind !== 'supplement').length + papers.length > PAPER_LIMITS.count) return 'too-many'
    await insertPapers(tx, fieldKeys(deps.config.secretKey), { bodyId, caseId, isDraft: false, at: deps.clock.now() }, papers)
    await record(tx, actor, 'application.papers-added', { bodyId, target: caseId }, { papers: papers.length })
    return 'done'
  })
}
