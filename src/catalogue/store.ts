import './tables.ts'
import type { Insertable } from 'kysely'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { NotFound } from '../platform/errors.ts'
import { appendMany, read, readMany } from '../platform/timeline.ts'
import type { RecordedBy, RecordedEvent } from '../platform/timeline.ts'
import { CalendarYearMissing } from '../statute/calendar.ts'
import type { Calendar } from '../statute/calendar.ts'
import { publicationDue } from '../statute/publication.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { evolveItem, foldItem, NEW_ITEM, termOf } from './item.ts'
import type { Item, ItemEvent, ItemState } from './item.ts'
import { summaryKindOf } from './publication-codes.ts'
import type { InfoItemTable } from './tables.ts'

export const ITEM_STREAM = 'item'

/** 载入的一件：状态与时间线版本；新的版本为 0。 */
export interface LoadedItem {
  bodyId: string
  itemId: string
  version: number
  /** 由台账导入的，其行键 */
  ledgerKey: string | null
  state: ItemState
}

export interface ItemWithHistory extends LoadedItem {
  state: Item
  history: readonly RecordedEvent<ItemEvent>[]
}

/** 一件及其时间线；没有则抛 NotFound。 */
export async function getItem(tx: Tx, bodyId: string, itemId: string): Promise<ItemWithHistory> {
  const row = await tx
    .selectFrom('info_item')
    .select(['ledger_key', 'version'])
    .where('body_id', '=', bodyId)
    .where('item_id', '=', itemId)
    .executeTakeFirst()
  const history = row ? await read<ItemEvent>(tx, { bodyId, caseId: itemId, stream: ITEM_STREAM }) : []
  const state = foldItem(history.map((recorded) => recorded.event))
  if (!row || state.status === 'new') throw new NotFound('该信息条目')
  return { bodyId, itemId, version: row.version, ledgerKey: row.ledger_key, state, history }
}

/** 按台账行键找已有的，至多 1,000 个一次；返回行键 → 载入的。 */
export async function findItemsByLedgerKeys(
  tx: Tx,
  bodyId: string,
  keys: readonly string[],
): Promise<Map<string, LoadedItem>> {
  const rows = await tx
    .selectFrom('info_item')
    .select(['item_id', 'version', 'ledger_key'])
    .where('body_id', '=', bodyId)
    .where('ledger_key', '=', sql<string>`any(${[...keys]}::text[])`)
    .execute()
  const histories = await readMany<ItemEvent>(tx, { bodyId, caseIds: rows.map((r) => r.item_id), stream: ITEM_STREAM })
  return new Map(
    rows.map((row) => [
      row.ledger_key ?? '',
      {
        bodyId,
        itemId: row.item_id,
        version: row.version,
        ledgerKey: row.ledger_key,
        state: foldItem((histories.get(row.item_id) ?? []).map((recorded) => recorded.event)),
      },
    ]),
  )
}

/** 追加事件并刷新行，同一事务，可成批；没有事件的略过。返回改动的件数。 */
export async function saveItems(
  tx: Tx,
  changes: readonly { found: LoadedItem; events: readonly ItemEvent[]; recordedBy?: (event: ItemEvent) => RecordedBy }[],
  by: RecordedBy,
  calendar: Calendar,
): Promise<number> {
  const changed = changes.filter(({ events }) => events.length > 0)
  if (changed.length === 0) return 0
  await appendMany(
    tx,
    ITEM_STREAM,
    changed.map(({ found, events, recordedBy }) => ({ bodyId: found.bodyId, caseId: found.itemId, expectedVersion: found.version, events, recordedBy })),
    by,
  )
  const rows = changed.map(({ found, events }) => {
    const state = events.reduce((so, event) => evolveItem(so, event), found.state)
    if (state.status === 'new') throw new Error('信息条目没有登记')
    return {
      body_id: found.bodyId,
      item_id: found.itemId,
      version: found.version + events.length,
      ledger_key: found.ledgerKey,
      updated_at: by.at,
      ...toItemRow(state, calendar),
    }
  })
  await upsertItems(tx, rows)
  return rows.length
}

const BATCH = 1000

async function upsertItems(tx: Tx, rows: readonly Insertable<InfoItemTable>[]): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH)
    await tx
      .insertInto('info_item')
      .values(rows.slice(from, from + BATCH))
      .onConflict((oc) =>
        oc.columns(['body_id', 'item_id']).doUpdateSet((eb) => ({
          version: eb.ref('excluded.version'),
          status: eb.ref('excluded.status'),
          title: eb.ref('excluded.title'),
          doc_no: eb.ref('excluded.doc_no'),
          attribute: eb.ref('excluded.attribute'),
          codes: eb.ref('excluded.codes'),
          summary_kind: eb.ref('excluded.summary_kind'),
          formed_on: eb.ref('excluded.formed_on'),
          changed_on: eb.ref('excluded.changed_on'),
          due_on: eb.ref('excluded.due_on'),
          first_published_on: eb.ref('excluded.first_published_on'),
          published_on: eb.ref('excluded.published_on'),
          withdrawn_on: eb.ref('excluded.withdrawn_on'),
          expired_on: eb.ref('excluded.expired_on'),
          url: eb.ref('excluded.url'),
          updated_at: eb.ref('excluded.updated_at'),
        })),
      )
      .execute()
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
  }
}

// 台账里有日历所不及的旧信息（2011 年以前），早已公开，没有期限可算；未公开的则必须算出，缺年份即报错
function dueOn(item: Item, calendar: Calendar): PlainDate | null {
  const term = termOf(item)
  if (term === null) return null
  try {
    return publicationDue(term.from, calendar, term.term).nominal
  } catch (error) {
    if (error instanceof CalendarYearMissing && item.publishedOn !== null) return null
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

export const newItem = (bodyId: string, itemId: string, ledgerKey: string | null): LoadedItem => ({
  bodyId,
  itemId,
  version: 0,
  ledgerKey,
  state: NEW_ITEM,
})
