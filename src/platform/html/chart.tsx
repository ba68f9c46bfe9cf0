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

/** 横条图：一张表，每行自带一条服务器画的 SVG；数字就在条旁，读屏读表。 */
export function BarChart({ title, unit, bars }: BarChartProps) {
  const max = Math.max(1, ...bars.map((bar) => bar.value))
  return (
    <table className="chart">
      <caption>
        {title}（{unit}）
      </caption>
      <thead className="vh">
        <tr>
          <th scope="col">项目</th>
          <th scope="col">{unit}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.label}>
            <th scope="row">{bar.href === undefined ? bar.label : <a href={bar.href}>{bar.label}</a>}</th>
            <td className="bar">
              <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect className="chart-bed" width="100" height="10" />
                <rect className="chart-bar" width={barWidth(bar.value, max)} height="10" />
              </svg>
              <span className="num">{bar.value.toLocaleString('en-US')}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

// 不是零的，再少也看得见
const barWidth = (value: number, max: number): string =>
  (value <= 0 ? 0 : Math.max((100 * value) / max, 0.5)).toFixed(2)

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
