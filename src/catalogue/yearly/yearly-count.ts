import { accept, refuse } from '../../statute/decision.ts'
import type { Decision } from '../../statute/decision.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

/**
 * 逐年报数的事项，其一件一件的记录在别的系统里。`fen` 的为金额（分），其余为件数或项数；
 * `stock` 的为年末在册的项目数，2019 版的「上一年项目数量」「本年增/减」由相邻两年得出。
 */
export const MATTERS = {
  license: { label: '行政许可处理决定', unit: '件', column: '行政许可决定数' },
  service: { label: '其他对外管理服务事项处理决定', unit: '件', column: '其他对外管理服务事项决定数' },
  penalty: { label: '行政处罚处理决定', unit: '件', column: '行政处罚决定数' },
  coercion: { label: '行政强制处理决定', unit: '件', column: '行政强制决定数' },
  fee: { label: '行政事业性收费金额', unit: 'fen', column: '收费金额（万元）' },
  'license-stock': { label: '行政许可项目', unit: '项', column: '行政许可项目数' },
  'service-stock': { label: '其他对外管理服务事项项目', unit: '项', column: '其他对外管理服务事项项目数' },
  'penalty-stock': { label: '行政处罚项目', unit: '项', column: '行政处罚项目数' },
  'coercion-stock': { label: '行政强制项目', unit: '项', column: '行政强制项目数' },
  'fee-stock': { label: '行政事业性收费项目', unit: '项', column: '行政事业性收费项目数' },
  'procurement-count': { label: '政府集中采购项目', unit: '项', column: '集中采购项目数' },
  'procurement-amount': { label: '政府集中采购总金额', unit: 'fen', column: '集中采购金额（万元）' },
} as const satisfies Record<string, { label: string; unit: '件' | '项' | 'fen'; column: string }>

export type Matter = keyof typeof MATTERS

export const isMatter = (text: string): text is Matter => Object.hasOwn(MATTERS, text)

export interface CountFacts {
  year: number
  matter: Matter
  /** 件、项或分 */
  amount: number
  /** 数从哪里来，如系统名、台账名、报送科室 */
  source: string
  /** 凭据：文号、文件、网址 */
  evidence: string | null
}

export type CountEvent =
  | { kind: 'recorded'; on: PlainDate; facts: CountFacts }
  | { kind: 'corrected'; on: PlainDate; amount: number; evidence: string | null; reason: string }
  | { kind: 'withdrawn'; on: PlainDate; reason: string }

export type YearlyCount = { status: 'recorded' | 'withdrawn' } & CountFacts
export type CountState = { status: 'new' } | YearlyCount

export const NEW_COUNT: CountState = { status: 'new' }

export function evolveCount(state: CountState, event: CountEvent): CountState {
  if (event.kind === 'recorded') return { status: 'recorded', ...event.facts }
  if (state.status === 'new') throw new Error(`年度数据的第一件事不能是 ${event.kind}`)
  return event.kind === 'corrected'
    ? { ...state, status: 'recorded', amount: event.amount, evidence: event.evidence }
    : { ...state, status: 'withdrawn' }
}

export const COUNT_REFUSALS = {
  'not-whole': '须为非负整数',
  'source-missing': '须写明数据来源',
  'reason-missing': '须写明理由',
  'year-not-begun': '该年度尚未开始',
  'not-recorded': '没有这项数据',
} as const
export type CountRefusal = keyof typeof COUNT_REFUSALS
type CountDecision = Decision<CountEvent, CountRefusal>

/** 记下一年一事项的数，或以新数更正；没有不同则没有事发生。 */
export function recordCount(state: CountState, { on, facts }: { on: PlainDate; facts: CountFacts }): CountDecision {
  if (!Number.isSafeInteger(facts.amount) || facts.amount < 0) return refuse('not-whole')
  if (facts.source.trim() === '') return refuse('source-missing')
  if (facts.year > Number(on.slice(0, 4))) return refuse('year-not-begun')
  if (state.status === 'new') return accept({ kind: 'recorded', on, facts })
  const { amount, evidence } = facts
  if (state.status === 'recorded' && state.amount === amount && state.evidence === evidence) return accept()
  return accept({ kind: 'corrected', on, amount, evidence, reason: '台账更新' })
}

/**
 * 记错了的撤下，不再计数，记录仍在。
 * @public 供办理的工作台
 */
export function withdrawCount(state: CountState, { on, reason }: { on: PlainDate; reason: string }): CountDecision {
  if (state.status !== 'recorded') return refuse('not-recorded')
  return reason.trim() === '' ? refuse('reason-missing') : accept({ kind: 'withdrawn', on, reason })
}
