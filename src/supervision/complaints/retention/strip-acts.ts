import '../tables.ts'
import { sql } from 'kysely'
import { record } from '../../../audit/index.ts'
import { getCalendar, getSetting } from '../../../bodies/index.ts'
import { actorKey, requirePermission, settleBehalf, standsInFor } from '../../../identity/index.ts'
import type { AccountActor } from '../../../identity/index.ts'
import { transaction } from '../../../platform/connect.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Deps } from '../../../platform/deps.ts'
import { newId } from '../../../platform/id.ts'
import { yearOf } from '../../../statute/plain-date.ts'
import type { PlainDate } from '../../../statute/plain-date.ts'
import { complaintStore, newComplaint, saveComplaints } from '../complaint-store.ts'
import { listHeld } from './list-held.ts'

/** 一次至多去标识化几件；多的下一次再提出 */
const MOST = 1000

export const STRIP_REFUSED = {
  'nothing-due': '没有保存期满的',
  waiting: '已经提出，等另一人批准',
  gone: '已经有人办过',
  'own-proposal': '是您提出的，须由另一人批准',
  'stands-in': '委托您的人提出的，您不能代他批准',
  'reason-missing': '退回的，请写明理由',
} as const
export type StripRefusal = keyof typeof STRIP_REFUSED
export type StripAnswer = { ok: true; cases: number } | { ok: false; refusal: StripRefusal }

export interface Strip {
  stripId: string
  beforeOn: PlainDate
  cases: number
  state: 'proposed' | 'approved' | 'returned'
  proposedBy: readonly string[]
  proposedOn: PlainDate
  decidedBy: string | null
  decidedOn: PlainDate | null
  reason: string
}

/** 保存期满的界限：办结已满几年（机关的设置）的那一日；保存几年、现在可以去标识化几件、须保全几件。 */
export async function findDue(tx: Tx, bodyId: string, today: PlainDate): Promise<{ years: number; beforeOn: PlainDate; cases: number; held: number }> {
  const years = await getSetting(tx, bodyId, 'complaintKeepYears')
  const beforeOn = `${yearOf(today) - years - 1}-12-31`
  const { rows } = await sql<{ n: number }>`select count(*) as n from (select from complaint where ${due(bodyId, beforeOn)} limit 10000) counted`.execute(tx)
  const all = rows[0]?.n ?? 0
  const held = all === 0 ? 0 : (await listHeld(tx, bodyId, await listDue(tx, bodyId, beforeOn), today)).size
  return { years, beforeOn, cases: all - held, held }
}

// 在争议之中的留到争议完了；先办结的在前
async function listDue(tx: Tx, bodyId: string, beforeOn: PlainDate): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select complaint_id as id from complaint where ${due(bodyId, beforeOn)} order by closed_on, complaint_id limit ${MOST}`.execute(tx)
  return rows.map(({ id }) => id)
}

const due = (bodyId: string, beforeOn: PlainDate) => sql`body_id = ${bodyId} and closed_on is not null and stripped_on is null and closed_on <= ${beforeOn}::date`

/** 一机关的各次，近的在前；至多五十次。 */
export async function listStrips(tx: Tx, bodyId: string): Promise<Strip[]> {
  const rows = await tx.selectFrom('complaint_strip').selectAll().where('body_id', '=', bodyId).orderBy('strip_id', 'desc').limit(50).execute()
  return rows.map((row) => ({ stripId: row.strip_id, beforeOn: row.before_on, cases: row.cases, state: row.state, proposedBy: row.proposed_by, proposedOn: row.proposed_on, decidedBy: row.decided_by, decidedOn: row.decided_on, reason: row.reason }))
}

/** 提出去标识化；没有期满的、已经提出的退回。 */
export function proposeStrip(deps: Deps, actor: AccountActor): Promise<StripAnswer> {
  const { bodyId } = actor
  requirePermission(actor, 'complaint.handle', bodyId)
  const forWhom = standsInFor(actor, 'complaint.handle')
  return transaction(deps.db, async (tx): Promise<StripAnswer> => {
    const today = deps.clock.today()
    const { beforeOn, cases } = await findDue(tx, bodyId, today)
    if (cases === 0) return { ok: false, refusal: 'nothing-due' }
    const stripId = newId()
    const made = await tx
      .insertInto('complaint_strip')
      .values({ body_id: bodyId, strip_id: stripId, before_on: beforeOn, cases: Math.min(cases, MOST), state: 'proposed', proposed_by: [actor.accountId, ...(typeof forWhom === 'string' ? [forWhom] : [])], proposed_on: today, decided_by: null, decided_on: null, reason: '' })
      .onConflict((clash) => clash.doNothing())
      .executeTakeFirst()
    if (made.numInsertedOrUpdatedRows === 0n) return { ok: false, refusal: 'waiting' }
    await record(tx, actor, 'complaint.strip-proposed', { bodyId, target: stripId }, { rows: cases, until: beforeOn })
    return { ok: true, cases }
  })
}

/** 批准、退回；须另一人。批准的随即从库里删去反映人、所写的话与文件，经过与结论照留。 */
export function decideStrip(deps: Deps, actor: AccountActor, { stripId, agree, reason }: { stripId: string; agree: boolean; reason: string }): Promise<StripAnswer> {
  const { bodyId } = actor
  requirePermission(actor, 'complaint.decide', bodyId)
  return transaction(deps.db, async (tx): Promise<StripAnswer> => {
    const today = deps.clock.today()
    const found = await tx.selectFrom('complaint_strip').selectAll().where('body_id', '=', bodyId).where('strip_id', '=', stripId).forUpdate().executeTakeFirst()
    if (found?.state !== 'proposed') return { ok: false, refusal: 'gone' }
    if (found.proposed_by.includes(actor.accountId)) return { ok: false, refusal: 'own-proposal' }
    const forWhom = standsInFor(actor, 'complaint.decide', found.proposed_by)
    if (forWhom === undefined) return { ok: false, refusal: 'stands-in' }
    settleBehalf(actor, forWhom)
    if (!agree && reason === '') return { ok: false, refusal: 'reason-missing' }
    const cases = agree ? await strip(tx, deps, actor, bodyId, found.before_on) : found.cases
    await tx
      .updateTable('complaint_strip')
      .set({ state: agree ? 'approved' : 'returned', cases: Math.max(cases, 1), decided_by: actor.accountId, decided_on: today, reason: agree ? '' : reason.slice(0, 300) })
      .where('body_id', '=', bodyId)
      .where('strip_id', '=', stripId)
      .execute()
    await record(tx, actor, agree ? 'complaint.strip-approved' : 'complaint.strip-returned', { bodyId, target: stripId }, { rows: cases, until: found.before_on })
    return { ok: true, cases }
  })
}

async function strip(tx: Tx, deps: Deps, actor: AccountActor, bodyId: string, beforeOn: PlainDate): Promise<number> {
  const asked = await listDue(tx, bodyId, beforeOn)
  const held = await listHeld(tx, bodyId, asked, deps.clock.today())
  const { rows } = await sql<{ id: string; version: number }>`select complaint_id as id, version from complaint where ${due(bodyId, beforeOn)} and complaint_id = any(${asked.filter((id) => !held.has(id))}::uuid[]) order by complaint_id for update`.execute(tx)
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return 0
  for (const table of ['complaint_person', 'complaint_text', 'complaint_file', 'complaint_mail'] as const) await sql`delete from ${sql.table(table)} where body_id = ${bodyId} and complaint_id = any(${ids}::uuid[])`.execute(tx)
  const states = await complaintStore.loadStates(tx, bodyId, ids)
  const changes = rows.flatMap(({ id, version }) => {
    const state = states.get(id)
    return state === undefined ? [] : [{ found: { ...newComplaint(bodyId, id), version, state }, events: [{ kind: 'stripped', on: deps.clock.today() } as const] }]
  })
  await saveComplaints(tx, changes, { actor: actorKey(actor), at: deps.clock.now() }, await getCalendar(tx))
  return ids.length
}
