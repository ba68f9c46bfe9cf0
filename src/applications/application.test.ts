import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addWorkingDays, BUILT_IN_CALENDAR as calendar } from '../statute/calendar.ts'
import { addCalendarDays } from '../statute/plain-date.ts'
import type { Decision } from '../statute/decision.ts'
import { OUTCOME_NAMES, outcomeRule } from '../statute/outcomes.ts'
import type { Outcome } from '../statute/outcomes.ts'
import { leafRows } from '../statute/report-form.ts'
import { APPLICATION_TRANSITIONS, evolve, isOpen, replay, STATUSES } from './application.ts'
import type { Application } from './application.ts'
import { clockOf, dueAccountOf } from './clock.ts'
import * as decide from './decisions.ts'
import { APPLICATION_SETTINGS } from './decisions.ts'
import type { Ground } from './decisions.ts'
import type { ApplicationEvent, Particulars } from './events.ts'
import { REFUSED } from './refusals.ts'
import type { ApplicationRefusal } from './refusals.ts'
import { cellsOfRecord, toReportFacts } from './report-facts.ts'

type Answer = Decision<ApplicationEvent, ApplicationRefusal>

const particulars: Particulars = {
  regNo: '2025-001',
  channel: 'ONLINE',
  applicantKind: 'N',
  applicantId: null,
  content: '申请公开某批复',
  form: null,
  splitFrom: null,
  note: null,
}
const on = (today: string, settings = APPLICATION_SETTINGS): Ground => ({ today, calendar, settings })
const late = on('2026-12-31')

/** 依次做几步，每步都须可以。 */
function after(...steps: ((a: Application) => Answer)[]): Application {
  let application = received('2025-03-03')
  for (const step of steps) {
    const answer = step(application)
    if (!answer.ok) throw new Error(answer.refusal)
    for (const event of answer.events) application = evolve(application, event)
  }
  return application
}

function received(day: string): Application {
  const answer = decide.receive(null, { particulars, submittedOn: day, confirmedOn: day }, on(day))
  if (!answer.ok) throw new Error(answer.refusal)
  return answer.events.reduce<Application | null>(evolve, null)!
}

const examine = (a: Application) => decide.examine(a, '2025-03-03', late)
const grant = (a: Application) => decide.propose(a, { on: '2025-03-20', outcome: 'GRANTED', evidence: { provided: '纸质件' } }, late)
const approve = (a: Application) => decide.decide(a, { on: '2025-03-21', docNo: '示例公开答〔2025〕1号' }, late)
const ask = (a: Application) => decide.askSupplement(a, { servedOn: '2025-03-07', items: '写明文号', approvedByHead: false }, late)
const refusal = (answer: Answer) => (answer.ok ? null : answer.refusal)

test('平常的一件：收到、审查、拟、批、发、达、归档', () => {
  const done = after(
    examine,
    grant,
    approve,
    (a) => decide.dispatch(a, { on: '2025-03-21', method: 'POST', carrier: 'EMS', consented: false }, late),
    (a) => decide.serve(a, '2025-03-24', late),
    (a) => decide.archive(a, '2025-04-01', late),
  )
  expect(done).toMatchObject({ status: 'archived', decision: { outcome: 'GRANTED', row: 'R3.1', remedy: 'EITHER', decidedOn: '2025-03-21' } })
  expect(toReportFacts(done)).toEqual({ receivedOn: '2025-03-03', decidedOn: '2025-03-21', reportRow: 'R3.1', applicantKind: 'N' })
})

test('第三十一条：网上的须双方确认才算收到，确认之日为收到之日', () => {
  const receive = (confirmedOn?: string) => decide.receive(null, { particulars, submittedOn: '2025-03-01', confirmedOn }, late)
  expect(refusal(receive())).toBe('not-confirmed')
  expect(receive('2025-03-03')).toMatchObject({ ok: true, events: [{ kind: 'received', on: '2025-03-03' }] })
  expect(refusal(receive('2025-02-27'))).toBe('before-submitted')
})

test('不变式 5：补正七个工作日内告知，再次须批准，逾期不得停表', () => {
  const once = after(examine, ask)
  expect(once).toMatchObject({ status: 'correction-requested', supplements: [{ by: '2025-03-28' }] })
  expect(clockOf(once, calendar, APPLICATION_SETTINGS)).toMatchObject({ state: 'stopped', by: 'supplement' })
  const tooLate = (approvedByHead: boolean) => (a: Application) => decide.askSupplement(a, { servedOn: '2025-03-13', items: '写明文号', approvedByHead }, late)
  expect(refusal(tooLate(false)(after(examine)))).toBe('supplement-notice-late')
  const untouched = after(examine, tooLate(true))
  expect(untouched).toMatchObject({ status: 'examining', supplements: [{ late: true }] })
  expect(clockOf(untouched, calendar, APPLICATION_SETTINGS)).toEqual(clockOf(after(examine), calendar, APPLICATION_SETTINGS))
  const back = after(examine, ask, (a) => decide.supplement(a, { on: '2025-03-20', excused: false }, late))
  const again = (approvedByHead: boolean) => decide.askSupplement(back, { servedOn: '2025-03-24', items: '仍不明确', approvedByHead }, late)
  expect(refusal(again(false))).toBe('supplement-again')
  expect(again(true).ok).toBe(true)
})

test('第三十条：补正后重新起算；逾期不补正的期满次日起才可关闭', () => {
  const back = after(examine, ask, (a) => decide.supplement(a, { on: '2025-03-20', excused: false }, late))
  expect(clockOf(back, calendar, APPLICATION_SETTINGS)).toEqual({ state: 'running', dueOn: '2025-04-18' })
  expect(dueAccountOf(back, calendar, APPLICATION_SETTINGS)?.dueOn).toBe('2025-04-18')
  const waiting = after(examine, ask)
  expect(refusal(decide.close(waiting, { on: '2025-03-28', docNo: null }, late))).toBe('too-early')
  expect(decide.close(waiting, { on: '2025-03-31', docNo: null }, late)).toMatchObject({ events: [{ outcome: 'CLOSED_NO_CORRECTION' }] })
  expect(refusal(decide.supplement(waiting, { on: '2025-03-31', excused: false }, late))).toBe('supplement-late')
  expect(decide.supplement(waiting, { on: '2025-03-31', excused: true }, late).ok).toBe(true)
})

test('不变式 4：延期须批准，于到期之前告知，累计至多二十个工作日', () => {
  const extend = (a: Application, days: number, day = '2025-03-28', approvedBy: string | null = '负责人') =>
    refusal(decide.extend(a, { on: day, days, approvedBy }, late))
  const a = after(examine)
  expect([extend(a, 20), extend(a, 21), extend(a, 5, '2025-03-28', null), extend(a, 5, '2025-04-01')]).toEqual([
    null,
    'extension-too-long',
    'extension-not-approved',
    'extension-after-due',
  ])
})

test('不变式 8：第三方沉默只记沉默，期满才可记', () => {
  const sent = after(
    examine,
    (a) => decide.sendConsultation(a, { on: '2025-03-10', id: 'c', with: 'THIRD_PARTY' }, late),
    (a) => decide.deliverConsultation(a, { on: '2025-03-11', id: 'c' }, late),
  )
  expect(refusal(decide.expireConsultation(sent, 'c', on('2025-04-01')))).toBe('too-early')
  const expired = decide.expireConsultation(sent, 'c', on('2025-04-02'))
  expect(expired).toMatchObject({ ok: true, events: [{ kind: 'consultation-expired', on: '2025-04-01' }] })
  const over = expired.ok ? expired.events.reduce(evolve, sent) : sent
  expect(over).toMatchObject({ status: 'examining', consultations: [{ reply: 'NONE', returnedOn: '2025-04-01' }] })
  expect(refusal(grant(sent))).toBe('not-now')
})

test('不变式 6：信息不存在须有检索记录', () => {
  const propose = (evidence: Record<string, string>) =>
    refusal(decide.propose(after(examine), { on: '2025-03-20', outcome: 'UNABLE_NOT_HELD', evidence }, late))
  expect(propose({ notHeld: 'NOT_EXIST' })).toBe('evidence-missing')
  const search = { searchedBy: '王', searchedOn: '2025-03-12', searchScope: '档案室', searchTerms: '批复', searchResult: '未发现' }
  expect(propose({ notHeld: 'NOT_EXIST', ...search })).toBeNull()
})

test('不变式 7：不予公开、部分公开自 2024-01-01 起复议前置', () => {
  const partial = (a: Application) => decide.propose(a, { on: '2025-03-20', outcome: 'PARTIAL', evidence: { redactions: '姓名，第十五条' } }, late)
  expect(after(examine, partial, approve).decision).toMatchObject({ remedy: 'PRE_REVIEW', row: 'R3.2' })
})

test('前置的程序没有走过的结果不能拟', () => {
  const propose = (a: Application, outcome: Outcome) => refusal(decide.propose(a, { on: '2025-03-20', outcome, evidence: { unclear: 'x', unreasonable: 'x' } }, late))
  const a = after(examine)
  expect([propose(a, 'UNABLE_UNCLEAR'), propose(a, 'NP_EXCESSIVE'), propose(a, 'CLOSED_NO_CORRECTION')]).toEqual([
    'unclear-not-supplemented',
    'excessive-not-asked',
    'closing-not-decided',
  ])
  const asked = after(examine, (b) => decide.askReason(b, { on: '2025-03-05', by: '2025-03-14' }, late))
  expect(propose(asked, 'NP_EXCESSIVE')).toBeNull()
  expect(refusal(grant(asked))).toBe('reason-awaited')
  const unreasonable = evolve(asked, { kind: 'reason-given', on: '2025-03-10', reasonable: false })
  expect(propose(unreasonable, 'NP_EXCESSIVE')).toBeNull()
  expect(refusal(decide.defer(unreasonable, { on: '2025-03-12', until: '2025-06-30' }, late))).toBe('reason-not-accepted')
})

test('不变式 12：收费只能一种方式，须批准；缴费后重新起算，逾期不缴可关闭', () => {
  const notice = (a: Application) => decide.noticeFee(a, { servedOn: '2025-03-10', mode: 'COUNT', amount: 10000, approvedByHead: true }, late)
  const noticed = after(examine, notice)
  expect(noticed.fee?.payBy).toBe('2025-04-08')
  expect(refusal(decide.payFee(noticed, { on: '2025-04-09', ticketNo: null }, late))).toBe('fee-late')
  expect(decide.close(noticed, { on: '2025-04-09', docNo: null }, late)).toMatchObject({ events: [{ outcome: 'CLOSED_NO_PAYMENT' }] })
  const paid = after(examine, notice, (a) => decide.payFee(a, { on: '2025-03-17', ticketNo: '票1' }, late))
  expect(clockOf(paid, calendar, APPLICATION_SETTINGS)?.dueOn).toBe('2025-04-15')
  const again = { servedOn: '2025-03-18', amount: 100, approvedByHead: true }
  expect(refusal(decide.noticeFee(paid, { ...again, mode: 'PAGES' }, late))).toBe('fee-mode-taken')
  expect(refusal(decide.noticeFee(after(examine), { ...again, mode: 'COUNT', approvedByHead: false }, late))).toBe('not-approved')
})

test('送达：邮寄须邮政企业；电子须同意且能提供互联网复议渠道（G29）', () => {
  const decided = after(examine, grant, approve)
  const send = (method: 'POST' | 'ELECTRONIC', carrier: string | null, consented: boolean, url = '') =>
    refusal(decide.dispatch(decided, { on: '2025-03-21', method, carrier, consented }, on('2025-04-01', { ...APPLICATION_SETTINGS, reviewOnlineUrl: url })))
  expect(send('POST', '顺丰', false)).toBe('carrier-not-postal')
  expect(send('POST', '中国邮政', false)).toBeNull()
  expect(send('ELECTRONIC', null, false, 'https://x')).toBe('electronic-not-consented')
  expect(send('ELECTRONIC', null, true)).toBe('review-url-missing')
  expect(send('ELECTRONIC', null, true, 'https://x')).toBeNull()
})

test('撤回计入其他处理；可配', () => {
  const row = (withdrawRow: 'R3.6.3' | 'R3.6.1') => {
    const answer = decide.withdraw(after(examine), '2025-03-10', on('2025-03-10', { ...APPLICATION_SETTINGS, withdrawRow }))
    return answer.ok ? answer.events.reduce(evolve, after(examine)).decision?.row : null
  }
  expect([row('R3.6.3'), row('R3.6.1')]).toEqual(['R3.6.3', 'R3.6.1'])
})

test('拆分：原件不计，拆出的各件自原收到之日各自计', () => {
  const a = after(examine)
  const into = ['b', 'c'].map((caseId) => ({ caseId, particulars: { ...particulars, regNo: `2025-001-${caseId}` } }))
  const done = decide.split(a, { on: '2025-03-05', caseId: 'a', into }, late)
  if (!done.ok) throw new Error(done.refusal)
  expect(toReportFacts(evolve(a, done.parent))).toBeNull()
  const children = done.children.map((child) => replay(child.events)!)
  expect(children.map((c) => [c.splitFrom, c.receivedOn, toReportFacts(c)?.receivedOn])).toEqual([
    ['a', '2025-03-03', '2025-03-03'],
    ['a', '2025-03-03', '2025-03-03'],
  ])
})

test('更正：写明理由，前后并存；日期不能颠倒；去掉决定即复为未结', () => {
  const done = after(examine, grant, approve)
  const correct = (values: Parameters<typeof decide.correct>[1]['values'], reason = '登记有误') => decide.correct(done, { on: '2025-05-01', reason, values }, late)
  expect(correct({ applicantKind: 'B' })).toMatchObject({ ok: true, events: [{ changes: [{ field: 'applicantKind', before: 'N', after: 'B' }] }] })
  expect([refusal(correct({ applicantKind: 'N' })), refusal(correct({ applicantKind: 'B' }, ' ')), refusal(correct({ receivedOn: '2025-03-22' }))]).toEqual([
    'nothing-changed',
    'reason-missing',
    'dates-out-of-order',
  ])
  const reopened = correct({ decision: null })
  const state = reopened.ok ? reopened.events.reduce(evolve, done) : done
  expect([state.status, isOpen(state), toReportFacts(state)?.reportRow]).toEqual(['examining', true, null])
  const denied = correct({ decision: { outcome: 'DENY_PROCESS', decidedOn: '2025-03-21', docNo: null } })
  expect(denied.ok && denied.events.reduce(evolve, done).decision).toMatchObject({ row: 'R3.3.6', remedy: 'PRE_REVIEW', evidence: {} })
})

test('G56 年末在征求意见中：结转，次年结转转入，次年办结计入次年', () => {
  const facts = { receivedOn: '2025-12-10', decidedOn: '2026-01-20', reportRow: 'R3.1', applicantKind: 'N' } as const
  expect(cellsOfRecord(facts, 2025, '2026-01-31')).toEqual(['R1.N', 'R1.T', 'R4.N', 'R4.T'])
  expect(cellsOfRecord(facts, 2026, '2026-12-31')).toEqual(['R2.N', 'R2.T', 'R3.1.N', 'R3.1.T', 'R3.7.N', 'R3.7.T'])
  expect(cellsOfRecord(facts, 2027, '2027-12-31')).toEqual([])
  expect(cellsOfRecord(facts, 2024, '2024-12-31')).toEqual([])
})

test('每一种拒绝都有措辞；转移表的状态都在册', () => {
  expect(Object.values(REFUSED).every((words) => words.length > 3)).toBe(true)
  const known = [...Object.keys(STATUSES), 'new', 'same']
  for (const { from, to } of Object.values(APPLICATION_TRANSITIONS)) expect([...from, to].every((s) => known.includes(s))).toBe(true)
  const reachable = new Set<string>(Object.values(APPLICATION_TRANSITIONS).map((t) => t.to))
  expect(Object.keys(STATUSES).filter((s) => !reachable.has(s))).toEqual([])
})

// 任意的一步：挑一种办法，日期挪动若干日；不可以的就当没做
type Step = (a: Application, day: string, n: number) => Answer
const ground = (day: string): Ground => on(day)
const evidenceFor = (outcome: Outcome): Record<string, string> =>
  Object.fromEntries(outcomeRule(outcome).evidence.map((e) => [e.key, e.options === undefined ? '有据' : (Object.keys(e.options)[0] ?? '')]))
const STEPS: Step[] = [
  (a, day) => decide.examine(a, day, ground(day)),
  (a, day) => decide.askSupplement(a, { servedOn: day, items: '补', approvedByHead: true }, ground(day)),
  (a, day) => decide.supplement(a, { on: day, excused: true }, ground(day)),
  (a, day, n) => decide.sendConsultation(a, { on: day, id: `${n}`, with: 'THIRD_PARTY' }, ground(day)),
  (a, day) => decide.deliverConsultation(a, { on: day, id: a.consultations.at(-1)?.id ?? '' }, ground(day)),
  (a, day) => decide.returnConsultation(a, { on: day, id: a.consultations.at(-1)?.id ?? '', reply: 'REFUSE', reasonable: true }, ground(day)),
  (a, day) => decide.askReason(a, { on: day, by: addCalendarDays(day, 5) }, ground(day)),
  (a, day, n) => decide.giveReason(a, { on: day, reasonable: n % 2 === 0 }, ground(day)),
  (a, day) => decide.defer(a, { on: day, until: addCalendarDays(day, 30) }, ground(day)),
  (a, day, n) => decide.extend(a, { on: day, days: 1 + (n % 12), approvedBy: '负责人' }, ground(day)),
  (a, day) => decide.noticeFee(a, { servedOn: day, mode: 'PAGES', amount: 700, approvedByHead: true }, ground(day)),
  (a, day) => decide.payFee(a, { on: day, ticketNo: null }, ground(day)),
  (a, day, n) => {
    const outcome = OUTCOME_NAMES[n % OUTCOME_NAMES.length]!
    return decide.propose(a, { on: day, outcome, evidence: evidenceFor(outcome) }, ground(day))
  },
  (a, day) => decide.returnProposal(a, { on: day, reason: '再议' }, ground(day)),
  (a, day) => decide.decide(a, { on: day, docNo: null }, ground(day)),
  (a, day) => decide.close(a, { on: day, docNo: null }, ground(day)),
  (a, day) => decide.withdraw(a, day, ground(day)),
  (a, day) => decide.dispatch(a, { on: day, method: 'DIRECT', carrier: null, consented: false }, ground(day)),
  (a, day) => decide.serve(a, day, ground(day)),
  (a, day) => decide.archive(a, day, ground(day)),
]
const script = fc.array(fc.record({ step: fc.nat(STEPS.length - 1), wait: fc.nat(12), n: fc.nat(60) }), { maxLength: 40 })

test('任意可行的步骤：作出决定的恰在一行，未决的都在结转，期限可算，重放相同', () => {
  const ended = new Set<string>()
  fc.assert(
    fc.property(script, (steps) => {
      let a = received('2024-05-06')
      let day = '2024-05-06'
      const events: ApplicationEvent[] = [{ kind: 'received', on: day, particulars }]
      for (const { step, wait, n } of steps) {
        day = addCalendarDays(day, wait)
        const answer = STEPS[step]!(a, day, n)
        if (!answer.ok) continue
        for (const event of answer.events) a = evolve(a, event)
        events.push(...answer.events)
      }
      expect(replay(events)).toEqual(a)
      const terminal = events.filter((e) => e.kind === 'decided' || e.kind === 'closed' || e.kind === 'withdrawn')
      expect(terminal.length).toBe(isOpen(a) ? 0 : 1)
      const facts = toReportFacts(a)!
      expect(facts.decidedOn === null).toBe(isOpen(a))
      if (facts.reportRow !== null) {
        expect(leafRows('2021')).toContain(facts.reportRow)
        ended.add(facts.reportRow)
      }
      for (const year of [2024, 2025]) {
        const cells = cellsOfRecord(facts, year, `${year}-12-31`)
        const count = (pattern: RegExp) => cells.filter((cell) => pattern.test(cell)).length
        expect(count(/^R[12]\.N$/)).toBe(count(/^R(3\.7|4)\.N$/))
        expect(count(/^R3\.[1-6].*\.N$/)).toBe(count(/^R3\.7\.N$/))
      }
      const clock = clockOf(a, calendar, APPLICATION_SETTINGS)!
      if (clock.dueOn !== null) expect(clock.dueOn >= addWorkingDays('2024-05-06', 20, calendar)).toBe(true)
      expect(dueAccountOf(a, calendar, APPLICATION_SETTINGS)?.dueOn).toBe(clock.dueOn)
      const remedy = a.decision?.remedy
      if (/^R3\.(2$|3\.[1-7])/.test(facts.reportRow ?? '')) expect(remedy).toBe('PRE_REVIEW')
      else if (remedy !== undefined) expect(remedy).toBe('EITHER')
    }),
    { numRuns: 1500 },
  )
  // 步骤足够杂：多种结果都走到过
  expect(ended.size).toBeGreaterThan(8)
})
