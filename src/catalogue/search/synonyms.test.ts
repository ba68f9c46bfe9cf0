import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { anItem } from '../testing.ts'

const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
const cookies = { office: '', head: '' }
let bodyId = ''
beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'zwzx' })).bodyId
  const office = await createAccount(db, { name: 'zhengwu', displayName: '政务', bodyId, roles: ['district-office'] })
  const head = await createAccount(db, { name: 'fuzeren', displayName: '负责', bodyId, roles: ['disclosure-head'] })
  cookies.office = await cookieFor(db, office, deps.clock.now())
  cookies.head = await cookieFor(db, head, deps.clock.now())
})

const HERE = '/desk/admin/search-words'
const post = (path: string, fields: Record<string, string>, cookie = cookies.office) =>
  app.request(path, { method: 'POST', headers: { cookie, 'sec-fetch-site': 'same-origin' }, body: new URLSearchParams(fields) })
const find = async (q: string) => [...(await (await app.request(`/search?${new URLSearchParams({ q }).toString()}`)).text()).matchAll(/<h2><a[^>]*>(.*?)<\/a>/g)].map(([, title = '']) => title.replaceAll(/<[^>]+>/g, ''))

test('the district office adds ways of saying, found by at once; removed, no more; each is audited', async () => {
  await anItem(db, bodyId, { title: '政务服务中心周末开放安排' })
  expect(await find('市民之家')).toEqual([])
  expect((await post(HERE, { groups: '市民之家、政务服务中心\n\n大礼堂，会议中心 会堂' })).status).toBe(303)
  expect((await post(HERE, { groups: '政务服务中心 市民之家' })).status).toBe(303)
  expect(await find('市民之家开放')).toEqual(['政务服务中心周末开放安排'])
  const groups = await db.selectFrom('search_synonym').selectAll().orderBy('synonym_id').execute()
  expect(groups.map(({ words }) => words)).toEqual([['市民之家', '政务服务中心'], ['大礼堂', '会议中心', '会堂']])
  expect(await (await app.request(`${HERE}?q=${encodeURIComponent('礼堂')}`, { headers: { cookie: cookies.office } })).text()).toContain('大礼堂、会议中心、会堂')
  expect((await post(`${HERE}/${groups[0]?.synonym_id}/remove`, {})).status).toBe(303)
  expect(await find('市民之家')).toEqual([])
  expect((await db.selectFrom('audit_event').select('action').where('action', 'like', 'search-word.%').orderBy('action').execute()).map(({ action }) => action)).toEqual(['search-word.added', 'search-word.added', 'search-word.removed'])
})

test('what is wrong is said next to the field, and kept; others may not', async () => {
  for (const [groups, said] of [['', '请填写'], ['只有一种', '只有一种说法'], [`甲、${'长'.repeat(30)}`, '须为 2 至 20 个字'], [Array.from({ length: 21 }, (_, i) => `说法${i}`).join('、'), '至多 20 种']] as const) {
    const response = await post(HERE, { groups })
    expect(response.status).toBe(422)
    expect(await response.text()).toContain(said)
  }
  expect((await post(HERE, { groups: '甲乙、丙丁' }, cookies.head)).status).toBe(403)
  expect((await app.request(HERE, { headers: { cookie: cookies.head } })).status).toBe(403)
  expect((await app.request(`${HERE}/not-there`, { headers: { cookie: cookies.office } })).status).toBe(404)
})
