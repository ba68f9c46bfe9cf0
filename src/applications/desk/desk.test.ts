import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { setSetting } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { newId } from '../../platform/id.ts'
import { testDb } from '../../platform/testing.ts'
import { verifyAll } from '../../platform/verify.ts'
import { outcomeRule } from '../../statute/outcomes.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import { isOpen } from '../application.ts'
import type { Status } from '../application.ts'
import { actionOf, isActionName } from '../case-actions.ts'
import type { ActionName } from '../case-actions.ts'
import { countForReport } from '../count-for-report.ts'
import { getApplication } from '../queries.ts'
import { cellsOfRecord, toReportFacts } from '../report-facts.ts'
import { saidIn } from '../said-in.ts'
import { getGround } from '../settings.ts'
import { anApplication } from '../testing.ts'
import { applicationVerifiers } from '../verify-applications.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const POSTS = {
  officer: ['disclosure-officer'],
  handler: ['handler'],
  head: ['disclosure-head'],
  leader: ['leader'],
  unitHead: ['unit-head'],
  both: ['disclosure-officer', 'disclosure-head'],
  office: ['district-office'],
} as const satisfies Record<string, readonly Role[]>
type Who = keyof typeof POSTS
const people = new Map<Who, SignedInActor>()
let bodyId = ''

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  for (const [name, roles] of Object.entries(POSTS)) people.set(name as Who, await createAccount(db, { name: `desk.${name.toLowerCase()}`, displayName: `${name}（演示）`, bodyId, roles }))
})

const cookies = new Map<Who, { day: string; cookie: string }>()
/** 会话有时限：换了日子重新登录。 */
async function cookieOf(who: Who): Promise<string> {
  const day = deps.clock.today()
  const known = cookies.get(who)
  if (known?.day === day) return known.cookie
  const actor = people.get(who)!
  // 日子会往回走，不清去的话后开的会话反倒算最早的
  await db.deleteFrom('session').where('account_id', '=', actor.accountId).execute()
  const cookie = await cookieFor(db, actor, deps.clock.now())
  cookies.set(who, { day, cookie })
  return cookie
}

const get = async (path: string, who: Who = 'officer'): Promise<Response> => app.request(path, { headers: { cookie: await cookieOf(who) } })
const post = async (path: string, fields: Record<string, string>, who: Who = 'officer'): Promise<Response> =>
  app.request(path, {
    method: 'POST',
    headers: { cookie: await cookieOf(who), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })

let serial = 0
const aForm = (fields: Record<string, string> = {}): Record<string, string> => {
  serial += 1
  return { kind: 'N', channel: 'IN_PERSON', submittedOn: deps.clock.today(), name: `张某${serial}`, idKind: '居民身份证', idNo: `42010619900101${String(1000 + serial)}`, contact: '13800001234', content: `示例文件第 ${serial} 号`, ...fields }
}

/** 当面收到一件；今日即收到之日。 */
async function register(day: string, fields: Record<string, string> = {}): Promise<string> {
  setToday(day)
  const caseId = newId()
  const response = await post('/desk/applications/new', { caseId, ...aForm({ submittedOn: day, ...fields }) })
  expect([response.status, response.headers.get('location')]).toEqual([303, `/desk/applications/${caseId}`])
  return caseId
}

const pageOf = async (caseId: string, who: Who = 'officer'): Promise<string> => (await get(`/desk/applications/${caseId}`, who)).text()
const stateOf = (caseId: string) => getApplication(db, bodyId, caseId)

/** 某日办一步；返回应答。 */
async function act(caseId: string, day: string, name: string, fields: Record<string, string> = {}, who: Who = 'officer'): Promise<Response> {
  setToday(day)
  const { version } = await stateOf(caseId)
  return post(`/desk/applications/${caseId}/${name}`, { version: String(version), on: day, ...fields }, who)
}

async function done(caseId: string, day: string, name: string, fields: Record<string, string> = {}, who: Who = 'officer'): Promise<void> {
  const response = await act(caseId, day, name, fields, who)
  expect([name, response.status, response.status === 303 ? '' : errorsIn(await response.text())]).toEqual([name, 303, ''])
}

async function refused(caseId: string, day: string, name: string, fields: Record<string, string>, words: string, who: Who = 'officer'): Promise<void> {
  const response = await act(caseId, day, name, fields, who)
  expect([409, 422]).toContain(response.status)
  expect(await response.text()).toContain(words)
}

const errorsIn = (html: string): string => /<div class="notice (?:error|warn)"[\s\S]*?<\/div>/.exec(html)?.[0] ?? html.slice(0, 300)
const dueIn = (html: string): string | undefined => /class="due-on"><time dateTime="([\d-]+)"/.exec(html)?.[1]
const paused = (html: string): number => html.match(/<li class="paused/g)?.length ?? 0

test('G19: a third party consulted, fourteen working days set aside', async () => {
  const id = await register('2025-03-03')
  expect(dueIn(await pageOf(id))).toBe('2025-03-31')
  await done(id, '2025-03-04', 'examine')
  await done(id, '2025-03-10', 'send-consultation', { with: 'THIRD_PARTY' })
  const consultation = (await stateOf(id)).state.consultations[0]!.id
  await done(id, '2025-03-12', 'deliver-consultation', { id: consultation })
  await done(id, '2025-03-28', 'return-consultation', { id: consultation, reply: 'REFUSE', reasonable: 'yes' })
  const html = await pageOf(id)
  expect([dueIn(html), paused(html)]).toEqual(['2025-04-21', 14])
  expect(html).toContain('由本机关决定')
})

test('G20: a silent third party: fifteen working days from signing, then the body decides; never consent', async () => {
  const id = await register('2025-09-15')
  await done(id, '2025-09-22', 'send-consultation', { with: 'THIRD_PARTY' })
  const consultation = (await stateOf(id)).state.consultations[0]!.id
  await done(id, '2025-09-24', 'deliver-consultation', { id: consultation })
  await refused(id, '2025-10-21', 'expire-consultation', { id: consultation }, '期限尚未届满')
  await done(id, '2025-10-22', 'expire-consultation', { id: consultation })
  const html = await pageOf(id)
  expect([dueIn(html), paused(html)]).toEqual(['2025-11-11', 17])
  expect(html).toContain('由本机关依法决定是否公开，不是同意')
  expect((await stateOf(id)).state.consultations[0]).toMatchObject({ reply: 'NONE', returnedOn: '2025-10-21' })
})

test('G21: two consultations at once are set aside once', async () => {
  const id = await register('2026-03-02')
  await done(id, '2026-03-05', 'send-consultation', { with: 'THIRD_PARTY' })
  await done(id, '2026-03-10', 'send-consultation', { with: 'OTHER_AGENCY' })
  const [first, second] = (await stateOf(id)).state.consultations
  await done(id, '2026-03-16', 'return-consultation', { id: first!.id, reply: 'AGREE' })
  await done(id, '2026-03-20', 'return-consultation', { id: second!.id, reply: 'AGREE' })
  const html = await pageOf(id)
  expect([dueIn(html), paused(html)]).toEqual(['2026-04-15', 11])
})

test('G22–G24: supplement asked within seven working days; received, the term begins anew; else closed on the day after', async () => {
  const [answered, silent] = [await register('2024-12-23'), await register('2024-12-23')]
  expect(await pageOf(silent)).toContain('2025-01-02 前一次性告知补正')
  for (const id of [answered, silent]) await done(id, '2024-12-30', 'ask-supplement', { items: '请写明文件的名称或者文号' })
  expect(await pageOf(silent)).toContain('申请人的期限至 2025-01-21')
  await done(answered, '2025-01-14', 'receive-supplement', { excused: 'no' })
  expect(dueIn(await pageOf(answered))).toBe('2025-02-17')
  await refused(answered, '2025-01-15', 'ask-supplement', { items: '再次' }, '再次要求补正须经信息公开工作机构负责人批准')
  setToday('2025-01-21')
  expect(await pageOf(silent, 'head')).not.toContain(`/desk/applications/${silent}/close`)
  await refused(silent, '2025-01-21', 'close', {}, '期限尚未届满', 'head')
  await done(silent, '2025-01-22', 'close', {}, 'head')
  const { state } = await stateOf(silent)
  expect([state.status, state.decision?.row, state.decision?.docNo]).toEqual(['closed', 'R3.6.1', '示公开告〔2025〕1号'])
  expect(await pageOf(silent)).toContain('2025 年：')
})

test('what a supplement made clear is kept beside the first words, and the letters quote it', async () => {
  const id = await register('2025-02-10', { content: '最早写的话' })
  await done(id, '2025-02-11', 'examine')
  await done(id, '2025-02-11', 'ask-supplement', { items: '请写明名称' })
  await refused(id, '2025-02-13', 'receive-supplement', { excused: 'no', content: '长'.repeat(5001) }, '不超过 5000 个字')
  await done(id, '2025-02-13', 'receive-supplement', { excused: 'no', content: '2024年绿化养护合同' })
  const { state } = await stateOf(id)
  expect([state.content, state.supplements[0]?.content]).toEqual(['最早写的话', '2024年绿化养护合同'])
  const page = await pageOf(id)
  for (const words of ['补正后', '2024年绿化养护合同', '原申请', '最早写的话']) expect(page).toContain(words)
})

test('a supplement asked after seven working days: refused to the clerk with the article; by the head it leaves the clock and the case as they are', async () => {
  const id = await register('2024-12-23')
  await refused(id, '2025-01-03', 'ask-supplement', { items: '请写明名称' }, '已超过七个工作日，须按原期限答复（条例第三十条）；仍要告知补正的，由信息公开工作机构负责人办')
  expect(await (await get(`/desk/applications/${id}/ask-supplement`)).text()).toContain('即至 2025-01-02：已过。经办只能补记此前送达的')
  await done(id, '2025-01-03', 'examine')
  const says = '已过七个工作日，由负责人办，答复期限不停'
  expect([(await pageOf(id)).includes(says), (await pageOf(id, 'both')).includes(says)]).toEqual([true, false])
  expect(await (await get(`/desk/applications/${id}/ask-supplement`, 'head')).text()).toContain('答复期限不停，收到补正也不重新起算，仍须于 2025-01-21 前答复')
  await done(id, '2025-01-03', 'ask-supplement', { items: '请写明名称', days: '5' }, 'head')
  const html = await pageOf(id)
  expect([(await stateOf(id)).state.status, dueIn(html), html.includes('收不到的按现有的内容答复')]).toEqual(['examining', '2025-01-21', true])
  await refused(id, '2025-01-06', 'ask-supplement', { items: '再一次' }, '前一次告知的补正还没有收到', 'head')
  await done(id, '2025-01-16', 'receive-supplement', { excused: 'no' })
  const after = await stateOf(id)
  expect([after.state.status, after.state.supplements[0], dueIn(await pageOf(id))]).toEqual(['examining', { askedOn: '2025-01-03', by: '2025-01-10', late: true, suppliedOn: '2025-01-16' }, '2025-01-21'])
  expect(await pageOf(id)).toContain('逾七个工作日告知的，答复期限照旧，不重新起算')
})

test('G25, G26: extension by the head, before the term ends, at most twenty days', async () => {
  const [ten, late] = [await register('2024-09-02'), await register('2024-09-02')]
  expect((await act(ten, '2024-09-30', 'extend', { days: '10' }, 'officer')).status).toBe(403)
  await refused(ten, '2024-09-30', 'extend', { days: '21' }, '累计不得超过二十个工作日（条例第三十三条第二款）', 'head')
  await done(ten, '2024-09-30', 'extend', { days: '10' }, 'head')
  expect(dueIn(await pageOf(ten))).toBe('2024-10-18')
  await done(ten, '2024-09-30', 'extend', { days: '10' }, 'head')
  expect(dueIn(await pageOf(ten))).toBe('2024-11-01')
  await refused(late, '2024-10-08', 'extend', { days: '10' }, '须在答复期限届满之前告知申请人', 'head')
})

/** 拟定、批准。 */
async function decided(id: string, day: string, outcome = 'GRANTED', evidence: Record<string, string> = { 'evidence.provided': '电子邮件提供复制件' }): Promise<void> {
  await done(id, day, 'propose', { outcome, ...evidence })
  await done(id, day, 'approve', {}, 'head')
}

test('G27–G29: posted on the due day is in time; handed over later is late; only by the postal enterprise', async () => {
  const [posted, handed] = [await register('2025-09-26'), await register('2025-09-26')]
  for (const id of [posted, handed]) {
    expect(dueIn(await pageOf(id))).toBe('2025-10-30')
    await decided(id, '2025-10-29')
    expect(await pageOf(id)).toContain('没有送达的记录')
  }
  await refused(posted, '2025-10-30', 'dispatch', { method: 'POST', carrier: '顺丰' }, '邮寄送达只能经邮政企业')
  await refused(posted, '2025-10-30', 'dispatch', { method: 'ELECTRONIC' }, '电子送达须经申请人同意')
  expect((await post(`/desk/applications/${posted}/electronic-consent`, { agreed: 'yes', proof: '申请表第二页勾选同意' })).status).toBe(303)
  await refused(posted, '2025-10-30', 'dispatch', { method: 'ELECTRONIC' }, '提交行政复议申请的互联网渠道')
  await done(posted, '2025-10-30', 'dispatch', { method: 'POST', carrier: 'EMS 1234567890123' })
  await done(posted, '2025-11-03', 'serve')
  expect(await pageOf(posted)).toContain('按期答复')
  expect((await stateOf(posted)).state.delivery).toMatchObject({ servedOn: '2025-11-03' })
  await done(handed, '2025-11-03', 'dispatch', { method: 'DIRECT' })
  await done(handed, '2025-11-03', 'serve')
  expect(await pageOf(handed)).toContain('逾期 2 个工作日')
  await done(handed, '2025-11-04', 'archive')
  expect((await stateOf(handed)).state.status).toBe('archived')
})

test('G30: a plain letter counts from the day it is confirmed with the applicant', async () => {
  setToday('2026-03-02')
  const caseId = newId()
  expect((await post('/desk/applications/new', { caseId, ...aForm({ channel: 'POST_PLAIN', submittedOn: '2026-03-02' }) })).status).toBe(303)
  expect(dueIn(await pageOf(caseId))).toBeUndefined()
  expect(await (await get('/desk/applications')).text()).toContain('1 件尚未确认收到')
  expect(await (await get('/desk/applications/unconfirmed')).text()).toContain(caseId)
  await refused(caseId, '2026-03-02', 'confirm-receipt', { on: '2026-03-01' }, '收到申请之日不能早于提交之日')
  await done(caseId, '2026-03-04', 'confirm-receipt', { proof: '电话确认' })
  expect((await stateOf(caseId)).state).toMatchObject({ submittedOn: '2026-03-02', receivedOn: '2026-03-04' })
  expect(dueIn(await pageOf(caseId))).toBe('2026-04-01')
  expect(await pageOf(caseId)).toContain('凭据：电话确认')
})

test('G31: a silent co-agency is deemed to consent', async () => {
  const id = await register('2026-06-15')
  await done(id, '2026-06-17', 'send-consultation', { with: 'CO_AGENCY' })
  const consultation = (await stateOf(id)).state.consultations[0]!.id
  await done(id, '2026-06-18', 'deliver-consultation', { id: consultation })
  await refused(id, '2026-07-10', 'expire-consultation', { id: consultation }, '期限尚未届满')
  await done(id, '2026-07-11', 'expire-consultation', { id: consultation })
  expect((await stateOf(id)).state.consultations[0]?.returnedOn).toBe('2026-07-10')
  expect(await pageOf(id)).toContain('视为同意公开（条例第三十四条）')
})

test('G34, G35: the fee once and one way; paid, the term begins anew; unpaid, closed after twenty working days', async () => {
  const [paid, unpaid] = [await register('2025-04-14'), await register('2025-04-14')]
  expect((await act(paid, '2025-04-18', 'notice-fee', { mode: 'PAGES', pages: '101' }, 'officer')).status).toBe(403)
  await refused(paid, '2025-04-18', 'notice-fee', { mode: 'PAGES', pages: '30' }, '按标准应收 0 元', 'head')
  for (const id of [paid, unpaid]) await done(id, '2025-04-18', 'notice-fee', { mode: 'PAGES', pages: '101' }, 'head')
  expect((await stateOf(paid)).state.fee).toMatchObject({ amount: 720_00, payBy: '2025-05-20' })
  await refused(paid, '2025-04-21', 'notice-fee', { mode: 'COUNT' }, '这件申请现在不能办这一步', 'head')
  await done(paid, '2025-05-12', 'pay-fee', { ticketNo: '鄂财 0001' })
  expect(dueIn(await pageOf(paid))).toBe('2025-06-10')
  await refused(paid, '2025-05-13', 'notice-fee', { mode: 'COUNT' }, '0 元', 'head')
  await refused(unpaid, '2025-05-20', 'close', {}, '期限尚未届满', 'head')
  await done(unpaid, '2025-05-21', 'close', {}, 'head')
  expect((await stateOf(unpaid)).state.decision?.row).toBe('R3.6.2')
})

test('G32, G36: the eleventh case of one applicant in one calendar month costs 100 yuan; months do not add up', async () => {
  const same = { name: '李多', idNo: '420106198001012222' }
  const cases: string[] = []
  for (const day of ['2025-03-10', '2025-04-10'])
    for (let n = 0; n < 8; n++) {
      setToday(day)
      const caseId = newId()
      const form = { caseId, ...aForm({ ...same, submittedOn: day }) }
      const first = await (await post('/desk/applications/new', form)).text()
      const seen = /name="seen" value="([^"]*)"/.exec(first)?.[1]
      if (seen !== undefined) expect((await post('/desk/applications/new', { ...form, seen })).status).toBe(303)
      cases.push(caseId)
    }
  await refused(cases[15]!, '2025-04-11', 'notice-fee', { mode: 'COUNT' }, '按标准应收 0 元', 'head')
  let eleventh = ''
  for (let n = 0; n < 3; n++) {
    eleventh = newId()
    const form = { caseId: eleventh, ...aForm({ ...same, submittedOn: '2025-04-11' }) }
    const seen = /name="seen" value="([^"]*)"/.exec(await (await post('/desk/applications/new', form)).text())?.[1] ?? ''
    expect((await post('/desk/applications/new', { ...form, seen })).status).toBe(303)
  }
  setToday('2025-04-14')
  expect(await (await get(`/desk/applications/${eleventh}/notice-fee`, 'head')).text()).toContain('第 11 件，应收 100.00 元')
  await done(eleventh, '2025-04-14', 'notice-fee', { mode: 'COUNT' }, 'head')
  expect((await stateOf(eleventh)).state.fee).toMatchObject({ mode: 'COUNT', amount: 100_00 })
})

test('possible duplicates are shown before saving, what was typed is kept, and the numbers have no gaps', async () => {
  const year = 2023
  const same = { name: '王某', idNo: '420106197001013333', content: '某小区\n加装电梯的批复' }
  const first = await register(`${year}-05-10`, same)
  const caseId = newId()
  const form = { caseId, ...aForm({ ...same, content: '某小区加装电梯的批复', submittedOn: `${year}-05-20` }) }
  setToday(`${year}-05-20`)
  const shown = await post('/desk/applications/new', form)
  const html = await shown.text()
  expect(shown.status).toBe(422)
  expect(html).toContain('同一申请人、内容相同')
  expect(html).toContain(`/desk/applications/${first}`)
  expect(html).toContain('value="420106197001013333"')
  const seen = /name="seen" value="([^"]+)"/.exec(html)![1]!
  const twice = await Promise.all([post('/desk/applications/new', { ...form, seen }), post('/desk/applications/new', { ...form, seen })])
  expect(twice.map((response) => response.headers.get('location'))).toEqual([`/desk/applications/${caseId}`, `/desk/applications/${caseId}`])
  const third = await register(`${year}-05-21`)
  const numbers = await Promise.all([first, caseId, third].map(async (id) => (await stateOf(id)).state.regNo))
  expect(numbers).toEqual([1, 2, 3].map((n) => `示公开申〔${year}〕${n}号`))
})

test('a number a ledger has used is not given again; the count goes on after it', async () => {
  for (const n of [1, 2, 7]) await anApplication(deps, bodyId, { regNo: `示公开申〔2022〕${n}号`, receivedOn: '2022-03-01', decidedOn: '2022-03-08', outcome: 'GRANTED' })
  const given = [await register('2022-05-10'), await register('2022-05-10')]
  expect(await Promise.all(given.map(async (id) => (await stateOf(id)).state.regNo))).toEqual(['示公开申〔2022〕8号', '示公开申〔2022〕9号'])
  for (const id of given) await done(id, '2022-05-11', 'withdraw')
})

test('errors stand beside their fields and nothing is lost', async () => {
  setToday('2026-01-15')
  const html = await (await post('/desk/applications/new', aForm({ name: '', channel: '', content: '我的请求', submittedOn: '2026-01-16' }))).text()
  for (const words of ['请填写姓名', '请选择收到渠道', '我的请求', '13800001234']) expect(html).toContain(words)
  const future = await post('/desk/applications/new', aForm({ submittedOn: '2026-01-16' }))
  expect([future.status, (await future.text()).includes('日期不能晚于今日')]).toEqual([422, true])
})

test('personal data: masked on the page, sealed in the table, in full only with a reason that is recorded', async () => {
  const id = await register('2026-01-15', { name: '欧阳修远', idNo: '420106199001014444', contact: '13912345678', postalAddress: '湖北省武汉市武昌区中山路1号', email: 'oy@example.cn' })
  const html = await pageOf(id)
  for (const secret of ['欧阳修远', '420106199001014444', '13912345678', '中山路', 'oy@example.cn']) expect(html).not.toContain(secret)
  expect(html).toContain('欧***')
  expect(await pageOf(id, 'leader')).not.toContain('欧***')
  const path = `/desk/applications/${id}/personal-data`
  expect((await get(path, 'leader')).status).toBe(403)
  const bare = await post(path, { reason: '' })
  expect([bare.status, (await bare.text()).includes('欧阳修远')]).toEqual([422, false])
  const full = await (await post(path, { reason: '邮寄答复书' })).text()
  for (const shown of ['欧阳修远', '13912345678', '湖北省武汉市武昌区中山路1号']) expect(full).toContain(shown)
  const kept = await db.selectFrom('audit_event').selectAll().where('action', '=', 'personal-data.read').execute()
  expect(kept.map(({ target, detail }) => [target, JSON.stringify(detail).includes('邮寄答复书')])).toEqual([[id, true]])
  const csv = await (await get('/desk/applications.csv')).text()
  expect(csv).toContain((await stateOf(id)).state.regNo)
  expect(csv).not.toMatch(/欧|示例文件/)
})

test('the list: by due date, filtered, searched across all; the district office sees no names', async () => {
  const html = await (await get('/desk/applications?due=overdue')).text()
  expect(html).toContain('逾期')
  expect(await (await get('/desk/applications?q=%E7%A4%BA%E5%85%AC%E5%BC%80%E7%94%B3%E3%80%942023')).text()).toContain('示公开申〔2023〕1号')
  const found = async (q: string) => (await get(`/desk/applications?q=${encodeURIComponent(q)}`)).text()
  for (const part of ['2023〕1号', '申〔 1号', '（２０２３）1号']) expect([part, (await found(part)).includes('示公开申〔2023〕1号')]).toEqual([part, true])
  expect(await found('32〕1号')).toContain('没有符合条件的记录')
  const plan = await db.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx)
    return sql`explain select from application where ${saidIn('示例文件')}`.execute(tx)
  })
  expect(JSON.stringify(plan.rows)).toContain('application_said')
  expect(await (await get('/desk/applications?kind=L')).text()).toContain('没有符合条件的记录')
  expect(await (await get('/desk/applications/closed')).text()).toContain('不再处理')
  const rail = await pageOf((await register('2026-01-15')))
  expect(rail).toMatch(/在办<span class="count late">\d+/)
  const office = await (await get('/desk/applications', 'office')).text()
  expect(office).not.toContain('张*')
  expect(office).not.toContain('登记申请')
})

test('nobody approves their own; the chain of the body is walked; a return goes back to examination', async () => {
  const own = await register('2026-01-05')
  await done(own, '2026-01-06', 'propose', { outcome: 'GRANTED', 'evidence.provided': '当面提供' }, 'both')
  expect(await pageOf(own, 'both')).not.toContain(`${own}/approve`)
  await refused(own, '2026-01-06', 'approve', {}, '拟定的人不能审核、批准自己拟定的决定', 'both')
  await refused(own, '2026-01-06', 'approve', { on: '2026-01-05' }, '不得倒签', 'head')
  await done(own, '2026-01-06', 'return-proposal', { reason: '请写明提供的份数' }, 'head')
  expect((await stateOf(own)).state.status).toBe('examining')
  await setSetting(deps, { kind: 'system', name: 'test' }, { bodyId, key: 'signOffChain', value: 'FULL' })
  await done(own, '2026-01-07', 'propose', { outcome: 'GRANTED', 'evidence.provided': '当面提供一份' }, 'handler')
  await refused(own, '2026-01-07', 'approve', {}, '现在这一级不由您的岗位审批', 'leader')
  await refused(own, '2026-01-07', 'endorse', {}, '现在这一级不由您的岗位审批', 'head')
  await done(own, '2026-01-07', 'endorse', { remark: '同意' }, 'unitHead')
  await refused(own, '2026-01-07', 'approve', {}, '须先经前一级审核同意', 'leader')
  await done(own, '2026-01-08', 'endorse', {}, 'head')
  await refused(own, '2026-01-08', 'approve', {}, '不能再批准', 'head')
  await done(own, '2026-01-08', 'approve', {}, 'leader')
  await setSetting(deps, { kind: 'system', name: 'test' }, { bodyId, key: 'signOffChain', value: 'HEAD' })
  const { state } = await stateOf(own)
  expect([state.status, state.decision?.row, state.decision?.docNo]).toEqual(['approved', 'R3.1', '示公开答〔2026〕1号'])
  expect(await pageOf(own)).toContain('2026 年：')
})

test('the desk’s first page: what is near its due date, what waits for one’s own approval, and nothing of one’s own', async () => {
  const id = await register('2026-01-05', { content: '等批准的一件' })
  await done(id, '2026-01-06', 'propose', { outcome: 'GRANTED', 'evidence.provided': '当面提供' }, 'both')
  const home = async (who: Who) => (await get('/desk', who)).text()
  const head = await home('head')
  expect(head).toContain('等您批准处理决定')
  expect(head).toContain(`/desk/applications/${id}`)
  expect(await home('both')).not.toContain(`/desk/applications/${id}`)
  setToday('2026-01-27')
  expect(await home('handler')).toContain(`/desk/applications/${id}`)
  await done(id, '2026-01-27', 'approve', {}, 'head')
  expect(await home('leader')).not.toContain(`/desk/applications/${id}`)
  // 作出决定不是答复：发出之前一直在待办里
  expect(await home('handler')).toMatch(new RegExp(`/desk/applications/${id}"[\\s\\S]{0,400}出决定书并发出`))
  await done(id, '2026-01-28', 'dispatch', { method: 'DIRECT' })
  expect(await home('handler')).not.toContain(`/desk/applications/${id}`)
})

test('a decision without its evidence is refused beside the field; a search record is required', async () => {
  const id = await register('2026-01-05')
  const first = await (await get(`/desk/applications/${id}/propose`)).text()
  expect(first).toContain('不予公开（保护第三方合法权益）')
  const form = await (await get(`/desk/applications/${id}/propose?outcome=UNABLE_NOT_HELD`)).text()
  expect(form).toContain('检索范围')
  await refused(id, '2026-01-06', 'propose', { outcome: 'UNABLE_NOT_HELD', 'evidence.notHeld': 'NOT_EXIST', 'evidence.searchedBy': '档案室' }, '请填写检索范围')
  const unclear = Object.fromEntries(outcomeRule('UNABLE_UNCLEAR').evidence.map(({ key }) => [`evidence.${key}`, '两次内容对照']))
  await refused(id, '2026-01-06', 'propose', { outcome: 'UNABLE_UNCLEAR', ...unclear }, '须已告知补正并已收到补正材料')
  await refused(id, '2026-01-06', 'propose', { outcome: 'NP_EXCESSIVE', 'evidence.unreasonable': '数量过大' }, '须已要求说明理由')
})

test('two clerks at once: one wins, the other is told, what was typed stays', async () => {
  const id = await register('2026-01-05')
  const { version } = await stateOf(id)
  const ask = (who: Who) => post(`/desk/applications/${id}/ask-supplement`, { version: String(version), on: '2026-01-05', items: `第一项由${who}写`, days: '15' }, who)
  const both = await Promise.all([ask('officer'), ask('handler')])
  expect(both.map((response) => String(response.status)).toSorted()).toEqual(['303', '409'])
  const lost = both.find((response) => response.status === 409)!
  expect(await lost.text()).toMatch(/第一项由(officer|handler)写/)
  expect((await stateOf(id)).state.supplements).toHaveLength(1)
  // 已经不能办的，所选的照页上的说法列出
  const late = await (await post(`/desk/applications/${id}/propose`, { version: String(version), outcome: 'UNABLE_NOT_HELD', 'evidence.notHeld': 'NOT_EXIST', 'evidence.searchedBy': '甲' })).text()
  expect(late).toContain('现在不能办这一步')
  expect(late).not.toContain('NOT_EXIST')
  const stale = await post(`/desk/applications/${id}/correct`, { version: String(version), reason: '写错了', receivedOn: '2026-01-05', applicantKind: 'N', content: '改过的内容' })
  expect([stale.status, (await stale.text()).includes('他人刚才办过这件申请')]).toEqual([409, true])
})

test('a case is given to a clerk of the body, found under the name, counted in the workload and the calendar', async () => {
  const id = await register('2026-01-05', { content: '分派的一件' })
  const handler = people.get('handler')!.accountId
  await refused(id, '2026-01-06', 'assign', { to: newId() }, '请从所列的选项中选择')
  await done(id, '2026-01-06', 'assign', { to: handler })
  await refused(id, '2026-01-06', 'assign', { to: handler }, '没有改动')
  expect(await pageOf(id)).toContain('承办 handler（演示）')
  const mine = await (await get(`/desk/applications?handler=${handler}`)).text()
  expect([mine.includes('分派的一件'), mine.includes('甲文件')]).toEqual([true, false])
  const load = await (await get('/desk/applications/workload')).text()
  expect(load).toContain(`/desk/applications?handler=${handler}`)
  expect(load).toContain('还没有分派')
  const due = dueIn(await pageOf(id)) ?? ''
  expect(await (await get(`/desk/applications/calendar?month=${due.slice(0, 7)}`)).text()).toContain(id)
  expect((await get('/desk/applications/calendar?month=9999-99')).status).toBe(200)
})

test('split: the parent is no longer counted, each part is, from the same day', async () => {
  const id = await register('2026-01-05', { content: '甲、乙两份文件' })
  await refused(id, '2026-01-06', 'split', { contents: '只有一件' }, '拆分须为二件至一百件')
  await done(id, '2026-01-06', 'split', { contents: '甲文件\n\n乙文件' })
  const { state } = await stateOf(id)
  expect(state.status).toBe('split')
  const parts = await Promise.all(state.splitInto.map(async (part) => (await stateOf(part)).state))
  expect(parts.map((part) => [part.regNo.endsWith('-1') || part.regNo.endsWith('-2'), part.receivedOn, part.content])).toEqual([[true, '2026-01-05', '甲文件'], [true, '2026-01-05', '乙文件']])
  const page = await pageOf(id)
  expect(page).toContain('拆出的各件分别计入')
  // 拆出的各件不是重复的申请
  for (const one of [page, await pageOf(state.splitInto[0]!)]) expect(one).not.toContain('同一申请人、相同内容')
})

test('a correction keeps before and after, and moves the due date and the cells', async () => {
  const id = await register('2026-01-05')
  await done(id, '2026-01-08', 'correct', { reason: '渠道录错', receivedOn: '2025-12-31', channel: 'EMAIL', applicantKind: 'B', content: '改过的内容' })
  const html = await pageOf(id)
  expect(dueIn(html)).toBe('2026-01-29')
  expect(html).toContain('上年结转')
  expect(html).toContain('渠道录错')
})

test('a long list is paged by its last row, none twice and none left out', async () => {
  const other = await aBody(deps, { code: 'cgj', name: '示例城管局', codeWord: '城' })
  const clerk = await createAccount(db, { name: 'desk.other', displayName: '某（演示）', bodyId: other.bodyId, roles: ['disclosure-officer'] })
  setToday('2026-01-15')
  const cookie = await cookieFor(db, clerk, deps.clock.now())
  for (let n = 0; n < 55; n++) await anApplication(deps, other.bodyId, { receivedOn: `2026-01-${String(5 + (n % 5)).padStart(2, '0')}` })
  const seen: string[] = []
  let path = '/desk/applications'
  for (let pages = 0; pages < 5; pages++) {
    const html = await (await app.request(path, { headers: { cookie } })).text()
    seen.push(...[...html.matchAll(/<td[^>]*><a href="\/desk\/applications\/([0-9a-f-]{36})"/g)].map(([, id = '']) => id))
    const next = /href="(\?[^"]*after=[^"]*)" rel="next"/.exec(html)?.[1]
    if (next === undefined) break
    path = `/desk/applications${next.replaceAll('&amp;', '&')}`
  }
  expect([seen.length, new Set(seen).size]).toEqual([55, 55])
  expect((await app.request(`/desk/applications/${(await register('2026-01-15'))}`, { headers: { cookie } })).status).toBe(404)
})

/** 某人在案件页上看到的、可以点的各步。 */
const offeredTo = (html: string, caseId: string): ActionName[] =>
  [...new Set([...html.matchAll(new RegExp(`href="/desk/applications/${caseId}/([a-z-]+)"`, 'g'))].map(([, name = '']) => name))].filter(isActionName)

/** 照表单填：日期填今日，期限填一个月后，其余取所列之一。 */
async function fill(caseId: string, name: ActionName, pick: number): Promise<Record<string, string>> {
  const { state } = await stateOf(caseId)
  const ground = await getGround(db, bodyId, deps.clock.today())
  const action = actionOf(name)
  const chosen = Object.keys(action.first?.options ?? { '': '' })
  const outcome = chosen[pick % chosen.length] ?? ''
  const given: Record<string, string> = action.first === undefined ? {} : { [action.first.name]: outcome }
  for (const { name: field, kind, options, value } of action.fields(state, ground, { chosen: outcome, rank: 1, consented: false, people: { [people.get('handler')!.accountId]: '承办人' }, others: {}, bodies: {}, redactions: '', publicItem: '' })) {
    const listed = Object.keys(options ?? {})
    if (kind === 'date') given[field] = field === 'on' ? deps.clock.today() : field === 'receivedOn' ? (value ?? '') : addCalendarDays(deps.clock.today(), 30)
    else if (kind === 'choice') given[field] = listed[pick % listed.length] ?? ''
    else if (kind === 'number') given[field] = field === 'pages' ? '50' : '5'
    else given[field] = field === 'contents' ? '甲文件\n乙文件' : `事由${pick}`
  }
  return given
}

/** 无论走到哪一步，如此总能作出决定或不再处理。 */
const WAY_OUT: Partial<Record<Status, readonly [ActionName, Record<string, string>, Who][]>> = {
  'correction-requested': [['receive-supplement', { excused: 'yes' }, 'officer']],
  'reason-requested': [['give-reason', { reasonable: 'yes' }, 'officer']],
  'fee-noticed': [['pay-fee', {}, 'officer'], ['close', {}, 'head']],
  deciding: [['approve', {}, 'head'], ['approve', {}, 'leader']],
}

async function wayOut(caseId: string, day: string): Promise<void> {
  for (let turn = 0; turn < 12; turn++) {
    const { state } = await stateOf(caseId)
    if (!isOpen(state)) return
    const waiting = state.consultations.find((c) => c.returnedOn === null)
    if (state.status === 'consulting') await done(caseId, day, 'return-consultation', { id: waiting?.id ?? '', reply: 'AGREE' })
    else if (WAY_OUT[state.status] === undefined) await done(caseId, day, 'propose', { outcome: 'GRANTED', 'evidence.provided': '复制件' })
    else for (const [name, fields, who] of WAY_OUT[state.status] ?? []) if ((await act(caseId, day, name, fields, who)).status === 303) break
  }
  throw new Error(`${caseId} 走不到头`)
}

test('any walk through the offered actions can be brought to an end, and ends in exactly one row of the report', async () => {
  const step = fc.record({ choose: fc.nat(40), pick: fc.nat(40), days: fc.nat(9), head: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 9 }), fc.boolean(), async (steps, finish) => {
      let day = '2025-02-10'
      const caseId = await register(day)
      for (const { choose, pick, days, head } of steps) {
        day = addCalendarDays(day, days)
        setToday(day)
        const who: Who = head ? 'head' : 'officer'
        const html = await pageOf(caseId, who)
        const offered = offeredTo(html, caseId)
        const name = offered[choose % Math.max(1, offered.length)]
        if (name === undefined) continue
        expect([name, (await get(`/desk/applications/${caseId}/${name}`, who)).status]).toEqual([name, 200])
        const { status } = await act(caseId, day, name, await fill(caseId, name, pick), who)
        expect([303, 422]).toContain(status)
      }
      const { state } = await stateOf(caseId)
      const ends = state.status === 'split' ? [] : [caseId]
      if (finish) for (const id of ends) await wayOut(id, day)
      await agree(day)
    }),
    { numRuns: 15 },
  )
}, 120_000)

/** 每件恰在一行；逐件数得的与报告的计数逐格相同。 */
async function agree(asOf: string): Promise<void> {
  const rows = await db.selectFrom('application').select(['case_id', 'counted']).where('body_id', '=', bodyId).execute()
  const counted: Record<string, number> = {}
  for (const row of rows) {
    const facts = toReportFacts((await stateOf(row.case_id)).state)
    expect(facts !== null).toBe(row.counted)
    const cells = facts === null ? [] : cellsOfRecord(facts, 2025, asOf).filter((cell) => !cell.endsWith('.T') && !cell.startsWith('R3.7'))
    expect([0, 2]).toContain(cells.length)
    for (const cell of cells) counted[cell] = (counted[cell] ?? 0) + 1
  }
  expect(await countForReport(db, bodyId, 2025, asOf)).toEqual(counted)
}

test('what the tables hold is what the timelines tell', async () => {
  expect((await verifyAll(deps, applicationVerifiers)).flatMap(({ problems }) => problems)).toEqual([])
  expect(Object.keys(await countForReport(db, bodyId, 2025, '2025-12-31')).length).toBeGreaterThan(3)
})
