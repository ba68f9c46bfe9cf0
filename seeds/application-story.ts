import type { Application, ApplicationEvent, Particulars } from '../src/applications/index.ts'
import { clockOf } from '../src/applications/index.ts'
import { applicationRules as rules, evolve } from '../src/applications/testing.ts'
import type { Ground } from '../src/applications/testing.ts'
import type { Decision } from '../src/statute/decision.ts'
import type { DeliveryMethod } from '../src/statute/delivery.ts'
import { feeByPages } from '../src/statute/fees.ts'
import type { Outcome } from '../src/statute/outcomes.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import { evidenceFor } from './example-contents.ts'
import { LAST_DAY, after, before, calendar } from './days.ts'
import type { Random } from './random.ts'

/** 办理中的曲折；每一种都照规则走过。 */
export type Twist = 'plain' | 'supplement' | 'third-party' | 'silent' | 'co-agency' | 'other-agency' | 'extended' | 'deferred' | 'fee' | 'late'

export interface StoryPlan {
  particulars: Particulars
  receivedOn: PlainDate
  outcome: Outcome | 'WITHDRAWN'
  twist: Twist
  subject: string
  /** 重复申请的，前一件的案号；文号待编定后填 */
  earlier: { caseId: string; on: PlainDate } | null
  /** 拆出的，自拆分之日起办 */
  startedOn?: PlainDate
}

export interface Story {
  events: ApplicationEvent[]
  state: Application
}

/** 文号在全部案子写完之后依日期编定，先留此记号。 */
export const DOC_NO_LATER = '待编'

type Answer = Decision<ApplicationEvent, string>

/** 讲一件申请的全部经过：每一步都由名词的规则判断，不许的即抛错；过了最后一日的还没有发生。 */
export function tellStory(plan: StoryPlan, settings: Ground['settings'], random: Random): Story {
  const story = beginStory(plan, settings, random)
  const { step, state } = story
  const begun = plan.startedOn ?? plan.receivedOn
  let day = after(begun, random.between(0, 1))
  step(day, (a, on) => rules.examine(a, day, on))
  if (plan.outcome === 'WITHDRAWN') {
    step(after(day, random.between(1, 5)), (a, on) => rules.withdraw(a, on.today, on))
    return story.done()
  }
  day = beforeDeciding(plan, day, story, random)
  if (plan.outcome === 'CLOSED_NO_CORRECTION' || plan.outcome === 'CLOSED_NO_PAYMENT') {
    const waiting = state().status === 'correction-requested' ? state().supplements.at(-1)?.by : state().fee?.payBy
    const closedOn = after(waiting ?? day, random.between(1, 3))
    step(closedOn, (a, on) => rules.close(a, { on: closedOn, docNo: DOC_NO_LATER }, on))
    return story.done()
  }
  const outcome = plan.outcome
  const due = clockOf(state(), calendar, settings)?.dueOn ?? after(day, 15)
  const early = before(due, random.between(1, 11))
  const decidedOn = plan.twist === 'late' ? after(due, random.between(1, 3)) : later(early, day)
  const proposedOn = later(before(decidedOn, 1), day)
  const evidence = evidenceOf(plan, outcome, proposedOn, random)
  step(proposedOn, (a, on) => rules.propose(a, { on: proposedOn, outcome, evidence }, on))
  step(decidedOn, (a, on) => rules.decide(a, { on: decidedOn, docNo: DOC_NO_LATER }, on))
  deliver(decidedOn, story, random)
  return story.done()
}

const later = (a: PlainDate, b: PlainDate): PlainDate => (a > b ? a : b)

interface Telling {
  /** 某日做一件事；过了最后一日的不做，其后的也不做 */
  step: (day: PlainDate, decide: (a: Application, ground: Ground) => Answer) => void
  state: () => Application
  done: () => Story
}

function beginStory({ particulars, receivedOn, startedOn }: StoryPlan, settings: Ground['settings'], random: Random): Telling {
  const events: ApplicationEvent[] = []
  const ground = (today: PlainDate): Ground => ({ today, calendar, settings })
  const submittedOn = startedOn === undefined && particulars.channel !== 'IN_PERSON' && particulars.channel !== 'ORAL' && random.below(3) === 0 ? before(receivedOn, 1) : receivedOn
  let state: Application | null = null
  let over = false
  const take = (answer: Answer): void => {
    if (!answer.ok) throw new Error(`演示的申请 ${particulars.regNo} 走不通：${answer.refusal}`)
    for (const event of answer.events) {
      events.push(event)
      state = evolve(state, event)
    }
  }
  if (submittedOn < receivedOn) take(rules.submit(null, submittedOn, particulars, ground(submittedOn)))
  take(rules.receive(state, { particulars, submittedOn, signedOn: receivedOn, confirmedOn: receivedOn }, ground(receivedOn)))
  const now = (): Application => {
    if (state === null) throw new Error('申请还没有收到')
    return state
  }
  return {
    state: now,
    step: (day, decide) => {
      over = over || day > LAST_DAY
      if (!over) take(decide(now(), ground(day)))
    },
    done: () => ({ events, state: now() }),
  }
}

/** 决定之前的程序；返回走完之日。 */
function beforeDeciding({ outcome, twist }: StoryPlan, begun: PlainDate, story: Telling, random: Random): PlainDate {
  if (outcome === 'CLOSED_NO_CORRECTION') return askSupplement(begun, story, random)
  if (outcome === 'UNABLE_UNCLEAR' || twist === 'supplement') {
    const asked = askSupplement(begun, story, random)
    const supplied = after(asked, random.between(3, 9))
    story.step(supplied, (a, on) => rules.supplement(a, { on: supplied, excused: false }, on))
    return supplied
  }
  if (outcome === 'NP_EXCESSIVE' || twist === 'deferred') return askReason(twist === 'deferred', begun, story, random)
  if (outcome === 'DENY_THIRD_PARTY') return consult('third-party', 'REFUSE', begun, story, random)
  if (outcome === 'CLOSED_NO_PAYMENT' || twist === 'fee') return charge(outcome !== 'CLOSED_NO_PAYMENT', begun, story, random)
  if (twist === 'third-party' || twist === 'silent' || twist === 'co-agency' || twist === 'other-agency')
    return consult(twist, 'AGREE', begun, story, random)
  return twist === 'extended' ? extend(begun, story, random) : begun
}

function askSupplement(begun: PlainDate, story: Telling, random: Random): PlainDate {
  const day = after(begun, random.between(1, 4))
  const items = '请写明所需政府信息的名称、文号或者便于查询的其他特征性描述'
  story.step(day, (a, on) => rules.askSupplement(a, { servedOn: day, items, approvedByHead: false }, on))
  return day
}

function askReason(reasonable: boolean, begun: PlainDate, story: Telling, random: Random): PlainDate {
  const asked = after(begun, 2)
  const given = after(asked, random.between(2, 4))
  story.step(asked, (a, on) => rules.askReason(a, { on: asked, by: after(asked, 5) }, on))
  story.step(given, (a, on) => rules.giveReason(a, { on: given, reasonable }, on))
  if (!reasonable) return given
  const told = after(given, 1)
  story.step(told, (a, on) => {
    const due = clockOf(a, calendar, on.settings)?.dueOn ?? told
    return rules.defer(a, { on: told, until: after(due, 15) }, on)
  })
  return told
}

const CONSULTED = { 'third-party': 'THIRD_PARTY', silent: 'THIRD_PARTY', 'co-agency': 'CO_AGENCY', 'other-agency': 'OTHER_AGENCY' } as const

function consult(twist: keyof typeof CONSULTED, reply: 'AGREE' | 'REFUSE', begun: PlainDate, story: Telling, random: Random): PlainDate {
  const id = '征求意见1'
  const sent = after(begun, random.between(1, 3))
  const delivered = after(sent, random.between(1, 2))
  const returned = after(delivered, random.between(4, 11))
  story.step(sent, (a, on) => rules.sendConsultation(a, { on: sent, id, with: CONSULTED[twist] }, on))
  story.step(delivered, (a, on) => rules.deliverConsultation(a, { on: delivered, id }, on))
  if (twist !== 'silent') {
    story.step(returned, (a, on) => rules.returnConsultation(a, { on: returned, id, reply, reasonable: reply === 'REFUSE' ? true : null }, on))
    return returned
  }
  const silent = after(delivered, 16) // 十五个工作日期满的次日
  story.step(silent, (a, on) => rules.expireConsultation(a, id, on))
  return silent
}

function charge(paid: boolean, begun: PlainDate, story: Telling, random: Random): PlainDate {
  const noticed = after(begun, random.between(2, 5))
  const { amount } = feeByPages(random.between(48, 130))
  story.step(noticed, (a, on) => rules.noticeFee(a, { servedOn: noticed, mode: 'PAGES', amount, approvedByHead: true }, on))
  if (!paid) return noticed
  const day = after(noticed, random.between(3, 12))
  const ticketNo = `示例票${day.replaceAll('-', '')}${random.between(10, 99)}`
  story.step(day, (a, on) => rules.payFee(a, { on: day, ticketNo }, on))
  return day
}

function extend(begun: PlainDate, story: Telling, random: Random): PlainDate {
  const days = random.pick([10, 15, 20])
  const told = after(begun, random.between(9, 15))
  story.step(told, (a, on) => rules.extend(a, { on: told, days, approvedBy: '公开办负责人（演示）' }, on))
  return told
}

function evidenceOf({ earlier, subject }: StoryPlan, outcome: Outcome, day: PlainDate, random: Random): Readonly<Record<string, string>> {
  if (outcome !== 'NP_DUPLICATE' || earlier === null) return evidenceFor(outcome, subject, day, random)
  return { earlierDocNo: `${DOC_NO_LATER}${earlier.caseId}`, earlierOn: earlier.on }
}

const METHODS: readonly { method: DeliveryMethod; carrier: string | null; days: number }[] = [
  { method: 'POST', carrier: '中国邮政EMS', days: 3 },
  { method: 'POST', carrier: '挂号信', days: 4 },
  { method: 'ELECTRONIC', carrier: null, days: 0 },
  { method: 'DIRECT', carrier: null, days: 0 },
]

function deliver(decidedOn: PlainDate, story: Telling, random: Random): void {
  const { method, carrier, days } = random.pick(METHODS)
  const served = after(decidedOn, days)
  const archived = after(served, random.between(5, 15))
  story.step(decidedOn, (a, on) => rules.dispatch(a, { on: decidedOn, method, carrier, consented: true }, on))
  story.step(served, (a, on) => rules.serve(a, served, on))
  story.step(archived, (a, on) => rules.archive(a, archived, on))
}
