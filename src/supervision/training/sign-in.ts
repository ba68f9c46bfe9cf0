import './tables.ts'
import { record } from '../../audit/index.ts'
import { requirePermission } from '../../identity/index.ts'
import type { Actor, SignedInActor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { findByCode, getSession } from './sessions.ts'
import type { SessionRef } from './sessions.ts'

export interface SignIn {
  signInId: string
  accountId: string | null
  name: string
  unit: string
  way: 'officer' | 'code'
  at: Date
}

/** 谁来了：账号，或者写下的姓名与科室、单位。 */
export interface Person {
  accountId: string | null
  name: string
  unit: string
}

/** 一场至多几人签到。 */
export const MOST_PEOPLE = 1000

export async function listSignIns(tx: Tx, { bodyId, sessionId }: SessionRef): Promise<SignIn[]> {
  const rows = await tx.selectFrom('training_sign_in').selectAll().where('body_id', '=', bodyId).where('session_id', '=', sessionId).orderBy('signed_at').orderBy('sign_in_id').limit(MOST_PEOPLE).execute()
  return rows.map((row) => ({ signInId: row.sign_in_id, accountId: row.account_id, name: row.name, unit: row.unit, way: row.way, at: row.signed_at }))
}

/** 记下若干人；同一人签过的不再记。返回新记几人；人满了为 null。 */
async function sign(tx: Tx, { clock }: Pick<Deps, 'clock'>, { bodyId, sessionId }: SessionRef, people: readonly Person[], way: SignIn['way']): Promise<number | null> {
  await tx.selectFrom('training_session').select('version').where('body_id', '=', bodyId).where('session_id', '=', sessionId).forUpdate().execute()
  const before = (await getSession(tx, { bodyId, sessionId })).attended
  if (before + people.length > MOST_PEOPLE) return null
  if (people.length === 0) return 0
  const done = await tx
    .insertInto('training_sign_in')
    .values(people.map((person) => ({ body_id: bodyId, session_id: sessionId, sign_in_id: newId(), account_id: person.accountId, name: person.name, unit: person.unit, way, signed_at: clock.now() })))
    .onConflict((oc) => oc.doNothing())
    .returning('sign_in_id')
    .execute()
  return done.length
}

/** 经办人勾：账号逐个勾，没有账号的写姓名。已取消的场次不记。 */
export function signByOfficer(deps: Deps, actor: Actor, { people, ...ref }: SessionRef & { people: readonly Person[] }): Promise<{ ok: true; added: number } | { ok: false; refusal: 'cancelled' | 'full' }> {
  requirePermission(actor, 'safeguard.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    if ((await getSession(tx, ref)).state === 'cancelled') return { ok: false, refusal: 'cancelled' }
    const added = await sign(tx, deps, ref, people, 'officer')
    if (added === null) return { ok: false, refusal: 'full' }
    await record(tx, actor, 'training.signed-in', { bodyId: ref.bodyId, target: ref.sessionId }, { added })
    return { ok: true, added }
  })
}

/** 凭码签到：登录的以其账号，没有登录的写姓名；码过了时候的不行。 */
export function signByCode(deps: Deps, actor: SignedInActor | null, { bodyId, code, name, unit }: { bodyId: string; code: string; name: string; unit: string }): Promise<'ok' | 'closed' | 'full'> {
  return transaction(deps.db, async (tx) => {
    const session = await findByCode(tx, bodyId, code, deps.clock.now())
    if (session === null) return 'closed'
    const person = actor === null ? { accountId: null, name, unit } : { accountId: actor.accountId, name: actor.name, unit: '' }
    const added = await sign(tx, deps, { bodyId, sessionId: session.sessionId }, [person], 'code')
    if (added === null) return 'full'
    if (added > 0) await record(tx, actor ?? { kind: 'system', name: 'training' }, 'training.signed-in', { bodyId, target: session.sessionId }, { added })
    return 'ok'
  })
}

/** 去掉误签的一人；办完了的也可以改，留痕可查。 */
export function removeSignIn(deps: Deps, actor: Actor, { signInId, ...ref }: SessionRef & { signInId: string }): Promise<boolean> {
  requirePermission(actor, 'safeguard.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const session = await getSession(tx, ref)
    // 已办的至少留一人：没有人到的场次不计
    if (session.state === 'held' && session.attended <= 1) return false
    const done = await tx.deleteFrom('training_sign_in').where('body_id', '=', ref.bodyId).where('session_id', '=', ref.sessionId).where('sign_in_id', '=', signInId).executeTakeFirst()
    if (done.numDeletedRows === 0n) return false
    await record(tx, actor, 'training.sign-in-removed', { bodyId: ref.bodyId, target: ref.sessionId })
    return true
  })
}
