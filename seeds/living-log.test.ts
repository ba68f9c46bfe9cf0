import { expect, test } from 'vitest'
import { applicationVerifiers } from '../src/applications/index.ts'
import { searchIndex } from '../src/catalogue/index.ts'
import { anApplication } from '../src/applications/testing.ts'
import { testDb } from '../src/platform/testing.ts'
import { verifyAll } from '../src/platform/verify.ts'
import { makeExampleBodies } from './example-bodies.ts'
import { loadLivingLog } from './living-log.ts'

const { db, deps, setToday } = testDb()

test('the demonstration has published answers and ratings', async () => {
  setToday('2026-11-24')
  const street = (await makeExampleBodies(deps)).find(({ code }) => code === 'sljd')!
  for (let n = 1; n <= 7; n += 1)
    await anApplication(deps, street.bodyId, { receivedOn: '2026-01-05', decidedOn: '2026-01-12', servedOn: '2026-01-12', outcome: 'GRANTED', content: `申请公开示例小区第 ${n} 号楼的改造方案` })
  await loadLivingLog(deps, street, '2026-11-24')
  const entries = await db.selectFrom('answered_request').select(['title', 'status', 'published_on']).orderBy('published_on').execute()
  expect(entries.map(({ status }) => status)).toEqual(['published', 'published', 'published'])
  expect(entries.every(({ title, published_on: on }) => title.startsWith('示例小区') && on !== null && on < '2026-11-24')).toBe(true)
  expect((await db.selectFrom('application_rating').select('case_id').execute()).length).toBe(6)
  const page = await searchIndex.search(db, { q: '示例小区的改造方案', kinds: ['answered'], limit: 10 })
  expect(page.hits.map(({ publishedOn }) => publishedOn).toSorted()).toEqual(entries.map(({ published_on: on }) => on))
  expect((await verifyAll(deps, applicationVerifiers)).flatMap(({ problems }) => problems)).toEqual([])
})
