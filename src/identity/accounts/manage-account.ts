import { record } from '../../audit/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import type { Account } from './account.ts'
import { insertAccount, listPostings, lockAccount, replaceRoles, savePassword, saveStatus } from './account-store.ts'
import { actorKey } from '../actor.ts'
import type { Actor, Role } from '../actor.ts'
import { hashPassword, onetimePassword } from './passwords.ts'
import { conflictingRoles, requirePermission } from '../permissions.ts'
import { findAccountByName } from '../queries.ts'
import { clearSecondFactor } from '../sign-in/second-factor.ts'
import { endSessions } from '../sign-in/sessions.ts'
import { clearThrottle } from '../sign-in/throttle.ts'

export interface NewAccount {
  /** 登录名，合 ACCOUNT_NAME */
  name: string
  displayName: string
  homeBodyId: string
}

/** 系统管理员新建账号；还没有岗位。一次性口令只在返回值里出现这一次，首次登录须更换。 */
export async function createAccount(
  deps: Deps,
  actor: Actor,
  input: NewAccount,
): Promise<{ ok: true; account: Account; password: string } | { ok: false; refusal: 'name-taken' }> {
  requirePermission(actor, 'account.create')
  const password = onetimePassword()
  const hash = await hashPassword(password)
  return transaction(deps.db, async (tx) => {
    if (await findAccountByName(tx, input.name)) return { ok: false, refusal: 'name-taken' }
    const account: Account = {
      ...input,
      accountId: newId(),
      status: 'active',
      mustChange: true,
      isDemo: false,
      hasSecondFactor: false,
      lastSignInAt: null,
      createdAt: deps.clock.now(),
    }
    await insertAccount(tx, account, { hash, by: actorKey(actor) })
    await record(tx, actor, 'account.created', { bodyId: input.homeBodyId, target: account.accountId })
    return { ok: true, account, password }
  })
}

/** 重置口令为一次性口令，解除锁定，停用动态口令，结束其全部会话。 */
export async function resetPassword(
  deps: Deps,
  actor: Actor,
  accountId: string,
): Promise<{ account: Account; password: string }> {
  requirePermission(actor, 'account.reset-password')
  const password = onetimePassword()
  const hash = await hashPassword(password)
  return transaction(deps.db, async (tx) => {
    const account = await lockAccount(tx, accountId)
    await savePassword(tx, accountId, { hash, mustChange: true, at: deps.clock.now() })
    await clearThrottle(tx, account.name)
    await clearSecondFactor(tx, accountId)
    await endSessions(tx, accountId, {})
    await record(tx, actor, 'account.password-reset', { bodyId: account.homeBodyId, target: accountId })
    return { account, password }
  })
}

/** 停用或启用；停用的即刻退出。不得停用自己，免得没有人能再启用。 */
export function setAccountStatus(
  deps: Deps,
  actor: Actor,
  input: { accountId: string; status: Account['status'] },
): Promise<{ ok: true } | { ok: false; refusal: 'own-account' }> {
  requirePermission(actor, 'account.disable')
  return transaction(deps.db, async (tx) => {
    if (actorKey(actor) === input.accountId) return { ok: false, refusal: 'own-account' }
    const account = await lockAccount(tx, input.accountId)
    await saveStatus(tx, input.accountId, input.status)
    if (input.status === 'disabled') await endSessions(tx, input.accountId, {})
    const action = input.status === 'disabled' ? 'account.disabled' : 'account.enabled'
    await record(tx, actor, action, { bodyId: account.homeBodyId, target: input.accountId })
    return { ok: true }
  })
}

export type RoleRefusal = 'own-account' | 'conflicting-roles'

/**
 * 安全管理员定一人在一个机构的岗位（整个换成所给的）；其会话随即结束，重新登录后按新岗位。
 * 三种管理员两两不得兼任，连同在其他机构的岗位一并核对；不得改自己的。
 */
export function setRoles(
  deps: Deps,
  actor: Actor,
  input: { accountId: string; bodyId: string; roles: readonly Role[] },
): Promise<{ ok: true } | { ok: false; refusal: RoleRefusal; roles?: readonly [Role, Role] }> {
  requirePermission(actor, 'role.grant', input.bodyId)
  return transaction(deps.db, async (tx) => {
    if (actorKey(actor) === input.accountId) return { ok: false, refusal: 'own-account' }
    await lockAccount(tx, input.accountId)
    const elsewhere = (await listPostings(tx, input.accountId)).filter((p) => p.bodyId !== input.bodyId)
    const conflict = conflictingRoles([...elsewhere.flatMap((p) => p.roles), ...input.roles])
    if (conflict) return { ok: false, refusal: 'conflicting-roles', roles: conflict }
    await replaceRoles(tx, { ...input, by: actorKey(actor), at: deps.clock.now() })
    await endSessions(tx, input.accountId, {})
    await record(tx, actor, 'role.granted', { bodyId: input.bodyId, target: input.accountId }, { roles: input.roles })
    return { ok: true }
  })
}
