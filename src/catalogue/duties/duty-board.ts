import type { Body } from '../../bodies/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { UPKEEP, updateBy, upkeepOn } from '../../statute/publication-upkeep.ts'
import type { Upkeep, UpkeepRule } from '../../statute/publication-upkeep.ts'
import { PUBLICATION_CODES } from '../publication-codes.ts'
import type { PublicationCode } from '../publication-codes.ts'
import { presumeScope } from './duty-scope.ts'
import type { DutyScope } from './duty-scope.ts'

/** 一机关一项的数，由记录数出。 */
export interface DutyCounts {
  total: number
  thisYear: number
  /** 公众所见的最近一次公开（含改版）之日 */
  lastOn: PlainDate | null
  /** 应当公开而没有公开，还没有到期 */
  due: number
  /** 应当公开而没有公开，已经过期 */
  late: number
  /** 今年公开得迟的 */
  publishedLate: number
}
export const NO_COUNTS: DutyCounts = { total: 0, thisYear: 0, lastOn: null, due: 0, late: 0, publishedLate: 0 }

export interface DutyRow extends DutyCounts {
  code: PublicationCode
  scope: DutyScope
  upkeep: Upkeep
  /** 最迟何日更新；没有内容的为 null */
  updateBy: PlainDate | null
  rule: UpkeepRule
}

/** 一项的更新时限：规章和规范性文件照政策文件，其余由本机关的设置。 */
export const upkeepRuleOf = (code: PublicationCode, months: number): UpkeepRule =>
  code === 'A20_01' ? UPKEEP.POLICY : { label: PUBLICATION_CODES[code].label, period: { n: months, unit: 'MONTH' }, basis: '本机关的设置', settled: false }

export const DUTY_CODES = Object.keys(PUBLICATION_CODES) as PublicationCode[]

export interface BoardInput {
  body: Pick<Body, 'powers'>
  counts: ReadonlyMap<PublicationCode, DutyCounts>
  scopes: ReadonlyMap<PublicationCode, { applies: boolean; reason: string }>
  months: number
  today: PlainDate
}

/** 一机关的看板：第二十条十五项、第二十一条七类各一行。 */
export function toBoard({ body, counts, scopes, months, today }: BoardInput): DutyRow[] {
  return DUTY_CODES.map((code) => {
    const found = counts.get(code) ?? NO_COUNTS
    const set = scopes.get(code)
    const scope: DutyScope = set === undefined ? presumeScope(code, body, found.total + found.due + found.late > 0) : { state: set.applies ? 'applies' : 'not', reason: set.reason, decided: true }
    const rule = upkeepRuleOf(code, months)
    return { code, scope, ...found, rule, upkeep: upkeepOn(found.lastOn, rule.period, today), updateBy: found.lastOn === null ? null : updateBy(found.lastOn, rule.period) }
  })
}

export interface BoardSummary {
  applies: number
  unknown: number
  empty: number
  stale: number
  /** 其中规章、规范性文件等政策类 */
  timely: number
  due: number
  late: number
  publishedLate: number
}

/** 一机关的合计。空白、未更新只数适用的；一条信息挂几项的，到期与迟延各项都数，故另给 `pending`。 */
export function sumBoard(rows: readonly DutyRow[], pending: Pick<DutyCounts, 'due' | 'late' | 'publishedLate'>): BoardSummary {
  const applied = rows.filter((row) => row.scope.state === 'applies')
  const count = (keep: (row: DutyRow) => boolean): number => applied.filter(keep).length
  return {
    applies: applied.length,
    unknown: rows.filter((row) => row.scope.state === 'unknown').length,
    empty: count((row) => row.upkeep === 'empty'),
    stale: count((row) => row.upkeep === 'stale'),
    timely: count((row) => row.upkeep === 'stale' && row.rule.settled),
    due: pending.due,
    late: pending.late,
    publishedLate: pending.publishedLate,
  }
}
