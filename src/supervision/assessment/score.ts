import type { CheckedSum } from '../../platform/record-source.ts'
import type { Hundredths, Indicator } from './indicator.ts'
import { pointsOf, valueOf } from './scale.ts'
import { SOURCES } from './source.ts'

/** 一机关一项指标的输入：数出的数，与人所定的。 */
export interface LineInput {
  code: string
  /** 由记录数出；人评的为 null */
  measured: CheckedSum | null
  /** 人定为不适用的理由 */
  exempted: string | null
  /** 自评，只有人评的才有 */
  self: Hundredths | null
  /** 核查所定；算出的没有改的为 null，人评的同意自评的即自评分 */
  checked: Hundredths | null
  /** 申诉之后所定；没有申诉、维持的为 null */
  decided: Hundredths | null
}

/** 分数从何而来。 */
export type Origin = 'computed' | 'self' | 'checked' | 'decided' | 'not-applicable' | 'unscored'

export interface LineScore {
  code: string
  value: number | null
  points: Hundredths | null
  origin: Origin
}

export interface SheetScore {
  lines: readonly LineScore[]
  /** 得分之和，与适用各项的满分之和 */
  points: Hundredths
  applicable: Hundredths
  /** 折算为百分制；没有适用的一项为 null */
  total: Hundredths | null
  /** 还没有评的几项 */
  unscored: number
}

const NO_LINE = { measured: null, exempted: null, self: null, checked: null, decided: null }

/** 一项的得分：申诉之后所定的先于核查所定的，先于算出的、自评的。 */
export function scoreLine(indicator: Indicator, input: Omit<LineInput, 'code'>): LineScore {
  const { code } = indicator
  const { measured, exempted, self, checked, decided } = input
  const value = indicator.kind === 'computed' && measured !== null ? valueOf(SOURCES[indicator.source].measure, measured) : null
  if (exempted !== null || (indicator.kind === 'computed' && value === null)) return { code, value, points: null, origin: 'not-applicable' }
  if (decided !== null) return { code, value, points: decided, origin: 'decided' }
  if (checked !== null) return { code, value, points: checked, origin: 'checked' }
  if (indicator.kind === 'computed' && value !== null) return { code, value, points: pointsOf(indicator.scale, indicator.weight, value), origin: 'computed' }
  return self === null ? { code, value, points: null, origin: 'unscored' } : { code, value, points: self, origin: 'self' }
}

/** 一机关的总分：不适用的连同满分一并去掉，余下的折算为百分制，四舍五入到百分之一分。 */
export function scoreSheet(indicators: readonly Indicator[], inputs: readonly LineInput[]): SheetScore {
  const given = new Map(inputs.map((input) => [input.code, input]))
  const lines = indicators.map((indicator) => scoreLine(indicator, given.get(indicator.code) ?? NO_LINE))
  const counted = lines.flatMap((line, i) => (line.origin === 'not-applicable' ? [] : [{ points: line.points ?? 0, weight: indicators[i]?.weight ?? 0 }]))
  const points = counted.reduce((sum, each) => sum + each.points, 0)
  const applicable = counted.reduce((sum, each) => sum + each.weight, 0)
  return { lines, points, applicable, total: applicable === 0 ? null : Math.round((points * 100_00) / applicable), unscored: lines.filter(({ origin }) => origin === 'unscored').length }
}
