import { DataTable, DeskPage, Notice, Sheet, type ListQuery } from '../../platform/html/index.ts'
import type { Comparison, ComparedBody } from './compare.ts'
import { HISTORY_SOURCES } from './load-history.ts'
import { MEASURES, type Measure } from './measures.ts'
import { FEWEST } from './outliers.ts'
import { rollUpPath } from './roll-up-place.ts'
import { GROUPS, GROUP_KEYS } from './roll-up.ts'
import { SmallBars } from './small-bars.tsx'

export interface ComparePageModel {
  year: number
  measure: Measure
  comparison: Comparison
  /** 各项的历年合计，并排的小图 */
  overview: readonly { measure: Measure; values: readonly (number | null)[]; known: readonly number[] }[]
  query: ListQuery
  rows: readonly ComparedBody[]
  total: number
}

const text = (value: number | null): string => (value === null ? '—' : value.toLocaleString('en-US'))

// 上传、载入的没有记录，只有报来的一份
const recordsOf = ({ bodyCode, source }: ComparedBody, year: number, code: string): string =>
  source === 'accepted' || source === 'published' ? `/desk/reports/${bodyCode}/${year}/cells/${code}` : `/desk/filings/${bodyCode}/${year}`

/** 一项数在各年、各机关之间：小图同一尺度，数在表里；高低悬殊的指出差在哪几行。 */
export function ComparePage({ year, measure, comparison, overview, query, rows, total }: ComparePageModel) {
  const { years, outliers, median } = comparison
  const max = Math.max(0, ...comparison.bodies.flatMap(({ values }) => values.map((value) => value ?? 0)))
  const here = `${rollUpPath(year)}/compare`
  return (
    <DeskPage
      title={`比较：${measure.label}`}
      crumbs={[
        { label: '年度报告', href: '/desk/reports' },
        { label: `${year} 年度全区汇总`, href: rollUpPath(year) },
      ]}
      lead={`${years[0]} 至 ${year} 年度，单位：${measure.unit}。取受理的报告；没有受理的取公布的、载入的，表里写明。`}
    >
      <div className="stack">
        <Sheet title="各项历年合计">
          <p className="quiet">每年有数的机关多少不一，写在数的后面；点项目看各机关。</p>
          <ul className="multiples">
            {overview.map((one) => (
              <li key={one.measure.key} className={one.measure.key === measure.key ? 'current' : undefined}>
                <a href={`${here}?measure=${one.measure.key}`} aria-current={one.measure.key === measure.key ? 'page' : undefined}>
                  {one.measure.label}
                </a>
                <SmallBars title={`${one.measure.label}（${one.measure.unit}）`} years={years} values={one.values} max={Math.max(0, ...one.values.map((value) => value ?? 0))} />
                <span className="quiet">
                  {text(one.values.at(-1) ?? null)} {one.measure.unit}（{one.known.at(-1) ?? 0} 家）
                </span>
              </li>
            ))}
          </ul>
          <details>
            <summary>数表</summary>
            <DataTable
              caption="各项历年合计"
              columns={[
                { key: 'measure', label: '项目', render: (row: (typeof overview)[number]) => `${row.measure.label}（${row.measure.unit}）` },
                ...years.map((one, i) => ({ key: String(one), label: `${one} 年`, align: 'end' as const, render: (row: (typeof overview)[number]) => `${text(row.values[i] ?? null)}（${row.known[i] ?? 0} 家）` })),
              ]}
              rows={overview}
              rowKey={(row) => row.measure.key}
              empty={{ title: '还没有报告' }}
            />
          </details>
        </Sheet>
        <Sheet title={`${year} 年度${measure.label}高低悬殊的`}>
          {median === null ? (
            <p className="quiet">有数的不足 {FEWEST} 家，不作比较。</p>
          ) : outliers.length === 0 ? (
            <p className="quiet">各家的中位数为 {text(median)}，没有悬殊的。</p>
          ) : (
            <>
              <p className="quiet">各家的中位数为 {text(median)}。悬殊不等于有错：先看是哪几行，再点开——在本系统编的，到所计的记录；上传的，到报来的那一份。</p>
              <ul className="outliers">
                {outliers.map((one) => (
                  <li key={one.bodyId}>
                    <strong>{one.bodyName}</strong> {text(one.value)} {measure.unit}
                    {one.rows.length > 0 && (
                      <ul>
                        {one.rows.map((row) => (
                          <li key={row.code}>
                            <a href={recordsOf(one, year, row.code)}>{row.label}</a>：{text(row.value)}，各家的中位数 {text(row.median)}
                          </li>
                        ))}
                      </ul>
                    )}
                    {one.rows.length === 0 && measure.cells[0] !== undefined && (
                      <>
                        ，<a href={recordsOf(one, year, measure.cells[0])}>看它的记录</a>
                      </>
                    )}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Sheet>
        <DataTable
          caption={`各机关${measure.label}`}
          showCaption
          columns={[
            { key: 'name', label: '机关', sort: true, render: (row: ComparedBody) => row.bodyName },
            { key: 'group', label: '类别', render: (row) => GROUPS[row.group].label },
            { key: 'chart', label: '历年', render: (row) => <SmallBars title={`${row.bodyName}${measure.label}`} years={years} values={row.values} max={max} /> },
            ...years.map((one, i) => ({ key: i === years.length - 1 ? 'value' : String(one), label: `${one} 年`, align: 'end' as const, sort: i === years.length - 1, render: (row: ComparedBody) => text(row.values[i] ?? null) })),
            { key: 'change', label: '比上年', align: 'end', sort: true, render: (row) => (row.change === null ? '—' : row.change > 0 ? `+${text(row.change)}` : text(row.change)) },
            { key: 'source', label: `${year} 年的来处`, render: (row) => (row.source === null ? '没有报告' : HISTORY_SOURCES[row.source]) },
          ]}
          rows={rows}
          rowKey={({ bodyId }) => bodyId}
          rowHref={(row) => `/desk/filings/${row.bodyCode}/${year}`}
          list={{
            query,
            total,
            search: '机关名称',
            filters: [
              { kind: 'select', name: 'measure', label: '项目', options: MEASURES.map(({ key, label }) => ({ value: key, label })) },
              { kind: 'select', name: 'group', label: '类别', options: GROUP_KEYS.filter((key) => key !== 'government').map((key) => ({ value: key, label: GROUPS[key].label })) },
            ],
          }}
          empty={{ title: '还没有可比的报告', children: '受理、公布或载入了报告之后，各机关的数列在这里。', action: { label: '去收集', href: `/desk/filings?year=${year}` } }}
        />
      </div>
      {comparison.bodies.length > 0 && <Notice tone="info" title="小图同一尺度，深色为最后一年；没有报告的年度留短横，不当作 0。" />}
    </DeskPage>
  )
}
