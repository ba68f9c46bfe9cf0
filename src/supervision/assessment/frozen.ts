import { createHash } from 'node:crypto'
import { canonicalJson } from '../../platform/canonical-json.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Hundredths, Indicator } from './indicator.ts'
import { rankLine, rankTotals } from './rank.ts'
import { scoreSheet } from './score.ts'
import type { LineInput, LineScore } from './score.ts'

/** 公布时一项所据的逐条清单：条数与摘要。 */
export interface FrozenRecords {
  listed: number
  hash: string
}

/** 一机关的输入。 */
export interface FrozenBody {
  bodyId: string
  code: string
  name: string
  /** 不参加考核的理由 */
  excused: string | null
  lines: readonly (LineInput & { records: FrozenRecords | null; checkNote: string | null; appeal: string | null; decision: string | null })[]
}

/** 公布时存下的输入：方案、各机关所据的数与人所定的。 */
export interface FrozenInputs {
  year: number
  title: string
  basis: string
  ranking: boolean
  indicators: readonly Indicator[]
  takenOn: PlainDate
  bodies: readonly FrozenBody[]
}

export interface FrozenScore {
  bodyId: string
  lines: readonly (LineScore & { rank: number | null })[]
  points: Hundredths
  applicable: Hundredths
  total: Hundredths | null
  rank: number | null
}

export interface Frozen {
  inputs: FrozenInputs
  scores: readonly FrozenScore[]
}

/** 由输入算出各机关的得分与名次；只看输入，故任何时候重算都一样。 */
export function scoreAll(inputs: FrozenInputs): FrozenScore[] {
  const { indicators, ranking } = inputs
  const bodies = inputs.bodies.filter(({ excused }) => excused === null).map(({ bodyId, lines }) => ({ bodyId, inputs: lines, score: scoreSheet(indicators, lines) }))
  const none: ReadonlyMap<string, number> = new Map()
  const ranks = ranking ? rankTotals(indicators, bodies) : none
  const lineRanks = indicators.map((indicator, i) => (ranking ? rankLine(indicator, i, bodies) : none))
  return bodies.map(({ bodyId, score: { lines, points, applicable, total } }) => ({
    bodyId, points, applicable, total, rank: ranks.get(bodyId) ?? null, lines: lines.map((line, i) => ({ ...line, rank: lineRanks[i]?.get(bodyId) ?? null })),
  }))
}

/** 输入与得分合成的规范 JSON，及其 SM3。 */
export function freeze(inputs: FrozenInputs): { content: string; hash: string } {
  const content = canonicalJson({ inputs, scores: scoreAll(inputs) })
  return { content, hash: hashContent(content) }
}

export const hashContent = (content: string): string => createHash('sm3').update(content).digest('hex')

// 只读本模块写下的：写入时即是 Frozen，摘要另行核对
export const readFrozen = (content: string): Frozen => JSON.parse(content) as Frozen

/** 由存下的输入重算；与存下的逐字节相同才算没有被动过。 */
export const refreeze = (content: string): string => freeze(readFrozen(content).inputs).content
