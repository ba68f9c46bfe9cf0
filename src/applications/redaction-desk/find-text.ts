import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import type { PersonalNumber } from '../../statute/personal-numbers.ts'
import { textPlace } from './marks.ts'
import type { Part, Place } from './marks.ts'
import { isApart, toAreas, toLines } from './page-words.ts'

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

/** 一个字或词，起止，与前一个之间是否有空。 */
interface Unit {
  text: string
  start: number
  end: number
  apart: boolean
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/[\s\p{Cf}]/gu, '')

// 全角半角、大小写、空白、不占位的字符都不计较
function stripOf(units: readonly Unit[], block: number | null, place: string, apart: boolean): Strip {
  const [starts, ends]: number[][] = [[], []]
  let text = ''
  for (const unit of units) {
    if (apart && unit.apart) {
      starts?.push(unit.start)
      ends?.push(unit.start)
      text += ' '
    }
    for (const letter of plain(unit.text)) {
      for (let i = 0; i < letter.length; i += 1) {
        starts?.push(unit.start)
        ends?.push(unit.end)
      }
      text += letter
    }
  }
  return { text, starts: starts ?? [], ends: ends ?? [], block, place }
}

/** @param apart 字间有空的，留一个空格：表里相邻两格的数字不连成一串 */
function stripsOf(part: Part, by: 'page' | 'line', apart = false): Strip[] {
  if (part.shape === 'blocks') {
    return part.blocks.map(({ id, text, place }) => {
      let at = 0
      const units = Array.from(text, (letter) => ({ text: letter, start: at, end: (at += letter.length), apart: letter.trim() === '' }))
      return stripOf(units, id, place, apart)
    })
  }
  const { words } = part
  const lines = by === 'page' ? [words.map((_, i) => i)] : toLines(words)
  return lines.map((line) => stripOf(line.map((index, i) => ({ text: words[index]?.text ?? '', start: index, end: index, apart: isApart(words[line[i - 1] ?? -1], words[index]) })), null, '', apart))
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
  const wanted = plain(query)
  if (wanted === '') return []
  return stripsOf(content, 'page').flatMap((strip) => {
    const hits: Hit[] = []
    for (let at = strip.text.indexOf(wanted); at >= 0; at = strip.text.indexOf(wanted, at + wanted.length)) hits.push(toHit(strip, part, at, at + wanted.length))
    return hits
  })
}

export type Suggestion = Hit & Pick<PersonalNumber, 'kind'>

/** 一处里疑为个人信息的号码，各写明是哪一种；分开写的、与邻格的数字挨着的都找得到。只是提示，遮不遮由人定。 */
export function suggestNumbers(content: Part, part: number): Suggestion[] {
  const found = [...stripsOf(content, 'line'), ...stripsOf(content, 'line', true)].flatMap((strip) =>
    findPersonalNumbers(strip.text).map(({ kind, from, to }) => ({ ...toHit(strip, part, from, to), kind })),
  )
  return [...new Map(found.toReversed().map((hit) => [hit.value, hit])).values()].toSorted((a, b) => inOrder(a.value, b.value))
}

const inOrder = (a: string, b: string): number => {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)]
  const at = left.findIndex((number, i) => number !== right[i])
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0)
}

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
