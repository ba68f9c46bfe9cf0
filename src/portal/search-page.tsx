import { Fragment } from 'react'
import { Island, LinkList, PortalPage, Sheet, Tag } from '../platform/html/index.ts'
import type { LinkItem } from '../platform/html/index.ts'
import type { Segment } from '../platform/search/index.ts'
import type { DirectAnswers } from './search-answers.ts'
import { sitePages } from './site-pages.ts'
import { FACET_NAMES, searchHref } from './search-params.ts'
import type { SearchParams } from './search-params.ts'
import type { FacetModel, SearchModel, SearchResult } from './search-results.ts'

const HOME = [{ label: '首页', href: '/' }]
const ELSEWHERE: readonly LinkItem[] = [
  { label: '按机关找', href: '/bodies', note: '各机关的公开指南、机构信息、主动公开的信息' },
  { label: '政策文件库', href: '/policies', note: '行政规范性文件，效力逐日更新' },
  { label: '申请公开政府信息', href: '/apply', note: '没有主动公开的，可以申请；不用登录，不问用途' },
  { label: '投诉与反映', href: '/complain', note: '应当公开没有公开、不依法答复的，可以提出' },
]

/** 还没有写要找什么：`/search`。 */
export const SearchStartPage = ({ params }: { params: SearchParams }) => (
  <PortalPage title="检索政府信息" crumbs={HOME} lead="可以写内容、问话、文号或索引号；也可以写拼音或首字母，如写 lsjz 查临时救助。">
    <div className="stack">
      <SearchBox params={params} />
      <Sheet title="也可以这样找">
        <LinkList items={ELSEWHERE} prominent />
      </Sheet>
    </div>
  </PortalPage>
)

/** 检索结果：`/search?q=`。 */
export function SearchPage({ model, direct, kinds }: { model: SearchModel; direct: DirectAnswers; kinds: ReadonlyMap<string, string> }) {
  const { params, results, total } = model
  const narrowed = FACET_NAMES.some((name) => params.chosen[name] !== undefined)
  return (
    <PortalPage title={`检索：${params.q}`} heading="检索政府信息" crumbs={HOME}>
      <SearchBox params={params} />
      {direct.answers.length > 0 && <Answers {...direct} />}
      {params.after === null && <OwnPages links={sitePages(params.q)} />}
      {total === 0 && !narrowed ? (
        <Nothing params={params} answered={direct.answers.length > 0} />
      ) : (
        <div className="found">
          <div>
            <Count model={model} narrowed={narrowed} />
            {total === 0 ? <NothingNarrowed params={params} /> : <ResultList results={results.filter(({ partial }) => model.loosened || !partial)} kinds={kinds} />}
            {!model.loosened && results.some(({ partial }) => partial) && (
              <>
                <p className="search-said also-found">下面的只含其中一部分词：</p>
                <ResultList results={results.filter(({ partial }) => partial)} kinds={kinds} />
              </>
            )}
            {params.after !== null || model.next !== null ? <Pages model={model} /> : null}
          </div>
          <Facets facets={model.facets} atLeast={model.atLeast} />
        </div>
      )}
    </PortalPage>
  )
}

const SearchBox = ({ params }: { params: SearchParams }) => (
  <search aria-label="检索政府信息">
    <form className="find" action="/search">
      <input type="search" name="q" id="q" list="hints" data-from="/search/suggest" aria-label="检索政府信息" placeholder="内容、问话、文号或索引号" defaultValue={params.q} maxLength={100} autoComplete="off" />
      {/* datalist 不可有名，其选项由脚本填 */}
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label */}
      <datalist id="hints" />
      {FACET_NAMES.map((name) => (params.chosen[name] === undefined ? null : <input key={name} type="hidden" name={name} value={params.chosen[name]} />))}
      <button className="btn">检索</button>
    </form>
    <Island name="search" />
  </search>
)

const OwnPages = ({ links }: { links: readonly LinkItem[] }) =>
  links.length === 0 ? null : (
    <nav className="answers" aria-labelledby="own-pages">
      <h2 id="own-pages">本站可以办、可以看的</h2>
      <LinkList items={links} prominent />
    </nav>
  )

const Answers = ({ from, answers, alike }: DirectAnswers) => (
  <section className="answers" aria-labelledby="answers">
    <h2 id="answers">{from}的回答</h2>
    <ul>
      {answers.map(({ question, answer, href, bodyName }) => (
        <li key={`${question} ${bodyName}`}>
          <h3>
            <a href={href}>
              {bodyName === null ? '' : `${bodyName} · `}
              {question}
            </a>
          </h3>
          {answer.split('\n').map((line, i) => (
            <p key={i}>{line}</p>
          ))}
        </li>
      ))}
    </ul>
    {alike !== null && (
      <p>
        名称里有“{alike.word}”的机关共 {alike.count} 个，其余见<a href={`/bodies?q=${encodeURIComponent(alike.word)}`}>各机关一览</a>。
      </p>
    )}
  </section>
)

const Marked = ({ segments }: { segments: readonly Segment[] }) => segments.map(({ text, hit }, i) => (hit ? <mark key={i}>{text}</mark> : text))

function Count({ model: { params, total, atLeast, corrected, loosened, facets }, narrowed }: { model: SearchModel; narrowed: boolean }) {
  return (
    <div className="search-said">
      {corrected !== null && (
        <p>
          按“<strong>{corrected}</strong>”检索，仍要查“<a href={searchHref(params, { literal: '1' })}>{params.q}</a>”。
        </p>
      )}
      {loosened && total > 0 && <p>没有同时含有这些词的，下面的只含其中一部分。</p>}
      <p>
        找到 {total}
        {atLeast ? '+' : ''} 件{atLeast ? '，先列最相合的；可以再添一个词，或者从旁筛选' : ''}
        {narrowed && (
          <a className="beside" href={`/search?q=${encodeURIComponent(params.q)}`}>
            去掉全部筛选
          </a>
        )}
        {facets.length > 0 && (
          <a className="to-facets" href="#facets">
            筛选
          </a>
        )}
      </p>
    </div>
  )
}

const ResultList = ({ results, kinds }: { results: readonly SearchResult[]; kinds: ReadonlyMap<string, string> }) => (
  <ol className="results">
    {results.map((result) => (
      <li key={result.key}>
        <h2>
          <a href={result.href}>
            <Marked segments={result.title} />
          </a>
          {result.past !== null && <Tag tone="late">{result.past}</Tag>}
        </h2>
        {result.text.some(({ text }) => text.trim() !== '') && (
          <p>
            {result.attachment !== null && (
              <>
                附件“<a href={result.attachment.href}>{result.attachment.name}</a>”里：
              </>
            )}
            <Marked segments={result.text} />
          </p>
        )}
        <p className="quiet hit-facts">
          {[kinds.get(result.kind) ?? '', result.bodyName, ...result.notes].filter((part) => part !== '').map((part) => (
            <Fragment key={part}>
              <span>{part}</span>{' '}
            </Fragment>
          ))}
          <time dateTime={result.publishedOn}>{result.publishedOn}</time>
        </p>
      </li>
    ))}
  </ol>
)

const SHOWN = 6
const OPEN: readonly string[] = ['kind', 'body', 'year']

function Facets({ facets, atLeast }: { facets: readonly FacetModel[]; atLeast: boolean }) {
  if (facets.length === 0) return null
  return (
    <nav className="library-facets" id="facets" aria-label="筛选" tabIndex={-1}>
      {facets.map((facet) => (
        <details key={facet.name} open={OPEN.includes(facet.name) || facet.options.some(({ chosen }) => chosen)}>
          <summary>{facet.label}</summary>
          <Options options={facet.options.slice(0, SHOWN)} />
          {facet.options.length > SHOWN && (
            <details>
              <summary>更多</summary>
              <Options options={facet.options.slice(SHOWN)} />
            </details>
          )}
        </details>
      ))}
      {atLeast && <p className="quiet">件数只数最新的三百件里的。</p>}
    </nav>
  )
}

const Options = ({ options }: { options: FacetModel['options'] }) => (
  <ul>
    {options.map(({ value, label, n, href, chosen }) => (
      <li key={value}>
        <a href={href} aria-current={chosen ? 'true' : undefined}>
          {label}
          <span className="count">
            {n}
            <span className="vh">件{chosen ? '，已选，点按去掉' : ''}</span>
          </span>
        </a>
      </li>
    ))}
  </ul>
)

function Pages({ model: { params, next } }: { model: SearchModel }) {
  return (
    <nav className="pages" aria-label="翻页">
      {params.after !== null && <a href={searchHref(params)}>回到第一页</a>}
      {next !== null && (
        <a className="btn second" href={next} rel="next">
          下一页
        </a>
      )}
    </nav>
  )
}

const NothingNarrowed = ({ params }: { params: SearchParams }) => (
  <div className="empty">
    <p className="empty-title">照所选的筛选没有</p>
    <p>
      <a href={`/search?q=${encodeURIComponent(params.q)}`}>去掉全部筛选再查</a>
    </p>
  </div>
)

const Nothing = ({ params, answered }: { params: SearchParams; answered: boolean }) => (
  <div className="stack search-nothing">
    {answered ? (
      <p className="quiet">除了上面的回答，公开的文件里没有另外找到“{params.q}”。</p>
    ) : (
      <div className="empty">
        <p className="empty-title">没有找到“{params.q}”</p>
        <p>少写几个字，或者换个说法，如把“拆迁”写作“房屋征收”。知道文号、索引号的，只写号。</p>
      </div>
    )}
    <Sheet title="也可以这样找">
      <LinkList items={ELSEWHERE} prominent />
    </Sheet>
  </div>
)
