import { sql } from 'kysely'
import { pino } from 'pino'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import type { Body } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { anItem, withdraw } from '../../catalogue/testing.ts'
import type { Role } from '../../identity/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { countSuggestion } from './suggestion-count.ts'
import { anApplication } from '../testing.ts'
import { aCitizen, PERSON } from '../citizen/testing-citizen.ts'
import type { Citizen } from '../citizen/testing-citizen.ts'

const { db, deps } = testDb()
const lines: string[] = []
// 每人各有地址，限速才各算各的
const within = { ...deps, log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }), config: { ...deps.config, trustProxy: true } }
const app = createApp(within, appParts(within))
const BASE = '/apply/slqzjj'
let body: Body
let other: Body
let itemId = ''

beforeAll(async () => {
  await aDistrict(deps)
  body = await aBody(deps, { code: 'slqzjj', name: '示例区住房和城乡建设局' })
  other = await aBody(deps, { code: 'sljd', name: '示例街道办事处', codeWord: '示街办' })
  itemId = await anItem(db, body.bodyId, { title: '示例区城镇老旧小区改造三年行动方案', docNo: '示建发〔2023〕9号', url: 'https://example.gov.cn/xxgk/1.html', indexNo: 'SLJ/2023-001' })
  await anItem(db, other.bodyId, { title: '老旧小区改造居民意见征集公告', indexNo: 'SLJD/2024-7' })
  await anItem(db, body.bodyId, { title: '老旧小区改造内部讨论稿', publishedOn: null })
})
beforeEach(() => db.deleteFrom('suggestion_count').execute())

const counts = () => db.selectFrom('suggestion_count').selectAll().execute()
const ask = (citizen: Citizen, q: string, first = 'yes') => citizen.post(`${BASE}/suggestions`, { q, first })

async function toContent(): Promise<Citizen> {
  const citizen = aCitizen(app)
  await citizen.post(`${BASE}/start`)
  await citizen.post(`${BASE}/who`, { kind: 'N' })
  await citizen.post(`${BASE}/person`, PERSON)
  await citizen.post(`${BASE}/agent`, { hasAgent: 'no' })
  return citizen
}

test('as one types: what is published, of the body asked first, then of others; the first time is counted once', async () => {
  const citizen = aCitizen(app)
  const response = await ask(citizen, '示例区住房和城乡建设局的老旧小区改造方案')
  const html = await response.text()
  expect([...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual([expect.stringContaining(`/apply/slqzjj/found/slqzjj/${itemId}`), expect.stringContaining('/apply/slqzjj/found/sljd/')])
  expect(html).toContain('<mark>老旧小区</mark>')
  expect(html).not.toContain('讨论稿')
  await ask(citizen, '老旧小区改造', 'no')
  expect(await counts()).toEqual([{ body_id: body.bodyId, day: '2026-01-15', shown: 1, opened: 0, helped: 0 }])
})

test('nothing to show: no content, nothing counted, whatever is sent', async () => {
  const citizen = aCitizen(app)
  for (const q of ['', '老旧', '某人的宅基地纠纷', "'); drop table search_document; --", ':*&|!()', '\\\\', '的'.repeat(400)]) expect([q.slice(0, 20), (await ask(citizen, q)).status]).toEqual([q.slice(0, 20), 204])
  expect((await ask(citizen, '的'.repeat(5000))).status).toBe(413)
  expect(await counts()).toEqual([])
})

test('only from this site, and not too often', async () => {
  const cross = await app.request(`${BASE}/suggestions`, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/x-www-form-urlencoded' }, body: 'q=老旧小区改造' })
  expect(cross.status).toBe(403)
  const citizen = aCitizen(app)
  const statuses: number[] = []
  for (let n = 0; n < 31; n += 1) statuses.push((await ask(citizen, '某人')).status)
  expect([statuses.slice(0, 30).every((status) => status === 204), statuses[30]]).toEqual([true, 429])
})

test('what is typed is kept nowhere: not in a table, not in the log', async () => {
  const typed = '张三丰打听过的老旧小区改造方案'
  await ask(aCitizen(app), typed)
  const { rows: tables } = await sql<{ name: string }>`select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`.execute(db)
  const holds = async (words: string): Promise<string[]> => {
    const found: string[] = []
    for (const { name } of tables) if ((await sql`select from ${sql.table(name)} as t where t::text like ${`%${words}%`} limit 1`.execute(db)).rows.length > 0) found.push(name)
    return found
  }
  expect([await holds('打听'), await holds('三年行动方案')]).toEqual([[], ['info_item', 'published_item', 'search_document', 'timeline_event']])
  expect([lines.length > 0, lines.filter((line) => /打听|老旧小区|%E8|203\.0\.113/.test(line))]).toEqual([true, []])
})

test('without script: before the next step one is asked once; "found it" ends the draft and counts', async () => {
  const citizen = await toContent()
  const next = await citizen.post(`${BASE}/content`, { content: '我想要老旧小区改造的三年行动方案' })
  expect([next.status, next.headers.get('location')]).toEqual([303, `${BASE}/found`])
  const page = await (await citizen.get(`${BASE}/found`)).text()
  for (const said of ['以下信息已经公开，是否就是您要的？', '找到了，不用申请', '继续申请', '示建发〔2023〕9号']) expect(page).toContain(said)
  expect((await citizen.get(`${BASE}/found/slqzjj/${itemId}`)).headers.get('location')).toBe('https://example.gov.cn/xxgk/1.html')
  expect((await citizen.post(`${BASE}/found`, { choice: 'found' })).headers.get('location')).toBe(`${BASE}/no-need`)
  expect(await (await citizen.get(`${BASE}/no-need`)).text()).toContain('您填写的已经删去')
  expect(await db.selectFrom('application_draft').select('case_id').execute()).toEqual([])
  expect(await counts()).toMatchObject([{ shown: 1, opened: 1, helped: 1 }])
  // 再交一次不再算
  expect((await citizen.post(`${BASE}/found`, { choice: 'found' })).headers.get('location')).toBe(`${BASE}?lost=yes`)
  expect(await counts()).toMatchObject([{ helped: 1 }])
})

test('one who goes on goes on; one who has seen them by script is not asked again', async () => {
  const citizen = await toContent()
  await citizen.post(`${BASE}/content`, { content: '老旧小区改造三年行动方案' })
  expect((await citizen.post(`${BASE}/found`, { choice: '' })).headers.get('location')).toBe(`${BASE}/delivery`)
  expect(await (await citizen.get(`${BASE}/content`)).text()).toContain('老旧小区改造三年行动方案')
  expect((await citizen.post(`${BASE}/content`, { content: '老旧小区改造三年行动方案', seen: 'yes' })).headers.get('location')).toBe(`${BASE}/delivery`)
  expect((await citizen.post(`${BASE}/content`, { content: '某小区业委会选举的录像' })).headers.get('location')).toBe(`${BASE}/delivery`)
  expect((await citizen.get(`${BASE}/found`)).headers.get('location')).toBe(`${BASE}/delivery`)
})

test('a link of another site does not count as opening, and leads nowhere but to what is published', async () => {
  const hidden = (await db.selectFrom('info_item').select('item_id').where('first_published_on', 'is', null).executeTakeFirstOrThrow()).item_id
  const from = (site: string, path: string) => app.request(path, { headers: { 'sec-fetch-site': site } })
  expect((await from('cross-site', `${BASE}/found/slqzjj/${itemId}`)).status).toBe(302)
  for (const path of [`${BASE}/found/slqzjj/${hidden}`, `${BASE}/found/sljd/${itemId}`, `${BASE}/found/slqzjj/x`, `${BASE}/found/nowhere/${itemId}`]) expect((await from('same-origin', path)).status).toBe(404)
  expect(await counts()).toEqual([])
})

test('withdrawn: gone from the suggestions and from its link at once', async () => {
  const id = await anItem(db, body.bodyId, { title: '加装电梯财政补助资金发放名单' })
  expect(await (await ask(aCitizen(app), '加装电梯财政补助资金发放名单')).text()).toContain(id)
  await withdraw(db, body.bodyId, id)
  expect((await ask(aCitizen(app), '加装电梯财政补助资金发放名单')).status).toBe(204)
  expect((await app.request(`${BASE}/found/slqzjj/${id}`, { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(404)
})

test('an item of our own is opened on its page', async () => {
  const { rows: [row] } = { rows: await db.selectFrom('info_item').select('item_id').where('index_no', '=', 'SLJD/2024-7').execute() }
  const place = (await app.request(`${BASE}/found/sljd/${row?.item_id}`)).headers.get('location') ?? ''
  expect(place).toBe('/items/SLJD/2024-7')
  expect(await (await app.request(place)).text()).toContain('老旧小区改造居民意见征集公告')
})

async function desk(path: string, role: Role): Promise<Response> {
  const one = await createAccount(db, { name: `person${(people += 1)}`, displayName: '某人（演示）', bodyId: body.bodyId, roles: [role] })
  return app.request(path, { headers: { cookie: await cookieFor(db, one, deps.clock.now()) } })
}
let people = 0

test('officers see months of counts, and how they are counted; an empty page says what to do', async () => {
  expect(await (await desk('/desk/applications/suggestions', 'disclosure-officer')).text()).toContain('还没有提示过')
  for (const [day, step, of] of [['2025-12-31', 'shown', body], ['2025-12-01', 'shown', body], ['2025-12-02', 'helped', body], ['2026-01-05', 'opened', body], ['2026-01-05', 'shown', other], ['2023-05-05', 'shown', body]] as const)
    await countSuggestion(db, of.bodyId, day, step)
  const html = await (await desk('/desk/applications/suggestions', 'disclosure-officer')).text()
  const cells = [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) => row.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ').trim())
  expect(cells.filter((row) => /^20\d\d年\d+月 \d+ \d+/.test(row))).toEqual(['2026年1月 0 1 0', '2025年12月 2 0 1 50%'])
  expect((await desk('/desk/applications/suggestions', 'auditor')).status).toBe(403)
})

test('the officer looks up what is already public and takes it into the answer', async () => {
  const caseId = await anApplication(deps, body.bodyId, { receivedOn: '2026-01-12', content: '老旧小区改造的三年行动方案' })
  const here = `/desk/applications/${caseId}`
  const form = await (await desk(`${here}/propose?outcome=GRANTED_ALREADY_PUBLIC`, 'disclosure-officer')).text()
  expect(form).toContain('href="find-item"')
  const alike = await (await desk(`${here}/find-item`, 'disclosure-officer')).text()
  const pick = new RegExp(`href="([^"]+item=${body.bodyId}\\.${itemId})"`).exec(alike)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(await (await desk(`${here}/find-item?q=${encodeURIComponent('示建发〔2023〕9号')}`, 'handler')).text()).toContain(itemId)
  expect(await (await desk(pick, 'disclosure-officer')).text()).toContain('《示例区城镇老旧小区改造三年行动方案》（示建发〔2023〕9号），索引号 SLJ/2023-001，示例区住房和城乡建设局于 2024-03-01 公开，链接：https://example.gov.cn/xxgk/1.html')
  const gone = await (await desk(`${here}/propose?outcome=GRANTED_ALREADY_PUBLIC&item=${body.bodyId}.${caseId}`, 'disclosure-officer')).text()
  expect(gone).not.toContain('索引号')
  expect((await desk(`${here}/find-item`, 'leader')).status).toBe(403)
})
