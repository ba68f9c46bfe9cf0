import { useId } from 'react'

const WIDTH = 24
const HEIGHT = 28

/** 几年的小柱图；各家同一尺度（max），旁边总有写明数字的表。没有数的年度留一短横。 */
export function SmallBars({ title, years, values, max }: { title: string; years: readonly number[]; values: readonly (number | null)[]; max: number }) {
  const id = useId()
  const words = years.map((year, i) => `${year} 年 ${values[i] ?? '无'}`).join('，')
  return (
    <svg className="small-bars" viewBox={`0 0 ${WIDTH * years.length} ${HEIGHT + 2}`} role="img" aria-labelledby={`${id}t`}>
      <title id={`${id}t`}>{`${title}：${words}`}</title>
      {years.map((year, i) => {
        const value = values[i] ?? null
        if (value === null) return <line key={year} x1={i * WIDTH + 6} x2={i * WIDTH + 14} y1={HEIGHT} y2={HEIGHT} className="chart-none" />
        const height = value <= 0 ? 1 : Math.max(2, (HEIGHT * value) / Math.max(max, 1e-9))
        return <rect key={year} className={i === years.length - 1 ? 'chart-bar' : 'chart-was'} x={i * WIDTH + 2} y={(HEIGHT - Math.min(height, HEIGHT)).toFixed(1)} width={WIDTH - 6} height={Math.min(height, HEIGHT).toFixed(1)} />
      })}
      <line x1="0" x2={WIDTH * years.length} y1={HEIGHT + 1} y2={HEIGHT + 1} className="chart-axis" />
    </svg>
  )
}
