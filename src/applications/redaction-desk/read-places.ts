import type { ParsedForm } from '../../platform/http/index.ts'
import { textPlace } from './marks.ts'
import type { Part, Place } from './marks.ts'
import { textUnder, toAreas, toLines } from './page-words.ts'

type Read = { ok: true; places: Place[] } | { ok: false; errors: Readonly<Record<string, string>> }

const all = (form: ParsedForm, name: string): readonly string[] => form.fields[name] ?? []
const indexes = (values: readonly string[], count: number): number[] => values.filter((value) => /^\d{1,7}$/.test(value)).map(Number).filter((n) => n < count)

/** 表单里所选的各处：勾选的行、字、段，画的框，填的位置与文字；与这一处不合的不算。 */
export function readPlaces(form: ParsedForm, part: number, content: Part): Read {
  return content.shape === 'page' ? readPage(form, part, content) : readBlocks(form, part, content)
}

function readPage(form: ParsedForm, part: number, page: Extract<Part, { shape: 'page' }>): Read {
  const { words } = page
  const lines = toLines(words)
  const chosen = new Set([...indexes(all(form, 'w'), words.length), ...indexes(all(form, 'line'), lines.length).flatMap((i) => lines[i] ?? [])])
  const drawn = all(form, 'area').flatMap((text) => boxOf(text.split(',').map(Number)) ?? [])
  const typed = readTyped(form)
  if (typed === 'wrong') return { ok: false, errors: { '': '位置填得不对：四栏都填 0 至 100 之间的数，宽、高大于 0，不超出这一页' } }
  const boxes = [...drawn, ...(typed === null ? [] : [typed])]
  return { ok: true, places: [...toAreas(part, page, chosen), ...boxes.map((box) => ({ kind: 'area' as const, part, ...box, text: textUnder(words, box) }))] }
}

interface Box {
  x: number
  y: number
  w: number
  h: number
}

const LEAST = 0.001

// 画出边的收在页内；太小的、不是数的不算
function boxOf([x = NaN, y = NaN, w = NaN, h = NaN, ...more]: readonly number[]): Box | null {
  if (![x, y, w, h].every(Number.isFinite) || more.length > 0) return null
  const [left, top] = [Math.max(0, x), Math.max(0, y)]
  const [right, bottom] = [Math.min(1, x + w), Math.min(1, y + h)]
  return right - left < LEAST || bottom - top < LEAST ? null : { x: left, y: top, w: right - left, h: bottom - top }
}

function readTyped(form: ParsedForm): Box | 'wrong' | null {
  const given = ['left', 'top', 'width', 'height'].map((name) => form.text(name))
  if (given.every((text) => text === '')) return null
  if (!given.every((text) => /^\d{1,3}(\.\d{1,2})?$/.test(text))) return 'wrong'
  const [x = 0, y = 0, w = 0, h = 0] = given.map((text) => Number(text) / 100)
  return x + w > 1.0001 || y + h > 1.0001 ? 'wrong' : (boxOf([x, y, w, h]) ?? 'wrong')
}

function readBlocks(form: ParsedForm, part: number, { blocks }: Extract<Part, { shape: 'blocks' }>): Read {
  const errors: Record<string, string> = {}
  const whole = new Set(all(form, 'block'))
  const spans = Map.groupBy(
    all(form, 'span').flatMap((text) => (/^\d{1,7}:\d{1,7}:\d{1,7}$/.test(text) ? [text.split(':').map(Number)] : [])),
    ([block]) => block,
  )
  const places = blocks.flatMap(({ id, text, place }) => {
    const put = (from: number, to: number): Place[] => [textPlace(part, id, text, from, to)].filter((place) => place !== null)
    const only = form.text(`only-${id}`)
    const found = only === '' ? [] : occurrences(text, only)
    if (only !== '' && found.length === 0) errors[''] = `${place}里没有「${only.slice(0, 30)}」，请照原文填写`
    return [...(whole.has(String(id)) ? put(0, text.length) : []), ...(spans.get(id) ?? []).flatMap(([, from = 0, to = 0]) => put(from, to)), ...found.flatMap((from) => put(from, from + only.length))]
  })
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, places }
}

function occurrences(text: string, wanted: string): number[] {
  const found: number[] = []
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) found.push(at)
  return found
}
