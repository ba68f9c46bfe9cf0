import '../leading-group/tables.ts'
import '../training/tables.ts'
import '../problems/tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { TaskState } from '../leading-group/tasks.ts'
import { trainingHoursOf } from '../training/hours.ts'

/** 一机关一年做了多少：这一年的会议与其议定而逾期的事、办了的培训、列了的问题与其逾期的措施；点开所列的即所数的。 */
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
    union all select t.body_id, 'lateTasks', count(*) from leading_group_task t join leading_group_meeting m on m.body_id = t.body_id and m.meeting_id = t.meeting_id
      where t.body_id = ${ids} and m.held_on between ${from}::date and ${to}::date and t.state = 'open' and t.due_on < ${today}::date group by 1
    union all select body_id, 'problems', count(*) from problem where body_id = ${ids} and year = ${year} and state <> 'dropped' group by 1
    union all select m.body_id, 'lateMeasures', count(*) from problem_measure m join problem p on p.body_id = m.body_id and p.problem_id = m.problem_id
      where m.body_id = ${ids} and p.year = ${year} and p.state <> 'dropped' and m.state = 'open' and m.due_on < ${today}::date group by 1`.execute(tx)
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
  const [from, to] = [`${year}-01-01`, `${year}-12-31`]
  const { rows: meetings } = await sql<MeetingSeen>`
    select meeting_id as "meetingId", held_on as "heldOn", title, agenda, summary, jsonb_array_length(present) as present from leading_group_meeting
    where body_id = ${bodyId} and held_on between ${from}::date and ${to}::date order by held_on desc, meeting_id limit ${MOST_MEETINGS}`.execute(tx)
  const { rows: tasks } = await sql<TaskSeen>`
    select t.task_id as "taskId", t.content, t.unit, t.due_on as "dueOn", t.state from leading_group_task t join leading_group_meeting m on m.body_id = t.body_id and m.meeting_id = t.meeting_id
    where t.body_id = ${bodyId} and m.held_on between ${from}::date and ${to}::date order by t.due_on desc, t.task_id limit ${MOST_TASKS}`.execute(tx)
  return { meetings, tasks }
}
