import './tables.ts'
import { record } from '../audit/index.ts'
import { getCalendar } from '../bodies/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { CronEntry, JobHandlers } from '../platform/jobs.ts'
import type { Calendar } from '../statute/calendar.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { publishDue } from './review/publish-due.ts'
import { itemStore, toItemRow } from './store.ts'

const PAGE = 500
const RECOMPUTER = { kind: 'system', name: 'recompute-due' } as const
type Place = { bodyId: string; itemId: string }

/**
 * 载入新的节假日通知之后，重算待公开信息的公开期限；每一件的变动留痕。期限由事实与日历算出，不入时间线。
 * 一页一个事务，可以重办。返回移动了的件数。
 */
export async function recomputeItemDue(db: Db): Promise<number> {
  const calendar = await getCalendar(db)
  let moved = 0
  let after: Place | null = null
  for (;;) {
    const from: Place | null = after
    const page: { moved: number; last: Place | null } = await transaction(db, (tx) => recomputePage(tx, from, calendar))
    moved += page.moved
    if (page.last === null) return moved
    after = page.last
  }
}

async function recomputePage(tx: Tx, after: Place | null, calendar: Calendar): Promise<{ moved: number; last: Place | null }> {
  const open = tx
    .selectFrom('info_item')
    .select(['body_id', 'item_id', 'due_on'])
    .where('attribute', '=', 'proactive')
    .where('status', 'not in', ['published', 'withdrawn', 'expired'])
    .orderBy('body_id')
    .orderBy('item_id')
    .limit(PAGE)
  const rows = await (after ? open.where((eb) => eb(eb.refTuple('body_id', 'item_id'), '>', eb.tuple(after.bodyId, after.itemId))) : open).execute()
  let moved = 0
  for (const [bodyId, group] of Map.groupBy(rows, (row) => row.body_id)) {
    const items = await itemStore.loadStates(tx, bodyId, group.map((row) => row.item_id))
    for (const row of group) {
      const item = items.get(row.item_id)
      const due = item === undefined || item.status === 'new' ? row.due_on : toItemRow(item, calendar).due_on
      if (due === row.due_on) continue
      await move(tx, { bodyId, itemId: row.item_id }, row.due_on, due)
      moved += 1
    }
  }
  const last = rows.at(-1)
  return { moved, last: rows.length < PAGE || !last ? null : { bodyId: last.body_id, itemId: last.item_id } }
}

async function move(tx: Tx, { bodyId, itemId }: Place, before: PlainDate | null, after: PlainDate | null): Promise<void> {
  await tx.updateTable('info_item').set({ due_on: after }).where('body_id', '=', bodyId).where('item_id', '=', itemId).execute()
  await record(tx, RECOMPUTER, 'item.due-moved', { bodyId, target: itemId }, { before, after })
}

export const catalogueJobs: JobHandlers = {
  'catalogue.recompute-due': async ({ db }) => {
    await recomputeItemDue(db)
  },
  'catalogue.publish-due': async (deps) => {
    await publishDue(deps)
  },
}
export const catalogueCrons: readonly CronEntry[] = [
  { task: 'catalogue.recompute-due', at: '0:40' },
  { task: 'catalogue.publish-due', at: 'every-minute' },
]
