import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import type { Account } from './accounts/account.ts'
import { insertAccount, replaceRoles } from './accounts/account-store.ts'
import type { Role } from './actor.ts'
import { DEMO_PASSWORD } from './demo.ts'
import { hashPassword } from './accounts/passwords.ts'
import { openSession } from './sign-in/sessions.ts'
import type { SignedInActor } from './web.ts'

export { delegate } from './delegation/delegate.ts'

// 同一口令只算一次散列；只用于演示与测试
const hashes = new Map<string, Promise<string>>()
const hashOnce = (password: string): Promise<string> => {
  const known = hashes.get(password) ?? hashPassword(password)
  hashes.set(password, known)
  return known
}

/** 演示与测试的账号：给定岗位，不必换口令；口令缺省为 DEMO_PASSWORD，isDemo 缺省为真。 */
export async function createAccount(
  tx: Tx,
  input: {
    name: string
    displayName: string
    bodyId: string
    roles: readonly Role[]
    password?: string
    isDemo?: boolean
    mustChange?: boolean
    /** 停用的不列在登录页上，也不能登录；只是历史里办过事的人 */
    status?: Account['status']
    at?: Date
  },
): Promise<SignedInActor> {
  const at = input.at ?? new Date()
  const account: Account = {
    accountId: newId(),
    name: input.name,
    displayName: input.displayName,
    homeBodyId: input.bodyId,
    status: input.status ?? 'active',
    mustChange: input.mustChange ?? false,
    isDemo: input.isDemo ?? true,
    hasSecondFactor: false,
    lastSignInAt: null,
    createdAt: at,
  }
  await insertAccount(tx, account, { hash: await hashOnce(input.password ?? DEMO_PASSWORD), by: 'system:seed' })
  const { accountId } = account
  await replaceRoles(tx, { accountId, bodyId: input.bodyId, roles: input.roles, by: 'system:seed', at })
  return { kind: 'account', accountId, name: account.displayName, bodyId: input.bodyId, roles: input.roles }
}

/** 不经登录页直接给一个会话；返回请求里该带的 Cookie 头。 */
export async function cookieFor(tx: Tx, actor: SignedInActor, at: Date): Promise<string> {
  const token = await openSession(tx, {
    accountId: actor.accountId,
    actingBodyId: actor.bodyId,
    secondFactor: 'none',
    address: 'local',
    agent: 'test',
    at,
  })
  return `mc=${token}`
}
