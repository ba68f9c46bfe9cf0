import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { newId } from '../../platform/id.ts'
import { testDb } from '../../platform/testing.ts'
import { addCalendarDays, daysBetween } from '../../statute/plain-date.ts'
import { saveDocumentHistory } from '../testing.ts'
import { lapseReminder } from './lapse-reminders.ts'
import { evolveDocument, invalidFrom, NEW_DOCUMENT, validityOn } from './normative-document.ts'
import type { NormativeEvent, NormativeFacts, NormativeState } from './normative-document.ts'
import { countDocuments, listDocuments, validityAt } from './normative-queries.ts'
import { amendDocument, correctDocument, defaultExpiry, extendDocument, judgeDocument, linkItem, recordDocument, registerDocument, repealDocument, unlinkItem } from './normative-rules.ts'
import { documentStore, toDocumentRow } from './normative-store.ts'
import { sumOfYear } from './year-sum.ts'

const { db, deps } = testDb()
beforeAll(() => aDistrict(deps))

const FACTS: NormativeFacts = { kind: 'norm', title: '示例办法', docNo: '示〔2024〕1号', registrationNo: null, madeOn: '2024-03-01', effectiveOn: null, expiresOn: '2029-02-28', repealedOn: null, repealBasis: null, url: null }
const MAKING = { topic: null, legalReview: null, consultation: null, deliberation: null }
const fold = (events: readonly NormativeEvent[]): NormativeState => events.reduce(evolveDocument, NEW_DOCUMENT)

test('a term of N years ends on the eve of its anniversary; 暂行 and 试行 have the shorter one', () => {
  const years = { years: 5, trialYears: 2 }
  const made = { madeOn: '2024-03-01', effectiveOn: '2024-04-01' }
  expect(defaultExpiry({ title: '管理办法', ...made }, years)).toBe('2029-03-31')
  expect(defaultExpiry({ title: '管理暂行办法', ...made }, years)).toBe('2026-03-31')
  expect(defaultExpiry({ title: '管理办法（试行）', ...made, effectiveOn: null }, years)).toBe('2026-02-28')
  expect(defaultExpiry({ title: '管理办法', madeOn: '2024-02-29', effectiveOn: null }, years)).toBe('2029-02-27')
})

test('events written before the library existed replay as before; the ledger cannot undo what the desk settled', () => {
  const old: NormativeEvent[] = [{ kind: 'made', on: '2024-03-01', facts: FACTS, source: 'x' }, { kind: 'corrected', on: '2024-03-02', facts: { ...FACTS, title: '示例管理办法' }, source: 'x', reason: '台账更新' }, { kind: 'repealed', on: '2025-01-01', basis: '清理' }]
  const state = fold(old)
  expect(state).toMatchObject({ title: '示例管理办法', repealedOn: '2025-01-01', listed: true, itemId: null, repealedBy: null, settled: true })
  expect(recordDocument(state, { on: '2025-02-01', facts: { ...FACTS, title: '示例管理办法' }, source: 'x' })).toEqual({ ok: false, refusal: 'ledger-behind' })
  expect(recordDocument(fold(old.slice(0, 2)), { on: '2025-02-01', facts: { ...FACTS, expiresOn: null }, source: 'x' })).toMatchObject({ ok: true, events: [{ kind: 'corrected' }] })
})

test('a text changed for another is not listed again before it is public; what is corrected alone waits for approval', () => {
  const made: NormativeEvent = { kind: 'made', on: '2024-03-01', facts: FACTS, source: 'ledger' }
  const [a, b] = [newId(), newId()]
  const linked = fold([made, { kind: 'linked', on: '2024-03-02', itemId: a }])
  expect(linked).toMatchObject({ listed: true, itemId: a })
  expect(evolveDocument(linked, { kind: 'linked', on: '2024-03-03', itemId: b })).toMatchObject({ listed: false, itemId: b })
  expect(evolveDocument(linked, { kind: 'unlinked', on: '2024-03-03' })).toMatchObject({ listed: false, itemId: null })
  expect(linkItem(linked, { on: '2024-03-03', itemId: a })).toEqual({ ok: false, refusal: 'same-item' })
  expect(unlinkItem(fold([made]), { on: '2024-03-03' })).toEqual({ ok: false, refusal: 'no-item' })
  const corrected = (facts: Partial<NormativeFacts>) => correctDocument(fold([made]), { on: '2024-03-04', facts: { ...FACTS, ...facts }, making: MAKING, source: 'me', reason: '抄错' })
  for (const [facts, listed] of [[{ title: '另一个名称' }, false], [{ effectiveOn: '2024-04-01' }, true]] as const) {
    const decided = corrected(facts)
    expect(decided.ok && decided.events.reduce(evolveDocument, fold([made]))).toMatchObject({ listed, registrars: ['me'] })
  }
  expect(corrected({})).toEqual({ ok: false, refusal: 'nothing-changed' })
})

test('one reminder a day at most, of the nearest stage; none for what is repealed before it lapses', () => {
  fc.assert(
    fc.property(fc.integer({ min: -400, max: 400 }), fc.option(fc.integer({ min: -400, max: 400 }), { nil: null }), (left, repealed) => {
      const day = '2026-06-01'
      const facts = { docNo: '示〔2021〕1号', madeOn: '2021-01-01', expiresOn: addCalendarDays(day, left), repealedOn: repealed === null ? null : addCalendarDays(day, repealed) }
      const reminder = lapseReminder(facts, day)
      const stage = [7, 30, 60].find((days) => left >= 0 && left <= days)
      const dueToRepeal = facts.repealedOn !== null && (facts.repealedOn <= day || facts.repealedOn <= facts.expiresOn)
      if (left >= 0) expect(reminder?.key).toBe(stage === undefined || dueToRepeal ? undefined : `${facts.expiresOn}/${stage}`)
      else expect(reminder?.key).toBe(validityOn(facts, day) === 'expired' && left >= -30 ? `${facts.expiresOn}/lapsed` : undefined)
    }),
  )
})

type Step = { of: 'repeal' | 'extend' | 'amend' | 'clean' | 'correct'; after: number; by: number }
const histories = fc.array(
  fc.record({ made: fc.integer({ min: 0, max: 1100 }), term: fc.option(fc.integer({ min: 0, max: 900 }), { nil: null }), steps: fc.array(fc.record({ of: fc.constantFrom<Step['of'][]>('repeal', 'extend', 'amend', 'clean', 'correct'), after: fc.integer({ min: 0, max: 400 }), by: fc.integer({ min: 1, max: 700 }) }), { maxLength: 5 }) }),
  { minLength: 1, maxLength: 8 },
)

// 一件文件的一生：每一步都经规则，不成的略过
function lifeOf(n: number, made: number, term: number | null, steps: readonly Step[]): NormativeEvent[] {
  const madeOn = addCalendarDays('2021-06-01', made)
  const facts = { ...FACTS, docNo: `示〔2021〕${n}号`, madeOn, expiresOn: term === null ? null : addCalendarDays(madeOn, term) }
  const first = registerDocument(NEW_DOCUMENT, { on: madeOn, facts, making: MAKING, source: 'me' })
  if (!first.ok) throw new Error(first.refusal)
  const events: NormativeEvent[] = [...first.events]
  let on = madeOn
  for (const { of, after, by } of steps) {
    on = addCalendarDays(on, after)
    const state = fold(events)
    if (state.status === 'new') throw new Error('没有登记')
    const decided = {
      repeal: () => repealDocument(state, { on, basis: '清理' }),
      extend: () => extendDocument(state, { on, expiresOn: addCalendarDays(on, by), basis: '评估' }),
      amend: () => amendDocument(state, { on, basis: '修改', note: '' }),
      clean: () => judgeDocument(state, { cleanUpId: newId(), result: 'keep', note: '', on }),
      correct: () => correctDocument(state, { on, facts: { ...toFacts(state), title: `示例办法${by}` }, making: MAKING, source: 'me', reason: '抄错' }),
    }[of]()
    if (decided.ok) events.push(...decided.events)
  }
  return events
}

function toFacts({ kind, title, docNo, registrationNo, madeOn, effectiveOn, expiresOn, repealedOn, repealBasis, url }: NormativeFacts): NormativeFacts {
  return { kind, title, docNo, registrationNo, madeOn, effectiveOn, expiresOn, repealedOn, repealBasis, url }
}

let bodies = 0
test('K5: whatever happens to the documents, valid last year + made − repealed = valid, and each figure lists as many', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.integer({ min: 0, max: 1500 }), async (lives, ahead) => {
      const { bodyId } = await aBody(deps, { code: `k${++bodies}` })
      const today = addCalendarDays('2022-01-01', ahead)
      const told = lives.map(({ made, term, steps }, n) => lifeOf(n, made, term, steps))
      for (const events of told) await saveDocumentHistory(db, bodyId, events, () => ({ actor: 'system:testing', at: deps.clock.now() }))
      for (let year = 2021; year <= Number(today.slice(0, 4)); year += 1) {
        const sum = await sumOfYear(db, bodyId, { kind: 'norm', year, today })
        expect(sum.before + sum.made - sum.repealed).toBe(sum.valid)
        const listed = { bodyId, today, kind: 'norm' as const }
        expect(await countDocuments(db, { ...listed, validAt: `${year - 1}-12-31` })).toBe(sum.before)
        expect(await countDocuments(db, { ...listed, ended: year })).toBe(sum.repealed)
        expect(await countDocuments(db, { ...listed, validAt: sum.to })).toBe(sum.valid)
        if (today >= `${year}-12-31`) expect(await countDocuments(db, { ...listed, year })).toBe(sum.made)
      }
      const rows = await listDocuments(db, { bodyId, today }, { sort: 'madeOn', descending: true, limit: 100, offset: 0 })
      for (const row of rows) {
        const { rows: said } = await db.selectFrom('normative_document').select([validityAt('valid', today).as('valid'), validityAt('expired', today).as('expired'), validityAt('repealed', today).as('repealed'), validityAt('unmade', today).as('unmade')]).where('document_id', '=', row.documentId).execute().then((found) => ({ rows: found }))
        expect(said[0]?.[validityOn(row, today)]).toBe(true)
        expect(Object.values(said[0] ?? {}).filter(Boolean)).toHaveLength(1)
      }
      for (const events of told) {
        const state = documentStore.fold(events)
        if (state.status === 'new') throw new Error('没有登记')
        expect(toDocumentRow(state).invalid_from).toBe(invalidFrom(state))
        // 有效的日子是连着的一段
        const last = invalidFrom(state)
        if (last !== null && daysBetween(state.madeOn, last) > 0) expect(validityOn(state, addCalendarDays(last, -1))).toBe('valid')
      }
    }),
    { numRuns: 15 },
  )
})
