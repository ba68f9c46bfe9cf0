import type { PlainDate } from '../../statute/plain-date.ts'

/** 被纠正的缘由（行政复议法第六十三条至第六十八条、行政诉讼法第七十条、第七十二条、第七十四条）。 */
export const CAUSES = {
  facts: '主要事实不清、证据不足',
  basis: '适用依据错误、不合法',
  procedure: '违反法定程序',
  power: '超越职权、滥用职权',
  unfit: '明显不当',
  failure: '不履行法定职责、逾期不答复',
  other: '其他',
} as const
export type Cause = keyof typeof CAUSES
export const isCause = (text: string): text is Cause => Object.hasOwn(CAUSES, text)

/** 一件被纠正的，错在何处；不记当事人。 */
export interface Lesson {
  cause: Cause
  /** 当初承办的科室；没有记的为 null */
  unit: string | null
  words: string
}

export interface LessonEvent {
  kind: 'lesson-noted'
  on: PlainDate
  lesson: Lesson
}
