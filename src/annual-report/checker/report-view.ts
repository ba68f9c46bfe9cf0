import type { ReadLine, ReadReport } from '../reading/read-report.ts'
import { matchHeadings, type Heading } from './headings.ts'

/** 核查所看的样子：标题、各部分的段落；表格与版面杂物不在段落之中。 */
export interface ReportView {
  report: ReadReport
  headings: readonly Heading[]
  paragraphs: readonly Paragraph[]
  /** 标题与正文的各行（没有文字的略去） */
  texts: readonly TextLine[]
  /** 各行去尽空白的文字，逐行相接；用来先问一句有没有 */
  whole: string
  /** 原文是否按版面宽度折行（PDF 转出的文本常如此），折行处不是段落的尽头 */
  wrapped: boolean
}

export interface TextLine {
  line: number
  raw: string
  /** 去尽空白、全角数字化为半角 */
  text: string
}

export interface Paragraph {
  /** 去尽空白、全角数字化为半角的文字，用来抽取 */
  text: string
  /** 首行的行号 */
  line: number
  /** 末行的行号 */
  lastLine: number
  /** 所在部分，1 至 6；标题之前为 0 */
  section: number
  /** 所在小节的标题，如「政府信息依申请公开情况」；没有小节则为 null */
  element: string | null
  /** 各行在 text 中的起点，用来由位置找行号 */
  starts: readonly { at: number; line: number }[]
}

const ENDED = /[。！？；：:;!?”」）)]$/
const NUMBERED = /^[（(][一二三四五六七八九十]+[）)]/

export const isText = (line: ReadLine): boolean => line.kind === 'heading' || line.kind === 'prose'

const UNDENSE = /[\s\u200b\ufeff０-９]|\d[,，]\d{3}/

/** 去尽空白；全角数字化为半角；去掉千位分隔。三样都没有的一问即回。 */
export function dense(text: string): string {
  if (!UNDENSE.test(text)) return text
  const close = text.replace(/[\s\u200b\ufeff]+/g, '').replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  return /\d[,，]\d{3}/.test(close) ? close.replace(/(\d)[,，](?=\d{3}(?!\d))/g, '$1') : close
}

/** 由读出的报告得到核查所看的样子。 */
export function viewOf(report: ReadReport): ReportView {
  const texts: TextLine[] = []
  for (const line of report.lines) {
    if (!isText(line)) continue
    const text = dense(line.text)
    if (text !== '') texts.push({ line: line.number, raw: line.text, text })
  }
  const headings = matchHeadings(texts)
  const wrapped = isWrapped(texts, new Set(headings.map((heading) => heading.line)))
  const whole = texts.map(({ text }) => text).join('\n')
  return { report, headings, texts, whole, wrapped, paragraphs: toParagraphs(texts, headings, wrapped) }
}

function isWrapped(lines: readonly TextLine[], headings: ReadonlySet<number>): boolean {
  const long = lines.filter(({ line, text }) => text.length >= 12 && !headings.has(line) && !isBareTitle(text))
  const open = long.filter(({ text }) => !ENDED.test(text))
  return long.length >= 8 && open.length > long.length * 0.4
}

function toParagraphs(lines: readonly TextLine[], headings: readonly Heading[], wrapped: boolean): Paragraph[] {
  const width = lines.reduce((max, { text }) => Math.max(max, text.length), 0)
  const headingAt = new Map(headings.map((heading) => [heading.line, heading]))
  const done: Paragraph[] = []
  let section = 0
  let element: string | null = null
  let open: { text: string; starts: { at: number; line: number }[]; lastLine: number; lastText: string } | null = null
  const close = () => {
    if (open) done.push({ text: open.text, starts: open.starts, lastLine: open.lastLine, line: open.starts[0]!.line, section, element })
    open = null
  }
  for (const { line, text } of lines) {
    const heading = headingAt.get(line)
    if (heading) {
      close()
      // 误作一级标题的小节仍属原来的部分
      if (heading.target !== null) section = heading.target
      element = heading.target === null ? heading.text : null
      if (heading.rest !== '') open = { text: heading.rest, starts: [{ at: 0, line }], lastLine: line, lastText: heading.rest }
      continue
    }
    const numbered = NUMBERED.test(text)
    const continues = wrapped && open !== null && !numbered && !endsHere(open, width)
    if (!continues) close()
    if (numbered) element = elementTitle(text)
    // 折行的文本里，占满一行的不是标题
    if (isBareTitle(text) && !(wrapped && text.length >= width * 0.8)) continue
    open ??= { text: '', starts: [], lastLine: line, lastText: '' }
    open.starts.push({ at: open.text.length, line })
    open.text += text
    open.lastLine = line
    open.lastText = text
  }
  close()
  return done
}

// 折行的文本里，句号结尾而又明显短于版面的一行，才是段落的尽头。
// 只看末一行：每行都从头看整段，万行的文本就要看上亿字
const endsHere = ({ lastText }: { lastText: string }, width: number): boolean =>
  lastText.length < width * 0.8 && /[。！？]$/.test(lastText)

const elementTitle = (text: string): string => text.replace(NUMBERED, '').split(/[。：:]/)[0]!.slice(0, 40)
// 独占一行的标题：小节标题（可有逗号），或报告题名
const isBareTitle = (text: string): boolean =>
  text.length <= 40 && ((NUMBERED.test(text) && !/[。！？；]/.test(text)) || /年度报告$/.test(text))

/** 段落中某一位置所在的行号。 */
export function lineAt(paragraph: Paragraph, at: number): number {
  let line = paragraph.line
  for (const start of paragraph.starts) {
    if (start.at > at) break
    line = start.line
  }
  return line
}

/** 某一部分（1 至 6）的段落。 */
export const inSection = (view: ReportView, ...sections: number[]): Paragraph[] =>
  view.paragraphs.filter((paragraph) => sections.includes(paragraph.section))

/** 一级标题在原文中的行号；没有该标题则为 null。 */
export const headingLine = (view: ReportView, section: number): number | null =>
  view.headings.find((heading) => heading.target === section)?.line ?? null

