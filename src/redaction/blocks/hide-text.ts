import { Unredactable } from '../unredactable.ts'
import type { Block, Mark, TextMark } from '../mark.ts'

/** 一律两格，不显出原来多长。 */
const COVER = '██'

/** 各段的勾画，由前到后，交叠的并为一处。勾画不在文字上的抛 Unredactable。 */
export function marksByBlock(marks: readonly Mark[], blocks: readonly Block[]): Map<number, TextMark[]> {
  const texts = new Map(blocks.map((block) => [block.id, block.text]))
  const own = marks.map((mark) => {
    if (mark.kind !== 'text') throw new Unredactable('bad-mark', '这类文件须按段落遮盖，不能在页面上勾画')
    const { block, from, to } = mark
    const text = texts.get(block)
    if (text === undefined || !(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= text.length)) throw new Unredactable('bad-mark', '勾画不在文字上')
    return mark
  })
  return new Map([...Map.groupBy(own, (mark) => mark.block)].map(([block, list]) => [block, mergeMarks(list, texts.get(block) ?? '')]))
}

// 交叠的并为一处，依据并列；落在代理对中间的退到整字
function mergeMarks(marks: readonly TextMark[], text: string): TextMark[] {
  const merged: TextMark[] = []
  for (const mark of marks.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const whole = { ...mark, from: isLow(text, mark.from) ? mark.from - 1 : mark.from, to: isLow(text, mark.to) ? mark.to + 1 : mark.to }
    const last = merged.at(-1)
    if (last && (whole.from < last.to || (whole.from === last.to && whole.ground === last.ground))) {
      last.to = Math.max(last.to, whole.to)
      if (!last.ground.split('、').includes(whole.ground)) last.ground = [last.ground, whole.ground].filter((each) => each !== '').join('、')
    } else merged.push(whole)
  }
  return merged
}

const isLow = (text: string, at: number): boolean => /^[\udc00-\udfff]$/.test(text.charAt(at)) && /^[\ud800-\udbff]$/.test(text.charAt(at - 1))

const LONGEST = 40
/** 遮住之处写什么：██〔条例第十五条〕。 */
export const coverText = ({ ground }: TextMark): string => (ground === '' ? COVER : `${COVER}〔${ground.slice(0, LONGEST)}〕`)

/** 遮过的一段文字。 */
export function hideText(text: string, marks: readonly TextMark[] = []): string {
  return hideSpans([{ text }], marks).map((span) => span.text).join('')
}

/** 遮过的一段文字，各段的格式照旧；遮住之处用其首字的格式。 */
export function hideSpans<S extends { text: string }>(spans: readonly S[], marks: readonly TextMark[] = []): S[] {
  const hidden: S[] = []
  let at = 0
  for (const span of spans) {
    const end = at + span.text.length
    let from = at
    for (const mark of marks.filter((each) => each.from < end && each.to > at)) {
      if (mark.from > from) hidden.push({ ...span, text: span.text.slice(from - at, mark.from - at) })
      if (mark.from >= at) hidden.push({ ...span, text: coverText(mark) })
      from = Math.max(from, mark.to)
    }
    if (from < end) hidden.push({ ...span, text: span.text.slice(from - at) })
    at = end
  }
  return hidden
}
