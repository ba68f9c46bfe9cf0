import { GENRES, PUBLICATION_CODES, TOPICS, isPublicationCode } from '../catalogue/index.ts'

/** 可筛选的各项，依页面上的次序；值须合于 `pattern`，页面上的说法由 `labelOf` 得出。 */
export const SEARCH_FACETS = {
  kind: { label: '种类', pattern: /^[a-z][a-z-]{0,39}$/ },
  body: { label: '机关', pattern: /^[a-z][a-z0-9-]{0,39}$/ },
  year: { label: '公开年份', pattern: /^\d{4}$/ },
  validity: { label: '有效与否', pattern: /^(valid|past)$/ },
  topic: { label: '主题', pattern: /^[a-z][a-z-]{0,39}$/ },
  genre: { label: '体裁', pattern: /^[a-z][a-z-]{0,39}$/ },
  code: { label: '法定主动公开事项', pattern: /^A2[01]_\d{2}$/ },
} as const satisfies Record<string, { label: string; pattern: RegExp }>
export type SearchFacet = keyof typeof SEARCH_FACETS
export const FACET_NAMES = Object.keys(SEARCH_FACETS) as SearchFacet[]

/** 检索页的地址所写的。 */
export interface SearchParams {
  q: string
  chosen: Readonly<Partial<Record<SearchFacet, string>>>
  /** 照所写的查，不猜写错了 */
  literal: boolean
  after: string | null
}

const MOST_LETTERS = 100

/** 读地址；认不得的筛选当作没有。 */
export function readSearchParams(url: string): SearchParams {
  const { searchParams } = new URL(url)
  const chosen: Partial<Record<SearchFacet, string>> = {}
  for (const name of FACET_NAMES) {
    const value = searchParams.get(name)
    if (value !== null && SEARCH_FACETS[name].pattern.test(value)) chosen[name] = value
  }
  const after = searchParams.get('after')
  return { q: (searchParams.get('q') ?? '').slice(0, MOST_LETTERS).toWellFormed().trim(), chosen, literal: searchParams.get('literal') === '1', after: after !== null && /^\d{1,3}$/.test(after) ? after : null }
}

/** 改动若干项之后的地址；改了筛选即回到第一页。 */
export function searchHref({ q, chosen, literal }: SearchParams, change: Partial<Record<SearchFacet | 'q' | 'literal' | 'after', string | null>> = {}): string {
  const query = new URLSearchParams()
  const set = (name: string, value: string | null | undefined): void => {
    if (value != null && value !== '') query.set(name, value)
  }
  set('q', change.q === undefined ? q : change.q)
  for (const name of FACET_NAMES) set(name, change[name] === undefined ? chosen[name] : change[name])
  set('literal', change.literal === undefined ? (literal ? '1' : null) : change.literal)
  set('after', change.after)
  return `/search?${query.toString()}`
}

const VALIDITY: Readonly<Record<string, string>> = { valid: '有效', past: '已失效、已废止' }

/** 一个取值在页面上的说法；认不得的为 null，不列。 */
export function labelOf(name: SearchFacet, value: string, names: { kinds: ReadonlyMap<string, string>; bodies: ReadonlyMap<string, string> }): string | null {
  switch (name) {
    case 'kind':
      return names.kinds.get(value) ?? null
    case 'body':
      return names.bodies.get(value) ?? null
    case 'year':
      return `${value} 年`
    case 'validity':
      return VALIDITY[value] ?? null
    case 'topic':
      return lookUp(TOPICS, value)
    case 'genre':
      return lookUp(GENRES, value)
    case 'code':
      return isPublicationCode(value) ? PUBLICATION_CODES[value].label : null
  }
}

const lookUp = (table: Readonly<Record<string, string>>, value: string): string | null => (Object.hasOwn(table, value) ? (table[value] ?? null) : null)

