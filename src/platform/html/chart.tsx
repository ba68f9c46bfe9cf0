import { useId } from 'react'

export interface Bar {
  label: string
  value: number
  href?: string
}

export interface BarChartProps {
  title: string
  unit: string
  bars: readonly Bar[]
}

const ROW = 28
const LABEL = 160
const WIDTH = 640
const ROOM = WIDTH - LABEL - 72

/** 横条图，服务器画成 SVG，旁边总有同样数字的表。 */
export function BarChart({ title, unit, bars }: BarChartProps) {
  const id = useId()
  const max = Math.max(1, ...bars.map((bar) => bar.value))
  const height = bars.length * ROW + 8
  return (
    <figure className="chart">
      <figcaption>
        {title}（{unit}）
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-labelledby={`${id}t ${id}d`}>
        <title id={`${id}t`}>{title}</title>
        <desc id={`${id}d`}>{describe(bars, unit)}</desc>
        {bars.map((bar, index) => {
          const y = index * ROW + 4
          const width = (ROOM * bar.value) / max
          return (
            <g key={bar.label}>
              <text className="chart-label" x={LABEL - 8} y={y + 15} textAnchor="end">
                {shorten(bar.label)}
              </text>
              <rect className="chart-bar" x={LABEL} y={y + 2} width={Math.max(width, bar.value > 0 ? 2 : 0)} height={ROW - 10} />
              <text className="chart-value" x={LABEL + width + 8} y={y + 15}>
                {bar.value}
              </text>
            </g>
          )
        })}
      </svg>
      <details>
        <summary>看数字</summary>
        <table className="list compact">
          <caption className="vh">{title}</caption>
          <thead>
            <tr>
              <th scope="col">项目</th>
              <th scope="col" className="num">
                {unit}
              </th>
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.label}>
                <th scope="row">{bar.href === undefined ? bar.label : <a href={bar.href}>{bar.label}</a>}</th>
                <td className="num">{bar.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

const shorten = (label: string): string => (label.length > 11 ? `${label.slice(0, 10)}…` : label)

function describe(bars: readonly Bar[], unit: string): string {
  const most = bars.reduce<Bar | null>((best, bar) => (best === null || bar.value > best.value ? bar : best), null)
  return most === null ? '没有数据' : `共 ${bars.length} 项，最多的是${most.label}，${most.value} ${unit}`
}

/** 一行里的走势；数字须另外写出。 */
export function Sparkline({ title, values }: { title: string; values: readonly number[] }) {
  const id = useId()
  if (values.length < 2) return null
  const max = Math.max(1, ...values)
  const points = values
    .map((value, index) => `${((96 * index) / (values.length - 1) + 2).toFixed(1)},${(22 - (20 * value) / max).toFixed(1)}`)
    .join(' ')
  return (
    <svg className="spark" viewBox="0 0 100 24" role="img" aria-labelledby={`${id}t`}>
      <title id={`${id}t`}>{`${title}：${values.join('、')}`}</title>
      <polyline points={points} />
    </svg>
  )
}
