import { daysAfter } from './days.ts'
import type { Day } from './days.ts'
import { isOutcomeCode, OUTCOME_CODES, outcomeEntry } from './outcome-table.ts'
import type { OutcomeCode } from './outcome-table.ts'
import type { Act, Column, Method, Whom } from './tale.ts'
import type { Told } from './tell-case.ts'

/** 一步：地址末段、表单各栏、做成了即是哪件事（与报告、期限无关的为 null）。 */
export interface Step {
  name: string
  fields: Record<string, string>
  act: Act | null
}

export interface Situation {
  today: Day
  acts: readonly Act[]
  told: Told
  /** 另在办的、同一申请人的各件 */
  others: readonly string[]
  /** 任选的数 */
  pick: number
  /** 生效之日比今日早几天 */
  back: number
}

const one = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(1, list.length)]
const COLUMNS: readonly Column[] = ['N', 'B', 'R', 'P', 'L', 'O']
const WHOM: readonly Whom[] = ['THIRD_PARTY', 'CO_AGENCY', 'OTHER_AGENCY']
const PAGES = [31, 101, 250, 30, 100, 200]
const METHODS: readonly Method[] = ['POST', 'DIRECT', 'ENTRUSTED']

/** 尚未有结果的各次征求；`undelivered` 只要还没有送达的。 */
function waitingFor(acts: readonly Act[], which: 'all' | 'undelivered' | 'silent'): string[] {
  const over = new Set(acts.flatMap((act) => (act.act === 'consultation-returned' || act.act === 'consultation-expired' ? [act.id] : [])))
  const delivered = new Set(acts.flatMap((act) => (act.act === 'consultation-delivered' ? [act.id] : [])))
  return acts.flatMap((act) => {
    if (act.act !== 'consultation-sent' || over.has(act.id)) return []
    if (which === 'undelivered' && delivered.has(act.id)) return []
    if (which === 'silent' && (!delivered.has(act.id) || act.whom === 'OTHER_AGENCY')) return []
    return [act.id]
  })
}

const evidence = (code: OutcomeCode): Record<string, string> => Object.fromEntries(Object.entries(outcomeEntry(code).evidence).map(([key, value]) => [`evidence.${key}`, value]))

/** 每一步怎样填；没有可填的（如没有别的件可并入）为 null。 */
const FILL: Readonly<Record<string, (s: Situation, on: Day) => Omit<Step, 'name'> | null>> = {
  examine: (_, on) => ({ fields: { on }, act: { act: 'examined', on } }),
  'ask-supplement': ({ pick }, on) => {
    const workdays = [15, 5, 1, 10][pick % 4] ?? 15
    return { fields: { on, items: '写明合同的名称', days: String(workdays) }, act: { act: 'supplement-asked', on, workdays } }
  },
  'postpone-supplement': ({ told, today, pick }) => {
    const by = daysAfter(told.waitsUntil ?? today, (pick % 7) - 1)
    return { fields: { by, reason: '在外地' }, act: { act: 'supplement-postponed', on: today, by } }
  },
  'receive-supplement': (_, on) => ({ fields: { on, excused: 'no' }, act: { act: 'supplemented', on } }),
  'send-consultation': ({ pick }, on) => {
    const whom = one(WHOM, pick) ?? 'THIRD_PARTY'
    return { fields: { on, with: whom }, act: { act: 'consultation-sent', on, id: '', whom } }
  },
  'deliver-consultation': ({ acts, pick }, on) => {
    const id = one(waitingFor(acts, 'undelivered'), pick)
    return id === undefined ? null : { fields: { on, id }, act: { act: 'consultation-delivered', on, id } }
  },
  'return-consultation': ({ acts, pick }, on) => {
    const id = one(waitingFor(acts, 'all'), pick)
    return id === undefined ? null : { fields: { on, id, ...(pick % 2 === 0 ? { reply: 'AGREE' } : { reply: 'REFUSE', reasonable: 'yes' }) }, act: { act: 'consultation-returned', on, id } }
  },
  'expire-consultation': ({ acts, pick, today }) => {
    const id = one(waitingFor(acts, 'silent'), pick)
    return id === undefined ? null : { fields: { id }, act: { act: 'consultation-expired', on: today, id } }
  },
  'ask-reason': ({ pick }, on) => {
    const by = daysAfter(on, (pick % 12) - 1)
    return { fields: { on, by }, act: { act: 'reason-asked', on, by } }
  },
  'give-reason': ({ pick }, on) => ({ fields: { on, reasonable: pick % 3 === 0 ? 'no' : 'yes' }, act: { act: 'reason-given', on, reasonable: pick % 3 !== 0 } }),
  defer: ({ told, today, pick }, on) => {
    const until = daysAfter(told.due ?? today, (pick % 30) - 2)
    return { fields: { on, until }, act: { act: 'deferred', on, until } }
  },
  extend: ({ pick }, on) => {
    const days = [5, 10, 20, 21, 0, 15][pick % 6] ?? 5
    return { fields: { on, days: String(days) }, act: { act: 'extended', on, days } }
  },
  'notice-fee': ({ pick }, on) => {
    const pages = one(PAGES, pick) ?? 31
    return { fields: { on, mode: 'PAGES', pages: String(pages) }, act: { act: 'fee-noticed', on, pages } }
  },
  'pay-fee': (_, on) => ({ fields: { on, ticketNo: '票 0001' }, act: { act: 'fee-paid', on } }),
  propose: ({ pick, today }) => {
    const outcome = one(OUTCOME_CODES.filter((code) => !code.startsWith('CLOSED')), pick) ?? 'GRANTED'
    return { fields: { outcome, ...evidence(outcome) }, act: { act: 'proposed', on: today, outcome } }
  },
  approve: ({ told }, on) => ({ fields: { on }, act: { act: 'decided', on, outcome: told.proposed?.outcome ?? 'GRANTED' } }),
  'return-proposal': ({ today }) => ({ fields: { reason: '再写清楚' }, act: { act: 'decision-returned', on: today } }),
  close: (_, on) => ({ fields: { on }, act: { act: 'closed', on } }),
  withdraw: (_, on) => ({ fields: { on }, act: { act: 'withdrawn', on } }),
  dispatch: ({ pick }, on) => {
    const method = one(METHODS, pick) ?? 'POST'
    return { fields: { on, method, carrier: method === 'POST' ? 'EMS 1234567890123' : '' }, act: { act: 'dispatched', on, method } }
  },
  serve: (_, on) => ({ fields: { on }, act: { act: 'served', on } }),
  archive: ({ today }) => ({ fields: { on: today }, act: { act: 'archived', on: today } }),
  split: ({ today }) => ({ fields: { contents: '甲文件\n乙文件' }, act: { act: 'split', on: today } }),
  merge: ({ others, pick }, on) => {
    const into = one(others, pick)
    return into === undefined ? null : { fields: { on, into }, act: { act: 'merged', on, into } }
  },
  unmerge: ({ today }) => ({ fields: { reason: '前一件须征求意见' }, act: { act: 'unmerged', on: today } }),
  void: ({ today }) => ({ fields: { why: 'TWICE', reason: '与前一件是同一封信' }, act: { act: 'voided', on: today } }),
  correct: ({ acts, told, today, pick }) => {
    const receivedOn = daysAfter(told.receivedOn, -(pick % 2))
    const column = one(COLUMNS, pick) ?? 'N'
    return { fields: { receivedOn, channel: 'IN_PERSON', applicantKind: column, content: `${today} 更正后的内容，第 ${acts.length} 事`, reason: '抄错了' }, act: { act: 'corrected', on: today, receivedOn, column } }
  },
  'correct-outcome': ({ told, today, pick }) => {
    const outcome = one(OUTCOME_CODES, pick) ?? 'GRANTED'
    if (!isOutcomeCode(outcome) || outcome === told.outcome || told.decidedOn === null) return null
    const sent: Record<string, string> = told.sentOn === null ? {} : { method: told.method ?? '', dispatchedOn: told.sentOn, carrier: told.method === 'POST' ? 'EMS 1234567890123' : '', servedOn: told.servedOn ?? '' }
    return { fields: { outcome, ...evidence(outcome), decidedOn: told.decidedOn, ...sent, reason: '归错了类' }, act: { act: 'outcome-corrected', on: today, outcome } }
  },
  'ask-co-handling': (_, on) => ({ fields: { on, unit: '综合科', matter: '检索合同', days: '5' }, act: null }),
}

/** 结束得早的、与期限无关的，少选几回，好让走得远些。 */
const WEIGHT: Readonly<Record<string, number>> = { withdraw: 1, void: 1, split: 1, correct: 1, 'correct-outcome': 3, 'ask-co-handling': 1, archive: 2, propose: 2, defer: 16, extend: 10, 'expire-consultation': 12, 'notice-fee': 8, 'ask-supplement': 8 }
const USUAL = 5

/** 从页面给的各步里任选一步，填好；没有会填的为 null。 */
export function chooseStep(offered: readonly string[], choose: number, situation: Situation): Step | null {
  const lots = offered.filter((name) => FILL[name] !== undefined).flatMap((name) => Array.from({ length: WEIGHT[name] ?? USUAL }, () => name))
  const name = one(lots, choose)
  return name === undefined ? null : fillStep(name, situation)
}

/** 某一步填好的样子。 */
export function fillStep(name: string, situation: Situation): Step | null {
  const filled = FILL[name]?.(situation, daysAfter(situation.today, -situation.back)) ?? null
  return filled === null ? null : { name, ...filled }
}
