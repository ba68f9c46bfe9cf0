/** 列表页的查询条件；来自地址，一切有界。 */
export interface ListQuery {
  /** 检索词，至多 100 字 */
  q: string
  sort: string
  descending: boolean
  /** 筛选项，只含所列的、合法的 */
  filters: Readonly<Record<string, string>>
  /** 第几页，1 起；偏移分页用 */
  page: number
  /** 游标；键集分页用 */
  after: string | null
  before: string | null
  /** 每页行数 */
  size: number
  /** 偏移量，(page − 1) × size */
  offset: number
}

/** 筛选项的取值：列举、日期、年份，或短文本。 */
export type FilterRule = readonly string[] | 'date' | 'year' | 'text'

export interface ListSpec {
  sorts: readonly string[]
  /** 缺省的排序，如 `-dueOn`；负号为降序 */
  defaultSort: string
  filters?: Readonly<Record<string, FilterRule>>
  /** 缺省 50 */
  size?: number
}

const MAX_TEXT = 100
const MAX_CURSOR = 300
/** 偏移分页能翻到的最后一行；再往后请筛选 */
export const MAX_OFFSET = 10_000

/**
 * 从地址读查询条件；认不得的值当作没写，不报错，因为地址可能是旧的或手改的。
 * @param url 请求的完整地址，或 `/path?…`
 */
export function parseListQuery(url: string, spec: ListSpec): ListQuery {
  const params = new URL(url, 'http://local').searchParams
  const size = spec.size ?? 50
  const [sort, descending] = parseSort(params.get('sort'), spec)
  const page = clamp(Number(params.get('page') ?? '1'), 1, Math.floor(MAX_OFFSET / size))
  return {
    q: clean(params.get('q') ?? ''),
    sort,
    descending,
    filters: parseFilters(params, spec.filters ?? {}),
    page,
    after: cursor(params.get('after')),
    before: cursor(params.get('before')),
    size,
    offset: (page - 1) * size,
  }
}

function parseSort(given: string | null, spec: ListSpec): [string, boolean] {
  const split = (text: string): [string, boolean] => (text.startsWith('-') ? [text.slice(1), true] : [text, false])
  const [key, descending] = split(given ?? spec.defaultSort)
  return spec.sorts.includes(key) ? [key, descending] : split(spec.defaultSort)
}

function parseFilters(params: URLSearchParams, rules: Readonly<Record<string, FilterRule>>): Record<string, string> {
  const kept: [string, string][] = []
  for (const [name, rule] of Object.entries(rules)) {
    const value = clean(params.get(name) ?? '')
    if (value !== '' && fits(value, rule)) kept.push([name, value])
  }
  return Object.fromEntries(kept)
}

function fits(value: string, rule: FilterRule): boolean {
  if (rule === 'text') return true
  if (rule === 'year') return /^(19|20)\d{2}$/.test(value)
  if (rule === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
  return rule.includes(value)
}

// 控制字符在数据库里会报错，或在页面上藏字
const clean = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ').trim().slice(0, MAX_TEXT)
const cursor = (text: string | null): string | null =>
  text !== null && text.length <= MAX_CURSOR && /^[\w.~:-]+$/.test(text) ? text : null
const clamp = (n: number, min: number, max: number): number =>
  Number.isInteger(n) ? Math.min(Math.max(n, min), max) : min

/** 改动若干条件后的查询串（含 `?`，无条件则为空）；改条件即回到第一页。 */
export function toListSearch(query: ListQuery, change: ListChange = {}): string {
  const sort = change.sort ?? (query.descending ? `-${query.sort}` : query.sort)
  const params = new URLSearchParams()
  if (query.q !== '') params.set('q', query.q)
  for (const [name, value] of Object.entries(query.filters)) params.set(name, value)
  params.set('sort', sort)
  if (change.page !== undefined && change.page > 1) params.set('page', String(change.page))
  if (change.after !== undefined) params.set('after', change.after)
  if (change.before !== undefined) params.set('before', change.before)
  return `?${params.toString()}`
}

export interface ListChange {
  sort?: string
  page?: number
  after?: string
  before?: string
}
