import { record } from '../../audit/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { enqueue } from '../../platform/jobs.ts'
import { listPostings, lockAccount } from '../accounts/account-store.ts'
import type { AccountActor } from '../actor.ts'
import { delegationProblems, isLiveDelegation } from './delegation.ts'
import type { Delegation, DelegationInput } from './delegation.ts'
import { getDelegation, insertDelegation, listLiveFrom, saveEnded } from './delegation-store.ts'
import { can } from '../permissions.ts'
import { findAccount } from '../queries.ts'

/** 告诉对方的任务，在 notices：本模块在其下，故只交办。 */
export const DELEGATION_TOLD = 'notices.delegation'

export type DelegateResult = { ok: true; delegation: Delegation } | { ok: false; problems: Readonly<Record<string, string>> }

/**
 * 把自己在办事机关的若干岗位，在几日之内委托给同机关的一人；受托人随即（或者到起始之日）有这些岗位，到日自止。
 * 只能委托自己的岗位：别人委托来的不得再委托。
 */
export function delegate(deps: Deps, actor: AccountActor, input: DelegationInput): Promise<DelegateResult> {
  const { bodyId } = actor
  return transaction(deps.db, async (tx) => {
    await lockAccount(tx, actor.accountId)
    const today = deps.clock.today()
    const own = (await listPostings(tx, actor.accountId)).find((posting) => posting.bodyId === bodyId)?.roles ?? []
    const ground = { from: actor.accountId, own, receiver: await rolesToReceive(tx, bodyId, input.to), live: await listLiveFrom(tx, bodyId, actor.accountId, today), today }
    const problems = delegationProblems(input, ground)
    if (Object.keys(problems).length > 0) return { ok: false, problems }
    const delegation: Delegation = {
      ...input, bodyId, delegationId: newId(), from: actor.accountId, roles: [...new Set(input.roles)].toSorted(), createdAt: deps.clock.now(), endedBy: null, endedAt: null,
    }
    await insertDelegation(tx, delegation)
    await record(tx, actor, 'delegation.made', { bodyId, target: input.to }, { roles: delegation.roles, on: input.startsOn, until: input.endsOn })
    await enqueue(tx, DELEGATION_TOLD, { bodyId, delegationId: delegation.delegationId })
    return { ok: true, delegation }
  })
}

// 在本机关没有岗位的、停用的不得受托；在别处任管理员的也不得，故连同别处的
async function rolesToReceive(tx: Parameters<typeof listPostings>[0], bodyId: string, accountId: string) {
  if ((await findAccount(tx, accountId))?.status !== 'active') return []
  const postings = await listPostings(tx, accountId)
  return postings.some((posting) => posting.bodyId === bodyId) ? postings.flatMap(({ roles }) => roles) : []
}

/** 可否提前终止：委托人、受托人自己，或者安全管理员；已完的不能。 */
export const mayEnd = (actor: AccountActor, d: Delegation, today: string): boolean =>
  isLiveDelegation(d, today) && ((actor.bodyId === d.bodyId && (d.from === actor.accountId || d.to === actor.accountId)) || can(actor, 'delegation.end', d.bodyId))

/** 提前终止，即刻生效；已完的、不是当事人的退回 false。 */
export function endDelegation(deps: Deps, actor: AccountActor, ref: { bodyId: string; delegationId: string }): Promise<boolean> {
  return transaction(deps.db, async (tx) => {
    const found = await getDelegation(tx, ref, true)
    if (!mayEnd(actor, found, deps.clock.today())) return false
    await saveEnded(tx, { ...ref, by: actor.accountId, at: deps.clock.now() })
    await record(tx, actor, 'delegation.ended', { bodyId: ref.bodyId, target: found.to }, { giver: found.from })
    await enqueue(tx, DELEGATION_TOLD, ref)
    return true
  })
}
