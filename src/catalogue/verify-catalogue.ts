import './tables.ts'
import { getCalendar } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import type { Verifier } from '../platform/verify.ts'
import { VERIFY_PAGE, verifyRows } from '../platform/verify-rows.ts'
import type { After, KeptRow } from '../platform/verify-rows.ts'
import type { Calendar } from '../statute/calendar.ts'
import { foldItem } from './item.ts'
import type { ItemEvent } from './item.ts'
import { foldDocument } from './normative-document.ts'
import type { NormativeEvent } from './normative-document.ts'
import { DOCUMENT_STREAM, toDocumentRow } from './normative-store.ts'
import { ITEM_STREAM, toItemRow } from './store.ts'
import { foldCount } from './yearly-count.ts'
import type { CountEvent } from './yearly-count.ts'
import { COUNT_STREAM, toCountRow } from './yearly-store.ts'

export const catalogueVerifiers: readonly Verifier[] = [
  {
    name: '主动公开信息',
    verify: async function* ({ db }) {
      const calendar = await getCalendar(db)
      yield* verifyRows<ItemEvent>(db, ITEM_STREAM, (after) => itemPage(db, after), (events) => itemOf(events, calendar))
    },
  },
  {
    name: '规范性文件',
    verify: ({ db }) =>
      verifyRows<NormativeEvent>(db, DOCUMENT_STREAM, (after) => documentPage(db, after), (events) => {
        const state = foldDocument(events)
        return state.status === 'new' ? null : toDocumentRow(state)
      }),
  },
  {
    name: '年度数据',
    verify: ({ db }) =>
      verifyRows<CountEvent>(db, COUNT_STREAM, (after) => countPage(db, after), (events) => {
        const state = foldCount(events)
        return state.status === 'new' ? null : toCountRow(state)
      }),
  },
]

// 节假日通知在后来载入的，行里的期限另由重算任务更新，不在此比
function itemOf(events: readonly ItemEvent[], calendar: Calendar): Readonly<Record<string, unknown>> | null {
  const state = foldItem(events)
  if (state.status === 'new') return null
  const { due_on: _, ...rest } = toItemRow(state, calendar)
  return rest
}

async function itemPage(tx: Tx, after: After): Promise<KeptRow[]> {
  const query = tx.selectFrom('info_item').selectAll().orderBy('body_id').orderBy('item_id').limit(VERIFY_PAGE)
  const from = after
    ? query.where((eb) => eb(eb.refTuple('body_id', 'item_id'), '>', eb.tuple(after.bodyId, after.caseId)))
    : query
  return (await from.execute()).map((row) => ({ bodyId: row.body_id, caseId: row.item_id, version: row.version, row: { ...row } }))
}

async function documentPage(tx: Tx, after: After): Promise<KeptRow[]> {
  const query = tx.selectFrom('normative_document').selectAll().orderBy('body_id').orderBy('document_id').limit(VERIFY_PAGE)
  const from = after
    ? query.where((eb) => eb(eb.refTuple('body_id', 'document_id'), '>', eb.tuple(after.bodyId, after.caseId)))
    : query
  return (await from.execute()).map((row) => ({ bodyId: row.body_id, caseId: row.document_id, version: row.version, row: { ...row } }))
}

async function countPage(tx: Tx, after: After): Promise<KeptRow[]> {
  const query = tx.selectFrom('yearly_count').selectAll().orderBy('body_id').orderBy('count_id').limit(VERIFY_PAGE)
  const from = after
    ? query.where((eb) => eb(eb.refTuple('body_id', 'count_id'), '>', eb.tuple(after.bodyId, after.caseId)))
    : query
  return (await from.execute()).map((row) => ({ bodyId: row.body_id, caseId: row.count_id, version: row.version, row: { ...row } }))
}
