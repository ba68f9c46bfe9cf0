import '../tables.ts'
import { searchIndex } from '../../catalogue/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { DocumentRef, SearchDocument, SearchSource, ShownHit } from '../../platform/search/index.ts'
import { titleOf, toParts } from '../editions/report-model.ts'

const KIND = 'report'

/** 公布的年度报告，一机关一年一件，取最新一版的正文。 */
export const reportSource: SearchSource = {
  kind: KIND,
  label: '年度报告',
  pages,
  load: async (tx, refs) => {
    if (refs.length === 0) return []
    await tx.selectFrom('annual_report').select('report_id').where((eb) => eb(eb.refTuple('body_id', 'report_id'), 'in', refs.map(({ bodyId, id }) => eb.tuple(bodyId, id)))).orderBy('body_id').orderBy('report_id').forUpdate().execute()
    return (await at(tx, refs).execute()).map(toDocument)
  },
  show,
}

/** 公布之后，与其同一事务。 */
export const indexReport = async (tx: Tx, bodyId: string, reportId: string): Promise<void> =>
  searchIndex.indexDocuments(tx, (await at(tx, [{ bodyId, kind: KIND, id: reportId }]).execute()).map(toDocument))

const PAGE = 50

const latest = (tx: Tx) =>
  tx
    .selectFrom('annual_report_edition')
    .distinctOn(['body_id', 'report_id'])
    .select(['body_id', 'report_id', 'year', 'model', 'published_on'])
    .where('published_on', 'is not', null)
    .orderBy('body_id')
    .orderBy('report_id')
    .orderBy('edition', 'desc')
type Row = Awaited<ReturnType<ReturnType<typeof latest>['execute']>>[number]

const at = (tx: Tx, refs: readonly DocumentRef[]) => latest(tx).where((eb) => eb(eb.refTuple('body_id', 'report_id'), 'in', refs.map(({ bodyId, id }) => eb.tuple(bodyId, id))))

async function* pages(tx: Tx): AsyncIterable<SearchDocument[]> {
  for (let after: { body_id: string; report_id: string } | null = null; ; ) {
    const from: { body_id: string; report_id: string } | null = after
    const rows: Row[] = await (from === null ? latest(tx) : latest(tx).where((eb) => eb(eb.refTuple('body_id', 'report_id'), '>', eb.tuple(from.body_id, from.report_id)))).limit(PAGE).execute()
    yield rows.map(toDocument)
    after = rows.at(-1) ?? null
    if (rows.length < PAGE) return
  }
}

function toDocument({ body_id: bodyId, report_id: id, model, published_on: publishedOn }: Row): SearchDocument {
  const { introduction, parts } = toParts(model)
  const said = [...introduction, ...parts.flatMap(({ blocks }) => blocks)].flatMap((block) => (block.kind === 'form' ? [] : [block.text]))
  return { bodyId, kind: KIND, id, title: titleOf(model), text: said.join('\n'), numbers: [], publishedOn: publishedOn ?? '' }
}

async function show(tx: Tx, refs: readonly DocumentRef[]): Promise<Map<string, ShownHit>> {
  if (refs.length === 0) return new Map()
  return new Map(
    (await at(tx, refs).execute()).map(({ report_id: id, year, model }) => [id, { title: titleOf(model), href: `/bodies/${model.bodyCode}/annual-reports/${year}`, notes: [], past: null, attachment: null }]),
  )
}
