import './tables.ts'
import { sql } from 'kysely'
import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import type { Application } from '../application.ts'
import { getApplication } from '../queries.ts'
import { APPLICANT_ACTOR, APPLICANT_KEY } from '../citizen/submit-online.ts'
import { OPEN_OUTCOMES, findSameInformation, recountApplicants } from './same-information.ts'
import type { Because } from './same-information.ts'

interface Case {
  bodyId: string
  caseId: string
}

/** 这些案件依次锁住：同时归组的分出先后。 */
const lockCases = (tx: Tx, bodyId: string, caseIds: readonly string[]) =>
  sql`select case_id from application where body_id = ${bodyId} and case_id = any(${[...caseIds]}::uuid[]) order by case_id for update`.execute(tx)

interface By {
  by: string
  at: Date
}

/** 这一件所在的组；没有归组的自成一组。 */
export async function groupOf(tx: Tx, { bodyId, caseId }: Case, { by, at }: By): Promise<{ groupId: string; settled: boolean }> {
  const known = await findSameInformation(tx, bodyId, caseId)
  if (known !== null) return { groupId: known.groupId, settled: known.settledOn !== null }
  const groupId = newId()
  await tx.insertInto('same_information').values({ body_id: bodyId, group_id: groupId, applicants: 0, item_id: null, declined_reason: null, settled_by: null, settled_on: null, updated_at: at }).execute()
  await tx.insertInto('same_information_case').values({ body_id: bodyId, case_id: caseId, group_id: groupId, linked_by: by, linked_at: at, suggested_on: null, suggested_because: null }).execute()
  await recountApplicants(tx, bodyId, groupId, at)
  return { groupId, settled: false }
}

export const LINK_REFUSED = {
  'same-case': '就是这一件，请填别的登记号',
  'both-settled': '两件所在的组都已处理过，不能再合在一起',
  settled: '这一组已经处理过，不能再取消',
  'not-linked': '这一件没有归组',
} as const
export type LinkRefusal = keyof typeof LINK_REFUSED

/** 经办人认定两件申请的是同一信息：两件所在的组合为一组；都已处理过的不能合。 */
export function linkSameInformation(deps: Deps, actor: Actor, { bodyId, caseId, otherId }: Case & { otherId: string }): Promise<{ ok: true } | { ok: false; refusal: LinkRefusal }> {
  requirePermission(actor, 'application.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    if (caseId === otherId) return { ok: false, refusal: 'same-case' }
    await lockCases(tx, bodyId, [caseId, otherId])
    await getApplication(tx, bodyId, otherId)
    const at = deps.clock.now()
    const by = { by: actorKey(actor), at }
    const mine = await groupOf(tx, { bodyId, caseId }, by)
    const theirs = await groupOf(tx, { bodyId, caseId: otherId }, by)
    if (mine.groupId === theirs.groupId) return { ok: true }
    if (mine.settled && theirs.settled) return { ok: false, refusal: 'both-settled' }
    const [into, from] = theirs.settled ? [theirs.groupId, mine.groupId] : [mine.groupId, theirs.groupId]
    await tx.updateTable('same_information_case').set({ group_id: into }).where('body_id', '=', bodyId).where('group_id', '=', from).execute()
    await tx.deleteFrom('same_information').where('body_id', '=', bodyId).where('group_id', '=', from).execute()
    await recountApplicants(tx, bodyId, into, at)
    await record(tx, actor, 'application.same-information-linked', { bodyId, target: caseId }, { into: otherId })
    return { ok: true }
  })
}

/** 取消认定：这一件从组里出来；申请人建议过的自成一组。已处理的组不能取消。 */
export function unlinkSameInformation(deps: Deps, actor: Actor, { bodyId, caseId }: Case): Promise<{ ok: true } | { ok: false; refusal: LinkRefusal }> {
  requirePermission(actor, 'application.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    await lockCases(tx, bodyId, [caseId])
    const group = await findSameInformation(tx, bodyId, caseId)
    if (group === null) return { ok: false, refusal: 'not-linked' }
    if (group.settledOn !== null) return { ok: false, refusal: 'settled' }
    const at = deps.clock.now()
    const own = group.cases.find((each) => each.caseId === caseId)
    await tx.deleteFrom('same_information_case').where('body_id', '=', bodyId).where('case_id', '=', caseId).execute()
    if (group.cases.length > 1) await recountApplicants(tx, bodyId, group.groupId, at)
    else await tx.deleteFrom('same_information').where('body_id', '=', bodyId).where('group_id', '=', group.groupId).execute()
    if (own?.suggestedOn != null && own.suggestedBecause !== null) {
      await groupOf(tx, { bodyId, caseId }, { by: actorKey(actor), at })
      await tx.updateTable('same_information_case').set({ suggested_on: own.suggestedOn, suggested_because: own.suggestedBecause }).where('body_id', '=', bodyId).where('case_id', '=', caseId).execute()
    }
    await record(tx, actor, 'application.same-information-unlinked', { bodyId, target: caseId })
    return { ok: true }
  })
}

/** 申请人可以建议吗：给了信息、已送达的（条例第四十四条：对行政机关依申请公开的政府信息）。 */
export const canSuggest = (a: Application): boolean => a.decision !== null && OPEN_OUTCOMES.includes(a.decision.outcome) && a.delivery?.servedOn != null

/** 申请人建议把所得的信息主动公开；一件一次，是否属于主动公开由机关审核。 */
export function suggestPublication(deps: Deps, { bodyId, caseId }: Case, because: Because): Promise<'done' | 'not-now'> {
  return transaction(deps.db, async (tx) => {
    await lockCases(tx, bodyId, [caseId])
    const { state } = await getApplication(tx, bodyId, caseId)
    if (!canSuggest(state)) return 'not-now'
    const at = deps.clock.now()
    await groupOf(tx, { bodyId, caseId }, { by: APPLICANT_KEY, at })
    const { numUpdatedRows } = await tx
      .updateTable('same_information_case')
      .set({ suggested_on: deps.clock.today(), suggested_because: because })
      .where('body_id', '=', bodyId)
      .where('case_id', '=', caseId)
      .where('suggested_on', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) await record(tx, APPLICANT_ACTOR, 'application.publication-suggested', { bodyId, target: caseId }, { because })
    return 'done'
  })
}
