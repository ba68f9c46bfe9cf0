import { beforeAll, expect, test } from 'vitest'
import { loadSeeds } from '../seeds/index.ts'
import { HELD_OUT, JUDGED, reindex, searchIndex, verifyIndex } from '../src/catalogue/index.ts'
import { testDb } from '../src/platform/testing.ts'
import { judgeSearch, meanOf } from '../src/portal/judge-search.ts'
import { searchSources } from '../src/search-sources.ts'

const { db, deps } = testDb()
beforeAll(async () => {
  await loadSeeds(deps)
}, 180_000)

// 演示的答复随运行之日才有，见 seeds/living-log.test.ts
const loaded = searchSources.filter(({ kind }) => kind !== 'answered')

const problems = async () => {
  const found: string[] = []
  for await (const { where, message } of verifyIndex(db, searchSources)) found.push(`${where.split(' ')[0]} ${message}`)
  return found
}

test('the demo district is searchable as it is loaded, each kind of record; rebuilding finds nothing to do', async () => {
  expect(await problems()).toEqual([])
  const rows = await db.selectFrom('search_document').select('doc_kind').distinct().execute()
  expect(rows.map((row) => row.doc_kind).toSorted()).toEqual(loaded.map(({ kind }) => kind).toSorted())
  expect(await reindex(db, searchSources)).toEqual({ changed: 0, removed: 0 })
}, 120_000)

test('what citizens ask of the demo district: good answers first, of the questions it was tuned on and of those kept aside', async () => {
  const means = []
  for (const questions of [JUDGED, HELD_OUT]) means.push(meanOf(await judgeSearch(db, questions, { sources: searchSources, today: deps.clock.today() })))
  expect(JUDGED.length + HELD_OUT.length).toBeGreaterThanOrEqual(100)
  expect(means[0]).toBeGreaterThan(0.88)
  expect(means[1]).toBeGreaterThan(0.82)
}, 120_000)

test('each kind: a row put into the index that the records do not have is named, not shown, and taken out', async () => {
  const ghost = '019a0000-0000-7000-8000-000000000001'
  for (const { kind } of loaded) {
    const row = await db.selectFrom('search_document').selectAll().where('doc_kind', '=', kind).limit(1).executeTakeFirstOrThrow()
    await db.insertInto('search_document').values({ ...row, doc_id: ghost }).execute()
  }
  for (const source of loaded) {
    const [row] = await db.selectFrom('search_document').select(['body_id', 'doc_kind', 'doc_id']).where('doc_kind', '=', source.kind).where('doc_id', '=', ghost).execute()
    const shown = await source.show(db, [{ bodyId: row?.body_id ?? '', kind: source.kind, id: ghost }], [])
    expect([source.kind, shown.has(ghost)]).toEqual([source.kind, false])
  }
  expect(await problems()).toHaveLength(loaded.length)
  expect(await reindex(db, searchSources)).toEqual({ changed: 0, removed: loaded.length })
  expect(await problems()).toEqual([])
  expect((await searchIndex.search(db, { q: '老旧小区改造', kinds: searchSources.map(({ kind }) => kind), limit: 5 })).hits.every(({ id }) => id !== ghost)).toBe(true)
}, 120_000)
