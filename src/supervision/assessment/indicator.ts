import type { SourceKey } from './source.ts'

/** 分值一律存为百分之一分的整数，如 2.5 分为 250，免得小数加出误差。 */
export type Hundredths = number

/**
 * 怎样由数值得分。`linear`：到 `zero` 得零分，到 `full` 得满分，其间按比例；`full` 小于 `zero` 的，越小越好。
 * `steps`：达到 `at` 的得 `share`%，取最好的一档；`down` 为真的，不超过 `at` 才算达到。
 */
export type Scale = { kind: 'linear'; zero: number; full: number } | { kind: 'steps'; down: boolean; steps: readonly { at: number; share: number }[] }

interface Common {
  /** 两位数字，定后不改 */
  code: string
  name: string
  group: string
  /** 满分，百分之一分 */
  weight: Hundredths
  /** 依据的条款或者文件；没有的写本区自定 */
  basis: string
  /** 怎样才得分 */
  how: string
}

/** 由记录算出的，与由人评定的。 */
export type Indicator = Common & ({ kind: 'computed'; source: SourceKey; scale: Scale } | { kind: 'judged' })

export const GROUPS = ['及时', '完整', '准确', '复议诉讼', '监督', '工作'] as const

export const MOST_INDICATORS = 40
export const FULL: Hundredths = 100_00

export const SCHEME_REFUSED = {
  'no-indicators': '还没有指标，请先新增',
  'weights-not-100': '各项的满分加起来应当是 100 分',
  'name-taken': '名称与别的指标相同',
  'too-many': `指标至多 ${MOST_INDICATORS} 项`,
} as const
export type SchemeFault = keyof typeof SCHEME_REFUSED

export const sumOfWeights = (indicators: readonly Pick<Indicator, 'weight'>[]): Hundredths => indicators.reduce((sum, { weight }) => sum + weight, 0)

/** 方案能不能启用；能则为 null。 */
export function faultOf(indicators: readonly Indicator[]): SchemeFault | null {
  if (indicators.length === 0) return 'no-indicators'
  if (indicators.length > MOST_INDICATORS) return 'too-many'
  if (new Set(indicators.map(({ name }) => name)).size < indicators.length) return 'name-taken'
  return sumOfWeights(indicators) === FULL ? null : 'weights-not-100'
}

/** 下一个代码；删去的不再用。 */
export const nextCode = (used: readonly string[]): string => String(Math.max(0, ...used.map(Number)) + 1).padStart(2, '0')

/** 计分办法有什么不对；没有则为 null。 */
export function faultOfScale(scale: Scale): string | null {
  if (scale.kind === 'linear') return scale.zero === scale.full ? '得零分的值与得满分的值不能相同' : null
  const { steps, down } = scale
  if (steps.length === 0 || steps.length > 10) return '请写一至十档，一行一档'
  if (steps.some(({ share }) => share < 0 || share > 100)) return '每档的得分应当是 0 至 100（%）'
  const sorted = steps.toSorted((a, b) => (down ? b.at - a.at : a.at - b.at))
  if (sorted.some(({ at }, i) => i > 0 && at === sorted[i - 1]?.at)) return '有两档的界线相同'
  return sorted.some(({ share }, i) => i > 0 && share < (sorted[i - 1]?.share ?? 0)) ? '做得更好的一档，得分不能更低' : null
}
