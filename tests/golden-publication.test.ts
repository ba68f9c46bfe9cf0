import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeStaff } from '../seeds/staff.ts'
import type { Post, Staff } from '../seeds/staff.ts'
import { appParts } from '../src/app-parts.ts'
import { createApp } from '../src/app.tsx'
import { aBody, aDistrict } from '../src/bodies/testing.ts'
import { getItem } from '../src/catalogue/index.ts'
import { cookieFor } from '../src/identity/testing.ts'
import { newId } from '../src/platform/id.ts'
import { testDb } from '../src/platform/testing.ts'
import { closeRedaction } from '../src/redaction/index.ts'

// 领域参考第 10 章 G46–G50：都从工作台的表单进，看页面所写。
const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let bodyId = ''
let staff: Staff

beforeAll(async () => {
  await aDistrict(deps)
  ;({ bodyId } = await aBody(deps, { code: 'golden', name: '示例区城市管理局', uscc: '91350100M000100Y43' }))
  staff = await makeStaff(deps, { bodyId, prefix: 'gd-', surname: 3, signIn: true, order: 0 })
})
afterAll(() => closeRedaction())

const cookieOf = (as: Post) => cookieFor(db, staff[as], deps.clock.now())
const get = async (path: string, as: Post = 'officer') => (await app.request(path, { headers: { cookie: await cookieOf(as) } })).text()
async function post(path: string, fields: Record<string, string | readonly string[]>, as: Post = 'officer'): Promise<Response> {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one)
  return app.request(path, { method: 'POST', headers: { cookie: await cookieOf(as), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, body: body.toString() })
}
const FORM = { origin: 'made', block: 'statutory', term: 'GENERAL', attribute: 'proactive', codes: 'A20_02', title: '机构职能', summary: '本局的职能', body: '本局负责城市管理。', seen: '0' }

/** 某日登记一条，返回它的 id 与版本。 */
async function register(day: string, fields: Record<string, string> = {}): Promise<string> {
  setToday(day)
  const itemId = newId()
  const response = await post('/desk/items/new', { ...FORM, formedOn: day, itemId, ...fields })
  if (response.status !== 303) throw new Error(`登记不成：${response.status} ${/<div class="notice error"[\s\S]*?<\/div>/.exec(await response.text())?.[0] ?? ''}`)
  return itemId
}
const versionOf = async (itemId: string) => String((await getItem(db, bodyId, itemId)).version)
const act = async (itemId: string, step: string, as: Post, fields: Record<string, string> = {}) => post(`/desk/items/${itemId}/steps/${step}`, { version: await versionOf(itemId), ...fields }, as)
const dueOn = async (itemId: string): Promise<string> => /class="due-on"><time dateTime="([\d-]+)"/i.exec(await get(`/desk/items/${itemId}`))?.[1] ?? '没有'

async function approve(itemId: string): Promise<void> {
  for (const [step, as, fields] of [['submit', 'officer', {}], ['check', 'unitHead', {}], ['secrecy-review', 'secrecy', { result: 'pass', opinion: '' }], ['approve', 'head', {}]] as const) {
    const response = await act(itemId, step, as, fields)
    if (response.status !== 303) throw new Error(`${step}：${response.status}`)
  }
}

test.each([
  ['2024-12-31', '2025-02-05'],
  ['2025-09-28', '2025-10-31'],
  ['2026-01-30', '2026-03-05'],
])('G46: formed %s, published by %s at the latest', async (day, due) => {
  expect(await dueOn(await register(day))).toBe(due)
})

test('G47: a department budget approved 2025-01-20: 2025-02-09 by the law, 2025-02-08 inside', async () => {
  const itemId = await register('2025-01-20', { term: 'BUDGET', termFrom: '2025-01-20', codes: 'A20_07' })
  expect(await dueOn(itemId)).toBe('2025-02-09')
  expect(await get(`/desk/items/${itemId}`)).toContain('请在 2025-02-08 之前公开')
})

test('G48: a procurement contract signed 2025-09-30: 2025-10-10', async () => {
  expect(await dueOn(await register('2025-09-30', { term: 'PROCUREMENT_CONTRACT', termFrom: '2025-09-30', codes: 'A20_09' }))).toBe('2025-10-10')
})

test('G49: passed, then one character changed: not published, by anybody, at any door', async () => {
  const itemId = await register('2026-01-05')
  await approve(itemId)
  const before = await versionOf(itemId)
  expect((await post(`/desk/items/${itemId}/edit`, { ...FORM, formedOn: '2026-01-05', itemId, seen: before, body: '本局负责城市管理' })).status).toBe(303)
  const refused = await act(itemId, 'publish', 'publisher')
  expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('送审之后内容有改动、此前的审查作废')])
  // 拿旧页面的版本来发布，也不行
  expect((await post(`/desk/items/${itemId}/steps/publish`, { version: before }, 'publisher')).status).toBe(409)
  const { state } = await getItem(db, bodyId, itemId)
  expect([state.review, state.firstPublishedOn]).toEqual([null, null])
  expect((await app.request(`/items/${state.indexNo}`)).status).toBe(404)
})

test('G50: 11010519491231002X in the text stops it, and the page says to mask it', async () => {
  const itemId = await register('2026-01-06', { body: '联系人的证件号码为11010519491231002X。' })
  const refused = await act(itemId, 'submit', 'officer')
  expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('预检发现个人信息')])
  const page = await get(`/desk/items/${itemId}/precheck`)
  expect(page).toContain('请遮盖或者删去')
  expect(page).not.toContain('11010519491231002X')
  expect((await getItem(db, bodyId, itemId)).state.status).toBe('attribute-determined')
})
