import './tables.ts'
import { record } from '../../audit/index.ts'
import { requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

/** 在领导小组里任什么，先后为序。 */
export const DUTIES = { head: '组长', deputy: '副组长', member: '成员', office: '办公室联络员' } as const
export type Duty = keyof typeof DUTIES
export const isDuty = (text: string): text is Duty => Object.hasOwn(DUTIES, text)

export interface Member {
  memberId: string
  version: number
  duty: Duty
  name: string
  post: string
  from: PlainDate
  to: PlainDate | null
}
export type MemberInput = Pick<Member, 'duty' | 'name' | 'post' | 'from' | 'to'>

const MOST = 200
const ORDER: readonly Duty[] = ['head', 'deputy', 'member', 'office']

/** 历任的成员，在任的在前，组长在前；至多二百人。 */
export async function listMembers(tx: Tx, bodyId: string): Promise<Member[]> {
  const rows = await tx.selectFrom('leading_group_member').selectAll().where('body_id', '=', bodyId).orderBy('from_on').orderBy('member_id').limit(MOST).execute()
  return rows
    .map((row) => ({ memberId: row.member_id, version: row.version, duty: row.duty, name: row.name, post: row.post, from: row.from_on, to: row.to_on }))
    .toSorted((a, b) => Number(a.to !== null) - Number(b.to !== null) || ORDER.indexOf(a.duty) - ORDER.indexOf(b.duty))
}

/** 此日在任的。 */
export const servingOn = (members: readonly Member[], day: PlainDate): Member[] => members.filter(({ from, to }) => from <= day && (to === null || day <= to))

export const MEMBER_REFUSED = { 'too-many': `成员已满 ${MOST} 人`, 'second-head': '这段时间已有组长，请先写明前任止于何日' } as const
export type MemberRefusal = keyof typeof MEMBER_REFUSED
type Answer = { ok: true } | { ok: false; refusal: MemberRefusal }

const overlaps = (a: Pick<Member, 'from' | 'to'>, b: Pick<Member, 'from' | 'to'>): boolean => (b.to === null || a.from <= b.to) && (a.to === null || b.from <= a.to)

function refusalOf(input: MemberInput, others: readonly Member[]): MemberRefusal | null {
  if (input.duty === 'head' && others.some((other) => other.duty === 'head' && overlaps(input, other))) return 'second-head'
  return others.length >= MOST ? 'too-many' : null
}

/** 新增一名成员；同一时候只有一名组长。 */
export function addMember(deps: Deps, actor: Actor, { bodyId, ...input }: MemberInput & { bodyId: string }): Promise<Answer> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const refusal = refusalOf(input, await listMembers(tx, bodyId))
    if (refusal !== null) return { ok: false, refusal }
    const memberId = newId()
    await tx.insertInto('leading_group_member').values({ body_id: bodyId, member_id: memberId, version: 1, ...toRow(input), added_at: deps.clock.now() }).execute()
    await record(tx, actor, 'leading-group.member-added', { bodyId, target: memberId })
    return { ok: true }
  })
}

const toRow = ({ duty, name, post, from, to }: MemberInput) => ({ duty, name, post, from_on: from, to_on: to })

/** 改一名成员：职务变动、离任。 */
export function changeMember(deps: Deps, actor: Actor, { bodyId, memberId, seen, ...input }: MemberInput & { bodyId: string; memberId: string; seen: number }): Promise<Answer> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const members = await listMembers(tx, bodyId)
    const found = members.find((member) => member.memberId === memberId)
    if (found === undefined) throw new NotFound('这名成员')
    if (found.version !== seen) throw new Conflict(seen, found.version)
    const refusal = refusalOf(input, members.filter((member) => member.memberId !== memberId))
    if (refusal !== null) return { ok: false, refusal }
    await tx.updateTable('leading_group_member').set((eb) => ({ ...toRow(input), version: eb('version', '+', 1) })).where('body_id', '=', bodyId).where('member_id', '=', memberId).where('version', '=', seen).execute()
    await record(tx, actor, 'leading-group.member-changed', { bodyId, target: memberId })
    return { ok: true }
  })
}
