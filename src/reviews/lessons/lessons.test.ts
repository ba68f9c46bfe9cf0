import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aDesk } from '../../applications/testing-desk.ts'
import { getApplication } from '../../applications/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { listCarried, compareCarried } from '../carry-over/list-carried.ts'
import { aDisputeDesk } from '../testing-desk.ts'
import { aReview } from '../testing.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))

async function aPlace(code: string, name: string) {
  const { bodyId } = await aBody(deps, { code, name, kind: 'street', codeWord: code })
  return { bodyId, applications: await aDesk(app, deps, setToday, { bodyId, name: `${code}a` }), desk: await aDisputeDesk(app, deps, setToday, { bodyId, name: `${code}b` }) }
}
type Place = Awaited<ReturnType<typeof aPlace>>
let here: Place
let there: Place

beforeAll(async () => {
  setToday('2026-03-02')
  await aDistrict(deps)
  here = await aPlace('sljd', '示例街道办事处')
  there = await aPlace('lljd', '邻里街道办事处')
})

/** 以过程性信息不予公开，被复议的一件；`result` 为结果。 */
async function attacked({ applications, desk, bodyId }: Place, result: string | null): Promise<string> {
  const caseId = await applications.register('2026-03-02')
  await applications.done(caseId, '2026-03-03', 'examine')
  await applications.decide(caseId, '2026-03-10', 'DENY_PROCESS', { 'evidence.process': 'REQUEST', 'evidence.reason': '尚在讨论' })
  const { regNo } = (await getApplication(db, bodyId, caseId)).state
  const reviewId = await desk.register('2026-03-25', 'review', { doc: regNo })
  if (result !== null) await desk.done(reviewId, '2026-04-20', 'decide', { result })
  return reviewId
}

test('哪些依据站不住：按依据、逐年、错在何处；拟同样的答复时提示；别的机关只说错在何处', async () => {
  const lost = await attacked(here, 'revoked')
  await attacked(here, 'upheld')
  await attacked(here, null)
  const other = await attacked(there, 'confirmed-illegal')
  await here.desk.done(lost, '2026-04-21', 'note-lesson', { cause: 'facts', unit: '社会事务科', words: '没有说明属于哪一类过程性信息' })
  await there.desk.done(other, '2026-04-21', 'note-lesson', { cause: 'procedure', unit: '', words: '没有告知救济' })

  const page = await (await here.desk.get('/desk/reviews/lessons')).text()
  for (const words of ['不予公开（四类过程性信息）', '第十六条第二款', '社会事务科', '主要事实不清、证据不足：没有说明属于哪一类过程性信息', '<svg', '2026 年']) expect(page).toContain(words)
  expect(page).not.toContain('没有告知救济')
  expect(page).toMatch(/被争（件）">3<\/td><td[^>]*>2<\/td><td[^>]*>1<\/td>/)
  const onlyLost = await (await here.desk.get('/desk/reviews/lessons?state=corrected&cause=procedure')).text()
  expect(onlyLost).not.toContain('没有说明属于哪一类过程性信息')
  expect((await here.desk.get('/desk/reviews/lessons.xlsx')).headers.get('content-type')).toContain('spreadsheetml')

  // 区政务公开办看全区
  const office = await createAccount(db, { name: 'office.lessons', displayName: '区办', bodyId: here.bodyId, roles: ['district-office'] })
  const district = await (await app.request('/desk/reviews/lessons', { headers: { cookie: await cookieFor(db, office, deps.clock.now()) } })).text()
  for (const words of ['邻里街道办事处', '没有告知救济', `/desk/records/review/${there.bodyId}/`]) expect(district).toContain(words)

  // 另一件要以同样的依据答复
  const next = await here.applications.register('2026-04-22')
  await here.applications.done(next, '2026-04-23', 'examine')
  const form = await (await here.applications.get(`/desk/applications/${next}/propose?outcome=DENY_PROCESS`)).text()
  for (const words of ['本机关被复议、起诉 3 件，其中被纠正 1 件', '全区被复议、起诉 4 件，其中被纠正 2 件', `/desk/reviews/${lost}`, '没有说明属于哪一类过程性信息', '邻里街道办事处', '没有告知救济']) expect(form).toContain(words)
  expect(form).not.toContain(`/desk/reviews/${other}`)
  expect(await (await here.applications.get(`/desk/applications/${next}/propose?outcome=GRANTED`)).text()).not.toContain('以往怎样')
})

test('K14：上年未结的，本年有结果、仍未审结，或者没有去向', async () => {
  setToday('2026-06-01')
  const { bodyId } = await aBody(deps, { code: 'kkjd', name: '某某街道办事处', kind: 'street' })
  const ended = await aReview(db, bodyId, { facts: { receivedOn: '2025-11-03', caseNo: '甲号' }, result: 'upheld', decidedOn: '2026-01-10' })
  const open = await aReview(db, bodyId, { facts: { receivedOn: '2025-12-03', caseNo: '乙号' } })
  await aReview(db, bodyId, { facts: { receivedOn: '2025-03-03' }, result: 'upheld', decidedOn: '2025-04-10' })
  const cases = await listCarried(db, bodyId, { year: 2026, asOf: '2026-06-01' })
  expect(cases).toMatchObject([{ id: ended, endedOn: '2026-01-10', result: '维持' }, { id: open, endedOn: null }])
  expect(compareCarried(cases, { rv: 3, ld: 0, la: null })).toMatchObject([{ group: 'rv', filed: 3, missing: 1 }, { missing: 0 }, { filed: null, missing: 0 }])
  const officer = await createAccount(db, { name: 'office.carry', displayName: '经办', bodyId, roles: ['disclosure-officer'] })
  const page = await (await app.request('/desk/reviews/carry-over?year=2026', { headers: { cookie: await cookieFor(db, officer, deps.clock.now()) } })).text()
  for (const words of ['甲号', '2026-01-10 维持', '乙号', '仍未审结', '没有 2025 年的年度报告可比']) expect(page).toContain(words)
})
