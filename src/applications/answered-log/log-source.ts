import './tables.ts'
import { listBodies } from '../../bodies/index.ts'
import { searchIndex } from '../../catalogue/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { DocumentRef, SearchDocument, SearchSource, ShownHit } from '../../platform/search/index.ts'

const KIND = 'answered'

/** 公布着的答复；已去掉个人信息。撤下的当即检索不到。 */
export const answeredSource: SearchSource = {
  kind: KIND,
  label: '答复过的申请',
  later: true,
  pages,
  load: async (tx, refs) => (refs.length === 0 ? [] : (await at(tx, refs).orderBy('body_id').orderBy('entry_id').forUpdate().execute()).map(toDocument)),
  show,
}

/** 公布、撤下之后，与其同一事务。 */
export async function indexAnswered(tx: Tx, bodyId: string, entryId: string): Promise<void> {
  const ref = { bodyId, kind: KIND, id: entryId }
  const found = await at(tx, [ref]).execute()
  await (found.length === 0 ? searchIndex.removeDocuments(tx, [ref]) : searchIndex.indexDocuments(tx, found.map(toDocument)))
}

const PAGE = 200

const published = (tx: Tx) => tx.selectFrom('answered_request').select(['body_id', 'entry_id', 'title', 'asked', 'answer', 'published_on']).where('status', '=', 'published')
type Row = Awaited<ReturnType<ReturnType<typeof published>['execute']>>[number]

const at = (tx: Tx, refs: readonly DocumentRef[]) => published(tx).where((eb) => eb(eb.refTuple('body_id', 'entry_id'), 'in', refs.map(({ bodyId, id }) => eb.tuple(bodyId, id))))

async function* pages(tx: Tx): AsyncIterable<SearchDocument[]> {
  for (let after: Row | null = null; ; ) {
    const { body_id, entry_id }: { body_id: string | null; entry_id: string | null } = after ?? { body_id: null, entry_id: null }
    let query = published(tx)
    if (body_id !== null && entry_id !== null) query = query.where((eb) => eb(eb.refTuple('body_id', 'entry_id'), '>', eb.tuple(body_id, entry_id)))
    const rows: Row[] = await query.orderBy('body_id').orderBy('entry_id').limit(PAGE).execute()
    yield rows.map(toDocument)
    after = rows.at(-1) ?? null
    if (rows.length < PAGE) return
  }
}

const toDocument = (row: Row): SearchDocument => ({
  bodyId: row.body_id,
  kind: KIND,
  id: row.entry_id,
  title: row.title,
  text: `${row.asked}\n${row.answer}`,
  numbers: [],
  publishedOn: row.published_on ?? '',
})

async function show(tx: Tx, refs: readonly DocumentRef[]): Promise<Map<string, ShownHit>> {
  if (refs.length === 0) return new Map()
  const bodies = new Map((await listBodies(tx, { includeAbolished: true })).map((body) => [body.bodyId, body]))
  return new Map(
    (await at(tx, refs).execute()).flatMap((row) => {
      const body = bodies.get(row.body_id)
      return body === undefined ? [] : [[row.entry_id, { title: row.title, href: `/bodies/${body.code}/answered-requests/${row.entry_id}`, notes: [], past: null, attachment: null }] as const]
    }),
  )
}
