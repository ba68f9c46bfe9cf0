import { HEADINGS, type TableName } from '../../statute/report-form.ts'
import { fold, visible } from './fold.ts'
import type { ReadLine } from './read-report.ts'
import type { SourceLine } from './source-line.ts'

/** 表在原文中的起止行号，含两端。 */
export type TableSpan = { name: TableName; from: number; to: number }

const PAGE_NUMBER = /^(?:[-—–―─·•~～]+\s*\d{1,4}\s*[-—–―─·•~～]+|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*\/\s*\d{1,4}|Page\s*\d+.*)$/i
const WEB = /^(?:打印|关闭|【?(?:打印|关闭|字号|返回)|上一篇|下一篇|分享|扫一扫|浏览次数|访问量|版权所有|主办单位|承办单位|网站标识码|.{0,12}ICP备|.{0,12}公网安备|当前位置|您(?:的|现在的)位置|首页\s*>|字体[:：]|索引号|发文字号|信息来源[:：]|来源[:：]|发布(?:时间|日期|机构)[:：]|责任编辑)/
const LEVEL_ONE = /^[一二三四五六七八九十]{1,3}[.,]/
const LEVEL_TWO = /^\([一二三四五六七八九十]{1,3}\)/
const BARE = new Set(HEADINGS.map((heading) => fold(heading).replace(LEVEL_ONE, '')))
const HEADING_LENGTH = 36
const SHORT_LENGTH = 26

export const isPageNumber = (text: string): boolean => PAGE_NUMBER.test(visible(text).normalize('NFKC'))

/** 一级标题：「一、」起头的短行，或自动编号而不见序号的六个标题。 */
export function isLevelOne(text: string): boolean {
  const plain = fold(text)
  return plain.length <= HEADING_LENGTH && !/[。;:]/.test(plain) && (LEVEL_ONE.test(plain) || BARE.has(plain))
}

function isHeading(text: string): boolean {
  if (isLevelOne(text)) return true
  const plain = fold(text).replace(/。$/, '')
  // 短而有逗号的仍是标题；版面断行的正文一行不止这些字
  const most = plain.includes(',') ? SHORT_LENGTH : HEADING_LENGTH
  return plain.length <= most && LEVEL_TWO.test(plain) && !/[。;:]/.test(plain)
}

/** 各行属哪部分。 */
export function classifyLines(lines: readonly SourceLine[], tables: readonly TableSpan[]): ReadLine[] {
  return lines.map((line) => {
    const base = { number: line.number, text: line.text }
    const text = visible(line.text)
    if (text === '') return { ...base, kind: 'blank' }
    if (line.furniture || isPageNumber(text) || WEB.test(text)) return { ...base, kind: 'furniture' }
    const table = tables.find((each) => each.from <= line.number && line.number <= each.to)
    if (table) return { ...base, kind: 'table', table: table.name }
    return { ...base, kind: isHeading(text) ? 'heading' : 'prose' }
  })
}
