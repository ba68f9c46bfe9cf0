import '../tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Acting, Role } from '../actor.ts'
import type { Delegation, DelegationState } from './delegation.ts'

const SELECTED = sql`body_id as "bodyId", delegation_id as "delegationId", from_account as "from", to_account as "to", roles,
  starts_on as "startsOn", ends_on as "endsOn", reason, created_at as "createdAt", ended_by as "endedBy", ended_at as "endedAt"`

export async function insertDelegation(tx: Tx, d: Delegation): Promise<void> {
  await tx
    .insertInto('delegation')
    .values({
      body_id: d.bodyId, delegation_id: d.delegationId, from_account: d.from, to_account: d.to, roles: [...d.roles],
      starts_on: d.startsOn, ends_on: d.endsOn, reason: d.reason, created_at: d.createdAt, ended_by: null, ended_at: null,
    })
    .execute()
}

/** 没有抛 `NotFound`。 */
export async function getDelegation(tx: Tx, { bodyId, delegationId }: { bodyId: string; delegationId: string }, lock = false): Promise<Delegation> {
  const { rows } = await sql<Delegation>`select ${SELECTED} from delegation
    where body_id = ${bodyId} and delegation_id = ${delegationId} ${lock ? sql`for update` : sql``}`.execute(tx)
  const found = rows[0]
  if (found === undefined) throw new NotFound('这次委托')
  return found
}

export async function saveEnded(tx: Tx, { bodyId, delegationId, by, at }: { bodyId: string; delegationId: string; by: string; at: Date }): Promise<void> {
  await tx.updateTable('delegation').set({ ended_by: by, ended_at: at }).where('body_id', '=', bodyId).where('delegation_id', '=', delegationId).execute()
}

/** 某人在某机关此日代行的；委托人停用了、不再有那个岗位的，即不算。先委托的在前。 */
export async function listActing(tx: Tx, bodyId: string, accountId: string, today: PlainDate): Promise<Acting[]> {
  const { rows } = await sql<Acting>`
    select d.from_account as "from", a.display_name as name, array_agg(r.role order by r.role) as roles, d.ends_on as until
    from delegation d
    join account a on a.account_id = d.from_account and a.status = 'active'
    join account_role r on r.body_id = d.body_id and r.account_id = d.from_account and r.role = any(d.roles)
    where d.body_id = ${bodyId} and d.to_account = ${accountId} and d.ends_on >= ${today}::date
      and d.starts_on <= ${today}::date and d.ended_at is null
    group by d.delegation_id, d.from_account, a.display_name, d.ends_on order by d.delegation_id limit 20`.execute(tx)
  return rows
}

/** 某人委托出去的（from）、受托的（to），后定的在前；至多一百次。 */
export async function listDelegationsOf(tx: Tx, bodyId: string, side: 'from' | 'to', accountId: string): Promise<Delegation[]> {
  const column = side === 'from' ? sql`from_account` : sql`to_account`
  const { rows } = await sql<Delegation>`select ${SELECTED} from delegation
    where body_id = ${bodyId} and ${column} = ${accountId} order by ends_on desc, delegation_id desc limit 100`.execute(tx)
  return rows
}

/** 某人在某机关未完的委托，先止的在前。 */
export async function listLiveFrom(tx: Tx, bodyId: string, accountId: string, today: PlainDate): Promise<Delegation[]> {
  const { rows } = await sql<Delegation>`select ${SELECTED} from delegation
    where body_id = ${bodyId} and from_account = ${accountId} and ends_on >= ${today}::date and ended_at is null
    order by ends_on, delegation_id limit 100`.execute(tx)
  return rows
}

const STATE_WHERE: Readonly<Record<DelegationState, (today: PlainDate) => ReturnType<typeof sql>>> = {
  ahead: (today) => sql`ended_at is null and starts_on > ${today}::date`,
  active: (today) => sql`ended_at is null and starts_on <= ${today}::date and ends_on >= ${today}::date`,
  over: (today) => sql`ended_at is null and ends_on < ${today}::date`,
  ended: () => sql`ended_at is not null`,
}

const whereOf = ({ bodyId, state, today }: DelegationFilter) =>
  sql`${bodyId === null ? sql`true` : sql`body_id = ${bodyId}`} and ${state === null ? sql`true` : STATE_WHERE[state](today)}`

export interface DelegationFilter {
  /** null 为全区 */
  bodyId: string | null
  state: DelegationState | null
  today: PlainDate
}

/** 一页委托，止日晚的在前。 */
export async function listDelegations(tx: Tx, filter: DelegationFilter, page: { limit: number; offset: number }): Promise<Delegation[]> {
  const { rows } = await sql<Delegation>`select ${SELECTED} from delegation where ${whereOf(filter)}
    order by ends_on desc, delegation_id desc limit ${Math.min(page.limit, 200)} offset ${page.offset}`.execute(tx)
  return rows
}

export async function countDelegations(tx: Tx, filter: DelegationFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from (select 1 from delegation where ${whereOf(filter)} limit 10000) counted`.execute(tx)
  return rows[0]?.n ?? 0
}

export interface StandIn {
  from: string
  to: string
  roles: Role[]
}

/** 止了的委托，多少日之内的通知还要替受托人了结 */
const LATELY = 90

/**
 * 谁代谁行使所列岗位之一：此日有效的；`lately` 则连同近九十日内止了的，供了结旧通知。
 * 委托人、受托人停用了的，委托人不再有那个岗位的，不算。
 */
export async function listStandIns(tx: Tx, bodyId: string, roles: readonly Role[], today: PlainDate, lately = false): Promise<StandIn[]> {
  const within = lately
    ? sql`d.ends_on >= ${addCalendarDays(today, -LATELY)}::date`
    : sql`d.ends_on >= ${today}::date and d.ended_at is null`
  const { rows } = await sql<StandIn>`
    select d.from_account as "from", d.to_account as "to", array_agg(r.role order by r.role) as roles
    from delegation d
    join account giver on giver.account_id = d.from_account and giver.status = 'active'
    join account taker on taker.account_id = d.to_account and taker.status = 'active'
    join account_role r on r.body_id = d.body_id and r.account_id = d.from_account and r.role = any(d.roles) and r.role = any(${[...roles]}::text[])
    where d.body_id = ${bodyId} and d.starts_on <= ${today}::date and ${within}
    group by d.delegation_id, d.from_account, d.to_account order by d.delegation_id limit 500`.execute(tx)
  return rows
}
