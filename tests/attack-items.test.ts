import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appParts } from '../src/app-parts.ts'
import { createApp } from '../src/app.tsx'
import { aBody, aDistrict } from '../src/bodies/testing.ts'
import { closeFileReader } from '../src/catalogue/content/read-file.ts'
import { getItem } from '../src/catalogue/index.ts'
import { itemLedger } from '../src/catalogue/item-ledger.ts'
import { withdraw } from '../src/catalogue/testing.ts'
import { verifyPublished } from '../src/catalogue/verify-published.ts'
import { aPublishedItem, changeItem, republish } from '../src/catalogue/testing-published.ts'
import { closePdf } from '../src/documents/index.ts'
import { cookieFor, createAccount } from '../src/identity/testing.ts'
import type { SignedInActor } from '../src/identity/index.ts'
import { transaction } from '../src/platform/connect.ts'
import { newId } from '../src/platform/id.ts'
import { openLedger } from '../src/platform/ledger/index.ts'
import { testDb } from '../src/platform/testing.ts'

/* 从攻击者一边看主动公开：别的机关、内部的人、旧的地址。 */
const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let [mine, theirs] = ['', '']
let [stranger, head] = [{} as SignedInActor, {} as SignedInActor]

beforeAll(async () => {
  await aDistrict(deps)
  mine = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  theirs = (await aBody(deps, { code: 'qt', name: '其他街道办事处', kind: 'street', codeWord: '其' })).bodyId
  head = await createAccount(db, { name: 'head', displayName: '负责人', bodyId: mine, roles: ['disclosure-head'] })
  stranger = await createAccount(db, { name: 'stranger', displayName: '外人', bodyId: theirs, roles: ['disclosure-officer'] })
})
beforeEach(() => setToday('2026-01-15'))
afterAll(async () => {
  await closeFileReader()
  await closePdf()
})

const problemsOf = async <T>(found: AsyncIterable<T>): Promise<T[]> => Array.fromAsync(found)

async function post(path: string, given: Record<string, string>, as = stranger) {
  const body = new FormData()
  for (const [name, value] of Object.entries(given)) body.append(name, value)
  return app.request(path, { method: 'POST', headers: { cookie: await cookieFor(db, as, deps.clock.now()), 'sec-fetch-site': 'same-origin' }, body })
}
const FILLED = { seen: '0', title: '别人的一条', docNo: '', summary: '概述', origin: 'made', formedOn: '2026-01-05', issuer: '', topic: 'general', genre: 'report', keywords: '', block: 'statutory', attribute: 'proactive', codes: 'A20_07', term: 'GENERAL', body: '正文' }

describe('another body', () => {
  test('cannot register an item under the id of one already public, which stands in every file address', async () => {
    const { itemId } = await aPublishedItem(deps, mine, { title: '预算', attachments: [{ name: '表.txt', mediaType: 'text/plain', content: Buffer.from('表') }] })
    const answer = await post('/desk/items/new', { ...FILLED, itemId })
    expect(answer.status).toBe(404)
    expect(await db.selectFrom('info_item').select('body_id').where('item_id', '=', itemId).execute()).toEqual([{ body_id: mine }])
  })
})

describe('what a ledger says later', () => {
  const HEAD = '信息名称,形成日期,公开日期,第二十条/二十一条事项,撤回日期,撤回理由\n'
  const ledger = openLedger(itemLedger)
  const load = (csv: string) => transaction(db, (tx) => ledger.import(tx, Buffer.from(HEAD + csv), { bodyId: mine, actor: 'import:test', at: deps.clock.now(), today: deps.clock.today() }))
  const rowOf = (title: string) => db.selectFrom('info_item').selectAll().where('title', '=', title).executeTakeFirstOrThrow()
  const doors = async (title: string) => {
    const { index_no: indexNo } = await rowOf(title)
    const answers = await Promise.all([`/items/${indexNo}`, `/data/items/${indexNo}.json`].map(async (path) => (await app.request(path)).status))
    return [...answers, (await (await app.request('/feeds/all.rss')).text()).includes(title)]
  }

  test('a withdrawn item does not come back with the old ledger loaded again', async () => {
    const row = '台账里的一条,2025-01-01,2025-01-02,A20_07,,\n'
    await load(row)
    expect(await doors('台账里的一条')).toEqual([200, 200, true])
    await withdraw(db, mine, (await rowOf('台账里的一条')).item_id)
    expect(await doors('台账里的一条')).toEqual([410, 410, false])
    await expect(load(row)).rejects.toThrow('已经撤回')
    expect(await doors('台账里的一条')).toEqual([410, 410, false])
  })

  test('one corrected as never published is no longer public', async () => {
    await load('记错了的一条,2025-01-01,2025-01-02,A20_07,,\n')
    await load('记错了的一条,2025-01-01,,A20_07,,\n')
    expect(await doors('记错了的一条')).toEqual([404, 404, false])
    expect(await problemsOf(verifyPublished(db))).toEqual([])
  })
})

describe('an earlier edition with what should not have been public', () => {
  const read = async (path: string): Promise<[number, string]> => {
    const answer = await app.request(path)
    return [answer.status, await answer.text()]
  }
  const hide = async (itemId: string, as = head) => post(`/desk/items/${itemId}/steps/hide-editions`, { version: String((await getItem(db, mine, itemId)).version), reason: '从前的版里有个人信息' }, as)

  test('is no longer shown against the present one, once hidden; the present one stays', async () => {
    const { itemId, indexNo } = await aPublishedItem(deps, mine, { title: '名单', html: '<p>住址：某路的家。</p>' })
    expect((await hide(itemId)).status).toBe(409)
    await republish(deps, mine, itemId, { html: '<p>名单见公示栏。</p>' })
    expect((await read(`/items/${indexNo}?edition=1`))[1]).toContain('某路的家')
    expect((await hide(itemId)).status).toBe(303)
    expect((await read(`/items/${indexNo}?edition=1`))[0]).toBe(404)
    const [status, page] = await read(`/items/${indexNo}`)
    expect([status, page.includes('名单见公示栏'), page.includes('历次版本')]).toEqual([200, true, false])
    expect((await hide(itemId)).status).toBe(409)
    await republish(deps, mine, itemId, { html: '<p>名单见网站。</p>' })
    expect((await read(`/items/${indexNo}?edition=2`))[0]).toBe(200)
    expect((await read(`/items/${indexNo}?edition=1`))[0]).toBe(404)
    expect(await problemsOf(verifyPublished(db))).toEqual([])
  })

  test('hidden while the change is under way, it is never shown against the next', async () => {
    const { itemId, indexNo } = await aPublishedItem(deps, mine, { title: '名单二', summary: '张三的电话' })
    await changeItem(deps, mine, itemId, { summary: null })
    expect((await hide(itemId)).status).toBe(303)
    await republish(deps, mine, itemId, { html: '<p>改好了。</p>' })
    expect((await read(`/items/${indexNo}?edition=1`))[0]).toBe(404)
    expect((await read(`/items/${indexNo}`))[1]).not.toContain('历次版本')
  })

  test('is hidden by those who may withdraw only', async () => {
    const { itemId } = await aPublishedItem(deps, mine, { title: '名单三' })
    await republish(deps, mine, itemId, { html: '<p>改好了。</p>' })
    expect((await hide(itemId, stranger)).status).toBe(404)
    const officer = await createAccount(db, { name: 'officer', displayName: '经办', bodyId: mine, roles: ['disclosure-officer', 'publisher'] })
    expect((await hide(itemId, officer)).status).toBe(403)
  })
})

test('an attached web page is looked into: what a browser does not show stops it', async () => {
  const itemId = newId()
  const body = new FormData()
  for (const [name, value] of Object.entries({ ...FILLED, itemId, title: '录用名单' })) body.append(name, value)
  body.append('files', new File(['<!doctype html><html><body><!-- 11010519491231002X --><p>录用名单见下表。</p></body></html>'], '名单.html'))
  const headers = { cookie: await cookieFor(db, stranger, deps.clock.now()), 'sec-fetch-site': 'same-origin' }
  expect((await app.request('/desk/items/new', { method: 'POST', headers, body })).status).toBe(303)
  await post(`/desk/items/${itemId}/precheck`, {})
  const page = await (await app.request(`/desk/items/${itemId}/precheck`, { headers })).text()
  for (const words of ['文件里另有看不见的内容', '网页的注释 1 处', '源码里的身份证']) expect(page).toContain(words)
  expect(page).not.toContain('11010519491231002X')
})
