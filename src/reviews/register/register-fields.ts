import { dayField } from '../../applications/index.ts'
import type { ActionField, Given } from '../../applications/index.ts'
import { ROLES_IN_COURT } from '../litigation.ts'
import { PARTY_KINDS } from '../parties/party-store.ts'
import { PROCEDURES } from '../review.ts'

/** 登记的三种。 */
export const INTAKE_KINDS = { review: '行政复议', direct: '行政诉讼（未经复议直接起诉）', 'after-review': '行政诉讼（复议后起诉）' } as const
export type IntakeKind = keyof typeof INTAKE_KINDS
export const isIntakeKind = (text: string): text is IntakeKind => Object.hasOwn(INTAKE_KINDS, text)

export interface IntakeHelp {
  today: string
  /** 所找的文号、登记号 */
  number: string
  /** 找到的申请有申请人的资料 */
  hasApplicant: boolean
  /** 设置里的复议机关、法院 */
  authority: string
  court: string
  /** 可以连上的复议：编号 → 案号与结果 */
  reviews: Readonly<Record<string, string>>
}

export const SAME = 'same'
export const OTHER = 'other'
/** 没有在这里登记过那件复议 */
export const NO_REVIEW = 'none'

/** 登记表单的各栏。 */
export function intakeFields(kind: IntakeKind, help: IntakeHelp): ActionField[] {
  const isReview = kind === 'review'
  return [
    { name: 'decisionNo', label: isReview ? '被复议的文书文号' : '被诉的文书文号', kind: 'text', maxLength: 100, value: help.number, hint: '因逾期没有答复而被复议、起诉的，没有文号，不填' },
    { name: 'caseNo', label: '案号', kind: 'text', required: true, maxLength: 100, hint: isReview ? '复议机关答复通知书上的，如：示复〔2026〕12号' : '法院应诉通知书上的，如：（2026）示例行初12号' },
    { name: 'organ', label: isReview ? '复议机关' : '法院', kind: 'text', required: true, maxLength: 100, value: isReview ? help.authority : help.court },
    dayField(help.today, isReview ? '收到申请书副本之日' : '收到起诉状副本之日', isReview ? '答复期限自次日起算：普通程序 10 个工作日，简易程序 5 个工作日（行政复议法第四十八条、第五十四条）' : '答辩、举证期限自次日起 15 日（行政诉讼法第六十七条）'),
    ...(isReview ? reviewFields() : suitFields(kind, help)),
    ...partyFields(help, isReview ? '复议申请人' : '原告'),
  ]
}

const reviewFields = (): ActionField[] => [
  { name: 'procedure', label: '审理程序', kind: 'choice', required: true, options: PROCEDURES, value: 'ordinary', hint: '政府信息公开案件可以适用简易程序（行政复议法第五十三条）；以通知书为准' },
  { name: 'acceptedOn', label: '复议机关受理之日', kind: 'date', hint: '复议决定的期限自受理之日起；通知书没有写的，知道了再记' },
  { name: 'ground', label: '不服什么', kind: 'long', maxLength: 500, hint: '如：认为应当公开而不予公开。不写当事人的姓名、电话' },
]

const suitFields = (kind: IntakeKind, { reviews }: IntakeHelp): ActionField[] => [
  { name: 'role', label: '本机关的身份', kind: 'choice', required: true, options: ROLES_IN_COURT, value: 'original', hint: '复议机关作共同被告的案件，年度报告只计原行为主体（国办公开办函〔2016〕201号）' },
  ...(kind === 'after-review' ? [{ name: 'reviewId', label: '先前的复议', kind: 'choice' as const, required: true, options: { ...reviews, [NO_REVIEW]: '没有在这里登记' }, value: Object.keys(reviews)[0] ?? NO_REVIEW }] : []),
]

const partyFields = ({ hasApplicant }: IntakeHelp, who: string): ActionField[] => [
  ...(hasApplicant ? [{ name: 'party', label: who, kind: 'choice' as const, required: true, options: { [SAME]: '就是申请公开的申请人（照其资料）', [OTHER]: '另有其人' }, value: SAME }] : []),
  { name: 'partyKind', label: hasApplicant ? '另有其人的：种类' : `${who}的种类`, kind: 'choice', options: PARTY_KINDS, value: 'person' },
  { name: 'name', label: '姓名、名称', kind: 'text', required: !hasApplicant, maxLength: 100, ...(hasApplicant ? { hint: '另有其人的填；加密存放，不写进经过' } : { hint: '加密存放，不写进经过' }) },
  { name: 'idNo', label: '证件号、统一社会信用代码', kind: 'text', maxLength: 60 },
  { name: 'contact', label: '联系方式', kind: 'text', maxLength: 100 },
]

/** 各栏的通则之外：没有照申请人资料的，要有姓名。 */
export const partyProblems = (given: Given, { hasApplicant }: Pick<IntakeHelp, 'hasApplicant'>): Record<string, string> =>
  (!hasApplicant || given('party') === OTHER) && given('name') === '' ? { name: '请填写姓名、名称' } : {}
