import { DISPUTE_GROUPS } from '../reviews/index.ts'
import { decidedOf, DISPUTE_KEYS, onTimeOf, OUTCOME_GROUP_KEYS, OUTCOME_GROUPS, repliedOf, type Figures, type Standing } from './figures.ts'

/** 看板上的一项数。 */
export interface Measure {
  key: string
  label: string
  unit: '件' | '条'
  of: (figures: Figures) => number
  /** 两年都是零的不列 */
  rare?: true
}

const COLUMNS = { upheld: '维持', corrected: '纠正', other: '其他结果', pending: '尚未审结' } as const
const COLUMN_KEYS = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]

/** 一段日子里的各项；复议诉讼的键即年度报告表四的格。 */
export const MEASURES: readonly Measure[] = [
  { key: 'received', label: '收到申请', unit: '件', of: ({ received }) => received },
  { key: 'decided', label: '办结申请', unit: '件', of: decidedOf },
  ...OUTCOME_GROUP_KEYS.map((key): Measure => ({ key, label: `结果：${OUTCOME_GROUPS[key]}`, unit: '件', of: ({ outcomes }) => outcomes[key] })),
  { key: 'replied', label: '作出答复', unit: '件', of: repliedOf },
  { key: 'on-time', label: '按期答复', unit: '件', of: onTimeOf },
  { key: 'late', label: '逾期答复', unit: '件', of: ({ late }) => late },
  { key: 'items', label: '主动公开信息', unit: '条', of: ({ published }) => published },
  ...DISPUTE_KEYS.flatMap((group) => COLUMN_KEYS.map((column): Measure => ({ key: `T4.${group}.${column}`, label: `${DISPUTE_GROUPS[group]}：${COLUMNS[column]}`, unit: '件', of: ({ disputes }) => disputes[group][column], rare: true }))),
  { key: 'complaints', label: '收到投诉、反映', unit: '件', of: ({ complaints }) => complaints },
]

export interface StandingMeasure {
  key: string
  label: string
  unit: '件' | '条'
  of: (standing: Standing) => number
  /** 不应当有的 */
  bad: boolean
  note: string
}

/** 此刻的各项。 */
export const STANDINGS: readonly StandingMeasure[] = [
  { key: 'overdue', label: '逾期未答复', unit: '件', of: ({ overdue }) => overdue, bad: true, note: '过了答复期限还没有答复（条例第三十三条）' },
  { key: 'open', label: '在办的申请', unit: '件', of: ({ open }) => open, bad: false, note: '先到期的在前' },
  { key: 'due-late', label: '逾期未公开', unit: '条', of: ({ dueLate }) => dueLate, bad: true, note: '过了公开期限还没有公开（条例第二十六条）' },
  { key: 'due', label: '待公开', unit: '条', of: ({ due }) => due, bad: false, note: '没有到期' },
  { key: 'published-late', label: '今年公开得迟', unit: '条', of: ({ publishedLate }) => publishedLate, bad: true, note: '公开了，但超过了期限' },
]

export const findMeasure = (key: string | undefined): Measure | undefined => MEASURES.find((one) => one.key === key)
export const findStanding = (key: string | undefined): StandingMeasure | undefined => STANDINGS.find((one) => one.key === key)
export const MEASURE_KEYS = [...MEASURES, ...STANDINGS].map(({ key }) => key)
