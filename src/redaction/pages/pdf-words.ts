import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { LIMITS } from '../limits.ts'
import { Unredactable } from '../unredactable.ts'
import { viewportOf } from './pdf-page.ts'
import type { Box } from './paint-marks.ts'
import type { Word } from '../mark.ts'

/** 页上一个词：所占的像素；起笔处、书写方向（单位向量）、长与字高，均为像素，y 向下。 */
export interface PlacedWord {
  text: string
  box: Box
  x: number
  y: number
  dx: number
  dy: number
  length: number
  size: number
  /** 字位准确：同段皆汉字，一字一格 */
  isExact: boolean
  /** 同一段文字里接连的词号相同 */
  run: number
}

/** 一页文字层里的词，依文字层的次序；看得见看不见都在内。 */
export async function pdfWords(page: PDFPageProxy): Promise<PlacedWord[]> {
  const { viewport } = viewportOf(page)
  const { items, styles } = await page.getTextContent({ includeMarkedContent: false })
  const words: PlacedWord[] = []
  for (const [run, item] of items.entries()) {
    if (!('str' in item) || item.str.trim() === '') continue
    const style = styles[item.fontName]
    for (const word of splitRun(item.str, placeRun(item, viewport.transform, style))) words.push({ ...word, run })
    if (words.length > LIMITS.pageWords) throw new Unredactable('too-large', `一页的文字超过 ${LIMITS.pageWords} 个词，请拆成几份`)
  }
  return words
}

/** 一段文字的起笔、方向、长度，与字身在基线上下（横排）或两侧（竖排）的范围，像素。 */
interface Run {
  x: number
  y: number
  dx: number
  dy: number
  /** 字身所向：横排为向上，竖排为向右 */
  ux: number
  uy: number
  length: number
  size: number
  above: number
  below: number
}

type Item = { transform: number[]; width: number; height: number; str: string }
type Style = { ascent?: number; descent?: number; vertical?: boolean } | undefined

function placeRun(item: Item, view: readonly number[], style: Style): Run {
  const [a, b, c, d, x, y] = multiply(view, item.transform)
  const scale = Math.hypot(view[0] ?? 1, view[1] ?? 0)
  const [along, across] = [Math.hypot(a, b) || 1, Math.hypot(c, d) || 1]
  const up = { ux: c / across, uy: d / across }
  if (style?.vertical)
    return { x, y, dx: -up.ux, dy: -up.uy, ux: a / along, uy: b / along, length: Math.abs(item.height) * scale, size: along, above: along / 2, below: along / 2 }
  const ascent = usable(style?.ascent, 0.9)
  const descent = usable(style?.descent === undefined ? undefined : -style.descent, 0.25)
  return { x, y, dx: a / along, dy: b / along, ...up, length: Math.abs(item.width) * scale, size: across, above: ascent * across, below: descent * across }
}

// 有的字体写的高低不实，过小的用常值，免得盖不住
const usable = (value: number | undefined, least: number): number => (value !== undefined && value > least && value < 2 ? value : least)

const multiply = (m: readonly number[], n: readonly number[]): [number, number, number, number, number, number] => {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m
  const [p = 1, q = 0, r = 0, s = 1, t = 0, u = 0] = n
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f]
}

const CJK = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u30ff]|[\ud840-\ud8ff][\udc00-\udfff]/u
const TOKEN = new RegExp(`${CJK.source}|\\s+|(?:(?!${CJK.source})\\S)+`, 'gu')

// 没有每字的位置，按字宽估算：汉字一字宽，余下的由其余各字均分；同段皆汉字的即准确
function splitRun(text: string, run: Run): Omit<PlacedWord, 'run'>[] {
  const tokens = text.match(TOKEN) ?? []
  const wide = Array.from(text).filter((each) => CJK.test(each)).length
  const narrow = Array.from(text).length - wide
  const half = narrow > 0 ? Math.min(1.2, Math.max(0.2, (run.length / run.size - wide) / narrow)) : 1
  const weight = (token: string): number => Array.from(token).reduce((sum, each) => sum + (CJK.test(each) ? 1 : half), 0)
  const total = weight(text)
  const isExact = tokens.every((token) => CJK.test(token)) || tokens.length === 1
  let at = 0
  return tokens.flatMap((token) => {
    const [from, length] = [(at / total) * run.length, (weight(token) / total) * run.length]
    at += weight(token)
    if (token.trim() === '') return []
    const [x, y] = [run.x + run.dx * from, run.y + run.dy * from]
    return [{ text: token, box: bounds(run, x, y, length), x, y, dx: run.dx, dy: run.dy, length, size: run.size, isExact }]
  })
}

function bounds(run: Run, x: number, y: number, length: number): Box {
  const corners = [0, length].flatMap((along) =>
    [run.above, -run.below].map((up) => [x + run.dx * along + run.ux * up, y + run.dy * along + run.uy * up] as const),
  )
  const [xs, ys] = [corners.map(([each]) => each), corners.map(([, each]) => each)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return { x: left, y: top, w: Math.max(...xs) - left, h: Math.max(...ys) - top }
}

/** 词 → 供勾画的样子，0…1；整个在页面之外的不列。 */
export const toViewWords = (words: readonly PlacedWord[], width: number, height: number): Word[] =>
  words.flatMap(({ text, box }) => {
    const [left, top] = [Math.max(0, box.x / width), Math.max(0, box.y / height)]
    const [right, bottom] = [Math.min(1, (box.x + box.w) / width), Math.min(1, (box.y + box.h) / height)]
    return right > left && bottom > top ? [{ text, x: left, y: top, w: right - left, h: bottom - top }] : []
  })
