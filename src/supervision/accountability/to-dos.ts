import './tables.ts'
import { findBody, listBodies } from '../../bodies/index.ts'
import { can } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { matterHref } from './matter-acts.ts'
import { listMatters } from './matter-store.ts'

interface ToDo {
  title: string
  href: string
  dueOn: PlainDate | null
  note: string
}

const MOST = 20

/** 此人的责任追究：机关待陈述申辩、待整改的；区政务公开办待告知、待处理、待确认的，各至多二十件。 */
export async function accountabilityToDos({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: SignedInActor): Promise<ToDo[]> {
  const { bodyId } = actor
  const page = { limit: MOST, offset: 0, descending: false }
  if (can(actor, 'accountability.manage', bodyId)) {
    const codes = new Map((await listBodies(db, { includeAbolished: true })).map((body) => [body.bodyId, body.code]))
    const late = (await listMatters(db, { status: 'told' }, page)).filter(({ replyBy }) => replyBy !== null && replyBy < clock.today())
    const waiting = [...(await listMatters(db, { status: 'opened' }, page)), ...late, ...(await listMatters(db, { status: 'replied' }, page)), ...(await listMatters(db, { status: 'rectified' }, page))]
    const notes = { opened: '查明事实，告知机关', told: '陈述申辩的期限已过，请处理', replied: '机关已陈述申辩，请处理', rectified: '机关报告了整改，请确认' } as const
    return waiting.slice(0, MOST).map((row) => ({ title: row.title, href: matterHref(codes.get(row.bodyId) ?? '', row.matterId), dueOn: null, note: row.status in notes ? notes[row.status as keyof typeof notes] : '' }))
  }
  if (!can(actor, 'accountability.answer', bodyId)) return []
  const code = (await findBody(db, bodyId))?.code ?? ''
  const told = (await listMatters(db, { bodyId, status: 'told' }, page)).map((row) => ({ row, dueOn: row.replyBy, note: '陈述申辩' }))
  const decided = (await listMatters(db, { bodyId, status: 'decided' }, page)).map((row) => ({ row, dueOn: row.rectifyBy, note: '整改后报告' }))
  return [...told, ...decided].map(({ row, dueOn, note }) => ({ title: row.title, href: matterHref(code, row.matterId), dueOn, note }))
}
