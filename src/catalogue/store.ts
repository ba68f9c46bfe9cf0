import './tables.ts'
import { sql } from 'kysely'
import { caseStore } from '../platform/case-store.ts'
import type { CaseChange, LoadedCase } from '../platform/case-store.ts'
import type { Tx } from '../platform/db.ts'
import type { RecordedBy } from '../platform/timeline.ts'
import { CalendarYearMissing } from '../statute/calendar.ts'
import type { Calendar } from '../statute/calendar.ts'
import { publicationDue } from '../statute/publication.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { saveRegister } from './exemptions/exemption-register.ts'
import { awaitingOf, evolveItem, NEW_ITEM, termOf } from './item.ts'
import type { Item, ItemEvent, ItemState } from './item.ts'
import { summaryKindOf } from './publication-codes.ts'
import { indexDocumentsOfItems } from './normative/normative-index.ts'
import { publicChanged, savePublished } from './published-item.ts'
import { indexItems } from './search/search-items.ts'
import type { PlacedItem } from './search/search-items.ts'

export const itemStore = caseStore<'info_item', Item, ItemEvent>({
  stream: 'item',
  table: 'info_item',
  idColumn: 'item_id',
  called: '信息条目',
  evolve: evolveItem,
})

export type LoadedItem = LoadedCase<ItemState>

export const newItem = itemStore.newCase

/** 一件及其时间线；没有则抛 NotFound。 */
export const getItem = itemStore.getWithHistory

/** 几条，按 id，至多几百条；没有的不在其中。 */
export async function loadItems(tx: Tx, bodyId: string, ids: readonly string[]): Promise<Map<string, LoadedItem>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.selectFrom('info_item').select(['item_id', 'version', 'ledger_key']).where('body_id', '=', bodyId).where('item_id', 'in', ids).execute()
  const states = await itemStore.loadStates(tx, bodyId, rows.map((row) => row.item_id))
  return new Map(rows.map((row) => [row.item_id, { bodyId, caseId: row.item_id, version: row.version, ledgerKey: row.ledger_key, state: states.get(row.item_id) ?? NEW_ITEM }]))
}

/** 追加事件、刷新行与检索的索引，同一事务，可成批；返回改动的件数。 */
export async function saveItems(tx: Tx, changes: readonly CaseChange<ItemState, ItemEvent>[], by: RecordedBy, calendar: Calendar): Promise<number> {
  const [changed, seen]: [PlacedItem[], PlacedItem[]] = [[], []]
  const saved = await itemStore.save(tx, changes, by, (item, { bodyId, caseId, ledgerKey, state }) => {
    const placed = { bodyId, itemId: caseId, item }
    changed.push(placed)
    if (publicChanged(state, item)) seen.push(placed)
    return { item_id: caseId, ledger_key: ledgerKey, ...toItemRow(item, calendar) }
  })
  await savePublished(tx, seen, by.at)
  await indexDocumentsOfItems(tx, seen)
  await saveRegister(tx, changed)
  await indexItems(tx, changed)
  return saved
}

/** 由状态得出的列；校验时据此与行比对。 */
export function toItemRow(item: Item, calendar: Calendar) {
  const { content, classification } = item
  const codes = classification?.codes ?? []
  return {
    index_no: item.indexNo,
    status: item.status,
    title: content.title,
    doc_no: content.docNo,
    attribute: classification?.attribute ?? null,
    codes: [...codes],
    summary_kind: classification?.attribute === 'proactive' ? summaryKindOf(codes, classification.summaryKind) : null,
    formed_on: content.formedOn,
    changed_on: item.changedOn,
    due_on: dueOn(item, calendar),
    first_published_on: item.firstPublishedOn,
    published_on: item.publishedOn,
    withdrawn_on: item.withdrawnOn,
    expired_on: item.expiredOn,
    url: item.url,
    awaiting: awaitingOf(item),
    handler: item.handler,
    publish_at: item.schedule === null ? null : new Date(item.schedule.publishAt),
  }
}

// 日历所不及的年份算不出：旧信息（2011 年以前）早已公开；落在次年的，等节假日安排载入之后由重算任务补上，绝不猜一个
function dueOn(item: Item, calendar: Calendar): PlainDate | null {
  const term = termOf(item)
  if (term === null) return null
  try {
    return publicationDue(term.from, calendar, term.term).nominal
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}

/** 一年里再取 n 个索引号的流水，跳过已被占用的。 */
export async function takeIndexNumbers(
  tx: Tx,
  bodyId: string,
  year: number,
  n: number,
  word: (sequence: number) => string,
): Promise<string[]> {
  const taken: string[] = []
  while (taken.length < n) {
    const want = n - taken.length
    const { last } = await tx
      .insertInto('index_number')
      .values({ body_id: bodyId, year, last: want })
      .onConflict((oc) =>
        oc.columns(['body_id', 'year']).doUpdateSet((eb) => ({ last: eb('index_number.last', '+', want) })),
      )
      .returning('last')
      .executeTakeFirstOrThrow()
    const candidates = Array.from({ length: want }, (_, index) => word(last - want + 1 + index))
    const used = await findIndexNumbers(tx, bodyId, candidates)
    taken.push(...candidates.filter((candidate) => !used.has(candidate)))
  }
  return taken
}

/** 这些索引号里已经用了的 → 用它的条目的行键与标题。 */
export async function findIndexNumbers(
  tx: Tx,
  bodyId: string,
  indexNos: readonly string[],
): Promise<Map<string, { itemId: string; ledgerKey: string | null; title: string }>> {
  const rows = await tx
    .selectFrom('info_item')
    .select(['index_no', 'item_id', 'ledger_key', 'title'])
    .where('body_id', '=', bodyId)
    .where('index_no', '=', sql<string>`any(${[...indexNos]}::text[])`)
    .execute()
  return new Map(rows.map((r) => [r.index_no, { itemId: r.item_id, ledgerKey: r.ledger_key, title: r.title }]))
}
