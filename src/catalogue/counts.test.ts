import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Body } from '../bodies/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { testDb } from '../platform/testing.ts'
import { transaction } from '../platform/connect.ts'
import { addCalendarDays } from '../statute/plain-date.ts'
import {
  catalogueVerifiers,
  cellsOfDocument,
  cellsOfYearlyCount,
  countItems,
  countTable2,
  getPublishedItem,
  listCountedItems,
  listPublishedItems,
  listTable2Records,
} from './index.ts'
import { validityOn } from './normative/normative-document.ts'
import type { NormativeFacts } from './normative/normative-document.ts'
import { aDocument, anItem, aYearlyCount } from './testing.ts'
import { MATTERS } from './yearly/yearly-count.ts'
import type { Matter } from './yearly/yearly-count.ts'

const { db, deps } = testDb()
beforeAll(() => aDistrict(deps))

let bodies = 0
const aNewBody = (): Promise<Body> => aBody(deps, { code: `b${++bodies}` })

const day = (from: string, days: number) => fc.integer({ min: 0, max: days }).map((n) => addCalendarDays(from, n))
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const page = { limit: 1000, offset: 0 }

const documents = fc.array(
  fc
    .record({ made: day('2022-01-01', 1200), repealed: maybe(fc.integer({ min: 0, max: 900 })), term: maybe(fc.integer({ min: 0, max: 900 })) })
    .map(({ made, repealed, term }) => ({
      madeOn: made,
      repealedOn: repealed === null ? null : addCalendarDays(made, repealed),
      expiresOn: term === null ? null : addCalendarDays(made, term),
    })),
  { maxLength: 12 },
)
const factsOf = (wish: Partial<NormativeFacts>): NormativeFacts => ({
  kind: 'norm',
  title: '',
  docNo: '',
  registrationNo: null,
  madeOn: '',
  effectiveOn: null,
  expiresOn: null,
  repealedOn: null,
  repealBasis: null,
  url: null,
  ...wish,
})
const days = (from: string, to: string): string[] => {
  const all: string[] = []
  for (let at = from; at <= to; at = addCalendarDays(at, 1)) all.push(at)
  return all
}

test('documents: the cells equal a day-by-day count, list as many records, and keep valid = valid before + made − repealed', async () => {
  await fc.assert(
    fc.asyncProperty(documents, fc.constantFrom('2023-12-31', '2023-07-01', '2024-12-31'), async (wishes, asOf) => {
      const { bodyId } = await aNewBody()
      for (const wish of wishes) await aDocument(db, bodyId, wish)
      const all = wishes.map(factsOf)
      const year = Number(asOf.slice(0, 4))
      const span = days(`${year}-01-01`, asOf)
      const valid = (at: string): number => all.filter((facts) => validityOn(facts, at) === 'valid').length
      // 慢的办法：一日一日看谁从有效变为无效；当日公布当日废止的，制发与废止各计一件
      const repealed = span.flatMap((at) =>
        all.filter((facts) => {
          const before = validityOn(facts, addCalendarDays(at, -1))
          const gone = !['valid', 'unmade'].includes(validityOn(facts, at))
          return gone && (before === 'valid' || facts.madeOn === at)
        }),
      ).length
      const cells = await countTable2(db, { bodyId, year, asOf })
      expect(cells['T2.norm.made']).toBe(all.filter((facts) => span.includes(facts.madeOn)).length)
      expect(cells['T2.norm.repealed']).toBe(repealed)
      expect(cells['T2.norm.valid']).toBe(valid(asOf))
      expect(cells['T2.norm.valid']).toBe(valid(`${year - 1}-12-31`) + (cells['T2.norm.made'] ?? 0) - (cells['T2.norm.repealed'] ?? 0))
      for (const measure of ['made', 'repealed', 'valid']) {
        const listed = await listTable2Records(db, { bodyId, year, asOf }, `T2.norm.${measure}`, page)
        expect(listed?.records).toHaveLength(cells[`T2.norm.${measure}`] ?? -1)
        for (const { id } of listed?.records ?? [])
          expect(await cellsOfDocument(db, bodyId, id, asOf)).toContainEqual({ year, cell: `T2.norm.${measure}` })
      }
    }),
    { numRuns: 25 },
  )
})

const amounts = fc.uniqueArray(
  fc.record({
    year: fc.constantFrom(2019, 2020, 2023, 2024),
    matter: fc.constantFrom(...(Object.keys(MATTERS) as Matter[])),
    source: fc.constantFrom('政务服务科', '执法科'),
    amount: fc.integer({ min: 0, max: 5_000_000 }),
  }),
  { maxLength: 20, selector: ({ year, matter, source }) => `${year}${matter}${source}` },
)

test('yearly counts: each cell of both editions is the sum of its records', async () => {
  await fc.assert(
    fc.asyncProperty(amounts, async (facts) => {
      const { bodyId } = await aNewBody()
      for (const each of facts) await aYearlyCount(db, bodyId, { ...each, evidence: null })
      const sum = (year: number, matter: Matter): number =>
        facts.filter((f) => f.year === year && f.matter === matter).reduce((total, f) => total + f.amount, 0)
      const now = await countTable2(db, { bodyId, year: 2024, asOf: '2024-12-31' })
      expect(now['T2.license.decisions']).toBe(sum(2024, 'license'))
      expect(now['T2.coercion.decisions']).toBe(sum(2024, 'coercion'))
      expect(now['T2.fee.amountWan']).toBe(sum(2024, 'fee') / 1_000_000)
      const old = await countTable2(db, { bodyId, year: 2020, asOf: '2020-12-31' })
      expect(old['T2.license.previous']).toBe(sum(2019, 'license-stock'))
      expect(old['T2.fee.change']).toBe(sum(2020, 'fee-stock') - sum(2019, 'fee-stock'))
      expect(old['T2.procurement.amount']).toBe(sum(2020, 'procurement-amount') / 1_000_000)
      for (const cell of ['T2.license.decisions', 'T2.fee.amountWan']) {
        const listed = await listTable2Records(db, { bodyId, year: 2024, asOf: '2024-12-31' }, cell, page)
        expect(listed?.records.reduce((total, r) => total + r.amount, 0)).toBeCloseTo(now[cell] ?? -1, 6)
        for (const { id } of listed?.records ?? []) expect(await cellsOfYearlyCount(db, bodyId, id)).toEqual([{ year: 2024, cell }])
      }
    }),
    { numRuns: 15 },
  )
})

const items = fc.array(
  fc
    .record({
      formedOn: day('2023-06-01', 700),
      wait: maybe(fc.integer({ min: 0, max: 200 })),
      withdrawn: maybe(fc.integer({ min: 0, max: 200 })),
      codes: fc.uniqueArray(fc.constantFrom('A20_02' as const, 'A20_07' as const, 'A20_05' as const, 'A21_02' as const), { minLength: 1 }),
    })
    .map(({ formedOn, wait, withdrawn, codes }) => {
      const publishedOn = wait === null ? null : addCalendarDays(formedOn, wait)
      const withdrawnOn = publishedOn === null || withdrawn === null ? null : addCalendarDays(publishedOn, withdrawn)
      return { formedOn, publishedOn, withdrawnOn, codes }
    })
    .filter(({ publishedOn, withdrawnOn }) => (withdrawnOn ?? publishedOn ?? '') <= '2026-01-15'),
  { maxLength: 12 },
)

test('items: counts by kind and by code equal a plain filter, and only the public ones are shown to the public', async () => {
  await fc.assert(
    fc.asyncProperty(items, fc.constantFrom('2024-12-31', '2024-05-31'), async (wishes, asOf) => {
      const { bodyId } = await aNewBody()
      for (const wish of wishes) await anItem(db, bodyId, wish)
      const counted = wishes.filter(
        ({ publishedOn, withdrawnOn }) =>
          publishedOn !== null && publishedOn >= '2024-01-01' && publishedOn <= asOf && (withdrawnOn === null || withdrawnOn > asOf),
      )
      const counts = await countItems(db, { bodyId, year: 2024, asOf })
      expect(counts.total).toBe(counted.length)
      expect(counts.byKind.reduce((sum, kind) => sum + kind.count, 0)).toBe(counts.total)
      for (const { code, count } of counts.byCode) expect(count).toBe(counted.filter((item) => item.codes.some((c) => c === code)).length)
      for (const { kind, count } of counts.byKind) {
        const listed = await listCountedItems(db, { bodyId, year: 2024, asOf }, { ...page, kind })
        expect(listed.records).toHaveLength(count)
      }
      const shown = await listPublishedItems(db, { bodyId, ...page })
      expect(shown.total).toBe(wishes.filter((w) => w.publishedOn !== null && w.withdrawnOn === null).length)
    }),
    { numRuns: 15 },
  )
})

test('a withdrawn or unpublished item has no address for the public', async () => {
  const { bodyId } = await aNewBody()
  await anItem(db, bodyId, { indexNo: 'x/2024-00001' })
  await anItem(db, bodyId, { indexNo: 'x/2024-00002', withdrawnOn: '2024-06-01' })
  await anItem(db, bodyId, { indexNo: 'x/2024-00003', publishedOn: null })
  expect(await getPublishedItem(db, bodyId, 'x/2024-00001')).toMatchObject({ title: '机构职能' })
  for (const hidden of ['x/2024-00002', 'x/2024-00003', 'x/2024-00004'])
    await expect(getPublishedItem(db, bodyId, hidden)).rejects.toMatchObject({ name: 'NotFound' })
})

test('replayed timelines equal the rows; a row changed by hand is named', async () => {
  const problems = async (): Promise<string[]> => {
    const found: string[] = []
    for (const { verify } of catalogueVerifiers) for await (const { message } of verify(deps)) found.push(message)
    return found
  }
  expect(await problems()).toEqual([])
  const { bodyId } = await aNewBody()
  const itemId = await anItem(db, bodyId)
  await transaction(db, (tx) => tx.updateTable('info_item').set({ title: '被改过' }).where('body_id', '=', bodyId).where('item_id', '=', itemId).execute())
  expect(await problems()).toEqual(['行的 title 与时间线重放所得不同'])
})
