import { addWorkingDays, lastWorkingDayOnOrBefore } from './calendar.ts'
import type { Calendar } from './calendar.ts'
import { addCalendarDays } from './plain-date.ts'
import type { PlainDate } from './plain-date.ts'

/** 主动公开的期限：一般二十个工作日（条例第二十六条），另有规定的从其规定。 */
export const PUBLICATION_TERMS = {
  GENERAL: { label: '一般政府信息', n: 20, unit: 'WORKDAY', from: '形成或者变更', basis: '政府信息公开条例第二十六条', settled: true },
  BUDGET: { label: '部门预算、决算', n: 20, unit: 'DAY', from: '本级政府财政部门批复', basis: '预算法第十四条', settled: true },
  UNIT_BUDGET: { label: '所属单位预算、决算', n: 20, unit: 'DAY', from: '部门批复', basis: '预算法实施条例第六条', settled: true },
  PROCUREMENT_RESULT: { label: '政府采购中标、成交结果', n: 2, unit: 'WORKDAY', from: '中标、成交供应商确定', basis: '政府采购法实施条例第四十三条', settled: true },
  PROCUREMENT_CONTRACT: { label: '政府采购合同', n: 2, unit: 'WORKDAY', from: '合同签订', basis: '政府采购法实施条例第五十条', settled: true },
  PENALTY_WITHDRAWAL: { label: '行政处罚决定被变更、撤销、确认违法或者无效，撤回公开', n: 3, unit: 'DAY', from: '被变更、撤销、确认违法或者无效', basis: '行政处罚法第四十八条', settled: true },
  CREDIT_PUBLICITY: { label: '行政许可、行政处罚双公示', n: 7, unit: 'WORKDAY', from: '作出决定', basis: '双公示要求', settled: false },
} as const satisfies Record<
  string,
  { label: string; n: number; unit: 'WORKDAY' | 'DAY'; from: string; basis: string; settled: boolean }
>

export type PublicationTerm = keyof typeof PUBLICATION_TERMS

export interface PublicationDue {
  /** 法定的最后一日 */
  nominal: PlainDate
  /** 内部完成线：不晚于法定之日的最后一个工作日（自然日期限遇休息日是否顺延没有规定，从早） */
  internal: PlainDate
}

/** 自形成、变更等起算之日，最迟何日公开。 */
export function publicationDue(from: PlainDate, calendar: Calendar, term: PublicationTerm = 'GENERAL'): PublicationDue {
  const { n, unit } = PUBLICATION_TERMS[term]
  const nominal = unit === 'WORKDAY' ? addWorkingDays(from, n, calendar) : addCalendarDays(from, n)
  return { nominal, internal: lastWorkingDayOnOrBefore(nominal, calendar) }
}

/** 公开得迟了；没有公开的以 `today` 论。 */
export const isPublishedLate = (due: PublicationDue, publishedOn: PlainDate | null, today: PlainDate): boolean =>
  (publishedOn ?? today) > due.nominal
