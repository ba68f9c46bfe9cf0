import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { snippet } from '../../platform/search/index.ts'
import type { DocumentRef, SearchDocument, SearchSource, ShownHit } from '../../platform/search/index.ts'
import { listPublishedByIds } from '../queries.ts'
import type { PublishedItem } from '../queries.ts'
import { itemStore } from '../store.ts'
import '../tables.ts'
import { ITEM_KIND, toDocuments } from './search-items.ts'

const PAGE = 100

/** 主动公开的信息。 */
export const itemSource: SearchSource = { kind: ITEM_KIND, label: '政府信息', pages, load, show }

async function* pages(db: Tx): AsyncIterable<SearchDocument[]> {
  for (let after: { body_id: string; item_id: string } | null = null; ; ) {
    const { rows }: { rows: { body_id: string; item_id: string }[] } = await sql<{ body_id: string; item_id: string }>`
      select body_id, item_id from info_item ${after === null ? sql`` : sql`where (body_id, item_id) > (${after.body_id}, ${after.item_id})`}
      order by body_id, item_id limit ${PAGE}`.execute(db)
    yield await documentsOf(db, rows)
    after = rows.at(-1) ?? null
    if (rows.length < PAGE) return
  }
}

// 锁住那一行再看：其间撤回的不得又放回去
async function load(tx: Tx, refs: readonly DocumentRef[]): Promise<SearchDocument[]> {
  if (refs.length === 0) return []
  const { rows } = await sql<{ body_id: string; item_id: string }>`
    select i.body_id, i.item_id from unnest(${refs.map((ref) => ref.bodyId)}::uuid[], ${refs.map((ref) => ref.id)}::uuid[]) as asked (body_id, item_id)
    join info_item i using (body_id, item_id) order by 1, 2 for update of i`.execute(tx)
  return documentsOf(tx, rows)
}

async function documentsOf(tx: Tx, rows: readonly { body_id: string; item_id: string }[]): Promise<SearchDocument[]> {
  const found: SearchDocument[] = []
  for (const [bodyId, group] of Map.groupBy(rows, (row) => row.body_id)) {
    const states = await itemStore.loadStates(tx, bodyId, group.map((row) => row.item_id))
    found.push(...(await toDocuments(tx, [...states].flatMap(([itemId, item]) => (item.status === 'new' ? [] : [{ bodyId, itemId, item }])))))
  }
  return found
}

async function show(tx: Tx, refs: readonly DocumentRef[], marks: readonly string[]): Promise<Map<string, ShownHit>> {
  const items = await listPublishedByIds(tx, refs.map(({ bodyId, id }) => ({ bodyId, itemId: id })))
  const attached = await attachmentsSaying(tx, [...items.values()], marks)
  return new Map([...items].map(([id, item]) => [id, toShown(item, attached.get(id) ?? null)]))
}

const toShown = (item: PublishedItem, attachment: ShownHit['attachment']): ShownHit => ({
  title: item.title,
  // 台账里的网址没有查过写法：不是网页的，到本站的页面
  href: item.details === null && item.url !== null && /^https?:\/\//i.test(item.url) ? item.url : `/items/${item.indexNo.split('/').map(encodeURIComponent).join('/')}`,
  notes: [...(item.docNo === null ? [] : [item.docNo]), `索引号 ${item.indexNo}`],
  past: item.expiredOn === null ? null : `${item.expiredOn} 起失效`,
  attachment,
})

// 标题、摘要与正文里都没有，才说是哪个附件
async function attachmentsSaying(tx: Tx, items: readonly PublishedItem[], marks: readonly string[]): Promise<Map<string, NonNullable<ShownHit['attachment']>>> {
  const [mark] = marks
  const asked = items.filter(({ details }) => (details?.attachments.length ?? 0) > 0)
  if (mark === undefined || asked.length === 0) return new Map()
  const { rows } = await sql<{ item_id: string; file_key: string; body: boolean; around: string }>`
    select f.item_id, f.file_key, f.role = 'body' as body, substr(f.text, greatest(hit.at - 60, 1), 200) as around
    from item_file f cross join lateral (select strpos(lower(f.text), m) as at from unnest(${[...marks].slice(0, MOST_MARKS)}::text[]) with ordinality as u (m, n) where strpos(lower(f.text), m) > 0 order by n limit 1) hit
    where (f.body_id, f.item_id) in (${sql.join(asked.map(({ bodyId, itemId }) => sql`(${bodyId}, ${itemId})`))}) and f.role in ('body', 'attachment')`.execute(tx)
  const byItem = Map.groupBy(rows, (row) => row.item_id)
  return new Map(
    asked.flatMap((item) => {
      const found = byItem.get(item.itemId) ?? []
      const said = `${item.title} ${item.summary ?? ''} ${item.keywords.join(' ')}`.normalize('NFKC').toLowerCase()
      const files = new Map(item.details?.attachments.map((each) => [each.key, each]) ?? [])
      const hit = found.find((row) => files.has(row.file_key))
      const file = files.get(hit?.file_key ?? '')
      if (hit === undefined || file === undefined || marks.some((each) => said.includes(each)) || found.some((row) => row.file_key === item.details?.body)) return []
      const href = `/item-files/${item.itemId}/${file.key}/${encodeURIComponent(file.name)}`
      return [[item.itemId, { name: file.name, href, text: snippet(hit.around, marks).map(({ text }) => text).join('') }] as const]
    }),
  )
}

const MOST_MARKS = 20
