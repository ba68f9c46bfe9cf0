import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addWorkingDays, BUILT_IN_CALENDAR as calendar, CalendarYearMissing, isWorkingDay } from './calendar.ts'
import { lateness, isPostalEnterprise } from './delivery.ts'
import { addCalendarDays } from './plain-date.ts'
import { receivedOn } from './receipt.ts'
import {
  consultationEndsOn,
  consultationExpiresOn,
  due,
  foldClock,
  isPast,
  refuseExtension,
  replyClock,
  SILENCE,
  supplementDeadline,
  supplementNoticeDue,
} from './reply-clock.ts'
import type { ClockFact, ConsultationKind } from './reply-clock.ts'

const received = (on: string): ClockFact => ({ kind: 'received', on })
const consulted = (id: string, sent: string, returned: string | null, kind: ConsultationKind = 'THIRD_PARTY'): ClockFact[] => [
  { kind: 'consultation-sent', on: sent, id, with: kind },
  ...(returned === null ? [] : [{ kind: 'consultation-returned' as const, on: returned, id }]),
]
const dueOn = (...facts: ClockFact[]) => replyClock(foldClock(facts), calendar).dueOn
const pausedDays = (...facts: ClockFact[]) => due(foldClock(facts), calendar).steps.filter((s) => s.kind === 'paused').length

test('G19 征求第三方意见的 14 个工作日不计入', () => {
  const facts = [received('2025-03-03'), ...consulted('a', '2025-03-10', '2025-03-28')]
  expect(dueOn(...facts)).toBe('2025-04-21')
  expect(pausedDays(...facts)).toBe(14)
  expect(dueOn(received('2025-03-03'))).toBe('2025-03-31')
})

test('G20 第三方未回复：十五个工作日期满为止，由机关决定，不是同意', () => {
  const facts: ClockFact[] = [
    received('2025-09-15'),
    ...consulted('a', '2025-09-22', null),
    { kind: 'consultation-delivered', on: '2025-09-24', id: 'a' },
  ]
  const term = foldClock(facts)
  expect(consultationExpiresOn(term.consultations[0]!, calendar)).toBe('2025-10-21')
  expect(replyClock(term, calendar)).toEqual({ state: 'consulting', dueOn: '2025-11-11' })
  expect(pausedDays(...facts)).toBe(17)
  expect(SILENCE.THIRD_PARTY).toBe('body-decides')
})

test('G21 两次征求意见取并集，同一天不重复排除', () => {
  const facts = [
    received('2026-03-02'),
    ...consulted('a', '2026-03-05', '2026-03-16'),
    ...consulted('b', '2026-03-10', '2026-03-20'),
  ]
  expect(dueOn(...facts)).toBe('2026-04-15')
  expect(pausedDays(...facts)).toBe(11)
})

test('G22 补正告知期限与补正截止', () => {
  expect(supplementNoticeDue('2024-12-23', calendar)).toBe('2025-01-02')
  expect(supplementDeadline('2024-12-30', calendar)).toBe('2025-01-21')
})

test('G23 收到补正，期限自该日重新起算二十个工作日', () => {
  const asked: ClockFact[] = [received('2024-12-23'), { kind: 'supplement-asked', on: '2024-12-30', by: '2025-01-21' }]
  expect(replyClock(foldClock(asked), calendar)).toEqual({ state: 'stopped', by: 'supplement', until: '2025-01-21', dueOn: null })
  const facts: ClockFact[] = [...asked, { kind: 'supplemented', on: '2025-01-14' }]
  expect(dueOn(...facts)).toBe('2025-02-17')
  expect(due(foldClock(facts), calendar).steps.filter((s) => s.kind === 'start')).toMatchObject([{ day: '2025-01-14' }])
})

test('G24 补正截止当日不可关闭，次日可以', () => {
  expect(isPast('2025-01-21', '2025-01-21')).toBe(false)
  expect(isPast('2025-01-21', '2025-01-22')).toBe(true)
})

test('G25 延期须在到期日之前告知', () => {
  const term = foldClock([received('2024-09-02')])
  const refuse = (days: number, notifiedOn: string, approved = true) =>
    refuseExtension(term, { days, approved, notifiedOn }, calendar)
  expect(refuse(10, '2024-09-30')).toBeNull()
  expect(dueOn(received('2024-09-02'), { kind: 'extended', on: '2024-09-30', days: 10 })).toBe('2024-10-18')
  expect(dueOn(received('2024-09-02'), { kind: 'extended', on: '2024-09-30', days: 20 })).toBe('2024-11-01')
  expect(refuse(10, '2024-10-08')).toBe('extension-after-due')
  expect(refuse(10, '2024-09-30', false)).toBe('extension-not-approved')
})

test('G26 延期累计不超过二十个工作日', () => {
  const once = foldClock([received('2024-09-02'), { kind: 'extended', on: '2024-09-10', days: 15 }])
  const refuse = (days: number) => refuseExtension(once, { days, approved: true, notifiedOn: '2024-09-12' }, calendar)
  expect(refuseExtension(foldClock([received('2024-09-02')]), { days: 21, approved: true, notifiedOn: '2024-09-10' }, calendar)).toBe(
    'extension-too-long',
  )
  expect([refuse(5), refuse(6), refuse(0), refuse(1.5)]).toEqual([
    null,
    'extension-too-long',
    'extension-days-invalid',
    'extension-days-invalid',
  ])
})

test('G27 邮寄以交邮日判断是否按期', () => {
  const delivery = { method: 'POST', carrier: '中国邮政', dispatchedOn: '2025-10-30', servedOn: '2025-11-03' } as const
  expect(lateness(delivery, '2025-10-30', calendar)).toBe(0)
})

test('G28 直接送达以签收日判断', () => {
  const delivery = { method: 'DIRECT', carrier: null, dispatchedOn: '2025-10-30', servedOn: '2025-11-03' } as const
  expect(lateness(delivery, '2025-10-30', calendar)).toBe(2)
  expect(lateness({ ...delivery, servedOn: null }, '2025-10-30', calendar)).toBeNull()
})

test.each([
  ['顺丰', false],
  ['顺丰速运', false],
  ['中通快递', false],
  ['京东', false],
  ['EMS', true],
  ['中国邮政', true],
  ['中国邮政速递物流', true],
  ['邮政挂号信', true],
  ['ＥＭＳ特快专递', true],
])('G29 %s 寄送决定书：%s', (carrier, allowed) => {
  expect(isPostalEnterprise(carrier)).toBe(allowed)
})

test('G30 平信以确认之日为收到之日', () => {
  expect(receivedOn('POST_PLAIN', { submittedOn: '2026-03-02' })).toBeNull()
  const on = receivedOn('POST_PLAIN', { submittedOn: '2026-03-02', confirmedOn: '2026-03-04' })
  expect(on).toBe('2026-03-04')
  expect(dueOn(received('2026-03-04'))).toBe('2026-04-01')
})

test('G31 共同制作机关逾期视为同意公开', () => {
  const [c] = foldClock([
    received('2026-06-15'),
    ...consulted('a', '2026-06-18', null, 'CO_AGENCY'),
    { kind: 'consultation-delivered', on: '2026-06-18', id: 'a' },
  ]).consultations
  expect(consultationEndsOn(c!, calendar)).toBe('2026-07-10')
  expect(SILENCE.CO_AGENCY).toBe('deemed-consent')
})

test('征求其他机关意见没有法定期限：未回之前到期日不能定', () => {
  const term = foldClock([received('2026-03-02'), ...consulted('a', '2026-03-05', null, 'OTHER_AGENCY')])
  expect(replyClock(term, calendar)).toEqual({ state: 'consulting', dueOn: null })
  expect(due(term, calendar).dueOn).toBeNull()
})

test('自送达起排除：发出到送达之间照计', () => {
  const facts: ClockFact[] = [
    received('2025-09-15'),
    ...consulted('a', '2025-09-22', null),
    { kind: 'consultation-delivered', on: '2025-09-24', id: 'a' },
  ]
  const account = due(foldClock(facts), calendar, { pauseFrom: 'DELIVERED' })
  expect(account.steps.filter((s) => s.kind === 'paused')).toHaveLength(15)
})

test('G35 缴费后重新起算；待缴费时没有到期日', () => {
  const noticed: ClockFact[] = [received('2025-04-01'), { kind: 'fee-noticed', on: '2025-04-18', by: '2025-05-20' }]
  expect(replyClock(foldClock(noticed), calendar)).toMatchObject({ state: 'stopped', by: 'fee', until: '2025-05-20' })
  expect(dueOn(...noticed, { kind: 'fee-paid', on: '2025-05-12' })).toBe('2025-06-10')
})

test('只排除待缴费时间的设置', () => {
  const facts: ClockFact[] = [
    received('2025-04-01'),
    { kind: 'fee-noticed', on: '2025-04-18', by: '2025-05-20' },
    { kind: 'fee-paid', on: '2025-05-12' },
  ]
  const settings = { pauseFrom: 'SENT', feeRestart: 'RESUME_AFTER_PAYMENT' } as const
  const term = foldClock(facts, settings)
  expect(term.startedOn).toBe('2025-04-01')
  expect(due(term, calendar, settings).dueOn).toBe(replyClock(term, calendar, settings).dueOn)
  expect(replyClock(term, calendar, settings).dueOn).toBe(addWorkingDays('2025-05-12', 20 - 12, calendar))
})

test('第三十五条延迟答复：到期日为告知的日子', () => {
  const facts: ClockFact[] = [received('2026-03-02'), { kind: 'deferred', on: '2026-03-20', until: '2026-05-29' }]
  expect(dueOn(...facts)).toBe('2026-05-29')
  const account = due(foldClock(facts), calendar)
  expect(account.dueOn).toBe('2026-05-29')
  expect(account.steps.at(-1)).toMatchObject({ day: '2026-05-29', kind: 'deferred' })
})

test('跨入没有数据的年份：写明年份的错误', () => {
  expect(() => dueOn(received('2026-12-10'))).toThrow(CalendarYearMissing)
  expect(() => due(foldClock([received('2026-12-10')]), calendar)).toThrow('2027')
})

const aDay = fc.integer({ min: 0, max: 4900 }).map((n) => addCalendarDays('2011-06-01', n))
const spans = fc.array(fc.tuple(fc.integer({ min: -5, max: 40 }), fc.integer({ min: 0, max: 30 })), { maxLength: 5 })

// 独立的慢法：列出全部不排除的工作日，数到第 n 个
function slowly(start: string, n: number, pauses: [string, string][]): string {
  const excluded = new Set<string>()
  for (const [from, to] of pauses) {
    for (let day = addCalendarDays(from, 1); day <= to; day = addCalendarDays(day, 1)) excluded.add(day)
  }
  const open = Array.from({ length: 400 }, (_, i) => addCalendarDays(start, i + 1)).filter(
    (day) => day < '2027-01-01' && isWorkingDay(day, calendar) && !excluded.has(day),
  )
  return open[n - 1]!
}

test('与独立慢法一致；不早于未延长未排除之日；计入的恰为 20 + 延长', () => {
  fc.assert(
    fc.property(aDay, fc.integer({ min: 0, max: 20 }), spans, (on, extension, offsets) => {
      const pauses = offsets.map(([from, length]): [string, string] => {
        const start = addCalendarDays(on, from)
        return [start, addCalendarDays(start, length)]
      })
      const facts: ClockFact[] = [received(on), ...pauses.flatMap(([from, to], i) => consulted(String(i), from, to))]
      if (extension > 0) facts.push({ kind: 'extended', on, days: extension })
      const term = foldClock(facts)
      const clock = replyClock(term, calendar)
      const account = due(term, calendar)
      expect(clock.dueOn).toBe(slowly(on, 20 + extension, pauses))
      expect(account.dueOn).toBe(clock.dueOn)
      expect(clock.dueOn! >= addWorkingDays(on, 20, calendar)).toBe(true)
      expect(account.steps.filter((s) => s.kind === 'counted').map((s) => s.n)).toEqual(
        Array.from({ length: 20 + extension }, (_, i) => i + 1),
      )
      // 每个自然日恰有一行
      expect(account.steps.map((s) => s.day)).toEqual(account.steps.map((_, i) => addCalendarDays(on, i)))
    }),
  )
})

test('补正之后：此前各日不计，自补正日起与慢法一致', () => {
  fc.assert(
    fc.property(aDay, fc.integer({ min: 1, max: 60 }), (on, later) => {
      const back = addCalendarDays(on, later)
      const term = foldClock([received(on), { kind: 'supplement-asked', on, by: back }, { kind: 'supplemented', on: back }])
      const { dueOn: day, steps } = due(term, calendar)
      expect(day).toBe(slowly(back, 20, []))
      expect(steps.filter((s) => s.day < back).every((s) => s.kind === 'received' || s.kind === 'set-aside')).toBe(true)
    }),
  )
})
