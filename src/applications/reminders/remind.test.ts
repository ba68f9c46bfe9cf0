import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { setSetting } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import { noticeJobs } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import { newId } from '../../platform/id.ts'
import { enqueue, runJobsOnce } from '../../platform/jobs.ts'
import { mailJobs, outboxOf } from '../../platform/mail/index.ts'
import { readMail } from '../../platform/mail/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import { applicationJobs } from '../jobs.ts'
import { getApplication } from '../queries.ts'
import { remindBody } from './remind.ts'
import { getGround } from '../settings.ts'
import { anApplication, saveHistories } from '../testing.ts'
import { PERSON, aCitizen, fillDraft, submitDraft } from '../citizen/testing-citizen.ts'

const { db, deps: plain, url, setToday } = testDb()
// 每人各有地址，限速才各算各的
const deps = { ...plain, config: { ...plain.config, trustProxy: true } }
const app = createApp(deps, appParts(deps))
const POSTS = { officer: ['disclosure-officer'], handler: ['handler'], second: ['handler'], head: ['disclosure-head'], unitHead: ['unit-head'], leader: ['leader'] } as const satisfies Record<string, readonly Role[]>
type Who = keyof typeof POSTS
const people = new Map<Who, SignedInActor>()
const idOf = (who: Who): string => people.get(who)?.accountId ?? ''
let bodyId = ''

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  for (const [name, roles] of Object.entries(POSTS)) people.set(name as Who, await createAccount(db, { name: `remind.${name.toLowerCase()}`, displayName: `${name}（演示）`, bodyId, roles }))
})
beforeEach(async () => {
  await db.deleteFrom('notice').execute()
  // 前一个测试的各件不再提醒
  await db.updateTable('application').set({ due_on: null, co_handling_due: null, status: 'split', counted: false }).execute()
})

/** 某日的早上跑一遍提醒。 */
async function sweep(day: string): Promise<void> {
  setToday(day)
  await enqueue(db, 'applications.remind', {})
  await runJobsOnce(url, deps, applicationJobs)
}
/** 各人收到的，依次。 */
async function told(): Promise<Partial<Record<Who, string[]>>> {
  const rows = await db.selectFrom('notice').select(['account_id', 'title', 'notice_id']).orderBy('notice_id').execute()
  const entries = (Object.keys(POSTS) as Who[]).map((who) => [who, rows.filter((row) => row.account_id === idOf(who)).map((row) => row.title.replace(/^.*?：/, ''))] as const)
  return Object.fromEntries(entries.filter(([, titles]) => titles.length > 0))
}
async function headersOf(who: Who) {
  await db.deleteFrom('session').execute()
  return { cookie: await cookieFor(db, people.get(who)!, deps.clock.now()), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
}
async function act(caseId: string, who: Who, name: string, fields: Record<string, string> = {}): Promise<void> {
  const { version } = await getApplication(db, bodyId, caseId)
  const body = new URLSearchParams({ version: String(version), on: deps.clock.today(), ...fields }).toString()
  const response = await app.request(`/desk/applications/${caseId}/${name}`, { method: 'POST', headers: await headersOf(who), body })
  expect([name, response.status]).toEqual([name, 303])
}
let serial = 0
const register = async (day: string): Promise<string> => {
  setToday(day)
  const caseId = newId()
  const body = new URLSearchParams({ caseId, kind: 'N', channel: 'IN_PERSON', submittedOn: day, name: '张三丰', idKind: '居民身份证', idNo: `4201061990010${(serial += 1) + 10000}`, contact: '13800001234', content: `张三丰申请的合同 ${caseId}` }).toString()
  expect((await app.request('/desk/applications/new', { method: 'POST', headers: await headersOf('officer'), body })).status).toBe(303)
  return caseId
}

test('from the due date on to the leader: each once, a day missed made up, a second run adds none', async () => {
  const caseId = await register('2026-03-02') // 应当于 2026-03-30 前答复
  await act(caseId, 'officer', 'assign', { to: idOf('handler') })
  await act(caseId, 'handler', 'examine')
  await db.deleteFrom('notice').execute()
  await sweep('2026-03-20')
  expect(await told()).toEqual({})
  await sweep('2026-03-24') // 2026-03-23 没有跑
  await sweep('2026-03-24')
  expect(await told()).toEqual({ handler: ['还有 4 个工作日到期'] })
  await sweep('2026-03-27')
  await sweep('2026-03-29')
  expect(await told()).toEqual({ handler: ['还有 4 个工作日到期', '还有 1 个工作日到期'] })
  await db.deleteFrom('notice').execute()
  for (const day of ['2026-03-30', '2026-03-31', '2026-04-01', '2026-04-02', '2026-04-02', '2026-04-05', '2026-04-07']) await sweep(day)
  const late = ['答复期限的最后一个工作日', '逾期 1 个工作日', '逾期 2 个工作日', '逾期 3 个工作日', '逾期 4 个工作日', '逾期 5 个工作日']
  const seen = await told()
  expect(seen).toEqual({ handler: seen.head, head: seen.handler, leader: ['逾期 3 个工作日尚未答复'] })
  expect(late.filter((title) => seen.handler?.includes(title))).toEqual(seen.handler)
  expect(seen.handler?.slice(0, 4)).toEqual(late.slice(0, 4))
  const stored = JSON.stringify(await db.selectFrom('notice').selectAll().execute())
  for (const secret of ['张三丰', '合同', '13800001234']) expect(stored).not.toContain(secret)
  expect(stored).toContain(`/desk/applications/${caseId}`)
})

test('a newer reminder takes the place of an older one unread; a decision settles them', async () => {
  const caseId = await register('2026-03-02')
  await act(caseId, 'officer', 'examine')
  for (const day of ['2026-03-27', '2026-03-30', '2026-03-31']) await sweep(day)
  const unread = async () => (await db.selectFrom('notice').select('title').where('read_at', 'is', null).where('account_id', '=', idOf('officer')).execute()).map((row) => row.title.replace(/^.*?：/, ''))
  expect(await unread()).toEqual(['逾期 1 个工作日'])
  await act(caseId, 'officer', 'propose', { outcome: 'GRANTED', 'evidence.provided': '当面提供' })
  expect(await unread()).toEqual(['逾期 1 个工作日'])
  const waiting = async (who: Who) => (await db.selectFrom('notice').select('title').where('read_at', 'is', null).where('account_id', '=', idOf(who)).execute()).map((row) => row.title.replace(/^.*?：/, ''))
  expect(await waiting('head')).toEqual(['逾期 1 个工作日', '等您审批处理决定'])
  await act(caseId, 'head', 'approve')
  expect([await unread(), await waiting('head')]).toEqual([['处理决定已批准'], []])
  await act(caseId, 'officer', 'dispatch', { method: 'DIRECT' })
  expect(await unread()).toEqual([])
})

test('nobody assigned: the officers; the handler gone: the officers again; no head: the leader', async () => {
  const caseId = await register('2026-03-02')
  await act(caseId, 'officer', 'examine')
  await sweep('2026-03-27')
  expect(Object.keys(await told())).toEqual(['officer'])
  await act(caseId, 'officer', 'assign', { to: idOf('second') })
  await db.deleteFrom('notice').execute()
  await db.updateTable('account').set({ status: 'disabled' }).where('account_id', 'in', [idOf('second'), idOf('head')]).execute()
  await sweep('2026-03-30')
  expect(await told()).toEqual({ officer: ['答复期限的最后一个工作日'], leader: ['答复期限的最后一个工作日'] })
  await db.updateTable('account').set({ status: 'active' }).execute()
})

test('as set by the body: which days, when the leader', async () => {
  for (const [key, value] of [['reminderDays', '1'], ['overdueToLeader', 1]] as const) await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key, value })
  const caseId = await register('2026-03-02')
  await act(caseId, 'officer', 'examine')
  for (const day of ['2026-03-25', '2026-03-26', '2026-03-27', '2026-03-31']) await sweep(day)
  expect(await told()).toEqual({ officer: ['还有 1 个工作日到期', '逾期 1 个工作日'], head: ['逾期 1 个工作日'], leader: ['逾期 1 个工作日尚未答复'] })
  for (const [key, value] of [['reminderDays', '5,3,1'], ['overdueToLeader', 3]] as const) await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key, value })
})

test('the waiting ones are looked at though their term is far or stopped', async () => {
  const caseId = await register('2026-03-02')
  await act(caseId, 'officer', 'examine')
  await act(caseId, 'officer', 'send-consultation', { with: 'THIRD_PARTY' })
  const { state } = await getApplication(db, bodyId, caseId)
  setToday('2026-03-04')
  await act(caseId, 'officer', 'deliver-consultation', { id: state.consultations[0]!.id })
  await act(caseId, 'officer', 'ask-co-handling', { unit: '城管科', account: idOf('second'), matter: '检索合同', days: '3' })
  await db.deleteFrom('notice').execute()
  await sweep('2026-03-10')
  expect(await told()).toEqual({ officer: ['城管科的协办超期 1 个工作日'], second: ['城管科的协办超期 1 个工作日'] })
  await sweep('2026-03-26') // 2026-03-25 期满
  expect((await told()).officer).toContain('征求第三方意见期满')
})

test('a citizen applies, supplies and withdraws on line: the handler hears of each at once, in words without the person', async () => {
  setToday('2026-03-02')
  const citizen = aCitizen(app)
  await fillDraft(citizen, '/apply/sljd')
  const receipt = await submitDraft(citizen, '/apply/sljd')
  expect(await told()).toEqual({ officer: ['收到一件网上申请'] })
  const { case_id: caseId } = await db.selectFrom('application').select('case_id').where('reg_no', '=', receipt.regNo).executeTakeFirstOrThrow()
  await act(caseId, 'officer', 'confirm-receipt')
  await act(caseId, 'officer', 'assign', { to: idOf('handler') })
  await act(caseId, 'handler', 'ask-supplement', { items: '请写明小区的名称' })
  await db.deleteFrom('notice').execute()
  await citizen.post('/applications/track', receipt)
  const form = await (await citizen.get('/applications/track/supplement')).text()
  const key = /name="key" value="([^"]+)"/.exec(form)?.[1] ?? ''
  await citizen.upload('/applications/track/supplement', [], { key, text: '某某小区' })
  expect(await told()).toEqual({ handler: ['申请人交来补正'] })
  await citizen.post('/applications/track/withdraw', { sure: 'yes' })
  expect((await getApplication(db, bodyId, caseId)).state.status).toBe('withdrawn')
  expect((await told()).handler).toEqual(['申请人交来补正', '申请人撤回了申请'])
  const stored = JSON.stringify(await db.selectFrom('notice').selectAll().execute())
  for (const secret of [PERSON.name, PERSON.contact, '小区', '电梯']) expect(stored).not.toContain(secret)
})

test('each step tells who comes next, never the one who acts', async () => {
  await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key: 'signOffChain', value: 'UNIT_HEAD' })
  const caseId = await register('2026-03-02')
  const step = async (who: Who, name: string, fields: Record<string, string> = {}) => {
    await db.deleteFrom('notice').execute()
    await act(caseId, who, name, fields)
    return told()
  }
  expect(await step('officer', 'assign', { to: idOf('handler') })).toEqual({ handler: ['交给您承办'] })
  expect(await step('handler', 'assign', { to: idOf('second') })).toEqual({ second: ['交给您承办'] })
  expect(await step('second', 'examine')).toEqual({})
  expect(await step('second', 'ask-co-handling', { unit: '城管科', account: idOf('handler'), matter: '检索', days: '2' })).toEqual({ handler: ['请您协办'] })
  const propose = { outcome: 'GRANTED', 'evidence.provided': '当面提供' }
  expect(await step('second', 'propose', propose)).toEqual({ unitHead: ['等您审批处理决定'] })
  expect(await step('unitHead', 'return-proposal', { reason: '写清张三丰的名称' })).toEqual({ second: ['处理决定退回修改'] })
  expect(JSON.stringify(await db.selectFrom('notice').selectAll().execute())).not.toContain('张三丰')
  await step('second', 'propose', propose)
  expect(await step('unitHead', 'endorse')).toEqual({ head: ['等您审批处理决定'] })
  expect(await step('head', 'approve')).toEqual({ second: ['处理决定已批准'] })
  const other = await register('2026-03-02')
  await act(other, 'officer', 'assign', { to: idOf('handler') })
  await db.deleteFrom('notice').execute()
  await act(other, 'officer', 'withdraw')
  expect(await told()).toEqual({ handler: ['申请人撤回了申请'] })
  await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key: 'signOffChain', value: 'HEAD' })
})

test('the head proposes: the leader is told, not the head', async () => {
  const caseId = await register('2026-03-02')
  await act(caseId, 'head', 'examine')
  await db.deleteFrom('notice').execute()
  await act(caseId, 'head', 'propose', { outcome: 'GRANTED', 'evidence.provided': '当面提供' })
  expect(await told()).toEqual({ leader: ['等您审批处理决定'] })
})

test('the reminders of one morning come as one mail, with number, date and link', async () => {
  await db.updateTable('account').set({ mail: 'officer@wuchang.gov.cn' }).where('account_id', '=', idOf('officer')).execute()
  const [first, second] = [await register('2026-03-02'), await register('2026-03-02')]
  for (const caseId of [first, second]) await act(caseId, 'officer', 'examine')
  setToday('2026-03-27')
  await enqueue(db, 'applications.remind', {})
  await runJobsOnce(url, deps, { ...applicationJobs, ...noticeJobs, ...mailJobs({}) })
  await runJobsOnce(url, deps, { ...applicationJobs, ...noticeJobs, ...mailJobs({}) })
  const mails = readdirSync(outboxOf(deps.config)).map((file) => readMail(readFileSync(join(outboxOf(deps.config), file), 'utf8')))
  expect(mails.map(({ to, subject }) => [to, subject.startsWith('2 条新通知：示公开申〔2026〕')])).toEqual([['officer@wuchang.gov.cn', true]])
  for (const said of ['2026 年 3 月 30 日', `/desk/applications/${first}`, `/desk/applications/${second}`]) expect(mails[0]?.text).toContain(said)
  expect(mails[0]?.text).not.toContain('张三丰')
})

test('more than a page at once, none left out', async () => {
  setToday('2026-03-30')
  const ground = await getGround(db, bodyId, '2026-03-30')
  const ids = Array.from({ length: 502 }, () => newId())
  const events = (i: number) => [{ kind: 'received', on: '2026-03-02', particulars: { regNo: `多〔2026〕${i}号`, channel: 'IN_PERSON', applicantKind: 'N', applicantId: null, content: '某合同', form: null, splitFrom: null, note: null }, receipt: { submittedOn: '2026-03-02', proof: '' } }] as const
  await transaction(db, (tx) => saveHistories(tx, ids.map((caseId, i) => ({ bodyId, caseId, events: events(i), recordedBy: () => ({ actor: 'system:seed', at: deps.clock.now() }) })), { actor: 'system:seed', at: deps.clock.now() }, ground))
  expect(await remindBody(deps, bodyId)).toBe(502 * 2)
  expect(await remindBody(deps, bodyId)).toBe(0)
})

test('a term that cannot be counted is told of once a week', async () => {
  const years = await db.selectFrom('calendar_year').select('year').where('year', '>', 2026).execute()
  expect(years).toEqual([])
  setToday('2026-12-22')
  const caseId = await anApplication(deps, bodyId, { receivedOn: '2026-12-22' })
  expect(await db.selectFrom('application').select(['clock', 'due_on']).where('case_id', '=', caseId).executeTakeFirst()).toEqual({ clock: 'no-calendar', due_on: null })
  for (const day of ['2026-12-23', '2026-12-24', '2026-12-28']) {
    setToday(day)
    await remindBody(deps, bodyId)
  }
  const seen = await told()
  expect(seen.head).toEqual(['有的申请算不出答复期限', '有的申请算不出答复期限'])
  // 日历里没有的日子，任务照样跑完
  setToday(addCalendarDays('2026-12-31', 5))
  expect(await remindBody(deps, bodyId)).toBe(2)
})
