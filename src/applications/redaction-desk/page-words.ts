import type { Word } from '../../redaction/index.ts'
import type { Part, Place } from './marks.ts'

/** 同一行的文字，记其在页上的次序。 */
export type Line = readonly number[]

/** 把一页的文字按次序断成行：高低错开、或者回到左边的另起一行。 */
export function toLines(words: readonly Word[]): Line[] {
  const lines: number[][] = []
  words.forEach((word, i) => {
    const line = lines.at(-1)
    const last = line === undefined ? undefined : words[line.at(-1) ?? 0]
    if (line !== undefined && last !== undefined && isSameLine(last, word)) line.push(i)
    else lines.push([i])
  })
  return lines
}

function isSameLine(last: Word, next: Word): boolean {
  const overlap = Math.min(last.y + last.h, next.y + next.h) - Math.max(last.y, next.y)
  return overlap > Math.min(last.h, next.h) / 2 && next.x >= last.x
}

/** 行的文字；西文的词之间照其间隔补空格。 */
export function lineText(words: readonly Word[], line: Line): string {
  let text = ''
  line.forEach((index, i) => {
    const [word, last] = [words[index], words[line[i - 1] ?? -1]]
    if (word === undefined) return
    text += last !== undefined && isApart(last, word) && isWestern(last, word) ? ` ${word.text}` : word.text
  })
  return text
}

/** 两个字之间有没有空；本身是空格的也算。 */
export const isApart = (last: Word | undefined, next: Word | undefined): boolean =>
  next !== undefined && (next.text.trim() === '' || (last !== undefined && next.x - (last.x + last.w) > next.h * 0.15))

// 汉字、全角标点之间不补，排得再开也是一句
const isWestern = (last: Word, next: Word): boolean => /[!-~]$/.test(last.text) && /^[!-~]/.test(next.text)

type Page = Pick<Extract<Part, { shape: 'page' }>, 'words' | 'width' | 'height'>

/** 选中的文字 → 页上的块：同一行里相连的并为一块，左右略宽，字位是估算的也盖得住。 */
export function toAreas(part: number, page: Page, chosen: Iterable<number>): Place[] {
  const picked = new Set(chosen)
  return toLines(page.words).flatMap((line) => runsOf(line, picked).map((run) => boxOf(part, page, run)))
}

function runsOf(line: Line, picked: ReadonlySet<number>): number[][] {
  const runs: number[][] = []
  let open = false
  for (const index of line) {
    if (picked.has(index)) (open ? runs.at(-1) : runs[runs.push([]) - 1])?.push(index)
    open = picked.has(index)
  }
  return runs
}

const MARGIN = 0.12 // 左右各宽字高的几成

function boxOf(part: number, { words, width, height }: Page, run: readonly number[]): Place {
  const boxes = run.flatMap((index) => words[index] ?? [])
  const margin = (Math.max(...boxes.map((box) => box.h)) * MARGIN * height) / width
  const left = Math.max(0, Math.min(...boxes.map((box) => box.x)) - margin)
  const top = Math.max(0, Math.min(...boxes.map((box) => box.y)))
  const right = Math.min(1, Math.max(...boxes.map((box) => box.x + box.w)) + margin)
  const bottom = Math.min(1, Math.max(...boxes.map((box) => box.y + box.h)))
  return { kind: 'area', part, x: left, y: top, w: right - left, h: bottom - top, text: lineText(words, run) }
}

/** 一块所盖住的文字，给人看盖的是什么。 */
export const textUnder = (words: readonly Word[], { x, y, w, h }: { x: number; y: number; w: number; h: number }): string =>
  lineText(
    words,
    words.flatMap((word, i) => (word.x < x + w && word.x + word.w > x && word.y < y + h && word.y + word.h > y ? [i] : [])),
  )
