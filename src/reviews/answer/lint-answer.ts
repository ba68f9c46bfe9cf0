import { readCitations } from '../../applications/index.ts'
import { chineseDate } from '../../documents/index.ts'
import type { Finding } from '../../statute/finding.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import { checkRemedyText } from '../../statute/remedies.ts'
import type { AnswerContent } from './answer-store.ts'
import type { AnswerSource } from './compose-answer.ts'

const finding = (rule: string, message: string, mend: string, line: number | null = null, severity: Finding['severity'] = 'error'): Finding => ({ rule, severity, cell: null, line, message, mend })

/** 核对答复书、答辩状的各条：占位、日期、案号与文号、法律名称、不附救济告知、期限。有 error 的不得送签、签发。 */
export function lintAnswer(content: AnswerContent, source: AnswerSource, { today, dueOn }: { today: string; dueOn: string | null }): Finding[] {
  const { paragraphs } = content
  return [
    ...blanks(content),
    ...dates(paragraphs),
    ...numbers(paragraphs, source),
    ...laws(paragraphs),
    ...remedies(paragraphs),
    ...evidenceCount(paragraphs, source.evidence),
    ...(dueOn !== null && today > dueOn ? [finding('RA-6', `期限 ${chineseDate(dueOn)}已过`, '仍须提交，并说明逾期的正当事由', null, 'warning')] : []),
    ...(source.evidence === 0 ? [finding('RA-7', '证据目录是空的', '没有提交证据的，视为没有证据、依据（行政复议法第七十条、行政诉讼法第三十四条）', null, 'warning')] : []),
  ]
}

// 起草之后目录又添了、去了的
function evidenceCount(paragraphs: readonly string[], count: number): Finding[] {
  return paragraphs.flatMap((text, i) => {
    const written = /证据、依据(\d{1,4})份/u.exec(text)?.[1]
    return written === undefined || Number(written) === count ? [] : [finding('RA-8', `写的是证据、依据${written}份，目录里现有${count}份`, '照目录改，或者整理目录', i + 1)]
  })
}

/** 核对落实情况报告、复函：占位、日期、法律名称、期限。 */
export const lintReport = (content: AnswerContent, late: { today: string; dueOn: string } | null): Finding[] => [
  ...blanks(content),
  ...dates(content.paragraphs),
  ...laws(content.paragraphs),
  ...(late !== null && late.today > late.dueOn ? [finding('RA-6', `期限 ${chineseDate(late.dueOn)}已过`, '仍须报告，并说明逾期的缘由', null, 'warning')] : []),
]

export const hasErrors = (findings: readonly Finding[]): boolean => findings.some(({ severity }) => severity === 'error')

const BLANKS: readonly (readonly [RegExp, string])[] = [
  [/〔请[^〕]*〕/u, '还没有写'],
  [/[{｛][^}｝]*[}｝]|[_＿]{2,}|×{2,}/u, '占位没有填'],
  [/（\s*）|《\s*》|〔\s*〕/u, '括号里是空的'],
  [/年\s+月|月\s+日|：。|，。|。。/u, '有缺字或者多余的标点'],
]

function blanks({ recipient, paragraphs }: AnswerContent): Finding[] {
  const found = paragraphs.flatMap((text, i) => BLANKS.filter(([pattern]) => pattern.test(text)).map(([pattern, message]) => finding('RA-1', `${message}：${pattern.exec(text)?.[0].slice(0, 40) ?? ''}`, '写明或者删去', i + 1)))
  return recipient.trim() === '' ? [...found, finding('RA-1', '没有主送', '写明复议机关、法院的全称')] : found
}

const DAY = /(\d{4})年(\d{1,2})月(\d{1,2})日/gu

// 日期要真；先后不必尽查，记录里的由系统写
function dates(paragraphs: readonly string[]): Finding[] {
  return paragraphs.flatMap((text, i) =>
    [...text.matchAll(DAY)].flatMap(([words, year = '', month = '', day = '']) => (isPlainDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`) ? [] : [finding('RA-2', `没有这一天：${words}`, '改正日期', i + 1)])),
  )
}

/** 案号、收到之日、被争的文号与作出之日，须与登记的一致。 */
function numbers(paragraphs: readonly string[], { opened, disputed }: AnswerSource): Finding[] {
  const whole = paragraphs.join('\n')
  const { facts } = opened.state
  const decision = disputed?.application.decision ?? null
  const wanted: readonly (readonly [string | null, string])[] = [
    [facts.caseNo, '案号'],
    [chineseDate(facts.receivedOn), '收到副本之日'],
    [facts.decisionNo, '所争文书的文号'],
    [decision === null ? null : chineseDate(decision.decidedOn), '作出答复之日'],
  ]
  return wanted.flatMap(([words, label]) => (words === null || whole.includes(words) ? [] : [finding('RA-3', `没有写${label}，或者与登记的不一致`, `写明 ${words}；登记错了的，先更正登记`)]))
}

const SHORT_NAMES: readonly (readonly [RegExp, string])[] = [
  [/(?<!中华人民共和国)行政复议法(?!实施)》?第/u, '《中华人民共和国行政复议法》'],
  [/(?<!中华人民共和国)行政诉讼法》?第/u, '《中华人民共和国行政诉讼法》'],
]

// 法律、法规写全称
function laws(paragraphs: readonly string[]): Finding[] {
  const { citations, misnamings } = readCitations(paragraphs)
  const short = paragraphs.flatMap((text, i) => SHORT_NAMES.filter(([pattern]) => pattern.test(text)).map(([, name]) => finding('RA-4', '法律的名称不完整', `写作${name}`, i + 1)))
  return [
    ...misnamings.map(({ text, line }) => finding('RA-4', `法规的名称不完整：${text}`, '写作《中华人民共和国政府信息公开条例》', line)),
    ...citations.filter(({ law }) => law === null).map(({ article, line }) => finding('RA-4', `第${article}条没有写明是哪部法`, '写明法律、法规的全称', line)),
    ...(citations.length === 0 ? [finding('RA-4', '没有引用法律依据', '写明所依据的法律、法规条款')] : []),
    ...short,
  ]
}

const REMEDY = /(可以|应当|先向|[日月]内)[^。；\n]{0,60}(申请(行政)?复议|提起(行政)?诉讼)/u

/** 答复书、答辩状是交给复议机关、法院的，不附救济告知。 */
function remedies(paragraphs: readonly string[]): Finding[] {
  const line = paragraphs.findIndex((text) => REMEDY.test(text))
  const old = checkRemedyText(paragraphs.join('\n'), { remedy: 'NONE', decidedOn: '2024-01-01' }).filter(({ rule }) => rule === 'LT-08')
  if (line >= 0) return [finding('RA-5', '写了救济告知', '删去：答复书、答辩状不附救济告知', line + 1)]
  return old.slice(0, 1).map(({ message }) => finding('RA-5', message, '删去：答复书、答辩状不附救济告知'))
}
