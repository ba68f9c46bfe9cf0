import { APPLICANT_KINDS } from '../events.ts'
import type { ApplicantKind } from '../events.ts'

/** 申请表（领域参考附录 D）上申请人的一栏。三要素不全的照收，登记后告知补正（条例第二十九条、第三十条）。 */
export interface ApplicantField {
  key: string
  label: string
  maxLength: number
  hint?: string
  required?: true
  type?: 'tel' | 'email'
}

const AGENT: readonly ApplicantField[] = [
  { key: 'agentName', label: '代理人', maxLength: 60, hint: '有代理的才填；申请人仍按被代理人归类' },
  { key: 'agentIdNo', label: '代理人证件号码', maxLength: 40 },
  { key: 'agentPhone', label: '代理人联系电话', maxLength: 40, type: 'tel' },
  { key: 'mandate', label: '委托书', maxLength: 200, hint: '委托书的日期、事项' },
]
const CONTACT: readonly ApplicantField[] = [
  { key: 'contact', label: '联系电话', maxLength: 40, type: 'tel' },
  { key: 'email', label: '电子邮箱', maxLength: 120, type: 'email' },
  { key: 'postalAddress', label: '联系地址', maxLength: 200 },
  { key: 'postcode', label: '邮政编码', maxLength: 10 },
]

export const PERSON_FIELDS: readonly ApplicantField[] = [
  { key: 'name', label: '姓名', maxLength: 60, required: true },
  { key: 'idKind', label: '证件名称', maxLength: 40, hint: '如居民身份证' },
  { key: 'idNo', label: '证件号码', maxLength: 40, hint: '没有提供的可以先登记，再告知补正' },
  ...CONTACT,
  ...AGENT,
]
export const ORGANISATION_FIELDS: readonly ApplicantField[] = [
  { key: 'name', label: '名称', maxLength: 120, required: true },
  { key: 'idNo', label: '统一社会信用代码', maxLength: 40, hint: '没有提供的可以先登记，再告知补正' },
  { key: 'legalPerson', label: '法定代表人', maxLength: 60 },
  { key: 'contactPerson', label: '联系人', maxLength: 60 },
  ...CONTACT,
  ...AGENT,
]

/** 两种申请表的各栏合在一处，只一种才有的注明；供接口的格式用。 */
export const APPLICANT_FIELDS = [...new Map([...PERSON_FIELDS, ...ORGANISATION_FIELDS].map((field) => [field.key, field])).keys()].flatMap((key) => {
  const person = PERSON_FIELDS.find((field) => field.key === key)
  const organisation = ORGANISATION_FIELDS.find((field) => field.key === key)
  const known = person ?? organisation
  if (known === undefined) return []
  const label = person !== undefined && organisation !== undefined && person.label !== organisation.label ? `${person.label}；单位的为${organisation.label}` : known.label
  const on = person === undefined ? '（单位的）' : organisation === undefined ? '（自然人的）' : ''
  return [{ key, label, maxLength: Math.max(person?.maxLength ?? 0, organisation?.maxLength ?? 0), on }]
})

export const fieldsOfKind = (kind: ApplicantKind): readonly ApplicantField[] => (kind === 'N' ? PERSON_FIELDS : ORGANISATION_FIELDS)

/** 组织的五类，即表三的后五列。 */
export const ORGANISATION_KINDS = Object.entries(APPLICANT_KINDS).filter(([kind]) => kind !== 'N')

/** 单独成列、带摘要的；其余合为一份 JSON。 */
export const OWN_COLUMNS: readonly string[] = ['name', 'idNo', 'contact']

export const ASSISTANCE = { reading: '阅读有困难，需要协助', hearing: '视听有障碍，需要协助', writing: '书写有困难，代为填写' } as const
export const WAYS = ['邮寄', '电子邮件', '网上获取', '当面领取', '查阅、抄录'] as const
export const CARRIERS = ['纸质', '电子'] as const
