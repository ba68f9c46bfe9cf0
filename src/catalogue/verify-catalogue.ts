import './tables.ts'
import { getCalendar } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import { readMany } from '../platform/timeline.ts'
import type { TimelineEvent } from '../platform/timeline.ts'
import type { Problem, Verifier } from '../platform/verify.ts'
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

const PAGE = 500

interface Kept {
  bodyId: string
  caseId: string
  version: number
  row: Readonly<Record<string, unknown>>
}

/** 重放时间线，与表里的行逐列比对；按主键分页，不论有多少。 */
async function* replay<E extends TimelineEvent>(
  stream: string,
  page: (after: { bodyId: string; caseId: string } | null) => Promise<Kept[]>,
  tx: Tx,
  rebuild: (events: readonly E[]) => Readonly<Record<string, unknown>> | null,
): AsyncIterable<Problem> {
  let after: Kept | null = null
  for (;;) {
    const kept: Kept[] = await page(after)
    for (const [bodyId, group] of Map.groupBy(kept, (each) => each.bodyId)) {
      const histories = await readMany<E>(tx, { bodyId, caseIds: group.map((each) => each.caseId), stream })
      for (const each of group) {
        const events = (histories.get(each.caseId) ?? []).map((recorded) => recorded.event)
        const wrong = compare(each, events.length, rebuild(events))
        if (wrong) yield { where: `${stream} ${bodyId}/${each.caseId}`, message: wrong }
      }
    }
    if (kept.length < PAGE) return
    after = kept.at(-1) ?? null
  }
}

function compare({ row, version }: Kept, events: number, rebuilt: Readonly<Record<string, unknown>> | null): string | null {
  if (rebuilt === null) return '有行而没有时间线'
  if (version !== events) return `行为第 ${version} 版，时间线有 ${events} 条`
  const column = Object.keys(rebuilt).find((key) => JSON.stringify(rebuilt[key]) !== JSON.stringify(row[key]))
  return column === undefined ? null : `行的 ${column} 与时间线重放所得不同`
}

export const catalogueVerifiers: readonly Verifier[] = [
  {
    name: '主动公开信息',
    verify: async function* ({ db }) {
      const calendar = await getCalendar(db)
      yield* replay<ItemEvent>(ITEM_STREAM, (after) => itemPage(db, after), db, (events) => itemOf(events, calendar))
    },
  },
  {
    name: '规范性文件',
    verify: ({ db }) =>
      replay<NormativeEvent>(DOCUMENT_STREAM, (after) => documentPage(db, after), db, (events) => {
        const state = foldDocument(events)
        return state.status === 'new' ? null : toDocumentRow(state)
      }),
  },
  {
    name: '年度数据',
    verify: ({ db }) =>
      replay<CountEvent>(COUNT_STREAM, (after) => countPage(db, after), db, (events) => {
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

type After = { bodyId: string; caseId: string } | null

async function itemPage(tx: Tx, after: After): Promise<Kept[]> {
  const query = tx.selectFrom('info_item').selectAll().orderBy('body_id').orderBy('item_id').limit(PAGE)
  const from = after
    ? query.where((eb) => eb(eb.refTuple('body_id', 'item_id'), '>', eb.tuple(after.bodyId, after.caseId)))
    : query
  return (await from.execute()).map((row) => ({ bodyId: row.body_id, caseId: row.item_id, version: row.version, row: { ...row } }))
}

async function documentPage(tx: Tx, after: After): Promise<Kept[]> {
  const query = tx.selectFrom('normative_document').selectAll().orderBy('body_id').orderBy('document_id').limit(PAGE)
  const from = after
    ? query.where((eb) => eb(eb.refTuple('body_id', 'document_id'), '>', eb.tuple(after.bodyId, after.caseId)))
    : query
  return (await from.execute()).map((row) => ({ bodyId: row.body_id, caseId: row.document_id, version: row.version, row: { ...row } }))
}

async function countPage(tx: Tx, after: After): Promise<Kept[]> {
  const query = tx.selectFrom('yearly_count').selectAll().orderBy('body_id').orderBy('count_id').limit(PAGE)
  const from = after
    ? query.where((eb) => eb(eb.refTuple('body_id', 'count_id'), '>', eb.tuple(after.bodyId, after.caseId)))
    : query
  return (await from.execute()).map((row) => ({ bodyId: row.body_id, caseId: row.count_id, version: row.version, row: { ...row } }))
}
