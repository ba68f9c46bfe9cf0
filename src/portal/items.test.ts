import type { KyselyPlugin } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { itemPath } from '../catalogue/index.ts'
import { withdraw } from '../catalogue/testing.ts'
import { aPublishedItem } from '../catalogue/testing-published.ts'
import { testDb } from '../platform/testing.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
beforeAll(() => aDistrict(deps))
const read = async (path: string) => (await app.request(path)).text()

test('/items: all bodies, newest first, with whose each is; picked by body and year; the home page leads there', async () => {
  const [left, right] = [await aBody(deps, { code: 'left', name: '示例左街' }), await aBody(deps, { code: 'right', name: '示例右街' })]
  const plan = await aPublishedItem(deps, left.bodyId, { title: '左街的计划', publishedOn: '2024-03-01' })
  const budget = await aPublishedItem(deps, right.bodyId, { title: '右街的预算', publishedOn: '2025-03-01' })
  const gone = await aPublishedItem(deps, right.bodyId, { title: '右街误发的' })
  await withdraw(db, right.bodyId, gone.itemId)
  const all = await read('/items')
  for (const part of [itemPath(plan.indexNo), itemPath(budget.indexNo), '示例左街（1）', '示例右街（1）', '2025 年（1）']) expect(all).toContain(part)
  expect(all).not.toContain('误发的')
  expect(all.indexOf('右街的预算')).toBeLessThan(all.indexOf('左街的计划'))
  const picked = await read('/items?body=left&year=2024')
  expect([picked.includes('左街的计划'), picked.includes('右街的预算')]).toEqual([true, false])
  // 认不得的机关当作没写
  expect(await read('/items?body=nobody')).toContain('右街的预算')
  // 条件折起来，选了的打开
  expect(all).toContain('<details class="fold"><summary>')
  expect(await read('/items?body=left')).toContain('<details class="fold" open="">')
  expect(await read('/')).toContain('href="/items"')
  expect(await read('/sitemaps/pages.xml')).toContain('/items</loc>')
  expect((await app.request(itemPath(plan.indexNo))).status).toBe(200)
})

test('/annual-reports: a year nobody has published is there too, and whose is awaited, until its day and after', async () => {
  const awaited = await read('/annual-reports')
  for (const part of ['2025 年度已公布 0 份', '应当在 2026-01-31 前公布，期限还没有到', '等待公布的', '示例左街']) expect(awaited).toContain(part)
  expect((await app.request('/annual-reports')).headers.get('cache-control')).toBe('no-store')
  setToday('2026-02-01')
  const late = await read('/annual-reports?year=2025')
  expect(late).toContain('尚未在本站公布的')
  expect(late).not.toContain('期限还没有到')
  setToday('2026-01-15')
})

test('the counts beside the choices are made once while nothing changed, not again for each page or order', async () => {
  let counted = 0
  // 快照号是整个数据库实例的，别的测试在自己的库里写也会推动它；这里换成只随下面的公布而变
  let version = 1
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      if (node.kind === 'RawNode' && node.sqlFragments.some((part) => part.includes('with hits as materialized'))) counted += 1
      return node
    },
    transformResult: ({ result }) => Promise.resolve(typeof result.rows[0]?.['version'] === 'string' ? { ...result, rows: [{ version: String(version) }] } : result),
  }
  const own = { ...deps, db: db.withPlugin(counting) }
  const watched = createApp(own, appParts(own))
  const ask = async (path: string) => (await watched.request(path)).text()
  const { bodyId } = await aBody(deps, { code: 'kept', name: '示例留数街' })
  await aPublishedItem(deps, bodyId, { title: '留数街的一条', publishedOn: '2023-03-01' })
  for (const path of ['/items?year=2023', '/items?year=2023&sort=on', '/items?year=2023&page=2', '/bodies/kept/items', '/bodies/kept/items?sort=on']) await ask(path)
  expect(counted).toBe(2)
  await aPublishedItem(deps, bodyId, { title: '留数街的又一条', publishedOn: '2023-04-01' })
  version = 2
  expect(await ask('/items?year=2023')).toContain('2023 年（2）')
  expect(counted).toBe(3)
})
