import './tables.ts'
import { sql } from 'kysely'
import { record } from '../audit/index.ts'
import { getCalendar } from '../bodies/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { litigationStore, toLitigationRow } from './litigation-store.ts'
import { reviewStore, toReviewRow } from './review-store.ts'

const RECOMPUTER = { kind: 'system', name: 'recompute-due' } as const
// 一个区同时等着答复、答辩的案子以百计；更多的次日再办
const MOST = 10_000

interface OpenRow {
  bodyId: string
  caseId: string
  dueOn: PlainDate | null
  answerDueOn: PlainDate | null
}
type Dates = { due_on: PlainDate | null; answer_due_on: PlainDate | null }

/** 载入新的节假日通知之后，重算本机关还有期限要赶的案件；每一件的变动留痕。可以重办。返回移动了的件数。 */
export function recomputeAnswerDue(db: Db): Promise<number> {
  return transaction(db, async (tx) => {
    const calendar = await getCalendar(tx)
    const reviews = await sql<OpenRow>`select body_id as "bodyId", review_id as "caseId", due_on as "dueOn", answer_due_on as "answerDueOn" from review_case
      where status = 'received' order by body_id, review_id limit ${MOST}`.execute(tx)
    const suits = await sql<OpenRow>`select body_id as "bodyId", litigation_id as "caseId", due_on as "dueOn", answer_due_on as "answerDueOn" from litigation_case
      where status in ('filed', 'first-instance') order by body_id, litigation_id limit ${MOST}`.execute(tx)
    const movedReviews = await move(tx, 'review', reviews.rows, reviewStore.loadStates, (state) => toReviewRow(state, calendar))
    return movedReviews + (await move(tx, 'litigation', suits.rows, litigationStore.loadStates, (state) => toLitigationRow(state, calendar)))
  })
}

const TABLES = { review: { table: 'review_case', id: 'review_id' }, litigation: { table: 'litigation_case', id: 'litigation_id' } } as const

async function move<R extends { status: string }>(
  tx: Tx,
  kind: keyof typeof TABLES,
  rows: readonly OpenRow[],
  load: (tx: Tx, bodyId: string, ids: readonly string[]) => Promise<Map<string, R | { status: 'new' }>>,
  toRow: (state: R) => Dates,
): Promise<number> {
  let moved = 0
  for (const group of byBody(rows)) {
    const states = await load(tx, group[0]?.bodyId ?? '', group.map(({ caseId }) => caseId))
    for (const row of group) {
      const state = states.get(row.caseId)
      if (state === undefined || state.status === 'new') continue
      const dates = toRow(state as R)
      if (dates.due_on === row.dueOn && dates.answer_due_on === row.answerDueOn) continue
      const { table, id } = TABLES[kind]
      await sql`update ${sql.table(table)} set due_on = ${dates.due_on}, answer_due_on = ${dates.answer_due_on} where body_id = ${row.bodyId} and ${sql.ref(id)} = ${row.caseId}`.execute(tx)
      await record(tx, RECOMPUTER, `${kind}.due-moved`, { bodyId: row.bodyId, target: row.caseId }, { before: row.dueOn, after: dates.due_on })
      moved += 1
    }
  }
  return moved
}

const BATCH = 500

/** 同一机构的连成一批，一批至多五百件。 */
function byBody(rows: readonly OpenRow[]): OpenRow[][] {
  const groups: OpenRow[][] = []
  for (const row of rows) {
    const last = groups.at(-1)
    if (last?.[0]?.bodyId === row.bodyId && last.length < BATCH) last.push(row)
    else groups.push([row])
  }
  return groups
}
