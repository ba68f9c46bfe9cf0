import { createHash } from 'node:crypto'
import { canonicalJson } from '../../platform/canonical-json.ts'
import type { Tx } from '../../platform/db.ts'
import type { CheckedRecord, CheckedSum, RecordSource } from '../../platform/record-source.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Indicator } from './indicator.ts'
import type { LineInput } from './score.ts'
import type { SourceKey, Sources } from './source.ts'
import type { Line } from './store.ts'

export const NONE: CheckedSum = { total: 0, good: 0 }

/** 考核期间：整个自然年。 */
export const periodOf = (year: number): { from: PlainDate; to: PlainDate } => ({ from: `${year}-01-01`, to: `${year}-12-31` })

/** 年度过完了才可以公布。 */
export const isYearOver = (year: number, today: PlainDate): boolean => today > periodOf(year).to

export type Measures = ReadonlyMap<SourceKey, ReadonlyMap<string, CheckedSum>>

export const sourcesIn = (indicators: readonly Indicator[]): SourceKey[] => [...new Set(indicators.flatMap((each) => (each.kind === 'computed' ? [each.source] : [])))]

/** 方案所取的各数，一种数一次取齐各机关。 */
export async function measure(tx: Tx, sources: Sources, { indicators, year, bodyIds, today }: { indicators: readonly Indicator[]; year: number; bodyIds: readonly string[]; today: PlainDate }): Promise<Measures> {
  const found = new Map<SourceKey, ReadonlyMap<string, CheckedSum>>()
  for (const key of sourcesIn(indicators)) found.set(key, await sources[key].count(tx, { bodyIds, ...periodOf(year), today }))
  return found
}

/** 一机关的各项输入：数出的数与人所定的。 */
export const toInputs = (indicators: readonly Indicator[], bodyId: string, measures: Measures, lines: ReadonlyMap<string, Line>): LineInput[] =>
  indicators.map((indicator) => {
    const line = lines.get(indicator.code)
    return {
      code: indicator.code,
      measured: indicator.kind === 'computed' ? (measures.get(indicator.source)?.get(bodyId) ?? NONE) : null,
      exempted: line?.exempted ?? null,
      self: indicator.kind === 'judged' ? (line?.self ?? null) : null,
      checked: line?.checked ?? null,
      decided: line?.decided ?? null,
    }
  })

const PAGE = 1000
/** 一份清单至多算到这么多条；再多的只算前面的，并记下 */
const MOST = 200_000

/** 一条也没有的清单。 */
export const NOTHING_LISTED = { listed: 0, hash: createHash('sm3').digest('hex') } as const

/** 一机关一种数的逐条清单的摘要：条数与 SM3，公布之后清单改了便看得出。 */
export async function hashRecords(tx: Tx, source: RecordSource, scope: Parameters<RecordSource['list']>[1]): Promise<{ listed: number; hash: string }> {
  const hash = createHash('sm3')
  let listed = 0
  while (listed < MOST) {
    const records = await source.list(tx, scope, { limit: PAGE, offset: listed })
    for (const record of records) hash.update(canonicalJson(toHashed(record))).update('\n')
    listed += records.length
    if (records.length < PAGE) break
  }
  return { listed, hash: hash.digest('hex') }
}

const toHashed = ({ recordId, good, on }: CheckedRecord) => ({ recordId, good, on })
