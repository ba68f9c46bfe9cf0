import { alike, likeness } from './likeness.ts'
import { place, type Place, type Subject } from './rule.ts'
import { viewOf } from './report-view.ts'

/** AR-Y01：与上一年报告的正文雷同。 */
export function sameAsLastYear(subject: Subject): Place[] {
  if (subject.previous === null) return []
  const before = viewOf(subject.previous).paragraphs.map(({ text }) => text)
  const found = alike(likeness(subject.paragraphs.map(({ text }) => text), before))
  if (!found.alike) return []
  return [
    place(null, `正文 ${found.of} 段中有 ${found.same} 段与上一年报告几乎相同`, {
      expected: '如实写当年的工作',
      mend: '按当年的工作改写雷同的段落；内容雷同、敷衍塞责的，依条例第四十七条可以督促整改、通报批评',
    }),
  ]
}
