import './tables.ts'
import { randomInt } from 'node:crypto'
import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

export const SESSION_STATES = { planned: '待办', held: '已办', cancelled: '已取消' } as const
export type SessionState = keyof typeof SESSION_STATES
export const isSessionState = (text: string | undefined): text is SessionState => text !== undefined && Object.hasOwn(SESSION_STATES, text)

export interface SessionFacts {
  planId: string | null
  heldOn: PlainDate
  /** 几点开始，如 `14:30` */
  startsAt: string
  online: boolean
  /** 地点，或者在哪里上网听 */
  place: string
  topic: string
  audience: string
  lecturer: string
  halfHours: number
}
export interface Session extends SessionFacts {
  sessionId: string
  version: number
  state: SessionState
  /** 签到码与其失效之时；没有开放的为 null */
  signIn: { code: string; until: Date } | null
  attended: number
}
export interface SessionRef {
  bodyId: string
  sessionId: string
}

/** 安排一场，或者改所安排的。返回其编号；已办、已取消的不能改。 */
export function saveSession(deps: Deps, actor: Actor, { bodyId, sessionId, seen, facts }: { bodyId: string; sessionId: string | null; seen: number; facts: SessionFacts }): Promise<string | null> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const id = sessionId ?? newId()
    if (sessionId === null)
      await tx.insertInto('training_session').values({ body_id: bodyId, session_id: id, version: 1, state: 'planned', ...toRow(facts), sign_code: null, sign_until: null, made_by: actorKey(actor), made_at: deps.clock.now() }).execute()
    else {
      const found = await lockSession(tx, { bodyId, sessionId }, seen)
      if (found.state !== 'planned') return null
      await touch(tx, { bodyId, sessionId }, toRow(facts))
    }
    await record(tx, actor, 'training.session-saved', { bodyId, target: id }, { on: facts.heldOn })
    return id
  })
}

const toRow = (facts: SessionFacts) => ({ plan_id: facts.planId, held_on: facts.heldOn, starts_at: facts.startsAt, online: facts.online, place: facts.place, topic: facts.topic, audience: facts.audience, lecturer: facts.lecturer, half_hours: facts.halfHours })

const touch = (tx: Tx, { bodyId, sessionId }: SessionRef, to: object): Promise<unknown> =>
  tx.updateTable('training_session').set((eb) => ({ ...to, version: eb('version', '+', 1) })).where('body_id', '=', bodyId).where('session_id', '=', sessionId).execute()

async function lockSession(tx: Tx, ref: SessionRef, seen: number): Promise<Session> {
  await tx.selectFrom('training_session').select('version').where('body_id', '=', ref.bodyId).where('session_id', '=', ref.sessionId).forUpdate().execute()
  const found = await getSession(tx, ref)
  if (found.version !== seen) throw new Conflict(seen, found.version)
  return found
}

export const SESSION_REFUSED = { 'not-planned': '已办完或者已取消，不能再办', 'not-yet': '还没有到日子，不能记为已办', nobody: '还没有一个人签到，不能记为已办' } as const
export type SessionRefusal = keyof typeof SESSION_REFUSED
type Answer = { ok: true } | { ok: false; refusal: SessionRefusal }

/** 办完：此后计入年度的场次、学时；或者取消。 */
export function endSession(deps: Deps, actor: Actor, { seen, as, ...ref }: SessionRef & { seen: number; as: 'held' | 'cancelled' }): Promise<Answer> {
  requirePermission(actor, 'safeguard.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await lockSession(tx, ref, seen)
    if (found.state !== 'planned') return { ok: false, refusal: 'not-planned' }
    if (as === 'held' && found.heldOn > deps.clock.today()) return { ok: false, refusal: 'not-yet' }
    if (as === 'held' && found.attended === 0) return { ok: false, refusal: 'nobody' }
    await touch(tx, ref, { state: as, sign_code: null, sign_until: null })
    if (as === 'held') await record(tx, actor, 'training.session-held', { bodyId: ref.bodyId, target: ref.sessionId })
    else await record(tx, actor, 'training.session-cancelled', { bodyId: ref.bodyId, target: ref.sessionId })
    return { ok: true }
  })
}

// 去掉易混的 0 O 1 I L
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const newCode = (): string => Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
const HOUR_MS = 3_600_000

/** 开放签到：一小时内凭码有效；再按一次换新码，旧码作废。 */
export function openSignIn(deps: Deps, actor: Actor, { seen, ...ref }: SessionRef & { seen: number }): Promise<Answer> {
  requirePermission(actor, 'safeguard.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await lockSession(tx, ref, seen)
    if (found.state !== 'planned') return { ok: false, refusal: 'not-planned' }
    await touch(tx, ref, { sign_code: newCode(), sign_until: new Date(deps.clock.now().getTime() + HOUR_MS) })
    await record(tx, actor, 'training.sign-in-opened', { bodyId: ref.bodyId, target: ref.sessionId })
    return { ok: true }
  })
}

export interface SessionFilter {
  bodyId: string
  state?: SessionState
  from?: PlainDate
  to?: PlainDate
  text?: string
}

const selected = (tx: Tx, bodyId: string) =>
  tx
    .selectFrom('training_session as s')
    .selectAll('s')
    .select((eb) => eb.selectFrom('training_sign_in as i').whereRef('i.body_id', '=', 's.body_id').whereRef('i.session_id', '=', 's.session_id').select((inner) => inner.fn.countAll<number>().as('n')).as('attended'))
    .where('s.body_id', '=', bodyId)

type Row = Awaited<ReturnType<ReturnType<typeof selected>['execute']>>[number]

const toSession = (row: Row): Session => ({
  sessionId: row.session_id, version: row.version, state: row.state, planId: row.plan_id, heldOn: row.held_on, startsAt: row.starts_at, online: row.online, place: row.place, topic: row.topic, audience: row.audience, lecturer: row.lecturer, halfHours: row.half_hours,
  signIn: row.sign_code === null || row.sign_until === null ? null : { code: row.sign_code, until: row.sign_until }, attended: row.attended ?? 0,
})

export async function getSession(tx: Tx, { bodyId, sessionId }: SessionRef): Promise<Session> {
  const row = await selected(tx, bodyId).where('s.session_id', '=', sessionId).executeTakeFirst()
  if (row === undefined) throw new NotFound('这场培训')
  return toSession(row)
}

/** 凭签到码找那一场：没有的、过了时候的为 null。 */
export async function findByCode(tx: Tx, bodyId: string, code: string, at: Date): Promise<Session | null> {
  const row = await selected(tx, bodyId).where('s.sign_code', '=', code).where('s.sign_until', '>', at).where('s.state', '=', 'planned').executeTakeFirst()
  return row === undefined ? null : toSession(row)
}

const matching = ({ state, from, to, text }: SessionFilter) => ({
  state, from, to, like: text === undefined || text === '' ? undefined : `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`,
})

export async function listSessions(tx: Tx, filter: SessionFilter, { limit, offset, descending = true }: { limit: number; offset: number; descending?: boolean }): Promise<Session[]> {
  const { state, from, to, like } = matching(filter)
  let query = selected(tx, filter.bodyId)
  if (state !== undefined) query = query.where('s.state', '=', state)
  if (from !== undefined) query = query.where('s.held_on', '>=', from)
  if (to !== undefined) query = query.where('s.held_on', '<=', to)
  if (like !== undefined) query = query.where((eb) => eb.or([eb('s.topic', 'ilike', like), eb('s.audience', 'ilike', like), eb('s.place', 'ilike', like)]))
  const rows = await query.orderBy('s.held_on', descending ? 'desc' : 'asc').orderBy('s.session_id').limit(limit).offset(offset).execute()
  return rows.map(toSession)
}

export async function countSessions(tx: Tx, filter: SessionFilter): Promise<number> {
  const { state, from, to, like } = matching(filter)
  let query = tx.selectFrom('training_session as s').where('s.body_id', '=', filter.bodyId)
  if (state !== undefined) query = query.where('s.state', '=', state)
  if (from !== undefined) query = query.where('s.held_on', '>=', from)
  if (to !== undefined) query = query.where('s.held_on', '<=', to)
  if (like !== undefined) query = query.where((eb) => eb.or([eb('s.topic', 'ilike', like), eb('s.audience', 'ilike', like), eb('s.place', 'ilike', like)]))
  return (await query.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n
}
