import '../leading-group/tables.ts'
import '../training/tables.ts'
import '../problems/tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { TaskState } from '../leading-group/tasks.ts'
import { trainingHoursOf } from '../training/hours.ts'

/** 一机关一年做了多少：会议、没有办结而逾期的议定的事、培训、问题与其中没有措施的。 */
export interface Done {
  meetings: number
  lateTasks: number
  sessions: number
  hours: number
  problems: number
  lateMeasures: number
}

const NONE: Done = { meetings: 0, lateTasks: 0, sessions: 0, hours: 0, problems: 0, lateMeasures: 0 }

/** 若干机关的，一次取齐；什么都没有的也在其中。 */
export async function listDone(tx: Tx, { bodyIds, year, today }: { bodyIds: readonly string[]; year: number; today: PlainDate }): Promise<Map<string, Done>> {
  const found = new Map(bodyIds.map((bodyId) => [bodyId, { ...NONE }]))
  if (bodyIds.length === 0) return found
  const [from, to] = [`${year}-01-01`, `${year}-12-31`]
  const ids = sql`any(${[...bodyIds]}::uuid[])`
  const { rows } = await sql<{ bodyId: string; what: 'meetings' | 'lateTasks' | 'problems' | 'lateMeasures'; n: number }>`
    select body_id as "bodyId", 'meetings' as what, count(*) as n from leading_group_meeting where body_id = ${ids} and held_on between ${from}::date and ${to}::date group by 1
    union all select body_id, 'lateTasks', count(*) from leading_group_task where body_id = ${ids} and state = 'open' and due_on < ${today}::date group by 1
    union all select body_id, 'problems', count(*) from problem where body_id = ${ids} and year = ${year} and state <> 'dropped' group by 1
    union all select body_id, 'lateMeasures', count(*) from problem_measure where body_id = ${ids} and state = 'open' and due_on < ${today}::date group by 1`.execute(tx)
  for (const { bodyId, what, n } of rows) found.set(bodyId, { ...(found.get(bodyId) ?? NONE), [what]: n })
  for (const [bodyId, { sessions, hours }] of await trainingHoursOf(tx, bodyIds, from, to)) found.set(bodyId, { ...(found.get(bodyId) ?? NONE), sessions, hours })
  return found
}

/** 一次会议：人名不列，只有到会几人。 */
export interface MeetingSeen {
  meetingId: string
  heldOn: PlainDate
  title: string
  agenda: string
  summary: string
  present: number
}

export interface TaskSeen {
  taskId: string
  content: string
  unit: string
  dueOn: PlainDate
  state: TaskState
}

const MOST_MEETINGS = 60
const MOST_TASKS = 200

/** 一机关一年的会议与其议定的事，近的在前；会议至多六十次，事至多二百件。 */
export async function listMeetingsSeen(tx: Tx, bodyId: string, year: number): Promise<{ meetings: MeetingSeen[]; tasks: TaskSeen[] }> {
  const { rows: meetings } = await sql<MeetingSeen>`
    select meeting_id as "meetingId", held_on as "heldOn", title, agenda, summary, jsonb_array_length(present) as present from leading_group_meeting
    where body_id = ${bodyId} and held_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date order by held_on desc, meeting_id limit ${MOST_MEETINGS}`.execute(tx)
  const { rows: tasks } = await sql<TaskSeen>`
    select task_id as "taskId", content, unit, due_on as "dueOn", state from leading_group_task
    where body_id = ${bodyId} and meeting_id = any(${meetings.map(({ meetingId }) => meetingId)}::uuid[]) order by due_on desc, task_id limit ${MOST_TASKS}`.execute(tx)
  return { meetings, tasks }
}
