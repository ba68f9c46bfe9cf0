import { DataTable, PortalPage, Tag, type Filter, type ListQuery } from '../platform/html/index.ts'
import { articleOf, FeedLinks, GENRES, isPublicationCode, itemPath, PUBLICATION_CODES, TOPICS } from '../catalogue/index.ts'
import type { FacetCounts, PublishedItem } from '../catalogue/index.ts'
import { bodyPath } from './home-page.tsx'

export interface ItemsModel {
  /** 只看这个机关的；全区的为 null */
  body: { code: string; name: string } | null
  /** 各机关，以键认：全区的列表写明是谁的 */
  bodies: ReadonlyMap<string, { code: string; name: string }>
  items: readonly PublishedItem[]
  total: number
  counts: FacetCounts
  query: ListQuery
}

const HOME = { label: '首页', href: '/' }

/** 主动公开的信息：全区的 `/items`，一个机关的 `/bodies/:code/items`；年度报告里「主动公开 n 条」点开即后者。 */
export const ItemsPage = ({ body, bodies, items, total, counts, query }: ItemsModel) => (
  <PortalPage
    title={`${body === null ? '各机关' : body.name}主动公开的政府信息`}
    heading="主动公开的政府信息"
    crumbs={body === null ? [HOME] : [HOME, { label: body.name, href: bodyPath(body.code) }]}
    lead="已撤回的不列，已失效的注明。各栏括号里是条数。"
    head={body === null ? <FeedLinks scope={{ kind: 'all' }} /> : <FeedLinks scope={{ kind: 'bodies', code: body.code }} bodyName={body.name} />}
  >
    <DataTable
      caption={`${body === null ? '各机关' : body.name}主动公开的政府信息`}
      columns={[
        { key: 'title', label: '名称', render: (item: PublishedItem) => <Title item={item} /> },
        ...(body === null ? [{ key: 'body', label: '机关', render: (item: PublishedItem) => bodies.get(item.bodyId)?.name ?? '' }] : []),
        { key: 'docNo', label: '文号', render: (item) => item.docNo ?? '' },
        { key: 'indexNo', label: '索引号', nowrap: true, render: (item) => item.indexNo },
        { key: 'on', label: '公开日期', align: 'end', nowrap: true, sort: true, render: (item) => <time dateTime={item.publishedOn}>{item.publishedOn}</time> },
      ]}
      rows={items}
      rowKey={(item) => item.itemId}
      rowHref={(item) => itemPath(item.indexNo)}
      list={{ query, total: total, search: '名称、文号、索引号', filters: filtersOf(counts, query, bodies), folded: true }}
      empty={{ title: '还没有公开的信息', children: '没有主动公开的，可以申请。', action: body === null ? { label: '申请公开政府信息', href: '/apply' } : { label: `向${body.name}申请公开`, href: `/apply/${body.code}` } }}
    />
  </PortalPage>
)

const Title = ({ item }: { item: PublishedItem }) => (
  <>
    {item.title}
    {item.expiredOn !== null && (
      <>
        {' '}
        <Tag tone="wait">{item.expiredOn} 起失效</Tag>
      </>
    )}
  </>
)

const VALIDITY = { valid: '有效', expired: '已失效' } as const

// 只有一个值可选的面没有什么好挑；选着的总在
const filtersOf = (counts: FacetCounts, query: ListQuery, bodies: ItemsModel['bodies']): Filter[] =>
  [
    select('body', '机关', byCode(counts, bodies), query, (value) => [...bodies.values()].find(({ code }) => code === value)?.name ?? value),
    select('year', '公开年度', counts, query, (value) => `${value} 年`, (a, b) => (a < b ? 1 : -1)),
    select('code', '公开依据', counts, query, codeLabel),
    select('topic', '主题分类', counts, query, (value) => (Object.hasOwn(TOPICS, value) ? TOPICS[value as keyof typeof TOPICS] : value)),
    select('genre', '体裁', counts, query, (value) => (Object.hasOwn(GENRES, value) ? GENRES[value as keyof typeof GENRES] : value)),
    select('validity', '有效性', counts, query, (value) => (value === 'expired' ? VALIDITY.expired : VALIDITY.valid)),
  ].filter(({ name, options }) => options.length > 1 || query.filters[name] !== undefined)

const byCode = (counts: FacetCounts, bodies: ItemsModel['bodies']): FacetCounts => ({ ...counts, body: new Map([...counts.body].flatMap(([id, n]) => (bodies.has(id) ? [[bodies.get(id)?.code ?? '', n] as const] : []))) })

// 第二十一条的写法里已有名称
const codeLabel = (value: string): string => {
  if (!isPublicationCode(value)) return value
  return value.startsWith('A21') ? articleOf(value) : `${articleOf(value)}${shorten(PUBLICATION_CODES[value].label)}`
}

const MOST_LABEL = 16
const shorten = (text: string): string => (text.length > MOST_LABEL ? `${text.slice(0, MOST_LABEL)}…` : text)

function select(name: keyof FacetCounts, label: string, counts: FacetCounts, query: ListQuery, word: (value: string) => string, order = (a: string, b: string) => (a < b ? -1 : 1)): Filter & { kind: 'select' } {
  const chosen = query.filters[name]
  const values = new Map(counts[name])
  if (chosen !== undefined && !values.has(chosen)) values.set(chosen, 0)
  return { kind: 'select', name, label, options: [...values.keys()].toSorted(order).map((value) => ({ value, label: `${word(value)}（${values.get(value) ?? 0}）` })) }
}
