import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { getCalendar } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { closePdf } from '../../documents/index.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { cookieFor, createAccount, delegate } from '../../identity/testing.ts'
import { newId } from '../../platform/id.ts'
import { transaction } from '../../platform/connect.ts'
import { openLedger } from '../../platform/ledger/index.ts'
import { toCsv } from '../../platform/ledger/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { verifyAll } from '../../platform/verify.ts'
import { verifiers } from '../../wiring.ts'
import { searchIndex } from '../index.ts'
import { changeContent, expireItem } from '../item-rules.ts'
import { evolveItem } from '../item.ts'
import { itemPath } from '../public/item-path.ts'
import { getItem, saveItems } from '../store.ts'
import { aPublishedItem } from '../testing-published.ts'
import { aDocument, withdraw } from '../testing.ts'
import { lapseBody, normativeJobs } from './lapse.ts'
import { normativeLedger } from './normative-ledger.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const POSTS = { officer: ['disclosure-officer'], handler: ['handler'], head: ['disclosure-head'], leader: ['leader'], publisher: ['publisher'], stand: ['handler'], outsider: [] } as const satisfies Record<string, readonly Role[]>
type Who = keyof typeof POSTS
const people = new Map<Who, SignedInActor>()
const today = '2026-03-02'
let bodyId = ''

beforeAll(async () => {
  setToday(today)
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街' })).bodyId
  for (const [name, roles] of Object.entries(POSTS)) people.set(name as Who, await createAccount(db, { name: `norm.${name}`, displayName: `${name}（演示）`, bodyId, roles }))
})
afterAll(() => closePdf())

async function desk(name: Who, path: string, fields?: Record<string, string>): Promise<Response> {
  const actor = people.get(name)
  if (actor === undefined) throw new Error(name)
  const headers = { cookie: await cookieFor(db, actor, deps.clock.now()), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
  return fields === undefined ? app.request(path, { headers }) : app.request(path, { method: 'POST', headers, body: new URLSearchParams(fields).toString() })
}
const html = async (response: Response | Promise<Response>): Promise<string> => (await response).text()
const visitor = (path: string) => app.request(path)
const read = async (path: string): Promise<string> => {
  const response = await visitor(path)
  expect([path, response.status]).toEqual([path, 200])
  return response.text()
}
const versionOf = async (documentId: string): Promise<string> =>
  String((await db.selectFrom('normative_document').select('version').where('document_id', '=', documentId).executeTakeFirstOrThrow()).version)
const rowOf = (documentId: string) => db.selectFrom('normative_document').selectAll().where('document_id', '=', documentId).executeTakeFirstOrThrow()
const act = async (name: Who, documentId: string, step: string, fields: Record<string, string> = {}) => desk(name, `/desk/normative/${documentId}/${step}`, { version: await versionOf(documentId), ...fields })

const FORM = { title: '示例街道临时摊位管理办法', docNo: '示街规〔2026〕1号', kind: 'norm', madeOn: '2026-03-01', effectiveOn: '2026-04-01', term: 'default', legalReview: '区司法局 2026-02-10 审核，同意' }
let n = 0
async function registered(fields: Partial<typeof FORM> & Record<string, string> = {}, by: Who = 'officer'): Promise<string> {
  const documentId = newId()
  n += 1
  const response = await desk(by, '/desk/normative/new', { documentId, ...FORM, docNo: `示街规〔2026〕${100 + n}号`, ...fields })
  expect([response.status, response.status === 303 ? '' : await response.text()]).toEqual([303, ''])
  return documentId
}

test('registered: the usual term is five years from the day of effect, two for a trial; nothing is public until linked or approved by another', async () => {
  const documentId = await registered()
  expect(await rowOf(documentId)).toMatchObject({ expires_on: '2031-03-31', invalid_from: '2031-04-01', listed: false, topic: null })
  const trial = await registered({ title: '示例街道网格巡查规定（试行）', effectiveOn: '' })
  expect(await rowOf(trial)).toMatchObject({ expires_on: '2028-02-29' })
  expect((await rowOf(await registered({ title: '长期的规定', term: 'none' }))).expires_on).toBeNull()
  expect((await rowOf(await registered({ title: '写明了的规定', term: 'stated', expiresOn: '2027-12-31' }))).expires_on).toBe('2027-12-31')
  expect((await visitor(`/policies/${documentId}`)).status).toBe(404)
  expect(await read('/policies')).not.toContain('临时摊位')
})

test('a form in error keeps what was typed and says what is wrong beside the field', async () => {
  const wrong = await desk('officer', '/desk/normative/new', { ...FORM, title: '', madeOn: '2026-03-05', effectiveOn: '2026-02-01', url: 'javascript:alert(1)', term: 'stated', legalReview: '已审' })
  expect(wrong.status).toBe(422)
  const page = await wrong.text()
  for (const text of ['请填写文件名称', '晚于今日', '早于公布之日', '以 https:// 或 http:// 开头', '请填写文件写明的有效期的最后一日', '示街规〔2026〕1号', '已审']) expect(page).toContain(text)
  const taken = await registered({ docNo: '示街规〔2026〕50号' })
  expect(await html(desk('officer', '/desk/normative/new', { ...FORM, docNo: '示街规〔2026〕 50 号' }))).toContain('这个文号已经登记过')
  // 同一张表单交两次，只有一件
  expect((await desk('officer', '/desk/normative/new', { ...FORM, documentId: taken, docNo: '示街规〔2026〕50号' })).status).toBe(303)
  expect(await html(desk('officer', '/desk/normative/new', { ...FORM, title: '张三 13800001234 的补偿' }))).toContain('手机')
})

test('who may: read, handle, approve; strangers and other posts may not', async () => {
  const documentId = await registered()
  expect((await desk('publisher', `/desk/normative/${documentId}`)).status).toBe(200)
  expect((await desk('outsider', '/desk/normative')).status).toBe(403)
  expect((await desk('publisher', '/desk/normative/new', FORM)).status).toBe(403)
  for (const step of ['repeal', 'extend', 'list', 'amend', 'correct-validity']) expect([step, (await act('officer', documentId, step)).status]).toEqual([step, 403])
  for (const step of ['correct', 'link', 'unlink']) expect([step, (await act('publisher', documentId, step)).status]).toEqual([step, 403])
  expect((await desk('officer', `/desk/normative/${documentId}/no-such`)).status).toBe(404)
  const other = (await aBody(deps, { code: 'ybjd', name: '样本街道' })).bodyId
  const theirs = await aDocument(db, other, {})
  expect((await desk('officer', `/desk/normative/${theirs}`)).status).toBe(404)
})

test('listed by another head, not by whoever registered it; then in the library and found by search', async () => {
  const own = await registered({ title: '示例街道便民摊点设置规定', docNo: '示街规〔2026〕21号', url: 'https://example.gov.cn/21' }, 'head')
  expect(await html(act('head', own, 'list'))).toContain('须由另一位负责人批准')
  expect((await act('leader', own, 'list')).status).toBe(303)
  const page = await read(`/policies/${own}`)
  for (const text of ['示例街道便民摊点设置规定', '现行有效', '有效期至 2031-03-31', 'https://example.gov.cn/21', '示例街道办事处']) expect(page).toContain(text)
  expect(page).not.toContain('区司法局')
  const search = async (q: string) => (await searchIndex.search(db, { q, kinds: ['normative'], limit: 10 })).hits.map(({ id }) => id)
  expect(await search('便民摊点')).toEqual([own])
  expect(await search('示街规〔2026〕21号')).toEqual([own])
  // 一个人改了公众所见的名称，须重新批准
  const corrected = await act('officer', own, 'correct', { ...FORM, title: '示例街道便民摊点设置办法', docNo: '示街规〔2026〕21号', reason: '名称抄错' })
  expect(corrected.status).toBe(303)
  expect((await visitor(`/policies/${own}`)).status).toBe(404)
  expect(await search('便民摊点')).toEqual([])
  expect((await act('leader', own, 'list')).status).toBe(303)
  expect(await read(`/policies/${own}`)).toContain('示例街道便民摊点设置办法')
})

test('one who stands in for whoever registered it may not approve it; one who stands in for another head may, and both are named', async () => {
  const stand = people.get('stand')!
  const lend = async (from: Who, role: Role) => {
    const made = await delegate(deps, people.get(from)!, { to: stand.accountId, roles: [role], startsOn: today, endsOn: today, reason: '外出' })
    expect(made.ok).toBe(true)
  }
  const documentId = await registered({ title: '示例街道代批的规定' }, 'head')
  await lend('head', 'disclosure-head')
  expect(await html(act('stand', documentId, 'list'))).toContain('须由另一位负责人批准')
  await lend('leader', 'leader')
  expect((await act('stand', documentId, 'list')).status).toBe(303)
  expect(await html(desk('officer', `/desk/normative/${documentId}`))).toContain('stand（演示）（代leader（演示））')
})

test('linked: the text of the published item on one page; withdrawn, it is gone by every door', async () => {
  const documentId = await registered({ title: '示例街道养犬管理规定', docNo: '示街规〔2026〕31号' })
  const item = await aPublishedItem(deps, bodyId, { publishedOn: '2026-01-10', title: '示例街道养犬管理规定', docNo: '示街规〔2026〕31号', html: '<p>第一条 为了文明养犬。</p>', attachments: [{ name: '登记表.docx', mediaType: 'application/msword', content: Buffer.from('x'), text: '表' }] })
  const reading = await aPublishedItem(deps, bodyId, { title: '《养犬管理规定》解读', details: { relations: [{ kind: 'interprets', indexNo: item.indexNo }] } })
  expect(await html(desk('officer', `/desk/normative/${documentId}`))).toContain(`value="${item.indexNo}"`)
  expect((await act('officer', documentId, 'link', { indexNo: '没有/2026-00001' })).status).toBe(422)
  expect((await act('officer', documentId, 'link', { indexNo: item.indexNo })).status).toBe(303)
  const page = await read(`/policies/${documentId}`)
  for (const text of ['第一条 为了文明养犬。', '登记表.docx', '《养犬管理规定》解读', reading.indexNo.split('/').at(-1) ?? '?', item.indexNo]) expect(page).toContain(text)
  expect(await read('/policies?q=养犬')).toContain(`/policies/${documentId}`)
  expect(await read(`/items/${item.indexNo}`)).toContain(`/policies/${documentId}`)
  // 正文在本站的，检索由那一条信息出
  expect((await searchIndex.search(db, { q: '养犬管理规定', kinds: ['normative'], limit: 5 })).hits.map(({ id }) => id)).not.toContain(documentId)
  expect((await searchIndex.search(db, { q: '养犬管理规定', kinds: ['item'], limit: 5 })).hits.map(({ id }) => id)).toContain(item.itemId)
  const second = await registered({ title: '另一件', docNo: '示街规〔2026〕32号' })
  expect(await html(act('officer', second, 'link', { indexNo: item.indexNo }))).toContain('已经是 示街规〔2026〕31号 的正文')

  await withdraw(db, bodyId, item.itemId)
  const gone = await visitor(`/policies/${documentId}`)
  expect([gone.status, gone.headers.get('location')]).toEqual([302, `/items/${item.indexNo}`])
  for (const path of ['/policies', '/policies?q=养犬', '/policies/directory', `/policies?body=sljd`]) expect([path, (await read(path)).includes('养犬管理规定')]).toEqual([path, false])
  // 断开之后也不因此又露出名称
  expect((await act('officer', documentId, 'unlink')).status).toBe(303)
  expect((await visitor(`/policies/${documentId}`)).status).toBe(404)
  expect(await html(desk('officer', `/desk/normative/${documentId}`))).toContain('公众还看不到这一件')
})

test('repealed by another: the item says so at once, both pages point at each other; a repeal to come waits for its day', async () => {
  const old = await registered({ title: '示例街道旧办法', docNo: '示街规〔2026〕41号' })
  const item = await aPublishedItem(deps, bodyId, { title: '示例街道旧办法', docNo: '示街规〔2026〕41号' })
  await act('officer', old, 'link', { indexNo: item.indexNo })
  const fresh = await registered({ title: '示例街道新办法', docNo: '示街规〔2026〕42号' })
  await act('leader', fresh, 'list')
  expect(await html(act('leader', old, 'repeal', { on: today, by: '示街规〔2026〕999号' }))).toContain('没有登记这个文号')
  expect(await html(act('leader', old, 'repeal', { on: today }))).toContain('请填写依据')
  expect((await act('leader', old, 'repeal', { on: today, by: '示街规〔2026〕42号' })).status).toBe(303)
  expect(await rowOf(old)).toMatchObject({ repealed_on: today, repealed_by: fresh, invalid_from: today })
  expect(await db.selectFrom('published_item').select('expired_on').where('item_id', '=', item.itemId).executeTakeFirstOrThrow()).toEqual({ expired_on: today })
  const [oldPage, newPage] = [await read(`/policies/${old}`), await read(`/policies/${fresh}`)]
  for (const text of [`自 ${today} 起废止`, '不能再作依据', '由《示例街道新办法》（示街规〔2026〕42号）废止', `/policies/${fresh}`]) expect(oldPage).toContain(text)
  expect(newPage).toContain(`/policies/${old}`)
  const late = await act('leader', old, 'extend', { on: today, expiresOn: '2035-01-01', basis: '评估认为应当继续施行' })
  expect([late.status, (await late.text()).includes('评估认为应当继续施行')]).toEqual([409, true])
  expect((await desk('leader', `/desk/normative/${old}/repeal`)).status).toBe(409)

  expect((await act('leader', fresh, 'repeal', { on: '2026-05-01', basis: '清理决定' })).status).toBe(303)
  expect(await read(`/policies/${fresh}`)).toContain('将自 2026-05-01 起废止')
  expect(await html(act('head', fresh, 'correct-validity', { expiresOn: '2031-03-31', repealedOn: '', reason: '登记到了另一件上' }))).toBe('')
  expect(await rowOf(fresh)).toMatchObject({ repealed_on: null, repealed_by: null, listed: true })
})

test('extended and amended by a head, shown in the history; a second page open meanwhile is told', async () => {
  const documentId = await registered({ title: '示例街道公厕管理规定', docNo: '示街规〔2026〕51号' })
  await act('leader', documentId, 'list')
  const seen = await versionOf(documentId)
  expect(await html(act('leader', documentId, 'extend', { on: today, expiresOn: '2030-01-01', basis: '评估' }))).toContain('须晚于现在的有效期')
  expect((await act('leader', documentId, 'extend', { on: today, expiresOn: '2034-03-31', basis: '届满前评估，继续施行' })).status).toBe(303)
  const stale = await desk('leader', `/desk/normative/${documentId}/amend`, { version: seen, on: today, basis: '示街规〔2026〕52号', note: '删去第五条' })
  expect([stale.status, (await stale.text()).includes('删去第五条')]).toEqual([409, true])
  expect((await act('leader', documentId, 'amend', { on: today, basis: '示街规〔2026〕52号', note: '删去第五条' })).status).toBe(303)
  const page = await read(`/policies/${documentId}`)
  for (const text of ['有效期延续至 2034-03-31', '届满前评估，继续施行', '示街规〔2026〕52号；删去第五条']) expect(page).toContain(text)
  expect(await rowOf(documentId)).toMatchObject({ expires_on: '2034-03-31', amended_on: today })
})

test('the last day is told 60, 30 and 7 days before, each once; the day after it lapses by itself and its item says so', async () => {
  const documentId = await aDocument(db, bodyId, { title: '示例街道将届满的规定', docNo: '示街规〔2021〕8号', madeOn: '2021-05-01', expiresOn: '2026-04-30' })
  const item = await aPublishedItem(deps, bodyId, { title: '示例街道将届满的规定', docNo: '示街规〔2021〕8号', formedOn: '2026-03-01' })
  await act('officer', documentId, 'link', { indexNo: item.indexNo })
  const sweep = async (day: string) => {
    setToday(day)
    for (let again = 0; again < 2; again += 1) await normativeJobs['catalogue.lapse-documents-of']!(deps, { bodyId })
    const rows = await db.selectFrom('notice').select(['account_id', 'title', 'read_at']).where('body_id', '=', bodyId).where('key', 'like', `normative-lapse/${documentId}/%`).orderBy('notice_id').execute()
    return rows.map((row) => `${row.account_id === people.get('head')?.accountId ? 'head' : 'officer'}：${row.title}${row.read_at === null ? '' : '（已代替）'}`)
  }
  const told = (left: string) => `示街规〔2021〕8号：有效期还有 ${left} 日届满`
  expect(await sweep('2026-02-28')).toEqual([])
  expect(await sweep('2026-03-01')).toEqual([`officer：${told('60')}`])
  // 误了几日，补上此刻这一档
  expect(await sweep('2026-04-02')).toEqual([`officer：${told('60')}（已代替）`, `officer：${told('28')}`])
  expect((await sweep('2026-04-23')).slice(2)).toEqual([`officer：${told('7')}`, `head：${told('7')}`])
  setToday('2026-04-30')
  expect(await html(desk('officer', '/desk'))).toContain('有效期还有 0 日届满')
  expect(await read(`/policies/${documentId}`)).toContain('现行有效')
  expect((await sweep('2026-05-01')).slice(4)).toEqual(['officer：示街规〔2021〕8号：有效期已届满', 'head：示街规〔2021〕8号：有效期已届满'])
  expect(await db.selectFrom('published_item').select('expired_on').where('item_id', '=', item.itemId).executeTakeFirstOrThrow()).toEqual({ expired_on: '2026-05-01' })
  expect(await read(`/policies/${documentId}`)).toContain('有效期 2026-04-30 届满，自 2026-05-01 起不再有效')
  expect(await read('/policies?validity=expired')).toContain('示例街道将届满的规定')
  expect(await read('/policies?validity=valid')).not.toContain('示例街道将届满的规定')
  setToday(today)
})

test('another body cannot register under the id of a document already registered, which stands in its public address', async () => {
  const documentId = await registered({ title: '示例街道一件规定' })
  const other = (await aBody(deps, { code: 'qtjd', name: '其他街道办事处', kind: 'street' })).bodyId
  const stranger = await createAccount(db, { name: 'norm.stranger', displayName: '外人', bodyId: other, roles: ['disclosure-officer'] })
  const headers = { cookie: await cookieFor(db, stranger, deps.clock.now()), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await app.request('/desk/normative/new', { method: 'POST', headers, body: new URLSearchParams({ documentId, ...FORM, docNo: '其街规〔2026〕1号' }).toString() })
  expect([answer.status, (await rowOf(documentId)).body_id]).toEqual([404, bodyId])
})

test('the library: counts of each facet are the number of rows it leads to; printable list by body and day', async () => {
  const pages = [await read('/policies'), await read('/policies?validity=valid'), await read('/policies?q=示例街道&year=2026&kind=norm')]
  // 选中的一项点了是去掉，它的数是它自己的，不在此列
  const links = [...pages.join('').matchAll(/href="(\/policies\?[^"]+)"(?! aria-current)[^>]*>([^<]*)<span class="count">(\d+)/g)].map(([, href = '', , count = '']) => [href.replaceAll('&amp;', '&'), Number(count)] as const)
  expect(links.length).toBeGreaterThan(12)
  for (const [href, count] of new Map(links)) expect([href, Number(/符合条件的 (\d+) 件/.exec(await read(href))?.[1])]).toEqual([href, count])
  for (const q of ['%', '_', "'", '\\', '没有这样的文件']) expect([q, (await read(`/policies?q=${encodeURIComponent(q)}`)).includes('没有符合条件的文件')]).toEqual([q, true])
  expect(await read('/policies?body=no-such&validity=no&year=99&page=999')).toContain('政策文件库')

  const directory = await read('/policies/directory?body=sljd')
  expect(directory).toContain('示例街道办事处现行有效规范性文件目录')
  expect(directory).not.toContain('示例街道旧办法')
  expect(await read('/policies/directory?body=sljd&on=2022-01-01')).not.toContain('示例街道公厕管理规定')
  for (const format of ['xlsx', 'pdf', 'docx']) {
    const file = await visitor(`/policies/directory.${format}?body=sljd`)
    expect([format, file.status, (await file.arrayBuffer()).byteLength > 2000]).toEqual([format, 200, true])
  }
  expect((await visitor('/policies/directory?body=no-such')).status).toBe(404)
  expect((await visitor('/policies/not-an-id')).status).toBe(404)
})

test('the desk list: the sum of the year, filters, export; each figure leads to as many rows', async () => {
  const page = await html(desk('officer', '/desk/normative'))
  const figures = [...page.matchAll(/href="(\/desk\/normative\?kind=norm&amp;[^"]+)">(\d+)</g)].map(([, href = '', figure = '']) => [href.replaceAll('&amp;', '&'), Number(figure)] as const)
  expect(figures).toHaveLength(4)
  const [before, made, ended, valid] = figures.map(([, figure]) => figure)
  expect((before ?? 0) + (made ?? 0) - (ended ?? 0)).toBe(valid)
  for (const [href, figure] of figures) {
    const listed = await html(desk('officer', href))
    expect([href, figure === 0 ? 0 : Number(/共 (\d+) 条/.exec(listed)?.[1])]).toEqual([href, figure])
  }
  const csv = await html(desk('officer', '/desk/normative.csv?validity=repealed'))
  expect(csv).toContain('示例街道旧办法')
  expect(csv).not.toContain('示例街道公厕管理规定')
  expect((await desk('handler', '/desk/normative.csv')).status).toBe(403)
})

test('a clean-up: every valid document is judged, with a reason when not kept; closed by a head; the findings do not change validity', async () => {
  const cleanUpId = newId()
  expect(await html(desk('officer', '/desk/normative/clean-ups/new', { title: '', basis: '', asOf: '2027-01-01' }))).toContain('请填写不晚于今日的一日')
  expect((await desk('officer', '/desk/normative/clean-ups/new', { cleanUpId, title: '2026 年清理', basis: '区政府办通知', asOf: today })).status).toBe(303)
  expect(await html(desk('officer', '/desk/normative/clean-ups/new', { title: '又一轮', basis: '通知', asOf: today }))).toContain('上一轮清理还没有完成')
  const here = `/desk/normative/clean-ups/${cleanUpId}`
  const page = await html(desk('officer', here))
  const ids = [...page.matchAll(/name="result-([0-9a-f-]{36})"/g)].map(([, id = '']) => id)
  expect(ids.length).toBeGreaterThan(5)
  const [first = '', second = '', ...rest] = ids
  const wrong = await desk('officer', here, { [`result-${first}`]: 'repeal' })
  expect([wrong.status, (await wrong.text()).includes('须写理由')]).toEqual([422, true])
  expect((await desk('leader', `${here}/close`, {})).status).toBe(409)
  const given = { [`result-${first}`]: 'repeal', [`note-${first}`]: '已由上位规定代替', [`result-${second}`]: 'revise', [`note-${second}`]: '机构名称已变', ...Object.fromEntries(rest.map((id) => [`result-${id}`, 'keep'])) }
  expect((await desk('officer', here, given)).status).toBe(303)
  expect((await rowOf(first)).clean_ups).toEqual([`${cleanUpId}/repeal`])
  expect((await rowOf(first)).repealed_on).toBeNull()
  const versions = await versionOf(first)
  expect((await desk('officer', here, given)).status).toBe(303)
  expect(await versionOf(first)).toBe(versions)
  expect(await html(desk('officer', `/desk/normative/${first}`))).toContain('清理的结论是应予废止，还没有废止')
  expect((await desk('officer', `${here}/close`, {})).status).toBe(403)
  expect((await desk('leader', `${here}/close`, {})).status).toBe(303)
  expect((await desk('officer', here, { [`result-${first}`]: 'keep' })).status).toBe(409)
  expect(await html(desk('officer', '/desk/normative/clean-ups'))).toContain('完成')
  expect(await html(desk('officer', `${here}?result=revise`))).toContain('机构名称已变')
})

const expiredOn = async (itemId: string) => (await db.selectFrom('published_item').select('expired_on').where('item_id', '=', itemId).executeTakeFirstOrThrow()).expired_on
const statusOf = async (itemId: string) => (await db.selectFrom('info_item').select('status').where('item_id', '=', itemId).executeTakeFirstOrThrow()).status

test('a mistaken repeal put right: its item is valid again for the next reader; another day moves it; a hand mark stays', async () => {
  const documentId = await registered({ title: '示例街道误登废止的办法', docNo: '示街规〔2025〕51号' })
  const item = await aPublishedItem(deps, bodyId, { title: '示例街道误登废止的办法', docNo: '示街规〔2025〕51号' })
  await act('officer', documentId, 'link', { indexNo: item.indexNo })
  const page = itemPath(item.indexNo)
  expect(await read(page)).not.toContain('已失效')
  await act('leader', documentId, 'repeal', { on: today, basis: '清理决定' })
  expect([await expiredOn(item.itemId), (await read(page)).includes('已失效')]).toEqual([today, true])
  const correct = (repealedOn: string) => act('head', documentId, 'correct-validity', { expiresOn: '2031-03-31', repealedOn, repealBasis: '清理决定', reason: '登记错了' })
  await correct('2026-03-01')
  expect(await expiredOn(item.itemId)).toBe('2026-03-01')
  await correct('')
  expect([await expiredOn(item.itemId), await statusOf(item.itemId), (await read(page)).includes('已失效')]).toEqual([null, 'published', false])
  expect(await html(desk('officer', `/desk/items/${item.itemId}`))).toContain('恢复有效')

  const { history: _, ...found } = await getItem(db, bodyId, item.itemId)
  const marked = expireItem(found.state, { on: today, reason: '另有规定' })
  if (!marked.ok) throw new Error(marked.refusal)
  await saveItems(db, [{ found, events: marked.events }], { actor: 'system:testing', at: deps.clock.now() }, await getCalendar(db))
  await correct('2026-03-01')
  await correct('')
  expect(await expiredOn(item.itemId)).toBe(today)
})

test('linked to the wrong document, unlinked: what followed it no longer does; what is being changed lapses all the same and stays so when published anew', async () => {
  const documentId = await registered({ title: '示例街道又一旧办法', docNo: '示街规〔2025〕52号' })
  await act('leader', documentId, 'repeal', { on: today, basis: '清理决定' })
  const item = await aPublishedItem(deps, bodyId, { title: '示例街道连错的一条' })
  await act('officer', documentId, 'link', { indexNo: item.indexNo })
  expect(await expiredOn(item.itemId)).toBe(today)
  await act('officer', documentId, 'unlink')
  expect(await expiredOn(item.itemId)).toBeNull()

  const { history: _, ...found } = await getItem(db, bodyId, item.itemId)
  const changed = changeContent(found.state, { on: today, content: { ...found.state.content, title: '示例街道连错的一条（修订）' }, contentHash: 'x'.repeat(64), handler: 'account:x' })
  if (!changed.ok) throw new Error(changed.refusal)
  await saveItems(db, [{ found, events: changed.events }], { actor: 'system:testing', at: deps.clock.now() }, await getCalendar(db))
  await act('officer', documentId, 'link', { indexNo: item.indexNo })
  expect([await expiredOn(item.itemId), await statusOf(item.itemId)]).toEqual([today, 'updated'])
  const state = (await getItem(db, bodyId, item.itemId)).state
  expect(evolveItem(state, { kind: 'published', on: today, contentHash: state.contentHash, channel: '本站', url: null, publisher: 'account:y' })).toMatchObject({ status: 'expired', expiredOn: today })
})

test('a ledger put right is followed both ways, a repeal to come by the night job', async () => {
  const documentId = await aDocument(db, bodyId, { title: '示例街道台账里的办法', docNo: '示街规〔2020〕53号', madeOn: '2020-05-01', repealedOn: '2026-01-10', repealBasis: '清理' })
  const item = await aPublishedItem(deps, bodyId, { title: '示例街道台账里的办法', docNo: '示街规〔2020〕53号' })
  await act('officer', documentId, 'link', { indexNo: item.indexNo })
  expect(await expiredOn(item.itemId)).toBe('2026-01-10')
  const importLine = (repealedOn: string) =>
    transaction(db, (tx) => openLedger(normativeLedger).import(tx, toCsv([['文号', '文件名称', '公布日期', '废止日期', '废止依据'], ['示街规〔2020〕53号', '示例街道台账里的办法', '2020-05-01', repealedOn, repealedOn === '' ? '' : '清理']]), { bodyId, actor: 'import:x', at: deps.clock.now(), today }))
  await importLine('')
  expect(await expiredOn(item.itemId)).toBeNull()
  await importLine('2026-02-01')
  expect(await expiredOn(item.itemId)).toBe('2026-02-01')
  // 将来的一日废止：此刻恢复，到那一日由任务记上
  await lapseBody(deps, bodyId)
  await importLine('2026-04-10')
  expect([await expiredOn(item.itemId), await lapseBody(deps, bodyId)]).toEqual([null, 0])
  setToday('2026-04-10')
  expect([await lapseBody(deps, bodyId), await expiredOn(item.itemId), await lapseBody(deps, bodyId)]).toEqual([1, '2026-04-10', 0])
  setToday(today)
})

test('after all this: timelines, rows, portal and index agree', async () => {
  const found = (await verifyAll(deps, verifiers)).flatMap(({ name, problems }) => problems.map(({ where, message }) => `${name} ${where} ${message}`))
  expect(found).toEqual([])
})

test('an item begun from a document carries its title, number and days', async () => {
  const documentId = await registered({ title: '示例街道消防通道管理办法', docNo: '示街规〔2026〕77号' })
  const page = await html(desk('officer', `/desk/normative/${documentId}`))
  expect(page).toContain(`href="/desk/items/new?document=${documentId}"`)
  const form = await html(desk('officer', `/desk/items/new?document=${documentId}`))
  for (const value of ['示例街道消防通道管理办法', '示街规〔2026〕77号', FORM.madeOn, FORM.effectiveOn]) expect(form).toContain(`value="${value}"`)
  expect(form).toMatch(/checked="" value="A20_01"/)
  expect((await desk('officer', `/desk/items/new?document=${newId()}`)).status).toBe(404)
})
