import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeExampleBodies } from '../seeds/example-bodies.ts'
import { loadExampleCatalogue } from '../seeds/example-catalogue.ts'
import { loadExampleItems } from '../seeds/example-items.ts'
import { loadWuchang } from '../seeds/wuchang.ts'
import { appParts } from '../src/app-parts.ts'
import { createApp } from '../src/app.tsx'
import { aBody } from '../src/bodies/testing.ts'
import { itemPath } from '../src/catalogue/index.ts'
import { closePdf } from '../src/documents/index.ts'
import { transaction } from '../src/platform/connect.ts'
import { testDb } from '../src/platform/testing.ts'
import { validHtml } from './support/html-valid.ts'

// 每一种公开页面在 tests/journeys/every-page.test.ts 里逐页查；这里看内容多的、出错的与分量。
const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
afterAll(closePdf)

beforeAll(async () => {
  await transaction(db, async (tx) => {
    const within = { ...deps, db: tx }
    await loadWuchang(within)
    const bodies = await makeExampleBodies(within)
    await loadExampleCatalogue(within, bodies)
    await loadExampleItems(within, bodies)
    // 机关多的一个区
    for (let i = 0; i < 60; i++) await aBody(within, { code: `more${i}`, name: `示例区第${i}综合行政执法大队` })
  })
}, 60_000)

const pathOf = async (title: string): Promise<string> => itemPath((await db.selectFrom('info_item').select('index_no').where('title', '=', title).executeTakeFirstOrThrow()).index_no)

/** 种类 → 地址与应有的状态。 */
const PAGES: Readonly<Record<string, () => Promise<readonly [path: string, status: number]>>> = {
  首页: async () => ['/', 200],
  机关的信息: async () => ['/bodies/slqzjj/items', 200],
  筛选之后: async () => ['/bodies/slqzjj/items?year=2025&validity=valid&sort=on', 200],
  没有符合的: async () => ['/bodies/slqzjj/items?q=%22%3E%3Cscript%3E', 200],
  规范性文件: async () => [await pathOf('示例区临时救助办法'), 200],
  已失效的: async () => [await pathOf('示例区中小学午餐服务管理规定（试行）'), 200],
  有附件的: async () => [await pathOf('示例区2025年秋季小学一年级招生入学工作通知'), 200],
  改过版的: async () => [`${await pathOf('2025年老旧小区改造计划')}?edition=1`, 200],
  只有登记的: async () => [await pathOf('武昌微邻里公众号'), 200],
  已撤回的: async () => [await pathOf('校园周边食品经营户名录'), 410],
  没有的索引号: async () => ['/items/MC000008X/2023-90009', 404],
  没有的页面: async () => ['/no/such/page', 404],
  年度报告: async () => ['/bodies/csyxglzx/annual-reports/2024', 200],
  各机关: async () => ['/bodies', 200],
}

const MOST = 60 * 1024

/** 一页连同样式与脚本，压好之后传来的字节；图片另计。 */
async function weightOf(html: string): Promise<number> {
  const parts = [...html.matchAll(/<(?:link rel="stylesheet" href|script[^>]* src)="([^"]+)"/g)].map(([, href = '']) => href)
  const sizes = await Promise.all([...new Set(parts)].map(async (href) => (await (await app.request(href, { headers: { 'accept-encoding': 'gzip' } })).arrayBuffer()).byteLength))
  return sizes.reduce((sum, size) => sum + size, gzipSync(html).byteLength)
}

test.each(Object.keys(PAGES))('%s: valid, and light', async (kind) => {
  const [path, status] = (await PAGES[kind]?.()) ?? ['', 0]
  const response = await app.request(path)
  const html = await response.text()
  expect(response.status).toBe(status)
  await validHtml(html, path)
  expect(Buffer.byteLength(html), `${path} 的字节`).toBeLessThanOrEqual(MOST)
  const weight = await weightOf(html)
  expect(weight, `${path} 传来的字节`).toBeGreaterThan(5 * 1024)
  expect(weight, `${path} 传来的字节`).toBeLessThanOrEqual(MOST)
})
