import { alike, likeness } from './likeness.ts'
import { place, type Place, type Subject } from './rule.ts'
import { viewOf } from './report-view.ts'

/** AR-Y01：与上一年报告的正文雷同。 */
export function sameAsLastYear(subject: Subject): Place[] {
  const { previous, report } = subject
  // 同一年度或以后年度的，谈不上照抄上年
  if (previous === null || (previous.year !== null && report.year !== null && previous.year >= report.year)) return []
  const before = viewOf(previous).paragraphs.map(({ text }) => text)
  const found = alike(likeness(subject.paragraphs.map(({ text }) => text), before))
  if (!found.alike) return []
  return [
    place(null, `正文 ${found.of} 段中有 ${found.same} 段与${previous.year === null || previous.year + 1 === report.year ? '上一年' : ` ${previous.year} 年度`}报告几乎相同`, {
      expected: '如实写当年的工作',
      mend: '按当年的工作改写雷同的段落；内容雷同、敷衍塞责的，依条例第四十七条可以督促整改、通报批评',
    }),
  ]
}
