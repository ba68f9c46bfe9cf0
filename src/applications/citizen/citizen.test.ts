import { beforeAll, expect, test } from 'vitest'
import { zipSync } from 'fflate'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { testDb } from '../../platform/testing.ts'
import { verifyAll } from '../../platform/verify.ts'
import { applicationJobs } from '../jobs.ts'
import { getApplication } from '../queries.ts'
import { applicationToDos } from '../to-dos.ts'
import { PERSON, PNG, aCitizen as citizenOf, fillDraft, receiptOf, submitDraft } from './testing-citizen.ts'
import type { Citizen } from './testing-citizen.ts'
import { applicationVerifiers } from '../verify-applications.ts'

const { db, deps, setToday } = testDb()
// 每人各有地址，限速才各算各的
const behindProxy = { ...deps, config: { ...deps.config, trustProxy: true } }
const app = createApp(behindProxy, appParts(behindProxy))
let bodyId = ''
let officer: SignedInActor
let leader: SignedInActor

beforeAll(async () => {
  setToday('2026-01-12')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  officer = await createAccount(db, { name: 'yuan.jing', displayName: '袁静（演示）', bodyId, roles: ['disclosure-officer'] })
  leader = await createAccount(db, { name: 'ling.dao', displayName: '凌道（演示）', bodyId, roles: ['leader'] })
})

const aCitizen = () => citizenOf(app)
const BASE = '/apply/sljd'
const fill = (citizen: Citizen): Promise<void> => fillDraft(citizen, BASE)


async function submitted(citizen: Citizen): Promise<{ regNo: string; code: string }> {
  await fill(citizen)
  return submitDraft(citizen, BASE)
}

const caseOf = async (regNo: string) => {
  const { case_id } = await db.selectFrom('application').select('case_id').where('reg_no', '=', regNo).executeTakeFirstOrThrow()
  return getApplication(db, bodyId, case_id)
}

test('a citizen applies step by step; the case waits to be confirmed, sealed, numbered once', async () => {
  const citizen = aCitizen()
  await fill(citizen)
  expect((await citizen.upload(`${BASE}/papers`, [['identity', '张三丰身份证.png', PNG]])).headers.get('location')).toBe(`${BASE}/check`)
  const check = await (await citizen.get(`${BASE}/check`)).text()
  for (const said of ['张三丰', '11010519491231002X', '某小区加装电梯的批复', '邮寄', '阅读有困难', '身份证明，图片（PNG）']) expect(check).toContain(said)
  const twice = await Promise.all([citizen.post(`${BASE}/submit`), citizen.post(`${BASE}/submit`)])
  expect(twice.map((response) => response.headers.get('location'))).toEqual([`${BASE}/done`, `${BASE}/done`])
  const first = receiptOf(await (await citizen.get(`${BASE}/done`)).text())
  expect(first.regNo).toBe('示公开申〔2026〕1号')
  expect(first.code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/)
  expect(receiptOf(await (await citizen.get(`${BASE}/done`)).text())).toEqual(first)
  const { state, events } = await caseOf(first.regNo)
  expect(state).toMatchObject({ status: 'received-unconfirmed', channel: 'ONLINE', applicantKind: 'N', submittedOn: '2026-01-12', receivedOn: null, form: '邮寄；纸质' })
  expect(events.map(({ event, actor }) => [event.kind, actor])).toEqual([['submitted', 'system:portal']])
  expect((await db.selectFrom('application').selectAll().execute()).length).toBe(1)
  const stored = JSON.stringify([
    await db.selectFrom('application_draft').selectAll().execute(),
    await db.selectFrom('application_paper').selectAll().execute(),
    await db.selectFrom('application_access').selectAll().execute(),
    await db.selectFrom('audit_event').selectAll().execute(),
  ])
  for (const secret of ['张三丰', '11010519491231002X', first.code.replaceAll('-', ''), citizen.jar.get('apply') ?? '?']) {
    expect(stored).not.toContain(secret)
    expect(stored).not.toContain(JSON.stringify([...Buffer.from(secret)]).slice(1, -1))
  }
})

test('what is wrong is said beside its field in plain words, and everything filled stays', async () => {
  const citizen = aCitizen()
  await citizen.post(`${BASE}/start`)
  await citizen.post(`${BASE}/who`, { kind: 'N' })
  const bad = await citizen.post(`${BASE}/person`, { ...PERSON, idNo: '110105194912310021', contact: '1234', email: 'zhang' })
  expect(bad.status).toBe(422)
  const html = await bad.text()
  for (const said of ['有一位不对', '电话的写法不对', '电子邮箱的写法不对', 'value="张三丰"', 'value="110105194912310021"', 'value="1234"']) expect(html).toContain(said)
  expect(await (await citizen.post(`${BASE}/person`, { name: '张三丰' })).text()).toContain('至少填一项')
  expect((await citizen.post(`${BASE}/person`, { name: '张三丰', contact: '027-88886666' })).status).toBe(303)
  const company = aCitizen()
  await company.post(`${BASE}/start`)
  await company.post(`${BASE}/who`, { kind: 'B' })
  expect(await (await company.post(`${BASE}/person`, { name: '某公司', idNo: '91350100M000100Y44', contact: '13800001234' })).text()).toContain('统一社会信用代码有一位不对')
  expect((await company.post(`${BASE}/person`, { name: '某公司', idNo: '91350100m000100y43', contact: '13800001234' })).status).toBe(303)
  expect(await (await company.post(`${BASE}/delivery`, { way: '邮寄', carrier: '纸质' })).text()).toContain('填写联系地址')
  expect(await (await company.post(`${BASE}/delivery`, { way: '网上获取', carrier: '纸质' })).text()).toContain('网上获取只能是电子的')
})

test('digits typed wide or with spaces are taken as they are meant', async () => {
  const citizen = aCitizen()
  await citizen.post(`${BASE}/start`)
  await citizen.post(`${BASE}/who`, { kind: 'N' })
  const taken = await citizen.post(`${BASE}/person`, { ...PERSON, idNo: '１１０１０５ 19491231 ００２ｘ', contact: '１３８ ００００－１２３４', email: 'zhang＠example.cn', postcode: '４３００６０' })
  expect(taken.headers.get('location')).toBe(`${BASE}/agent`)
  const html = await (await citizen.get(`${BASE}/person`)).text()
  for (const said of ['value="11010519491231002x"', 'value="138 0000-1234"', 'value="zhang@example.cn"', 'value="430060"']) expect(html).toContain(said)
})

test('nothing is submitted half filled: one is led to the step that is missing', async () => {
  const citizen = aCitizen()
  await citizen.post(`${BASE}/start`)
  await citizen.post(`${BASE}/who`, { kind: 'N' })
  expect((await citizen.get(`${BASE}/check`)).headers.get('location')).toBe(`${BASE}/person`)
  expect((await citizen.post(`${BASE}/submit`)).headers.get('location')).toBe(`${BASE}/person`)
})

test('the purpose is never asked, and no personal data stands in an address', async () => {
  const citizen = aCitizen()
  await fill(citizen)
  for (const step of ['who', 'person', 'agent', 'content', 'delivery', 'help', 'papers', 'check']) {
    const html = await (await citizen.get(`${BASE}/${step}`)).text()
    expect(html).not.toMatch(/name="(purpose|use)"/)
    expect(html).not.toMatch(/<label[^>]*>[^<]*(用途|目的)/)
    expect([...html.matchAll(/(?:href|action)="([^"]*)"/g)].filter(([, address = '']) => decodeURIComponent(address).includes('张三丰'))).toEqual([])
  }
})

test('a draft outlives a lost connection for seven days, no other browser sees it, then it is swept with its papers', async () => {
  setToday('2026-01-12')
  const citizen = aCitizen()
  await fill(citizen)
  await citizen.upload(`${BASE}/papers`, [['identity', 'a.png', PNG]])
  setToday('2026-01-18')
  expect(await (await citizen.get(`${BASE}/person`)).text()).toContain('value="张三丰"')
  expect(await (await citizen.get(BASE)).text()).toMatch(/继续上次的填写.*href="\/apply\/sljd\/papers"[^>]*>继续填写/s)
  expect((await aCitizen().get(`${BASE}/person`)).headers.get('location')).toBe(`${BASE}?lost=yes`)
  setToday('2026-01-20')
  expect((await citizen.get(`${BASE}/person`)).headers.get('location')).toBe(`${BASE}?lost=yes`)
  await applicationJobs['applications.purge-drafts']!(deps, {})
  expect((await db.selectFrom('application_draft').select('case_id').execute()).length).toBe(0)
  expect((await db.selectFrom('application_paper').select('paper_id').where('is_draft', '=', true).execute()).length).toBe(0)
  setToday('2026-01-12')
})

test('papers: told by content, five at most, ten megabytes each; one may be taken off again', async () => {
  const citizen = aCitizen()
  await fill(citizen)
  const docx = Uint8Array.from(zipSync({ 'word/document.xml': Buffer.from('<w/>') }))
  const refused = await citizen.upload(`${BASE}/papers`, [['identity', '照片.png', Uint8Array.from(Buffer.from('MZ program'))]])
  expect([refused.status, (await refused.text()).includes('不是可以打开的')]).toEqual([422, true])
  const zip = await citizen.upload(`${BASE}/papers`, [['other', 'x.docx', Uint8Array.from(zipSync({ 'a.txt': Buffer.from('a') }))]])
  expect(zip.status).toBe(422)
  const big = new Uint8Array(10 * 1024 * 1024 + 1)
  big.set(PNG)
  expect(await (await citizen.upload(`${BASE}/papers`, [['other', 'x.png', big]])).text()).toContain('超过 10 MB')
  expect((await citizen.upload(`${BASE}/papers`, [['identity', 'a.png', PNG], ['mandate', 'b.docx', docx], ['other', 'c.png', PNG]], { more: 'yes' })).headers.get('location')).toBe(`${BASE}/papers`)
  expect(await (await citizen.upload(`${BASE}/papers`, [1, 2, 3].map((n) => ['other', `${n}.png`, PNG] as const))).text()).toContain('至多 5 份')
  const html = await (await citizen.get(`${BASE}/papers`)).text()
  expect(html).toContain('已附 3 份')
  const paper = /name="paper" value="([^"]+)"/.exec(html)?.[1] ?? ''
  await citizen.post(`${BASE}/papers/remove`, { paper })
  expect(await (await citizen.get(`${BASE}/papers`)).text()).toContain('已附 2 份')
})

test('consent to electronic service is asked with the way of delivery; whoever says nothing has not consented', async () => {
  for (const [electronic, agreed, row] of [['yes', true, '同意'], ['no', undefined, '不同意，以后可以在查询页改'], [undefined, undefined, '不同意，以后可以在查询页改']] as const) {
    const citizen = aCitizen()
    await fill(citizen)
    expect((await citizen.post(`${BASE}/person`, { ...PERSON, email: 'zhang@example.cn' })).status).toBe(303)
    expect((await citizen.post(`${BASE}/delivery`, { way: '网上获取', carrier: '电子', ...(electronic === undefined ? {} : { electronic }) })).status).toBe(303)
    expect(await (await citizen.get(`${BASE}/check`)).text()).toContain(`<dt>电子送达</dt><dd>${row}</dd>`)
    for (let n = 0; n < 2; n += 1) await citizen.post(`${BASE}/submit`)
    const done = await (await citizen.get(`${BASE}/done`)).text()
    expect(done.includes('答复书要在网上送达，须您同意')).toBe(agreed !== true)
    const { caseId } = await caseOf(receiptOf(done).regNo)
    const said = await db.selectFrom('application_consent').select(['agreed', 'source']).where('case_id', '=', caseId).execute()
    expect(said).toEqual(agreed === undefined ? [] : [{ agreed, source: 'applicant' }])
  }
})

test('a draft stays small whatever is sent', async () => {
  const citizen = aCitizen()
  await fill(citizen)
  const long = '"'.repeat(9_000)
  expect((await citizen.post(`${BASE}/agent`, { hasAgent: 'no', agentName: long, mandate: long })).status).toBe(303)
  expect((await citizen.post(`${BASE}/content`, { content: '长'.repeat(5001) })).status).toBe(422)
  expect((await citizen.post(`${BASE}/content`, { content: '"'.repeat(5000) })).status).toBe(303)
  expect((await citizen.post(`${BASE}/help`, { assistance: long })).status).toBe(303)
  const sizes = (await db.selectFrom('application_draft').select('answers_sealed').execute()).map((row) => row.answers_sealed?.length ?? 0)
  expect(Math.max(...sizes)).toBeLessThan(32 * 1024)
})

test('a draft thrown away is gone with its papers', async () => {
  const citizen = aCitizen()
  await fill(citizen)
  await citizen.post(`${BASE}/discard`)
  expect(await (await citizen.get(BASE)).text()).not.toContain('继续上次的填写')
})

const TRACK = '/applications/track'

/** 经办人办一步。 */
async function desk(actor: SignedInActor, path: string, fields?: Record<string, string>): Promise<Response> {
  await db.deleteFrom('session').where('account_id', '=', actor.accountId).execute()
  const headers = { cookie: await cookieFor(db, actor, deps.clock.now()), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
  return fields === undefined ? app.request(path, { headers }) : app.request(path, { method: 'POST', headers, body: new URLSearchParams(fields).toString() })
}

async function act(regNo: string, name: string, fields: Record<string, string>): Promise<void> {
  const { caseId, version } = await caseOf(regNo)
  const response = await desk(officer, `/desk/applications/${caseId}/${name}`, { version: String(version), on: deps.clock.today(), ...fields })
  expect([name, response.status]).toEqual([name, 303])
}

const look = async (citizen: Citizen): Promise<string> => (await citizen.get(`${TRACK}/case`)).text()

test('on a shared computer the receipt is cleared when noted; the application stays', async () => {
  setToday('2026-01-12')
  const citizen = aCitizen()
  const receipt = await submitted(citizen)
  expect(await (await citizen.get(`${BASE}/done`)).text()).toContain(`action="${BASE}/discard"`)
  await citizen.post(`${BASE}/discard`)
  expect((await citizen.get(`${BASE}/done`)).headers.get('location')).toBe(BASE)
  expect(await (await citizen.get(BASE)).text()).not.toContain(`${BASE}/done`)
  expect((await citizen.post(TRACK, receipt)).headers.get('location')).toBe(`${TRACK}/case`)
})

test('the officer confirms the receipt; the citizen sees the day the answer is due, and no name of an officer', async () => {
  setToday('2026-01-12')
  const citizen = aCitizen()
  const receipt = await submitted(citizen)
  expect((await citizen.post(TRACK, { regNo: receipt.regNo.replace('〔', '[').replace('〕', ' ]'), code: receipt.code.toLowerCase() })).headers.get('location')).toBe(`${TRACK}/case`)
  const before = await look(citizen)
  for (const said of ['还没有与您确认收到', '尚未确认', '某小区加装电梯的批复']) expect(before).toContain(said)
  expect(before).not.toContain('class="due-on"')
  expect((await applicationToDos(deps, officer)).map(({ title, note }) => [title.includes(receipt.regNo), note])).toContainEqual([true, '当日与申请人确认收到'])
  setToday('2026-01-13')
  await act(receipt.regNo, 'confirm-receipt', { proof: '上午电话确认，内线记录' })
  await citizen.post(TRACK, { ...receipt })
  const after = await look(citizen)
  // 2026-01-13 的次日起二十个工作日，春节放假除外
  expect(/class="due-on"><time dateTime="([\d-]+)"/.exec(after)?.[1]).toBe('2026-02-10')
  for (const said of ['机关确认收到申请', '本机关将于2026-02-10前（含当日）作出答复', '第 20 个工作日']) expect(after).toContain(said)
  for (const inner of ['袁静', '上午电话确认', officer.accountId, '张三丰', '11010519491231002X']) expect(after).not.toContain(inner)
})

test('a wrong number, a wrong code, another case\'s code: the same answer, and only so many tries', async () => {
  setToday('2026-01-12')
  const one = await submitted(aCitizen())
  const other = await submitted(aCitizen())
  const answers = await Promise.all(
    [{ regNo: one.regNo, code: 'AAAA-AAAA-AAAA' }, { regNo: '示公开申〔2026〕999号', code: one.code }, { regNo: one.regNo, code: other.code }, { regNo: '%', code: '%' }].map(async (given) => {
      const response = await aCitizen().post(TRACK, given)
      return [response.status, response.headers.getSetCookie().length, (await response.text()).replaceAll(/value="[^"]*"/g, '')]
    }),
  )
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]?.slice(0, 2)).toEqual([422, 0])
  expect(String(answers[0]?.[2])).toContain('登记号与查询码不符')
  expect((await aCitizen().get(`${TRACK}/case`)).headers.get('location')).toBe(`${TRACK}?ended=yes`)
  // 一个来处猜不了几次，也不叫真正的申请人查不成
  const stranger = aCitizen()
  for (let n = 0; n < 12; n += 1) await stranger.post(TRACK, { regNo: one.regNo, code: `GUESS${n}` })
  expect((await stranger.post(TRACK, { regNo: one.regNo, code: 'GUESS' })).status).toBe(429)
  expect((await aCitizen().post(TRACK, one)).headers.get('location')).toBe(`${TRACK}/case`)
  // 换着地址猜同一个号
  const tries: number[] = []
  for (let n = 0; n < 31; n += 1) tries.push((await aCitizen().post(TRACK, { regNo: one.regNo, code: `WRONG${n}` })).status)
  expect(tries.at(-1)).toBe(429)
})

test('the view of a case ends after thirty minutes, and its cookie cannot be made up or altered', async () => {
  setToday('2026-01-12')
  const citizen = aCitizen()
  await citizen.post(TRACK, await submitted(citizen))
  expect((await citizen.get(`${TRACK}/case`)).status).toBe(200)
  const sealed = citizen.jar.get('track') ?? ''
  citizen.jar.set('track', `${sealed.slice(0, -2)}AA`)
  expect((await citizen.get(`${TRACK}/case`)).status).toBe(303)
  citizen.jar.set('track', sealed)
  setToday('2026-01-13')
  expect((await citizen.get(`${TRACK}/case`)).status).toBe(303)
})

test('a citizen withdraws, asked once; the case is over for both', async () => {
  setToday('2026-01-13')
  const citizen = aCitizen()
  const receipt = await submitted(citizen)
  await citizen.post(TRACK, { ...receipt })
  await act(receipt.regNo, 'confirm-receipt', {})
  expect(await (await citizen.get(`${TRACK}/withdraw`)).text()).toContain('不能恢复')
  await citizen.post(`${TRACK}/withdraw`)
  expect((await citizen.post(`${TRACK}/withdraw`)).headers.get('location')).toBe(`${TRACK}/case?done=withdrawn`)
  expect(await look(citizen)).toContain('您已撤回')
  const { state, events } = await caseOf(receipt.regNo)
  expect([state.status, state.decision?.row, events.length]).toEqual(['withdrawn', 'R3.6.3', 3])
})

test('a supplement goes to the officer as papers and a to-do; the term begins anew only when its receipt is confirmed', async () => {
  setToday('2026-01-13')
  const citizen = aCitizen()
  const receipt = await submitted(citizen)
  await act(receipt.regNo, 'confirm-receipt', {})
  await act(receipt.regNo, 'ask-supplement', { items: '请写明小区的名称' })
  await citizen.post(TRACK, { ...receipt })
  const asked = await look(citizen)
  expect(asked).toContain('请写明小区的名称')
  expect(asked).toMatch(/期限暂停<\/p><p>请您在 2026-\d\d-\d\d 前补正（含当日）/)
  const before = citizen.jar.get('track')
  const key = /name="key" value="([^"]+)"/.exec(await (await citizen.get(`${TRACK}/supplement`)).text())?.[1] ?? ''
  // 打开补正页，三十分钟重新数
  expect(citizen.jar.get('track')).not.toBe(before)
  expect((await citizen.upload(`${TRACK}/supplement`, [], { key, text: '' })).status).toBe(422)
  for (let n = 0; n < 2; n += 1) expect((await citizen.upload(`${TRACK}/supplement`, [['files', '图.png', PNG]], { key, text: '是某某小区' })).headers.get('location')).toBe(`${TRACK}/case?done=supplemented`)
  const { caseId, state } = await caseOf(receipt.regNo)
  expect(state.status).toBe('correction-requested')
  expect(await look(citizen)).toContain('待机关与您确认收到')
  expect((await applicationToDos(deps, officer)).map(({ title, note }) => [title.includes(receipt.regNo), note])).toContainEqual([true, '申请人网上交来补正，与其确认后记收到补正'])
  const page = await (await desk(officer, `/desk/applications/${caseId}`)).text()
  expect(page).toContain('在网上交来补正，待确认')
  const papers = [...page.matchAll(/href="(\/desk\/applications\/[^"]+\/papers\/[^"]+)"/g)].map(([, href = '']) => href)
  expect(papers.length).toBe(2)
  const text = papers.find((href) => href.endsWith(key)) ?? ''
  expect((await desk(officer, text, { reason: '' })).status).toBe(422)
  const file = await desk(officer, text, { reason: '核对补正的内容' })
  expect([file.headers.get('content-disposition')?.startsWith('attachment'), await file.text()]).toEqual([true, '是某某小区'])
  expect((await desk(leader, text, { reason: '看看' })).status).toBe(403)
  const read = await db.selectFrom('audit_event').select(['actor', 'detail']).where('action', '=', 'application.paper-read').execute()
  expect(read).toEqual([{ actor: officer.accountId, detail: { kind: 'supplement', reason: '核对补正的内容' } }])
  setToday('2026-01-15')
  await act(receipt.regNo, 'receive-supplement', { excused: 'no' })
  await citizen.post(TRACK, { ...receipt })
  const after = await look(citizen)
  expect(/class="due-on"><time dateTime="([\d-]+)"/.exec(after)?.[1]).toBe('2026-02-12')
  // 登记时的回执不随改过的期限另写
  expect(after).not.toContain('登记回执')
  expect((await citizen.get(`${TRACK}/supplement`)).headers.get('location')).toBe(`${TRACK}/case`)
})

test('a supplement asked late does not stop the clock: the applicant reads so, may supply it, and the officer sees it came', async () => {
  setToday('2026-01-13')
  const citizen = aCitizen()
  const receipt = await submitted(citizen)
  await act(receipt.regNo, 'confirm-receipt', {})
  await citizen.post(TRACK, { ...receipt })
  const dueOn = /class="due-on"><time dateTime="([\d-]+)"/.exec(await look(citizen))?.[1]
  setToday('2026-01-27')
  const head = await createAccount(db, { name: 'fu.ze', displayName: '傅则（演示）', bodyId, roles: ['disclosure-head'] })
  const { caseId, version } = await caseOf(receipt.regNo)
  expect((await desk(head, `/desk/applications/${caseId}/ask-supplement`, { version: String(version), on: '2026-01-27', items: '请写明小区的名称', days: '5' })).status).toBe(303)
  await citizen.post(TRACK, { ...receipt })
  const asked = await look(citizen)
  for (const words of ['答复期限不因补正停止', '答复期限不因此停止', '交补正']) expect(asked).toContain(words)
  expect(/class="due-on"><time dateTime="([\d-]+)"/.exec(asked)?.[1]).toBe(dueOn)
  const form = await (await citizen.get(`${TRACK}/supplement`)).text()
  expect([form.includes('答复期限不因补正停止，也不重新计算'), form.includes('视为放弃')]).toEqual([true, false])
  const key = /name="key" value="([^"]+)"/.exec(form)?.[1] ?? ''
  await citizen.upload(`${TRACK}/supplement`, [], { key, text: '是某某小区' })
  expect((await applicationToDos(deps, officer)).map(({ title, note }) => [title.includes(receipt.regNo), note])).toContainEqual([true, '申请人网上交来补正，与其确认后记收到补正'])
  expect(await (await desk(officer, `/desk/applications/${caseId}`)).text()).toContain('告知逾七个工作日的，答复期限照旧')
  await act(receipt.regNo, 'receive-supplement', { excused: 'no', content: '某某小区的图纸' })
  await citizen.post(TRACK, { ...receipt })
  const after = await look(citizen)
  expect([/class="due-on"><time dateTime="([\d-]+)"/.exec(after)?.[1], after.includes('补正后的内容：某某小区的图纸'), after.includes('答复期限照旧，不重新计算')]).toEqual([dueOn, true, true])
})

test('what citizens did replays to the same rows', async () => {
  expect((await verifyAll(deps, applicationVerifiers)).flatMap(({ problems }) => problems)).toEqual([])
})
