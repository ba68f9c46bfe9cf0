import { expandGrid } from './expand-grid.ts'
import { displayWidth } from './fold.ts'
import { toSourceLine } from './from-text.ts'
import { findTables, isWithin, toRows, type PdfText } from './pdf-grid.ts'
import type { Rules } from './pdf-rules.ts'
import type { LineBox, PageLine } from './pdf-paragraphs.ts'

const MARGIN = 0.1 // 页面上下一成以内的单独数字是页码，页页相同的是页眉、页脚

interface Placed extends PageLine {
  y: number
}

/** 一页的文字与划线 → 行：表格行与文字行自上而下，行号未定。 */
export function toPageLines(texts: readonly PdfText[], rules: Rules, page: { bottom: number; top: number }): PageLine[] {
  const tables = findTables(rules, texts)
  const free = texts.filter((text) => !tables.some((table) => isWithin(text, table)))
  const placed: Placed[] = tables.flatMap((table) =>
    expandGrid(table.rows, 1).map((line, index) => ({ y: table.rowTops[index]!, line, box: null })),
  )
  const unit = medianSize(free) / 2
  const left = Math.min(...free.map((text) => text.x))
  for (const row of toRows(free)) {
    const y = row[0]!.y + row[0]!.size
    const line = toSourceLine(layOut(row, left, unit), 1)
    const atEdge = isAtEdge(row, page)
    placed.push({ y, line: atEdge && isPageNumber(row) ? { ...line, furniture: true } : line, box: toBox(row), atEdge })
  }
  return placed.toSorted((a, b) => b.y - a.y)
}

function toBox(row: readonly PdfText[]): LineBox {
  const first = row[0]!
  const last = row.at(-1)!
  const solid = row.every((part, index) => index === 0 || part.x - row[index - 1]!.x - row[index - 1]!.width < part.size)
  return { left: first.x, right: last.x + last.width, size: first.size, solid }
}

const medianSize = (texts: readonly PdfText[]): number => {
  const sizes = texts.map((text) => text.size).toSorted((a, b) => a - b)
  return sizes[Math.floor(sizes.length / 2)] || 10
}

// 按位置补空白，使上下各行的列对齐；相邻无间隙的文字直接相接
function layOut(row: readonly PdfText[], left: number, unit: number): string {
  let text = ''
  let end = -Infinity
  for (const part of row) {
    const column = Math.min(400, Math.round((part.x - left) / unit))
    if (text === '') text = ' '.repeat(Math.max(0, column))
    else if (part.x - end > part.size * 0.3) text += ' '.repeat(Math.max(1, column - displayWidth(text)))
    text += part.text
    end = part.x + part.width
  }
  return text.trimEnd()
}

function isAtEdge(row: readonly PdfText[], page: { bottom: number; top: number }): boolean {
  const margin = (page.top - page.bottom) * MARGIN
  return row[0]!.y < page.bottom + margin || row[0]!.y > page.top - margin
}

function isPageNumber(row: readonly PdfText[]): boolean {
  const text = row.map((part) => part.text).join('').replace(/\s/g, '')
  return /^[-—–─·.第页\d]{1,8}$/.test(text) && /\d/.test(text)
}
