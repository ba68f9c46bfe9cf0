import type { SourceKey } from '../assessment/source.ts'

interface Trigger {
  label: string
  /** 提出的是什么问题；不是结论 */
  question: string
  /** 取哪一种记录里不合要求的 */
  source: SourceKey
  basis: string
}

/** 线索：由记录里不合要求的得出，一处写全。线索只提出问题，提不提起由人定。 */
export const TRIGGERS = {
  'late-answer': { label: '答复逾期', question: '为何没有在期限之内答复', source: 'replies-in-time', basis: '条例第三十三条、第五十三条' },
  'missed-publication': { label: '主动公开逾期', question: '为何没有在期限之内公开', source: 'items-in-time', basis: '条例第二十六条、第五十三条' },
  'empty-duty': { label: '法定事项空白', question: '适用的事项为何没有公开', source: 'duties-filled', basis: '条例第二十条、第五十三条' },
  'stale-guide': { label: '指南、渠道没有更新', question: '指南、渠道为何缺项或者没有更新', source: 'guide-kept', basis: '条例第十二条、第五十三条' },
  'late-report': { label: '年度报告逾期', question: '年度报告为何没有按期报送、公布', source: 'reports-in-time', basis: '条例第四十九条、第五十三条' },
  'wrong-report': { label: '年度报告退回、更正', question: '年度报告的内容为何有误', source: 'reports-right', basis: '条例第五十条、第五十三条' },
  'founded-complaint': { label: '投诉查实', question: '查实的投诉是怎样发生的', source: 'complaints-founded', basis: '条例第四十七条、第五十一条' },
  'lost-case': { label: '复议诉讼被纠正', question: '被纠正的是怎样作出的', source: 'outcomes-kept', basis: '条例第五十一条、第五十三条' },
} as const satisfies Record<string, Trigger>

export type TriggerKey = keyof typeof TRIGGERS
export const TRIGGER_KEYS = Object.keys(TRIGGERS) as TriggerKey[]
export const isTrigger = (text: string): text is TriggerKey => Object.hasOwn(TRIGGERS, text)
