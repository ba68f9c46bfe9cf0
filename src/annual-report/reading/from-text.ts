import { displayWidth } from './fold.ts'
import { LIMITS } from './limits.ts'
import { mergeWrapped } from './merge-wrapped.ts'
import { UnreadableReport } from './unreadable.ts'
import type { SourceCell, SourceLine } from './source-line.ts'

const BARS = /[|｜│┃║┆┊]/
const LONE_MARK = new RegExp(`^\\s*[-—–]{1,2}\\s*${BARS.source}\\s*$`) // 一格一行，格里填的是「-」
const END_BAR = new RegExp(`${BARS.source}(?=\\s*$)`)
const BORDER = /^[\s|｜│┃║+:\-—–=_.─━═┄┅┈┉┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛╭╮╰╯]+$/

/** 文本 → 行；行号即原文的行号。 */
export function fromText(text: string): SourceLine[] {
  const rows = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r|\f/)
  if (rows.length > LIMITS.lines) throw new UnreadableReport('too-large', `文本超过 ${LIMITS.lines} 行，不像一份年度报告`)
  return mergeWrapped(rows.map((row, index) => toSourceLine(row, index + 1)))
}

/** 一行文本的分格：制表符、竖线，否则按空白。 */
export function toSourceLine(text: string, number: number): SourceLine {
  if (text.length > LIMITS.lineLength) throw new UnreadableReport('too-large', `第 ${number} 行过长，不像一份年度报告`)
  if (text.includes('\t') && text.trim() !== '') return { number, text, layout: 'split', cells: splitCells(text.split('\t')) }
  const bars = text.match(new RegExp(BARS, 'g'))?.length ?? 0
  if ((bars > 0 && BORDER.test(text) && !LONE_MARK.test(text)) || isDrawnBorder(text)) return { number, text, layout: 'rule', cells: [] }
  if (bars >= 2) return { number, text, layout: 'split', cells: splitCells(splitBars(text)) }
  return { number, text, layout: 'plain', cells: chunks(bars === 1 ? withoutEndBar(text) : text) }
}

// 一格一行而行尾留着竖线的，竖线不是字；换成空格，位置不动
const withoutEndBar = (text: string): string => text.replace(END_BAR, ' ')

const isDrawnBorder = (text: string): boolean => /[─━═┌├└╔╠╚┏┣┗+]/.test(text) && /[─━═┼╬╋+]{2,}|[+][-=]/.test(text) && BORDER.test(text)

const splitCells = (texts: readonly string[]): SourceCell[] => texts.map((text, column) => ({ text, column, span: 1 }))

// 两端的竖线是边框；「├」「┼」起的短横线是不满行的表格线
function splitBars(text: string): string[] {
  const inner = text.trim().replace(/[├┼┤╠╬╣┣╋┫]/g, '│').replace(/[─━═]{2,}/g, '')
  const parts = inner.split(BARS)
  if (parts[0]!.trim() === '') parts.shift()
  if (parts.length > 0 && parts.at(-1)!.trim() === '') parts.pop()
  return parts
}

function chunks(text: string): SourceCell[] {
  const cells: SourceCell[] = []
  // 宽度逐段累加：每段都从行首量起，一行万段就要量上亿字
  let [column, reached] = [0, 0]
  for (const match of text.matchAll(/\S+/g)) {
    column += displayWidth(text.slice(reached, match.index))
    reached = match.index
    cells.push({ text: match[0], column, span: 1 })
  }
  return cells
}
