import './tables.ts'
import type { Tx } from '../platform/db.ts'
import { appendMany, readMany } from '../platform/timeline.ts'
import type { RecordedBy } from '../platform/timeline.ts'
import { upsertRows } from '../platform/upsert-rows.ts'
import { CalendarYearMissing } from '../statute/calendar.ts'
import { announceChanges } from './announce-changes.ts'
import { evolve, replay } from './application.ts'
import type { Application } from './application.ts'
import { clockOf } from './clock.ts'
import { firstCoHandlingDue } from './co-handling.ts'
import type { Ground } from './decisions.ts'
import type { ApplicationEvent } from './events.ts'
import { isLive, isUncountedRedo } from './report-facts.ts'
import type { ApplicationTable } from './tables.ts'
import { readMarks, tallyChanges } from './tally.ts'

export const APPLICATION_STREAM = 'application'

/** 从库里读出的一件：版本与状态；新的一件版本为 0，状态为 null。 */
export interface LoadedApplication {
  bodyId: string
  caseId: string
  version: number
  state: Application | null
}

/** 一件要记下的事；`sourceHash` 为导入的台账行的摘要，不写则不动。 */
export interface ApplicationChange {
  found: LoadedApplication
  events: readonly ApplicationEvent[]
  sourceHash?: Buffer
  /** 各事的记下者与时刻不同的，逐事写明 */
  recordedBy?: (event: ApplicationEvent) => RecordedBy
}

/** 读若干件，至多 1,000 件；没有的不在其中。 */
export async function loadApplications(tx: Tx, bodyId: string, caseIds: readonly string[]): Promise<Map<string, LoadedApplication>> {
  const histories = await readMany<ApplicationEvent>(tx, { bodyId, caseIds, stream: APPLICATION_STREAM })
  return new Map(
    [...histories].map(([caseId, events]) => [
      caseId,
      { bodyId, caseId, version: events.length, state: replay(events.map((recorded) => recorded.event)) },
    ]),
  )
}

/**
 * 记下许多件的事，并在同一事务里刷新列表行；没有事件、只换摘要的也刷新。返回有事件的件数。
 * 版本相撞抛 `Conflict`。
 */
export async function saveApplications(tx: Tx, changes: readonly ApplicationChange[], by: RecordedBy, ground: Omit<Ground, 'today'>): Promise<number> {
  const withEvents = changes.filter((change) => change.events.length > 0)
  await appendMany(
    tx,
    APPLICATION_STREAM,
    withEvents.map(({ found, events, recordedBy }) => ({ bodyId: found.bodyId, caseId: found.caseId, expectedVersion: found.version, events, recordedBy })),
    by,
  )
  const rows = changes.flatMap(({ found, events, sourceHash }): ApplicationTable[] => {
    let state = found.state
    for (const event of events) state = evolve(state, event)
    if (state === null) return []
    return [{ ...toRow(state, found, ground), version: found.version + events.length, source_hash: sourceHash ?? null, updated_at: by.at }]
  })
  const refs = withEvents.map(({ found }) => found)
  const marks = await readMarks(tx, refs.filter(({ version }) => version > 0))
  // 没有带摘要来的，留着原来的
  await upsertRows(tx, 'application', ['body_id', 'case_id'], rows, ['source_hash'])
  await tallyChanges(tx, refs, marks)
  await tellChanges(tx, withEvents, rows, by.at, ground)
  return withEvents.length
}

// 导入与补录的是旧事，不报给外接系统
async function tellChanges(tx: Tx, changes: readonly ApplicationChange[], rows: readonly ApplicationTable[], at: Date, ground: Omit<Ground, 'today'>): Promise<void> {
  const news = changes.filter((change) => change.sourceHash === undefined && change.recordedBy === undefined)
  await announceChanges(tx, news.map(({ found }) => found.bodyId), at, () => {
    const after = new Map(rows.map((row) => [row.case_id, row]))
    return news.flatMap(({ found }) => {
      const row = after.get(found.caseId)
      return row === undefined ? [] : [{ before: found.state === null ? null : toRow(found.state, found, ground), after: row, version: row.version }]
    })
  })
}

type StateColumns = Omit<ApplicationTable, 'version' | 'source_hash' | 'updated_at'>

/** 由状态得出列表行；期限依日历与设置算出。 */
export function toRow(a: Application, { bodyId, caseId }: { bodyId: string; caseId: string }, ground: Omit<Ground, 'today'>): StateColumns {
  return {
    body_id: bodyId,
    case_id: caseId,
    reg_no: a.regNo,
    status: a.status,
    channel: a.channel,
    applicant_kind: a.applicantKind,
    applicant_id: a.applicantId,
    content: a.content,
    split_from: a.splitFrom,
    submitted_on: a.submittedOn,
    received_on: a.receivedOn,
    counted: isLive(a),
    redo_of: a.redo?.of ?? null,
    redo_dispute: a.redo?.disputeId ?? null,
    redo_uncounted: isUncountedRedo(a),
    ...dueColumns(a, ground),
    merged_into: a.mergedInto,
    outcome: a.decision?.outcome ?? null,
    report_row: a.decision?.row ?? null,
    decided_on: a.decision?.decidedOn ?? null,
    handler: a.handler,
    doc_no: a.decision?.docNo ?? null,
    dispatched_on: a.delivery?.dispatchedOn ?? null,
    served_on: a.delivery?.servedOn ?? null,
    fee_amount: a.fee?.amount ?? 0,
    fee_on: feeOn(a),
  }
}

// 收费计入缴费之日；台账没有记缴费日期的，计入答复之日，尚未答复的计入收到之日；通知了而未缴的不计
function feeOn(a: Application): string | null {
  if (a.fee === null || a.fee.amount === 0) return null
  if (a.fee.noticedOn !== null) return a.fee.paidOn
  return a.decision?.decidedOn ?? a.receivedOn
}

/** 随日历而变的几列。不计的没有期限；办结的不再等协办。 */
export function dueColumns(a: Application, ground: Omit<Ground, 'today'>): Pick<ApplicationTable, 'clock' | 'due_on' | 'co_handling_due'> {
  if (!isLive(a)) return { clock: null, due_on: null, co_handling_due: null }
  return { ...replyColumns(a, ground), co_handling_due: firstCoHandlingDue(a, ground.calendar) }
}

function replyColumns(a: Application, { calendar, settings }: Omit<Ground, 'today'>): Pick<ApplicationTable, 'clock' | 'due_on'> {
  try {
    const clock = clockOf(a, calendar, settings)
    return { clock: clock?.state ?? null, due_on: clock?.dueOn ?? null }
  } catch (error) {
    if (error instanceof CalendarYearMissing) return { clock: 'no-calendar', due_on: null }
    throw error
  }
}
