import { insertApplicants } from '../src/applications/index.ts'
import type { Applicant, Application, ApplicantKind, ApplicationEvent, Particulars } from '../src/applications/index.ts'
import { applicationRules, evolve, saveHistories } from '../src/applications/testing.ts'
import type { ApplicationHistory, Ground } from '../src/applications/testing.ts'
import { fieldKeys } from '../src/platform/crypto.ts'
import type { Deps } from '../src/platform/deps.ts'
import { newId } from '../src/platform/id.ts'
import type { RecordedBy } from '../src/platform/timeline.ts'
import type { Outcome } from '../src/statute/outcomes.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import type { Channel } from '../src/statute/receipt.ts'
import { DOC_NO_LATER, tellStory } from './application-story.ts'
import type { Story, Twist } from './application-story.ts'
import { instant } from './clock.ts'
import { LAST_DAY, after, before, calendar, workingDaysOf } from './days.ts'
import { REVIEW_URL } from './example-bodies.ts'
import type { ExampleBody } from './example-bodies.ts'
import { PLACES, applicantName, contentFor } from './example-contents.ts'
import { seeded } from './random.ts'
import type { Random } from './random.ts'

export const YEARS = [2023, 2024, 2025] as const

type Ending = Outcome | 'WITHDRAWN' | 'SPLIT'

/** 一年里各种结局各几件；全区合计约一百六十件，二十一行每年都有。 */
const DECK: Readonly<Record<Ending, number>> = {
  GRANTED: 44,
  GRANTED_ALREADY_PUBLIC: 20,
  PARTIAL: 13,
  DENY_SECRET: 1,
  DENY_LAW: 2,
  DENY_3S1W: 1,
  DENY_THIRD_PARTY: 4,
  DENY_INTERNAL: 3,
  DENY_PROCESS: 5,
  DENY_CASEFILE: 3,
  ADMIN_QUERY: 3,
  UNABLE_NOT_HELD: 23,
  UNABLE_NEEDS_CREATION: 6,
  UNABLE_UNCLEAR: 2,
  NP_PETITION: 7,
  NP_DUPLICATE: 3,
  NP_PUBLICATION: 1,
  NP_EXCESSIVE: 1,
  NP_RECONFIRM: 1,
  CLOSED_NO_CORRECTION: 4,
  CLOSED_NO_PAYMENT: 1,
  OTHER: 2,
  WITHDRAWN: 4,
  SPLIT: 2,
}

/** 只合某些机构的；其余哪里都可能有。收费的都在住建局，其表二、第六部分因此有数可报。 */
const ONLY: Partial<Record<Ending, readonly string[]>> = {
  DENY_SECRET: ['slqfgj', 'slqzfb'],
  DENY_LAW: ['slqfgj', 'slqsjj'],
  DENY_3S1W: ['slqzjj', 'slqcgj'],
  DENY_CASEFILE: ['slqcgj', 'slqsjj', 'sljd'],
  ADMIN_QUERY: ['slqzjj', 'slqsjj'],
  CLOSED_NO_PAYMENT: ['slqzjj'],
  NP_EXCESSIVE: ['slqzjj', 'slqcgj'],
  NP_DUPLICATE: ['slqzjj', 'slqcgj', 'slqzfb', 'slqsjj'],
  SPLIT: ['slqzjj', 'slqzfb', 'sljd'],
}

const KINDS: readonly ApplicantKind[] = [...'NNNNNNNNNNNNNNNBBBLLPRO'] as ApplicantKind[]
const CHANNELS: readonly Channel[] = [
  'ONLINE', 'ONLINE', 'ONLINE', 'ONLINE', 'ONLINE', 'ONLINE', 'POST_SIGNED', 'POST_SIGNED', 'POST_SIGNED', 'IN_PERSON', 'EMAIL', 'POST_PLAIN', 'FAX', 'ORAL',
]
const TWISTS: readonly Twist[] = [
  ...Array<Twist>(15).fill('plain'),
  'supplement', 'supplement', 'third-party', 'silent', 'co-agency', 'other-agency', 'extended', 'extended',
]

/** 演示的一件，写完之后。 */
export interface ToldCase extends Story {
  body: ExampleBody
  caseId: string
}

interface Wish {
  body: ExampleBody
  year: number
  ending: Ending
}

/** 写下三年里十二个机构收到的申请，返回每一件，供复议诉讼取用。 */
export async function loadExampleApplications(deps: Deps, bodies: readonly ExampleBody[]): Promise<ToldCase[]> {
  const settings: Ground['settings'] = { ...applicationRules.APPLICATION_SETTINGS, reviewOnlineUrl: REVIEW_URL }
  const keys = fieldKeys(deps.config.secretKey)
  const random = seeded(20230101)
  const told: ToldCase[] = []
  const splitDays = new Map<string, PlainDate>()
  for (const body of bodies) {
    const applicants: Applicant[] = []
    for (const year of YEARS) {
      const endings = dealt(bodies, year, random).filter((wish) => wish.body === body)
      const days = receivingDays(body, year, endings.length, random)
      for (const [i, { ending }] of endings.entries())
        told.push(...tellOne({ body, year, ending, day: days[i] ?? `${year}-06-03`, seq: i + 1, first: i === 0, applicants, told, splitDays, settings, random }))
    }
    await insertApplicants(deps.db, keys, body.bodyId, applicants, instant('2023-01-03'))
  }
  const numbered = numberLetters(told)
  await saveHistories(
    deps.db,
    numbered.map((one) => toHistory(one, splitDays)),
    { actor: 'system:seed', at: instant(LAST_DAY, '18:00') },
    { today: LAST_DAY, calendar, settings },
  )
  return numbered
}

const decks = new WeakMap<readonly ExampleBody[], Map<number, Wish[]>>()

/** 一年的结局分到各机构：先分只合某些机构的，再照各机构的份额分其余的。 */
function dealt(bodies: readonly ExampleBody[], year: number, random: Random): Wish[] {
  const known = decks.get(bodies) ?? new Map<number, Wish[]>()
  decks.set(bodies, known)
  const made = known.get(year) ?? deal(bodies, year, random)
  known.set(year, made)
  return made
}

function deal(bodies: readonly ExampleBody[], year: number, random: Random): Wish[] {
  const left = new Map(bodies.map((body) => [body, body.applications]))
  const cards = (Object.keys(DECK) as Ending[]).flatMap((ending) => Array<Ending>(DECK[ending]).fill(ending))
  const [special, common] = [cards.filter((one) => ONLY[one]), random.shuffle(cards.filter((one) => !ONLY[one]))]
  const wishes: Wish[] = []
  for (const ending of [...special, ...common]) {
    const allowed = bodies.filter((body) => (ONLY[ending]?.includes(body.code) ?? true) && !(body.abolishedOn !== null && year === 2025 && ending === 'SPLIT'))
    const open = allowed.filter((body) => (left.get(body) ?? 0) > 0)
    const body = weighted(open.length > 0 ? open : allowed, (one) => Math.max(1, left.get(one) ?? 0), random)
    left.set(body, (left.get(body) ?? 0) - 1)
    wishes.push({ body, year, ending })
  }
  return random.shuffle(wishes)
}

function weighted<T>(list: readonly T[], weight: (one: T) => number, random: Random): T {
  let at = random.below(list.reduce((sum, one) => sum + weight(one), 0))
  for (const one of list) if ((at -= weight(one)) < 0) return one
  return random.pick(list)
}

// 撤销的机构，最后几个月不再收；年末收到的结转下年
function receivingDays(body: ExampleBody, year: number, n: number, random: Random): PlainDate[] {
  const all = workingDaysOf(year)
  const open = body.abolishedOn !== null && body.abolishedOn.startsWith(`${year}`) ? all.filter((day) => day < `${year}-04-01`) : all
  return Array.from({ length: n }, () => random.pick(open)).toSorted()
}

interface Telling {
  body: ExampleBody
  year: number
  ending: Ending
  day: PlainDate
  seq: number
  first: boolean
  applicants: Applicant[]
  told: readonly ToldCase[]
  splitDays: Map<string, PlainDate>
  settings: Ground['settings']
  random: Random
}

function tellOne(telling: Telling): ToldCase[] {
  const { body, year, ending, day, seq, applicants, settings, random } = telling
  const earlier = ending === 'NP_DUPLICATE' ? earlierOf(telling) : null
  const kind = earlier?.state.applicantKind ?? random.pick(KINDS)
  const applicantId = earlier?.state.applicantId ?? newApplicant(kind, applicants, random)
  const place = random.pick(PLACES)
  const topic = random.pick(body.topics)
  // 依特别规定查询的，是登记机构的登记资料
  const subject = ending !== 'ADMIN_QUERY' ? `${place}${topic}` : body.code === 'slqsjj' ? '示例商贸有限公司的登记档案' : `${place}房屋登记资料`
  const outcome = ending === 'WITHDRAWN' || ending === 'SPLIT' ? 'GRANTED' : ending
  const particulars: Particulars = {
    regNo: `${year}-${String(seq).padStart(3, '0')}`,
    channel: random.pick(CHANNELS),
    applicantKind: kind,
    applicantId,
    content: earlier?.state.content ?? contentFor(outcome, subject, place, random),
    form: random.pick(['纸质，邮寄', '电子文档', '当面领取', null]),
    splitFrom: null,
    note: null,
  }
  if (ending === 'SPLIT') return tellSplit(telling, particulars)
  const story = tellStory(
    {
      particulars,
      receivedOn: day,
      outcome: ending === 'NP_DUPLICATE' && earlier === null ? 'GRANTED' : ending,
      twist: twistFor(telling),
      subject,
      earlier: earlier && { caseId: earlier.caseId, on: earlier.state.decision?.decidedOn ?? day },
    },
    settings,
    random,
  )
  return [{ body, caseId: newId(), ...story }]
}

function newApplicant(kind: ApplicantKind, applicants: Applicant[], random: Random): string {
  const applicantId = newId()
  applicants.push({ applicantId, kind, name: applicantName(kind, random), idNo: null, contact: null })
  return applicantId
}

// 每年住建局的第一件「予以公开」收费，政府办的第一件延迟答复，全区有一两件逾期
function twistFor({ body, year, ending, told, random }: Telling): Twist {
  if (ending !== 'GRANTED' && ending !== 'PARTIAL' && ending !== 'UNABLE_NOT_HELD') return 'plain'
  const isFirst = (of: Outcome): boolean =>
    ending === of && !told.some((one) => one.body === body && one.state.regNo.startsWith(`${year}`) && one.state.decision?.outcome === of)
  if (body.code === 'slqzjj' && isFirst('GRANTED')) return 'fee'
  if (body.code === 'slqzfb' && isFirst('GRANTED')) return 'deferred'
  if (body.code === 'slqcgj' && isFirst('UNABLE_NOT_HELD')) return 'late'
  if (body.code === 'sljd' && year === 2024 && isFirst('GRANTED')) return 'late'
  if (body.abolishedOn !== null && year === 2025) return 'plain'
  return random.pick(TWISTS)
}

// 重复申请须前一件已作出答复（条例第三十六条第六项）
const earlierOf = ({ body, day, told }: Telling): ToldCase | null =>
  told.findLast(
    (one) =>
      one.body === body &&
      one.state.decision !== null &&
      one.state.decision.decidedOn < before(day, 2) &&
      (one.state.decision.outcome === 'GRANTED' || one.state.decision.outcome === 'UNABLE_NOT_HELD'),
  ) ?? null

/** 一份申请写了几项的，拆为几件，各自办理。 */
function tellSplit({ body, day, splitDays, settings, random }: Telling, particulars: Particulars): ToldCase[] {
  const caseId = newId()
  const parts = Array.from({ length: random.between(2, 3) }, (_, i) => ({ caseId: newId(), subject: `${random.pick(PLACES)}${body.topics[i] ?? '批复文件'}` }))
  const content = parts.map((part, i) => `${i + 1}.${part.subject}`).join('；')
  const whole = { ...particulars, content: `申请公开：${content}` }
  const splitOn = after(day, 2)
  const ground = (today: PlainDate): Ground => ({ today, calendar, settings })
  const received = accepted(applicationRules.receive(null, { particulars: whole, submittedOn: day, signedOn: day, confirmedOn: day }, ground(day)))
  const state = fold(null, received)
  const into = parts.map((part, i) => ({
    caseId: part.caseId,
    particulars: { ...particulars, regNo: `${particulars.regNo}-${i + 1}`, content: `申请公开${part.subject}` },
  }))
  const split = applicationRules.split(state, { on: splitOn, caseId, into }, ground(splitOn))
  if (!split.ok) throw new Error(`拆分走不通：${split.refusal}`)
  const children = into.map((child, i): ToldCase => {
    splitDays.set(child.caseId, splitOn)
    const story = tellStory(
      {
        particulars: { ...child.particulars, splitFrom: caseId },
        receivedOn: day,
        startedOn: splitOn,
        outcome: i === 0 ? 'GRANTED' : 'UNABLE_NOT_HELD',
        twist: 'plain',
        subject: parts[i]?.subject ?? '',
        earlier: null,
      },
      settings,
      random,
    )
    return { body, caseId: child.caseId, ...story }
  })
  return [{ body, caseId, events: [...received, split.parent], state: fold(state, [split.parent]) }, ...children]
}

function accepted(answer: ReturnType<typeof applicationRules.receive>): readonly ApplicationEvent[] {
  if (!answer.ok) throw new Error(`演示的申请走不通：${answer.refusal}`)
  return answer.events
}

function fold(from: Application | null, events: readonly ApplicationEvent[]): Application {
  const state = events.reduce(evolve, from)
  if (state === null) throw new Error('申请没有经过')
  return state
}

const LETTERS: Partial<Record<Outcome, string>> = { CLOSED_NO_CORRECTION: '告', CLOSED_NO_PAYMENT: '告', NP_PETITION: '告', NP_PUBLICATION: '告', OTHER: '告' }

/** 文号一机构一年一列，依作出之日编，不编虚位；引用前一件文号的一并填上。 */
function numberLetters(told: readonly ToldCase[]): ToldCase[] {
  const numbers = new Map<string, string>()
  const issued = told
    .filter(({ state }) => state.decision?.docNo === DOC_NO_LATER)
    .toSorted((a, b) => (a.state.decision?.decidedOn ?? '').localeCompare(b.state.decision?.decidedOn ?? ''))
  const last = new Map<string, number>()
  for (const { body, caseId, state } of issued) {
    const { decidedOn = '', outcome = 'GRANTED' } = state.decision ?? {}
    const word = `${body.codeWord}公开${LETTERS[outcome] ?? '答'}〔${decidedOn.slice(0, 4)}〕`
    const n = (last.get(word) ?? 0) + 1
    last.set(word, n)
    numbers.set(caseId, `${word}${n}号`)
  }
  const filled = (text: string, caseId: string): string =>
    text === DOC_NO_LATER ? (numbers.get(caseId) ?? text) : text.startsWith(DOC_NO_LATER) ? (numbers.get(text.slice(DOC_NO_LATER.length)) ?? text) : text
  return told.map((one) => {
    const events = one.events.map((event): ApplicationEvent => {
      if (event.kind === 'closed') return { ...event, docNo: event.docNo && filled(event.docNo, one.caseId) }
      if (event.kind !== 'decided' && event.kind !== 'decision-proposed') return event
      const evidence = Object.fromEntries(Object.entries(event.evidence).map(([key, value]) => [key, filled(value, one.caseId)]))
      return event.kind === 'decided' ? { ...event, evidence, docNo: event.docNo && filled(event.docNo, one.caseId) } : { ...event, evidence }
    })
    return { ...one, events, state: fold(null, events) }
  })
}

// 决定、延期、收费由负责人批准，归档由档案员，其余由承办人；同一日的事先后几分钟
const BY_HEAD = new Set<ApplicationEvent['kind']>(['decided', 'closed', 'extended', 'deferred', 'fee-noticed'])

function toHistory({ body, caseId, events }: ToldCase, splitDays: ReadonlyMap<string, PlainDate>): ApplicationHistory {
  const { staff } = body
  const places = new Map(events.map((event, index) => [event, index]))
  const recordedBy = (event: ApplicationEvent): RecordedBy => {
    const started = splitDays.get(caseId) ?? ''
    const index = places.get(event) ?? 0
    // 期满未回的，期满的次日才能记下
    const day = event.kind === 'consultation-expired' ? after(event.on, 1) : event.on > started ? event.on : started
    const who = BY_HEAD.has(event.kind) ? staff.head : event.kind === 'archived' ? staff.archivist : staff.handler
    return { actor: who.accountId, at: instant(day, `${String(9 + (index % 8)).padStart(2, '0')}:${String(10 + ((index * 7) % 45)).padStart(2, '0')}`) }
  }
  return { bodyId: body.bodyId, caseId, events, recordedBy }
}
