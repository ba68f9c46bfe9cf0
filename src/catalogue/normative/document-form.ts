import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import type { FormState } from '../../platform/html/index.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { TOPICS } from '../item-details.ts'
import type { Topic } from '../item-details.ts'
import { DOCUMENT_KINDS } from './normative-document.ts'
import type { DocumentKind, Making, NormativeDocument, NormativeFacts } from './normative-document.ts'
import { defaultExpiry } from './normative-rules.ts'
import { checkFields, orNull } from './step-fields.ts'
import type { Given, StepField } from './step-fields.ts'

/** 有效期怎样定：照本机关的设置、文件自己写明、没有有效期。 */
export const TERMS = { default: '照一般的有效期', stated: '文件写明了', none: '没有有效期（长期有效）' } as const
type TermChoice = keyof typeof TERMS

export interface ValidityYears {
  years: number
  trialYears: number
}

/** 文件本身：名称、文号、日子。 */
export const factFields = (found: NormativeDocument | null): StepField[] => [
  { name: 'title', label: '文件名称', kind: 'text', required: true, maxLength: 500, value: found?.title, hint: '只填主标题' },
  { name: 'docNo', label: '文号', kind: 'text', required: true, maxLength: 100, value: found?.docNo, hint: '如 示例规〔2026〕1号；一个文号一件' },
  { name: 'kind', label: '种类', kind: 'choice', required: true, options: DOCUMENT_KINDS, value: found?.kind ?? 'norm', hint: '规章只有国务院部门、省级和设区的市政府可以制定；区级部门选行政规范性文件' },
  { name: 'registrationNo', label: '登记号、备案号', kind: 'text', maxLength: 100, value: found?.registrationNo ?? '' },
  { name: 'topic', label: '主题分类', kind: 'choice', options: TOPICS, value: found?.making.topic ?? '' },
  { name: 'madeOn', label: '公布之日', kind: 'date', required: true, value: found?.madeOn, hint: '按这一日计入「本年制发」' },
  { name: 'effectiveOn', label: '施行之日', kind: 'date', value: found?.effectiveOn ?? '' },
  { name: 'url', label: '别处公布的地址', kind: 'text', maxLength: 1000, value: found?.url ?? '', hint: '正文在本站公开的不用填，登记之后连上即可' },
]

/** 有效期；只在登记时填，此后的延续、废止、更正另办。 */
export const termFields = ({ years, trialYears }: ValidityYears): StepField[] => [
  { name: 'term', label: '有效期', kind: 'choice', required: true, options: TERMS, value: 'default', hint: `一般 ${years} 年，名称有「暂行」「试行」的 ${trialYears} 年，自施行之日起算（本区设定）；年数在本机关的设置里改` },
  { name: 'expiresOn', label: '有效期至', kind: 'date', hint: '文件写明了的才填：有效的最后一日' },
]

/** 制定的经过。 */
export const makingFields = (making: Making | null): StepField[] => [
  { name: 'legalReview', label: '合法性审核意见', kind: 'long', value: making?.legalReview ?? '', hint: '由谁审核、何时、什么意见' },
  { name: 'consultation', label: '征求意见记录', kind: 'long', value: making?.consultation ?? '', hint: '向谁、以什么方式、自何时至何时、采纳情况' },
  { name: 'deliberation', label: '集体审议', kind: 'long', value: making?.deliberation ?? '', hint: '何时的什么会议审议通过' },
]

export type Parsed<T> = { ok: true; value: T } | { ok: false; errors: FormState['errors'] }
type FactsGiven = { facts: NormativeFacts; making: Making }

/** 登记的表单 → 一件文件；有错的逐栏说明。 */
export function parseRegistration(given: Given, today: PlainDate, validity: ValidityYears): Parsed<FactsGiven> {
  const errors: Record<string, string> = { ...checkFields([...factFields(null), ...termFields(validity), ...makingFields(null)], given), ...wrongFacts(given, today) }
  const term = given('term') as TermChoice
  if (term === 'stated' && given('expiresOn') === '') errors['expiresOn'] ??= '请填写文件写明的有效期的最后一日'
  if (term !== 'stated' && given('expiresOn') !== '') errors['term'] ??= '填了有效期至的，请选「文件写明了」'
  if (term === 'stated' && isPlainDate(given('expiresOn')) && given('expiresOn') < (orNull(given('effectiveOn')) ?? given('madeOn'))) errors['expiresOn'] ??= '早于施行、公布之日'
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  const read = readFacts(given)
  const expiresOn = term === 'none' ? null : term === 'stated' ? given('expiresOn') : defaultExpiry(read.facts, validity)
  return { ok: true, value: { ...read, facts: { ...read.facts, expiresOn } } }
}

/** 更正的表单 → 更正后的；效力（有效期、废止）照旧，另由批准的人更正。 */
export function parseCorrection(given: Given, today: PlainDate, found: NormativeDocument): Parsed<FactsGiven> {
  const errors: Record<string, string> = { ...checkFields([...factFields(found), ...makingFields(found.making)], given), ...wrongFacts(given, today) }
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  const { facts, making } = readFacts(given)
  const { expiresOn, repealedOn, repealBasis } = found
  return { ok: true, value: { facts: { ...facts, expiresOn, repealedOn, repealBasis }, making } }
}

function readFacts(given: Given): FactsGiven {
  const facts: NormativeFacts = {
    kind: given('kind') as DocumentKind,
    title: given('title'),
    docNo: given('docNo'),
    registrationNo: orNull(given('registrationNo')),
    madeOn: given('madeOn'),
    effectiveOn: orNull(given('effectiveOn')),
    expiresOn: null,
    repealedOn: null,
    repealBasis: null,
    url: orNull(given('url')),
  }
  const making: Making = {
    topic: given('topic') === '' ? null : (given('topic') as Topic),
    legalReview: orNull(given('legalReview')),
    consultation: orNull(given('consultation')),
    deliberation: orNull(given('deliberation')),
  }
  return { facts, making }
}

const PUBLIC_WORDS = { title: '名称', docNo: '文号', registrationNo: '登记号' } as const

function wrongFacts(given: Given, today: PlainDate): Record<string, string> {
  const errors: Record<string, string> = {}
  const [madeOn, effectiveOn, url] = [given('madeOn'), given('effectiveOn'), given('url')]
  if (isPlainDate(madeOn) && madeOn > today) errors['madeOn'] = '晚于今日；公布之后再登记'
  if (isPlainDate(madeOn) && isPlainDate(effectiveOn) && effectiveOn < madeOn) errors['effectiveOn'] = '早于公布之日'
  if (url !== '' && !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) errors['url'] = '请写完整的网址，以 https:// 或 http:// 开头'
  for (const [name, label] of Object.entries(PUBLIC_WORDS)) if (findPersonalNumbers(given(name)).length > 0) errors[name] = `${label}里有身份证、手机或银行卡号码，公众看得到，须先去掉`
  return errors
}
