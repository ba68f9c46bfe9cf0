import { DataTable, EmptyState, Notice, PortalPage, Tag } from '../../platform/html/index.ts'
import type { ListQuery } from '../../platform/html/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { FeedLinks } from '../hand-over/feed-links.tsx'
import { LIBRARY, VALIDITY_TONES, libraryHref, validityText } from './document-words.ts'
import type { Facet, LibraryEntry } from './library-queries.ts'
import { FACETS } from './library-queries.ts'
import { FACET_LABELS, TOPIC_LABELS, VALIDITY_LABELS, libraryLink } from './library-search.ts'
import type { Chosen } from './library-search.ts'
import { DOCUMENT_KINDS, VALIDITIES, validityOn } from './normative-document.ts'

interface Named {
  code: string
  name: string
}

export interface LibraryModel {
  entries: readonly LibraryEntry[]
  total: number
  query: ListQuery
  chosen: Chosen
  counts: Readonly<Record<Facet, ReadonlyMap<string, number>>>
  bodies: ReadonlyMap<string, Named>
  today: PlainDate
}

/** 政策文件库：检索、按项筛选、列表。 */
export function LibraryPage({ entries, total, query, chosen, counts, bodies, today }: LibraryModel) {
  const narrowed = query.q !== '' || FACETS.some((facet) => chosen[facet] !== undefined)
  return (
    <PortalPage
      title="政策文件库"
      description="本区各机关的规章、行政规范性文件：全文、效力、修订与废止、解读"
      crumbs={[{ label: '首页', href: '/' }]}
      lead="本区各机关的行政规范性文件。效力逐日更新：有效期届满、已经废止的注明，仍可查阅。"
    >
      <FeedLinks scope={{ kind: 'policy' }} />
      <search aria-label="检索政策文件">
        <form className="find" action={LIBRARY}>
          <input type="search" name="q" aria-label="名称、文号、登记号" placeholder="名称、文号、登记号" maxLength={60} defaultValue={query.q} />
          {FACETS.map((facet) => (chosen[facet] === undefined ? null : <input key={facet} type="hidden" name={facet} value={chosen[facet]} />))}
          <button className="btn">检索</button>
        </form>
      </search>
      <div className="found">
        <div>
          <p className="library-count">
            <span>
              {narrowed ? '符合条件的' : '共'} {total} 件
              <a className="to-facets" href="#facets">
                筛选
              </a>
            </span>
            <span>
              <a href={chosen.body === undefined ? `${LIBRARY}/directory` : `${LIBRARY}/directory?body=${encodeURIComponent(chosen.body)}`}>现行有效规范性文件目录</a>（可打印、下载）
            </span>
          </p>
          {total === 0 ? (
            <Nothing narrowed={narrowed} q={query.q} />
          ) : (
            <DataTable
              caption="政策文件"
              columns={[
                { key: 'title', label: '名称', render: (entry: LibraryEntry) => entry.title },
                { key: 'docNo', label: '文号', render: (entry) => entry.docNo },
                { key: 'body', label: '制定机关', render: (entry) => bodies.get(entry.bodyId)?.name ?? '' },
                { key: 'madeOn', label: '公布日期', nowrap: true, render: (entry) => <time dateTime={entry.madeOn}>{entry.madeOn}</time> },
                { key: 'validity', label: '效力', nowrap: true, render: (entry) => <EntryValidity entry={entry} today={today} /> },
              ]}
              rows={entries}
              rowKey={(entry) => entry.documentId}
              rowHref={(entry) => libraryHref(entry.documentId)}
              list={{ query, total }}
              empty={{ title: '还没有政策文件' }}
            />
          )}
        </div>
        <nav className="library-facets" id="facets" aria-label="筛选" tabIndex={-1}>
          {narrowed && (
            <p>
              <a href={LIBRARY}>清除条件</a>
            </p>
          )}
          {FACETS.map((facet) => (
            <FacetView key={facet} facet={facet} chosen={chosen} q={query.q} options={toOptions(facet, counts[facet], bodies)} />
          ))}
        </nav>
      </div>
    </PortalPage>
  )
}

export function EntryValidity({ entry, today }: { entry: LibraryEntry; today: PlainDate }) {
  const validity = validityOn(entry, today)
  return <Tag tone={VALIDITY_TONES[validity]}>{VALIDITIES[validity]}</Tag>
}

const Nothing = ({ narrowed, q }: { narrowed: boolean; q: string }) =>
  narrowed ? (
    <EmptyState title="没有符合条件的文件">
      换一个词，或<a href={LIBRARY}>清除条件看全部</a>；也可以<a href={q === '' ? '/search' : `/search?q=${encodeURIComponent(q)}`}>检索全部公开的信息</a>。
    </EmptyState>
  ) : (
    <EmptyState title="还没有政策文件">
      各机关公布规范性文件之后，这里即列出。要找别的，可以<a href="/search">检索全部公开的信息</a>。
    </EmptyState>
  )

interface FacetOption {
  value: string
  label: string
  n: number
}

function toOptions(facet: Facet, counts: ReadonlyMap<string, number>, bodies: ReadonlyMap<string, Named>): FacetOption[] {
  const options = [...counts].flatMap(([value, n]): FacetOption[] => {
    if (facet !== 'body') return [{ value, label: labelOf(facet, value), n }]
    const body = bodies.get(value)
    return body === undefined ? [] : [{ value: body.code, label: body.name, n }]
  })
  return facet === 'year' ? options.toSorted((a, b) => Number(b.value) - Number(a.value)) : options
}

function labelOf(facet: Facet, value: string): string {
  if (facet === 'year') return `${value} 年`
  const labels: Readonly<Record<string, string>> = facet === 'validity' ? VALIDITY_LABELS : facet === 'kind' ? DOCUMENT_KINDS : TOPIC_LABELS
  return labels[value] ?? value
}

const SHOWN = 8

/** 一项的各个取值与件数；选中的再点即去掉，其余的收在「更多」里。 */
function FacetView({ facet, chosen, q, options }: { facet: Facet; chosen: Chosen; q: string; options: readonly FacetOption[] }) {
  if (options.length === 0) return null
  const current = chosen[facet]
  const shown = options.filter((option, i) => i < SHOWN || option.value === current)
  const rest = options.filter((option) => !shown.includes(option))
  const link = (option: FacetOption) => (
    <li key={option.value}>
      <a href={libraryLink(q, chosen, { [facet]: option.value === current ? null : option.value })} aria-current={option.value === current ? 'true' : undefined}>
        {option.label}
        <span className="count">
          {option.n}
          <span className="vh">件{option.value === current ? '，已选，点按去掉' : ''}</span>
        </span>
      </a>
    </li>
  )
  return (
    <details open={current !== undefined || facet === 'validity'}>
      <summary>{FACET_LABELS[facet]}</summary>
      <ul>{shown.map(link)}</ul>
      {rest.length > 0 && (
        <details>
          <summary>更多</summary>
          <ul>{rest.map(link)}</ul>
        </details>
      )}
    </details>
  )
}

/** 不再有效的，在最前面说清楚。 */
export function ValidityBanner({ entry, today }: { entry: LibraryEntry; today: PlainDate }) {
  if (validityOn(entry, today) === 'valid') return null
  return (
    <Notice tone="warn" title={validityText(entry, today)}>
      仍可查阅，不能再作依据。
    </Notice>
  )
}
