import { visible } from './fold.ts'
import type { ReadLine } from './read-report.ts'

export interface TitleReading {
  title: string | null
  /** 题名所在行，1 起 */
  line: number | null
  body: string | null
  year: number | null
}

// 「2021政府信息公开工作年度报告」漏了「年」字，仍是年度
const YEAR = /((?:19|20)\d{2}|[二〇○零一三四五六七八九]{4})\s*(?:年|(?=政府信息公开|政务公开|信息公开))/
const TITLE = /(?:年度报告|年报|工作报告)[^，。；]{0,12}$/
const PERIOD = /(20\d{2})年1月1日(?:起)?(?:至|到|—|-)/
const BODY_END = /(?:府|局|委|办|办公室|中心|处|站|院|校|学|队|会|室|部|厅|所|团|司|署|社|道|镇|乡|区|馆|行|军|公司|管委会|委员会)$/
const NOT_BODY = /[:：，。；>|]|索引|发布|来源|时间|首页|当前位置|目录/
const ABOUT = /(?:政府信息公开|政务公开|信息公开)(?:工作)?(?:年度报告.*)?$/
const DIGITS: Record<string, string> = { '〇': '0', '○': '0', 零: '0', 一: '1', 二: '2', 三: '3', 四: '4', 五: '5', 六: '6', 七: '7', 八: '8', 九: '9' }

/** 题名、报告主体与年度；题名在第一个一级标题之前。 */
export function findTitle(lines: readonly ReadLine[], firstHeading: number, fallbackTitle?: string): TitleReading {
  const head = lines.filter((line) => line.number < firstHeading && visible(line.text) !== '').slice(0, 400)
  const single = whole(head)
  const found = single !== null && yearIn(single.text) !== null ? single : (broken(head) ?? single)
  const text = found?.text ?? (isTitle(fallbackTitle ?? '') ? visible(fallbackTitle!) : null)
  const year = yearIn(text ?? '') ?? periodYear(lines)
  const above = found && found.at > 0 ? head[found.at - 1] : undefined
  const body = (text === null ? null : bodyIn(text)) ?? (above && isBody(above.text) ? compact(above.text) : null) ?? signature(lines)
  return { title: text, line: found ? head[found.at]!.number : null, body, year }
}

interface Found {
  at: number
  text: string
}

// 网页上面包屑、栏目名也像题名：取带年度的，再取靠后的
function whole(head: readonly ReadLine[]): Found | null {
  const titles = head.map((line, at) => ({ at, text: visible(line.text) })).filter((each) => isTitle(each.text))
  return titles.findLast((each) => yearIn(each.text) !== null) ?? titles.at(-1) ?? null
}

// 长题名在版面上断成两行
function broken(head: readonly ReadLine[]): Found | null {
  const pairs = head.slice(1).map((line, at) => ({ at, text: visible(head[at]!.text) + visible(line.text) }))
  return pairs.findLast((each) => isTitle(each.text) && yearIn(each.text) !== null) ?? null
}

const compact = (text: string): string => visible(text).replace(/\s+/g, '')

function isTitle(text: string): boolean {
  if (text.length > 400) return false
  const plain = compact(text).normalize('NFKC')
  return plain.length <= 80 && TITLE.test(plain) && /政府信息公开|政务公开|信息公开/.test(plain) && !/[。;,:]/.test(plain) && !/^[(（]?[一二三四五六七八九十]+[)）、]/.test(plain)
}

export function yearIn(text: string): number | null {
  const match = YEAR.exec(text.normalize('NFKC').replace(/\s+/g, ''))
  if (!match) return null
  const year = Number(match[1]!.replace(/./gu, (char) => DIGITS[char] ?? char))
  return year >= 2008 && year <= 2100 ? year : null
}

const periodYear = (lines: readonly ReadLine[]): number | null => {
  const match = PERIOD.exec(lines.slice(0, 300).map((line) => compact(line.text)).join('').normalize('NFKC'))
  return match ? Number(match[1]) : null
}

// 题名里年度之前的机关名；年度写在前面的，取其后的
function bodyIn(title: string): string | null {
  const plain = compact(title)
  const match = YEAR.exec(plain.normalize('NFKC'))
  // 年度写在「政府信息公开工作」之后的，机关名止于其前
  const before = plain.slice(0, match ? match.index : 0).replace(/关于|[《〈]/g, '').replace(ABOUT, '')
  if (before.length >= 3 && before.length <= 60) return before
  const rest = plain.slice(match ? match.index + match[0].length : 0).replace(/^度/, '')
  const after = /^(.{3,60}?)(?:政府信息公开|政务公开|信息公开)/.exec(rest)?.[1]
  return after !== undefined && isBody(after) ? after : null
}

const isBody = (text: string): boolean => {
  const plain = compact(text)
  return plain.length >= 3 && plain.length <= 60 && !NOT_BODY.test(plain) && BODY_END.test(plain)
}

// 文末落款：机关名在前，成文日期在后
function signature(lines: readonly ReadLine[]): string | null {
  const tail = lines.filter((line) => visible(line.text) !== '').slice(-8)
  const at = tail.findLastIndex((line) => /^20\d{2}年\d{1,2}月\d{1,2}日$/.test(compact(line.text).normalize('NFKC')))
  const above = at > 0 ? tail[at - 1] : undefined
  return above && isBody(above.text) ? compact(above.text) : null
}
