import './tables.ts'
import { record } from '../../audit/index.ts'
import { actorKey, can, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { notify } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict, Forbidden, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { addNote } from '../progress/progress.ts'
import type { GivenNote } from '../progress/take-note.ts'
import { getMeeting } from './meetings.ts'

export const TASK_STATES = { open: '在办', done: '办结', dropped: '不再办' } as const
export type TaskState = keyof typeof TASK_STATES
export const isTaskState = (text: string | undefined): text is TaskState => text !== undefined && Object.hasOwn(TASK_STATES, text)

export interface TaskFacts {
  content: string
  /** 承办的科室 */
  unit: string
  /** 经办的账号 */
  owner: string | null
  dueOn: PlainDate
}
export interface Task extends TaskFacts {
  taskId: string
  meetingId: string
  meetingTitle: string
  heldOn: PlainDate
  version: number
  state: TaskState
  endedOn: PlainDate | null
}
export interface TaskRef {
  bodyId: string
  taskId: string
}

export const TASKS = '/desk/leading-group/tasks'
export const taskHref = (taskId: string): string => `${TASKS}/${taskId}`

/** 会上议定一件事；有经办人的通知其本人。 */
export function addTask(deps: Deps, actor: Actor, { bodyId, meetingId, facts }: { bodyId: string; meetingId: string; facts: TaskFacts }): Promise<void> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    await getMeeting(tx, { bodyId, meetingId })
    const taskId = newId()
    await tx
      .insertInto('leading_group_task')
      .values({ body_id: bodyId, task_id: taskId, meeting_id: meetingId, version: 1, content: facts.content, unit: facts.unit, owner: facts.owner, due_on: facts.dueOn, state: 'open', ended_on: null, made_by: actorKey(actor), made_at: deps.clock.now() })
      .execute()
    await tellOwner(tx, deps, actor, { bodyId, taskId, facts })
    await record(tx, actor, 'leading-group.task-added', { bodyId, target: taskId })
  })
}

const tellOwner = (tx: Tx, { clock }: Pick<Deps, 'clock'>, actor: Actor, { bodyId, taskId, facts: { owner, content, dueOn } }: TaskRef & { facts: TaskFacts }): Promise<unknown> =>
  owner === null ? Promise.resolve() : notify(tx, { bodyId, at: clock.now(), accounts: [owner], except: actorKey(actor), key: `group-task/${taskId}/assigned/${owner}`, title: `领导小组议定：${content}`, note: `请于 ${dueOn} 前办结，并记下进展与佐证`, href: taskHref(taskId) })

/** 改一件没有办结的事：内容、承办的科室与人、期限。 */
export function changeTask(deps: Deps, actor: Actor, { seen, facts, ...ref }: TaskRef & { seen: number; facts: TaskFacts }): Promise<boolean> {
  requirePermission(actor, 'safeguard.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    if ((await lockOpen(tx, ref, seen)) === null) return false
    await update(tx, ref, { content: facts.content, unit: facts.unit, owner: facts.owner, due_on: facts.dueOn })
    await tellOwner(tx, deps, actor, { ...ref, facts })
    await record(tx, actor, 'leading-group.task-changed', { bodyId: ref.bodyId, target: ref.taskId })
    return true
  })
}

const update = (tx: Tx, { bodyId, taskId }: TaskRef, to: object): Promise<unknown> =>
  tx.updateTable('leading_group_task').set((eb) => ({ ...to, version: eb('version', '+', 1) })).where('body_id', '=', bodyId).where('task_id', '=', taskId).execute()

/** 锁住一件在办的；已了结的为 null，所见已落后的抛 Conflict。 */
async function lockOpen(tx: Tx, ref: TaskRef, seen: number): Promise<Task | null> {
  await tx.selectFrom('leading_group_task').select('version').where('body_id', '=', ref.bodyId).where('task_id', '=', ref.taskId).forUpdate().execute()
  const found = await getTask(tx, ref)
  if (found.version !== seen) throw new Conflict(seen, found.version)
  return found.state === 'open' ? found : null
}

/** 记进展：经办的人与公开工作机构都可以；办结的一并了结，不再办的只由公开工作机构定。 */
export function noteTask(deps: Deps, actor: Actor, { note, ...ref }: TaskRef & { note: GivenNote }): Promise<boolean> {
  requirePermission(actor, 'safeguard.read', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await lockOpen(tx, ref, note.seen)
    if (found === null) return false
    const officer = can(actor, 'safeguard.handle', ref.bodyId)
    if (!officer && found.owner !== actorKey(actor)) throw new Forbidden('记别人经办的事的进展')
    if (note.step === 'dropped' && !officer) throw new Forbidden('定为不再办')
    await addNote(tx, deps, actor, { bodyId: ref.bodyId, subjectId: ref.taskId, ...note })
    await update(tx, ref, note.step === 'note' ? {} : { state: note.step, ended_on: note.on })
    if (note.step !== 'note') await record(tx, actor, 'leading-group.task-ended', { bodyId: ref.bodyId, target: ref.taskId }, { state: note.step })
    return true
  })
}

const joined = (tx: Tx, bodyId: string) =>
  tx
    .selectFrom('leading_group_task as t')
    .innerJoin('leading_group_meeting as m', (join) => join.onRef('m.body_id', '=', 't.body_id').onRef('m.meeting_id', '=', 't.meeting_id'))
    .where('t.body_id', '=', bodyId)

const COLUMNS = ['t.task_id', 't.meeting_id', 't.version', 't.content', 't.unit', 't.owner', 't.due_on', 't.state', 't.ended_on', 'm.title', 'm.held_on'] as const

interface TaskRow {
  task_id: string
  meeting_id: string
  version: number
  content: string
  unit: string
  owner: string | null
  due_on: PlainDate
  state: TaskState
  ended_on: PlainDate | null
  title: string
  held_on: PlainDate
}

const toTask = (row: TaskRow): Task => ({
  taskId: row.task_id, meetingId: row.meeting_id, meetingTitle: row.title, heldOn: row.held_on, version: row.version, content: row.content, unit: row.unit, owner: row.owner, dueOn: row.due_on, state: row.state, endedOn: row.ended_on,
})

export async function getTask(tx: Tx, { bodyId, taskId }: TaskRef): Promise<Task> {
  const row = await joined(tx, bodyId).select(COLUMNS).where('t.task_id', '=', taskId).executeTakeFirst()
  if (row === undefined) throw new NotFound('这件议定的事')
  return toTask(row)
}

export interface TaskFilter {
  bodyId: string
  state?: TaskState
  /** 到期早于此日 */
  dueBefore?: PlainDate
  owner?: string
  text?: string
}

const filtered = (tx: Tx, { bodyId, state, dueBefore, owner, text }: TaskFilter) => {
  let query = joined(tx, bodyId)
  if (state !== undefined) query = query.where('t.state', '=', state)
  if (dueBefore !== undefined) query = query.where('t.due_on', '<', dueBefore)
  if (owner !== undefined) query = query.where('t.owner', '=', owner)
  if (text !== undefined && text !== '') {
    const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where((eb) => eb.or([eb('t.content', 'ilike', like), eb('t.unit', 'ilike', like)]))
  }
  return query
}

export async function listTasks(tx: Tx, filter: TaskFilter, { limit, offset, descending = false }: { limit: number; offset: number; descending?: boolean }): Promise<Task[]> {
  const rows = await filtered(tx, filter).select(COLUMNS).orderBy('t.due_on', descending ? 'desc' : 'asc').orderBy('t.task_id').limit(limit).offset(offset).execute()
  return rows.map(toTask)
}

export async function countTasks(tx: Tx, filter: TaskFilter): Promise<number> {
  const row = await filtered(tx, filter).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return row.n
}

/** 一次会议议定的各件，至多二百件。 */
export async function listTasksOf(tx: Tx, bodyId: string, meetingId: string): Promise<Task[]> {
  const rows = await joined(tx, bodyId).select(COLUMNS).where('t.meeting_id', '=', meetingId).orderBy('t.due_on').orderBy('t.task_id').limit(200).execute()
  return rows.map(toTask)
}
