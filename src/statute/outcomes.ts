import { PRE_REVIEW_SINCE, remedyOn } from './remedies.ts'
import type { Remedy } from './remedies.ts'
import type { PlainDate } from './plain-date.ts'

/** 作出处理决定须有的依据材料，作为数据：一项一格。 */
export interface Evidence {
  key: string
  label: string
  /** 只能择一的 */
  options?: Readonly<Record<string, string>>
  /** 只在另一项取某值时才需要 */
  when?: { key: string; is: string }
  /** 能确定时才写 */
  optional?: boolean
}

export interface OutcomeRule {
  label: string
  /** 年度报告表三的行 */
  row: string
  /** 条例的条款；没有专条的为 null */
  article: string | null
  evidence: readonly Evidence[]
  remedy: Remedy
  /** 答复文书，领域参考 4.3 */
  letter: string
}

const SEARCH: readonly Evidence[] = [
  { key: 'searchedBy', label: '检索人', when: { key: 'notHeld', is: 'NOT_EXIST' } },
  { key: 'searchedOn', label: '检索日期', when: { key: 'notHeld', is: 'NOT_EXIST' } },
  { key: 'searchScope', label: '检索范围', when: { key: 'notHeld', is: 'NOT_EXIST' } },
  { key: 'searchTerms', label: '检索的关键词或方式', when: { key: 'notHeld', is: 'NOT_EXIST' } },
  { key: 'searchResult', label: '检索结果', when: { key: 'notHeld', is: 'NOT_EXIST' } },
]

/** 处理结果（领域参考 4.1）：报告的行、法条、须有的依据、救济、文书。 */
export const OUTCOMES = {
  GRANTED_ALREADY_PUBLIC: {
    label: '予以公开（已主动公开，告知获取方式、途径）',
    row: 'R3.1',
    article: '第三十六条第（一）项',
    evidence: [{ key: 'where', label: '公开的链接或获取途径' }],
    remedy: 'EITHER',
    letter: 'L14',
  },
  GRANTED: {
    label: '予以公开',
    row: 'R3.1',
    article: '第三十六条第（二）项',
    evidence: [{ key: 'provided', label: '提供的载体，或获取的方式、途径和时间' }],
    remedy: 'EITHER',
    letter: 'L15',
  },
  PARTIAL: {
    label: '部分公开',
    row: 'R3.2',
    article: '第三十七条',
    evidence: [{ key: 'redactions', label: '不予公开的部分逐处的内容类别、法条与理由' }],
    remedy: 'PRE_REVIEW',
    letter: 'L16',
  },
  DENY_SECRET: {
    label: '不予公开（国家秘密）',
    row: 'R3.3.1',
    article: '第十四条',
    evidence: [
      { key: 'secretLevel', label: '密级', options: { TOP: '绝密', HIGH: '机密', SECRET: '秘密' } },
      { key: 'classifiedBy', label: '定密机关' },
      { key: 'classifiedDoc', label: '定密文件的文号' },
    ],
    remedy: 'PRE_REVIEW',
    letter: 'L17',
  },
  DENY_LAW: {
    label: '不予公开（其他法律、行政法规禁止公开）',
    row: 'R3.3.2',
    article: '第十四条',
    evidence: [{ key: 'forbiddenBy', label: '禁止公开的法律、行政法规名称及条款（规章、规范性文件不得作为依据）' }],
    remedy: 'PRE_REVIEW',
    letter: 'L17',
  },
  DENY_3S1W: {
    label: '不予公开（危及国家安全、公共安全、经济安全、社会稳定）',
    row: 'R3.3.3',
    article: '第十四条',
    evidence: [
      {
        key: 'endangers',
        label: '危及哪一类',
        options: { NATIONAL: '国家安全', PUBLIC: '公共安全', ECONOMIC: '经济安全', STABILITY: '社会稳定' },
      },
      { key: 'argument', label: '危及的论证' },
    ],
    remedy: 'PRE_REVIEW',
    letter: 'L17',
  },
  DENY_THIRD_PARTY: {
    label: '不予公开（保护第三方合法权益）',
    row: 'R3.3.4',
    article: '第十五条、第三十二条',
    evidence: [{ key: 'thirdParty', label: '征求意见的结果，或直接认定的理由' }],
    remedy: 'PRE_REVIEW',
    letter: 'L17',
  },
  DENY_INTERNAL: {
    label: '不予公开（三类内部事务信息）',
    row: 'R3.3.5',
    article: '第十六条第一款',
    evidence: [
      { key: 'internal', label: '哪一类内部事务', options: { STAFF: '人事管理', LOGISTICS: '后勤管理', WORKFLOW: '内部工作流程' } },
      { key: 'reason', label: '不公开的理由' },
    ],
    remedy: 'PRE_REVIEW',
    letter: 'L17',
  },
  DENY_PROCESS: {
    label: '不予公开（四类过程性信息）',
    row: 'R3.3.6',
    article: '第十六条第二款',
    evidence: [
      {
        key: 'process',
        label: '哪一类过程性信息',
        options: { MINUTES: '讨论记录', DRAFT: '过程稿', CONSULTATION: '磋商信函', REQUEST: '请示报告' },
      },
      { key: 'reason', label: '不公开的理由' },
    ],
    remedy: 'PRE_REVIEW',
    letter: 'L17',
  },
  DENY_CASEFILE: {
    label: '不予公开（行政执法案卷）',
    row: 'R3.3.7',
    article: '第十六条第二款',
    evidence: [
      { key: 'caseFileNo', label: '执法案卷号' },
      { key: 'reason', label: '不公开的理由' },
    ],
    remedy: 'PRE_REVIEW',
    letter: 'L17',
  },
  ADMIN_QUERY: {
    label: '行政查询事项（依特别规定办理）',
    row: 'R3.3.8',
    article: '第三十六条第（七）项',
    evidence: [
      { key: 'specialRule', label: '特别规定的法律、行政法规名称' },
      { key: 'channel', label: '办理渠道' },
    ],
    remedy: 'EITHER',
    letter: 'L26',
  },
  UNABLE_NOT_HELD: {
    label: '无法提供（本机关不掌握相关政府信息）',
    row: 'R3.4.1',
    article: '第三十六条第（四）项、第（五）项',
    evidence: [
      { key: 'notHeld', label: '何种不掌握', options: { NOT_EXIST: '信息不存在', NOT_RESPONSIBLE: '不属于本机关负责公开' } },
      ...SEARCH,
      { key: 'notResponsible', label: '不属于本机关负责的理由', when: { key: 'notHeld', is: 'NOT_RESPONSIBLE' } },
      { key: 'responsibleBody', label: '能够确定的负责机关名称、联系方式', when: { key: 'notHeld', is: 'NOT_RESPONSIBLE' }, optional: true },
    ],
    remedy: 'EITHER',
    letter: 'L18',
  },
  UNABLE_NEEDS_CREATION: {
    label: '无法提供（没有现成信息需要另行制作）',
    row: 'R3.4.2',
    article: '第三十八条',
    evidence: [{ key: 'creation', label: '需要加工、分析的说明' }],
    remedy: 'EITHER',
    letter: 'L20',
  },
  UNABLE_UNCLEAR: {
    label: '无法提供（补正后申请内容仍不明确）',
    row: 'R3.4.3',
    article: '第三十条',
    evidence: [{ key: 'unclear', label: '两次内容对照，何处仍不明确' }],
    remedy: 'EITHER',
    letter: 'L21',
  },
  NP_PETITION: {
    label: '不予处理（信访举报投诉类申请）',
    row: 'R3.5.1',
    article: '第三十九条第一款',
    evidence: [{ key: 'petition', label: '信访、投诉、举报的内容；可告知的渠道' }],
    remedy: 'EITHER',
    letter: 'L23',
  },
  NP_DUPLICATE: {
    label: '不予处理（重复申请）',
    row: 'R3.5.2',
    article: '第三十六条第（六）项',
    evidence: [
      { key: 'earlierDocNo', label: '前次答复的文号' },
      { key: 'earlierOn', label: '前次答复的日期' },
    ],
    remedy: 'EITHER',
    letter: 'L22',
  },
  NP_PUBLICATION: {
    label: '不予处理（要求提供公开出版物）',
    row: 'R3.5.3',
    article: '第三十九条第二款',
    evidence: [
      { key: 'publication', label: '出版物的名称' },
      { key: 'where', label: '获取的途径' },
    ],
    remedy: 'EITHER',
    letter: 'L24',
  },
  NP_EXCESSIVE: {
    label: '不予处理（无正当理由大量反复申请）',
    row: 'R3.5.4',
    article: '第三十五条',
    evidence: [{ key: 'unreasonable', label: '申请人所述理由何以不合理' }],
    remedy: 'EITHER',
    letter: 'L25',
  },
  NP_RECONFIRM: {
    label: '不予处理（要求行政机关确认或重新出具已获取信息）',
    row: 'R3.5.5',
    article: null,
    evidence: [{ key: 'alreadyHeld', label: '申请人已获取该信息的事实' }],
    remedy: 'EITHER',
    letter: 'L22',
  },
  CLOSED_NO_CORRECTION: {
    label: '其他处理（申请人无正当理由逾期不补正、行政机关不再处理）',
    row: 'R3.6.1',
    article: '第三十条',
    evidence: [],
    remedy: 'EITHER',
    letter: 'L27',
  },
  CLOSED_NO_PAYMENT: {
    label: '其他处理（申请人逾期未按收费通知要求缴纳费用、行政机关不再处理）',
    row: 'R3.6.2',
    article: '第四十二条',
    evidence: [],
    remedy: 'EITHER',
    letter: 'L27',
  },
  OTHER: {
    label: '其他处理（其他）',
    row: 'R3.6.3',
    article: null,
    evidence: [{ key: 'explanation', label: '说明（如撤回、不是政府信息）' }],
    remedy: 'EITHER',
    letter: 'L27',
  },
} as const satisfies Record<string, OutcomeRule>

export type Outcome = keyof typeof OUTCOMES

// 逐项按 OutcomeRule 读，免得用到字面类型
const RULES: Readonly<Record<Outcome, OutcomeRule>> = OUTCOMES

export const outcomeRule = (outcome: Outcome): OutcomeRule => RULES[outcome]
export const isOutcome = (text: string): text is Outcome => Object.hasOwn(OUTCOMES, text)
export const OUTCOME_NAMES = Object.keys(OUTCOMES).filter(isOutcome)

/** 报告的行。 */
export const reportRowOf = (outcome: Outcome): string => RULES[outcome].row

/** 行政查询事项是否按不予公开前置，有争议，可配〔待核〕。 */
export interface OutcomeSettings {
  adminQueryRemedy: Remedy
}

/** 作出之日应告知的救济；不予公开与部分公开自 2024-01-01 起复议前置。 */
export function outcomeRemedy(
  outcome: Outcome,
  decidedOn: PlainDate,
  settings: OutcomeSettings = { adminQueryRemedy: 'EITHER' },
): Remedy {
  return remedyOn(outcome === 'ADMIN_QUERY' ? settings.adminQueryRemedy : RULES[outcome].remedy, decidedOn)
}

/** 该结果自某日起须先复议吗。 */
export const needsReviewFirst = (outcome: Outcome, decidedOn: PlainDate): boolean =>
  decidedOn >= PRE_REVIEW_SINCE && RULES[outcome].remedy === 'PRE_REVIEW'

/** 缺了哪些依据材料，或所选不在其列；齐备为空。 */
export function missingEvidence(outcome: Outcome, given: Readonly<Record<string, string>>): Evidence[] {
  return RULES[outcome].evidence.filter(({ key, options, when, optional }) => {
    if (when !== undefined && given[when.key] !== when.is) return false
    const value = given[key]?.trim() ?? ''
    if (value === '') return optional !== true
    return options !== undefined && !Object.hasOwn(options, value)
  })
}

/** 依所选情形确定文书：不属于本机关负责的用 L19，其余照表。 */
export const letterOf = (outcome: Outcome, given: Readonly<Record<string, string>>): string =>
  outcome === 'UNABLE_NOT_HELD' && given['notHeld'] === 'NOT_RESPONSIBLE' ? 'L19' : RULES[outcome].letter
