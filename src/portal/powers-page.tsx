import { ColumnTabs, MATTERS } from '../catalogue/index.ts'
import type { Matter, YearlyTotal } from '../catalogue/index.ts'
import { BarChart, DataTable, EmptyState, PortalPage, Sheet } from '../platform/html/index.ts'
import { bodyPath, reportPath } from './home-page.tsx'

export interface PowersModel {
  body: { code: string; name: string; abolishedOn: string | null }
  /** 只有公布了年度报告的年度 */
  totals: readonly YearlyTotal[]
}

// 公众看的：当年作出的决定与收费；项目数只是旧格式的年报要的
const SHOWN: readonly Matter[] = ['license', 'penalty', 'coercion', 'service', 'fee', 'procurement-count', 'procurement-amount']

/** 行政权力数据：`/bodies/:code/powers`；历年各事项的数，一表一图。 */
export function PowersPage({ body, totals }: PowersModel) {
  const years = [...new Set(totals.map(({ year }) => year))].toSorted((a, b) => b - a)
  const matters = SHOWN.filter((matter) => totals.some((each) => each.matter === matter))
  const amountOf = (year: number, matter: Matter): number | null => totals.find((each) => each.year === year && each.matter === matter)?.amount ?? null
  return (
    <PortalPage
      title={`${body.name}行政权力数据`}
      heading="行政权力数据"
      crumbs={[
        { label: '首页', href: '/' },
        { label: body.name, href: bodyPath(body.code) },
        { label: '法定主动公开内容', href: `${bodyPath(body.code)}/statutory` },
      ]}
      lead={`${body.name}　每年作出的决定件数与收费金额；只列已公布年度报告的年度${years[0] === undefined ? '' : `，更新至 ${years[0]} 年度`}。`}
    >
      <ColumnTabs body={body} current="statutory" />
      {matters.length === 0 ? (
        <EmptyState title="还没有可列的数据" action={{ label: '看年度报告', href: `${bodyPath(body.code)}#annual-reports` }}>
          公布年度报告之后，报告所据的件数列在这里。
        </EmptyState>
      ) : (
        <div className="stack">
          <Sheet title="历年各事项">
            <DataTable
              caption="历年各事项"
              columns={[
                { key: 'year', label: '年度', nowrap: true, render: (year: number) => `${year} 年度报告` },
                ...matters.map((matter) => ({ key: matter, label: MATTERS[matter].label, unit: unitOf(matter), align: 'end' as const, render: (year: number) => shownAmount(matter, amountOf(year, matter)) })),
              ]}
              rows={years}
              rowKey={String}
              rowHref={(year) => reportPath(body.code, year)}
              empty={{ title: '没有' }}
            />
            <p className="quiet">「—」为该年度没有报数。数字出自本机关逐年的台账；公布年报之后台账又更正过的，可能与年报所载不同，年报更正的，在年报里说明。</p>
          </Sheet>
          <div className="two">
            {matters.map((matter) => (
              <Sheet key={matter}>
                <BarChart
                  title={MATTERS[matter].label}
                  unit={unitOf(matter)}
                  bars={years.flatMap((year) => {
                    const amount = amountOf(year, matter)
                    return amount === null ? [] : [{ label: `${year} 年`, value: inUnit(matter, amount) }]
                  })}
                />
              </Sheet>
            ))}
          </div>
        </div>
      )}
    </PortalPage>
  )
}

const FEN_PER_WAN = 1_000_000
const unitOf = (matter: Matter): string => (MATTERS[matter].unit === 'fen' ? '万元' : MATTERS[matter].unit)
const inUnit = (matter: Matter, amount: number): number => (MATTERS[matter].unit === 'fen' ? amount / FEN_PER_WAN : amount)
const shownAmount = (matter: Matter, amount: number | null): string => (amount === null ? '—' : inUnit(matter, amount).toLocaleString('en-US', { maximumFractionDigits: 6 }))
