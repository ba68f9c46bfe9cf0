import { HEADINGS } from '../../statute/report-form.ts'
import { elementOf } from './elements.ts'
import { NUMBERS, type Heading } from './headings.ts'
import { place, type Place, type Subject } from './rule.ts'

const numberOf = (target: number): string => NUMBERS[target - 1]!
const named = ({ number, text }: Heading): string => `「${/^[一二三四五六七八九十]+$/.test(number) ? `${number}、` : number}${text}」`

/** AR-H01：一级标题恰为六个，一个不多，一个不缺。 */
export function countHeadings({ headings }: Subject): Place[] {
  const missing = HEADINGS.filter((_, index) => !headings.some((heading) => heading.target === index + 1))
  if (headings.length === HEADINGS.length && missing.length === 0) return []
  const listed = headings.map(({ number, text, line }) => `${number === '' ? `「${text}」` : number}（第 ${line} 行）`).join('、')
  return [
    place(
      null,
      `一级标题共 ${headings.length} 个${listed === '' ? '' : `：${listed}`}` +
        (missing.length === 0 ? '' : `；缺 ${missing.map((heading) => `「${heading}」`).join('、')}`),
      {
        expected: `六个：${HEADINGS.join('；')}`,
        mend: '一级标题照格式的六个写，总体情况下的小节用（一）（二）……',
      },
    ),
  ]
}

/** AR-H02：总体情况之下的小节误写成一级标题。 */
export function misplacedElements({ headings }: Subject): Place[] {
  const overviewEnds = headings.find((heading) => (heading.target ?? 0) > 1)?.line ?? Infinity
  return headings.flatMap((heading) => {
    const element = heading.target === null && heading.line < overviewEnds ? elementOf(heading.text) : null
    if (element === null) return []
    return [
      place(heading.line, `${named(heading)}是总体情况之下的小节，误作一级标题`, {
        expected: `（${element.number}）${heading.text}`,
        mend: '改为二级标题，其后的一级标题序号依次前移',
      }),
    ]
  })
}

/** AR-H03：一级标题的序号与格式不符，一个标题一处。 */
export function misnumberedHeadings({ headings }: Subject): Place[] {
  return headings.flatMap((heading) => {
    if (heading.target === null || heading.number === numberOf(heading.target)) return []
    if (heading.number === '') return [unnumbered(heading, heading.target)]
    return [
      place(heading.line, `${named(heading)}的序号应为「${numberOf(heading.target)}」`, {
        expected: `${numberOf(heading.target)}、${heading.text}`,
        mend: `把序号「${heading.number}」改为「${numberOf(heading.target)}」`,
      }),
    ]
  })
}

// Word 的自动编号转成文本、网页时常会丢失，不能断定原文没有
const unnumbered = ({ line, text }: Heading, target: number): Place =>
  place(line, `标题「${text}」前没有序号「${numberOf(target)}、」`, {
    severity: 'warning',
    expected: HEADINGS[target - 1]!,
    mend: '写明序号；自动编号的，转换后请核对',
    maybeExtraction: true,
  })

/** AR-H04：一级标题的文字与格式不符（本系统所加；格式的六个标题须逐字相同）。 */
export function misnamedHeadings({ headings }: Subject): Place[] {
  return headings.flatMap((heading) => {
    if (heading.target === null || heading.exact) return []
    const expected = HEADINGS[heading.target - 1]!
    return [
      place(heading.line, `标题${named(heading)}与格式不符`, { expected, mend: `改为「${expected}」` }),
    ]
  })
}
