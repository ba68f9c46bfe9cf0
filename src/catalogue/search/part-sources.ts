import { listBodies } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { DocumentRef, SearchDocument, SearchSource, ShownHit } from '../../platform/search/index.ts'
import { PARTS } from '../column/column-parts.ts'
import type { PartContent, PartName, PartSpec } from '../column/column-parts.ts'
import '../column/tables.ts'
import { searchIndex } from './search-items.ts'

/** 可检索的专栏各部分；一机构一部分一件，以机构的键为键。 */
const SEARCHED = { guide: '公开指南', institution: '机构信息', channels: '办事和互动渠道' } as const satisfies Partial<Record<PartName, string>>
type Searched = keyof typeof SEARCHED
const isSearched = (part: PartName): part is Searched => Object.hasOwn(SEARCHED, part)

/** 机构公布着的公开指南、机构信息、渠道。 */
export const partSources: readonly SearchSource[] = (Object.keys(SEARCHED) as Searched[]).map((part) => ({
  kind: part,
  label: SEARCHED[part],
  pages: (tx) => pages(tx, part),
  load: async (tx, refs) => toDocuments(tx, part, await shown(tx, part, refs, true)),
  show: (tx, refs) => show(tx, part, refs),
}))

/** 公布、换新之后，与其同一事务。 */
export async function indexPart(tx: Tx, bodyId: string, part: PartName): Promise<void> {
  if (!isSearched(part)) return
  await searchIndex.indexDocuments(tx, await toDocuments(tx, part, await shown(tx, part, [{ bodyId }], false)))
}

const PAGE = 200

async function* pages(tx: Tx, part: Searched): AsyncIterable<SearchDocument[]> {
  for (let after: string | null = null; ; ) {
    let query = versions(tx, part)
    if (after !== null) query = query.where('body_id', '>', after)
    const rows: Row[] = await query.orderBy('body_id').limit(PAGE).execute()
    yield await toDocuments(tx, part, rows)
    after = rows.at(-1)?.body_id ?? null
    if (rows.length < PAGE) return
  }
}

const versions = (tx: Tx, part: Searched) => tx.selectFrom('column_version').select(['body_id', 'content', 'published_on']).where('part', '=', part).where('status', '=', 'published')
type Row = Awaited<ReturnType<ReturnType<typeof versions>['execute']>>[number]

async function shown(tx: Tx, part: Searched, refs: readonly Pick<DocumentRef, 'bodyId'>[], lock: boolean): Promise<Row[]> {
  if (refs.length === 0) return []
  const query = versions(tx, part).where('body_id', 'in', refs.map(({ bodyId }) => bodyId)).orderBy('body_id')
  return (lock ? query.forUpdate() : query).execute()
}

async function toDocuments(tx: Tx, part: Searched, rows: readonly Row[]): Promise<SearchDocument[]> {
  const bodies = await bodiesOf(tx, rows)
  return rows.flatMap((row): SearchDocument[] => {
    const body = bodies.get(row.body_id)
    return body === undefined ? [] : [{ bodyId: row.body_id, kind: part, id: row.body_id, title: titleOf(part, body), text: textOf(PARTS[part], row.content), numbers: [], publishedOn: row.published_on ?? '' }]
  })
}

const titleOf = (part: Searched, { name }: { name: string }): string => `${name}${PARTS[part].title}`

async function bodiesOf(tx: Tx, rows: readonly Row[]) {
  return new Map(rows.length === 0 ? [] : (await listBodies(tx, { includeAbolished: true })).map((body) => [body.bodyId, body]))
}

// 栏名也在其中：问「办公时间」的，指南里有这一栏
const textOf = ({ fields, lists }: PartSpec, content: PartContent): string =>
  [
    ...fields.map(({ key, label }) => ({ label, text: content.fields[key] ?? '' })).filter(({ text }) => text !== '').map(({ label, text }) => `${label}：${text}`),
    ...lists.flatMap((list) => (content.lists[list.key] ?? []).map((row) => `${list.one}：${list.fields.flatMap(({ key }) => row[key] ?? []).filter((text) => text !== '').join('，')}`)),
  ].join('\n')

async function show(tx: Tx, part: Searched, refs: readonly DocumentRef[]): Promise<Map<string, ShownHit>> {
  const rows = await shown(tx, part, refs, false)
  const bodies = await bodiesOf(tx, rows)
  return new Map(
    rows.flatMap((row) => {
      const body = bodies.get(row.body_id)
      return body === undefined ? [] : [[row.body_id, { title: titleOf(part, body), href: `/bodies/${body.code}/${PARTS[part].path}`, notes: [], past: null, attachment: null }] as const]
    }),
  )
}
