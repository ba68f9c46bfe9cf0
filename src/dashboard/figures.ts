import { DISPUTE_GROUPS, noDisputes, type DisputeCounts, type DisputeGroup } from '../reviews/index.ts'

/** 处理结果的六类（年度报告第三项的各组）。 */
export const OUTCOME_GROUPS = { 'R3.1': '予以公开', 'R3.2': '部分公开', 'R3.3': '不予公开', 'R3.4': '无法提供', 'R3.5': '不予处理', 'R3.6': '其他处理' } as const
export type OutcomeGroup = keyof typeof OUTCOME_GROUPS
export const OUTCOME_GROUP_KEYS = Object.keys(OUTCOME_GROUPS) as OutcomeGroup[]
export const DISPUTE_KEYS = Object.keys(DISPUTE_GROUPS) as DisputeGroup[]

/** 一段日子里的各数；几个机关的可以相加。 */
export interface Figures {
  received: number
  outcomes: Record<OutcomeGroup, number>
  /** 逾期的答复 */
  late: number
  published: number
  disputes: DisputeCounts
  complaints: number
}

/** 此刻的各数。 */
export interface Standing {
  open: number
  overdue: number
  due: number
  dueLate: number
  publishedLate: number
}

export const noFigures = (): Figures => ({
  received: 0,
  outcomes: { 'R3.1': 0, 'R3.2': 0, 'R3.3': 0, 'R3.4': 0, 'R3.5': 0, 'R3.6': 0 },
  late: 0,
  published: 0,
  disputes: noDisputes(),
  complaints: 0,
})
export const noStanding = (): Standing => ({ open: 0, overdue: 0, due: 0, dueLate: 0, publishedLate: 0 })

/** 办结的：报告第三项第七行的总计。 */
export const decidedOf = ({ outcomes }: Figures): number => OUTCOME_GROUP_KEYS.reduce((sum, key) => sum + outcomes[key], 0)
/** 作出答复的：办结的除去其他处理。 */
export const repliedOf = (figures: Figures): number => decidedOf(figures) - figures.outcomes['R3.6']
export const onTimeOf = (figures: Figures): number => repliedOf(figures) - figures.late
export const correctedOf = ({ disputes }: Figures): number => DISPUTE_KEYS.reduce((sum, key) => sum + disputes[key].corrected, 0)

/** 按期答复的百分数，一位小数；没有答复的为 null。 */
export function onTimeShare(figures: Figures): string | null {
  const replied = repliedOf(figures)
  if (replied === 0) return null
  const share = (1000 * onTimeOf(figures)) / replied
  // 有一件逾期，就不写成百分之百
  return `${(Math.floor(share) / 10).toFixed(1)}%`
}

export function addFigures(all: Iterable<Figures>): Figures {
  const sum = noFigures()
  for (const one of all) {
    sum.received += one.received
    sum.late += one.late
    sum.published += one.published
    sum.complaints += one.complaints
    for (const key of OUTCOME_GROUP_KEYS) sum.outcomes[key] += one.outcomes[key]
    for (const key of DISPUTE_KEYS) for (const column of ['upheld', 'corrected', 'other', 'pending'] as const) sum.disputes[key][column] += one.disputes[key][column]
  }
  return sum
}

export function addStandings(all: Iterable<Standing>): Standing {
  const sum = noStanding()
  for (const one of all) for (const key of ['open', 'overdue', 'due', 'dueLate', 'publishedLate'] as const) sum[key] += one[key]
  return sum
}
