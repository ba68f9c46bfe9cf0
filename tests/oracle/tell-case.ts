import { workdaysFromTo } from './days.ts'
import type { Day } from './days.ts'
import { outcomeEntry } from './outcome-table.ts'
import type { OutcomeCode } from './outcome-table.ts'
import type { Act, Column, Rules } from './tale.ts'
import { receivedOf, walkDays } from './walk-days.ts'

/** 一件申请此刻的样子，照页面的说法。 */
export interface Told {
  status: string
  open: boolean
  column: Column
  receivedOn: Day
  due: Day | null
  waitsUntil: Day | null
  paused: number
  deferred: boolean
  overdue: boolean
  /** 决定（含撤回、不再处理）之日、计入的行；还没有的为 null */
  decidedOn: Day | null
  row: string | null
  outcome: OutcomeCode | null
  proposed: { on: Day; outcome: OutcomeCode } | null
  method: string | null
  /** 交邮、发出之日 */
  sentOn: Day | null
  servedOn: Day | null
  /** 迟了几个工作日；还看不出的为 null */
  late: number | null
  /** 申请人应缴，元 */
  fee: { yuan: number; paid: boolean } | null
  mergedInto: string | null
  /** 拆分、作废的不计 */
  counted: boolean
}

const OPEN = ['已登记', '审查中', '待补正', '征求意见中', '待说明理由', '延迟答复', '待缴费', '已并案', '待审批']

/** 由做成的事，说出这一件。 */
export function tellCase(acts: readonly Act[], today: Day, rules: Rules): Told {
  let status = ''
  let column: Column = 'N'
  let decidedOn: Day | null = null
  let row: string | null = null
  let outcome: OutcomeCode | null = null
  let askedLate = false
  let proposed: Told['proposed'] = null
  let method: string | null = null
  let sentOn: Day | null = null
  let servedOn: Day | null = null
  let yuan = 0
  let paid = false
  let mergedInto: string | null = null
  const waitingFor = new Set<string>()
  const end = (on: Day, code: OutcomeCode): void => {
    decidedOn = on
    outcome = code
    row = outcomeEntry(code).row
    proposed = null
  }
  for (const act of acts) {
    switch (act.act) {
      case 'received':
        status = '已登记'
        column = act.column
        break
      case 'supplemented': // 逾期才告知的，办到哪一步不变
        if (!askedLate) status = '审查中'
        break
      case 'examined':
      case 'fee-paid':
      case 'reason-given':
        status = '审查中'
        if (act.act === 'fee-paid') paid = true
        break
      case 'unmerged':
        status = '审查中'
        mergedInto = null
        break
      case 'decision-returned':
        status = '审查中'
        proposed = null
        break
      case 'supplement-asked':
        askedLate = act.late === true
        if (!askedLate) status = '待补正'
        break
      case 'consultation-sent':
        waitingFor.add(act.id)
        status = '征求意见中'
        break
      case 'consultation-returned':
      case 'consultation-expired':
        waitingFor.delete(act.id)
        status = waitingFor.size > 0 ? '征求意见中' : '审查中'
        break
      case 'reason-asked':
        status = '待说明理由'
        break
      case 'deferred':
        status = '延迟答复'
        break
      case 'fee-noticed':
        status = '待缴费'
        yuan = feeForPages(act.pages)
        break
      case 'proposed':
        status = '待审批'
        proposed = { on: act.on, outcome: act.outcome }
        break
      case 'decided':
        status = '已作出决定'
        end(act.on, act.outcome)
        break
      case 'closed':
        end(act.on, status === '待补正' ? 'CLOSED_NO_CORRECTION' : 'CLOSED_NO_PAYMENT')
        status = '不再处理'
        break
      case 'withdrawn':
        status = '已撤回'
        end(act.on, 'OTHER')
        row = rules.withdrawRow
        break
      case 'dispatched':
        status = '已发出'
        method = act.method
        sentOn = act.on
        break
      case 'served':
        status = '已送达'
        servedOn = act.on
        break
      case 'archived':
        status = '已归档'
        break
      case 'split':
        status = '已拆分'
        break
      case 'merged':
        status = '已并案'
        mergedInto = act.into
        break
      case 'voided':
        status = '已作废'
        break
      case 'corrected':
        column = act.column
        break
      case 'outcome-corrected':
        end(decidedOn ?? act.on, act.outcome)
        if (status === '已作出决定' || status === '不再处理') status = act.outcome === 'CLOSED_NO_CORRECTION' || act.outcome === 'CLOSED_NO_PAYMENT' ? '不再处理' : '已作出决定'
        break
      default:
        break
    }
  }
  const receivedOn = receivedOf(acts) ?? ''
  const clock = walkDays(acts, rules)
  const due = clock?.due ?? null
  const open = OPEN.includes(status)
  const timely = method === 'POST' ? sentOn : servedOn
  return {
    status,
    open,
    column,
    receivedOn,
    due,
    waitsUntil: clock?.waitsUntil ?? null,
    paused: clock?.paused ?? 0,
    deferred: clock?.deferred ?? false,
    overdue: open && due !== null && today > due,
    decidedOn,
    row,
    outcome,
    proposed,
    method,
    sentOn,
    servedOn,
    late: due === null || timely === null ? null : workdaysFromTo(due, timely),
    fee: yuan === 0 ? null : { yuan, paid },
    mergedInto,
    counted: status !== '已拆分' && status !== '已作废',
  }
}

/** 一页一页地数：三十页以内不收，其后至一百页每页十元，至二百页每页二十元，再往后每页四十元。 */
export function feeForPages(pages: number): number {
  let yuan = 0
  for (let page = 1; page <= pages; page++) yuan += page <= 30 ? 0 : page <= 100 ? 10 : page <= 200 ? 20 : 40
  return yuan
}

/** 一件在某一年的报告里进哪两格：收到的一格、结果的一格；与那一年无关的没有。 */
export function cellsIn(told: Told, year: number): string[] {
  const from = `${year}-01-01`
  const to = `${year}-12-31`
  if (!told.counted || told.receivedOn > to) return []
  if (told.decidedOn !== null && told.decidedOn < from) return []
  const came = told.receivedOn >= from ? 'R1' : 'R2'
  const went = told.decidedOn !== null && told.decidedOn <= to ? told.row : 'R4'
  return [`${came}.${told.column}`, `${went}.${told.column}`]
}
