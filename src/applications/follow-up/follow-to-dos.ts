import { can } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import { sql } from 'kysely'
import { isOwnDraft } from '../answered-log/answered-log-acts.ts'
import { listDraftEntries } from '../answered-log/answered-log-store.ts'
import { listPaymentsGiven } from './payment.ts'
import { listPromotable } from './same-information.ts'

interface FollowToDo {
  title: string
  href: string
  dueOn: null
  note: string
}

/** 申请人交来缴费凭证的、可以转为主动公开的、等批准公布的；各至多 `limit` 件。 */
export async function listFollowToDos(tx: Tx, actor: SignedInActor, limit: number): Promise<FollowToDo[]> {
  const { bodyId } = actor
  const paid = can(actor, 'application.handle', bodyId) ? await listPaymentsGiven(tx, bodyId, limit) : []
  const promotable = can(actor, 'item.handle', bodyId) ? await listPromotable(tx, bodyId, limit) : []
  const drafts = can(actor, 'application.approve', bodyId) ? (await listDraftEntries(tx, bodyId, limit)).filter((entry) => entry.returnedReason === null && !isOwnDraft(actor, entry)) : []
  const titles = await titlesOf(tx, bodyId, [...paid, ...promotable.map(({ caseId }) => caseId)])
  const toDo = (caseId: string, page: string, note: string): FollowToDo => ({ title: titles.get(caseId) ?? '', href: `/desk/applications/${caseId}${page}`, dueOn: null, note })
  return [
    ...paid.map((caseId) => toDo(caseId, '', '申请人网上交来缴费凭证，核对后记收到缴费')),
    ...promotable.map(({ caseId, applicants, suggested }) => toDo(caseId, '/promote', suggested ? '申请人建议主动公开，请审核' : `${applicants} 位申请人要同一信息，是否转为主动公开`)),
    ...drafts.map((entry): FollowToDo => ({ title: `公布答复：${entry.title}`, href: `/desk/applications/${entry.caseId}/answered-log`, dueOn: null, note: '等您批准公布' })),
  ]
}

async function titlesOf(tx: Tx, bodyId: string, caseIds: readonly string[]): Promise<Map<string, string>> {
  if (caseIds.length === 0) return new Map()
  const rows = await tx.selectFrom('application').select(['case_id', 'reg_no', 'content']).where('body_id', '=', bodyId).where('case_id', '=', sql<string>`any(${[...caseIds]}::uuid[])`).execute()
  return new Map(rows.map((row) => [row.case_id, `${row.reg_no} ${row.content.slice(0, 40)}`]))
}
