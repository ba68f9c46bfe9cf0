import { CheckboxGroup, DataTable, DeskPage, EmptyState, Form, LinkButton, TextArea, type FormState, type ListQuery } from '../../platform/html/index.ts'
import { FILING_STATUSES } from '../collection/filing.ts'
import { rollUpPath } from './roll-up-place.ts'
import { GROUPS, groupOf, type Absent } from './roll-up.ts'

/** 还没有受理的各家：办到哪里，谁说明的。 */
export function AbsentTable({ year, rows, mayExplain, list }: { year: number; rows: readonly Absent[]; mayExplain: boolean; list?: { query: ListQuery; total: number } }) {
  return (
    <DataTable
      caption="还没有受理的各家"
      columns={[
        { key: 'name', label: '机关', sort: list !== undefined, render: (row: Absent) => row.bodyName },
        { key: 'group', label: '类别', render: (row) => GROUPS[groupOf(row.kind)].label },
        { key: 'status', label: '办到', render: (row) => `${FILING_STATUSES[row.status]}${row.late ? '，已过期限' : ''}` },
        { key: 'why', label: '缘由', render: (row) => (row.explanation === null ? '没有人说明' : `${row.explanation.reason}（${row.explanation.person}，${row.explanation.on}）`) },
        ...(mayExplain
          ? [{ key: 'act', label: '办理', render: (row: Absent) => <a href={`${rollUpPath(year)}/absent/${row.bodyCode}`}>{row.explanation === null ? '写明缘由' : '改缘由'}<span className="vh">：{row.bodyName}</span></a> }]
          : []),
      ]}
      rows={rows}
      rowKey={({ bodyId }) => bodyId}
      rowHref={(row) => `/desk/filings/${row.bodyCode}/${year}`}
      empty={{ title: '一家不缺', children: '应报的各家都已受理。' }}
      {...(list === undefined ? {} : { list: { ...list, search: '机关名称', filters: [{ kind: 'select', name: 'explained', label: '缘由', options: [{ value: 'no', label: '没有人说明' }, { value: 'yes', label: '已说明' }] }] } })}
    />
  )
}

export function AbsentListPage({ year, rows, query, total, mayExplain }: { year: number; rows: readonly Absent[]; query: ListQuery; total: number; mayExplain: boolean }) {
  return (
    <DeskPage title={`${year} 年度还没有受理的各家`} crumbs={crumbs(year)} lead="汇总里没有它们。每一家都要受理，或者由有名有姓的人写明缘由，区政府的报告才能公布。" actions={mayExplain && <LinkButton href={`${rollUpPath(year)}/explain`} second>几家一并写明缘由</LinkButton>}>
      <AbsentTable year={year} rows={rows} mayExplain={mayExplain} list={{ query, total }} />
    </DeskPage>
  )
}

const crumbs = (year: number) => [
  { label: '年度报告', href: '/desk/reports' },
  { label: `${year} 年度全区汇总`, href: rollUpPath(year) },
]

const REASON_HINT = '如「机构改革，年内撤销，档案移交某局」「逾期未报，已按条例第四十七条约谈」。五到五百字。'

/** 缘由相同的几家一并写明；已经说明的不在内，要改的逐家改。 */
export const ExplainManyPage = ({ year, rows, state }: { year: number; rows: readonly Absent[]; state: FormState }) => (
  <DeskPage title={`几家一并写明缘由：${year} 年度汇总`} heading="几家一并写明缘由" crumbs={crumbs(year)} lead="勾选缘由相同的各家。写下的缘由记您的姓名，公布的报告会写明没有汇总这些家；后来受理了的，照样加进来。">
    {rows.length === 0 ? (
      <EmptyState title="都已说明" action={{ label: '回到汇总', href: rollUpPath(year) }}>
        没有受理的各家都有人写明了缘由。
      </EmptyState>
    ) : (
      <Form action={`${rollUpPath(year)}/explain`} submit="写明缘由" state={state} cancel={{ href: rollUpPath(year) }}>
        <TextArea name="reason" label="缘由" required rows={4} maxLength={500} hint={REASON_HINT} />
        <CheckboxGroup name="body" label="哪些家" required options={rows.map((row) => ({ value: row.bodyCode, label: `${row.bodyName}（${FILING_STATUSES[row.status]}${row.late ? '，已过期限' : ''}）` }))} />
      </Form>
    )}
  </DeskPage>
)

/** 写明某一家为何缺。 */
export function ExplainPage({ year, absent, state }: { year: number; absent: Absent; state: FormState }) {
  const here = `${rollUpPath(year)}/absent/${absent.bodyCode}`
  return (
    <DeskPage title={`${absent.bodyName}为何不在 ${year} 年度汇总里`} crumbs={crumbs(year)} lead={`现在：${FILING_STATUSES[absent.status]}${absent.late ? '，已过期限' : ''}。写下的缘由记您的姓名，公布的报告会写明没有汇总这一家；后来受理了的，照样加进来。`}>
      <Form action={here} submit={absent.explanation === null ? '写明缘由' : '改缘由'} state={state} cancel={{ href: rollUpPath(year) }} alternatives={absent.explanation === null ? [] : [{ name: 'act', value: 'withdraw', label: '撤回说明' }]}>
        <TextArea name="reason" label="缘由" required rows={4} maxLength={500} value={absent.explanation?.reason ?? ''} hint={REASON_HINT} />
      </Form>
    </DeskPage>
  )
}
