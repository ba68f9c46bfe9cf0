import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../src/app-parts.ts'
import { createApp } from '../src/app.tsx'
import { aCitizen, fillDraft, PNG, submitDraft } from '../src/applications/citizen/testing-citizen.ts'
import { aDesk } from '../src/applications/testing-desk.ts'
import { countForReport } from '../src/applications/index.ts'
import { anApplication } from '../src/applications/testing.ts'
import { loadHolidayNotice, setSetting } from '../src/bodies/index.ts'
import { aBody, aDistrict } from '../src/bodies/testing.ts'
import { closePdf, toPdf } from '../src/documents/index.ts'
import { cookieFor } from '../src/identity/testing.ts'
import { newId } from '../src/platform/id.ts'
import { runJobsOnce } from '../src/platform/jobs.ts'
import { testDb } from '../src/platform/testing.ts'
import { closeRedaction, openSource } from '../src/redaction/index.ts'
import { jobHandlers } from '../src/wiring.ts'
import { openCase } from './oracle/real-case.ts'

/* 设计第 7 节：这类系统真出过的十种毛病，在申请上各试一遍。 */
const { db, deps, url, setToday } = testDb()
const behindProxy = { ...deps, config: { ...deps.config, trustProxy: true } }
const app = createApp(behindProxy, appParts(behindProxy))
let desk: Awaited<ReturnType<typeof aDesk>>
let neighbour: Awaited<ReturnType<typeof aDesk>>
let bodyId = ''

const SECRET = '某隐秘工程的竣工图'
const NAME = '欧阳遮盖'
const ID_NO = '420106198503031234'

beforeAll(async () => {
  setToday('2026-01-12')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街查' })).bodyId
  const other = (await aBody(deps, { code: 'cgj', name: '示例城管局', codeWord: '城' })).bodyId
  for (const [key, value] of [['court', '武汉市武昌区人民法院'], ['letterPhone', '027-88880000']] as const) expect(await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key, value })).toMatchObject({ ok: true })
  desk = await aDesk(app, deps, setToday, { bodyId, name: 'own' })
  neighbour = await aDesk(app, deps, setToday, { bodyId: other, name: 'other' })
})
afterAll(async () => {
  await closeRedaction()
  await closePdf()
})

const anonymous = async (path: string): Promise<Response> => app.request(path, { headers: { 'sec-fetch-site': 'same-origin' } })
const q = encodeURIComponent

/** 公众不须登录就能打开的地址，参数换成真的。 */
const publicPaths = (caseId: string): string[] => [
  ...new Set(
    app.routes
      .filter(({ method, path }) => method === 'GET' && !path.startsWith('/desk') && !path.includes('*'))
      .map(({ path }) => path.replaceAll(/:(id|\w*Id)(\{[^}]*\})?\??/g, caseId).replaceAll(/:year(\{[^}]*\})?\??/g, '2026').replaceAll(':code', 'sljd').replaceAll(/:\w+(\{[^}]*\})?\??/g, caseId)),
  ),
]

test('一、不该看到的从第二道门看得到：公众各页、检索、邻家机关、旧地址，都没有申请的内容与申请人', async () => {
  const caseId = await desk.register('2026-01-12', { content: SECRET, name: NAME, idNo: ID_NO })
  const { regNo } = await desk.stateOf(caseId)
  const words = [SECRET, NAME, ID_NO, regNo]
  for (const path of [...publicPaths(caseId), `/search?q=${q(SECRET)}`, `/search?q=${q(NAME)}`, `/items?q=${q(SECRET)}`, `/bodies/sljd/answered-requests?q=${q(SECRET)}`, `/applications/${caseId}`, `/files/${caseId}`]) {
    const response = await anonymous(path)
    const text = await response.text()
    // 检索页会把所问的词原样写回，只看有没有结果
    const found = path.includes('?q=') ? text.split(/<main/)[1]?.includes(`/desk/applications/${caseId}`) === true : words.some((each) => text.includes(each))
    expect([path, response.status < 500, found]).toEqual([path, true, false])
  }
  for (const path of [`/desk/applications/${caseId}`, `/desk/applications/${caseId}/letters`, `/desk/applications/${caseId}/documents`, `/desk/applications/${caseId}/personal-data`, `/desk/records/application/${bodyId}/${caseId}`]) {
    const response = await neighbour.get(path)
    const text = await response.text()
    expect([path, [403, 404].includes(response.status), words.some((each) => text.includes(each))]).toEqual([path, true, false])
  }
  for (const path of [`/desk/applications?q=${q(SECRET)}`, '/desk/applications.csv', `/desk/applications?q=${q(regNo)}`]) expect(await (await neighbour.get(path)).text()).not.toContain(caseId)
  // 自家的清单、导出、提醒里也没有姓名与证件号
  for (const path of ['/desk', '/desk/applications', '/desk/applications.csv', `/desk/applications/${caseId}`, `/desk/applications/${caseId}/letters`]) {
    const text = await (await desk.get(path)).text()
    expect([path, text.includes(NAME), text.includes(ID_NO)]).toEqual([path, false, false])
  }
})

test('二、遮盖只是盖住：生成的一份里搜不到、读不出，字节里也没有', async () => {
  const caseId = await desk.register('2026-01-12')
  const path = `/desk/applications/${caseId}/documents`
  const bytes = await toPdf({ title: '合同', creator: NAME, datedOn: '2025-03-01', demo: false, blocks: [{ kind: 'paragraph', spans: [`联系人${NAME}，工期一百二十天。`] }] })
  const documentId = newId()
  expect((await uploadTo(path, documentId, '合同.pdf', bytes)).status).toBe(303)
  const part = await (await desk.get(`${path}/${documentId}/parts/1`)).text()
  const picked = lettersOf(part, NAME).map((value): [string, string] => ['w', value])
  expect((await postList(`${path}/${documentId}/parts/1`, [...versionOf(part), ['ground', 'PRIVACY'], ['reason', '联系人的姓名'], ...picked])).status).toBe(303)
  expect((await postList(`${path}/${documentId}/produce`, versionOf(await (await desk.get(`${path}/${documentId}`)).text()))).status).toBe(303)
  await runJobsOnce(url, deps, jobHandlers)
  const ready = await (await desk.get(`${path}/${documentId}/confirm`, 'handler')).text()
  const hash = /name="hash" value="([0-9a-f]+)"/.exec(ready)?.[1] ?? ''
  expect((await postList(`${path}/${documentId}/confirm`, [...versionOf(ready), ['hash', hash]], 'handler')).status).toBe(303)
  const taken = await postList(`${path}/${documentId}/files`, [['which', 'answer'], ['reason', '寄给申请人']])
  expect(taken.status).toBe(200)
  const result = new Uint8Array(await taken.arrayBuffer())
  const { view } = await openSource(result, 'pdf')
  const text = view.shape === 'pages' ? view.pages.flatMap((page) => page.words.map((word) => word.text)).join('') : ''
  expect([text.includes('工期一百二十天'), text.includes(NAME), Buffer.from(result).includes(NAME), Buffer.from(result).includes(Buffer.from(NAME, 'utf16le'))]).toEqual([true, false, false, false])
}, 60_000)

const NOTICE = `国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
国务院办公厅
2026年11月2日`

test('三、日子算错：没有次年的安排就不算；起算之日照收到的方式；安排一来，在办的各件重算', async () => {
  const letter = await desk.register('2026-03-02', { channel: 'POST_PLAIN' })
  expect((await openCase(desk, letter, 'officer')).due).toBeNull()
  await desk.done(letter, '2026-03-04', 'confirm-receipt', { proof: '电话确认' })
  expect((await openCase(desk, letter, 'officer')).due).toBe('2026-04-01')
  const late = await desk.register('2026-12-14')
  const html = await desk.pageOf(late)
  expect([html.includes('尚无所涉年份的节假日安排'), html.includes('class="due-on"')]).toEqual([true, false])
  const listed = await desk.get('/desk/applications')
  expect([listed.status, (await listed.text()).includes(late)]).toEqual([200, true])
  const loaded = await loadHolidayNotice(deps, desk.accountOf('office'), { text: NOTICE, year: 2027, issuedOn: '2026-11-02' })
  expect(loaded).toMatchObject({ ok: true })
  await runJobsOnce(url, deps, jobHandlers)
  // 十二月十四日之后第二十个工作日：十二月有十三个，一月四日起又七个
  expect((await openCase(desk, late, 'officer')).due).toBe('2027-01-12')
  expect(await db.selectFrom('application').select('due_on').where('case_id', '=', late).executeTakeFirst()).toEqual({ due_on: '2027-01-12' })
})

test('四、只在浏览器里校验、能跳过：直接交表的，一样拒', async () => {
  setToday('2026-01-12')
  const whole = { kind: 'N', channel: 'IN_PERSON', submittedOn: '2026-01-12', name: '张某某', idKind: '居民身份证', idNo: '420106199001015678', contact: '13800001234', content: '某文件' }
  for (const [wrong, words] of [[{ content: '' }, '需要改正'], [{ name: '' }, '需要改正'], [{ submittedOn: '2026-01-13' }, '日期不能晚于今日'], [{ submittedOn: '2026-02-30' }, '需要改正'], [{ channel: '随便' }, '需要改正']] as const) {
    const bare = await desk.post('/desk/applications/new', { caseId: newId(), ...whole, ...wrong })
    expect([wrong, bare.status, (await bare.text()).includes(words)]).toEqual([wrong, 422, true])
  }
  const caseId = await desk.register('2026-01-12')
  const skipped: [string, Record<string, string>, 'officer' | 'head'][] = [
    ['approve', {}, 'head'], ['dispatch', { method: 'DIRECT' }, 'officer'], ['serve', {}, 'officer'], ['close', {}, 'head'], ['pay-fee', {}, 'officer'], ['receive-supplement', {}, 'officer'],
    ['propose', { outcome: 'UNABLE_NOT_HELD', 'evidence.notHeld': 'NOT_EXIST' }, 'officer'], ['propose', { outcome: 'CLOSED_NO_PAYMENT' }, 'officer'], ['propose', { outcome: '随便' }, 'officer'],
    ['extend', { days: '99' }, 'head'], ['extend', { days: '1.5' }, 'head'], ['ask-supplement', { items: '', days: '999' }, 'officer'], ['send-consultation', { with: '随便' }, 'officer'], ['notice-fee', { mode: 'PAGES', pages: '-1' }, 'head'],
  ]
  const before = await desk.stateOf(caseId)
  for (const [name, fields, as] of skipped) expect([name, [409, 422].includes((await desk.act(caseId, '2026-01-12', name, fields, as)).status)]).toEqual([name, true])
  expect((await desk.act(caseId, '2026-01-12', 'extend', { days: '5' }, 'officer')).status).toBe(403)
  expect(await desk.stateOf(caseId)).toEqual(before)
  const citizen = aCitizen(app)
  await citizen.post('/apply/sljd/start')
  expect((await citizen.post('/apply/sljd/submit')).status).not.toBe(200)
  expect(await db.selectFrom('application').select('case_id').where('status', '=', 'received-unconfirmed').where('content', '=', '').execute()).toEqual([])
})

test('五、不登录也进得去：工作台的每一处，没有登录、没有同源的，都进不去', async () => {
  const caseId = await desk.register('2026-01-12', { content: SECRET })
  const paths = app.routes.filter(({ path }) => path.startsWith('/desk/applications') || path.startsWith('/api/applications')).map(({ method, path }) => ({ method, path: path.replaceAll(/:(id)(\{[^}]*\})?/g, caseId).replaceAll(/:\w+(\{[^}]*\})?\??/g, newId()) }))
  expect(paths.length).toBeGreaterThan(50)
  for (const { method, path } of paths.filter((each) => each.method !== 'ALL' && !each.path.includes('*'))) {
    const response = await app.request(path, { method, headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, ...(method === 'POST' ? { body: 'a=b' } : {}) })
    const shut = response.status === 401 || response.status === 403 || (response.status === 303 || response.status === 302 ? (response.headers.get('location') ?? '').startsWith('/sign-in') : false)
    expect([method, path, shut, (await response.text()).includes(SECRET)]).toEqual([method, path, true, false])
  }
  const foreign = await app.request(`/desk/applications/${caseId}/examine`, { method: 'POST', headers: { cookie: await cookieOfOfficer(), 'sec-fetch-site': 'cross-site', origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' }, body: 'version=1&on=2026-01-12' })
  expect([foreign.status, (await desk.stateOf(caseId)).status]).toEqual([403, 'registered'])
})

/** 工作台的会话：由页面所给的取，免得另开。 */
async function cookieOfOfficer(): Promise<string> {
  return cookieFor(db, desk.accountOf('officer'), deps.clock.now())
}

test('六、没有就编一个数：没有到期日的写暂停、写没有，不写零、不写今日', async () => {
  const asked = await desk.register('2026-01-12')
  await desk.done(asked, '2026-01-13', 'ask-supplement', { items: '写明名称' })
  expect((await openCase(desk, asked, 'officer')).due).toBe('期限暂停')
  const csv = await (await desk.get('/desk/applications.csv')).text()
  const [head = '', ...lines] = csv.replace(/^\uFEFF/, '').split(/\r?\n/)
  const at = head.split(',').findIndex((name) => name.includes('应当答复') || name.includes('到期'))
  const { regNo } = await desk.stateOf(asked)
  expect([at > 0, lines.find((each) => each.includes(regNo))?.split(',')[at]]).toEqual([true, ''])
  expect([csv.includes('9999'), csv.includes('null'), csv.includes('NaN'), csv.includes('undefined')]).toEqual([false, false, false, false])
  const letter = await desk.register('2026-01-12', { channel: 'POST_PLAIN' })
  const html = await desk.pageOf(letter)
  expect([html.includes('9999'), html.includes('class="due-on"'), html.includes('确认收到之后计入')]).toEqual([false, false, true])
})

test('七、同一件事几个说法：到期日在案件页、清单、日历、申请人的页、库里，是同一天；逾期的件数也是', async () => {
  setToday('2026-01-12')
  const citizen = aCitizen(app)
  await fillDraft(citizen, '/apply/sljd')
  const receipt = await submitDraft(citizen, '/apply/sljd')
  const { caseId } = await db.selectFrom('application').select('case_id as caseId').where('reg_no', '=', receipt.regNo).executeTakeFirstOrThrow()
  await desk.done(caseId, '2026-01-12', 'confirm-receipt', { proof: '电话' })
  await desk.done(caseId, '2026-01-13', 'send-consultation', { with: 'OTHER_AGENCY' })
  const { consultations } = await desk.stateOf(caseId)
  await desk.done(caseId, '2026-01-16', 'return-consultation', { id: consultations[0]?.id ?? '', reply: 'AGREE' })
  await desk.done(caseId, '2026-01-19', 'extend', { days: '5' }, 'head')
  const { due } = await openCase(desk, caseId, 'officer')
  expect(due).toMatch(/^2026-/)
  const row = (await (await desk.get(`/desk/applications?q=${q(receipt.regNo)}`)).text()).split('<main')[1] ?? ''
  const month = await (await desk.get(`/desk/applications/calendar?month=${due?.slice(0, 7)}`)).text()
  expect((await citizen.post('/applications/track', receipt)).status).toBe(303)
  const tracked = await (await citizen.get('/applications/track/case')).text()
  expect([row.includes(due ?? '?'), month.includes(caseId), tracked.includes(`<time dateTime="${due}"`), tracked.includes(`数到 ${due} 当日`)]).toEqual([true, true, true, true])
  expect(await db.selectFrom('application').select('due_on').where('case_id', '=', caseId).executeTakeFirst()).toEqual({ due_on: due })
  setToday('2026-04-01')
  const overdue = await (await desk.get('/desk/applications?overdue=yes')).text()
  const rail = /在办<span class="count late">(\d+)/.exec(overdue)?.[1]
  const rows = new Set([...overdue.matchAll(/href="\/desk\/applications\/([0-9a-f-]{36})"/g)].map(([, id]) => id))
  expect([rail, rows.has(caseId)]).toEqual([String(rows.size), true])
})

test('八、汇总里悄悄少了：各机构的每一件都在某一格里；不计的另有清单，写明缘故', async () => {
  setToday('2026-01-20')
  const [twice, split] = [await desk.register('2026-01-12'), await desk.register('2026-01-12')]
  await neighbour.register('2026-01-12')
  await desk.done(twice, '2026-01-20', 'void', { why: 'TWICE', reason: '与前一件是同一封信' }, 'head')
  await desk.done(split, '2026-01-20', 'split', { contents: '甲文件\n乙文件' })
  const bodies = await db.selectFrom('application').select(['body_id', (eb) => eb.fn.countAll<number>().as('n')]).where('received_on', 'is not', null).groupBy('body_id').execute()
  expect(bodies.length).toBeGreaterThan(1)
  for (const { body_id, n } of bodies) {
    const cells = await countForReport(db, body_id, 2026, '2026-12-31')
    const sum = (wanted: RegExp) => Object.entries(cells).reduce((total, [cell, count]) => (wanted.test(cell) ? total + count : total), 0)
    const uncounted = await db.selectFrom('application').select(['case_id', 'status']).where('body_id', '=', body_id).where('received_on', 'is not', null).where('status', 'in', ['voided', 'split']).execute()
    expect([sum(/^R[12]\./), sum(/^R(3|4)/)]).toEqual([n - uncounted.length, n - uncounted.length])
    if (body_id === bodyId) {
      const listed = await (await desk.get('/desk/applications/uncounted')).text()
      for (const { case_id, status } of uncounted) if (status === 'voided') expect(listed).toContain(case_id)
      expect(uncounted.map(({ case_id }) => case_id).toSorted((x, y) => x.localeCompare(y))).toEqual(expect.arrayContaining([twice, split].toSorted((x, y) => x.localeCompare(y))))
    }
  }
  expect(await desk.pageOf(split)).toContain('拆出的各件分别计入')
})

test('九、查不了就放行：读不了、认不出的文件不收；没有核对的附件申请人取不到', async () => {
  const caseId = await desk.register('2026-01-12')
  const path = `/desk/applications/${caseId}/documents`
  const broken: [string, Uint8Array][] = [
    ['坏的.pdf', Buffer.from('%PDF-1.7\n这不是 PDF')],
    ['假的.docx', Buffer.from('PK\u0003\u0004这不是 DOCX')],
    ['程序.pdf', Buffer.from('MZ\u0090\u0000')],
    ['空.pdf', new Uint8Array()],
  ]
  for (const [name, bytes] of broken) {
    const response = await uploadTo(path, newId(), name, bytes)
    expect([name, response.status]).toEqual([name, 422])
  }
  expect(await (await desk.get(path)).text()).not.toMatch(/documents\/[0-9a-f-]{36}/)
  const citizen = aCitizen(app)
  await fillDraft(citizen, '/apply/sljd')
  const refused = await citizen.upload('/apply/sljd/papers', [['identity', '身份证.png', new Uint8Array(Buffer.from('MZ\u0090不是图片'))]])
  expect([refused.status, (await refused.text()).includes('身份证')]).toEqual([422, true])
  const taken = await citizen.upload('/apply/sljd/papers', [['identity', '身份证.png', PNG]])
  expect(taken.status).toBe(303)
  const receipt = await submitDraft(citizen, '/apply/sljd')
  expect((await citizen.post('/applications/track', receipt)).status).toBe(303)
  const stolen = await citizen.post('/applications/track/attachment', { document: newId() })
  expect([stolen.status >= 300, stolen.headers.get('content-disposition')]).toEqual([true, null])
})

test('十、清单不分页：一百二十件，一页至多五十，翻完一件不多一件不少', async () => {
  setToday('2026-01-15')
  const busy = (await aBody(deps, { code: 'busy', name: '示例忙局', codeWord: '忙' })).bodyId
  const clerk = await aDesk(app, deps, setToday, { bodyId: busy, name: 'busy' })
  for (let n = 0; n < 120; n++) await anApplication(deps, busy, { receivedOn: `2026-01-${String(5 + (n % 5)).padStart(2, '0')}` })
  const seen: string[] = []
  let path = '/desk/applications'
  for (let page = 0; page < 6; page++) {
    const html = await (await clerk.get(path)).text()
    const rows = [...html.matchAll(/<td[^>]*><a href="\/desk\/applications\/([0-9a-f-]{36})"/g)].map(([, id = '']) => id)
    expect(rows.length).toBeLessThanOrEqual(50)
    seen.push(...rows)
    const next = /href="(\?[^"]*after=[^"]*)" rel="next"/.exec(html)?.[1]
    if (next === undefined) break
    path = `/desk/applications${next.replaceAll('&amp;', '&')}`
  }
  expect([seen.length, new Set(seen).size]).toEqual([120, 120])
})

async function uploadTo(path: string, documentId: string, name: string, bytes: Uint8Array): Promise<Response> {
  const form = new FormData()
  form.append('documentId', documentId)
  form.append('file', new Blob([Uint8Array.from(bytes)]), name)
  return app.request(`${path}/new`, { method: 'POST', headers: { cookie: await cookieOfOfficer(), 'sec-fetch-site': 'same-origin' }, body: form })
}

const versionOf = (html: string): [string, string][] => [['version', /name="version" value="(\d+)"/.exec(html)?.[1] ?? '']]

async function postList(path: string, fields: readonly (readonly [string, string])[], as: 'officer' | 'handler' = 'officer'): Promise<Response> {
  return app.request(path, {
    method: 'POST',
    headers: { cookie: await cookieFor(db, desk.accountOf(as), deps.clock.now()), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString(),
  })
}

/** 页上写着某段文字的各字的编号。 */
function lettersOf(html: string, text: string): string[] {
  const all = [...html.matchAll(/data-box="[^"]*" name="w" (?:checked="" )?value="(\d+)"\/>([^<]*)</g)].map(([, value = '', letter = '']) => ({ value, letter }))
  const at = all.map(({ letter }) => letter).join('').indexOf(text)
  let seen = 0
  return all.flatMap(({ value, letter }) => {
    const start = seen
    seen += letter.length
    return at >= 0 && start < at + text.length && seen > at ? [value] : []
  })
}
