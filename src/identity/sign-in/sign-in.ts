import { record } from '../../audit/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { toAccountName } from '../accounts/account.ts'
import { listPostings } from '../accounts/account-store.ts'
import { PASSWORD_RULES, verifyPassword } from '../accounts/passwords.ts'
import { openSession } from './sessions.ts'
import { charge, refund, refundOnce } from './throttle.ts'

const DAY = 86_400_000

export interface SignInInput {
  /** 所填的登录名，不分大小写 */
  name: string
  password: string
  /** 来源地址与浏览器，用于计数与会话列表 */
  address: string
  agent: string
}

export type SignInResult =
  | { ok: true; token: string; next: 'home' | 'second-factor' }
  /** 没有该账号、已停用、口令不对，一律 wrong */
  | { ok: false; refusal: 'wrong' }
  | { ok: false; refusal: 'blocked'; waitSeconds: number }

/** 登录：先计数，再核对，成功才开会话（新令牌）。 */
export async function signIn(deps: Deps, input: SignInInput): Promise<SignInResult> {
  const name = toAccountName(input.name)
  const at = deps.clock.now()
  const source = input.address.slice(0, 64)
  const waitSeconds = await transaction(deps.db, (tx) => chargeBoth(tx, name, source, at))
  if (waitSeconds > 0) {
    await record(deps.db, DOOR, 'session.blocked', 'sign-in', { source, waitSeconds })
    return { ok: false, refusal: 'blocked', waitSeconds }
  }
  const found = await findSecret(deps.db, name)
  const right = await verifyPassword(found?.password_hash ?? null, input.password.slice(0, 1000))
  if (!found || !right || found.status !== 'active') {
    await record(deps.db, DOOR, 'session.refused', found?.account_id ?? 'unknown', { source })
    return { ok: false, refusal: 'wrong' }
  }
  return transaction(deps.db, async (tx) => {
    const pending = found.totp_enabled_at !== null
    await (pending ? refundOnce : refund)(tx, name, source)
    const old = at.getTime() - found.password_set_at.getTime() > PASSWORD_RULES.maxAgeDays * DAY
    await tx
      .updateTable('account')
      .set({ last_sign_in_at: at, ...(old && !found.is_demo ? { must_change: true } : {}) })
      .where('account_id', '=', found.account_id)
      .execute()
    const token = await openSession(tx, {
      accountId: found.account_id,
      actingBodyId: await firstBody(tx, found.account_id, found.home_body_id),
      secondFactor: pending ? 'pending' : 'none',
      address: source,
      agent: input.agent,
      at,
    })
    const who = { kind: 'account', accountId: found.account_id, bodyId: found.home_body_id } as const
    await record(tx, who, 'session.opened', found.account_id, { source, pending })
    return { ok: true, token, next: pending ? 'second-factor' : 'home' }
  })
}

// 尚未认出是谁
const DOOR = { kind: 'system', name: 'sign-in' } as const

async function chargeBoth(tx: Tx, name: string, source: string, at: Date): Promise<number> {
  const byAddress = await charge(tx, 'address', source, at)
  return byAddress > 0 ? byAddress : charge(tx, 'account', name, at)
}

const findSecret = (tx: Tx, name: string) =>
  tx
    .selectFrom('account')
    .select(['account_id', 'home_body_id', 'status', 'password_hash', 'password_set_at', 'is_demo', 'totp_enabled_at'])
    .where('name', '=', name)
    .executeTakeFirst()

// 先到所在机构；在那里没有岗位的，到有岗位的第一个机构
async function firstBody(tx: Tx, accountId: string, home: string): Promise<string> {
  const postings = await listPostings(tx, accountId)
  if (postings.length === 0 || postings.some((posting) => posting.bodyId === home)) return home
  return postings[0]?.bodyId ?? home
}
