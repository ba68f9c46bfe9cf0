import { chineseDate, isDocumentNumber, parseNumber } from '../../documents/index.ts'
import { CalendarYearMissing, countWorkingDays } from '../../statute/calendar.ts'
import type { Finding } from '../../statute/finding.ts'
import { outcomeRule } from '../../statute/outcomes.ts'
import { isPlainDate, yearOf } from '../../statute/plain-date.ts'
import { checkRemedyText, remedyText } from '../../statute/remedies.ts'
import { clockOf } from '../clock.ts'
import { existsInRegulation, readArticle, readCitations } from './citations.ts'
import type { Citation } from './citations.ts'
import { answeredDecision } from './compose-letter.ts'
import { articlesFor, letterFor, remedyFor } from './letter-decision.ts'
import type { ComposedLetter, LetterDecision, LetterInput } from './letter-input.ts'
import { letterRule } from './letters.ts'
import type { LetterRule } from './letter-rule.ts'

/** 核对一件文书所看的。 */
interface Subject {
  letter: ComposedLetter
  input: LetterInput
  rule: LetterRule
  /** 所答复的处理决定；不是答复的为 null */
  decision: LetterDecision | null
  /** 本机关自己的话：去掉引述的申请原话 */
  own: readonly string[]
  /** 连同救济告知的全文 */
  whole: readonly string[]
  /** 申请人的姓名、证件号、电话等 */
  personal: readonly string[]
}

type Rule = (subject: Subject) => Finding[]

/** 文书的十条核对规则（领域参考附录 C）。 */
export const LETTER_RULES = {
  'LT-01': { label: '文号的写法', check: numberWritten },
  'LT-02': { label: '法条、决定与处理结果相符', check: groundsFit },
  'LT-03': { label: '救济告知与处理结果、作出之日相符', check: remedyFits },
  'LT-04': { label: '没有空着的占位', check: nothingBlank },
  'LT-05': { label: '成文之日不早于收到之日、不晚于答复期限', check: dayFits },
  'LT-06': { label: '程序性文书不附救济告知', check: (s) => ofStatute(s, 'LT-06') },
  'LT-07': { label: '给第三方的文书不含申请人的个人信息', check: applicantHidden },
  'LT-08': { label: '不再写向上级主管部门申请行政复议', check: (s) => ofStatute(s, 'LT-08') },
  'LT-09': { label: '电子送达的写明互联网复议渠道', check: onlineChannel },
  'LT-10': { label: '条例名称完整，条款存在', check: citationsReal },
} as const satisfies Record<string, { label: string; check: Rule }>

export type LetterRuleId = keyof typeof LETTER_RULES

/**
 * 核对一件文书，拟成的与手改过的都用：`input` 为拟成它的那些资料，`personal` 为申请人的姓名、证件号、电话等（只用于核对）。
 * 有 error 的不得发出；`line` 为段的序号，救济告知为最后一段。
 */
export function lintLetter(letter: ComposedLetter, input: LetterInput, personal: readonly string[] = []): Finding[] {
  const own = letter.paragraphs.map((text) => letter.quoted.reduce((rest, words) => rest.replaceAll(words, '“”'), text))
  const rows = letter.rows.map(({ label, text }) => `${label}：${text}`)
  const subject: Subject = {
    letter,
    input,
    rule: letterRule(letter.id),
    decision: answeredDecision(input),
    own,
    whole: [...own, ...rows, ...(letter.remedy.text === '' ? [] : [letter.remedy.text])],
    personal: personal.map((text) => text.trim()).filter((text) => Array.from(text).length > 1),
  }
  return Object.values(LETTER_RULES).flatMap(({ check }: { check: Rule }) => check(subject))
}

/** 有没有不得发出的错误。 */
export const hasErrors = (findings: readonly Finding[]): boolean => findings.some(({ severity }) => severity === 'error')

const finding = (rule: LetterRuleId, message: string, mend: string, line: number | null = null, severity: Finding['severity'] = 'error'): Finding => ({
  rule, severity, cell: null, line, message, mend,
})

function numberWritten({ letter, rule, input }: Subject): Finding[] {
  const { docNo } = letter
  if (rule.word === null) return docNo === null ? [] : [finding('LT-01', '这件文书不编文号', '删去文号')]
  if (docNo === null) return [finding('LT-01', '尚未编文号', '签发时取号')]
  if (!isDocumentNumber(docNo)) return [finding('LT-01', `文号「${docNo}」的写法有误`, `写作「${input.body.codeWord}公开${rule.word}〔${yearOf(letter.on)}〕1号」：六角括号，年份写全，序号不编虚位、不加「第」`)]
  const number = parseNumber(docNo)
  const fits = number?.word === rule.word && number.year === yearOf(letter.on) && number.codeWord === input.body.codeWord
  return fits ? [] : [finding('LT-01', `文号「${docNo}」的机关代字、类别字或年份与本件不符`, `应为「${input.body.codeWord}公开${rule.word}〔${yearOf(letter.on)}〕…号」`)]
}

const EXEMPTIONS = [14, 15, 16]
const REPLIES = 36

function groundsFit({ letter, rule, decision, own, whole }: Subject): Finding[] {
  const findings: Finding[] = []
  if (decision !== null && letterFor(decision) !== letter.id) {
    const right = letterRule(letterFor(decision))
    findings.push(finding('LT-02', `处理决定是「${outcomeRule(decision.outcome).label}」，不能用《${rule.title}》`, `改用《${right.title}》`))
  }
  const cited = readCitations(whole).citations.filter(({ law }) => law === 'regulation')
  const required = articlesFor(letter.id, decision).map((text) => ({ text, ...readArticle(text) }))
  for (const one of required) {
    if (!cited.some((c) => covers(c, one))) findings.push(finding('LT-02', `没有引用条例${one.text}`, `写明依据《中华人民共和国政府信息公开条例》${one.text}`))
  }
  if (decision !== null) findings.push(...cited.filter((c) => strays(c, decision, required)).map((c) => finding('LT-02', `引用的${spoken(c)}与处理决定不符`, `依据应为${required.map(({ text }) => text).join('、') || '本结果没有专条'}`, c.line)))
  const said = own.join('')
  if (rule.says !== undefined && !rule.says.some((words) => said.includes(words))) {
    findings.push(finding('LT-02', `没有写明「${rule.says.join('」或「')}」`, '恢复这一句'))
  }
  for (const words of rule.never ?? []) {
    const line = own.findIndex((text) => text.includes(words))
    if (line >= 0) findings.push(finding('LT-02', `《${letter.title}》不能写「${words}」`, '删去，或改用相应的文书', line + 1))
  }
  return findings
}

const covers = (c: Citation, wanted: Pick<Citation, 'article' | 'paragraph' | 'item'>): boolean =>
  c.article === wanted.article && (wanted.paragraph === null || c.paragraph === wanted.paragraph) && (wanted.item === null || c.item === wanted.item)

// 不予公开的三条与第三十六条各项，都只能引与结果相应的；部分公开可引三条中的任一条
function strays(c: Citation, { outcome }: LetterDecision, required: readonly Pick<Citation, 'article' | 'paragraph' | 'item'>[]): boolean {
  if (!EXEMPTIONS.includes(c.article) && c.article !== REPLIES) return false
  if (outcome === 'PARTIAL' && EXEMPTIONS.includes(c.article)) return false
  return !required.some((one) => one.article === c.article && (c.paragraph === null || one.paragraph === null || c.paragraph === one.paragraph) && (c.item === null || one.item === null || c.item === one.item))
}

const spoken = ({ article, paragraph, item }: Citation): string =>
  `第${article}条${paragraph === null ? '' : `第${paragraph}款`}${item === null ? '' : `第${item}项`}`

// 「可以……申请行政复议」「……日内……提起行政诉讼」：是在告知，不是在叙述
const OWN_REMEDY = /((?<!申)请|可以|应当|先向|[日月]内)[^。；\n]{0,60}(申请(行政)?复议|提起(行政)?诉讼)/u

// 救济告知须逐字是应附的那一种；正文里也不得另写一种
function remedyFits(s: Subject): Finding[] {
  const { letter, input, rule, decision } = s
  const kind = remedyFor({ ...input, id: letter.id, on: letter.on }, decision)
  const findings = kind === 'NONE' ? [] : ofStatute(s, 'LT-03')
  const right = remedyText(kind, { ...input.body, act: rule.act })
  if (letter.remedy.kind !== kind || !letter.remedy.text.startsWith(right)) {
    findings.push(finding('LT-03', '救济告知与处理结果、作出之日不符', right === '' ? '不附救济告知' : `应为：${right}`))
  }
  const line = s.own.findIndex((text) => OWN_REMEDY.test(text))
  if (kind !== 'NONE' && line >= 0) findings.push(finding('LT-03', '正文另写了救济告知', '删去：救济告知由系统按处理结果附上', line + 1))
  return findings
}

/** 由法规一处判断的救济文字，只取其中一条规则。 */
function ofStatute({ letter, input, decision, whole }: Subject, id: 'LT-03' | 'LT-06' | 'LT-08'): Finding[] {
  const remedy = remedyFor({ ...input, id: letter.id, on: letter.on }, decision)
  return checkRemedyText(whole.join('\n'), { remedy, decidedOn: letter.on }).filter(({ rule }) => rule === id)
}

const BLANKS: readonly (readonly [RegExp, string])[] = [
  [/[{｛][^}｝]*[}｝]/u, '占位没有填'],
  [/[_＿]{2,}|×{2,}|[Xx]{2,}(?=[年月日号件元页])/u, '有空着的占位'],
  [/〔\s*〕|（\s*）|《\s*》|【\s*】|【(待|请)[^】]*】/u, '括号里是空的或者尚待填写'],
  [/年\s+月\s*日|年\s*月\s+日/u, '日期没有填'],
  [/[：，；]。|[。，；]，|。。/u, '有缺字或者多余的标点'],
]

function nothingBlank({ letter, whole }: Subject): Finding[] {
  const findings = whole.flatMap((text, i) =>
    BLANKS.filter(([pattern]) => pattern.test(text)).map(([, message]) => finding('LT-04', `${message}：「${excerpt(text)}」`, '填写或者删去', i + 1)),
  )
  for (const [i, text] of letter.paragraphs.entries()) if (text.trim() === '') findings.push(finding('LT-04', '有空的段落', '填写或者删去', i + 1))
  if (letter.recipient.trim() === '') findings.push(finding('LT-04', '没有主送', '写明主送的名称'))
  return findings
}

const excerpt = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}…` : text)

function dayFits({ letter, input }: Subject): Finding[] {
  const { on } = letter
  if (!isPlainDate(on)) return [finding('LT-05', '成文之日不是日期', '写明成文之日')]
  const { application } = input
  if (application === null || application.receivedOn === null) return []
  if (on < application.receivedOn) return [finding('LT-05', `成文之日早于收到申请之日（${chineseDate(application.receivedOn)}）`, '改正成文之日')]
  try {
    const dueOn = clockOf(application, input.calendar, input.settings)?.dueOn ?? null
    if (dueOn === null || on <= dueOn) return []
    const late = countWorkingDays(dueOn, on, input.calendar)
    // 逾期仍须答复，故只标明；延期须在期满之前，逾期不得再发
    const severity = letter.id === 'L05' ? 'error' : 'warning'
    return [finding('LT-05', `晚于答复期限（${chineseDate(dueOn)}），逾期${late}个工作日`, severity === 'error' ? '延期须在答复期限届满之前告知' : '逾期仍须答复，并如实记录', null, severity)]
  } catch (error) {
    if (!(error instanceof CalendarYearMissing)) throw error
    return [finding('LT-05', error.message, '录入该年的节假日安排')]
  }
}

const OUTSIDE = ['third-party', 'co-agency', 'unit']
// 手机号码、邮箱多半是经办人或第三方自己的，只提醒
const PERSONAL: readonly (readonly [RegExp, string, Finding['severity']])[] = [
  [/(?<!\d)\d{17}[\dXx](?!\d)/, '身份证号', 'error'],
  [/申请人(的)?(姓名|名称|身份|电话|住址|地址|单位)?(为|是|：|:)\s*\S/, '申请人的身份', 'error'],
  [/(?<!\d)1[3-9]\d{9}(?!\d)/, '手机号码', 'warning'],
  [/[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}/, '电子邮箱', 'warning'],
]

function applicantHidden({ letter, input, whole, personal }: Subject): Finding[] {
  if (!OUTSIDE.includes(letter.addressee)) return []
  const text = [...whole, ...letter.attachments].join('\n')
  const known = personal.filter((words) => words !== letter.recipient && text.includes(words))
  // 本机关自己的联系方式不算
  const rest = [input.body.phone, input.body.contact, letter.recipient].filter((own) => own !== '').reduce((left, own) => left.replaceAll(own, ''), text)
  const kinds = PERSONAL.filter(([pattern]) => pattern.test(rest))
  return [
    ...known.map(() => finding('LT-07', '写有申请人的姓名、证件号或者联系方式', '删去：不得向第三方透露申请人')),
    ...kinds.map(([, kind, severity]) => finding('LT-07', `疑似写有${kind}`, '是申请人的须删去：不得向第三方透露申请人', null, severity)),
  ]
}

function onlineChannel({ letter, input }: Subject): Finding[] {
  if (input.delivery !== 'ELECTRONIC' || letterRule(letter.id).procedural) return []
  const { reviewOnlineUrl } = input.body
  if (reviewOnlineUrl !== '' && letter.remedy.text.includes(reviewOnlineUrl)) return []
  return [finding('LT-09', '电子送达而没有写明提交行政复议申请的互联网渠道', '在机构设置里填写互联网复议渠道后重拟（行政复议法第二十二条）')]
}

function citationsReal({ whole }: Subject): Finding[] {
  const { citations, misnamings } = readCitations(whole)
  return [
    ...misnamings.map(({ text, line }) => finding('LT-10', `条例名称不完整：「${text}」`, '写作《中华人民共和国政府信息公开条例》', line)),
    ...citations.filter(({ law }) => law === null).map((c) => finding('LT-10', `引用的${spoken(c)}没有写明是哪部法`, '写明法律、法规的全称', c.line)),
    ...citations.filter((c) => c.law === 'regulation' && !existsInRegulation(c)).map((c) => finding('LT-10', `条例没有${spoken(c)}`, '改正条、款、项', c.line)),
  ]
}
