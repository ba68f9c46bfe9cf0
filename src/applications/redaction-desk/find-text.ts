import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import type { PersonalNumber } from '../../statute/personal-numbers.ts'
import { textPlace } from './marks.ts'
import type { Part, Place } from './marks.ts'
import { toAreas, toLines } from './page-words.ts'

/** 找到的一处：在哪里，前后文，与要交回的写法。 */
export interface Hit {
  /** `处.首字.末字` 或 `处.段.起.止` */
  value: string
  part: number
  place: string
  before: string
  text: string
  after: string
}

/** 一段可查的文字，与每个字符在原处的位置：页上第几个字，或段里第几个字符起、至。 */
interface Strip {
  text: string
  starts: readonly number[]
  ends: readonly number[]
  /** 段的编号；页上的为 null */
  block: number | null
  place: string
}

// 全角半角、大小写、空白都不计较
function stripOf(units: readonly { text: string; start: number; end: number }[], block: number | null, place: string): Strip {
  const [starts, ends]: number[][] = [[], []]
  let text = ''
  for (const unit of units) {
    for (const letter of unit.text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')) {
      for (let i = 0; i < letter.length; i += 1) {
        starts?.push(unit.start)
        ends?.push(unit.end)
      }
      text += letter
    }
  }
  return { text, starts: starts ?? [], ends: ends ?? [], block, place }
}

function stripsOf(part: Part, by: 'page' | 'line'): Strip[] {
  if (part.shape === 'blocks') {
    return part.blocks.map(({ id, text, place }) => {
      let at = 0
      const units = Array.from(text, (letter) => ({ text: letter, start: at, end: (at += letter.length) }))
      return stripOf(units, id, place)
    })
  }
  const lines = by === 'page' ? [part.words.map((_, i) => i)] : toLines(part.words)
  return lines.map((line) => stripOf(line.map((index) => ({ text: part.words[index]?.text ?? '', start: index, end: index })), null, ''))
}

const AROUND = 12

function toHit(strip: Strip, part: number, from: number, to: number): Hit {
  const [start, end] = [strip.starts[from] ?? 0, strip.ends[to - 1] ?? 0]
  return {
    value: strip.block === null ? [part, start, end].join('.') : [part, strip.block, start, end].join('.'),
    part,
    place: strip.place,
    before: strip.text.slice(Math.max(0, from - AROUND), from),
    text: strip.text.slice(from, to),
    after: strip.text.slice(to, to + AROUND),
  }
}

/** 一处里出现某段文字的各个地方；跨行的也找得到。 */
export function findText(content: Part, part: number, query: string): Hit[] {
  const wanted = query.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')
  if (wanted === '') return []
  return stripsOf(content, 'page').flatMap((strip) => {
    const hits: Hit[] = []
    for (let at = strip.text.indexOf(wanted); at >= 0; at = strip.text.indexOf(wanted, at + wanted.length)) hits.push(toHit(strip, part, at, at + wanted.length))
    return hits
  })
}

export type Suggestion = Hit & Pick<PersonalNumber, 'kind'>

/** 一处里疑为个人信息的号码，各写明是哪一种；只是提示，遮不遮由人定。 */
export const suggestNumbers = (content: Part, part: number): Suggestion[] =>
  stripsOf(content, 'line').flatMap((strip) => findPersonalNumbers(strip.text).map(({ kind, from, to }) => ({ ...toHit(strip, part, from, to), kind })))

/** 交回的写法 → 哪一处与其中的位置；写得不对的为 null。 */
export function readHit(value: string): { part: number; numbers: readonly number[] } | null {
  if (!/^\d{1,4}(\.\d{1,7}){2,3}$/.test(value)) return null
  const [part = 0, ...numbers] = value.split('.').map(Number)
  return { part, numbers }
}

/** 所选的一处 → 遮盖的地方；与文件不合的为空。 */
export function hitPlaces(content: Part, part: number, numbers: readonly number[]): Place[] {
  const [a = 0, b = 0, c = 0] = numbers
  if (content.shape === 'page') {
    if (numbers.length !== 2 || a > b || b >= content.words.length) return []
    return toAreas(part, content, Array.from({ length: b - a + 1 }, (_, i) => a + i))
  }
  const block = content.blocks.find(({ id }) => id === a)
  if (numbers.length !== 3 || block === undefined) return []
  return [textPlace(part, a, block.text, b, c)].filter((place) => place !== null)
}
