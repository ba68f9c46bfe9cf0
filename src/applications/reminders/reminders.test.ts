import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BUILT_IN_CALENDAR, isWorkingDay, makeCalendar } from '../../statute/calendar.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { isOpen, replay } from '../application.ts'
import type { Application } from '../application.ts'
import { clockOf } from '../clock.ts'
import { APPLICATION_SETTINGS } from '../decisions.ts'
import type { ApplicationEvent } from '../events.ts'
import { REMINDERS, remindersOf } from './reminders.ts'
import type { ReminderSettings } from './reminders.ts'

const SETTINGS: ReminderSettings = { days: [5, 3, 1], toLeader: 3 }
const ground = (today: PlainDate, calendar = BUILT_IN_CALENDAR) => ({ today, calendar, settings: APPLICATION_SETTINGS })
const P = { regNo: '示公开申〔2025〕1号', channel: 'IN_PERSON', applicantKind: 'N', applicantId: null, content: '张三申请公开某合同', form: null, splitFrom: null, note: null } as const

const received: ApplicationEvent & { kind: 'received' } = { kind: 'received', on: '2025-03-03', particulars: P, receipt: { submittedOn: '2025-03-03', proof: '当面' } } // 应当于 2025-03-31 前答复
const aCase = (...events: ApplicationEvent[]): Application => {
  const state = replay([received, ...events])
  if (state === null) throw new Error('没有事件')
  return state
}
const examined: ApplicationEvent = { kind: 'examined', on: '2025-03-03' }
const on = (a: Application, today: PlainDate, settings = SETTINGS) => remindersOf(a, ground(today), settings)
/** 某日有哪些规则的提醒：名称 → 提醒谁。 */
const rulesOn = (a: Application, today: PlainDate, settings = SETTINGS) => Object.fromEntries(on(a, today, settings).map(({ key, to }) => [key.split('/')[0], to.map((each) => (typeof each === 'object' ? each.account : each)).join('+')]))
const keysOn = (a: Application, today: PlainDate, rule: keyof typeof REMINDERS) => on(a, today).flatMap(({ key }) => (key.startsWith(`${rule}/`) ? [key] : []))
const titlesOn = (a: Application, today: PlainDate) => on(a, today).map(({ title }) => title.replace(`${P.regNo}：`, ''))

describe('the reply term, due on Monday 2025-03-31', () => {
  test.each<[PlainDate, Record<string, string>]>([
    ['2025-03-21', {}], // 还有 6 个
    ['2025-03-24', { 'due-soon': 'handler' }], // 5
    ['2025-03-25', { 'due-soon': 'handler' }], // 4，仍是 5 那一档
    ['2025-03-26', { 'due-soon': 'handler' }], // 3
    ['2025-03-28', { 'due-soon': 'handler' }], // 1
    ['2025-03-30', { 'due-soon': 'handler' }], // 星期日
    ['2025-03-31', { 'due-today': 'handler+heads' }],
    ['2025-04-01', { overdue: 'handler+heads' }],
    ['2025-04-02', { overdue: 'handler+heads' }],
    ['2025-04-03', { overdue: 'handler+heads', 'overdue-to-leader': 'leaders' }],
    ['2025-04-10', { overdue: 'handler+heads', 'overdue-to-leader': 'leaders' }],
  ])('%s', (today, expected) => expect(rulesOn(aCase(examined), today)).toEqual(expected))

  test('in words: number, days, date, and nothing of the applicant or of what is sought', () => {
    const a = aCase(examined)
    expect(titlesOn(a, '2025-03-24')).toEqual(['还有 5 个工作日到期'])
    expect(titlesOn(a, '2025-03-25')).toEqual(['还有 4 个工作日到期'])
    expect(titlesOn(a, '2025-03-31')).toEqual(['答复期限的最后一个工作日'])
    // 清明假：4 月 4 日至 6 日
    expect(titlesOn(a, '2025-04-07')).toEqual(['逾期 4 个工作日', '逾期 4 个工作日尚未答复'])
    const said = JSON.stringify(on(a, '2025-04-07'))
    expect(said).toContain('2025 年 3 月 31 日')
    expect(said).not.toContain('张三')
    expect(said).not.toContain('合同')
  })

  test('one reminder a stage: a day missed makes it up, a holiday makes no new one', () => {
    const a = aCase(examined)
    expect(keysOn(a, '2025-03-25', 'due-soon')).toEqual(keysOn(a, '2025-03-24', 'due-soon'))
    expect(keysOn(a, '2025-03-26', 'due-soon')).not.toEqual(keysOn(a, '2025-03-24', 'due-soon'))
    expect(keysOn(a, '2025-04-06', 'overdue')).toEqual(keysOn(a, '2025-04-03', 'overdue'))
    expect(keysOn(a, '2025-04-07', 'overdue-to-leader')).toEqual(keysOn(a, '2025-04-03', 'overdue-to-leader'))
    expect(keysOn(a, '2025-04-11', 'overdue-to-leader')).not.toEqual(keysOn(a, '2025-04-03', 'overdue-to-leader'))
  })

  test('as set: the days, and when the leader is told', () => {
    expect(rulesOn(aCase(examined), '2025-03-24', { days: [1], toLeader: 1 })).toEqual({})
    expect(rulesOn(aCase(examined), '2025-04-01', { days: [1], toLeader: 1 })).toHaveProperty('overdue-to-leader')
  })

  test('an extension moves it, and the reminders of the new date are new ones', () => {
    const a = aCase(examined, { kind: 'extended', on: '2025-03-28', days: 5, approvedBy: 'x' })
    expect(rulesOn(a, '2025-03-31')).toEqual({ 'due-soon': 'handler' })
    expect(keysOn(a, '2025-03-31', 'due-soon')[0]).toContain('2025-04-08')
  })

  test('a deferral that ends on a Sunday: the Friday is the last working day', () => {
    const a = aCase(examined, { kind: 'reason-asked', on: '2025-03-05', by: '2025-03-10' }, { kind: 'reason-given', on: '2025-03-06', reasonable: true }, { kind: 'deferred', on: '2025-03-07', until: '2025-05-18' })
    expect([rulesOn(a, '2025-05-15'), rulesOn(a, '2025-05-16'), rulesOn(a, '2025-05-18'), rulesOn(a, '2025-05-19')]).toEqual([{ 'due-soon': 'handler' }, { 'due-today': 'handler+heads' }, { 'due-today': 'handler+heads' }, { overdue: 'handler+heads' }])
  })

  test('nothing more once decided and sent, withdrawn, or closed', () => {
    const decided: ApplicationEvent[] = [examined, { kind: 'decision-proposed', on: '2025-03-20', outcome: 'GRANTED', evidence: {} }, { kind: 'decided', on: '2025-03-20', outcome: 'GRANTED', evidence: {}, remedy: 'EITHER', docNo: null }]
    expect(on(aCase(...decided, { kind: 'dispatched', on: '2025-03-20', method: 'DIRECT', carrier: null }), '2025-06-03')).toEqual([])
    expect(on(aCase(examined, { kind: 'withdrawn', on: '2025-03-20', row: 'R3.6.3' }), '2025-06-03')).toEqual([])
  })
})

describe('the other clocks', () => {
  const asked: ApplicationEvent = { kind: 'supplement-asked', on: '2025-03-05', by: '2025-03-26', items: '名称', late: false }
  const consulted = (kind: 'THIRD_PARTY' | 'CO_AGENCY' | 'OTHER_AGENCY'): ApplicationEvent => ({ kind: 'consultation-sent', on: '2025-03-04', id: 'c1', with: kind })
  const delivered: ApplicationEvent = { kind: 'consultation-delivered', on: '2025-03-05', id: 'c1' } // 十五个工作日至 2025-03-26
  const decided: ApplicationEvent[] = [examined, { kind: 'decision-proposed', on: '2025-03-06', outcome: 'GRANTED', evidence: {} }, { kind: 'decided', on: '2025-03-06', outcome: 'GRANTED', evidence: {}, remedy: 'EITHER', docNo: null }]
  const submitted = replay([{ kind: 'submitted', on: '2025-03-07', particulars: P }]) as Application // 星期五
  const coHandled: ApplicationEvent = { kind: 'co-handling-asked', on: '2025-03-04', id: 'h1', unit: '城管科', account: 'somebody', matter: '检索', days: 3 } // 2025-03-07

  test.each<[string, Application, PlainDate, Record<string, string>]>([
    // 自收到之日起七个工作日：2025-03-12
    ['a supplement may be asked for two days more', aCase(), '2025-03-10', { 'supplement-notice': 'handler' }],
    ['the last day to ask for a supplement', aCase(examined), '2025-03-12', { 'supplement-notice': 'handler' }],
    ['no more after it', aCase(examined), '2025-03-13', {}],
    ['asked already', aCase(asked), '2025-03-12', {}],
    ['the applicant may still supply', aCase(asked), '2025-03-26', {}],
    ['told late, the clock goes on: not given up', aCase(examined, { ...asked, late: true }), '2025-03-27', { 'due-soon': 'handler', 'late-supplement-past': 'handler' }],
    ['the applicant did not supply', aCase(asked), '2025-03-27', { 'supplement-past': 'handler' }],
    ['a third party may still answer', aCase(consulted('THIRD_PARTY'), delivered), '2025-03-26', {}],
    ['a third party is silent', aCase(consulted('THIRD_PARTY'), delivered), '2025-03-27', { 'consultation-past': 'handler' }],
    ['a letter to a third party, its delivery not known', aCase(consulted('THIRD_PARTY')), '2025-03-11', { 'consultation-undelivered': 'handler' }],
    ['another body has no statutory term', aCase(consulted('OTHER_AGENCY')), '2025-03-11', { 'consultation-waiting': 'handler' }],
    ['reasons not given', aCase(examined, { kind: 'reason-asked', on: '2025-03-05', by: '2025-03-12' }), '2025-03-13', { 'reason-past': 'handler' }],
    ['a fee not paid', aCase(examined, { kind: 'fee-noticed', on: '2025-03-05', by: '2025-04-02', mode: 'COUNT', amount: 1000 }), '2025-04-03', { 'fee-past': 'handler' }],
    ['not confirmed on the day', submitted, '2025-03-08', {}],
    ['not confirmed by the next working day', submitted, '2025-03-10', { unconfirmed: 'handler' }],
    ['not confirmed for three', submitted, '2025-03-12', { unconfirmed: 'handler', 'unconfirmed-to-heads': 'heads' }],
    ['decided, not sent: one day', aCase(...decided), '2025-03-07', {}],
    ['decided, not sent: two days', aCase(...decided), '2025-03-10', { undispatched: 'handler' }],
    ['decided, not sent, and the term ends', aCase(...decided), '2025-03-31', { undispatched: 'handler', 'dispatch-due': 'handler+heads' }],
    ['another unit has a day left', aCase(coHandled, examined), '2025-03-06', { 'co-handling-due': 'handler+somebody' }],
    ['another unit is late', aCase(coHandled, examined), '2025-03-14', { 'co-handling-past': 'handler+somebody' }],
  ])('%s', (_, a, today, expected) => expect(rulesOn(a, today)).toEqual(expected))

  test('silence of a third party is never consent; of a co-author it is', () => {
    const noteOf = (kind: 'THIRD_PARTY' | 'CO_AGENCY') => on(aCase(consulted(kind), delivered), '2025-03-27')[0]?.note
    expect(noteOf('THIRD_PARTY')).toContain('不是同意')
    expect(noteOf('CO_AGENCY')).toContain('视为同意')
  })

  test('a ledger that does not tell of sending is not a letter unsent', () => {
    const { receipt: _, ...bare } = received
    const imported = replay([bare, { kind: 'decided', on: '2025-03-06', outcome: 'GRANTED', evidence: {}, remedy: 'EITHER', docNo: null }]) as Application
    expect(imported.fromLedger).toBe(true)
    expect(on(imported, '2025-03-31')).toEqual([])
  })

  test('a year without its calendar: never silent near the date, never a made-up count', () => {
    const calendar = makeCalendar([...BUILT_IN_CALENDAR.years.values()].filter(({ year }) => year <= 2025))
    const a = replay([{ ...received, on: '2025-12-02' }, examined]) as Application // 2025-12-30
    const said = remindersOf(a, ground('2026-01-06', calendar), SETTINGS)
    expect(said.map(({ key, to }) => [key, to])).toEqual([['uncounted/2025-12-30/2026-01-06', ['handler', 'heads']]])
    expect(said[0]?.title).toBe(`${P.regNo}：应当于 2025 年 12 月 30 日前答复`)
    // 到期日也算不出的，不瞎说
    expect(remindersOf(replay([{ ...received, on: '2025-12-30' }]) as Application, ground('2026-01-06', calendar), SETTINGS)).toEqual([])
  })
})

/** 收到之后的几步，都在办的；日子依次往后。 */
const anOpenCase = fc
  .record({ start: fc.integer({ min: 0, max: 700 }), steps: fc.array(fc.tuple(fc.constantFrom('examined', 'extended', 'third', 'returned'), fc.integer({ min: 0, max: 6 })), { maxLength: 5 }) })
  .map(({ start, steps }) => {
    let day = addCalendarDays('2024-01-02', start)
    const events: ApplicationEvent[] = [{ ...received, on: day }]
    for (const [step, later] of steps) {
      day = addCalendarDays(day, later)
      const a = replay(events) as Application
      if (step === 'examined' && a.status === 'registered') events.push({ kind: 'examined', on: day })
      if (step === 'extended' && a.extensions.length === 0) events.push({ kind: 'extended', on: day, days: 10, approvedBy: 'x' })
      if (step === 'third' && a.status === 'examining') events.push({ kind: 'consultation-sent', on: day, id: `c${events.length}`, with: 'THIRD_PARTY' })
      const waiting = a.consultations.find((c) => c.returnedOn === null)
      if (step === 'returned' && waiting !== undefined) events.push({ kind: 'consultation-returned', on: day, id: waiting.id, reply: 'AGREE', reasonable: null })
    }
    return replay(events) as Application
  })

test('any open case past its due date is told of on each working day, once, whatever days were missed', () => {
  fc.assert(
    fc.property(anOpenCase, fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }), fc.constantFrom<readonly number[]>([5, 3, 1], [1], [10, 5, 3, 1]), (a, runs, days) => {
      const dueOn = clockOf(a, BUILT_IN_CALENDAR, APPLICATION_SETTINGS)?.dueOn
      if (dueOn == null) return true
      const settings = { days, toLeader: 3 }
      const told = new Set<string>()
      for (const [i, ran] of runs.entries()) {
        const today = addCalendarDays(dueOn, i - 8)
        if (!ran) continue
        const reminders = remindersOf(a, ground(today), settings)
        const keys = reminders.map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
        expect(remindersOf(a, ground(today), settings).map(({ key }) => key)).toEqual(keys)
        const overdue = keys.filter((key) => key.startsWith('overdue/'))
        const working = isWorkingDay(today, BUILT_IN_CALENDAR)
        expect(isOpen(a)).toBe(true)
        if (today > dueOn && working) expect([overdue.length, told.has(overdue[0] ?? '')]).toEqual([1, false])
        if (today <= dueOn) expect(overdue).toEqual([])
        // 到期前，第一次跑到某一档即有，之后不再有新的
        const left = keys.filter((key) => key.startsWith('due-'))
        expect(left.length).toBeLessThanOrEqual(1)
        for (const key of keys) told.add(key)
      }
      return true
    }),
    { numRuns: 150 },
  )
})

test('every rule says something within the bounds of a notice', () => {
  const texts = Object.values(REMINDERS).flatMap(({ say }: { say: (n: number, w: { on: string; whom: string }, a: Application) => { title: string; note: string } }) => [0, 1, 25].map((n) => say(n, { on: '2025-12-31', whom: '共同制作机关' }, aCase())))
  expect(texts.length).toBe(Object.keys(REMINDERS).length * 3)
  for (const { title, note } of texts) expect([title.length <= 60, note.length <= 300, /[A-Za-z]|undefined/.test(title + note)]).toEqual([true, true, false])
})
