import { createHash, randomBytes } from 'node:crypto'
import type { Tx } from '../../platform/db.ts'
import { dayInBeijing } from '../../platform/clock.ts'
import { newId } from '../../platform/id.ts'
import type { AccountActor, Role } from '../actor.ts'
import { mayReceive } from '../delegation/delegation.ts'
import { listActing } from '../delegation/delegation-store.ts'

const MINUTE = 60_000

/** 会话的期限：闲置与总长；最后活动时刻每分钟至多记一次，免得每次请求都写。 */
export const SESSION_LIMITS = {
  idleMs: 30 * MINUTE,
  absoluteMs: 12 * 60 * MINUTE,
  pendingMs: 5 * MINUTE,
  touchEveryMs: MINUTE,
  /** 一人同时至多几个会话；再多则结束最早的 */
  perAccount: 10,
} as const

export interface Session {
  sessionId: string
  accountId: string
  accountName: string
  actingBodyId: string
  /** 还须输入动态口令：尚不算登录 */
  pending: boolean
  /** 已经过动态口令 */
  strong: boolean
  mustChange: boolean
  createdAt: Date
  lastSeenAt: Date
}

const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** 建一个会话，返回令牌（256 位随机数，只在此处出现一次，库里只存其散列）。 */
export async function openSession(
  tx: Tx,
  session: {
    accountId: string
    actingBodyId: string
    secondFactor: 'none' | 'pending' | 'passed'
    address: string
    agent: string
    at: Date
  },
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await tx
    .insertInto('session')
    .values({
      session_id: newId(),
      token_hash: hashToken(token),
      account_id: session.accountId,
      acting_body_id: session.actingBodyId,
      second_factor: session.secondFactor,
      created_at: session.at,
      last_seen_at: session.at,
      address: session.address.slice(0, 64),
      agent: session.agent.slice(0, 200),
    })
    .execute()
  const kept = tx
    .selectFrom('session')
    .select('session_id')
    .where('account_id', '=', session.accountId)
    .orderBy('created_at', 'desc')
    .orderBy('session_id', 'desc')
    .limit(SESSION_LIMITS.perAccount)
  await tx
    .deleteFrom('session')
    .where('account_id', '=', session.accountId)
    .where('session_id', 'not in', kept)
    .execute()
  return token
}

/** 按令牌找会话与其人；账号停用、过了期限的不算，过期的顺手删去。 */
export async function findSession(
  tx: Tx,
  token: string,
  at: Date,
): Promise<{ session: Session; actor: AccountActor } | null> {
  if (!/^[\w-]{43}$/.test(token)) return null
  const row = await tx
    .selectFrom('session')
    .innerJoin('account', 'account.account_id', 'session.account_id')
    .selectAll('session')
    .select(['account.name', 'account.display_name', 'account.must_change'])
    .where('token_hash', '=', hashToken(token))
    .where('account.status', '=', 'active')
    .executeTakeFirst()
  if (!row) return null
  const pending = row.second_factor === 'pending'
  if (isOver(row, at)) {
    await tx.deleteFrom('session').where('session_id', '=', row.session_id).execute()
    return null
  }
  if (at.getTime() - row.last_seen_at.getTime() >= SESSION_LIMITS.touchEveryMs)
    await tx.updateTable('session').set({ last_seen_at: at }).where('session_id', '=', row.session_id).execute()
  const roles = await tx
    .selectFrom('account_role')
    .select('role')
    .where('body_id', '=', row.acting_body_id)
    .where('account_id', '=', row.account_id)
    .orderBy('role')
    .execute()
  const own = roles.map((r): Role => r.role)
  return {
    session: {
      sessionId: row.session_id,
      accountId: row.account_id,
      accountName: row.name,
      actingBodyId: row.acting_body_id,
      pending,
      strong: row.second_factor === 'passed',
      mustChange: row.must_change,
      createdAt: row.created_at,
      lastSeenAt: row.last_seen_at,
    },
    actor: {
      kind: 'account',
      accountId: row.account_id,
      name: row.display_name,
      bodyId: row.acting_body_id,
      ...(await rolesNow(tx, row.acting_body_id, row.account_id, own, dayInBeijing(at))),
    },
  }
}

// 代行的岗位每次请求现算：到日、终止、委托人卸任，下一次请求即没有
async function rolesNow(tx: Tx, bodyId: string, accountId: string, own: readonly Role[], today: string): Promise<Pick<AccountActor, 'roles' | 'own' | 'acting' | 'behalf'>> {
  const acting = mayReceive(own) ? await listActing(tx, bodyId, accountId, today) : []
  if (acting.length === 0) return { roles: own }
  return { roles: [...new Set([...own, ...acting.flatMap(({ roles }) => roles)])], own, acting, behalf: new Set() }
}

function isOver(row: { created_at: Date; last_seen_at: Date; second_factor: string }, at: Date): boolean {
  const age = at.getTime() - row.created_at.getTime()
  const idle = at.getTime() - row.last_seen_at.getTime()
  const { idleMs, absoluteMs, pendingMs } = SESSION_LIMITS
  return idle >= idleMs || age >= absoluteMs || (row.second_factor === 'pending' && age >= pendingMs)
}

export interface SessionEntry {
  sessionId: string
  createdAt: Date
  lastSeenAt: Date
  address: string
  agent: string
}

/** 一人未结束的会话，新的在前。 */
export async function listSessions(tx: Tx, accountId: string, at: Date): Promise<SessionEntry[]> {
  const rows = await tx
    .selectFrom('session')
    .select(['session_id', 'created_at', 'last_seen_at', 'address', 'agent', 'second_factor'])
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .limit(SESSION_LIMITS.perAccount)
    .execute()
  return rows
    .filter((row) => !isOver(row, at))
    .map((row) => ({
      sessionId: row.session_id,
      createdAt: row.created_at,
      lastSeenAt: row.last_seen_at,
      address: row.address,
      agent: row.agent,
    }))
}

/** 结束一人的会话：所给的一个，或者全部（可留下一个）。返回结束了几个。 */
export async function endSessions(
  tx: Tx,
  accountId: string,
  which: { only: string } | { except?: string },
): Promise<number> {
  let query = tx.deleteFrom('session').where('account_id', '=', accountId)
  if ('only' in which) query = query.where('session_id', '=', which.only)
  else if (which.except !== undefined) query = query.where('session_id', '!=', which.except)
  const result = await query.executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** 换机构办事；岗位随之而变。 */
export async function saveActingBody(tx: Tx, sessionId: string, bodyId: string): Promise<void> {
  await tx.updateTable('session').set({ acting_body_id: bodyId }).where('session_id', '=', sessionId).execute()
}

/** 删去过了期限的会话；任务每小时做一次。 */
export async function purgeSessions(tx: Tx, at: Date): Promise<number> {
  const before = (ms: number) => new Date(at.getTime() - ms)
  const result = await tx
    .deleteFrom('session')
    .where((eb) =>
      eb.or([
        eb('last_seen_at', '<=', before(SESSION_LIMITS.idleMs)),
        eb('created_at', '<=', before(SESSION_LIMITS.absoluteMs)),
      ]),
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
