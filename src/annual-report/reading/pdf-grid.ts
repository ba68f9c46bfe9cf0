import { joinParts } from './from-html.ts'
import type { GridCell } from './expand-grid.ts'
import type { Rule, Rules } from './pdf-rules.ts'

/** 一段文字，页面坐标（点），y 为基线。 */
export interface PdfText {
  text: string
  x: number
  y: number
  width: number
  size: number
}

/** 一张划线的表：边框，各行的格，行的上沿。 */
export interface PdfTable {
  left: number
  right: number
  top: number
  bottom: number
  rows: GridCell[][]
  rowTops: number[]
}

const NEAR = 2.5 // 相距不过此数的线是一条
const SAME = 0.5 // 同一直线
const MOST_LINES = 400

/** 划线 → 表，连同落在格内的文字；不成格的线不算。 */
export function findTables(rules: Rules, texts: readonly PdfText[]): PdfTable[] {
  return groupRules(rules).flatMap(({ horizontal, vertical }) => {
    // 续页的表常缺上边或左边的线：线的两端也是边
    const xs = cluster([...vertical.map((rule) => rule.at), ...extremes(horizontal)])
    const ys = cluster([...horizontal.map((rule) => rule.at), ...extremes(vertical)]).toReversed()
    if (xs.length < 3 || ys.length < 2 || xs.length > MOST_LINES || ys.length > MOST_LINES) return []
    return [toTable(xs, ys, horizontal, vertical, texts)]
  })
}

const extremes = (rules: readonly Rule[]): number[] => [
  rules.reduce((least, rule) => Math.min(least, rule.from), Infinity),
  rules.reduce((most, rule) => Math.max(most, rule.to), -Infinity),
]

function cluster(values: readonly number[]): number[] {
  const groups: number[][] = []
  for (const value of values.toSorted((a, b) => a - b)) {
    const last = groups.at(-1)
    if (last && value - last.at(-1)! <= NEAR) last.push(value)
    else groups.push([value])
  }
  return groups.map((group) => group.reduce((a, b) => a + b, 0) / group.length)
}

/** 浏览器画表格线一格一段：同一直线上首尾相接的接成一条。 */
function joinSegments(rules: readonly Rule[]): Rule[] {
  const joined: Rule[] = []
  const levels = new Map<number, Rule[]>()
  let last = -Infinity
  for (const rule of rules.toSorted((a, b) => a.at - b.at)) {
    if (rule.at - last > SAME) levels.set((last = rule.at), [])
    levels.get(last)!.push(rule)
  }
  for (const level of levels.values()) {
    let open: Rule | null = null
    for (const rule of level.toSorted((a, b) => a.from - b.from)) {
      if (open && rule.from - open.to <= NEAR) open.to = Math.max(open.to, rule.to)
      else joined.push((open = { ...rule }))
    }
  }
  return joined
}

// 相接的横线竖线为一组
function groupRules(rules: Rules): Rules[] {
  const [horizontal, vertical] = [joinSegments(rules.horizontal), joinSegments(rules.vertical)]
  const parent = [...horizontal, ...vertical].map((_, index) => index)
  const find = (index: number): number => {
    let at = index
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!
    return at
  }
  const touches = (h: Rule, v: Rule) =>
    v.at >= h.from - NEAR && v.at <= h.to + NEAR && h.at >= v.from - NEAR && h.at <= v.to + NEAR
  for (const [i, h] of horizontal.entries())
    for (const [j, v] of vertical.entries()) if (touches(h, v)) parent[find(i)] = find(horizontal.length + j)
  const groups = new Map<number, Rules>()
  const groupAt = (index: number): Rules => {
    const key = find(index)
    if (!groups.has(key)) groups.set(key, { horizontal: [], vertical: [] })
    return groups.get(key)!
  }
  for (const [i, h] of horizontal.entries()) groupAt(i).horizontal.push(h)
  for (const [j, v] of vertical.entries()) groupAt(horizontal.length + j).vertical.push(v)
  return [...groups.values()].filter((group) => group.horizontal.length > 1 && group.vertical.length > 1)
}

function toTable(xs: number[], ys: number[], horizontal: Rule[], vertical: Rule[], texts: readonly PdfText[]): PdfTable {
  const [columns, lines] = [xs.length - 1, ys.length - 1]
  const isCut = (rules: readonly Rule[], at: number, middle: number) =>
    rules.some((rule) => Math.abs(rule.at - at) <= NEAR && rule.from <= middle && middle <= rule.to)
  const midX = (column: number) => (xs[column]! + xs[column + 1]!) / 2
  const midY = (row: number) => (ys[row]! + ys[row + 1]!) / 2
  const inside = splitTexts(texts.filter((text) => isInside(text, xs, ys)), xs)
  const taken = Array.from({ length: lines }, () => Array.from({ length: columns }, () => false))
  const rows: GridCell[][] = []
  for (let row = 0; row < lines; row++) {
    const cells: GridCell[] = []
    for (let column = 0; column < columns; column++) {
      if (taken[row]![column]) continue
      let [right, low] = [column + 1, row + 1]
      while (right < columns && !taken[row]![right] && !isCut(vertical, xs[right]!, midY(row))) right++
      while (low < lines && !isCut(horizontal, ys[low]!, midX(column))) low++
      for (let r = row; r < low; r++) for (let c = column; c < right; c++) taken[r]![c] = true
      const box = { left: xs[column]!, right: xs[right]!, top: ys[row]!, bottom: ys[low]! }
      cells.push({ text: textIn(box, inside), colspan: right - column, rowspan: low - row })
    }
    rows.push(cells)
  }
  return { left: xs[0]!, right: xs[columns]!, top: ys[0]!, bottom: ys[lines]!, rows, rowTops: ys.slice(0, -1) }
}

const middle = (text: PdfText): readonly [number, number] => [text.x + text.width / 2, text.y + text.size * 0.35]

const isInside = (text: PdfText, xs: readonly number[], ys: readonly number[]): boolean => {
  const [x, y] = middle(text)
  return x >= xs[0]! && x <= xs.at(-1)! && y <= ys[0]! && y >= ys.at(-1)!
}

export const isWithin = (text: PdfText, table: PdfTable): boolean => isInside(text, [table.left, table.right], [table.top, table.bottom])

// 一段文字跨过竖线的，在空白处断开，各归其格
function splitTexts(texts: readonly PdfText[], xs: readonly number[]): PdfText[] {
  return texts.flatMap((text) => {
    const crosses = xs.some((x) => x > text.x + 2 && x < text.x + text.width - 2)
    if (!crosses || !/\S\s+\S/.test(text.text)) return [text]
    const unit = text.width / text.text.length
    return [...text.text.matchAll(/\S+/g)].map((part) => ({ ...text, text: part[0], x: text.x + part.index * unit, width: part[0].length * unit }))
  })
}

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

function textIn(box: Box, texts: readonly PdfText[]): string {
  const own = texts.filter((text) => {
    const [x, y] = middle(text)
    return x >= box.left && x < box.right && y <= box.top && y > box.bottom
  })
  return joinParts(toRows(own).map((row) => joinRow(row)))
}

/** 文字按基线归成行，自上而下，行内自左而右。 */
export function toRows(texts: readonly PdfText[]): PdfText[][] {
  const rows: PdfText[][] = []
  for (const text of texts.toSorted((a, b) => b.y - a.y || a.x - b.x)) {
    const last = rows.at(-1)
    if (last && Math.abs(last[0]!.y - text.y) <= Math.max(2, Math.min(text.size, last[0]!.size) * 0.4)) last.push(text)
    else rows.push([text])
  }
  return rows.map((row) => row.toSorted((a, b) => a.x - b.x))
}

function joinRow(row: readonly PdfText[]): string {
  let text = ''
  let end = -Infinity
  for (const part of row) {
    text += text !== '' && part.x - end > part.size * 0.3 ? ` ${part.text}` : part.text
    end = part.x + part.width
  }
  return text.replace(/\s+/g, ' ').trim()
}
