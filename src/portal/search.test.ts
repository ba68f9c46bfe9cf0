import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { aBody, aDistrict } from '../bodies/testing.ts'
import type { Body } from '../bodies/index.ts'
import { aShownPart, anInstitution, withdraw } from '../catalogue/testing.ts'
import { aPublishedItem } from '../catalogue/testing-published.ts'
import { createAccount } from '../identity/testing.ts'
import { newId } from '../platform/id.ts'
import { addSynonym } from '../platform/search/index.ts'
import { testDb } from '../platform/testing.ts'

const { db, deps, setToday } = testDb()
// 问得多，不限速；限速的另有一试
const app = createApp(deps, { ...appParts(deps), first: [(c, next) => (c.set('unlimited', true), next())] })
let city: Body
let civil: Body
beforeAll(async () => {
  await aDistrict(deps)
  ;[city, civil] = [await aBody(deps, { code: 'cgj', name: '示例区城市管理局' }), await aBody(deps, { code: 'mzj', name: '示例区民政局' })]
  setToday('2026-01-15')
})

const page = async (query: Record<string, string>): Promise<string> => (await app.request(`/search?${new URLSearchParams(query).toString()}`)).text()
const plain = (html: string): string => html.slice(html.indexOf('<main')).replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ')
const titles = (html: string): string[] => [...html.matchAll(/<h2><a href="[^"]*">(.*?)<\/a>/g)].map(([, title = '']) => title.replaceAll(/<[^>]+>/g, ''))
const find = async (q: string, more: Record<string, string> = {}): Promise<string[]> => titles(await page({ q, ...more }))
const hints = async (q: string): Promise<unknown> => (await app.request(`/search/suggest?${new URLSearchParams({ q }).toString()}`)).json()

test('found by word, pinyin, initials, wrong letters, another way of saying; the page says what it did', async () => {
  await aPublishedItem(deps, city.bodyId, { title: '住房公积金缴存比例调整通知', docNo: '示城管〔2025〕7号' })
  const title = '住房公积金缴存比例调整通知'
  for (const q of ['公积金', 'gongjijin', 'gjj', 'gongjijinjiaocun', 'gjj 缴存', '公基金', '公积金缴纯比例', '住房公积金缴存比列', '示城管[2025]7号']) expect([q, await find(q)]).toEqual([q, [title]])
  expect(plain(await page({ q: '公基金' }))).toContain('按“公积金”检索，仍要查“公基金”。')
  expect(await find('公基金', { literal: '1' })).toEqual([])
  await addSynonym(db, { synonymId: newId(), words: ['市民卡充值', '公积金缴存'] }, deps.clock.now())
  expect(await find('市民卡充值')).toEqual([title])
})

test('a hit in an attachment alone says which one and links to it', async () => {
  const { itemId } = await aPublishedItem(deps, city.bodyId, { title: '道路养护安排', attachments: [{ name: '路段明细.txt', mediaType: 'text/plain', content: Buffer.from('x'), text: `${'其他路段，'.repeat(9000)}琥珀巷人行道翻修` }] })
  const html = await page({ q: '琥珀巷' })
  expect(plain(html)).toContain('附件“路段明细.txt”里：')
  expect(html).toContain(`/item-files/${itemId}/`)
  expect(html).toMatch(/<mark>琥珀巷<\/mark>/)
})

test('filters with counts are links and narrow; what has lapsed comes later and says so', async () => {
  await aPublishedItem(deps, city.bodyId, { title: '夜市摊位管理办法', details: { genre: 'rules' }, publishedOn: '2024-05-06' })
  await aPublishedItem(deps, civil.bodyId, { title: '夜市摊位救助说明', details: { genre: 'letter' }, publishedOn: '2025-05-06' })
  const html = await page({ q: '夜市摊位' })
  expect(plain(html)).toMatch(/示例区城市管理局 ?1件/)
  const href = /href="(\/search\?[^"]*body=mzj[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(titles(await (await app.request(href)).text())).toEqual(['夜市摊位救助说明'])
  expect(await find('夜市摊位', { year: '2024', genre: 'rules' })).toEqual(['夜市摊位管理办法'])
  expect(plain(await page({ q: '夜市摊位', year: '2023' }))).toContain('照所选的筛选没有')
  await db.updateTable('search_document').set({ invalid_from: '2025-12-31' }).where('title', '=', '夜市摊位救助说明').execute()
  expect(await find('夜市摊位')).toEqual(['夜市摊位管理办法', '夜市摊位救助说明'])
  expect(await find('夜市摊位', { validity: 'valid' })).toEqual(['夜市摊位管理办法'])
  expect(await find('夜市摊位', { validity: 'past' })).toEqual(['夜市摊位救助说明'])
})

test('nothing withdrawn: not in results, suggestions or counts, even if its row stayed in the index', async () => {
  const { itemId } = await aPublishedItem(deps, civil.bodyId, { title: '误发的慰问名册王小二' })
  expect([await find('王小二'), await hints('误发的慰问')]).toEqual([['误发的慰问名册王小二'], ['误发的慰问名册王小二']])
  const row = await db.selectFrom('search_document').selectAll().where('doc_id', '=', itemId).executeTakeFirstOrThrow()
  await withdraw(db, civil.bodyId, itemId)
  for (const q of ['王小二', '误发的慰问名册', 'wangxiaoer', '王晓二']) expect([q, await find(q)]).toEqual([q, []])
  expect(await hints('误发')).toEqual([])
  expect((await db.selectFrom('search_word').select('word').where('word', 'in', ['王小二', '误发', '名册']).execute())).toEqual([])
  await db.insertInto('search_document').values(row).execute()
  expect(await page({ q: '误发的慰问名册' })).not.toContain('王小二')
})

test('what one asks of where and when is answered by the guide; a title with 收费 is not such a question', async () => {
  const answered = plain(await page({ q: '怎么申请公开' }))
  expect(answered).toContain('公开指南的回答')
  expect(answered).not.toContain('没有找到“')
  expect(plain(await page({ q: '行政事业性收费目录' }))).not.toContain('公开指南的回答')
})

test('whose business it is, is answered by the duties the bodies have published', async () => {
  const institution = anInstitution()
  const departments = [{ name: '更新科', duties: '老旧小区改造、加装电梯', phone: '027-00000009' }, { name: '档案科', duties: '档案', phone: '' }]
  const leaders = [{ name: '示例乙', post: '副局长', charge: '分管更新科' }, { name: '示例丙', post: '局长', charge: '主持全面工作' }]
  const [officer, head] = [await createAccount(db, { name: 'who.a', displayName: '甲（演示）', bodyId: city.bodyId, roles: ['disclosure-officer'] }), await createAccount(db, { name: 'who.b', displayName: '乙（演示）', bodyId: city.bodyId, roles: ['disclosure-head'] })]
  await aShownPart(deps, { officer, head }, { bodyId: city.bodyId, part: 'institution', content: { ...institution, lists: { leaders, departments } } })
  for (const q of ['老旧小区改造谁负责', '谁负责老旧小区改造？', '旧改归谁管', '老旧小区改造由哪个部门负责', '城市管理局老旧小区改造谁分管']) {
    const text = plain(await page({ q }))
    expect([q, text]).toEqual([q, expect.stringContaining('机构信息的回答')])
    expect(text).toContain('更新科：老旧小区改造、加装电梯，电话 027-00000009')
    expect(text).toContain('副局长示例乙：分管更新科')
    expect(text).not.toContain('档案科：档案')
    expect(text).not.toContain('局长示例丙：')
  }
  const street = await aBody(deps, { code: 'jd1', name: '示例一街道办事处' })
  const [clerk, chief] = [await createAccount(db, { name: 'who.c', displayName: '丙（演示）', bodyId: street.bodyId, roles: ['disclosure-officer'] }), await createAccount(db, { name: 'who.d', displayName: '丁（演示）', bodyId: street.bodyId, roles: ['disclosure-head'] })]
  await aShownPart(deps, { officer: clerk, head: chief }, { bodyId: street.bodyId, part: 'institution', content: { ...institution, lists: { leaders, departments: [{ name: '社区办', duties: '老旧小区改造的居民意见征求', phone: '' }] } } })
  const both = plain(await page({ q: '老旧小区改造谁负责' }))
  expect(both.indexOf('更新科：')).toBeLessThan(both.indexOf('社区办：'))
  expect(both).toContain('社区办：')
  for (const q of ['老旧小区改造', '火星移民谁负责', '谁']) expect([q, plain(await page({ q }))]).toEqual([q, expect.not.stringContaining('机构信息的回答')])
})

test('suggestions: words and titles by letters, pinyin, initials; nothing for what is not there', async () => {
  expect(await hints('公积')).toContain('公积金')
  expect(await hints('gjj')).toContain('公积金')
  expect(await hints('gongji')).toContain('公积金')
  expect(await hints('夜市摊')).toContain('夜市摊位管理办法')
  for (const q of ['', '%', "'", '_', '\\', '无人机火星']) expect([q, await hints(q)]).toEqual([q, []])
})

test('odd questions are answered with a page, light and without errors', async () => {
  for (const q of ["'); drop table search_document; --", ':*&|!()', '\\\\', '的'.repeat(400), '\ud800', 'a'.repeat(100), '「', '2024', 'x'.repeat(41)]) {
    const response = await app.request(`/search?${new URLSearchParams({ q, after: '9999', year: "20'4", body: 'nowhere' }).toString()}`)
    expect([q, response.status]).toEqual([q, 200])
    expect((await response.text()).length).toBeLessThan(60_000)
  }
  expect(plain(await page({ q: '' }))).toContain('也可以这样找')
})

test('who looks for a page of this site by what it does is shown the way, on the first page only', async () => {
  const ways = async (q: string): Promise<string[]> => [...(/aria-labelledby="own-pages".*?<\/nav>/s.exec(await page({ q }))?.[0] ?? '').matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href)
  expect(await ways('我要投诉')).toContain('/complain')
  expect(await ways('谁迟报')).toEqual(['/annual-reports'])
  expect(await ways('比较两份年报')).toEqual(['/annual-reports', '/check/difference'])
  expect(await ways('责任考核')).toEqual(['/supervision/assessments'])
  expect(await ways('公积金')).toEqual([])
  expect(await ways('关于进一步规范政府信息公开投诉举报办理工作的通知')).toEqual([])
})

test('too many questions from one place are asked to wait', async () => {
  const own = createApp(deps, appParts(deps))
  const statuses = await Promise.all(Array.from({ length: 70 }, async () => (await own.request('/search/suggest?q=x')).status))
  expect([statuses.filter((status) => status === 200).length, statuses.includes(429)]).toEqual([60, true])
})

test('a document number typed without its brackets, or with others, is the number', async () => {
  const title = '老旧小区改造项目管理办法'
  await aPublishedItem(deps, city.bodyId, { title, docNo: '示住建规〔2025〕1号' })
  await aPublishedItem(deps, city.bodyId, { title: '住建规划2025年要点', docNo: '示住建规〔2025〕11号' })
  for (const q of ['示住建规20251号', '示住建规[2025]1号', '示住建规(2025)1号', '示住建规（2025）1号', '示住建规【２０２５】１号', '示住建规 2025 1号', '示住建规2025年第1号', '示住建规2025-01号', '示住建规〔2025〕1', '示住建规20251号文件']) expect([q, (await find(q))[0]]).toEqual([q, title])
  expect(await find('示住建规202511号')).toEqual(['住建规划2025年要点'])
})

test('the word itself in a title comes before another way of saying it, of the same relevance the shorter title', async () => {
  await aPublishedItem(deps, civil.bodyId, { title: '救灾处部门预算', publishedOn: '2025-01-05' })
  await aPublishedItem(deps, civil.bodyId, { title: '救灾处“三公”经费预算情况说明', publishedOn: '2025-01-25' })
  for (const q of ['救灾处 部门预算', '救灾处预算']) expect([q, await find(q)]).toEqual([q, ['救灾处部门预算', '救灾处“三公”经费预算情况说明']])
})
