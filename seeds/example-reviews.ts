import { LITIGATION_RESULTS, REVIEW_RESULTS } from '../src/reviews/index.ts'
import type { LitigationEvent, LitigationFacts, LitigationResult, ReviewEvent, ReviewResult } from '../src/reviews/index.ts'
import { saveLitigationHistory, saveReviewHistory } from '../src/reviews/testing.ts'
import type { Deps } from '../src/platform/deps.ts'
import { needsReviewFirst } from '../src/statute/outcomes.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import { instant } from './clock.ts'
import { LAST_DAY, after, daysAfter } from './days.ts'
import type { ToldCase } from './example-applications.ts'
import type { ExampleBody } from './example-bodies.ts'
import { seeded } from './random.ts'
import type { Random } from './random.ts'

const REVIEWS = Object.keys(REVIEW_RESULTS) as ReviewResult[]
const JUDGMENTS = Object.keys(LITIGATION_RESULTS) as LitigationResult[]
// 维持居多
const REVIEW_DECK: readonly ReviewResult[] = [...REVIEWS, 'upheld', 'upheld', 'request-dismissed', 'upheld']
const SUIT_DECK: readonly LitigationResult[] = [...JUDGMENTS, 'claims-dismissed', 'claims-dismissed', 'withdrawn']

/**
 * 部分答复引出的行政复议与行政诉讼：各种结果都有；须先复议的，先复议再起诉；年末有尚未审结的；
 * 一件是本机关因复议而成为共同被告的，不计入表四。
 */
export async function loadExampleReviews(deps: Deps, cases: readonly ToldCase[]): Promise<void> {
  const random = seeded(20240101)
  const disputed = cases.filter(({ state }) => state.delivery?.servedOn != null && state.decision?.docNo != null && CONTESTED.has(state.decision.row))
  const numbers = new Map<string, number>()
  const numberOf = (word: string): number => {
    const n = (numbers.get(word) ?? 0) + random.between(1, 6)
    numbers.set(word, n)
    return n
  }
  const [reviewed, sued] = [random.shuffle(REVIEW_DECK), random.shuffle(SUIT_DECK)]
  let [reviewAt, suitAt] = [0, 0]
  for (const [i, one] of disputed.entries()) {
    const first = needsReviewFirst(one.state.decision?.outcome ?? 'GRANTED', one.state.decision?.decidedOn ?? '')
    const telling: Telling = { deps, one, random, numberOf }
    const [result, judgment] = [reviewed[reviewAt % reviewed.length] ?? 'upheld', sued[suitAt % sued.length] ?? 'withdrawn']
    // 2025 年末收到答复的，复议到年末尚未审结
    const lately = (one.state.delivery?.servedOn ?? '') > '2025-10-20' && i % 2 === 0
    if (lately || i % 9 === 0 || (first && i % 4 === 1)) {
      reviewAt++
      const decidedOn = await tellReview(telling, result)
      if (decidedOn !== null && (result === 'upheld' || result === 'request-dismissed')) {
        suitAt++
        await tellSuit(telling, judgment, { receivedOn: daysAfter(decidedOn, random.between(12, 20)), afterReview: true })
      }
    } else if (!first && i % 7 === 3) {
      suitAt++
      const served = one.state.delivery?.servedOn ?? ''
      await tellSuit(telling, judgment, { receivedOn: daysAfter(served, random.between(40, 150)), afterReview: false })
    }
  }
  const office = cases.find(({ body }) => body.kind === 'district-office')
  if (office !== undefined) await tellCoDefendant(deps, office.body)
}

/** 常起争议的行：部分公开、不予公开、无法提供、不予处理。 */
const CONTESTED: ReadonlySet<string> = new Set(['R3.2', 'R3.3.4', 'R3.3.5', 'R3.3.6', 'R3.3.7', 'R3.4.1', 'R3.4.2', 'R3.5.1', 'R3.5.2', 'R3.6.1'])

interface Telling {
  deps: Deps
  one: ToldCase
  random: Random
  numberOf: (word: string) => number
}

const GROUNDS = ['认为答复不当，请求撤销并责令重新答复', '认为应当公开而未公开', '认为检索不尽合理', '认为遮盖的内容过多'] as const

/** 讲一件复议；返回作出决定之日，尚未审结则 null。 */
async function tellReview({ deps, one, random, numberOf }: Telling, result: ReviewResult): Promise<PlainDate | null> {
  const { body, state } = one
  const receivedOn = daysAfter(state.delivery?.servedOn ?? '', random.between(15, 55))
  const word = `示复〔${receivedOn.slice(0, 4)}〕`
  const procedure = random.below(3) === 0 ? 'summary' : 'ordinary'
  const answeredOn = after(receivedOn, random.between(3, procedure === 'summary' ? 5 : 9))
  const decidedOn = daysAfter(answeredOn, procedure === 'summary' ? random.between(12, 20) : random.between(28, 45))
  const events: ReviewEvent[] = [
    {
      kind: 'received',
      on: receivedOn,
      facts: {
        caseNo: `${word}${numberOf(word)}号`,
        authority: '示例区人民政府',
        decisionNo: state.decision?.docNo ?? null,
        ground: random.pick(GROUNDS),
        procedure,
        receivedOn,
      },
    },
    { kind: 'answered', on: answeredOn },
    { kind: 'decided', on: decidedOn, result, documentNo: `示复决〔${decidedOn.slice(0, 4)}〕${random.between(3, 90)}号` },
  ]
  const told = events.filter((event) => event.on <= LAST_DAY)
  if (told.length > 0) await saveReviewHistory(deps.db, body.bodyId, told, (event) => recordedBy(body, event.on))
  return told.length === events.length ? decidedOn : null
}

async function tellSuit(
  { deps, one, random, numberOf }: Telling,
  result: LitigationResult,
  { receivedOn, afterReview }: { receivedOn: PlainDate; afterReview: boolean },
): Promise<void> {
  const word = `（${receivedOn.slice(0, 4)}）示例行初`
  const facts: LitigationFacts = {
    caseNo: `${word}${numberOf(word)}号`,
    court: '示例区人民法院',
    decisionNo: one.state.decision?.docNo ?? null,
    afterReview,
    role: 'original',
    receivedOn,
  }
  const answeredOn = after(receivedOn, random.between(6, 9))
  const firstOn = daysAfter(receivedOn, random.between(70, 150))
  const appealed = random.below(3) === 0 && result !== 'withdrawn' && result !== 'mediated'
  const rest: LitigationEvent[] = appealed
    ? [
        { kind: 'appealed', on: daysAfter(firstOn, 12) },
        { kind: 'took-effect', on: daysAfter(firstOn, random.between(75, 100)), result },
      ]
    : [{ kind: 'took-effect', on: daysAfter(firstOn, 16), result }]
  const events: LitigationEvent[] = [
    { kind: 'filed', on: receivedOn, facts },
    { kind: 'answered', on: answeredOn },
    { kind: 'first-judged', on: firstOn, result },
    ...rest,
  ]
  await saveSuit(deps, one.body, events)
}

async function saveSuit(deps: Deps, body: ExampleBody, events: readonly LitigationEvent[]): Promise<void> {
  const told = events.filter((event) => event.on <= LAST_DAY)
  if (told.length > 0) await saveLitigationHistory(deps.db, body.bodyId, told, (event) => recordedBy(body, event.on))
}

// 区政府办承办区政府的应诉：区政府因复议维持而为共同被告，只计原行为主体，此处不计
function tellCoDefendant(deps: Deps, body: ExampleBody): Promise<void> {
  const facts: LitigationFacts = {
    caseNo: '（2024）示例行初88号',
    court: '示例区人民法院',
    decisionNo: null,
    afterReview: true,
    role: 'review-organ',
    receivedOn: '2024-05-20',
  }
  return saveSuit(deps, body, [
    { kind: 'filed', on: '2024-05-20', facts },
    { kind: 'answered', on: '2024-05-31' },
    { kind: 'first-judged', on: '2024-08-15', result: 'claims-dismissed' },
    { kind: 'took-effect', on: '2024-09-02', result: 'claims-dismissed' },
  ])
}

const recordedBy = ({ staff }: ExampleBody, day: PlainDate) => ({ actor: staff.officer.accountId, at: instant(day, '15:20') })
