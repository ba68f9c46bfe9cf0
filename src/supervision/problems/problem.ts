import type { PlainDate } from '../../statute/plain-date.ts'

/** 问题从哪里来。 */
export const PROBLEM_SOURCES = {
  own: '自查',
  report: '年度报告',
  carried: '上年结转',
  complaint: '投诉举报',
  accountability: '责任追究',
  'filing-return': '报告被退回',
  review: '复议诉讼',
} as const
export type ProblemSource = keyof typeof PROBLEM_SOURCES
/** 由别处的记录一键列为问题的。 */
export const RAISED_FROM = ['complaint', 'accountability', 'filing-return', 'review'] as const satisfies readonly ProblemSource[]
export type RaisedFrom = (typeof RAISED_FROM)[number]
export const isRaisedFrom = (text: string): text is RaisedFrom => (RAISED_FROM as readonly string[]).includes(text)

export const PROBLEM_STATES = { open: '整改中', solved: '已整改', dropped: '不再列' } as const
export type ProblemState = keyof typeof PROBLEM_STATES
export const isProblemState = (text: string | undefined): text is ProblemState => text !== undefined && Object.hasOwn(PROBLEM_STATES, text)

export const MEASURE_STATES = { open: '在办', done: '办结', dropped: '不再办' } as const
export type MeasureState = keyof typeof MEASURE_STATES

export interface MeasureFacts {
  content: string
  unit: string
  owner: string | null
  dueOn: PlainDate
}
export interface Measure extends MeasureFacts {
  measureId: string
  problemId: string
  version: number
  state: MeasureState
  endedOn: PlainDate | null
  /** 最近一次进展说的话 */
  lastSaid: string | null
}

export interface Problem {
  problemId: string
  version: number
  /** 写进哪一年的报告 */
  year: number
  content: string
  source: ProblemSource
  sourceRef: string | null
  sourceHref: string | null
  carriedFrom: string | null
  state: ProblemState
  endedOn: PlainDate | null
  /** 整改情况，写进下一年的报告；没有写的由措施的进展得出 */
  answer: string
  measures: readonly Measure[]
}

const ended = (text: string): string => (/[。！？；]$/.test(text) ? text : `${text}。`)

/** 整改情况：写了的照写，没有写的由各项措施的现状与最近一次进展拼成；都没有的为空。 */
export function answerOf({ answer, measures }: Pick<Problem, 'answer' | 'measures'>): string {
  if (answer.trim() !== '') return answer.trim()
  return measures
    .filter(({ state }) => state !== 'dropped')
    .filter(({ state, lastSaid }) => state === 'done' || lastSaid !== null)
    .map(({ content, state, lastSaid }) => ended(`${content.replace(/[。；]$/, '')}，${state === 'done' ? '已办结' : '正在办理'}${lastSaid === null ? '' : `：${lastSaid}`}`))
    .join('')
}

/** 改进措施的写法：做什么，谁负责，何时办结；不再办的不写。 */
export const measuresText = (measures: readonly Measure[]): string =>
  measures
    .filter(({ state }) => state !== 'dropped')
    .map(({ content, unit, dueOn }) => `${content.replace(/[。；]$/, '')}，由${unit}负责，${Number(dueOn.slice(0, 4))}年${Number(dueOn.slice(5, 7))}月底前完成`)
    .join('；')
    .replace(/$/, measures.some(({ state }) => state !== 'dropped') ? '。' : '')

/** 从前报告里的一个问题与其措施；有编号的凭编号，没有的凭是第几个。 */
export interface PastProblem {
  problem: string
  measure: string
  problemId?: string
}
