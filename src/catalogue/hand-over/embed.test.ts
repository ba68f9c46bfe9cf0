import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { setSetting } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { aPublishedItem } from '../testing-published.ts'
import { withdraw } from '../testing.ts'
import { framersOf } from './embed-routes.tsx'

const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
let body = { bodyId: '' }

beforeAll(async () => {
  await aDistrict(deps)
  body = await aBody(deps, { code: 'csyxglzx', name: '示例中心' })
  for (let n = 1; n <= 4; n++) await aPublishedItem(deps, body.bodyId, { title: `第 ${n} 条`, publishedOn: `2026-01-0${n}` })
})

test('a bare page: newest first, as many as asked, links open the site anew, no script, no form', async () => {
  const html = await (await app.request('/embed/bodies/csyxglzx?n=3')).text()
  expect([...html.matchAll(/第 (\d) 条/g)].map(([, n]) => n)).toEqual(['4', '3', '2'])
  expect(html).not.toMatch(/<script|<form|class="mast"/)
  for (const [link] of html.matchAll(/<a [^>]*>/g)) expect(link).toContain('target="_blank"')
  expect((await app.request('/embed/bodies/none')).status).toBe(404)
})

test('only the sites named in the settings may frame it; the rest of the site none', async () => {
  const before = await app.request('/embed/bodies/csyxglzx')
  expect([before.headers.get('content-security-policy')?.includes("frame-ancestors 'none'"), before.headers.get('x-frame-options')]).toEqual([true, 'DENY'])
  await setSetting(deps, { kind: 'system', name: 'test' }, { bodyId: body.bodyId, key: 'embedSites', value: "https://www.example.gov.cn https://*.wuchang.gov.cn 'unsafe-inline'; script-src *" })
  const after = await app.request('/embed/bodies/csyxglzx')
  expect(after.headers.get('content-security-policy')).toMatch(/; frame-ancestors https:\/\/www\.example\.gov\.cn https:\/\/\*\.wuchang\.gov\.cn$/)
  expect(after.headers.get('x-frame-options')).toBeNull()
  expect((await app.request('/bodies/csyxglzx')).headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(framersOf('* https: javascript:alert(1) https://a.cn/path http://ok.cn:8080')).toEqual(['http://ok.cn:8080'])
})

test('JSON for those who draw it themselves; what is withdrawn leaves both at once', async () => {
  const gone = await aPublishedItem(deps, body.bodyId, { title: '将撤回的' })
  const texts = async () => Promise.all(['/embed/bodies/csyxglzx', '/data/newest.json', '/data/newest.json?body=csyxglzx'].map(async (path) => (await app.request(path)).text()))
  for (const text of await texts()) expect(text).toContain('将撤回的')
  await withdraw(db, body.bodyId, gone.itemId)
  for (const text of await texts()) expect(text).not.toContain('将撤回的')
  const { items } = JSON.parse((await texts())[1] ?? '') as { items: { title: string }[] }
  expect(items[0]?.title).toBe('第 4 条')
  expect((await app.request('/data/newest.json?body=none')).status).toBe(404)
})
