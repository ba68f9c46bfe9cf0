import { toSourceLine } from './from-text.ts'
import type { SourceLine } from './source-line.ts'

/** 文字行在页面上的位置；中间有大空隙的是无线的表，不是正文。 */
export interface LineBox {
  left: number
  right: number
  size: number
  solid: boolean
}
export interface PageLine {
  line: SourceLine
  box: LineBox | null
  /** 在页面上下的边上，不是表里的 */
  atEdge?: boolean
}

const RUNNING = 3

/** 页眉、页脚：边上的同一行字（不论页码）在三页以上都有，不是正文；报告的名称只在那里写着的，留头一处。 */
export function withoutRunning(lines: readonly PageLine[]): PageLine[] {
  const plain = ({ line }: PageLine): string => line.text.replace(/[\s\d]/g, '')
  const groups = Map.groupBy(lines.filter(({ line, atEdge }) => atEdge === true && !line.furniture), plain)
  const running = new Set([...groups].flatMap(([text, ones]) => (text === '' || ones.length < RUNNING ? [] : text.includes('年度报告') ? ones.slice(1) : ones)))
  return lines.map((each) => (running.has(each) ? { ...each, line: { ...each.line, furniture: true } } : each))
}

/** PDF 按版面折行：上一行到了右边、这一行从左边起的，接成一段；页码之类夹在中间的不断段。行号重排。 */
export function joinParagraphs(lines: readonly PageLine[]): SourceLine[] {
  const edges = findEdges(lines)
  const joined: PageLine[] = []
  let open: { at: number; last: LineBox } | null = null
  for (const each of lines) {
    if (each.line.furniture) {
      joined.push(each)
      continue
    }
    if (open && each.box && edges && continues(open.last, each.box, edges) && !startsAnew(joined[open.at]!.line.text, each.line.text)) {
      const { line } = joined[open.at]!
      joined[open.at]!.line = toSourceLine(line.text + each.line.text.trimStart(), 1)
      open.last = each.box
      continue
    }
    open = each.box ? { at: joined.length, last: each.box } : null
    joined.push({ ...each })
  }
  return joined.map(({ line }, index) => ({ ...line, number: index + 1 }))
}

const NUMBERED = /^\s*(?:[一二三四五六七八九十]{1,2}[、.．]|[（(][一二三四五六七八九十]{1,2}[）)])/

// 末行恰好写满一行的段落，其下的标题另起
const startsAnew = (before: string, text: string): boolean => /[。！？；：]$/.test(before.slice(-1)) && NUMBERED.test(text)

interface Edges {
  left: number
  right: number
}

// 版心：多数整行的左右边
function findEdges(lines: readonly PageLine[]): Edges | null {
  const boxes = lines.flatMap(({ line, box }) => (box?.solid && !line.furniture && line.text.trim().length >= 15 ? [box] : []))
  if (boxes.length < 3) return null
  const right = boxes.map((box) => box.right).toSorted((a, b) => a - b)[Math.floor(boxes.length * 0.8)]!
  const full = boxes.filter((box) => Math.abs(box.right - right) < box.size * 2)
  return { left: Math.min(...full.map((box) => box.left)), right }
}

const continues = (last: LineBox, box: LineBox, { left, right }: Edges): boolean =>
  last.solid && box.solid && last.right > right - last.size * 2 && Math.abs(box.left - left) < box.size && Math.abs(last.size - box.size) < box.size * 0.15
