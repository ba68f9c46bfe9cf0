import { caseQuantity, type T4Column, type T4Subject } from './quantities.ts'
import { NUM, statement, clauseBefore, type Sentence, type Statement } from './statements.ts'
import { lineAt } from './report-view.ts'

// 依次认出：说的是哪类案件、哪种结果、多少件
const TOKENS = new RegExp(
  [
    '(?<both>行政复议(?:案件)?(?:和|及|、|或|与)(?:行政)?诉讼|复议诉讼)',
    '(?<ld>未经复议(?:程序)?(?:而)?直接(?:起诉|提起(?:行政)?诉讼))',
    '(?<la>(?:经)?复议后(?:再)?(?:起诉|提起(?:行政)?诉讼))',
    '(?<rv>行政复议|复议案件)',
    '(?<suit>行政诉讼|诉讼(?:案件)?(?=\\d))',
    '(?<upheld>(?:结果)?维持)',
    '(?<corrected>(?:结果)?纠正)',
    '(?<other>其他结果)',
    '(?<pending>(?:尚未|未|正在)审结|尚未审理)',
    `(?<count>${NUM}(?:件|起|宗|次|例))`,
    '(?<stop>[；。]|其他案件|许可|处罚)',
  ].join('|'),
  'g',
)
const SUBJECTS = ['both', 'ld', 'la', 'rv', 'suit'] as const satisfies readonly T4Subject[]
const COLUMNS = ['upheld', 'corrected', 'other', 'pending'] as const satisfies readonly T4Column[]
const NEAR = 10 // 词与件数之间至多隔几个字

/** 有没有说到复议、诉讼。 */
export const speaksOfCases = (text: string): boolean => /复议|诉讼|起诉/.test(text)

/** 一句话里关于复议、诉讼的陈述。作为复议机关审理的案件不是本机关的案件，不取。 */
export function caseStatements(sentence: Sentence, concerned: boolean, year: number | null): Statement[] {
  const { text } = sentence
  if (!speaksOfCases(text)) return []
  if (!concerned && !/信息公开|依申请公开/.test(text)) return []
  const found: Statement[] = []
  let subject: T4Subject | null = null
  let column: T4Column = 'total'
  let since = 0
  for (const match of text.matchAll(TOKENS)) {
    const groups = match.groups!
    const named = SUBJECTS.find((each) => groups[each] !== undefined)
    const result = COLUMNS.find((each) => groups[each] !== undefined)
    if (named !== undefined) {
      subject = named
      column = 'total'
      since = match.index + match[0].length
    } else if (result !== undefined) {
      column = result
      since = match.index + match[0].length
    } else if (groups['count'] !== undefined) {
      const near = match.index - since <= NEAR && !/[，,]/.test(text.slice(since, match.index))
      if (subject !== null && near && !skips(text, match.index, year)) {
        const number = /^(?:\d+|[^\d件起宗次例]+)/.exec(match[0])![0]
        found.push({ ...statement(sentence, match, number, caseQuantity(subject, column)), quote: clauseBefore(text, match.index) + match[0] })
      }
      column = 'total'
      since = -Infinity
    } else if (match[0] !== '；') subject = null
  }
  return found
}

function skips(text: string, at: number, year: number | null): boolean {
  const last = [...text.slice(0, at).matchAll(/(20\d\d)年/g)].at(-1)?.[1]
  if (year !== null && last !== undefined && Number(last) !== year) return true
  return /审理|办理|代理|指导|应诉|去年|上年|同比|其他(?!结果)/.test(clauseBefore(text, at))
}

const NONE = /(?:无|没有|未发生|未收到|未接到|不存在|未产生|未引发|未出现|未被|未有)([^。；，,\d]{0,30}?(?:复议|诉讼)[^。；，,]{0,16})/g

/** 「无行政复议、诉讼」：所说的各类总计为 0。 */
export const noCaseStatements = (sentence: Sentence, concerned: boolean): Statement[] =>
  !/复议|诉讼/.test(sentence.text) ? [] : [...sentence.text.matchAll(NONE)].flatMap((match) => {
    const said = match[1]!
    if (!concerned && !/信息公开|依申请公开/.test(sentence.text)) return []
    if (/纠正|撤销|败诉|超期|逾期|正当|去年|上年|经复议/.test(said)) return []
    const subject: T4Subject | null = !said.includes('诉讼') ? 'rv' : /复议/.test(said) ? 'both' : 'suit'
    const line = lineAt(sentence.paragraph, sentence.at + match.index)
    return [{ quantity: caseQuantity(subject, 'total'), or: [], value: 0, line, quote: match[0].slice(0, 40) }]
  })
