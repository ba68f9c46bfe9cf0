import { isValidElement } from 'react'
import type { ReactNode } from 'react'
import { EmptyState } from './notice.tsx'
import type { EmptyStateProps } from './notice.tsx'
import { useFrame } from './frame.ts'
import { MAX_OFFSET, toListSearch } from './list-query.ts'
import type { ListQuery } from './list-query.ts'

export interface Column<Row> {
  key: string
  label: string
  /** 单位写在表头，如「件」「条」「天」 */
  unit?: string
  /** 数字用 `end`：右对齐、等宽数字 */
  align?: 'start' | 'end'
  /** 不折行：登记号、文号、日期 */
  nowrap?: boolean
  /** 可按此列排序；key 须在 ListSpec.sorts 里 */
  sort?: boolean
  render: (row: Row) => ReactNode
}

export type Filter =
  | { kind: 'select'; name: string; label: string; options: readonly { value: string; label: string }[] }
  | { kind: 'date' | 'text'; name: string; label: string }

/** 共几行：确数，或「至少」（数到上限就不再数）。 */
export type Total = number | { atLeast: number }

export interface DataTableProps<Row> {
  /** 表名，读屏念出；`showCaption` 则也显示 */
  caption: string
  showCaption?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** 整行为链接；链接的文字是第一列 */
  rowHref?: (row: Row) => string
  /** 没有行时：说清现状与下一步 */
  empty: EmptyStateProps
  /** 有检索、筛选、排序、分页的列表才给；地址取自当前页 */
  list?: ListControls
}

export interface ListControls {
  query: ListQuery
  total: Total
  /** 检索框的说明，如「题名、文号、申请人」；不给则无检索框 */
  search?: string
  filters?: readonly Filter[]
  /** 筛选的各栏折起来，选了条件的打开：门户的长列表、条件多的列表先看到内容 */
  folded?: boolean
  /** 由标签页之类定了的条件：检索时带着，不算筛选过 */
  fixed?: readonly string[]
  /** 清除条件去哪里；不给则为本页不带条件的地址 */
  clear?: string
  /** 键集分页的前后游标；不给则按 query.page 偏移分页 */
  cursors?: { next: string | null; previous: string | null }
  /** 导出的地址，带上当前的筛选 */
  exports?: readonly { label: 'CSV' | 'XLSX'; href: string }[]
}

/** 工作台与门户的列表。筛选、排序、分页都是链接与 GET 表单，不用脚本；390 px 时每行成为一块。 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { list, rows } = props
  const narrowed = list !== undefined && (list.query.q !== '' || Object.keys(list.query.filters).some((name) => list.fixed?.includes(name) !== true))
  // 翻过了头，不是没有内容
  const beyond = list !== undefined && (list.query.page > 1 || list.query.after !== null || list.query.before !== null)
  return (
    <div className="datatable">
      {list !== undefined && (rows.length > 0 || narrowed) && <Controls list={list} narrowed={narrowed} />}
      {rows.length > 0 ? <Rows {...props} /> : narrowed ? <NothingFound clear={list.clear} /> : beyond ? <NothingHere /> : <EmptyState {...props.empty} />}
      {list !== undefined && rows.length > 0 && <Paging list={list} shown={rows.length} />}
    </div>
  )
}

function Rows<Row>({ caption, showCaption, columns, rows, rowKey, rowHref, list }: DataTableProps<Row>) {
  return (
    <table className="list">
      <caption className={showCaption === true ? undefined : 'vh'}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <HeadCell key={column.key} column={column} query={list?.query} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className={rowHref === undefined ? undefined : 'go'}>
            {columns.map((column, index) => {
              const content = column.render(row)
              return (
                <td key={column.key} className={columnClass(column, isNothing(content))} data-label={column.unit === undefined ? column.label : `${column.label}（${column.unit}）`}>
                  {index === 0 && rowHref !== undefined ? <a href={rowHref(row)}>{content}</a> : content}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const columnClass = ({ align, nowrap }: Pick<Column<never>, 'align' | 'nowrap'>, nothing: boolean): string | undefined =>
  [align === 'end' && 'num', nowrap === true && 'nowrap', nothing && 'none'].filter(Boolean).join(' ') || undefined

/** 格里只有一横：窄屏上一行成为一块，这样的格不占一行。 */
const isNothing = (content: ReactNode): boolean =>
  content === '—' || (isValidElement<{ children?: ReactNode }>(content) && typeof content.type !== 'function' && isNothing(content.props.children))

type HeadColumn = Pick<Column<never>, 'key' | 'label' | 'unit' | 'align' | 'sort'>

function HeadCell({ column, query }: { column: HeadColumn; query: ListQuery | undefined }) {
  const label = (
    <>
      {column.label}
      {column.unit !== undefined && <small>（{column.unit}）</small>}
    </>
  )
  const className = column.align === 'end' ? 'num' : undefined
  if (column.sort !== true || query === undefined) {
    return (
      <th scope="col" className={className}>
        {label}
      </th>
    )
  }
  const active = query.sort === column.key
  const next = active && !query.descending ? `-${column.key}` : column.key
  return (
    <th
      scope="col"
      className={className}
      aria-sort={active ? (query.descending ? 'descending' : 'ascending') : undefined}
    >
      <a href={toListSearch(query, { sort: next })}>
        {label}
        <span aria-hidden="true">{active ? (query.descending ? ' ↓' : ' ↑') : ' ↕'}</span>
        <span className="vh">{active ? '，点按反序' : '，按此排序'}</span>
      </a>
    </th>
  )
}

function Controls({ list, narrowed }: { list: ListControls; narrowed: boolean }) {
  const { query, search, filters = [], folded = false, fixed = [], exports = [] } = list
  const { path } = useFrame()
  const kept = toListSearch(query)
  return (
    <div className="controls">
      {(search !== undefined || filters.length > 0) && (
        <search aria-label="检索与筛选">
        <form method="get" action={path}>
          {search !== undefined && (
            <label className="control grow">
              <span>检索</span>
              <input type="search" name="q" defaultValue={query.q} maxLength={100} placeholder={search} />
            </label>
          )}
          <Filters filters={filters} query={query} folded={folded} />
          {fixed.map((name) => (
            <input key={name} type="hidden" name={name} value={query.filters[name] ?? ''} />
          ))}
          <input type="hidden" name="sort" value={query.descending ? `-${query.sort}` : query.sort} />
          <button className="btn second">{folded ? '查找' : '筛选'}</button>
          {narrowed && <a href={list.clear ?? path}>清除条件</a>}
        </form>
        </search>
      )}
      {exports.length > 0 && (
        <p className="exports">
          导出本表：
          {exports.map((item) => (
            <a key={item.label} href={item.href + (item.href.includes('?') ? `&${kept.slice(1)}` : kept)}>
              {item.label}
            </a>
          ))}
        </p>
      )}
    </div>
  )
}

function Filters({ filters, query, folded }: { filters: readonly Filter[]; query: ListQuery; folded: boolean }) {
  const controls = filters.map((filter) => <FilterControl key={filter.name} filter={filter} value={query.filters[filter.name] ?? ''} />)
  if (!folded || controls.length === 0) return controls
  return (
    <details className="fold" open={filters.some(({ name }) => query.filters[name] !== undefined)}>
      <summary>更多条件：{filters.map(({ label }) => label).join('、')}</summary>
      <div className="folded">{controls}</div>
    </details>
  )
}

function FilterControl({ filter, value }: { filter: Filter; value: string }) {
  return (
    <label className="control">
      <span>{filter.label}</span>
      {filter.kind === 'select' ? (
        <select name={filter.name} defaultValue={value}>
          <option value="">全部</option>
          {filter.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input type={filter.kind} name={filter.name} defaultValue={value} maxLength={100} />
      )}
    </label>
  )
}

function NothingFound({ clear }: { clear: string | undefined }) {
  const { path } = useFrame()
  return (
    <EmptyState title="没有符合条件的记录">
      换一个词，或<a href={clear ?? path}>清除条件看全部</a>。
    </EmptyState>
  )
}

function NothingHere() {
  return (
    <EmptyState title="这一页没有内容">
      <a href={useFrame().path}>回到第一页</a>
    </EmptyState>
  )
}

const isKnown = (total: Total): total is number => typeof total === 'number'

function Paging({ list, shown }: { list: ListControls; shown: number }) {
  const { query, total, cursors } = list
  const links = cursors === undefined ? offsetLinks(query, total, shown) : cursorLinks(query, cursors)
  const count = isKnown(total) ? `共 ${total.toLocaleString('en-US')} 条` : `共 ${total.atLeast}+ 条`
  const place = cursors === undefined && shown !== total ? `第 ${query.offset + 1}–${query.offset + shown} 条，` : ''
  return (
    <nav className="paging" aria-label="分页">
      <p>
        {place}
        {count}
      </p>
      {links.length > 0 && (
        <ul>
          {links.map((link) => (
            <li key={link.label}>
              {link.href === null ? (
                <span aria-current="page">{link.label}</span>
              ) : (
                <a href={link.href} rel={link.rel} aria-label={link.spoken}>
                  {link.label}
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
    </nav>
  )
}

interface PageLink {
  label: string
  href: string | null
  rel?: 'prev' | 'next'
  spoken?: string
}

function offsetLinks(query: ListQuery, total: Total, shown: number): PageLink[] {
  const count = isKnown(total) ? total : total.atLeast
  const last = Math.max(Math.ceil(Math.min(count, MAX_OFFSET) / query.size), query.page)
  const more = query.page < last || (!isKnown(total) && shown === query.size && query.offset + shown < MAX_OFFSET)
  if (query.page === 1 && !more) return []
  const to = (page: number) => toListSearch(query, { page })
  return [
    ...(query.page > 1 ? [{ label: '上一页', href: to(query.page - 1), rel: 'prev' as const }] : []),
    ...pageWindow(query.page, last).map((page) => ({
      label: String(page),
      href: page === query.page ? null : to(page),
      spoken: `第 ${page} 页`,
    })),
    ...(more ? [{ label: '下一页', href: to(query.page + 1), rel: 'next' as const }] : []),
  ]
}

/** 首页、末页与当前页前后各两页。 */
export const pageWindow = (page: number, last: number): number[] =>
  [...new Set([1, page - 2, page - 1, page, page + 1, page + 2, last])]
    .filter((n) => n >= 1 && n <= last)
    .sort((a, b) => a - b)

function cursorLinks(query: ListQuery, cursors: { next: string | null; previous: string | null }): PageLink[] {
  const { next, previous } = cursors
  return [
    ...(query.after === null && query.before === null ? [] : [{ label: '首页', href: toListSearch(query) }]),
    ...(previous === null ? [] : [{ label: '上一页', href: toListSearch(query, { before: previous }), rel: 'prev' as const }]),
    ...(next === null ? [] : [{ label: '下一页', href: toListSearch(query, { after: next }), rel: 'next' as const }]),
  ]
}
