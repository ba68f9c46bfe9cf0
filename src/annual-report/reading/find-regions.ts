import { HEADINGS, type TableName } from '../../statute/report-form.ts'
import { fold } from './fold.ts'
import type { SourceLine } from './source-line.ts'

/** 一张表所在的一段，含其前的标题与说明文字；行以下标计，止于 end 之前。 */
export interface Region {
  start: number
  end: number
  /** 表头的下标，找不到表头为 null */
  head: number | null
}

const T2_HEAD = /第二十条第\(一\)项/
const T3_HEAD = /勾稽关系|钩稽关系|申请人情况/
const T3_FIRST = /本年新收政府信息公开申请数量/
const LEVEL_ONE = /^[一二三四五六七八九十]{1,3}[.,]/
// 自动编号的文件里，标题的序号不在文字中
const BARE_TITLES = new Set(HEADINGS.map((heading) => fold(heading).replace(LEVEL_ONE, '')))
const T4_WORDS = /行政复议|行政诉讼|未经复议直接起诉|复议后起诉|结果维持|结果纠正|其他结果|尚未审结|总计|结果|维持|纠正|其他|尚未|审结|[,.]/g

/** 三张表各在哪里；没有的为 null。 */
export function findRegions(lines: readonly SourceLine[]): Record<TableName, Region | null> {
  const texts = lines.map((line) => fold(line.text))
  const isTitle = (pattern: RegExp) => (text: string) =>
    text.length < 60 && pattern.test(text) && (LEVEL_ONE.test(text) || BARE_TITLES.has(text))
  const find = (from: number, test: (text: string, index: number) => boolean): number => {
    const at = texts.findIndex((text, index) => index >= from && test(text, index))
    return at < 0 ? lines.length : at
  }
  const t2Head = find(0, (text) => T2_HEAD.test(text) && text.length < 60)
  const t2Start = t2Head < lines.length ? t2Head : find(0, isTitle(/主动公开政府信息情况/))
  const t3From = t2Start < lines.length ? t2Start : 0
  const t3Head = find(t3From, (text, index) => T3_HEAD.test(text) && (lines[index]!.layout !== 'plain' || text.length < 60))
  const t3Title = find(t3From, isTitle(/收到和处理政府信息公开申请/))
  const t3Start = Math.min(t3Title, t3Head, find(t3From, (text) => T3_FIRST.test(text)))
  const t4Head = find(t3Start, (_, index) => isT4Head(lines[index]!))
  const t4Start = Math.min(t4Head, find(t3Start, isTitle(/行政复议.*行政诉讼/)))
  const afterTables = isTitle(/问题|改进|其他需要报告/)
  const end = find(t4Start < lines.length ? t4Start + 1 : t3From, afterTables)
  const region = (start: number, stop: number, head: number): Region | null =>
    start >= stop ? null : { start, end: stop, head: head < stop ? head : null }
  return {
    T2: region(t2Start, Math.min(t3Start, t4Start, end), t2Head),
    T3: region(t3Start, Math.min(t4Start, end), t3Head),
    T4: region(t4Start, end, t4Head),
  }
}

/** 表 4 的表头行：只有表头的字，且含「行政复议」。 */
function isT4Head(line: SourceLine): boolean {
  const text = fold(line.text)
  return text.includes('行政复议') && text.length < 120 && text.replace(T4_WORDS, '') === '' && (line.layout !== 'plain' || !/[,.]/.test(text))
}
