import type { Deps } from '../../platform/deps.ts'
import { ACCOUNT_NAME } from './account.ts'
import type { Actor, Role } from '../actor.ts'
import { createAccount, setRoles } from './manage-account.ts'

const COMMAND: Actor = { kind: 'system', name: 'create-admin' }

/** 由命令建一个管理员账号并定其岗位；在能登录服务器的人手里，故不另查权限。deps.db 须是事务。 */
export async function createFirstAdmin(
  deps: Deps,
  input: { name: string; displayName: string; bodyId: string; role: Role },
): Promise<{ ok: true; password: string } | { ok: false; message: string }> {
  const { name, displayName, bodyId, role } = input
  if (!ACCOUNT_NAME.test(name))
    return { ok: false, message: '登录名须 3 至 32 位，小写字母起首，只用小写字母、数字、点、下划线、连字符' }
  if (displayName.length > 30) return { ok: false, message: '姓名不超过 30 个字' }
  const made = await createAccount(deps, COMMAND, { name, displayName, homeBodyId: bodyId })
  if (!made.ok) return { ok: false, message: `登录名 ${name} 已经有人用` }
  const granted = await setRoles(deps, COMMAND, { accountId: made.account.accountId, bodyId, roles: [role] })
  if (!granted.ok) throw new Error(`岗位没有定成：${granted.refusal}`)
  return { ok: true, password: made.password }
}
