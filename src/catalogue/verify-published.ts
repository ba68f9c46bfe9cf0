import { sql } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { Problem } from '../platform/verify.ts'
import { toPublishedRow } from './published-item.ts'
import { itemStore } from './store.ts'
import './tables.ts'

const PAGE = 500

type Row = Readonly<Record<string, unknown>> & { body_id: string; item_id: string; kept: Readonly<Record<string, unknown>> | null }

/** 门户所见的与时间线不符之处：没有公开而有行、撤回了而还留着内容、各列不同。逐页看。 */
export async function* verifyPublished(db: Db): AsyncIterable<Problem> {
  for (let after: Row | null = null; ; ) {
    const rows = await pageAfter(db, after)
    for (const [bodyId, group] of Map.groupBy(rows, (row) => row.body_id)) {
      const items = await itemStore.loadStates(db, bodyId, group.map((row) => row.item_id))
      for (const row of group) {
        const item = items.get(row.item_id)
        const wrong = item === undefined || item.status === 'new' ? '没有时间线' : compare(toPublishedRow(item), row.kept)
        if (wrong !== null) yield { where: `published_item ${bodyId}/${row.item_id}`, message: wrong }
      }
    }
    if (rows.length < PAGE) return
    after = rows.at(-1) ?? null
  }
}

// 日子与 JSON 都按文字取出，与状态得出的逐列比
async function pageAfter(db: Db, after: Row | null): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select i.body_id, i.item_id, case when p.item_id is null then null else to_jsonb(p) end as kept
    from info_item i left join published_item p using (body_id, item_id)
    ${after === null ? sql`` : sql`where (i.body_id, i.item_id) > (${after.body_id}, ${after.item_id})`}
    order by i.body_id, i.item_id limit ${PAGE}`.execute(db)
  return rows
}

function compare(rebuilt: ReturnType<typeof toPublishedRow>, kept: Row['kept']): string | null {
  if (rebuilt === null || kept === null) return rebuilt === kept ? null : rebuilt === null ? '没有公开过，而门户有它' : '公开过，而门户没有它'
  const different = Object.entries(rebuilt).find(([column, value]) => !same(value, kept[column]))
  return different === undefined ? null : `门户的 ${different[0]} 与时间线重放所得不同`
}

// jsonb 不存键的次序
const same = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b)
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([x], [y]) => (x < y ? -1 : 1))) : inner))
