import type { CheckedSum } from '../../platform/record-source.ts'
import type { Hundredths, Scale } from './indicator.ts'
import type { Measure } from './source.ts'

// 除不尽的二进制小数在一半处会差一点点
const EPSILON = 1e-9
const round = (n: number): number => Math.round(n + EPSILON)

/** 数值：合格率（%）、不合格的件数，或者合计；合格率没有记录可数的不适用，为 null。保留四位小数。 */
export function valueOf(measure: Measure, { total, good }: CheckedSum): number | null {
  if (measure === 'share') return total === 0 ? null : round((good / total) * 1_000_000) / 10_000
  return measure === 'faults' ? total - good : good
}

/** 数值应得满分的百分之几，0 至 100。 */
export function shareOf(scale: Scale, value: number): number {
  if (scale.kind === 'linear') return Math.min(100, Math.max(0, ((value - scale.zero) / (scale.full - scale.zero)) * 100))
  const reached = scale.steps.filter(({ at }) => (scale.down ? value <= at : value >= at))
  return reached.reduce((best, { share }) => Math.max(best, share), 0)
}

/** 得分，百分之一分，四舍五入；不低于零，不高于满分。 */
export const pointsOf = (scale: Scale, weight: Hundredths, value: number): Hundredths => round((weight * shareOf(scale, value)) / 100)

const plain = (n: number): string => String(Number(n.toFixed(2)))

// 到头的不写以上、以下：比率不会超过 100%，件数不会少于 0
const bound = (value: number, side: '以上' | '以下', unit: string): string => `${plain(value)}${unit}${(value === 0 && side === '以下') || (value === 100 && unit === '%' && side === '以上') ? '' : side}`

/** 计分办法写成一句话。 */
export function scaleWords(scale: Scale, unit: string): string {
  if (scale.kind === 'linear') {
    const less = scale.full < scale.zero
    return `${bound(scale.full, less ? '以下' : '以上', unit)}得满分，${bound(scale.zero, less ? '以上' : '以下', unit)}不得分，其间按比例`
  }
  const steps = scale.steps.toSorted((a, b) => b.share - a.share)
  return `${steps.map(({ at, share }) => `${scale.down ? '不超过' : '达到'} ${plain(at)}${unit}得 ${plain(share)}%`).join('，')}，其余不得分`
}

/** 分值的写法，如 92.5。 */
export const pointsText = (points: Hundredths): string => plain(points / 100)
