import './tables.ts'
import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { EvidenceFile } from '../progress/evidence-file.ts'

export interface MeetingFacts {
  heldOn: PlainDate
  title: string
  place: string
  chair: string
  /** 议题，一行一个 */
  agenda: string
  /** 纪要的正文 */
  summary: string
  present: readonly string[]
  absent: readonly string[]
  guests: readonly string[]
}
export interface Meeting extends MeetingFacts {
  meetingId: string
  version: number
  file: EvidenceFile | null
}
export interface MeetingRef {
  bodyId: string
  meetingId: string
}

/** 记一次会议，或者改所记的；`file` 为 null 即不换原有的文件。返回其编号。 */
export function saveMeeting(deps: Deps, actor: Actor, { bodyId, meetingId, seen, facts, file }: { bodyId: string; meetingId: string | null; seen: number; facts: MeetingFacts; file: EvidenceFile | null }): Promise<string> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const id = meetingId ?? newId()
    if (meetingId === null)
      await tx.insertInto('leading_group_meeting').values({ body_id: bodyId, meeting_id: id, version: 1, ...toRow(facts), ...fileRow(file), made_by: actorKey(actor), made_at: deps.clock.now() }).execute()
    else {
      const { version } = await getMeeting(tx, { bodyId, meetingId })
      const changed = await tx
        .updateTable('leading_group_meeting')
        .set((eb) => ({ ...toRow(facts), ...(file === null ? {} : fileRow(file)), version: eb('version', '+', 1) }))
        .where('body_id', '=', bodyId)
        .where('meeting_id', '=', meetingId)
        .where('version', '=', seen)
        .executeTakeFirst()
      if (changed.numUpdatedRows === 0n) throw new Conflict(seen, version)
    }
    await record(tx, actor, 'leading-group.meeting-saved', { bodyId, target: id }, { on: facts.heldOn })
    return id
  })
}

const toRow = (facts: MeetingFacts) => ({
  held_on: facts.heldOn, title: facts.title, place: facts.place, chair: facts.chair, agenda: facts.agenda, summary: facts.summary,
  present: JSON.stringify(facts.present), absent: JSON.stringify(facts.absent), guests: JSON.stringify(facts.guests),
})

const fileRow = (file: EvidenceFile | null) => ({ file_key: file?.key ?? null, file_name: file?.name ?? null, file_type: file?.type ?? null, file_size: file?.size ?? null })

export async function getMeeting(tx: Tx, { bodyId, meetingId }: MeetingRef): Promise<Meeting> {
  const row = await tx.selectFrom('leading_group_meeting').selectAll().where('body_id', '=', bodyId).where('meeting_id', '=', meetingId).executeTakeFirst()
  if (row === undefined) throw new NotFound('这次会议')
  return {
    meetingId: row.meeting_id, version: row.version, heldOn: row.held_on, title: row.title, place: row.place, chair: row.chair, agenda: row.agenda, summary: row.summary,
    present: row.present, absent: row.absent, guests: row.guests,
    file: row.file_key === null || row.file_name === null || row.file_type === null ? null : { key: row.file_key, name: row.file_name, type: row.file_type, size: row.file_size ?? 0 },
  }
}

export interface MeetingRow {
  meetingId: string
  heldOn: PlainDate
  title: string
  present: number
  tasks: number
  openTasks: number
}
export interface MeetingFilter {
  bodyId: string
  from?: PlainDate
  to?: PlainDate
  text?: string
}

const matching = (tx: Tx, { bodyId, from, to, text }: MeetingFilter) => {
  let query = tx.selectFrom('leading_group_meeting as m').where('m.body_id', '=', bodyId)
  if (from !== undefined) query = query.where('m.held_on', '>=', from)
  if (to !== undefined) query = query.where('m.held_on', '<=', to)
  if (text !== undefined && text !== '') {
    const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where((eb) => eb.or([eb('m.title', 'ilike', like), eb('m.agenda', 'ilike', like), eb('m.summary', 'ilike', like)]))
  }
  return query
}

/** 会议，近的在前，各附到会几人、议定几件、几件没有办结。 */
export async function listMeetings(tx: Tx, filter: MeetingFilter, { limit, offset, descending = true }: { limit: number; offset: number; descending?: boolean }): Promise<MeetingRow[]> {
  const rows = await matching(tx, filter)
    .select((eb) => [
      'm.meeting_id', 'm.held_on', 'm.title', eb.fn<number>('jsonb_array_length', ['m.present']).as('present'),
      eb.selectFrom('leading_group_task as t').whereRef('t.body_id', '=', 'm.body_id').whereRef('t.meeting_id', '=', 'm.meeting_id').select((inner) => inner.fn.countAll<number>().as('n')).as('tasks'),
      eb.selectFrom('leading_group_task as t').whereRef('t.body_id', '=', 'm.body_id').whereRef('t.meeting_id', '=', 'm.meeting_id').where('t.state', '=', 'open').select((inner) => inner.fn.countAll<number>().as('n')).as('open'),
    ])
    .orderBy('m.held_on', descending ? 'desc' : 'asc')
    .orderBy('m.meeting_id')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map((row) => ({ meetingId: row.meeting_id, heldOn: row.held_on, title: row.title, present: row.present, tasks: row.tasks ?? 0, openTasks: row.open ?? 0 }))
}

/** 某段时间开了几次会，两端都算。 */
export async function countMeetings(tx: Tx, filter: MeetingFilter): Promise<number> {
  const row = await matching(tx, filter).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return row.n
}
