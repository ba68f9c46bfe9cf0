import { CASE_EVENTS } from '../../reviews/index.ts'
import { APPLICATION_EVENTS } from '../../applications/index.ts'
import type { RecordKind } from './cell-records.ts'

/** 各种记录上发生的事怎样称呼。 */
const WORDS: Record<RecordKind, Readonly<Record<string, string>>> = {
  application: APPLICATION_EVENTS,
  item: {
    formed: '形成',
    'attribute-determined': '确定公开属性',
    'content-changed': '改动内容',
    'review-requested': '送保密审查',
    reviewed: '保密审查',
    approved: '签发',
    exported: '移送门户',
    published: '公开',
    withdrawn: '撤回',
    expired: '失效',
    'editions-hidden': '隐去从前的版',
    'exemption-reassessed': '不予公开评估',
    recorded: '台账登记',
    corrected: '更正记录',
  },
  'normative-document': {
    made: '制发',
    corrected: '更正记录',
    repealed: '废止',
    extended: '延长有效期',
    amended: '修改',
    linked: '连上正文',
    unlinked: '不再连着正文',
    listed: '列入政策文件库',
    cleaned: '清理',
  },
  'yearly-count': { recorded: '登记', corrected: '更正', withdrawn: '撤销登记' },
  ...CASE_EVENTS,
}

export const eventLabel = (kind: RecordKind, event: string): string => WORDS[kind][event] ?? event
