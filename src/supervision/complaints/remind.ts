import './tables.ts'
import { sql } from 'kysely'
import { getCalendar } from '../../bodies/index.ts'
import { notify } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { record } from '../../audit/index.ts'
import { CalendarYearMissing, addWorkingDays } from '../../statute/calendar.ts'
import type { Calendar } from '../../statute/calendar.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { complaintDueOn } from './complaint-term.ts'
import { complaintStore } from './complaint-store.ts'
import { RUNNING } from './queries.ts'
import { DECIDERS, HANDLERS } from './route-complaint.ts'
import { listFree } from './viewer.ts'

/** 到期前几个工作日提醒 */
const NEAR = 3
const MOST = 5000

interface Due {
  bodyId: string
  complaintId: string
  regNo: string
  dueOn: PlainDate
  handler: string | null
  barred: string[]
}

/** 快到期、到期、逾期的，各提醒一次；逾期的另告能作结论的人。须回避的不收。键使重办无害。 */
export async function remindComplaints(deps: Deps): Promise<number> {
  const today = deps.clock.today()
  const rows = await listDue(deps.db, lastNear(today, await getCalendar(deps.db)))
  let told = 0
  for (const row of rows) told += await transaction(deps.db, (tx) => remind(tx, deps, row, today))
  return told
}

async function listDue(tx: Tx, to: PlainDate): Promise<Due[]> {
  const { rows } = await sql<Due>`select body_id as "bodyId", complaint_id as "complaintId", reg_no as "regNo", due_on as "dueOn", handler, barred from complaint
    where ${RUNNING} and due_on <= ${to}::date order by due_on limit ${MOST}`.execute(tx)
  return rows
}

async function remind(tx: Tx, { clock }: Deps, { bodyId, complaintId, regNo, dueOn, handler, barred }: Due, today: PlainDate): Promise<number> {
  const late = dueOn < today
  const all = handler === null ? await listFree(tx, bodyId, HANDLERS, today, barred) : [handler]
  const above = late ? await listFree(tx, bodyId, DECIDERS, today, barred) : []
  const stage = late ? 'late' : dueOn === today ? 'today' : 'soon'
  const title = late ? `${regNo} 已逾期` : dueOn === today ? `${regNo} 今天到期` : `${regNo} ${dueOn} 到期`
  return notify(tx, { bodyId, at: clock.now(), accounts: [...all, ...above], key: `complaint:${complaintId}:due:${dueOn}:${stage}`, title, note: '投诉、反映，请答复反映人；办不完的，可以延长一次。', href: `/desk/complaints/${complaintId}` })
}

// 没有该年节假日安排的，往宽里看
function lastNear(today: PlainDate, calendar: Calendar): PlainDate {
  try {
    return addWorkingDays(today, NEAR, calendar)
  } catch (error) {
    if (error instanceof CalendarYearMissing) return addCalendarDays(today, NEAR * 2)
    throw error
  }
}

/** 载入新的节假日安排之后，重算还没有答复的期限；每一件的变动留痕。可以重办。返回移动了几件。 */
export async function recomputeComplaints({ db }: Pick<Deps, 'db'>): Promise<number> {
  return transaction(db, async (tx) => {
    const calendar = await getCalendar(tx)
    const { rows } = await sql<{ bodyId: string; complaintId: string; dueOn: PlainDate | null }>`select body_id as "bodyId", complaint_id as "complaintId", due_on as "dueOn" from complaint where ${RUNNING} order by body_id limit ${MOST}`.execute(tx)
    let moved = 0
    for (const [bodyId, group] of Map.groupBy(rows, (row) => row.bodyId)) {
      for (let from = 0; from < group.length; from += 1000) {
        const batch = group.slice(from, from + 1000)
        const states = await complaintStore.loadStates(tx, bodyId, batch.map(({ complaintId }) => complaintId))
        for (const { complaintId, dueOn } of batch) {
          const state = states.get(complaintId)
          const due = state === undefined || state.status === 'new' ? dueOn : complaintDueOn(state, calendar)
          if (due === dueOn) continue
          await tx.updateTable('complaint').set({ due_on: due }).where('body_id', '=', bodyId).where('complaint_id', '=', complaintId).execute()
          await record(tx, { kind: 'system', name: 'recompute-due' }, 'complaint.due-moved', { bodyId, target: complaintId }, { before: dueOn, after: due })
          moved += 1
        }
      }
    }
    return moved
  })
}
