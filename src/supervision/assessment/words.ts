import type { CheckedSum } from '../../platform/record-source.ts'
import type { Indicator } from './indicator.ts'
import type { Origin } from './score.ts'
import { SOURCES } from './source.ts'

const ORIGINS: Record<Origin, string> = { computed: '由记录算出', self: '自评', checked: '核查所定', decided: '复核所定', 'not-applicable': '不适用', unscored: '还没有评' }
export const originWords = (origin: Origin): string => ORIGINS[origin]

/** 对外的一项数得的：件数少的不写。 */
export const openLineWords = (indicator: Indicator, measured: CheckedSum | null, value: number | null): string =>
  indicator.kind === 'computed' && value !== null && 'scarce' in SOURCES[indicator.source] ? '只公布得分' : lineWords(indicator, measured, value)

/** 一项数得的，如「95%（38 / 40）」。 */
export function lineWords(indicator: Indicator, measured: CheckedSum | null, value: number | null): string {
  if (indicator.kind === 'judged') return '评定'
  const { unit, measure } = SOURCES[indicator.source]
  if (measured === null || value === null) return '没有可数的记录'
  const plain = String(Number(value.toFixed(2)))
  return measure === 'share' ? `${plain}%（${measured.good} / ${measured.total}）` : `${plain}${unit}`
}
