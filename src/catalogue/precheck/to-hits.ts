import { createHash } from 'node:crypto'
import { ruleOf } from './hit.ts'
import type { Found, Hit, Sample, Severity } from './hit.ts'

const MOST_SAMPLES = 5
const AROUND = 20

/** 一处文字的来处：`key` 在这条信息里各不相同。 */
export interface Source {
  key: string
  place: string
}

/** 同一来处、同一条规则（词表则同一个词）的合为一条；原句里的个人信息一概遮盖。 */
export function toHits(source: Source, plain: string, found: readonly Found[]): Hit[] {
  const masks = found.filter((each) => each.masked !== undefined)
  const placeIn = placer(plain)
  const groups = Map.groupBy(found, ({ rule, word }) => `${rule}|${word?.wrong ?? ''}`)
  return [...groups].flatMap(([group, [first, ...rest]]) => {
    if (first === undefined) return []
    const samples = [first, ...rest].slice(0, MOST_SAMPLES).map((each) => sampleOf(plain, each, masks, placeIn))
    return [{ key: keyOf(source, group), rule: first.rule, severity: severityOf(first), place: source.place, count: rest.length + 1, samples, said: saidOf(first) }]
  })
}

/** 不在文字里的一条，如文件读不出。 */
export const plainHit = (source: Source, rule: Found['rule'], said: string | null = null, severity?: Severity): Hit => ({
  key: keyOf(source, `${rule}|${said ?? ''}`), rule, severity: severity ?? ruleOf(rule).severity, place: source.place, count: 1, samples: [], said,
})

const keyOf = (source: Source, group: string): string => createHash('sm3').update(`${source.key}|${group}`).digest('hex').slice(0, 16)
const severityOf = ({ rule, word }: Found): Severity => word?.severity ?? ruleOf(rule).severity
const saidOf = ({ word }: Found): string | null => (word === undefined ? null : [`「${word.wrong}」${word.right === '' ? '' : `应为「${word.right}」`}`, word.note].filter((each) => each !== '').join('；'))

function sampleOf(plain: string, { from, to }: Found, masks: readonly Found[], placeIn: (at: number) => string): Sample {
  const start = Math.max(lineStart(plain, from), from - AROUND)
  const end = Math.min(lineEnd(plain, to), to + AROUND, from + 120)
  return { at: placeIn(from), excerpt: `${start > lineStart(plain, from) ? '…' : ''}${masked(plain, start, end, masks)}${end < lineEnd(plain, to) ? '…' : ''}` }
}

const lineStart = (plain: string, at: number): number => plain.lastIndexOf('\n', at - 1) + 1
const lineEnd = (plain: string, at: number): number => {
  const end = plain.indexOf('\n', at)
  return end < 0 ? plain.length : end
}

// 原句照遮盖的写法拼出；被截去一半的号码整个遮去
function masked(plain: string, start: number, end: number, masks: readonly Found[]): string {
  let [text, at] = ['', start]
  for (const mask of masks) {
    if (mask.from >= end) break
    if (mask.to <= at) continue
    text += plain.slice(at, Math.max(at, mask.from))
    text += mask.from < at || mask.to > end ? '****' : (mask.masked ?? '')
    at = mask.to
  }
  const whole = text + plain.slice(Math.min(at, end), end)
  // 没有认出是什么的长号码，也不照写
  return toShown(whole.replaceAll(/\d{11,}[Xx]?/g, (run) => `${run.slice(0, 3)}${'*'.repeat(run.length - 3)}`).replaceAll(/\s+/g, ' ').trim()).toWellFormed()
}

const HAN_MARKS: Readonly<Record<string, string>> = { ',': '，', ':': '：', ';': '；' }
// 查的时候全角化了半角，汉字旁的标点改回来给人看
const toShown = (text: string): string => text.replaceAll(/(?<=\p{Script=Han})[,:;]|[,:;](?=\p{Script=Han})/gu, (mark) => HAN_MARKS[mark] ?? mark)

/** 有分页符的说第几页，否则说第几段；一份文字只数一遍。 */
function placer(plain: string): (at: number) => string {
  const [mark, unit] = plain.includes('\f') ? ['\f', '页'] : ['\n', '段']
  const ends: number[] = []
  for (let at = plain.indexOf(mark); at >= 0; at = plain.indexOf(mark, at + 1)) ends.push(at)
  return (at) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] ?? 0) < at) low = middle + 1
      else high = middle
    }
    return `第 ${low + 1} ${unit}`
  }
}
