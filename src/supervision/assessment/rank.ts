import type { Hundredths, Indicator } from './indicator.ts'
import type { LineInput, SheetScore } from './score.ts'
import { SOURCES } from './source.ts'

/** 少于此数的样本不排名：几件里差一件，名次就天翻地覆，比不出工作的好坏。 */
export const LEAST_SAMPLE = 30

export interface Ranked {
  bodyId: string
  inputs: readonly LineInput[]
  score: SheetScore
}

/** 一项的样本够不够：合格率须数过三十条记录；件数、学时、人评的不是抽样，不受此限。 */
export function isEnough(indicator: Indicator, input: LineInput | undefined): boolean {
  if (indicator.kind === 'judged' || SOURCES[indicator.source].measure !== 'share') return true
  return (input?.measured?.total ?? 0) >= LEAST_SAMPLE
}

/** 一机关能不能参加总分的排名：有总分，且样本够的各项占适用满分的一半以上。 */
function isComparable(indicators: readonly Indicator[], { inputs, score }: Ranked): boolean {
  if (score.total === null) return false
  const given = new Map(inputs.map((input) => [input.code, input]))
  const enough = indicators.filter((indicator, i) => score.lines[i]?.origin !== 'not-applicable' && isEnough(indicator, given.get(indicator.code)))
  return enough.reduce((sum, { weight }) => sum + weight, 0) * 2 >= score.applicable
}

const NO_RANKS: ReadonlyMap<string, number> = new Map()

/** 并列的同一名次，其后的跳过；不足三十个的一个也不排。 */
function rankBy(scored: readonly { bodyId: string; points: Hundredths }[]): ReadonlyMap<string, number> {
  if (scored.length < LEAST_SAMPLE) return NO_RANKS
  return new Map(scored.map(({ bodyId, points }) => [bodyId, 1 + scored.filter((other) => other.points > points).length]))
}

/** 总分的名次：可比的机关不足三十个的，不排。 */
export const rankTotals = (indicators: readonly Indicator[], bodies: readonly Ranked[]): ReadonlyMap<string, number> =>
  rankBy(bodies.filter((each) => isComparable(indicators, each)).map(({ bodyId, score }) => ({ bodyId, points: score.total ?? 0 })))

/** 一项的名次：样本够的机关不足三十个的，不排。 */
export function rankLine(indicator: Indicator, at: number, bodies: readonly Ranked[]): ReadonlyMap<string, number> {
  const scored = bodies.flatMap(({ bodyId, inputs, score }) => {
    const points = score.lines[at]?.points ?? null
    return points !== null && isEnough(indicator, inputs.find(({ code }) => code === indicator.code)) ? [{ bodyId, points }] : []
  })
  return rankBy(scored)
}
