import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { setSetting } from '../bodies/index.ts'
import type { Body } from '../bodies/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { testDb } from '../platform/testing.ts'
import { BUILT_IN_CALENDAR } from '../statute/calendar.ts'
import { addCalendarDays } from '../statute/plain-date.ts'
import { cellsOfLitigation, cellsOfReview, countTable4, listTable4Records, reviewVerifiers } from './index.ts'
import { toLitigationRow } from './litigation-store.ts'
import * as litigation from './litigation.ts'
import { columnOf, LITIGATION_RESULTS, readResult, REVIEW_RESULTS } from './results.ts'
import type { LitigationResult, ReviewResult } from './results.ts'
import { toReviewRow } from './review-store.ts'
import * as review from './review.ts'
import { aLitigation, aReview } from './testing.ts'

const { db, deps } = testDb()
beforeAll(() => aDistrict(deps))

let bodies = 0
const aNewBody = (): Promise<Body> => aBody(deps, { code: `b${++bodies}` })
const page = { limit: 1000, offset: 0 }

const courses = fc.array(
  fc
    .record({ received: fc.integer({ min: 0, max: 1000 }), took: fc.option(fc.integer({ min: 0, max: 700 }), { nil: null }) })
    .map(({ received, took }) => {
      const receivedOn = addCalendarDays('2022-06-01', received)
      return { receivedOn, endedOn: took === null ? null : addCalendarDays(receivedOn, took) }
    })
    .filter(({ endedOn }) => (endedOn ?? '') <= '2026-01-15'),
  { maxLength: 10 },
)
const reviewResults = fc.constantFrom(...(Object.keys(REVIEW_RESULTS) as ReviewResult[]))
const suitResults = fc.constantFrom(...(Object.keys(LITIGATION_RESULTS) as LitigationResult[]))

// 慢的办法：走到截止日，看每件案子当时是什么样子
function columnAt(course: { receivedOn: string; endedOn: string | null }, result: () => string, year: number, asOf: string): string | null {
  if (course.receivedOn > asOf) return null
  if (course.endedOn !== null && course.endedOn <= asOf) return course.endedOn.startsWith(String(year)) ? result() : null
  return 'pending'
}

test('table 4 equals a walk through every case, its records list as many, and each record names its cells', async () => {
  await fc.assert(
    fc.asyncProperty(
      courses,
      fc.array(reviewResults, { minLength: 10, maxLength: 10 }),
      fc.array(fc.tuple(suitResults, fc.boolean(), fc.boolean()), { minLength: 10, maxLength: 10 }),
      fc.constantFrom('2023-12-31', '2024-12-31', '2024-08-15'),
      async (all, results, suits, asOf) => {
        const { bodyId } = await aNewBody()
        const year = Number(asOf.slice(0, 4))
        const expected: string[] = []
        for (const [index, course] of all.entries()) {
          const result = results[index] ?? 'upheld'
          const [suitResult, afterReview, isReviewOrgan] = suits[index] ?? ['revoked' as const, false, false]
          const { receivedOn, endedOn } = course
          await aReview(db, bodyId, { facts: { receivedOn }, result: endedOn === null ? null : result, decidedOn: endedOn })
          await aLitigation(db, bodyId, {
            facts: { receivedOn, afterReview, role: isReviewOrgan ? 'review-organ' : 'original' },
            final: endedOn === null ? null : { result: suitResult, on: endedOn },
          })
          const rv = columnAt(course, () => REVIEW_RESULTS[result].column, year, asOf)
          const suit = columnAt(course, () => LITIGATION_RESULTS[suitResult].column, year, asOf)
          if (rv) expected.push(`T4.rv.${rv}`)
          if (suit && !isReviewOrgan) expected.push(`T4.${afterReview ? 'la' : 'ld'}.${suit}`)
        }
        const cells = await countTable4(db, { bodyId, year, asOf })
        expect(Object.keys(cells)).toHaveLength(15)
        for (const [cell, count] of Object.entries(cells)) {
          const [, group = '', column = ''] = cell.split('.')
          const wanted = column === 'total' ? expected.filter((code) => code.startsWith(`T4.${group}.`)) : expected.filter((code) => code === cell)
          expect([cell, count]).toEqual([cell, wanted.length])
          const listed = await listTable4Records(db, { bodyId, year, asOf }, cell, page)
          expect(listed?.records).toHaveLength(count)
          if (!asOf.endsWith('12-31')) continue
          for (const record of listed?.records ?? []) {
            const named = record.kind === 'review' ? await cellsOfReview(db, bodyId, record.id, asOf) : await cellsOfLitigation(db, bodyId, record.id, asOf)
            expect(named).toContainEqual({ year, cell })
          }
        }
      },
    ),
    { numRuns: 12 },
  )
})

test('G59: the body sued as the original actor counts the case, the reviewing organ does not', async () => {
  const [actor, reviewer] = [await aNewBody(), await aNewBody()]
  const facts = { afterReview: true, caseNo: '（2024）鄂0106行初1号' }
  await aLitigation(db, actor.bodyId, { facts: { ...facts, role: 'original' } })
  const id = await aLitigation(db, reviewer.bodyId, { facts: { ...facts, role: 'review-organ' } })
  const scope = { year: 2024, asOf: '2024-12-31' }
  expect(await countTable4(db, { bodyId: actor.bodyId, ...scope })).toMatchObject({ 'T4.la.pending': 1, 'T4.la.total': 1 })
  expect((await countTable4(db, { bodyId: reviewer.bodyId, ...scope }))['T4.la.total']).toBe(0)
  expect(await cellsOfLitigation(db, reviewer.bodyId, id, '2024-12-31')).toEqual([])
})

test('a mediation that orders performance follows the setting 〔待核〕', async () => {
  const { bodyId } = await aNewBody()
  await aReview(db, bodyId, { result: 'mediated-corrected', decidedOn: '2024-07-01' })
  const scope = { bodyId, year: 2024, asOf: '2024-12-31' }
  expect(await countTable4(db, scope)).toMatchObject({ 'T4.rv.other': 1, 'T4.rv.corrected': 0 })
  await setSetting(deps, { kind: 'system', name: 'testing' }, { bodyId, key: 'caseResultMap', value: 'SUBSTANCE', basis: '待核' })
  expect(await countTable4(db, scope)).toMatchObject({ 'T4.rv.other': 0, 'T4.rv.corrected': 1 })
  expect((await listTable4Records(db, scope, 'T4.rv.corrected', page))?.total).toBe(1)
})

test('the way of a review and of a suit through their states', () => {
  const facts = { caseNo: '1', authority: null, decisionNo: null, ground: null, procedure: 'summary' as const, receivedOn: '2025-09-29' }
  const received = review.foldReview([{ kind: 'received', on: '2025-09-29', facts }])
  if (received.status === 'new') throw new Error('没有登记')
  // G42：简易程序 5 个工作日，普通程序 10 个工作日
  expect(toReviewRow(received, BUILT_IN_CALENDAR).answer_due_on).toBe('2025-10-13')
  const ordinary = review.evolveReview(received, { kind: 'procedure-changed', on: '2025-09-30', procedure: 'ordinary' })
  expect(ordinary.status !== 'new' && toReviewRow(ordinary, BUILT_IN_CALENDAR).answer_due_on).toBe('2025-10-20')
  expect(review.answerReview(received, { on: '2025-09-01' })).toEqual({ ok: false, refusal: 'out-of-order' })
  expect(review.closeReview(received, { on: '2025-10-01' })).toEqual({ ok: false, refusal: 'not-in-this-state' })

  const suit = litigation.foldLitigation([
    { kind: 'filed', on: '2025-09-20', facts: { caseNo: '2', court: null, decisionNo: null, afterReview: false, role: 'original', receivedOn: '2025-09-20' } },
    { kind: 'first-judged', on: '2025-12-20', result: 'revoked' },
    { kind: 'appealed', on: '2025-12-30' },
  ])
  if (suit.status === 'new') throw new Error('没有登记')
  expect(suit).toMatchObject({ status: 'appeal', final: null })
  // G43
  expect(toLitigationRow(suit, BUILT_IN_CALENDAR).answer_due_on).toBe('2025-10-09')
  expect(litigation.makeFinal(suit, { on: '2025-12-01', result: 'revoked' })).toEqual({ ok: false, refusal: 'out-of-order' })
})

test('a first judgment takes effect when its term to appeal is over, not before (article 85)', () => {
  const suitJudged = (form: 'judgment' | 'ruling') => {
    const suit = litigation.foldLitigation([
      { kind: 'filed', on: '2025-09-20', facts: { caseNo: '3', court: null, decisionNo: null, afterReview: false, role: 'original', receivedOn: '2025-09-20' } },
      { kind: 'first-judged', on: '2025-12-18', result: 'revoked', form },
      { kind: 'judgment-served', on: '2025-12-20' },
    ])
    if (suit.status === 'new') throw new Error('没有登记')
    return suit
  }
  const final = (form: 'judgment' | 'ruling', on: string, result: 'revoked' | 'suit-rejected' | 'withdrawn') => litigation.makeFinal(suitJudged(form), { on, result }).ok
  expect(final('judgment', '2026-01-04', 'revoked')).toBe(false)
  expect(final('judgment', '2026-01-05', 'revoked')).toBe(true)
  expect(final('ruling', '2025-12-30', 'suit-rejected')).toBe(false)
  expect(final('ruling', '2025-12-31', 'suit-rejected')).toBe(true)
  expect(final('ruling', '2025-12-20', 'withdrawn')).toBe(true)
  const appealed = litigation.evolveLitigation(suitJudged('judgment'), { kind: 'appealed', on: '2025-12-30' })
  expect(litigation.makeFinal(appealed, { on: '2026-01-02', result: 'revoked' }).ok).toBe(true)
})

test('every label and alias of a result is read back, and 撤回 is 终止', () => {
  for (const [key, { label, aliases }] of Object.entries(REVIEW_RESULTS))
    for (const name of [label, ...aliases]) expect([name, readResult(REVIEW_RESULTS, name)]).toEqual([name, key])
  for (const [key, { label, aliases }] of Object.entries(LITIGATION_RESULTS))
    for (const name of [label, ...aliases]) expect([name, readResult(LITIGATION_RESULTS, name)]).toEqual([name, key])
  expect(columnOf(REVIEW_RESULTS['request-dismissed'], 'MEDIATION_OTHER')).toBe('upheld')
  expect(columnOf(REVIEW_RESULTS['application-rejected'], 'MEDIATION_OTHER')).toBe('other')
})

test('replayed timelines equal the rows; a row changed by hand is named', async () => {
  const problems = async (): Promise<string[]> => {
    const found: string[] = []
    for (const { verify } of reviewVerifiers) for await (const { message } of verify(deps)) found.push(message)
    return found
  }
  expect(await problems()).toEqual([])
  const { bodyId } = await aNewBody()
  const reviewId = await aReview(db, bodyId)
  await db.updateTable('review_case').set({ result: 'revoked', decided_on: '2024-08-01' }).where('body_id', '=', bodyId).where('review_id', '=', reviewId).execute()
  expect(await problems()).toEqual(['行的 result 与时间线重放所得不同'])
})
