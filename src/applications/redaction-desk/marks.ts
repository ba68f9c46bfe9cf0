import type { Block, Mark, Word } from '../../redaction/index.ts'
import { GROUNDS, groundName } from './grounds.ts'
import type { GroundKey } from './grounds.ts'

/** 一处在哪里：某页上的一块（0…1），或某段的 from 至 to 之前；`text` 为其中的文字，过长的只留开头。 */
export type Place = { kind: 'area'; part: number; x: number; y: number; w: number; h: number; text: string } | { kind: 'text'; part: number; block: number; from: number; to: number; text: string }

/** 一处遮盖：何处、何据、何故；一次加上的几处，`batch` 相同。 */
export type DeskMark = Place & { id: number; batch: number; ground: GroundKey; reason: string }

/** 一页，或者一百段；`part` 自 1 起。 */
export type Part = { shape: 'page'; width: number; height: number; words: readonly Word[] } | { shape: 'blocks'; blocks: readonly Block[] }

export const MOST_MARKS = 2000
export const MOST_REASON = 200
const EXCERPT = 60

export type MarkRefusal = 'nothing-chosen' | 'too-many-marks' | 'ground-missing' | 'reason-missing'

/** 加上几处；与已有的完全相同的不重复加。 */
export function addMarks(marks: readonly DeskMark[], places: readonly Place[], { ground, reason }: { ground: GroundKey; reason: string }): { ok: true; marks: readonly DeskMark[]; added: number } | { ok: false; refusal: MarkRefusal } {
  if (reason.trim() === '') return { ok: false, refusal: 'reason-missing' }
  if (places.length === 0) return { ok: false, refusal: 'nothing-chosen' }
  const known = new Set(marks.map(placeKey))
  const fresh = [...new Map(places.map((place) => [placeKey(place), place])).entries()].filter(([key]) => !known.has(key)).map(([, place]) => place)
  if (marks.length + fresh.length > MOST_MARKS) return { ok: false, refusal: 'too-many-marks' }
  const next = marks.reduce((most, mark) => Math.max(most, mark.id), 0) + 1
  const batch = lastBatch(marks) + 1
  const added = fresh.map((place, i) => ({ ...place, text: excerpt(place.text), id: next + i, batch, ground, reason: reason.trim().slice(0, MOST_REASON) }))
  return { ok: true, marks: [...marks, ...added], added: added.length }
}

/** 最近一次加的是第几次；还没有的为 0。 */
export const lastBatch = (marks: readonly DeskMark[]): number => marks.reduce((most, mark) => Math.max(most, mark.batch), 0)

const excerpt = (text: string): string => {
  const letters = [...text]
  return letters.length <= EXCERPT ? text : `${letters.slice(0, EXCERPT).join('')}…`
}

/** 一段里的 from 至 to，收在整字上：不把一个字（如𠮷）劈成两半。空的为 null。 */
export function textPlace(part: number, block: number, text: string, from: number, to: number): Place | null {
  const start = isLowHalf(text, from) ? from - 1 : from
  const end = isLowHalf(text, to) ? to + 1 : to
  return start < end && end <= text.length ? { kind: 'text', part, block, from: start, to: end, text: text.slice(start, end) } : null
}

const isLowHalf = (text: string, at: number): boolean => /^[\uDC00-\uDFFF]$/.test(text.charAt(at)) && /^[\uD800-\uDBFF]$/.test(text.charAt(at - 1))

const placeKey = (place: Place): string =>
  place.kind === 'area' ? [place.part, place.x, place.y, place.w, place.h].map((n) => n.toFixed(5)).join() : [place.part, place.block, place.from, place.to].join()

/** 交给引擎的写法；依据印在遮盖之处。 */
export const toEngineMarks = (marks: readonly DeskMark[]): Mark[] =>
  marks.map((mark) => {
    const ground = GROUNDS[mark.ground].short
    return mark.kind === 'area'
      ? { kind: 'area', page: mark.part - 1, x: mark.x, y: mark.y, w: mark.w, h: mark.h, ground }
      : { kind: 'text', block: mark.block, from: mark.from, to: mark.to, ground }
  })

/**
 * 遮盖理由逐项（条例第三十七条）：同一处所、同一依据、同一理由的并为一项，写法照部分公开答复书。
 * @param title 附件的名称
 * @param partName 一处怎样称呼，如「第2页」；不分页的为空
 */
export function reasonLines(title: string, marks: readonly DeskMark[], partName: (part: number) => string): string[] {
  const groups = Map.groupBy(marks, (mark) => JSON.stringify([mark.ground, mark.reason]))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const parts = [...new Set(group.map((mark) => mark.part))].toSorted((a, b) => a - b).map(partName).filter((name) => name !== '')
    const where = parts.length === 0 ? '' : parts.length > 5 ? `${parts.slice(0, 5).join('、')}等页` : parts.join('、')
    return [`${title}${where}（${group.length}处）：属于${groundName(first.ground)}，依据${GROUNDS[first.ground].article}，${first.reason}`]
  })
}
