import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

/**
 * 失败几次之后放慢、锁定。登录名不论是否存在都计数，故不露出账号是否存在；
 * 一个机关共用一个出口地址，所以按地址的门槛高得多，而且每隔 leakMs 消去一次：
 * 上班时间总有人登录，不消的话，零星的手误积到下午就会把整座楼锁在外面。按账号的不消，等锁定过去。
 */
export const THROTTLE = {
  windowMs: 15 * MINUTE,
  account: { slowAfter: 3, lockAfter: 10, lockMs: 15 * MINUTE, leakMs: null },
  address: { slowAfter: 50, lockAfter: 100, lockMs: 15 * MINUTE, leakMs: 9 * SECOND },
} as const

type Kind = 'account' | 'address'

/** 第 n 次失败之后须等多久：未到 slowAfter 不等，其后每次加倍，满 lockAfter 锁定。毫秒。 */
export function waitAfter(kind: Kind, failures: number): number {
  const { slowAfter, lockAfter, lockMs } = THROTTLE[kind]
  if (failures < slowAfter) return 0
  if (failures >= lockAfter) return lockMs
  return Math.min(2 ** (failures - slowAfter + 1) * SECOND, lockMs)
}

/**
 * 先记一次再核对口令，免得同时来的许多次都在计数之前通过；对了再销。
 * @returns 还须等多少秒；0 为可以核对
 */
export async function charge(tx: Tx, kind: Kind, key: string, at: Date): Promise<number> {
  const expired = new Date(at.getTime() - THROTTLE.windowMs)
  const { leakMs } = THROTTLE[kind]
  const leaked = leakMs === null ? sql`0` : sql`greatest(0, floor(extract(epoch from ${at}::timestamptz - t.last_at) * 1000 / ${leakMs}::int))::int`
  const { rows } = await sql<{ failures: number; blocked_until: Date | null }>`
    insert into sign_in_throttle as t (kind, key, failures, last_at, blocked_until)
    values (${kind}, ${key}, 1, ${at}, null)
    on conflict (kind, key) do update set
      failures = case
        when t.blocked_until > ${at} then t.failures
        when greatest(t.last_at, t.blocked_until) <= ${expired} then 1
        else greatest(0, t.failures - ${leaked}) + 1 end,
      last_at = case
        when t.blocked_until > ${at} then t.last_at
        -- 不满一次的零头留着，免得来得密就总也消不去
        when t.failures > ${leaked} and ${leakMs !== null} then t.last_at + ${leaked} * ${leakMs ?? 0}::int * interval '1 millisecond'
        else ${at} end
    returning failures, blocked_until`.execute(tx)
  const [row] = rows
  if (!row) return 0
  if (row.blocked_until && row.blocked_until > at) return seconds(row.blocked_until.getTime() - at.getTime())
  const wait = waitAfter(kind, row.failures)
  await tx
    .updateTable('sign_in_throttle')
    .set({ blocked_until: wait > 0 ? new Date(at.getTime() + wait) : null })
    .where('kind', '=', kind)
    .where('key', '=', key)
    .execute()
  return 0
}

const seconds = (ms: number): number => Math.ceil(ms / SECOND)

/** 登录成功：销去该登录名的计数；地址的只退还这一次，免得有一个真账号的人替撞库的洗白。 */
export async function refund(tx: Tx, account: string, address: string): Promise<void> {
  await tx.deleteFrom('sign_in_throttle').where('kind', '=', 'account').where('key', '=', account).execute()
  await giveBack(tx, 'address', address)
}

/**
 * 口令对了，还须动态口令：两样都只退还这一次。
 * 若就此销去账号的计数，知道口令的人每猜一两次数字便重登一遍，可以无限次地猜下去。
 */
export async function refundOnce(tx: Tx, account: string, address: string): Promise<void> {
  await giveBack(tx, 'account', account)
  await giveBack(tx, 'address', address)
}

const giveBack = async (tx: Tx, kind: Kind, key: string): Promise<void> => {
  await tx
    .updateTable('sign_in_throttle')
    .set((eb) => ({ failures: eb('failures', '-', 1), blocked_until: null }))
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('failures', '>', 0)
    .execute()
}

/** 管理员重置口令时解除锁定。 */
export const clearThrottle = async (tx: Tx, account: string): Promise<void> => {
  await tx.deleteFrom('sign_in_throttle').where('kind', '=', 'account').where('key', '=', account).execute()
}

/** 删去不再起作用的计数；任务每小时做一次。 */
export async function purgeThrottle(tx: Tx, at: Date): Promise<void> {
  const before = new Date(at.getTime() - THROTTLE.windowMs - THROTTLE.address.lockMs)
  await tx.deleteFrom('sign_in_throttle').where('last_at', '<', before).execute()
}
