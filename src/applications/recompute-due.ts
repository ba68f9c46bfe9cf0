import './tables.ts'
import { sql } from 'kysely'
import { record } from '../audit/index.ts'
import type { Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { announceChanges } from './announce-changes.ts'
import { getGround } from './settings.ts'
import { dueColumns, loadApplications } from './store.ts'

/** 一件的到期日由何日变为何日。 */
export interface MovedDue {
  caseId: string
  regNo: string
  before: PlainDate | null
  after: PlainDate | null
}

const BATCH = 500
const RECOMPUTER = { kind: 'system', name: 'recompute-due' } as const

/**
 * 载入新的节假日通知或改了设置之后，重算一机构全部未决申请的到期日，给出每一件的变动。
 * 重算不是一件事，不入时间线：到期日本由事实与日历算出。每一件的变动留痕。可以重复运行。
 */
export async function recomputeDue(tx: Tx, bodyId: string, today: PlainDate, at: Date): Promise<MovedDue[]> {
  const ground = await getGround(tx, bodyId, today)
  const moved: MovedDue[] = []
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await tx
      .selectFrom('application')
      .select(['case_id', 'reg_no', 'status', 'due_on', 'clock', 'co_handling_due'])
      .where('body_id', '=', bodyId)
      .where('decided_on', 'is', null)
      .where('counted', '=', true)
      .where('case_id', '>', after)
      .orderBy('case_id')
      .limit(BATCH)
      .execute()
    const states = await loadApplications(tx, bodyId, rows.map((row) => row.case_id))
    const changed = rows.flatMap((row) => {
      const state = states.get(row.case_id)?.state
      const now = state == null ? null : dueColumns(state, ground)
      if (now === null || (now.due_on === row.due_on && now.clock === row.clock && now.co_handling_due === row.co_handling_due)) return []
      return [{ ...now, row }]
    })
    for (const { row, due_on, clock, co_handling_due } of changed) {
      await tx.updateTable('application').set({ updated_at: at, due_on, clock, co_handling_due }).where('body_id', '=', bodyId).where('case_id', '=', row.case_id).execute()
      if (due_on === row.due_on) continue
      moved.push({ caseId: row.case_id, regNo: row.reg_no, before: row.due_on, after: due_on })
      await record(tx, RECOMPUTER, 'application.due-moved', { bodyId, target: row.case_id }, { before: row.due_on, after: due_on })
    }
    await announceChanges(tx, [bodyId], at, () =>
      changed.map(({ row, due_on, clock }) => ({ before: row, after: { ...row, body_id: bodyId, due_on, clock }, version: states.get(row.case_id)?.version ?? 0 })),
    )
    const last = rows.at(-1)
    if (rows.length < BATCH || last === undefined) return moved
    after = last.case_id
  }
}

/** 有未决申请的机构。 */
export async function listBodiesWithOpenApplications(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ body_id: string }>`select distinct body_id from application where counted and decided_on is null`.execute(tx)
  return rows.map((row) => row.body_id)
}
