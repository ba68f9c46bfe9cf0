import type { OneYear } from '../../statute/report-checks-sums.ts'
import {
  AT_HAND,
  CARRIED_IN,
  CARRIED_OUT,
  DONE,
  outcomeQuantity,
  RECEIVED,
  RECEIVED_FROM_PERSONS,
  type Outcome,
  type Quantity,
} from './quantities.ts'
import { lineAt, type Paragraph } from './report-view.ts'

/** 正文对一个量的一次陈述。 */
export interface Statement {
  quantity: Quantity
  /** 措辞两可的，等于其中任一量即为相符，如「受理申请 20 件（含上年结转 2 件）」 */
  or: readonly Quantity[]
  value: number
  line: number
  /** 原文的一截 */
  quote: string
}

/** 一句话；sentence 之内不含句号。 */
export interface Sentence {
  paragraph: Paragraph
  /** 在段落中的起点 */
  at: number
  text: string
}

export const NUM = '(\\d{1,9}|[一二两三四五六七八九十百]{1,5})'
const UNIT = '(?:件|份|宗|起|条|项|例|单)'
const COUNTED = new RegExp(`[\\d一二两三四五六七八九十百](?:${UNIT}|次)`)
const GAP = '[^。；，,\\d]'

const DIGITS: Record<string, number> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }

/** 阿拉伯数字或一千以下的汉字数。 */
export function toNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  let [sum, digit] = [0, 0]
  for (const char of text) {
    if (char === '十' || char === '百') {
      sum += (digit || 1) * (char === '十' ? 10 : 100)
      digit = 0
    } else digit = DIGITS[char]!
  }
  return sum + digit
}

const LONGEST = 1500 // 更长的不是一句话

export function toSentences(paragraph: Paragraph): Sentence[] {
  const sentences: Sentence[] = []
  let at = 0
  for (const text of paragraph.text.match(/[^。！？]*[。！？]|[^。！？]+/g) ?? []) {
    sentences.push({ paragraph, at, text: text.slice(0, LONGEST) })
    at += text.length
  }
  return sentences
}

export function statement(
  sentence: Sentence,
  found: RegExpMatchArray,
  number: string,
  quantity: Quantity,
  or: readonly Quantity[] = [],
): Statement {
  const at = found.index! + found[0].lastIndexOf(number)
  return {
    quantity,
    or,
    value: toNumber(number),
    line: lineAt(sentence.paragraph, sentence.at + at),
    quote: found[0].slice(-40),
  }
}

/** 匹配之前、同一分句之内的文字。 */
export const clauseBefore = (text: string, at: number): string => text.slice(Math.max(0, at - 120), at).split(/[，,；。：:（(]/).at(-1)!

// 说的是别的年份，或与上年相比
function isOtherYear(text: string, at: number, year: number | null): boolean {
  const years = [...text.slice(0, at).matchAll(/(20\d\d)年/g)]
  const last = years.at(-1)?.[1]
  if (year !== null && last !== undefined && Number(last) !== year) return true
  return /去年|往年|上年(?!度?(?:结转|转结))|上一年(?!度?(?:结转|转结))|同比|环比/.test(clauseBefore(text, at))
}

const NOT_INFORMATION = /复议|诉讼|仲裁|许可|审批|处罚|救助|补贴|低保|资助|登记|建议|提案|留言|来信|来访|信访|投诉|举报|热线|工单|咨询|诉求|网络问政|信箱|舆情|执行|社保|贷款/
const CHANNEL = /网站|网络|平台|信函|邮寄|邮件|当面|现场|传真|线上|线下|窗口|在线|书面/
/** 下级或个别单位的数，不是报告主体的数 */
const PART_OF = /本级|各(?:部门|单位|镇|乡|街道|县|区)|其中/
// 括注里的「其中」只管括注之内
const isPart = (text: string, at: number): boolean => PART_OF.test(text.slice(0, at).replace(/[（(][^（()）]*[）)]/g, ''))

/** 个别情形的件数，不是总数 */
const SPECIAL = /撤回|终止|停止|不再|延期|逾期|超期|协助|指导|转来|转办|移送/

const RECEIVE = '(?:新收到?|收到|受理|接收|接到|办理)'
const RECEIVED_FORMS = [
  new RegExp(`${RECEIVE}(${GAP}{0,40}?)申请(${GAP}{0,10}?)${NUM}${UNIT}`, 'g'),
  new RegExp(`${RECEIVE}(${GAP}{0,8}?)依申请(${GAP}{0,14}?)${NUM}${UNIT}`, 'g'),
  // 没有「收到」二字的：「依申请公开 3 次」「依申请公开受理量为 3 件」
  new RegExp(`(?<=^|[，。；：:,;）)年度])(政府信息)?依申请公开((?:申请)?(?:受理量|办件量|办件总量|申请量|总数|总量|数量)?[为共计]{0,2})${NUM}(?:${UNIT}|次)`, 'g'),
]
const RECEIVED_REVERSED = new RegExp(`${RECEIVE}(?:了|各类|共|共计|总计|公民)?${NUM}${UNIT}${GAP}{0,14}(?:公开申请|依申请公开|申请公开)`, 'g')

/** 一段里有没有可能说到申请的件数。 */
export const speaksOfApplications = (text: string): boolean => text.includes('申请') || COUNTED.test(text)

/** 一句话里关于政府信息公开申请的陈述；applying 为所在小节说的是依申请公开。 */
export function applicationStatements(sentence: Sentence, applying: boolean, year: number | null, one: OneYear): Statement[] {
  const { text } = sentence
  if (!COUNTED.test(text) || !/申请|结转|转结|办结|答复|公开|办复/.test(text)) return []
  return [
    ...received(sentence, applying, year),
    ...done(sentence, applying, year),
    ...carried(sentence, year),
    ...outcomes(sentence, applying, one),
  ]
}

function received(sentence: Sentence, applying: boolean, year: number | null): Statement[] {
  const { text } = sentence
  if (!text.includes('申请')) return []
  const seen = new Set<number>()
  const found: Statement[] = []
  const take = (match: RegExpMatchArray, number: string, about: string) => {
    const at = match.index!
    const before = clauseBefore(text, at)
    const isNew = match[0].startsWith('新收') || before.endsWith('本年')
    if (NOT_INFORMATION.test(about) || NOT_INFORMATION.test(before)) return
    if (SPECIAL.test(before + about)) return
    if (!applying && !/公开|信息/.test(match[0])) return
    if (isOtherYear(text, at, year)) return
    if (!isNew && isPart(text, at)) return
    if (CHANNEL.test(before) && !/共/.test(before + match[0])) return
    const spot = at + match[0].lastIndexOf(number)
    if (seen.has(spot)) return
    seen.add(spot)
    const everybody = /公民|自然人|个人/.test(about) && /法人|组织/.test(about)
    if (!everybody && about.includes('自然人')) found.push(statement(sentence, match, number, RECEIVED_FROM_PERSONS))
    else if (everybody || !/法人|企业|组织|机构/.test(about)) found.push(statement(sentence, match, number, RECEIVED, isNew ? [] : loosely(text, match[0])))
  }
  for (const form of RECEIVED_FORMS) for (const match of text.matchAll(form)) take(match, match[3]!, match[1]! + match[2]!)
  for (const match of text.matchAll(RECEIVED_REVERSED)) take(match, match[1]!, match[0])
  return found
}

// 「受理／办理」而又说到结转的，可能含上年结转
const loosely = (text: string, match: string): readonly Quantity[] =>
  /^办理|办件/.test(match) ? [AT_HAND, DONE] : /结转|转结/.test(text) ? [AT_HAND] : []

const CARRIED_IN_FORM = new RegExp(`(?:上年度?|上一年度?|20\\d\\d年度?)(?:结转|转结)(?!至|到|下)${GAP}{0,12}?${NUM}${UNIT}`, 'g')
const CARRIED_IN_REVERSED = new RegExp(`(?:结转|转结)上年度?${GAP}{0,10}?${NUM}${UNIT}`, 'g')
const CARRIED_OUT_FORM = new RegExp(`(?:结转|转结|转|顺延)(?:至|到|入)?(?:下|次|第二)一?(?:年度?)(?:继续)?${GAP}{0,10}?${NUM}${UNIT}`, 'g')
const CARRIED_OUT_REVERSED = new RegExp(`${NUM}${UNIT}${GAP}{0,8}?(?:结转|转结|顺延|转)(?:至|到|入)?(?:下|次)一?年`, 'g')

function carried(sentence: Sentence, year: number | null): Statement[] {
  const { text } = sentence
  if (!/结转|转结|顺延|转(?:至|到|入)?(?:下|次)/.test(text)) return []
  const incoming = [...text.matchAll(CARRIED_IN_FORM), ...text.matchAll(CARRIED_IN_REVERSED)].filter(
    (match) => !/^20/.test(match[0]) || (year !== null && match[0].startsWith(String(year - 1))),
  )
  const outgoing = [...text.matchAll(CARRIED_OUT_FORM), ...text.matchAll(CARRIED_OUT_REVERSED)]
  return [
    ...incoming.map((match) => statement(sentence, match, match[1]!, CARRIED_IN)),
    ...outgoing
      .filter((match) => !isOtherYear(text, match.index, year))
      .map((match) => statement(sentence, match, match[1]!, CARRIED_OUT)),
  ]
}

const DONE_FORM = new RegExp(`(?:办结|答复|办复|办毕|作出答复)(${GAP}{0,10}?)${NUM}${UNIT}`, 'g')

function done(sentence: Sentence, applying: boolean, year: number | null): Statement[] {
  const { text } = sentence
  if (!applying && !/公开申请|依申请公开|申请公开/.test(text)) return []
  return [...text.matchAll(DONE_FORM)].flatMap((match) => {
    const before = clauseBefore(text, match.index)
    if (NOT_INFORMATION.test(before) || NOT_INFORMATION.test(match[1]!)) return []
    if (/延期|逾期|超期|当场|提前|网上|当面|邮寄|未|下年|口头/.test(before) || CHANNEL.test(before)) return []
    if (isPart(text, match.index) || /结转/.test(before)) return []
    if (isOtherYear(text, match.index, year)) return []
    // 「答复予以公开 6 件」说的是办理结果，不是总数
    if (OUTCOME_WORD.test(match[1]!)) return []
    return [statement(sentence, match, match[2]!, DONE)]
  })
}

const OUTCOME_WORD = /予以公开|部分公开|不予公开|无法提供|不予处理|其他处理/
// 两种结果合说一个数的（「予以公开及部分公开 258 件」），不是后一种的数
const OUTCOME_FORM = new RegExp(`(?<!部分|不|公开(?:和|及|或|与|以及))(部分予以公开|不予以公开|予以公开|部分公开|不予公开|无法提供|不予处理|其他处理)的?(?:申请|情形|类)?(?:有|为|共)?[：:]?${NUM}${UNIT}`, 'g')
const OUTCOME_REVERSED = new RegExp(`(?<![\\d一二三四五六七八九十百公开供理的])${NUM}${UNIT}(部分公开|予以公开|不予公开|无法提供|不予处理)(?!的?(?:申请|情形|类)?(?:有|为|共)?[：:]?\\d)`, 'g')
const SAME_AS: Record<string, Outcome> = { 部分予以公开: '部分公开', 不予以公开: '不予公开' }

function outcomes(sentence: Sentence, applying: boolean, one: OneYear): Statement[] {
  const { text } = sentence
  if (!OUTCOME_WORD.test(text) || (!applying && !/申请/.test(text))) return []
  const toQuantity = (word: string) => outcomeQuantity(SAME_AS[word] ?? (word as Outcome), one)
  const forward = [...text.matchAll(OUTCOME_FORM)]
  if (forward.length > 0) return forward.map((match) => statement(sentence, match, match[2]!, toQuantity(match[1]!)))
  return [...text.matchAll(OUTCOME_REVERSED)].map((match) => statement(sentence, match, match[1]!, toQuantity(match[2]!)))
}

const NONE = /(?:未收到|没有收到|未接到|未受理|未接收|无|没有)([^。；，,\d]{0,16}?)(?:政府信息公开(?:的?申请)|依申请公开|信息公开申请|公开政府信息的?申请)([^。；，,]{0,10})/g

/** 「未收到政府信息公开申请」：其量为 0。 */
export const noApplicationStatements = (sentence: Sentence, year: number | null): Statement[] =>
  !sentence.text.includes('申请') ? [] : [...sentence.text.matchAll(NONE)].flatMap((match) => {
    if (/投诉|举报|复议|诉讼|收费|异议|正当|超期|逾期|未/.test(match[1]! + match[2]!)) return []
    if (isOtherYear(sentence.text, match.index, year)) return []
    const line = lineAt(sentence.paragraph, sentence.at + match.index)
    const quantity = /结转|转结/.test(match[1]!) ? CARRIED_IN : RECEIVED
    return [{ quantity, or: [], value: 0, line, quote: match[0].slice(0, 40) }]
  })
