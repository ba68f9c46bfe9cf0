import type { ReactNode } from 'react'
import { BarChart, LinkList, Sheet, Tabs, Tag } from '../platform/html/index.ts'
import { OUTCOME_GROUP_KEYS, OUTCOME_GROUPS, onTimeShare, type Figures } from './figures.ts'
import { MonthChart, type MonthChartProps } from './month-chart.tsx'
import type { Period } from './period.ts'
import type { ComparedLine, HrefOf, StandingLine } from './view.ts'

export interface DashboardModel {
  period: Period
  years: readonly number[]
  now: Figures
  was: Figures
  lines: readonly ComparedLine[]
  /** 往年的没有此刻的各数 */
  standings: readonly StandingLine[] | null
  charts: readonly MonthChartProps[]
  href: HrefOf
  /** 本页的地址，不带年度 */
  here: string
}

const n = (value: number): string => value.toLocaleString('en-US')
const Linked = ({ value, href }: { value: number; href: string }) => (value === 0 ? <>0</> : <a href={href}>{n(value)}</a>)
const change = ({ now, was }: ComparedLine): string => (now === was ? '持平' : now > was ? `+${n(now - was)}` : `−${n(was - now)}`)

export const YearTabs = ({ years, year, here }: { years: readonly number[]; year: number; here: string }) => (
  <Tabs label="年度" current={`${here}?year=${year}`} tabs={years.map((one) => ({ label: `${one} 年`, href: `${here}?year=${one}` }))} />
)

/** 一行说清看的是哪一段。 */
export const spanWords = ({ year, to, was, current }: Period): string => (current ? `${year} 年至今（${to}），与上年同期（至 ${was.to}）比。数即记录，点开可看。` : `${year} 年全年，与上年比。数即记录，点开可看。`)

/** 看板的各块：此刻、与上年同期比、处理结果、逐月。图旁都有表，数都点开到记录。 */
export function Dashboard({ period, now, was, lines, standings, charts, href, children }: DashboardModel & { children?: ReactNode }) {
  return (
    <div className="stack">
      <div className={standings === null ? 'stack' : 'two'}>
        {standings !== null && <StandingSheet lines={standings} />}
        <Sheet title="处理结果">
          <BarChart
            title={`${period.year} 年办结的申请`}
            unit="件"
            bars={OUTCOME_GROUP_KEYS.map((key) => ({ label: OUTCOME_GROUPS[key], value: now.outcomes[key], ...(now.outcomes[key] === 0 ? {} : { href: href(key, period) }) }))}
          />
          <ShareWords now={now} was={was} />
        </Sheet>
      </div>
      <Sheet title={period.current ? '与上年同期比' : '与上年比'}>
        <ComparedTable lines={lines} period={period} />
        <p className="quiet">申请按收到、办结之日，信息按首次公开之日，复议、诉讼按审结之日（尚未审结的按期末），与年度报告同一个数法。</p>
      </Sheet>
      <Sheet title="逐月">
        <p className="quiet">
          每月两柱：左浅为 {period.year - 1} 年{period.current ? '同期' : ''}，右深为 {period.year} 年。
        </p>
        <div className="three">
          {charts.map((chart) => (
            <MonthChart key={chart.title} {...chart} />
          ))}
        </div>
      </Sheet>
      {children}
    </div>
  )
}

const ComparedTable = ({ lines, period: { year, current } }: { lines: readonly ComparedLine[]; period: Period }) => (
  <table className="compared">
    <caption className="vh">各项与上年{current ? '同期' : ''}比</caption>
    <thead>
      <tr>
        <th scope="col">项目</th>
        <th scope="col" className="num">
          {year} 年
        </th>
        <th scope="col" className="num">
          {current ? '上年同期' : `${year - 1} 年`}
        </th>
        <th scope="col" className="num">
          增减
        </th>
      </tr>
    </thead>
    <tbody>
      {lines.map((line) => (
        <tr key={line.measure.key}>
          <th scope="row">
            {line.measure.label}（{line.measure.unit}）
          </th>
          <td className="num">
            <Linked value={line.now} href={line.nowHref} />
          </td>
          <td className="num">
            <Linked value={line.was} href={line.wasHref} />
          </td>
          <td className="num">{change(line)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

function StandingSheet({ lines }: { lines: readonly StandingLine[] }) {
  const shown = lines.filter((line) => line.n > 0)
  return (
    <Sheet title="此刻">
      {shown.length === 0 ? (
        <p>没有在办的申请，也没有待公开、逾期的信息。</p>
      ) : (
        <LinkList items={shown.map(({ measure, n: count, href }) => ({ label: `${measure.label} ${n(count)} ${measure.unit}`, href, note: measure.note, tag: <Tag tone={measure.bad ? 'late' : 'wait'}>{measure.bad ? '逾期' : '在办'}</Tag> }))} />
      )}
    </Sheet>
  )
}

function ShareWords({ now, was }: { now: Figures; was: Figures }) {
  const [share, before] = [onTimeShare(now), onTimeShare(was)]
  if (share === null) return <p>还没有作出答复。</p>
  return (
    <p>
      作出的答复里，按期的 {share}，上年同期{before === null ? '没有答复' : ` ${before}`}。
    </p>
  )
}
