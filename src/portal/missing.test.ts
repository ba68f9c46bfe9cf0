import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { itemPath, keepOldAddresses, toOldPath } from '../catalogue/index.ts'
import { withdraw } from '../catalogue/testing.ts'
import { aPublishedItem } from '../catalogue/testing-published.ts'
import { testDb } from '../platform/testing.ts'
import { likelyIndexNumbers } from './likely-index-numbers.ts'

const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
beforeAll(() => aDistrict(deps))

test('an old address leads to the new one, the query string too; withdrawn: to where it says so', async () => {
  const { bodyId } = await aBody(deps, { code: 'm1' })
  const [a, b] = [await aPublishedItem(deps, bodyId, { title: '甲' }), await aPublishedItem(deps, bodyId, { title: '乙' })]
  const old = ['https://www.old.gov.cn/xxgk/info.asp?id=7', '/xxgk/2024/t1.html'].map((address) => toOldPath(address) ?? '')
  await keepOldAddresses(db, bodyId, [{ path: old[0] ?? '', itemId: a.itemId }, { path: old[1] ?? '', itemId: b.itemId }], deps.clock.now())
  const moved = async (path: string) => {
    const response = await app.request(path)
    return [response.status, response.headers.get('location')]
  }
  expect(await moved('/xxgk/info.asp?id=7')).toEqual([301, itemPath(a.indexNo)])
  expect(await moved('/xxgk/2024/t1.html?from=wechat')).toEqual([301, itemPath(b.indexNo)])
  expect((await moved('/xxgk/info.asp?id=8'))[0]).toBe(404)
  expect((await app.request('/xxgk/2024/t1.html', { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(404)
  await withdraw(db, bodyId, b.itemId)
  expect(await moved('/xxgk/2024/t1.html')).toEqual([301, itemPath(b.indexNo)])
  expect((await app.request(itemPath(b.indexNo))).status).toBe(410)
})

test('only paths of a site are kept', () => {
  expect(['javascript:alert(1)', 'mailto:a@b.cn', '/', 'x'.repeat(600), 'http://['].map(toOldPath)).toEqual([null, null, null, null, null])
  expect(toOldPath('http://a.cn/文件?年=1')).toBe('/%E6%96%87%E4%BB%B6?%E5%B9%B4=1')
})

test('a page that is not there helps: search, bodies, and the numbers one may have meant', async () => {
  const { bodyId } = await aBody(deps, { code: 'm2', name: '样板教育局' })
  const { indexNo } = await aPublishedItem(deps, bodyId, { title: '学区划分方案', indexNo: '123456789/2026-00017' })
  for (const wrong of ['123456789/2026-17', '123456789/2026-00071', '12345679/2026-00017', '１２３４５６７８９/2026-00017', '123456789/2026-00016']) {
    const response = await app.request(itemPath(wrong))
    const html = await response.text()
    expect([response.status, html.includes('学区划分方案'), html.includes(`href="${itemPath(indexNo)}"`)]).toEqual([404, true, true])
  }
  const html = await (await app.request('/no/such/page')).text()
  for (const part of ['action="/search"', '样板教育局', '没有这个页面', 'href="/complain"']) expect(html).toContain(part)
  expect((await app.request('/bodies/none')).status).toBe(404)
  expect(await (await app.request('/bodies/none')).text()).toContain('按机关找')
  expect(await (await app.request('/desk/none')).text()).not.toContain('按机关找')
  for (const odd of ['/items/%E4%BD', '/items/', '/items/%00']) expect((await app.request(odd)).status).toBeGreaterThanOrEqual(400)
})

test('a slip of one digit is always among the likely ones, and there are not too many', () => {
  const number = fc.tuple(fc.integer({ min: 100000000, max: 999999999 }), fc.integer({ min: 2000, max: 2030 }), fc.integer({ min: 1, max: 99999 })).map(([a, year, n]) => `${a}/${year}-${String(n).padStart(5, '0')}`)
  fc.assert(
    fc.property(number, fc.nat(19), fc.nat(9), (right, at, digit) => {
      const place = at % right.length
      if (!/\d/.test(right[place] ?? '')) return
      const wrong = right.slice(0, place) + String(digit) + right.slice(place + 1)
      const likely = likelyIndexNumbers(wrong)
      expect(likely.length).toBeLessThanOrEqual(600)
      if (wrong !== right) expect(likely).toContain(right)
      expect(likely).not.toContain(wrong)
    }),
  )
})
