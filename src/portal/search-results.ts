import type { Body } from '../bodies/index.ts'
import { searchIndex } from '../catalogue/index.ts'
import type { Tx } from '../platform/db.ts'
import { highlight } from '../platform/search/index.ts'
import type { SearchHit, SearchPage, SearchSource, Segment, ShownHit } from '../platform/search/index.ts'
import { FACET_NAMES, SEARCH_FACETS, labelOf, searchHref } from './search-params.ts'
import type { SearchFacet, SearchParams } from './search-params.ts'

/** 给公众看的一件。 */
export interface SearchResult {
  key: string
  kind: string
  href: string
  title: readonly Segment[]
  text: readonly Segment[]
  bodyName: string
  notes: readonly string[]
  publishedOn: string
  past: string | null
  attachment: { name: string; href: string } | null
  /** 只有其中几个词 */
  partial: boolean
}

/** 一项筛选：选了的，与还可以选的。 */
export interface FacetModel {
  name: SearchFacet
  label: string
  options: readonly { value: string; label: string; n: number; href: string; chosen: boolean }[]
}

export interface SearchModel extends Pick<SearchPage, 'total' | 'atLeast' | 'loosened' | 'corrected'> {
  params: SearchParams
  results: readonly SearchResult[]
  facets: readonly FacetModel[]
  next: string | null
}

const SIZE = 10

/** 检索一页。索引所得的逐件凭记录再看一遍：不公开了的不给，名称、去处取自记录。 */
export async function searchResults(tx: Tx, params: SearchParams, { sources, bodies, today }: { sources: readonly SearchSource[]; bodies: readonly Body[]; today: string }): Promise<SearchModel> {
  const { kind, body, validity, ...filters } = params.chosen
  const kinds = sources.map((source) => source.kind)
  const chosenBody = bodies.find((each) => each.code === body)
  const page = await searchIndex.search(tx, {
    q: params.q,
    kinds: kind === undefined ? kinds : kinds.filter((each) => each === kind),
    ...(body === undefined ? {} : { bodyId: chosenBody?.bodyId ?? NO_BODY }),
    ...(validity === 'valid' || validity === 'past' ? { validity } : {}),
    filters,
    today,
    limit: SIZE,
    after: params.after,
    literal: params.literal,
    fill: true,
    later: sources.filter(({ later }) => later === true).map((source) => source.kind),
  })
  const names = new Map(bodies.map((each) => [each.bodyId, each.name]))
  const shown = await showAll(tx, page, sources)
  const used = page.corrected === null ? params : { ...params, q: page.corrected }
  return {
    params,
    results: page.hits.flatMap((hit) => {
      const record = shown.get(`${hit.kind} ${hit.id}`)
      return record === undefined ? [] : [toResult(hit, record, page.marks, { bodyName: names.get(hit.bodyId) ?? '', today })]
    }),
    facets: toFacets(page, used, sources, bodies),
    total: page.total,
    atLeast: page.atLeast,
    loosened: page.loosened,
    corrected: page.corrected,
    next: page.next === null ? null : searchHref(used, { after: page.next }),
  }
}

// 没有这个机关的，一件也没有
const NO_BODY = '00000000-0000-0000-0000-000000000000'

async function showAll(tx: Tx, { hits, marks }: SearchPage, sources: readonly SearchSource[]): Promise<Map<string, ShownHit>> {
  const shown = new Map<string, ShownHit>()
  for (const [kind, group] of Map.groupBy(hits, (hit) => hit.kind)) {
    const source = sources.find((each) => each.kind === kind)
    for (const [id, record] of (await source?.show(tx, group, marks)) ?? []) shown.set(`${kind} ${id}`, record)
  }
  return shown
}

const toResult = (hit: SearchHit, record: ShownHit, marks: readonly string[], { bodyName, today }: { bodyName: string; today: string }): SearchResult => ({
  key: `${hit.kind} ${hit.id}`,
  kind: hit.kind,
  href: record.href,
  title: highlight(record.title, marks),
  text: record.attachment === null ? hit.snippet : highlight(record.attachment.text, marks),
  bodyName,
  notes: record.notes,
  publishedOn: hit.publishedOn,
  // 将来才期满的，此刻还有效
  past: hit.invalidFrom !== null && hit.invalidFrom <= today ? record.past : null,
  attachment: record.attachment,
  partial: hit.partial,
})

function toFacets(page: SearchPage, params: SearchParams, sources: readonly SearchSource[], bodies: readonly Body[]): FacetModel[] {
  const byId = new Map(bodies.map((body) => [body.bodyId, body]))
  const names = { kinds: new Map(sources.map(({ kind, label }) => [kind, label])), bodies: new Map(bodies.map(({ code, name }) => [code, name])) }
  return FACET_NAMES.flatMap((name): FacetModel[] => {
    const chosen = params.chosen[name]
    const counted = (page.facets[name] ?? []).map(({ value, n }) => ({ value: name === 'body' ? (byId.get(value)?.code ?? '') : value, n }))
    const values = chosen === undefined || counted.some(({ value }) => value === chosen) ? counted : [{ value: chosen, n: 0 }, ...counted]
    const options = values.flatMap(({ value, n }) => {
      const label = labelOf(name, value, names)
      return label === null ? [] : [{ value, label, n, chosen: value === chosen, href: searchHref(params, { [name]: value === chosen ? null : value }) }]
    })
    // 只有一样的，筛了也一样
    if (options.length === 0 || (options.length === 1 && chosen === undefined)) return []
    return [{ name, label: SEARCH_FACETS[name].label, options: name === 'year' ? options.toSorted((a, b) => Number(b.value) - Number(a.value)) : options }]
  })
}
