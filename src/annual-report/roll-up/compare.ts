import type { Body } from '../../bodies/index.ts'
import { labelOf } from '../../statute/report-form.ts'
import type { YearCells } from './load-history.ts'
import { measureOf, type Measure } from './measures.ts'
import { findOutliers, medianOf } from './outliers.ts'
import { groupOf, type GroupKey } from './roll-up.ts'

/** 一个机关几年的数；没有报告的年度为 null。 */
export interface ComparedBody {
  bodyId: string
  bodyCode: string
  bodyName: string
  group: GroupKey
  values: readonly (number | null)[]
  /** 最后一年从哪里来；没有为 null */
  source: YearCells['source'] | null
  /** 比上一年增减；有一年没有的为 null */
  change: number | null
}

/** 明显高于或低于各家的一家：差在哪几行。 */
export interface ExplainedOutlier extends ComparedBody {
  value: number
  median: number
  /** 与各家这一行的中位数相差最多的几行 */
  rows: readonly { code: string; label: string; value: number; median: number }[]
}

export interface Comparison {
  years: readonly number[]
  bodies: readonly ComparedBody[]
  /** 每年有数的各家合计，与有数的家数；名单逐年不同，合计只作参考 */
  totals: readonly { year: number; sum: number; known: number }[]
  median: number | null
  outliers: readonly ExplainedOutlier[]
}

const MOST_EXPLAINED = 12
const MOST_ROWS = 4

/** 一项数，各机关、各年度放在一起。区政府自己的是汇总，不在其内。 */
export function compareYears(measure: Measure, bodies: readonly Body[], history: readonly YearCells[], years: readonly number[], group: GroupKey | null): Comparison {
  const known = new Map(history.map((one) => [`${one.bodyId} ${one.year}`, one]))
  const last = years.at(-1) ?? 0
  const wanted = bodies.filter(({ kind }) => kind !== 'government' && (group === null || groupOf(kind) === group))
  const rows = wanted.flatMap((body): ComparedBody[] => {
    const found = years.map((year) => known.get(`${body.bodyId} ${year}`))
    if (found.every((one) => one === undefined)) return []
    const values = found.map((one) => (one === undefined ? null : measureOf(measure, one.cells)))
    const [before, now] = [values.at(-2) ?? null, values.at(-1) ?? null]
    const change = before === null || now === null ? null : Number((now - before).toFixed(6))
    return [{ bodyId: body.bodyId, bodyCode: body.code, bodyName: body.name, group: groupOf(body.kind), values, source: found.at(-1)?.source ?? null, change }]
  })
  const measured = rows.flatMap((row) => {
    const value = row.values.at(-1) ?? null
    return value === null ? [] : [{ of: row, value }]
  })
  const spread = findOutliers(measured)
  const median = spread?.median ?? null
  return {
    years,
    bodies: rows,
    totals: years.map((year, i) => {
      const values = rows.flatMap(({ values: own }) => own[i] ?? [])
      return { year, sum: Number(values.reduce((sum, value) => sum + value, 0).toFixed(6)), known: values.length }
    }),
    median,
    outliers: (spread?.outliers ?? []).slice(0, MOST_EXPLAINED).map(({ of, value }) => ({ ...of, value, median: spread?.median ?? 0, rows: apartRows(measure, of.bodyId, rows.map(({ bodyId }) => bodyId), known, last) })),
  }
}

// 一行一行地与各家的中位数比，差得多的在前；只有一格的项目没有下一层
function apartRows(measure: Measure, bodyId: string, all: readonly string[], known: ReadonlyMap<string, YearCells>, year: number): ExplainedOutlier['rows'] {
  const own = known.get(`${bodyId} ${year}`)
  if (own === undefined) return []
  return measure.rows
    .map((code) => ({ code, label: labelOf(code), value: own.cells[code] ?? 0, median: medianOf(all.flatMap((id) => known.get(`${id} ${year}`)?.cells[code] ?? [])) }))
    .filter(({ value, median }) => value !== median)
    .toSorted((a, b) => Math.abs(b.value - b.median) - Math.abs(a.value - a.median))
    .slice(0, MOST_ROWS)
}
