import { FlashNotice, type Flash } from '../../identity/index.ts'
import { DataTable, DeskPage, FormTable, LinkButton, LinkList, Notice, Sheet, Tabs } from '../../platform/html/index.ts'
import type { Finding } from '../../statute/finding.ts'
import { formFrame, formTable } from '../../statute/report-table.ts'
import type { TableName } from '../../statute/report-form.ts'
import { FindingGroups } from '../desk/finding-groups.tsx'
import { AbsentTable } from './absent-page.tsx'
import { MEASURES, measureOf, type Measure } from './measures.ts'
import { cellPath, rollUpPath } from './roll-up-place.ts'
import { GROUP_KEYS, type RollUp } from './roll-up.ts'

export interface RollUpPageModel {
  year: number
  years: readonly number[]
  sum: RollUp
  /** 各格之间的勾稽，算在和上；各家的错处由此看得出 */
  findings: readonly Finding[]
  /** 区政府的报告：在哪里编；没有登记区政府的为 null */
  report: { href: string; name: string; note: string } | null
  mayExplain: boolean
  mayExport: boolean
  flash: Flash | null
}

const TABLES: readonly [TableName, string][] = [
  ['T2', '二、主动公开政府信息情况'],
  ['T3', '三、收到和处理政府信息公开申请情况'],
  ['T4', '四、政府信息公开行政复议、行政诉讼情况'],
]

const SHOWN_ABSENT = 10

/** 一个年度的全区汇总：几家里的几家，缺谁；各格、小计，点开看各家。 */
export function RollUpPage(model: RollUpPageModel) {
  const { year, years, sum, findings, report } = model
  const base = rollUpPath(year)
  return (
    <DeskPage
      title={`${year} 年度全区汇总`}
      lead={`各格是受理的各机关报告之和，点开看由哪些机关加成。${sum.parts.some(({ group }) => group === 'government') ? '区政府本级的数取自它自己的台账，一并加进来。' : ''}`}
      actions={
        <>
          <LinkButton href={`${base}/compare`} second>
            历年与各机关比较
          </LinkButton>
          {report !== null && <LinkButton href={report.href}>区政府的报告</LinkButton>}
        </>
      }
    >
      <FlashNotice flash={model.flash} />
      <Tabs label="年度" tabs={years.map((one) => ({ label: `${one} 年度`, href: rollUpPath(one) }))} current={base} />
      <div className="stack">
        <Standing sum={sum} year={year} />
        {report === null && (
          <Notice tone="warn" title="还没有登记本级政府">
            区政府的报告要有一个「区人民政府」的机构来编制、签发、公布。<a href="/desk/bodies/new">登记机构</a>，种类选「区人民政府」，再请安全管理员为编写、审查、签发的人授予岗位。
          </Notice>
        )}
        {report !== null && report.note !== '' && <p className="quiet">{report.note}</p>}
        {sum.absent.length > 0 && (
          <Sheet title={`还没有受理的 ${sum.absent.length} 家`} actions={sum.absent.length > SHOWN_ABSENT ? <a href={`${base}/absent`}>全部</a> : undefined}>
            <AbsentTable year={year} rows={sum.absent.slice(0, SHOWN_ABSENT)} mayExplain={model.mayExplain} />
          </Sheet>
        )}
        <Apart sum={sum} />
        {sum.parts.length === 0 ? null : (
          <>
            <SumChecks sum={sum} findings={findings} />
            <Sheet title="小计">
              <GroupTable sum={sum} />
            </Sheet>
            {TABLES.map(([table, heading]) => (
              <Sheet key={table} title={heading}>
                <FormTable
                  {...formFrame(sum.form, table)}
                  rows={formTable(sum.form, table, (code) => {
                    const value = sum.cells[code]
                    const bad = findings.some(({ cell, severity }) => cell === code && severity === 'error')
                    return { text: value === null || value === undefined ? '算不出' : String(value), href: cellPath(year, code), ...(bad || value === null ? { mark: 'bad' as const } : {}) }
                  })}
                />
              </Sheet>
            ))}
          </>
        )}
        <Sheet title="取用">
          <LinkList items={toLinks(model)} />
        </Sheet>
      </div>
    </DeskPage>
  )
}

function Standing({ sum, year }: { sum: RollUp; year: number }) {
  const late = sum.parts.filter((part) => part.late)
  const tone = sum.unexplained.length > 0 ? 'warn' : 'ok'
  return (
    <Notice tone={tone} title={`应报 ${sum.due} 家，已受理并加进来 ${sum.accepted} 家${sum.absent.length === 0 ? '，一家不缺' : `，缺 ${sum.absent.length} 家`}`}>
      {sum.unexplained.length > 0 && <p>其中 {sum.unexplained.length} 家还没有人说明缘由，区政府的报告不能提交校核，也不能公布。</p>}
      {sum.absent.length > 0 && sum.unexplained.length === 0 && <p>缺的各家都有人说明了缘由；公布的报告会写明没有汇总哪些。</p>}
      {late.length > 0 && (
        <details>
          <summary>迟报的 {late.length} 家</summary>
          <p>{late.map(({ bodyName }) => bodyName).join('、')}</p>
        </details>
      )}
      <p>
        <a href={`/desk/filings?year=${year}`}>到收集页催报、审核</a>
      </p>
    </Notice>
  )
}

function Apart({ sum }: { sum: RollUp }) {
  const converted = sum.parts.filter(({ form }) => form !== sum.form)
  if (sum.exempt.length + sum.merged.length + converted.length === 0) return null
  return (
    <Sheet title="不在应报之列的，与换过格式的">
      <ul>
        {sum.exempt.map((one) => (
          <li key={one.bodyId}>
            {one.bodyName}：{one.reason}
          </li>
        ))}
        {sum.merged.map((one) => (
          <li key={one.bodyName}>
            {one.bodyName}：{one.words}
          </li>
        ))}
        {converted.map((part) => (
          <li key={part.bodyId}>
            {part.bodyName}：报的是 {part.form} 版格式，换到 {sum.form} 版时 {part.missing.length} 格换不出
            {part.lost.length > 0 && `，${part.lost.length} 格没有地方写`}
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

function SumChecks({ sum, findings }: { sum: RollUp; findings: readonly Finding[] }) {
  if (findings.length === 0 && sum.unknown.length === 0) return <Notice tone="ok" title="全区的各格勾稽相符，没有算不出的格" />
  return (
    <>
      {sum.unknown.length > 0 && (
        <Notice tone="warn" title={`${sum.unknown.length} 格算不出`}>
          有的机关空着这些格，空格不能当作 0：{[...new Set(sum.unknown.flatMap(({ who }) => who))].slice(0, 10).join('、')}。格里写「算不出」的，点开看是谁。
        </Notice>
      )}
      {findings.length > 0 && <FindingGroups findings={findings} />}
    </>
  )
}

function GroupTable({ sum }: { sum: RollUp }) {
  const groups = GROUP_KEYS.flatMap((key) => sum.groups.find((group) => group.key === key) ?? [])
  const text = (measure: Measure, cells: RollUp['cells']) => measureOf(measure, cells)?.toLocaleString('en-US') ?? '算不出'
  const linked = (measure: Measure, label: string, group?: string) =>
    measure.cells.length === 1 ? <a href={`${cellPath(sum.year, measure.cells[0] ?? '')}${group === undefined ? '' : `?group=${group}`}`}>{label}</a> : label
  return (
    <DataTable
      caption="各类机关的小计"
      columns={[
        { key: 'measure', label: '项目', render: (row: Measure) => `${row.label}（${row.unit}）` },
        ...groups.map((group) => ({ key: group.key, label: `${group.label} ${group.parts} 家`, align: 'end' as const, render: (row: Measure) => linked(row, text(row, group.cells), group.key) })),
        { key: 'all', label: '全区', align: 'end', render: (row: Measure) => linked(row, text(row, sum.cells)) },
      ]}
      rows={MEASURES.filter(({ cells }) => cells.every((code) => code in sum.cells))}
      rowKey={({ key }) => key}
      empty={{ title: '没有可小计的项目' }}
    />
  )
}

function toLinks({ year, report, mayExport }: RollUpPageModel) {
  const base = rollUpPath(year)
  return [
    { label: '各机关的文字', href: `${base}/texts`, note: '问题与措施归在一起，管理、平台、监督保障各处的原话' },
    { label: '两份报告的不同', href: `/desk/differences?year=${year}`, note: '任意两个机关、两个年度、两次报送' },
    ...(mayExport
      ? [
          { label: '汇总 XLSX', href: `${base}/export/xlsx`, note: '三张表、小计、名单与缺报、各机关一家一行' },
          { label: '汇总 JSON', href: `${base}/export/json`, note: '全区的和与各家的格，格式与单份报告相同' },
          { label: '全套报告 ZIP', href: `${base}/set`, note: '每家受理的报告，五种格式，连同登记册与校验值' },
        ]
      : []),
    ...(report === null
      ? []
      : [
          { label: '区政府报告 DOCX', href: `${report.href}/download/docx`, note: '报上级政府信息公开工作主管部门' },
          { label: '区政府报告 JSON', href: `${report.href}/download/json`, note: '上级用同样的办法再汇总' },
        ]),
  ]
}
