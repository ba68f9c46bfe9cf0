import type { Permit } from '../../identity/index.ts'
import type { RecordSource } from '../../platform/record-source.ts'

/** 数值是什么：合格率（%）；不合格的件数；合计。 */
export type Measure = 'share' | 'faults' | 'sum'

interface SourceSpec {
  label: string
  /** 数的是什么、怎样才合格，写给被考核的人看 */
  counts: string
  measure: Measure
  unit: string
  /** 逐条记录要有此项许可才看得到 */
  permit: Permit
  /** 合格、不合格各怎样称呼 */
  words: readonly [good: string, bad: string]
  /** 件数少，公布了会认出是谁的：对外只写得分 */
  scarce?: true
}

const share = { measure: 'share', unit: '%' } as const

/** 指标可以取的数，一处写全；各由记录数出，人不能填。 */
export const SOURCES = {
  'items-in-time': { ...share, label: '主动公开按期率', counts: '考核期间到期的主动公开信息，在期限之内公开的', permit: 'item.read', words: ['按期', '逾期'] },
  'replies-in-time': { ...share, label: '依申请公开按期答复率', counts: '考核期间作出的答复，与到期而没有答复的；在答复期限之内的', permit: 'application.read', words: ['按期', '逾期'] },
  'reports-in-time': { ...share, label: '年度报告按期率', counts: '考核年度的年度报告，在 1 月 31 日之前报送并公布的', permit: 'report.read', words: ['按期', '没有按期'] },
  'duties-filled': { ...share, label: '法定主动公开事项有内容的比率', counts: '适用的法定主动公开事项，有公开着的内容的；按取数之日', permit: 'item.read', words: ['有内容', '空白'] },
  'duties-current': { ...share, label: '法定主动公开事项按时更新的比率', counts: '有内容的法定主动公开事项，在更新时限之内的；按取数之日', permit: 'item.read', words: ['按时', '未更新'] },
  'guide-kept': { ...share, label: '公开指南与渠道完整的比率', counts: '指南的九项要素、机构变化之后的更新、渠道的核实；按取数之日', permit: 'item.read', words: ['合格', '不合格'] },
  'items-without-fault': { ...share, label: '公开的信息没有差错的比率', counts: '考核期间公开的信息，没有预检命中、打不开的附件、失效的外链的；按取数之日', permit: 'item.read', words: ['没有差错', '有差错'] },
  'reports-right': { ...share, label: '年度报告一次通过率', counts: '考核年度的年度报告，没有被退回、公布之后没有更正的', permit: 'report.read', words: ['一次通过', '退回或者更正'] },
  'outcomes-kept': { ...share, label: '复议诉讼没有被纠正的比率', counts: '考核期间审结的行政复议、行政诉讼，结果不是纠正的', permit: 'review.read', words: ['没有纠正', '纠正'] },
  'complaints-founded': { measure: 'faults', unit: ' 件', label: '查实的投诉举报', counts: '考核期间作出结论的投诉、反映，成立、部分成立的件数', permit: 'complaint.read', words: ['没有查实', '查实'], scarce: true },
  'complaints-in-time': { ...share, label: '投诉举报按期答复率', counts: '考核期间到期的投诉、反映，在期限之内答复的', permit: 'complaint.read', words: ['按期', '逾期'], scarce: true },
  'training-hours': { measure: 'sum', unit: ' 学时', label: '举办培训的学时', counts: '考核期间本机关举办的政府信息公开培训，学时合计', permit: 'assessment.read', words: ['计入', '不计'] },
  'problems-solved': { ...share, label: '问题整改率', counts: '上一年度报告所列的问题，考核年度解决了的', permit: 'assessment.read', words: ['已解决', '没有解决'] },
} as const satisfies Record<string, SourceSpec>

export type SourceKey = keyof typeof SOURCES
export const SOURCE_KEYS = Object.keys(SOURCES) as SourceKey[]
export const isSourceKey = (text: string): text is SourceKey => Object.hasOwn(SOURCES, text)

/** 各取数的查询；下层模块的在此接上，年度报告在本模块之上，由接线的传入。 */
export type Sources = Readonly<Record<SourceKey, RecordSource>>
