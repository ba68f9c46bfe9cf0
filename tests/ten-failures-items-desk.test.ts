import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeStaff } from '../seeds/staff.ts'
import type { Post, Staff } from '../seeds/staff.ts'
import { countTally } from './support/count-tally.ts'
import { appParts } from '../src/app-parts.ts'
import { createApp } from '../src/app.tsx'
import { loadHolidayNotice } from '../src/bodies/index.ts'
import { aBody, aDistrict } from '../src/bodies/testing.ts'
import { getItem } from '../src/catalogue/index.ts'
import { aDraftItem } from '../src/catalogue/testing-drafts.ts'
import { aPublishedItem } from '../src/catalogue/testing-published.ts'
import { anItem } from '../src/catalogue/testing.ts'
import { cookieFor, createAccount } from '../src/identity/testing.ts'
import { newId } from '../src/platform/id.ts'
import { runJobsOnce } from '../src/platform/jobs.ts'
import { testDb } from '../src/platform/testing.ts'
import { closeRedaction } from '../src/redaction/index.ts'
import { aDocx, aLine, aParagraph, aRun, aTextPdf } from '../src/redaction/testing.ts'
import { jobHandlers } from '../src/wiring.ts'

/* 设计第 7 节的十种毛病，在主动公开的信息上；第一种「第二道门」另在 ten-failures-items.test.ts。 */
const { db, deps, url, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let bodyId = ''
let staff: Staff

beforeAll(async () => {
  setToday('2026-01-12')
  await aDistrict(deps)
  ;({ bodyId } = await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街' }))
  staff = await makeStaff(deps, { bodyId, prefix: 'tf-', surname: 5, signIn: true, order: 0 })
})
afterAll(() => closeRedaction())

const cookieOf = (as: Post) => cookieFor(db, staff[as], deps.clock.now())
const get = async (path: string, as: Post = 'officer') => (await app.request(path, { headers: { cookie: await cookieOf(as) } })).text()
const post = async (path: string, fields: Record<string, string>, as: Post = 'officer'): Promise<Response> =>
  app.request(path, { method: 'POST', headers: { cookie: await cookieOf(as), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() })
const stateOf = async (itemId: string, of = bodyId) => (await getItem(db, of, itemId)).state
const act = async (itemId: string, step: string, as: Post, fields: Record<string, string> = {}) => post(`/desk/items/${itemId}/steps/${step}`, { version: String((await getItem(db, bodyId, itemId)).version), ...fields }, as)
const draft = (wish: Parameters<typeof aDraftItem>[3] = {}) => aDraftItem(deps, staff.officer, bodyId, wish)
const dueOn = async (itemId: string): Promise<string> => /class="due-on"><time dateTime="([\d-]+)"/i.exec(await get(`/desk/items/${itemId}`))?.[1] ?? '没有'
const FORM = { origin: 'made', block: 'statutory', term: 'GENERAL', attribute: 'proactive', codes: 'A20_02', title: '机构职能', summary: '职能', body: '本街道负责城市管理。', seen: '0', formedOn: '2026-01-12' }

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

test.each([
  ['盖住的字.pdf', 'application/pdf', () => aTextPdf([`${aLine('关于某事的通知', 200)} ${aLine('张某某', 100)} 0 0 0 rg 30 90 200 40 re f`])],
  ['隐藏的字.docx', DOCX, () => aDocx(aParagraph(`${aRun('正式的话')}${aRun('看不见的话', '<w:vanish/>')}`))],
])('二、遮盖只是盖住：%s 送不了审', async (name, mediaType, content) => {
  const { itemId } = await draft({ attachments: [{ name, mediaType, content: content(), text: '关于某事的通知' }] })
  const refused = await act(itemId, 'submit', 'officer')
  expect([refused.status, (await stateOf(itemId)).status]).toEqual([409, 'attribute-determined'])
  expect(await get(`/desk/items/${itemId}/precheck`)).toContain('看不见的内容')
})

// 与放假通知的写法相同
const NOTICE = ['一、元旦：1月1日（周五）至3日（周日）放假，共3天。', '二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月13日（周六）上班。', '三、清明节：4月3日（周六）至5日（周一）放假，共3天。', '四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。', '五、端午节：6月9日（周三）放假，共1天。', '六、中秋节：9月15日（周三）放假，共1天。', '七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。'].join('\n')

test('三、日子算错：没有次年的安排就不算；安排一来，待公开的都重算', async () => {
  setToday('2026-12-14')
  const itemId = newId()
  expect((await post('/desk/items/new', { ...FORM, itemId, formedOn: '2026-12-14' })).status).toBe(303)
  expect([await dueOn(itemId), (await get(`/desk/items/${itemId}`)).includes('尚无所涉年份的节假日安排')]).toEqual(['没有', true])
  expect(await loadHolidayNotice(deps, { kind: 'system', name: 'seed' }, { text: NOTICE, year: 2027, issuedOn: '2026-11-02' })).toMatchObject({ ok: true })
  await runJobsOnce(url, deps, jobHandlers)
  // 十二月十四日之后第二十个工作日：十二月有十三个，一月四日起又七个
  expect(await dueOn(itemId)).toBe('2027-01-12')
  setToday('2026-01-12')
})

test('四、只在浏览器里校验、能跳过：直接交表的，一样拒；步骤一步也跳不过', async () => {
  for (const wrong of [{ title: '' }, { formedOn: '2026-01-13' }, { formedOn: '2026-02-30' }, { codes: '' }, { codes: 'A20_99' }, { attribute: 'exempt' }, { attribute: '随便' }, { origin: '随便' }]) {
    const refused = await post('/desk/items/new', { ...FORM, itemId: newId(), ...wrong })
    expect([wrong, refused.status]).toEqual([wrong, 422])
  }
  const { itemId } = await draft()
  const before = await getItem(db, bodyId, itemId)
  for (const [step, as] of [['check', 'unitHead'], ['secrecy-review', 'secrecy'], ['approve', 'head'], ['publish', 'publisher'], ['schedule', 'publisher'], ['withdraw', 'head'], ['expire', 'head']] as const) {
    const refused = await act(itemId, step, as, { result: 'pass', opinion: '', reason: '试', notice: '试', on: '2026-01-01', publishAt: '2026-01-13T09:00', confirmed: '1' })
    expect([step, [409, 422, 404].includes(refused.status)]).toEqual([step, true])
  }
  // 自己的不能自己审、自己发
  expect((await act(itemId, 'submit', 'officer')).status).toBe(303)
  for (const step of ['check', 'secrecy-review', 'approve', 'publish']) expect((await act(itemId, step, 'officer', { result: 'pass', opinion: '' })).status).toBe(403)
  expect([(await getItem(db, bodyId, itemId)).version, (await stateOf(itemId)).firstPublishedOn]).toEqual([before.version + 1, null])
})

test('五、不登录也进得去：主动公开的每一处工作台，没有登录的进不去', async () => {
  const { itemId } = await draft({ title: '还没有公开的一条' })
  const paths = app.routes.filter(({ method, path }) => method !== 'ALL' && !path.includes('*') && /^\/desk\/(items|column|normative|duties|exemptions|deposits|hand-over)/.test(path))
  expect(paths.length).toBeGreaterThan(60)
  for (const { method, path } of paths) {
    const real = path.replaceAll(/:(itemId)(\{[^}]*\})?/g, itemId).replaceAll(/:\w+(\{[^}]*\}+)?\??/g, newId())
    const response = await app.request(real, { method, headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, ...(method === 'POST' ? { body: 'a=b' } : {}) })
    const shut = response.status === 401 || response.status === 403 || ([302, 303].includes(response.status) && (response.headers.get('location') ?? '').startsWith('/sign-in'))
    expect([method, real, shut, (await response.text()).includes('还没有公开的一条')]).toEqual([method, real, true, false])
  }
})

test('六、没有就编一个数：没有期限的写没有，没有的元数据不写，不写零、不写今日', async () => {
  const itemId = newId()
  expect((await post('/desk/items/new', { ...FORM, itemId, attribute: 'on-request', codes: '', title: '只依申请公开的一条' })).status).toBe(303)
  const page = await get(`/desk/items/${itemId}`)
  expect([page.includes('class="due-on"'), /undefined|null|NaN|9999-/.test(page)]).toEqual([false, false])
  const bare = await anItem(db, bodyId, { title: '台账里只有事实的一条' })
  const { indexNo } = await stateOf(bare)
  const seen = await (await app.request(`/items/${indexNo}`)).text()
  expect(/.{30}(undefined|>null|NaN|1970-).{30}/.exec(seen)?.[0] ?? null).toBeNull()
})

test('七、同一件事几个说法：公开的条数在专栏、清单、法定内容、开放数据、网站地图、年度报告里是同一个；期限在各页是同一天', async () => {
  const { bodyId: one, code } = await aBody(deps, { code: 'tongyi', name: '示例统计局' })
  for (let n = 0; n < 7; n++) await aPublishedItem(deps, one, { title: `统计公报之${n}`, classification: { codes: n < 4 ? ['A20_04'] : ['A20_04', 'A20_07'] } })
  await anItem(db, one, { title: '台账里的一条', codes: ['A20_04'], publishedOn: '2026-01-05', formedOn: '2026-01-05' })
  await anItem(db, one, { title: '撤回了的一条', codes: ['A20_04'], publishedOn: '2026-01-05', formedOn: '2026-01-05', withdrawnOn: '2026-01-06' })
  const text = async (path: string) => (await app.request(path)).text()
  const listed = await text(`/bodies/${code}/items`)
  const heading = await text(`/bodies/${code}/statutory?code=A20_04`)
  const data = JSON.parse(await text(`/data/items.json?body=${code}`)) as { items: unknown[] }
  const sitemap = (await text('/sitemaps/items-1.xml')).split('<loc>').length - 1
  const everywhere = await db.selectFrom('published_item').select((eb) => eb.fn.countAll<number>().as('n')).where('withdrawn_on', 'is', null).executeTakeFirstOrThrow()
  const rowsIn = (html: string) => new Set([...html.matchAll(/href="(\/items\/[^"?]+)"/g)].map(([, href]) => href)).size
  expect([rowsIn(listed), rowsIn(heading), data.items.length, await countTally(deps, one, 2026)]).toEqual([8, 8, 8, 8])
  expect(listed).toMatch(/共 ?<?[^>]*>?8|8 条/)
  expect(sitemap).toBe(everywhere.n)
  const { itemId } = await draft({ title: '期限各处相同' })
  const due = await dueOn(itemId)
  expect(due).toMatch(/^2026-/)
  const row = (await get('/desk/items?q=' + encodeURIComponent('期限各处相同'))).split('<main')[1] ?? ''
  expect([row.includes(due), await db.selectFrom('info_item').select('due_on').where('item_id', '=', itemId).executeTakeFirst()]).toEqual([true, { due_on: due }])
})

test('八、汇总里悄悄少了：没有公开过一条的机关也在公开职责的板上、机关名单里', async () => {
  const { name } = await aBody(deps, { code: 'kongju', name: '示例空白局' })
  expect(await (await app.request('/bodies')).text()).toContain(name)
  const office = await makeStaff(deps, { bodyId: (await aBody(deps, { code: 'zfb', name: '示例区政府办公室', kind: 'district-office' })).bodyId, prefix: 'tf-zf-', surname: 7, signIn: true, order: 5 })
  const supervisor = await createAccount(db, { name: 'tf-supervisor', displayName: '政务公开办（演示）', bodyId: office.officer.bodyId, roles: ['district-office'] })
  const board = await (await app.request('/desk/duties', { headers: { cookie: await cookieFor(db, supervisor, deps.clock.now()) } })).text()
  for (const each of await db.selectFrom('body').select('name').where('kind', '!=', 'government').execute()) expect(board).toContain(each.name)
})

test('九、查不了就放行：读不出、查不了的附件须有人看过；检索不到正文的不说没有', async () => {
  const { itemId } = await draft({ attachments: [{ name: '坏的.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-1.7 broken') }] })
  const page = await (async () => {
    await act(itemId, 'submit', 'officer')
    return get(`/desk/items/${itemId}/precheck`)
  })()
  expect([page.includes('坏的.pdf'), (await stateOf(itemId)).status]).toEqual([true, 'attribute-determined'])
})

test('十、清单不分页：一百二十条，每处一页有限，翻完一条不多一条不少', async () => {
  const { bodyId: busy, code } = await aBody(deps, { code: 'mang', name: '示例忙局' })
  const ids: string[] = []
  for (let n = 0; n < 120; n++) ids.push(await anItem(db, busy, { title: `第${n}条`, indexNo: `忙/${String(n).padStart(5, '0')}`, formedOn: '2026-01-02', publishedOn: '2026-01-02' }))
  for (const start of [`/bodies/${code}/items`, `/bodies/${code}/statutory?code=A20_02`]) {
    const seen: string[] = []
    for (let path: string | null = start, page = 0; path !== null && page < 20; page++) {
      const html: string = (await (await app.request(path)).text()).replaceAll('&amp;', '&')
      const rows = [...new Set([...html.matchAll(/href="\/items\/([^"?]+)"/g)].map(([, no = '']) => decodeURIComponent(no)))]
      expect(rows.length).toBeLessThanOrEqual(50)
      seen.push(...rows)
      const next: string | undefined = /href="([^"]*)" rel="next"/.exec(html)?.[1] ?? /rel="next" href="([^"]*)"/.exec(html)?.[1]
      path = next === undefined ? null : new URL(next, `http://x${path}`).href.slice('http://x'.length)
    }
    expect([start, seen.length, new Set(seen).size]).toEqual([start, 120, 120])
  }
  const data = JSON.parse(await (await app.request(`/data/items.json?body=${code}`)).text()) as { items: unknown[]; next: string | null }
  expect([data.items.length <= 500, data.items.length + (data.next === null ? 0 : 1) >= Math.min(ids.length, 500)]).toEqual([true, true])
})
