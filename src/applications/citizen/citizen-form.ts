import { isUscc } from '../../bodies/index.ts'
import { isIdNumber } from '../../statute/id-number.ts'
import { ASSISTANCE, CARRIERS, WAYS, fieldsOfKind } from '../applicants/applicant-form.ts'
import { APPLICANT_KINDS, isApplicantKind } from '../events.ts'
import type { ApplicantKind } from '../events.ts'
import { parseIntake } from '../intake/intake-form.ts'
import type { Intake } from '../intake/intake-form.ts'

/** 网上申请的各步，一步一组问题；从不问用途（条例第二十七条）。 */
export const CITIZEN_STEPS = {
  who: '谁来申请',
  person: '申请人',
  agent: '代理人',
  content: '申请什么',
  delivery: '怎样取得',
  help: '需要的帮助',
  papers: '附上材料',
  check: '核对并提交',
} as const

export type CitizenStep = keyof typeof CITIZEN_STEPS
export const isCitizenStep = (text: string): text is CitizenStep => Object.hasOwn(CITIZEN_STEPS, text)
export const STEP_KEYS = Object.keys(CITIZEN_STEPS).filter(isCitizenStep)
export const nextStep = (step: CitizenStep): CitizenStep => STEP_KEYS[STEP_KEYS.indexOf(step) + 1] ?? 'check'

/** 填过的：栏名 → 各值，已去首尾空白。 */
export type Answers = Readonly<Record<string, readonly string[]>>
export type Errors = Readonly<Record<string, string>>

export const ID_KINDS = ['居民身份证', '护照', '港澳居民来往内地通行证', '台湾居民来往大陆通行证', '外国人永久居留身份证', '其他'] as const
export const CONTENT_LIMIT = 5000

const one = (answers: Answers, key: string): string => answers[key]?.[0] ?? ''
export const kindOf = (answers: Answers): ApplicantKind => {
  const kind = one(answers, 'kind')
  return isApplicantKind(kind) ? kind : 'N'
}

const isAgentField = (key: string): boolean => key.startsWith('agent') || key === 'mandate'
/** 「申请人」一步的各栏。 */
export const personFields = (kind: ApplicantKind) => fieldsOfKind(kind).filter(({ key }) => !isAgentField(key))
/** 「代理人」一步的各栏。 */
export const agentFields = (kind: ApplicantKind) => fieldsOfKind(kind).filter(({ key }) => isAgentField(key))

const keysOf = (step: CitizenStep, kind: ApplicantKind): readonly string[] => {
  switch (step) {
    case 'who':
      return ['kind']
    case 'person':
      return personFields(kind).map(({ key }) => key)
    case 'agent':
      return ['hasAgent', ...agentFields(kind).map(({ key }) => key)]
    case 'content':
      return ['content']
    case 'delivery':
      return ['way', 'carrier', 'electronic']
    case 'help':
      return ['assistance']
    default:
      return []
  }
}

// 比各栏的限度略长，过限的由核对指出；草稿的大小由此有限
const MOST_LETTERS = { content: 6000, other: 300 } as const
const MOST_CHOICES = 5

// 中文输入法下数字常是全角的，号码里又常隔着空格：照收，不叫人重填
const NUMBERS = ['idNo', 'agentIdNo', 'postcode', 'email']
const plain = (key: string, text: string): string => {
  if (NUMBERS.includes(key)) return text.normalize('NFKC').replaceAll(/\s/g, '')
  return key === 'contact' || key === 'agentPhone' ? text.normalize('NFKC') : text
}

/** 从一步的表单里取出这一步的各栏；别的栏不收，过长的截去。 */
export function answersOf(step: CitizenStep, kind: ApplicantKind, fields: Answers): Record<string, string[]> {
  const taken = (key: string): string[] =>
    (fields[key] ?? [])
      .slice(0, key === 'assistance' ? MOST_CHOICES : 1)
      .map((text) => plain(key, text).trim().slice(0, key === 'content' ? MOST_LETTERS.content : MOST_LETTERS.other).toWellFormed())
  return Object.fromEntries(keysOf(step, kind).map((key) => [key, taken(key)]))
}

/** 一步里填得不对的，栏名 → 怎样改。 */
export function errorsOf(step: CitizenStep, answers: Answers): Errors {
  switch (step) {
    case 'who':
      return isApplicantKind(one(answers, 'kind')) ? {} : { kind: '请选择由谁申请' }
    case 'person':
      return personErrors(answers)
    case 'agent':
      return agentErrors(answers)
    case 'content':
      return contentErrors(one(answers, 'content'))
    case 'delivery':
      return deliveryErrors(answers)
    default:
      return {}
  }
}

/** 头一个没有填好的步骤；都填好了为 null。 */
export const firstUnfinished = (answers: Answers): CitizenStep | null =>
  STEP_KEYS.find((step) => Object.keys(errorsOf(step, answers)).length > 0) ?? null

/** 同意电子送达与否；没有说的即不同意（送达须本人明白同意）。 */
export const agreesToElectronic = (answers: Answers): boolean => one(answers, 'electronic') === 'yes'

/** 隔一阵回来，从哪一步接着填：头一个没有填过的。 */
export const resumeAt = (answers: Answers): CitizenStep => firstUnfinished(answers) ?? (answers['assistance'] === undefined ? 'help' : 'papers')

function personErrors(answers: Answers): Errors {
  const kind = kindOf(answers)
  const errors: Record<string, string> = lengthErrors(personFields(kind), answers)
  const put = (key: string, message: string | null): void => {
    if (message !== null) errors[key] ??= message
  }
  if (one(answers, 'name') === '') put('name', kind === 'N' ? '请填写姓名，与证件上的一致' : '请填写单位的全称')
  put('idNo', kind === 'N' ? idError(one(answers, 'idKind'), one(answers, 'idNo')) : usccError(one(answers, 'idNo')))
  put('contact', phoneError(one(answers, 'contact')))
  put('email', emailError(one(answers, 'email')))
  const postcode = one(answers, 'postcode')
  if (postcode !== '' && !/^\d{6}$/.test(postcode)) put('postcode', '邮政编码是六位数字')
  if (['contact', 'email', 'postalAddress'].every((key) => one(answers, key) === '')) put('contact', '电话、电子邮箱、联系地址至少填一项：机关须与您联系确认，才算收到申请')
  return errors
}

function agentErrors(answers: Answers): Errors {
  const has = one(answers, 'hasAgent')
  if (has !== 'yes') return has === 'no' ? {} : { hasAgent: '请选择有没有代理人' }
  const errors: Record<string, string> = lengthErrors(agentFields(kindOf(answers)), answers)
  if (one(answers, 'agentName') === '') errors['agentName'] ??= '请填写代理人的姓名'
  const phone = phoneError(one(answers, 'agentPhone'))
  if (phone !== null) errors['agentPhone'] ??= phone
  const idNo = one(answers, 'agentIdNo')
  if (/^\d{17}[\dXx]$/.test(idNo) && !isIdNumber(idNo)) errors['agentIdNo'] ??= ID_WRONG
  return errors
}

function contentErrors(content: string): Errors {
  if (content === '') return { content: '请写明您要哪些政府信息，如文件的名称、文号，或者能据以查找的描述' }
  return content.length > CONTENT_LIMIT ? { content: `写得太长了，请写在 ${CONTENT_LIMIT} 个字以内；材料可以在「附上材料」一步上传` } : {}
}

function deliveryErrors(answers: Answers): Errors {
  const errors: Record<string, string> = {}
  const way = one(answers, 'way')
  if (!WAYS.some((each) => each === way)) errors['way'] = '请选择怎样取得'
  const carrier = one(answers, 'carrier')
  if (!CARRIERS.some((each) => each === carrier)) errors['carrier'] = '请选择纸质还是电子'
  else if (carrier === '纸质' && (way === '电子邮件' || way === '网上获取')) errors['carrier'] = `${way}只能是电子的；要纸质的，请改选邮寄、当面领取`
  if (way === '邮寄' && one(answers, 'postalAddress') === '') errors['way'] = '选邮寄的，请回「申请人」一步填写联系地址，或者改选别的方式'
  if (way === '电子邮件' && one(answers, 'email') === '') errors['way'] = '选电子邮件的，请回「申请人」一步填写电子邮箱，或者改选别的方式'
  return errors
}

const lengthErrors = (fields: readonly { key: string; label: string; maxLength: number }[], answers: Answers): Record<string, string> =>
  Object.fromEntries(fields.filter(({ key, maxLength }) => one(answers, key).length > maxLength).map(({ key, label, maxLength }) => [key, `${label}不超过 ${maxLength} 个字`]))

const ID_WRONG = '身份证号码有一位不对，请对照证件逐位核对'

function idError(kind: string, idNo: string): string | null {
  if (idNo === '') return null
  if (kind === '') return '请先选择证件名称'
  if (kind !== '居民身份证') return null
  if (!/^\d{17}[\dXx]$/.test(idNo)) return `身份证号码是 18 位，末位可以是 X；现有 ${idNo.length} 位`
  return isIdNumber(idNo) ? null : ID_WRONG
}

function usccError(code: string): string | null {
  if (code === '') return null
  if (code.length !== 18) return `统一社会信用代码是 18 位；现有 ${code.length} 位`
  return isUscc(code.toUpperCase()) ? null : '统一社会信用代码有一位不对，请对照证照逐位核对'
}

const PHONE = /^(?:(?:\+?86)?1[3-9]\d{9}|(?:0\d{2,3})?[2-9]\d{6,7}(?:转\d{1,6})?)$/
const phoneError = (phone: string): string | null =>
  phone === '' || PHONE.test(phone.replaceAll(/[\s()（）-]/g, '')) ? null : '电话的写法不对：手机 11 位，固定电话写上区号，如 027-88886666'
const emailError = (email: string): string | null =>
  email === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? null : '电子邮箱的写法不对，如 zhang@example.cn'

/** 填好的各步合为一份登记的内容；渠道为互联网，收到之日待双方确认（条例第三十一条）。 */
export function toIntake(answers: Answers, today: string): Intake | null {
  const withAgent = one(answers, 'hasAgent') === 'yes'
  const kept = Object.fromEntries(Object.entries(answers).filter(([key]) => withAgent || !isAgentField(key)))
  const idNo = one(answers, 'idNo').toUpperCase()
  const fields: Answers = { ...kept, channel: ['ONLINE'], submittedOn: [today], ...(idNo === '' ? {} : { idNo: [idNo] }) }
  const parsed = parseIntake({ fields, text: (name) => one(fields, name) })
  return parsed.ok ? parsed.intake : null
}

/** 核对页上的各项：步骤 → 名目与所填；没有填的写明没有填。 */
export function summaryOf(answers: Answers): { step: CitizenStep; items: [string, string][] }[] {
  const kind = kindOf(answers)
  const shown = (fields: readonly { key: string; label: string }[]): [string, string][] => fields.map(({ key, label }) => [label, one(answers, key) || '没有填'])
  const wanted = answers['assistance'] ?? []
  const help = Object.entries(ASSISTANCE).filter(([key]) => wanted.includes(key))
  return [
    { step: 'who', items: [['申请人类型', APPLICANT_KINDS[kind]]] },
    { step: 'person', items: shown(personFields(kind)) },
    { step: 'agent', items: one(answers, 'hasAgent') === 'yes' ? shown(agentFields(kind)) : [['代理人', '没有']] },
    { step: 'content', items: [['所需政府信息', one(answers, 'content')]] },
    { step: 'delivery', items: [['获取方式', one(answers, 'way')], ['载体形式', one(answers, 'carrier')], ['电子送达', agreesToElectronic(answers) ? '同意' : '不同意，以后可以在查询页改']] },
    { step: 'help', items: [['需要的帮助', help.map(([, label]) => label).join('；') || '不需要']] },
  ]
}
