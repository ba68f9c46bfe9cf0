import './tables.ts'
import { sql } from 'kysely'
import { getBody, getCalendar, listBodies, listMergers } from '../../bodies/index.ts'
import { actorKey } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { getComplaint, saveComplaints } from './complaint-store.ts'
import type { Answered, Complaint, Elsewhere } from './complaint.ts'
import { handOver, moveIfStuck } from './hand-over.ts'
import { RUNNING } from './queries.ts'

const MOST = 500
const MOST_HOPS = 10
const SELF = { kind: 'system', name: 'mergers' } as const

/** 机关并走了的，还没有办结的投诉转给承接的机关：收到之日、期限、查明的情况照旧；答复了的，结论、答复与评价也照旧，由承接的机关收反馈。可以重办；返回转了几件。 */
export async function followMergers(deps: Deps): Promise<number> {
  const successorOf = new Map((await listMergers(deps.db)).map(({ bodyId, successorId }) => [bodyId, successorId]))
  if (successorOf.size === 0) return 0
  const active = new Set((await listBodies(deps.db)).map(({ bodyId }) => bodyId))
  const { rows } = await sql<Elsewhere>`select body_id as "bodyId", complaint_id as "complaintId" from complaint
    where body_id = any(${[...successorOf.keys()]}::uuid[]) and (${RUNNING} or status = 'answered') order by body_id, due_on, complaint_id limit ${MOST}`.execute(deps.db)
  let moved = 0
  for (const ref of rows) {
    const to = lastOf(successorOf, ref.bodyId)
    if (active.has(ref.bodyId) || !active.has(to)) continue
    await move(deps, ref, to, successorOf)
    moved += 1
  }
  return moved
}

function lastOf(successorOf: ReadonlyMap<string, string>, bodyId: string): string {
  let at = bodyId
  for (let hop = 0; hop < MOST_HOPS; hop += 1) at = successorOf.get(at) ?? at
  return at
}

// 意见的文字另行转去，编号随之换了
const answeredOf = ({ status, decision, answer, feedback }: Complaint): Answered | null =>
  status === 'answered' && decision !== null && answer !== null ? { decision, answer, feedback: feedback === null ? null : { ...feedback, textId: null } } : null

function move(deps: Deps, ref: Elsewhere, to: string, successorOf: ReadonlyMap<string, string>): Promise<void> {
  const [on, by] = [deps.clock.today(), { actor: actorKey(SELF), at: deps.clock.now() }]
  return transaction(deps.db, async (tx) => {
    const calendar = await getCalendar(tx)
    const context = { tx, deps, actor: SELF, keys: fieldKeys(deps.config.secretKey) }
    const found = await getComplaint(tx, ref.bodyId, ref.complaintId)
    const complaint = { ...found.state, aboutBodyId: lastOf(successorOf, found.state.aboutBodyId) }
    const next = { bodyId: to, complaintId: newId() }
    const answered = answeredOf(complaint)
    await handOver({ ...context, ref }, complaint, next, found.state.reopenedOn ?? found.state.receivedOn, { days: complaint.days + (complaint.extension?.days ?? 0), findings: complaint.findings, ...(answered === null ? {} : { answered }) })
    await saveComplaints(tx, [{ found, events: [{ kind: 'transferred', on, to: next, toName: (await getBody(tx, to)).name, reason: '机关合并，由承接的机关办' }] }], by, calendar)
    if (answered !== null) return
    // 承接的机关里能办的人也都须回避的，再转给主管部门
    const taken = await getComplaint(tx, next.bodyId, next.complaintId)
    const up = await moveIfStuck({ ...context, ref: next }, taken.state, on)
    if (up !== null) await saveComplaints(tx, [{ found: taken, events: [up] }], by, calendar)
  })
}
