import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { aBody } from '../../bodies/testing.ts'
import { testDb } from '../../platform/testing.ts'
import type { PublicationCode } from '../publication-codes.ts'
import { withdraw } from '../testing.ts'
import { aPublishedItem } from '../testing-published.ts'
import { browseItems, listNewestItems, toBrowseFilter } from './browse-items.ts'
import type { BrowseFilter } from './browse-items.ts'

const { db, deps } = testDb()
const PAGE = { limit: 50, offset: 0, descending: true }
const made: { year: number; code: PublicationCode; topic: 'economy' | 'health'; genre: 'plan' | 'report'; title: string }[] = []
let bodyId = ''

beforeAll(async () => {
  bodyId = (await aBody(deps, { code: 'browse' })).bodyId
  for (let i = 0; i < 12; i++) {
    const one = { year: 2024 + (i % 2), code: (['A20_05', 'A20_07', 'A21_02'] as const)[i % 3] ?? 'A20_05', topic: i % 4 === 0 ? ('health' as const) : ('economy' as const), genre: i % 5 === 0 ? ('report' as const) : ('plan' as const), title: i % 2 === 0 ? `预算 ${i}` : `计划 ${i}` }
    await aPublishedItem(deps, bodyId, { title: one.title, publishedOn: `${one.year}-03-0${(i % 9) + 1}`, details: { topic: one.topic, genre: one.genre }, classification: { codes: [one.code] } })
    made.push(one)
  }
  const gone = await aPublishedItem(deps, bodyId, { title: '预算 撤回了的' })
  await withdraw(db, bodyId, gone.itemId)
  await aPublishedItem(deps, (await aBody(deps, { code: 'browse2' })).bodyId, { title: '预算 别的机关的' })
})

const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined })

test('whatever is chosen: rows and counts are those of the records', async () => {
  const chosen = fc.record({ year: maybe([2024, 2025, 2026]), code: maybe(['A20_05', 'A20_07', 'A20_01'] as const), topic: maybe(['economy', 'health'] as const), genre: maybe(['plan', 'report'] as const), text: maybe(['预算', '计划', '没有的', '%']) })
  await fc.assert(
    fc.asyncProperty(chosen, async (wish) => {
      const filter = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as Omit<BrowseFilter, 'bodyId' | 'body'>
      const fits = (one: (typeof made)[number], but?: string): boolean =>
        (['year', 'code', 'topic', 'genre'] as const).every((facet) => facet === but || wish[facet] === undefined || wish[facet] === one[facet]) && (wish.text === undefined || one.title.includes(wish.text))
      const { items, total, counts } = await browseItems(db, { bodyId, ...filter }, PAGE)
      expect(items.map(({ title }) => title).toSorted()).toEqual(made.filter((one) => fits(one)).map(({ title }) => title).toSorted())
      expect(total).toBe(items.length)
      for (const facet of ['year', 'code', 'topic', 'genre'] as const) {
        const expected = Map.groupBy(made.filter((one) => fits(one, facet)), (one) => String(one[facet]))
        expect(Object.fromEntries(counts[facet])).toEqual(Object.fromEntries([...expected].map(([value, group]) => [value, group.length])))
      }
    }),
    { numRuns: 40 },
  )
})

test('all bodies together, or one picked out of them: body and other facets count as the lists do', async () => {
  const other = (await browseItems(db, { text: '别的机关的' }, PAGE)).items[0]?.bodyId ?? ''
  const all = await browseItems(db, {}, PAGE)
  expect([all.total, all.counts.body.get(bodyId), all.counts.body.get(other)]).toEqual([13, 12, 1])
  const one = await browseItems(db, { body: bodyId, year: 2024 }, PAGE)
  expect([one.total, one.items.length]).toEqual([6, 6])
  // 换个机关、换个年度各有几条，仍看得到
  expect([one.counts.body.has(other), one.counts.year.get('2025'), (await browseItems(db, { bodyId }, PAGE)).counts.body.size]).toEqual([false, 6, 0])
})

test('newest first or last, page by page; what the address says and what it cannot say', async () => {
  const first = await browseItems(db, { bodyId }, { limit: 5, offset: 0, descending: false })
  expect(first.items.map(({ publishedOn }) => publishedOn)).toEqual(first.items.map(({ publishedOn }) => publishedOn).toSorted())
  expect([first.total, (await browseItems(db, { bodyId }, { limit: 5, offset: 10, descending: false })).items.length]).toEqual([12, 2])
  expect(toBrowseFilter({ q: '', filters: { year: '2024', code: 'A99', topic: 'constructor', validity: 'valid' } })).toEqual({ year: 2024, validity: 'valid' })
  expect((await listNewestItems(db, 3)).map(({ title }) => title)[0]).toBe('预算 别的机关的')
})
