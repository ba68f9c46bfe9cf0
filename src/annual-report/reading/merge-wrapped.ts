import { valueKind } from './parse-value.ts'
import type { SourceLine } from './source-line.ts'

const LINE_DRAWN = /[├┼┤╠╬╣┣╋┫]/
const BORDER_DRAWN = /[─━═├┼┤+]/ // `|---|` 是 Markdown 表头的线，不分行

/** 画线的表里，一格的字可折成几行：两条横线之间只有一行有数字的，并作一行，仍记在有数字的那一行。 */
export function mergeWrapped(lines: readonly SourceLine[]): SourceLine[] {
  const merged = [...lines]
  let group: number[] = []
  let ruled = false // 上一条横线之后
  const close = (below: boolean) => {
    const numeric = group.filter((index) => lines[index]!.cells.some((cell) => valueKind(cell.text) === 'number'))
    const width = lines[group[0] ?? 0]?.cells.length
    const isOne = ruled && below && group.length > 1 && numeric.length === 1 && group.every((index) => lines[index]!.cells.length === width)
    if (isOne) for (const index of group) merged[index] = index === numeric[0] ? joined(lines, group, index) : { ...lines[index]!, layout: 'rule', cells: [] }
    group = []
  }
  for (const [index, line] of lines.entries()) {
    if (line.layout === 'split' && !line.text.includes('\t') && !LINE_DRAWN.test(line.text)) group.push(index)
    else {
      const border = LINE_DRAWN.test(line.text) || (line.layout === 'rule' && BORDER_DRAWN.test(line.text))
      close(border)
      ruled = border
    }
  }
  close(false)
  return merged
}

const joined = (lines: readonly SourceLine[], group: readonly number[], at: number): SourceLine => ({
  ...lines[at]!,
  cells: lines[at]!.cells.map((cell, column) => ({ ...cell, text: group.map((index) => lines[index]!.cells[column]!.text.trim()).join('') })),
})
