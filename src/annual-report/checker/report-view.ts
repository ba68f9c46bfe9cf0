import type { ReadLine, ReadReport } from '../reading/read-report.ts'
import { matchHeadings, type Heading } from './headings.ts'

/** 核查所看的样子：标题、各部分的段落；表格与版面杂物不在段落之中。 */
export interface ReportView {
  report: ReadReport
  headings: readonly Heading[]
  paragraphs: readonly Paragraph[]
  /** 原文是否按版面宽度折行（PDF 转出的文本常如此），折行处不是段落的尽头 */
  wrapped: boolean
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

/** 去尽空白；全角数字化为半角；去掉千位分隔。 */
export const dense = (text: string): string =>
  text
    .replace(/[\s\u3000\u00a0\u200b\ufeff]+/g, '')
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/(\d)[,，](?=\d{3}(?!\d))/g, '$1')

/** 由读出的报告得到核查所看的样子。 */
export function viewOf(report: ReadReport): ReportView {
  const texts = report.lines.filter(isText).map((line) => ({ line: line.number, text: dense(line.text) }))
  const lines = texts.filter(({ text }) => text !== '')
  const headings = matchHeadings(lines)
  const wrapped = isWrapped(lines)
  return { report, headings, wrapped, paragraphs: toParagraphs(lines, headings, wrapped) }
}

interface DenseLine {
  line: number
  text: string
}

function isWrapped(lines: readonly DenseLine[]): boolean {
  const long = lines.filter(({ text }) => text.length >= 12)
  const open = long.filter(({ text }) => !ENDED.test(text))
  return long.length >= 8 && open.length > long.length * 0.4
}

function toParagraphs(lines: readonly DenseLine[], headings: readonly Heading[], wrapped: boolean): Paragraph[] {
  const width = Math.max(0, ...lines.map(({ text }) => text.length))
  const headingAt = new Map(headings.map((heading) => [heading.line, heading]))
  const done: Paragraph[] = []
  let section = 0
  let element: string | null = null
  let open: { text: string; starts: { at: number; line: number }[]; lastLine: number } | null = null
  const close = () => {
    if (open) done.push({ ...open, line: open.starts[0]!.line, section, element })
    open = null
  }
  for (const { line, text } of lines) {
    const heading = headingAt.get(line)
    if (heading) {
      close()
      // 误作一级标题的小节仍属原来的部分
      if (heading.target !== null) section = heading.target
      element = heading.target === null ? heading.text : null
      continue
    }
    const numbered = NUMBERED.test(text)
    const continues = wrapped && open !== null && !numbered && !endsHere(open, width)
    if (!continues) close()
    if (numbered) element = elementTitle(text)
    if (numbered && isBareTitle(text)) continue
    open ??= { text: '', starts: [], lastLine: line }
    open.starts.push({ at: open.text.length, line })
    open.text += text
    open.lastLine = line
  }
  close()
  return done
}

// 折行的文本里，句号结尾而又明显短于版面的一行，才是段落的尽头
const endsHere = (open: { text: string; starts: readonly { at: number }[] }, width: number): boolean =>
  /[。！？]$/.test(open.text) && open.text.length - open.starts.at(-1)!.at < width * 0.8

const elementTitle = (text: string): string => text.replace(NUMBERED, '').split(/[。：:]/)[0]!.slice(0, 40)
const isBareTitle = (text: string): boolean => text.length <= 40 && !/[。！？；，,]./.test(text) && !/[。！？；]$/.test(text)

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

