import { record } from '../../audit/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import type { Actor } from '../actor.ts'
import { listPasswordHashes, lockAccount, savePassword } from './account-store.ts'
import { PASSWORD_RULES, hashPassword, passwordProblem, verifyPassword } from './passwords.ts'
import { endSessions, openSession } from '../sign-in/sessions.ts'
import { getAccount } from '../queries.ts'
import { charge, refund } from '../sign-in/throttle.ts'

export interface PasswordChange {
  current: string
  next: string
  address: string
  agent: string
}

export type PasswordChangeResult =
  | { ok: true; token: string }
  | { ok: false; field: 'current' | 'next'; message: string }

/** 自己换口令：核对原口令，查新口令的规则与历史；该人的会话全部结束，当前这个换新令牌。 */
export async function changePassword(
  deps: Deps,
  actor: Actor & { kind: 'account' },
  input: PasswordChange,
): Promise<PasswordChangeResult> {
  const at = deps.clock.now()
  const account = await getAccount(deps.db, actor.accountId)
  // 会话被人借用时，也不能在这里无限次地猜口令
  const wait = await transaction(deps.db, (tx) => charge(tx, 'account', account.name, at))
  if (wait > 0) return { ok: false, field: 'current', message: `尝试次数过多，请 ${wait} 秒后再试` }
  const hashes = await listPasswordHashes(deps.db, actor.accountId)
  if (!(await verifyPassword(hashes[0] ?? null, input.current))) {
    await record(deps.db, actor, 'account.password-refused', actor.accountId)
    return { ok: false, field: 'current', message: '原口令不对' }
  }
  await transaction(deps.db, (tx) => refund(tx, account.name, ''))
  const problem = passwordProblem(input.next, account.name)
  if (problem) return { ok: false, field: 'next', message: problem }
  for (const hash of hashes)
    if (await verifyPassword(hash, input.next))
      return { ok: false, field: 'next', message: `新口令不得与最近 ${PASSWORD_RULES.history} 次用过的相同` }
  const hash = await hashPassword(input.next)
  return transaction(deps.db, async (tx) => {
    await lockAccount(tx, actor.accountId)
    await savePassword(tx, actor.accountId, { hash, mustChange: false, at })
    await endSessions(tx, actor.accountId, {})
    const token = await openSession(tx, {
      accountId: actor.accountId,
      actingBodyId: actor.bodyId,
      secondFactor: account.hasSecondFactor ? 'passed' : 'none',
      address: input.address,
      agent: input.agent,
      at,
    })
    await record(tx, actor, 'account.password-changed', actor.accountId)
    return { ok: true, token }
  })
}
