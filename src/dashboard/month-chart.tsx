import { useId } from 'react'

export interface MonthChartProps {
  title: string
  unit: string
  year: number
  /** 一至十二月；本年还没有到的月份、上年同期以外的月份为 null */
  now: readonly (number | null)[]
  was: readonly (number | null)[]
  /** 本年一月的记录在哪里 */
  href: (month: number) => string
}

const SLOT = 30
const HEIGHT = 96
const BAR = 11

/** 逐月的柱图：每月两柱，左为上年、右为本年；旁边的表写明各数，本年的点开到记录。 */
export function MonthChart({ title, unit, year, now, was, href }: MonthChartProps) {
  const id = useId()
  const max = Math.max(1, ...[...was, ...now].map((n) => n ?? 0))
  const height = (n: number): number => (n <= 0 ? 0 : Math.max(1.5, (HEIGHT * n) / max))
  return (
    <section className="months" aria-labelledby={`${id}h`}>
      <h3 id={`${id}h`}>
        {title}（{unit}）
      </h3>
      <svg viewBox={`0 0 ${SLOT * 12} ${HEIGHT + 18}`} aria-hidden="true" focusable="false">
        <line className="chart-axis" x1="0" x2={SLOT * 12} y1={HEIGHT + 1} y2={HEIGHT + 1} />
        {was.map((last, i) => {
          const [x, before, n] = [i * SLOT + 3, last ?? 0, now[i] ?? 0]
          return (
            <g key={i}>
              <rect className="chart-was" x={x} y={(HEIGHT - height(before)).toFixed(1)} width={BAR} height={height(before).toFixed(1)} />
              <rect className="chart-bar" x={x + BAR + 1} y={(HEIGHT - height(n)).toFixed(1)} width={BAR} height={height(n).toFixed(1)} />
              <text x={x + BAR} y={HEIGHT + 14} textAnchor="middle">
                {i + 1}
              </text>
            </g>
          )
        })}
      </svg>
      <table>
        <caption className="vh">
          {title}，逐月，{unit}
        </caption>
        <thead>
          <tr>
            <th scope="col">月</th>
            <th scope="col" className="num">
              {year - 1} 年
            </th>
            <th scope="col" className="num">
              {year} 年
            </th>
          </tr>
        </thead>
        <tbody>
          {was.map((before, i) => (
            <tr key={i}>
              <th scope="row">{i + 1} 月</th>
              <td className="num">{before === null ? '—' : before.toLocaleString('en-US')}</td>
              <td className="num">
                <NowCell n={now[i] ?? null} href={href(i + 1)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function NowCell({ n, href }: { n: number | null; href: string }) {
  if (n === null) return <>—</>
  return n === 0 ? <>0</> : <a href={href}>{n.toLocaleString('en-US')}</a>
}
