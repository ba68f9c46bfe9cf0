import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { getCalendar } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { cookieFor, createAccount, delegate } from '../../identity/testing.ts'
import { transaction } from '../../platform/connect.ts'
import { newId } from '../../platform/id.ts'
import { enqueue, runJobsOnce } from '../../platform/jobs.ts'
import { testDb } from '../../platform/testing.ts'
import { verifyAll } from '../../platform/verify.ts'
import { addCalendarDays, addCalendarMonths } from '../../statute/plain-date.ts'
import { hashContent } from '../item-hash.ts'
import type { Classification, ItemContent, ItemEvent } from '../item.ts'
import { getItem, newItem, saveItems } from '../store.ts'
import { catalogueVerifiers } from '../verify-catalogue.ts'
import { exemptionToDos } from './exemption-to-dos.ts'
import { exemptionJobs } from './jobs.ts'
import { assessedByFor, sumYear } from './list-register.ts'
import { missingBasis } from './missing-basis.ts'

const { db, deps, setToday, url } = testDb()
const app = createApp(deps, appParts(deps))
const POSTS = { officer: ['disclosure-officer'], head: ['disclosure-head'], leader: ['leader'], publisher: ['publisher'] } as const satisfies Record<string, readonly Role[]>
type Who = keyof typeof POSTS
const people = new Map<Who, SignedInActor>()
const HOME = '/desk/exemptions'
let bodyId = ''

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street' })).bodyId
  for (const [name, roles] of Object.entries(POSTS)) people.set(name as Who, await createAccount(db, { name: `ex.${name}`, displayName: `${name}（演示）`, bodyId, roles }))
})

async function headersOf(who: Who) {
  return { cookie: await cookieFor(db, people.get(who)!, deps.clock.now()), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
}
const get = async (path: string, who: Who = 'officer') => app.request(path, { headers: await headersOf(who) })
const textOf = async (path: string, who: Who = 'officer') => (await get(path, who)).text()
const post = async (path: string, fields: Record<string, string>, who: Who = 'officer') => app.request(path, { method: 'POST', headers: await headersOf(who), body: new URLSearchParams(fields).toString() })
const plain = (html: string) => html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

async function withheld(title: string, on: string, more: Partial<Classification> = {}): Promise<string> {
  const itemId = newId()
  const content: ItemContent = { title, docNo: null, summary: null, origin: 'made', formedOn: on, files: [] }
  const classification: Classification = { attribute: 'exempt', codes: [], summaryKind: null, exemption: { code: 'A16_PROCESS', reason: '尚在讨论的请示' }, term: 'GENERAL', termFrom: null, ...more }
  const events: ItemEvent[] = [
    { kind: 'formed', on, indexNo: `测试/${itemId}`, content, contentHash: hashContent(content), handler: 'test:handler' },
    { kind: 'attribute-determined', on, classification },
  ]
  await transaction(db, async (tx) => saveItems(tx, [{ found: newItem(bodyId, itemId), events }], { actor: 'system:testing', at: deps.clock.now() }, await getCalendar(tx)))
  return itemId
}
const proposalOf = async (itemId: string) => (await db.selectFrom('exemption_assessment').select('assessment_id').where('item_id', '=', itemId).where('state', '=', 'proposed').executeTakeFirstOrThrow()).assessment_id
const troubles = async () => (await verifyAll(deps, catalogueVerifiers.filter(({ name }) => name.includes('不予公开') || name === '主动公开信息'))).flatMap(({ problems }) => problems)

test('第十八条: every item not published stands in the register, due a period after it was determined', async () => {
  setToday('2026-01-15')
  await withheld('某请示', '2024-12-20')
  await withheld('只依申请的', '2025-06-01', { attribute: 'on-request', exemption: null })
  await withheld('涉密的', '2025-03-01', { exemption: { code: 'A14_SECRET', reason: '国家秘密' } })
  const page = plain(await textOf(HOME))
  expect(page).toMatch(/某请示.*不予公开.*第十六条第二款 过程性信息.*2025-12-20 该评估了/)
  expect(page).toMatch(/只依申请的.*依申请公开.*2026-06-01/)
  expect(page).toContain('没有写密级与定密的依据')
  expect(page).toContain('1 条到了该评估的日子')
  const due = plain(await textOf(`${HOME}?due=yes`))
  expect(due).toContain('某请示')
  expect(due).not.toContain('只依申请的')
  expect(plain(await textOf(`${HOME}?exemption=A14_SECRET`))).not.toContain('某请示')
  expect(plain(await textOf(`${HOME}?q=请示`))).toContain('某请示')
  const csv = await textOf(`${HOME}.csv?attribute=exempt`)
  expect(csv).toMatch(/某请示.*尚在讨论的请示.*2025-12-20/)
  expect((await get(`${HOME}.csv`, 'publisher')).status).toBe(403)
})

test('two persons: one proposes, another decides; keeping starts the period again', async () => {
  setToday('2026-01-15')
  const itemId = await withheld('两人办的', '2024-11-01')
  expect((await post(`${HOME}/${itemId}/propose`, { result: 'keep', reason: '情形没有变' }, 'publisher')).status).toBe(403)
  const bad = await post(`${HOME}/${itemId}/propose`, { result: '', reason: '情形没有变化，写过的还在' })
  expect([bad.status, (await bad.text()).includes('写过的还在')]).toEqual([422, true])
  const leak = await post(`${HOME}/${itemId}/propose`, { result: 'keep', reason: '问过 13800001234 了' })
  expect([leak.status, plain(await leak.text()).includes('请去掉')]).toEqual([422, true])
  expect((await post(`${HOME}/${itemId}/propose`, { result: 'keep', reason: '情形没有变化' }, 'head')).status).toBe(303)
  expect((await post(`${HOME}/${itemId}/propose`, { result: 'open', reason: '另一个人又提' })).status).toBe(409)
  const assessmentId = await proposalOf(itemId)
  expect((await post(`${HOME}/${itemId}/decide`, { assessmentId }, 'officer')).status).toBe(403)
  const own = await post(`${HOME}/${itemId}/decide`, { assessmentId }, 'head')
  expect([own.status, plain(await own.text()).includes('不能审定自己的')]).toEqual([422, true])
  expect(await exemptionToDos(deps, people.get('leader')!)).toEqual([{ title: '不予公开的评估：两人办的', href: `${HOME}/${itemId}`, dueOn: null, note: '等您审定' }])
  expect((await post(`${HOME}/${itemId}/decide`, { assessmentId, agree: 'no', remark: '' }, 'leader')).status).toBe(422)
  expect((await post(`${HOME}/${itemId}/decide`, { assessmentId, agree: 'no', remark: '写明项目办到哪一步' }, 'leader')).status).toBe(303)
  expect(plain(await textOf(`${HOME}/${itemId}`))).toContain('退回：写明项目办到哪一步')
  await post(`${HOME}/${itemId}/propose`, { result: 'keep', reason: '项目尚未办结' }, 'head')
  expect((await post(`${HOME}/${itemId}/decide`, { assessmentId: await proposalOf(itemId) }, 'leader')).status).toBe(303)
  const { state } = await getItem(db, bodyId, itemId)
  expect([state.status, state.reassessedOn]).toEqual(['exempt', '2026-01-15'])
  expect(plain(await textOf(`${HOME}/${itemId}`))).toContain('2027-01-15')
  expect(await troubles()).toEqual([])
})

test('who stands in for the proposer cannot decide for him', async () => {
  setToday('2026-01-15')
  const itemId = await withheld('委托了的', '2024-10-01')
  await post(`${HOME}/${itemId}/propose`, { result: 'keep', reason: '情形没有变化' }, 'head')
  const made = await delegate(deps, people.get('head')!, { to: people.get('officer')!.accountId, roles: ['disclosure-head'], startsOn: '2026-01-15', endsOn: '2026-01-15', reason: '外出' })
  expect(made.ok).toBe(true)
  const answer = await post(`${HOME}/${itemId}/decide`, { assessmentId: await proposalOf(itemId) }, 'officer')
  expect([answer.status, plain(await answer.text()).includes('不能审定自己的')]).toEqual([422, true])
})

test('what may be opened leaves the register and goes the common way to publication; nothing is public yet', async () => {
  setToday('2026-01-15')
  const itemId = await withheld('可以公开了的', '2024-09-01', { attribute: 'on-request', exemption: null })
  await post(`${HOME}/${itemId}/propose`, { result: 'open', reason: '事项已经办结' })
  expect((await post(`${HOME}/${itemId}/decide`, { assessmentId: await proposalOf(itemId) }, 'head')).status).toBe(303)
  const { state } = await getItem(db, bodyId, itemId)
  expect([state.status, state.classification, state.firstPublishedOn]).toEqual(['formed', null, null])
  expect(plain(await textOf(`${HOME}/${itemId}`))).toContain('已经不在登记簿上')
  expect(plain(await textOf(HOME))).not.toContain('可以公开了的')
  expect(await troubles()).toEqual([])
  expect((await get(`${HOME}/${newId()}`)).status).toBe(404)
})

test('verify notices a row changed, lost or put in by hand', async () => {
  const rows = await db.selectFrom('exemption_register').selectAll().where('body_id', '=', bodyId).execute()
  const [first] = rows
  if (first === undefined) throw new Error('没有登记')
  await db.updateTable('exemption_register').set({ assessed_from: '2030-01-01' }).where('item_id', '=', first.item_id).execute()
  expect((await troubles()).map(({ where }) => where)).toEqual([`exemption ${bodyId}/${first.item_id}`])
  await db.deleteFrom('exemption_register').where('item_id', '=', first.item_id).execute()
  expect(await troubles()).toHaveLength(1)
  await db.insertInto('exemption_register').values(first).execute()
  expect(await troubles()).toEqual([])
})

test('the year: owed, assessed, opened', async () => {
  const sum = await sumYear(db, bodyId, 2026, 12)
  expect(sum).toMatchObject({ assessed: 2, opened: 1 })
  // 其余至今没有评的：2026 年年底以前都该评
  const { n } = await db.selectFrom('exemption_register').select((eb) => eb.fn.countAll<number>().as('n')).where('assessed_from', '<=', '2025-12-31').executeTakeFirstOrThrow()
  expect(sum.owed).toBe(2 + n)
  expect(await sumYear(db, bodyId, 2024, 12)).toEqual({ year: 2024, owed: 0, assessed: 0, opened: 0 })
  // 2025 年该评而 2026 年才评的，算 2025 年应评、未评
  expect(await sumYear(db, bodyId, 2025, 12)).toMatchObject({ owed: 4, assessed: 0 })
  expect(plain(await textOf(HOME))).toContain(`2026 年应评 ${sum.owed} 件、已评 2 件、转公开 1 件`)
})

test('reminded once a week while something is due', async () => {
  const run = async (day: string) => {
    setToday(day)
    await enqueue(db, 'catalogue.remind-assessments', {})
    await runJobsOnce(url, deps, exemptionJobs)
    return (await db.selectFrom('notice').select('key').where('key', 'like', 'exemption-due/%').execute()).length
  }
  expect(await run('2026-01-19')).toBe(2)
  expect(await run('2026-01-21')).toBe(2)
  expect(await run('2026-01-26')).toBe(4)
  expect(await exemptionToDos(deps, people.get('officer')!)).toMatchObject([{ href: `${HOME}?due=yes`, dueOn: '2025-12-20' }])
})

test('due on the day itself, for any day and period', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: -40, max: 40 }), (n, months, shift) => {
      const today = addCalendarDays('2020-01-01', n)
      const from = addCalendarDays(addCalendarMonths(today, -months), shift)
      expect(from <= assessedByFor(today, months)).toBe(addCalendarMonths(from, months) <= today)
    }),
  )
})

test.each([
  ['exempt', null, null, '没有写依据'],
  ['exempt', 'A14_LAW', '规章规定不公开', '没有写明是哪一部法律、行政法规'],
  ['exempt', 'A14_LAW', '《中华人民共和国统计法》第九条', null],
  ['exempt', 'A14_LAW', '《某某管理办法》', '没有写明是哪一部法律、行政法规'],
  ['exempt', 'A14_SECRET', '机密，国家秘密及其密级具体范围第三条', null],
  ['exempt', 'A16_INTERNAL', '内部事务', '没有写明是人事管理、后勤管理还是内部工作流程'],
  ['exempt', 'A16_PROCESS', '会议讨论记录', null],
  ['exempt', 'A15', '第三方不同意', null],
  ['on-request', null, null, null],
] as const)('%s %s %s: %s', (attribute, code, reason, wanted) => {
  expect(missingBasis(attribute, code, reason)).toBe(wanted)
})
