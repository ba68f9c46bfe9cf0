import { DataTable, DeskPage, LinkButton, Notice, Sheet, Tag, type ListQuery } from '../../platform/html/index.ts'
import { FlashNotice, type Flash } from '../../identity/index.ts'
import { STATUSES } from '../report.ts'
import { FILING_STATUSES, SOURCES } from './filing.ts'
import { FilingTag } from './filing-page.tsx'
import type { Filer, NonFiler } from './filings.ts'
import type { Reviewer } from './office.ts'
import { FILER_KINDS, openTo, type Standing } from './standing.ts'

export interface CollectionPageModel {
  year: number
  years: readonly number[]
  due: { dueOn: string; innerOn: string }
  standing: Standing
  rows: readonly Filer[]
  total: number
  query: ListQuery
  others: readonly NonFiler[]
  reviewers: readonly Reviewer[]
  /** 还没有列入名单（没有开始收集）的个数 */
  unlisted: number
  canExport: boolean
  flash: Flash | null
}

const MAX_NAMES = 30

/** 一个年度的收集：全区报到哪里，逐家一行；催报、分派、锁定由此去办。 */
export function CollectionPage(model: CollectionPageModel) {
  const { year, standing, query, reviewers, due } = model
  const base = `/desk/filings/${year}`
  const names = new Map(reviewers.map((one) => [one.accountId, one.name]))
  return (
    <DeskPage
      title={`${year} 年度报告的收集`}
      lead={`法定期限 ${due.dueOn}（条例第四十九条）${due.innerOn < due.dueOn ? `；区里要求 ${due.innerOn} 前报送` : ''}。`}
      actions={
        <>
          {model.unlisted > 0 && <LinkButton href={`${base}/open`}>{model.unlisted === standing.total ? '开始收集' : `补列 ${model.unlisted} 家`}</LinkButton>}
          {standing.counts.none + standing.counts.returned > 0 && <LinkButton href={`${base}/remind`} second={model.unlisted > 0}>催报没有报的</LinkButton>}
          {standing.counts.filed > 0 && <LinkButton href={`${base}/accept`} second>成批受理</LinkButton>}
          <LinkButton href={`${base}/assign`} second>分派审核</LinkButton>
          {standing.counts.accepted > 0 && <LinkButton href={`${base}/lock`} second>锁定</LinkButton>}
        </>
      }
    >
      <FlashNotice flash={model.flash} />
      <div className="stack">
      <StandingSheet {...model} />
      <DataTable
        caption={`${year} 年度应报的机关`}
        columns={[
          { key: 'name', label: '机关', sort: true, render: (row: Filer) => <NameCell filer={row} /> },
          { key: 'status', label: '办到', sort: true, render: (row) => (row.filedOn === null && row.late ? <Tag tone="late">逾期未报</Tag> : <FilingTag status={row.status} />) },
          { key: 'filedOn', label: '报送', sort: true, nowrap: true, render: (row) => filedText(row) },
          { key: 'acceptedOn', label: '受理', sort: true, nowrap: true, render: (row) => row.acceptedOn ?? '—' },
          { key: 'published', label: '公布', nowrap: true, render: (row) => row.publishedOn ?? '—' },
          { key: 'reviewer', label: '审核', render: (row) => (row.reviewer === null ? '—' : (names.get(row.reviewer) ?? '（已不在岗）')) },
        ]}
        rows={model.rows}
        rowKey={(row) => row.bodyId}
        rowHref={(row) => `/desk/filings/${row.bodyCode}/${year}`}
        list={{
          query,
          total: model.total,
          search: '机关名称、曾用名',
          filters: [
            {
              kind: 'select',
              name: 'status',
              label: '办到',
              options: [...Object.entries(FILING_STATUSES).map(([value, label]) => ({ value, label })), { value: 'missing', label: '至今没有报过' }, { value: 'late', label: '迟报、逾期未报' }],
            },
            { kind: 'select', name: 'kind', label: '种类', options: Object.entries(FILER_KINDS).map(([value, label]) => ({ value, label })) },
            { kind: 'select', name: 'reviewer', label: '审核', options: [{ value: 'none', label: '没有指定' }, ...reviewers.map((one) => ({ value: one.accountId, label: one.name })), ...reviewers.map((one) => ({ value: openTo(one.accountId), label: `${one.name}的，和没有指定的` }))] },
          ],
          ...(model.canExport && { exports: [{ label: 'CSV' as const, href: `${base}/list.csv` }] }),
        }}
        empty={{ title: `${year} 年度没有应报的机关`, children: '机构在「机构」里登记。', action: { label: '看其余的机构', href: `${base}/others` } }}
      />
      </div>
      <p className="quiet">
        名册里另有 {model.others.length} 个机构不报，<a href={`${base}/others`}>逐个写明缘故</a>。公众看到的：<a href={`/annual-reports/filings/${year}`}>报送登记簿</a>。
        {model.years.filter((one) => one !== year).map((one) => (
          <span key={one}>
            {' '}
            <a href={`/desk/filings/${one}`}>{one} 年度</a>
          </span>
        ))}
      </p>
    </DeskPage>
  )
}

function StandingSheet({ standing, year }: CollectionPageModel) {
  const { total, filed, accepted, counts, missing, overdue, lateFiled } = standing
  return (
    <Sheet title={`应报 ${total} 家：报来 ${filed} 家，受理 ${accepted} 家`}>
      <div className="progress">
        <p>
          <strong>报来</strong>
          <span className="count">
            {filed} / {total} 家
          </span>
        </p>
        <progress aria-label="报来" max={Math.max(total, 1)} value={filed} />
      </div>
      <div className="progress">
        <p>
          <strong>受理</strong>
          <span className="count">
            {accepted} / {total} 家
          </span>
        </p>
        <progress aria-label="受理" max={Math.max(total, 1)} value={accepted} />
      </div>
      <p className="quiet">
        待审核 <a href={`/desk/filings/${year}?status=filed`}>{counts.filed}</a> 家，已退回 <a href={`/desk/filings/${year}?status=returned`}>{counts.returned}</a> 家，迟报 <a href={`/desk/filings/${year}?status=late`}>{lateFiled}</a> 家，逾期未报 <a href={`/desk/filings/${year}?status=missing`}>{overdue}</a> 家。
      </p>
      {missing.length > 0 && (
        <Notice tone={overdue > 0 ? 'warn' : 'info'} title={`还没有报的 ${missing.length} 家`}>
          {missing.slice(0, MAX_NAMES).map(({ name }) => name).join('、')}
          {missing.length > MAX_NAMES ? '等' : ''}。<a href={`/desk/filings/${year}?status=missing`}>逐家看</a>
        </Notice>
      )}
    </Sheet>
  )
}

const NameCell = ({ filer }: { filer: Filer }) => (
  <>
    {filer.name}
    {filer.currentName !== filer.name && <small>（现名{filer.currentName}）</small>}
    {filer.because.words !== '' && <small>（{filer.because.words}）</small>}
    {filer.absorbed.length > 0 && <small>（含并入的{filer.absorbed.map(({ name }) => name).join('、')}）</small>}
    {filer.mergedInto !== null && <small>（后并入{filer.mergedInto.name}）</small>}
  </>
)

function filedText({ filedOn, round, source, late, reportStatus }: Filer): string {
  if (filedOn === null) return reportStatus === null ? '还没有开始编' : `编到${STATUSES[reportStatus]}`
  return `${filedOn}${late ? '（迟）' : ''}${round > 1 ? `，第 ${round} 次` : ''}${source === 'upload' ? `，${SOURCES.upload}` : ''}`
}

/** 名册里不报的机构，逐个写明缘故；主管部门可以另定。 */
export function OthersPage({ year, others, excepted }: { year: number; others: readonly NonFiler[]; excepted: readonly Filer[] }) {
  return (
    <DeskPage title={`${year} 年度不报的机构`} crumbs={[{ label: `${year} 年度报告的收集`, href: `/desk/filings/${year}` }]} lead="名册里的机构，或者应报，或者在这里写明为何不报，一个不漏。要另定的，打开那个机构。">
      <DataTable
        caption="不报的机构"
        columns={[
          { key: 'name', label: '机构', render: (row: NonFiler) => row.name },
          { key: 'why', label: '为何不报', render: (row) => row.because.words },
        ]}
        rows={others}
        rowKey={(row) => row.bodyId}
        rowHref={(row) => `/desk/filings/${row.bodyCode}/${year}`}
        empty={{ title: '没有不报的机构', children: '名册里的机构都应报。' }}
      />
      {excepted.length > 0 && (
        <Sheet title="另定加报的">
          <ul>
            {excepted.map((one) => (
              <li key={one.bodyId}>
                <a href={`/desk/filings/${one.bodyCode}/${year}`}>{one.name}</a>：{one.because.words}
              </li>
            ))}
          </ul>
        </Sheet>
      )}
    </DeskPage>
  )
}
