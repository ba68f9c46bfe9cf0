import { addCalendarDays, addCalendarMonths } from './plain-date.ts'
import type { PlainDate } from './plain-date.ts'

/** 多久没有更新算未更新；`settled` 为否的没有取得原文，由单位设置。 */
export interface UpkeepRule {
  label: string
  period: { n: number; unit: 'DAY' | 'MONTH' }
  basis: string
  settled: boolean
}

const INSPECTION = '国务院办公厅秘书局国办秘函〔2019〕19号'

/** 政府网站检查的时限，一处写全。 */
export const UPKEEP = {
  HOME: { label: '首页', period: { n: 14, unit: 'DAY' }, basis: INSPECTION, settled: true },
  NEWS: { label: '动态、要闻', period: { n: 14, unit: 'DAY' }, basis: INSPECTION, settled: true },
  POLICY: { label: '通知公告、政策文件', period: { n: 6, unit: 'MONTH' }, basis: INSPECTION, settled: true },
} as const satisfies Record<string, UpkeepRule>

/** 达到即单项否决：动态、公告、政策类未更新几个，应更新而未更新几个，空白几个。 */
export const UPKEEP_VETO = { timely: 5, stale: 10, empty: 5, basis: INSPECTION } as const

export type Upkeep = 'empty' | 'stale' | 'soon' | 'fresh'
export const UPKEEPS = { empty: '空白', stale: '未更新', soon: '即将到期', fresh: '正常' } as const satisfies Record<Upkeep, string>

/** 到期之前这些天内提醒 */
const SOON_DAYS = 30

/** 最迟在哪一日更新；到了那一日还不算未更新，次日才算。 */
export const updateBy = (lastOn: PlainDate, { n, unit }: UpkeepRule['period']): PlainDate => (unit === 'DAY' ? addCalendarDays(lastOn, n) : addCalendarMonths(lastOn, n))

/**
 * 一个栏目的更新情况。
 * @param lastOn 最近一次更新之日；没有内容的为 null。没有注明发布时间的，视为没有更新（旧普查口径）
 */
export function upkeepOn(lastOn: PlainDate | null, period: UpkeepRule['period'], today: PlainDate): Upkeep {
  if (lastOn === null) return 'empty'
  const by = updateBy(lastOn, period)
  if (today > by) return 'stale'
  return addCalendarDays(today, period.unit === 'DAY' ? Math.ceil(period.n / 4) : SOON_DAYS) > by ? 'soon' : 'fresh'
}

/** 全站的空白、未更新栏目够不够单项否决；够了的写明缘由。 */
export function upkeepVeto({ timely, stale, empty }: { timely: number; stale: number; empty: number }): string[] {
  return [
    ...(timely >= UPKEEP_VETO.timely ? [`动态、公告、政策类栏目 ${timely} 个未更新（累计 ${UPKEEP_VETO.timely} 个即单项否决）`] : []),
    ...(stale >= UPKEEP_VETO.stale ? [`应更新而未更新的栏目 ${stale} 个（累计 ${UPKEEP_VETO.stale} 个即单项否决）`] : []),
    ...(empty >= UPKEEP_VETO.empty ? [`空白栏目 ${empty} 个（累计 ${UPKEEP_VETO.empty} 个即单项否决）`] : []),
  ]
}
