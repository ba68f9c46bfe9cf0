import type { Tx } from '../platform/db.ts'
import { announce } from '../webhooks/index.ts'
import type { Announcement } from '../webhooks/index.ts'
import type { ApplicationTable } from './tables.ts'

type Row = Pick<ApplicationTable, 'body_id' | 'case_id' | 'reg_no' | 'status' | 'clock' | 'due_on'>

/** 一件申请改动前后的列表行；新登记的没有前。 */
export interface RowChange {
  before: Pick<Row, 'status' | 'clock' | 'due_on'> | null
  after: Row
  version: number
}

/** 把申请的改动报给订了回调的系统：只有代码、登记号、状态与日期。没有人订的机关不算。 */
export const announceChanges = (tx: Tx, bodyIds: readonly string[], at: Date, make: () => readonly RowChange[]): Promise<void> =>
  announce(tx, bodyIds, at, () => make().flatMap(toAnnouncements))

function toAnnouncements({ before, after, version }: RowChange): Announcement[] {
  const { body_id: bodyId, case_id: applicationId, reg_no: regNo, status, clock, due_on: dueOn } = after
  const data = { applicationId, regNo, status, clock, dueOn, version }
  if (before === null) return [{ bodyId, event: 'application.created', data }]
  return [
    ...(before.status === status ? [] : [{ bodyId, event: 'application.status-changed' as const, data: { ...data, before: before.status } }]),
    ...(before.due_on === dueOn && before.clock === clock ? [] : [{ bodyId, event: 'application.due-changed' as const, data: { ...data, before: before.due_on } }]),
  ]
}
