import { countLateReplies, countReturnedLetters } from '../../applications/index.ts'
import { countHitItems } from '../../catalogue/index.ts'
import type { Tx } from '../../platform/db.ts'
import { countCorrectedCases } from '../../reviews/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Topic } from './question.ts'

/** 一段日子里，若干机关各多少；没有的不在其中。 */
export type CountsByBody = ReadonlyMap<string, number>
export interface Period {
  from: PlainDate
  to: PlainDate
}
export type CountErrors = (tx: Tx, bodyIds: readonly string[], period: Period) => Promise<CountsByBody>

/** 年度报告里的：提醒作了说明而过的、退回起草的。由接线交来：本模块在其下。 */
export interface ReportTroubles {
  waived: CountErrors
  returned: CountErrors
}

export const TROUBLES = {
  late: { label: '逾期答复的申请', short: '逾期答复', unit: '件', topic: 'term', course: '答复期限的计算与按期答复', href: '/desk/applications/closed?sort=-decidedOn' },
  letters: { label: '签批时退回的文书', short: '退回文书', unit: '次', topic: 'decision', course: '答复文书的写法与法律依据', href: '/desk/applications/closed' },
  hits: { label: '预检有命中的信息', short: '预检命中', unit: '条', topic: 'secrecy', course: '公开前的保密审查与个人信息保护', href: '/desk/items/review' },
  waived: { label: '年度报告作了说明的提醒', short: '报告提醒', unit: '处', topic: 'report', course: '年度报告的格式与勾稽关系', href: '/desk/reports' },
  returned: { label: '年度报告退回起草', short: '报告退回', unit: '次', topic: 'report', course: '年度报告的编制与校核', href: '/desk/reports' },
  corrected: { label: '复议、诉讼中被纠正的决定', short: '被纠正', unit: '件', topic: 'remedy', course: '不予公开的依据与复议诉讼应对', href: '/desk/reviews' },
} as const satisfies Record<string, { label: string; /** 表头用的短说法 */ short: string; unit: string; topic: Topic; course: string; href: string }>
export type Trouble = keyof typeof TROUBLES
const KEYS = Object.keys(TROUBLES) as Trouble[]

export interface Suggestion {
  trouble: Trouble
  count: number
}

/** 各机关该讲什么：由实际办错的事得出，多的在前；没有错的不列。 */
export async function suggestTopics(tx: Tx, bodyIds: readonly string[], period: Period, reports: ReportTroubles): Promise<Map<string, Suggestion[]>> {
  const counts: Readonly<Record<Trouble, CountsByBody>> = {
    late: await countLateReplies(tx, bodyIds, period),
    letters: await countReturnedLetters(tx, bodyIds, period),
    hits: await countHitItems(tx, bodyIds, period),
    waived: await reports.waived(tx, bodyIds, period),
    returned: await reports.returned(tx, bodyIds, period),
    corrected: await countCorrectedCases(tx, bodyIds, period),
  }
  return new Map(
    bodyIds.map((bodyId) => [
      bodyId,
      KEYS.map((trouble) => ({ trouble, count: counts[trouble].get(bodyId) ?? 0 }))
        .filter(({ count }) => count > 0)
        .toSorted((a, b) => b.count - a.count),
    ]),
  )
}
