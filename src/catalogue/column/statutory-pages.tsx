import { DataTable, EmptyState, LinkList, Sheet } from '../../platform/html/index.ts'
import type { ListQuery } from '../../platform/html/index.ts'
import { PUBLICATION_TERMS } from '../../statute/publication.ts'
import { itemPath } from '../public/item-path.ts'
import { PUBLICATION_CODES, articleOf } from '../publication-codes.ts'
import type { PublicationCode } from '../publication-codes.ts'
import type { PublishedItem } from '../queries.ts'
import type { HeadingCount } from './column-queries.ts'
import { ColumnFrame } from './column-tabs.tsx'
import type { ColumnBody } from './column-tabs.tsx'
import { FISCAL_KINDS, groupFiscal } from './fiscal.ts'

export interface HeadingRow {
  code: PublicationCode
  found: HeadingCount | null
  /** 还没有公开过的，机关说的为何、何时 */
  note: string
}

export interface StatutoryModel {
  body: ColumnBody
  rows: readonly HeadingRow[]
  /** 公布了机构信息的日子：第（二）项的内容在那一页 */
  institutionOn: string | null
}

const headingPath = (body: ColumnBody, code: PublicationCode): string => `/bodies/${body.code}/statutory?code=${code}`

/** 条例第二十六条的期限；预算、决算另有规定。 */
const dueWords = (code: PublicationCode): string =>
  code === 'A20_07' ? `批复后 ${PUBLICATION_TERMS.BUDGET.n} 日内公开（${PUBLICATION_TERMS.BUDGET.basis}）` : `形成或者变更之日起 ${PUBLICATION_TERMS.GENERAL.n} 个工作日内公开（条例第二十六条）`

/** 法定主动公开内容：条例第二十条十五项、第二十一条七类，各有几条，何日更新；没有的说明缘故。 */
export function StatutoryPage({ body, rows, institutionOn }: StatutoryModel) {
  const latest = [institutionOn ?? '', ...rows.map(({ found }) => found?.latest ?? '')].toSorted().at(-1) ?? ''
  const tree = (prefix: 'A20' | 'A21', title: string) => (
    <Sheet title={title}>
      <DataTable
        caption={title}
        columns={[
          { key: 'label', label: '内容', render: (row: HeadingRow) => <Heading body={body} row={row} institutionOn={institutionOn} /> },
          { key: 'count', label: '公开', unit: '条', align: 'end', render: ({ found }) => found?.count ?? 0 },
          { key: 'latest', label: '最近更新', align: 'end', nowrap: true, render: ({ found }) => (found === null ? '—' : <time dateTime={found.latest}>{found.latest}</time>) },
        ]}
        rows={rows.filter(({ code }) => code.startsWith(prefix))}
        rowKey={({ code }) => code}
        empty={{ title: '没有' }}
      />
    </Sheet>
  )
  return (
    <ColumnFrame body={body} title="法定主动公开内容" path="statutory" lead={latest === '' ? '还没有公开过信息' : <>最近更新 <time dateTime={latest}>{latest}</time></>}>
      <div className="stack">
        {tree('A20', '条例第二十条')}
        {tree('A21', '条例第二十一条')}
        <Sheet title="另见">
          <LinkList
            items={[
              { label: '全部主动公开的信息', href: `/bodies/${body.code}/items`, note: '按公开日期排列，可检索' },
              { label: '行政权力数据', href: `/bodies/${body.code}/powers`, note: '历年行政许可、处罚、强制的件数与收费金额' },
            ]}
          />
        </Sheet>
      </div>
    </ColumnFrame>
  )
}

function Heading({ body, row: { code, found, note }, institutionOn }: { body: ColumnBody; row: HeadingRow; institutionOn: string | null }) {
  const number = articleOf(code).replace(/^第二十条第|^第二十一条.*$/, '')
  const label = `${number.replace('项', '')}${PUBLICATION_CODES[code].label}`
  const institution = code === 'A20_02' && institutionOn !== null && (
    <p className="quiet">
      见<a href={`/bodies/${body.code}/institution`}>机构信息</a>（{institutionOn} 更新）
    </p>
  )
  if (found !== null || institution !== false) {
    return (
      <>
        {found === null ? label : <a href={headingPath(body, code)}>{label}</a>}
        {institution}
      </>
    )
  }
  return (
    <>
      {label}
      <p className="quiet">{note === '' ? `还没有公开过；${dueWords(code)}。` : note}</p>
    </>
  )
}

export interface HeadingModel {
  body: ColumnBody
  code: PublicationCode
  items: readonly PublishedItem[]
  total: number
  query: ListQuery
  years: readonly number[]
  latest: string | null
  note: string
}

/** 一项的各条：`/bodies/:code/statutory?code=`，可按年度看、可检索。 */
export const HeadingPage = ({ body, code, items, total, query, years, latest, note }: HeadingModel) => (
  <ColumnFrame body={body} title={PUBLICATION_CODES[code].label} path="statutory" lead={<HeadingLead body={body} code={code} latest={latest} />} crumbs={[{ label: '法定主动公开内容', href: `/bodies/${body.code}/statutory` }]}>
    {years.length === 0 ? (
      <EmptyState title="还没有公开过" action={{ label: '看各项', href: `/bodies/${body.code}/statutory` }}>
        {note === '' ? `${dueWords(code)}。` : note}
      </EmptyState>
    ) : (
      <ItemsTable caption={PUBLICATION_CODES[code].label} {...{ items, total, query, years }} clear={`/bodies/${body.code}/statutory`} headings />
    )}
  </ColumnFrame>
)

// 许可、处罚与强制、收费：另有历年的数
const HeadingLead = ({ body, code, latest }: Pick<HeadingModel, 'body' | 'code' | 'latest'>) => (
  <>
    条例{articleOf(code)}
    {latest !== null && (
      <>
        {'　'}最近更新 <time dateTime={latest}>{latest}</time>
      </>
    )}
    {(code === 'A20_05' || code === 'A20_06' || code === 'A20_08') && (
      <>
        {'　'}<a href={`/bodies/${body.code}/powers`}>历年的行政权力数据</a>
      </>
    )}
  </>
)

interface ItemsTableProps {
  caption: string
  items: readonly PublishedItem[]
  total: number
  query: ListQuery
  years: readonly number[]
  clear: string
  /** 可换到别的一项 */
  headings?: boolean
}

const ItemsTable = ({ caption, items, total, query, years, clear, headings = false }: ItemsTableProps) => (
  <DataTable
    caption={caption}
    columns={[
      { key: 'title', label: '名称', render: (item: PublishedItem) => <ItemTitle item={item} /> },
      { key: 'docNo', label: '文号', render: ({ docNo }) => docNo ?? '' },
      { key: 'on', label: '公开日期', align: 'end', nowrap: true, render: ({ publishedOn }) => <time dateTime={publishedOn}>{publishedOn}</time> },
    ]}
    rows={items}
    rowKey={({ itemId }) => itemId}
    rowHref={({ indexNo }) => itemPath(indexNo)}
    list={{
      query,
      total,
      search: '名称、文号、索引号',
      clear,
      filters: [
        ...(headings ? [{ kind: 'select' as const, name: 'code', label: '哪一项', options: HEADINGS }] : []),
        { kind: 'select', name: 'year', label: '公开年度', options: years.map((year) => ({ value: String(year), label: `${year} 年` })) },
      ],
    }}
    empty={{ title: '还没有公开过', action: { label: '看全部', href: clear } }}
  />
)

const HEADINGS = (Object.keys(PUBLICATION_CODES) as PublicationCode[]).map((value) => ({ value, label: PUBLICATION_CODES[value].label }))

const ItemTitle = ({ item: { title, expiredOn, edition } }: { item: PublishedItem }) => (
  <>
    {title}
    {expiredOn !== null && `（${expiredOn} 起失效）`}
    {edition > 1 && `（第 ${edition} 版）`}
  </>
)

export interface FiscalModel {
  body: ColumnBody
  items: readonly PublishedItem[]
  /** 共几条；多于所列的，另有逐条的列表 */
  total: number
}

/** 财政：预算、决算、三公经费，按年分开。 */
export function FiscalPage({ body, items, total }: FiscalModel) {
  const years = groupFiscal(items)
  const latest = items.map(({ revisedOn }) => revisedOn).toSorted().at(-1) ?? ''
  return (
    <ColumnFrame
      body={body}
      title={PUBLICATION_CODES.A20_07.label}
      path="statutory"
      lead={
        <>
          条例{articleOf('A20_07')}　最近更新 <time dateTime={latest}>{latest}</time>
        </>
      }
      crumbs={[{ label: '法定主动公开内容', href: `/bodies/${body.code}/statutory` }]}
    >
      <div className="stack">
        {years.map(({ year, kinds }) => (
          <Sheet key={year} title={`${year} 年`} id={`y${year}`}>
            {kinds.map(({ kind, items: own }) => (
              <section key={kind}>
                <h3>{FISCAL_KINDS[kind]}</h3>
                <LinkList items={own.map(({ indexNo, title, publishedOn }) => ({ label: title, href: itemPath(indexNo), on: publishedOn }))} />
              </section>
            ))}
          </Sheet>
        ))}
        <p>
          {total > items.length && `只列了最近公开的 ${items.length} 条，共 ${total} 条。`}
          <a href={`${headingPath(body, 'A20_07')}&view=list`}>逐条列表，可检索</a>
        </p>
      </div>
    </ColumnFrame>
  )
}

export interface RulesModel {
  body: ColumnBody
  items: readonly PublishedItem[]
  total: number
  query: ListQuery
  latest: string | null
  years: readonly number[]
}

/** 政府信息公开制度：`/bodies/:code/rules`；条例与国家规定在前，本机关的制度在后。 */
export const RulesPage = ({ body, items, total, query, latest, years }: RulesModel) => (
  <ColumnFrame body={body} title="政府信息公开制度" path="rules" lead={latest === null ? undefined : <>最近更新 <time dateTime={latest}>{latest}</time></>}>
    <div className="stack">
      <Sheet title="本机关的制度">
        {total === 0 && query.q === '' && Object.keys(query.filters).length === 0 ? (
          <EmptyState title="本机关还没有在本站公布制度">
            一律依《中华人民共和国政府信息公开条例》办理；怎样公开、怎样申请，见<a href={`/bodies/${body.code}/guide`}>公开指南</a>。
          </EmptyState>
        ) : (
          <ItemsTable caption="政府信息公开制度" {...{ items, total, query, years }} clear={`/bodies/${body.code}/rules`} />
        )}
      </Sheet>
      <Sheet title="依据">
        <ul>
          <li>《中华人民共和国政府信息公开条例》（国务院令第711号，2019年5月15日起施行）</li>
          <li>《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）</li>
          <li>《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）</li>
        </ul>
      </Sheet>
    </div>
  </ColumnFrame>
)
