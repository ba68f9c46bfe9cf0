import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BUILT_IN_CALENDAR as calendar } from '../../statute/calendar.ts'
import { canHappen, decideComplaint, evolveComplaint, isOpen } from './complaint.ts'
import type { Complaint, ComplaintEvent } from './complaint.ts'
import { toComplaintRow } from './complaint-store.ts'
import { complaintDueOn } from './complaint-term.ts'
import { SMALLEST, maskCells, maskShare } from './public/mask-cells.ts'
import { guessMatter } from './mail/guess-matter.ts'
import { routeComplaint } from './route-complaint.ts'

const accounts = fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e'))

test('whoever is left to handle and to decide is not complained of; otherwise it goes up', () => {
  fc.assert(
    fc.property(fc.constantFrom('A47' as const, 'A51' as const), fc.boolean(), accounts, accounts, accounts, accounts, (basis, toOwn, barred, handlers, deciders, heads) => {
      const route = routeComplaint({ basis, toOwn, barred: new Set(barred), handlers, deciders, heads })
      const free = (all: readonly string[]) => all.filter((each) => !barred.includes(each))
      if (basis === 'A51') expect(route).toBe('infringed')
      if (route === 'own') expect([toOwn, free(handlers).length > 0, free(deciders).length > 0, heads.every((head) => !barred.includes(head))]).toEqual([true, true, true, true])
    }),
  )
})

test('no small cell is shown, nor is it the only one hidden beside a sum', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 30 }), { maxLength: 12 }), (counts) => {
      const shown = maskCells(counts)
      const hidden = shown.flatMap((text, index) => (text === String(counts[index]) ? [] : [index]))
      counts.forEach((count, index) => {
        if (count > 0 && count < SMALLEST) expect(hidden).toContain(index)
      })
      // 只藏了一格的，除它之外没有大于零的格可藏
      if (hidden.length === 1) expect(counts.filter((count) => count > 0)).toHaveLength(1)
    }),
  )
})

test('shares of few are not told', () => {
  expect([maskShare(1, 4), maskShare(3, 40), maskShare(0, 8), maskShare(8, 8), maskShare(6, 8)]).toEqual(['—', '少于 5 件', '0.0%', '100.0%', '75.0%'])
})

test('fifteen working days from the day after, over 清明; an extension is added; no calendar, no day', () => {
  const term = { receivedOn: '2025-03-24', reopenedOn: null, days: 15, extension: null }
  expect(complaintDueOn(term, calendar)).toBe('2025-04-15')
  expect(complaintDueOn({ ...term, extension: { on: '2025-04-01', days: 5, reason: '' } }, calendar)).toBe('2025-04-22')
  expect(complaintDueOn({ ...term, reopenedOn: '2025-04-01' }, calendar)).toBe('2025-04-23')
  expect(complaintDueOn({ ...term, receivedOn: '2031-03-24' }, calendar)).toBeNull()
})

test.each([
  ['申请公开的事项一直不答复', { basis: 'A47', matter: 'unlawful-reply' }],
  ['不公开预算', { basis: 'A47', matter: 'not-published' }],
  ['预算没有公开', { basis: 'A47', matter: 'not-published' }],
  ['我要投诉：专栏打不开', { basis: 'A51', matter: 'broken-column' }],
  ['电话写错了', { basis: 'A47', matter: 'wrong-content' }],
  ['请问几点上班', { basis: 'A47', matter: 'other' }],
])('a mail saying %s', (text, guessed) => {
  expect(guessMatter(text)).toEqual(guessed)
})

const FACTS = { regNo: '示公开诉〔2025〕1号', channel: 'PAGE', basis: 'A47', matter: 'other', aboutBodyId: 'b', anonymous: true, contentId: 't', workOrderNo: null, barred: [], links: [], from: null, firstOn: '2025-03-03', days: 15, route: 'own' } as const
const TODAY = '2025-06-30'

type Step = Exclude<ComplaintEvent, { kind: 'registered' }>
const aStep: fc.Arbitrary<Step> = fc
  .tuple(
    fc.integer({ min: 1, max: 31 }),
    fc.constantFrom<((on: string) => Step)[]>(
      (on) => ({ kind: 'accepted', on, handler: 'a' }),
      (on) => ({ kind: 'declined', on, reason: 'x' }),
      (on) => ({ kind: 'transferred', on, to: null, toName: 'x', reason: 'x' }),
      (on) => ({ kind: 'merged', on, into: { bodyId: 'b', complaintId: 'c' }, reason: 'x' }),
      (on) => ({ kind: 'asked', on, question: 'x', by: null }),
      (on) => ({ kind: 'supplied', on, textId: 't' }),
      (on) => ({ kind: 'barred', on, accounts: ['a'], reason: 'x' }),
      (on) => ({ kind: 'classified', on, basis: 'A51', matter: 'other', aboutBodyId: 'b', accounts: ['d'], links: [] }),
      (on) => ({ kind: 'linked', on, link: { kind: 'other', label: 'x', href: null }, note: '' }),
      (on) => ({ kind: 'investigated', on, findings: 'x' }),
      (on) => ({ kind: 'extended', on, days: 5, reason: 'x' }),
      (on) => ({ kind: 'drafted', on, outcome: 'partly', grounds: 'x', measures: 'y', by: ['a'] }),
      (on) => ({ kind: 'draft-returned', on, reason: 'x' }),
      (on) => ({ kind: 'reopened', on, reason: 'x', textId: null }),
      (on) => ({ kind: 'fed-back', on, rating: 'dissatisfied', textId: null }),
      (on) => ({ kind: 'decided', on, outcome: 'partly', grounds: 'x', measures: 'y' }),
      (on) => ({ kind: 'answered', on, way: 'page', docNo: null, text: 'x' }),
      (on) => ({ kind: 'fed-back', on, rating: 'basic', textId: null }),
      (on) => ({ kind: 'closed', on, note: '' }),
      (on) => ({ kind: 'withdrawn', on, reason: 'x' }),
    ),
  )
  .map(([day, make]) => make(`2025-03-${String(day).padStart(2, '0')}`))

test('whatever is tried: no answer without a conclusion, none without findings; days do not run backwards; nobody is un-barred; the end is the end', () => {
  fc.assert(
    fc.property(fc.array(aStep, { maxLength: 40 }), (steps) => {
      const first = evolveComplaint({ status: 'new' }, { kind: 'registered', on: '2025-03-03', facts: FACTS })
      if (first.status === 'new') throw new Error('没有登记')
      let state: Complaint = first
      for (const step of steps) {
        const before: Complaint = state
        const decision = decideComplaint(before, step, TODAY)
        if (!decision.ok) continue
        const after = decision.events.reduce<ReturnType<typeof evolveComplaint>>(evolveComplaint, before)
        if (after.status === 'new') throw new Error('不会回到没有登记')
        state = after
        expect(before.barred.every((account) => after.barred.includes(account))).toBe(true)
        expect(after.handler !== null && after.barred.includes(after.handler) && before.handler !== after.handler && step.kind !== 'accepted').toBe(false)
        if (after.answer !== null) expect([after.decision !== null, after.findings.length > 0]).toEqual([true, true])
        if (step.kind === 'decided') expect(before.draft).not.toBeNull()
        expect(after.earlier.length <= 1 && before.earlier.every((each, i) => after.earlier[i] === each)).toBe(true)
        if (after.feedback !== null) expect(after.answer).not.toBeNull()
        if (after.decision !== null) expect(after.decision.on >= (after.findings.at(-1)?.on ?? '')).toBe(true)
        if (after.answer !== null) expect(after.answer.on >= (after.decision?.on ?? '')).toBe(true)
        const row = toComplaintRow(after)
        expect((row.outcome === null) === (row.decided_on === null)).toBe(true)
        expect((row.closed_on === null) === (isOpen(after) || after.status === 'answered')).toBe(true)
        if (row.closed_on !== null) expect((['accepted', 'decided', 'answered', 'fed-back', 'closed', 'withdrawn'] as const).some((kind) => canHappen(after, kind))).toBe(false)
      }
    }),
    { numRuns: 300 },
  )
})
