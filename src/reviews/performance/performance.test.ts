import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aDesk } from '../../applications/testing-desk.ts'
import { countForReport, getApplication } from '../../applications/index.ts'
import { setSetting } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { closePdf } from '../../documents/index.ts'
import { enqueue, runJobsOnce } from '../../platform/jobs.ts'
import { testDb } from '../../platform/testing.ts'
import { listDisputed, reviewJobs, reviewVerifiers } from '../index.ts'
import { openCase } from '../open-case.ts'
import { aDisputeDesk } from '../testing-desk.ts'
import { caseToDos } from '../to-dos.ts'

const { db, deps, url, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let bodyId = ''
let applications: Awaited<ReturnType<typeof aDesk>>
let desk: Awaited<ReturnType<typeof aDisputeDesk>>

beforeAll(async () => {
  setToday('2026-03-02')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  for (const [key, value] of [['court', '武汉市武昌区人民法院'], ['letterPhone', '027-88880000']] as const) await setSetting(deps, { kind: 'system', name: 'seed' }, { bodyId, key, value })
  applications = await aDesk(app, deps, setToday, { bodyId, name: 'perf' })
  desk = await aDisputeDesk(app, deps, setToday, { bodyId, name: 'perfd' })
})
afterAll(() => closePdf())

/** 不予公开、送达、被复议、被撤销的一件。 */
async function lost(day = '2026-04-20'): Promise<{ caseId: string; reviewId: string; regNo: string }> {
  const caseId = await applications.register('2026-03-02')
  await applications.done(caseId, '2026-03-03', 'examine')
  await applications.decide(caseId, '2026-03-10', 'DENY_PROCESS', { 'evidence.process': 'REQUEST', 'evidence.reason': '尚在讨论' })
  await applications.done(caseId, '2026-03-10', 'dispatch', { method: 'POST', carrier: 'EMS' })
  await applications.done(caseId, '2026-03-12', 'serve')
  const { regNo } = (await getApplication(db, bodyId, caseId)).state
  const reviewId = await desk.register('2026-03-25', 'review', { doc: regNo })
  await desk.done(reviewId, '2026-03-27', 'answer', { letter: 'paper' })
  await desk.done(reviewId, day, 'decide', { result: 'revoked', documentNo: '武政复决〔2026〕3号', servedOn: day })
  return { caseId, reviewId, regNo }
}
async function answerIdOf(reviewId: string): Promise<string> {
  const [duty] = (await openCase(db, bodyId, reviewId)).state.duties
  if (duty?.applicationId == null) throw new Error('没有立重新答复')
  return duty.applicationId
}

test('撤销之后：登记期限即立重新答复，期限照决定；发出即为履行，按期；没有履行的不能办结', async () => {
  const { caseId, reviewId } = await lost()
  const decided = await desk.pageOf(reviewId)
  for (const words of ['照决定重新答复', '结果为撤销：先登记照决定要重新答复或者履行什么', '改连另一件申请']) expect(decided).toContain(words)
  expect(decided).not.toContain('连上所争的申请</a>')
  const before = await countForReport(db, bodyId, 2026, '2026-12-31')
  await desk.done(reviewId, '2026-04-22', 'order-answer', { from: '2026-04-20', days: '10', unit: 'WORKDAY', matter: '重新作出答复' })
  const answerId = await answerIdOf(reviewId)
  expect(await countForReport(db, bodyId, 2026, '2026-12-31')).toEqual(before)
  const page = await desk.pageOf(reviewId)
  const list = await (await desk.get('/desk/reviews')).text()
  expect(list).toContain('2026-05-07<span class="quiet"> 履行</span>')
  expect(page).toContain(`至迟 2026-05-07`)
  expect(page).toContain('去办重新答复')
  expect(page).not.toContain(`/desk/reviews/${reviewId}/steps/close"`)
  for (const words of ['照决定应当重新答复于', '履行与反馈', '2026-05-07', '未到期', `/desk/applications/${answerId}`]) expect(page).toContain(words)
  expect(await (await desk.act(reviewId, '2026-04-22', 'close')).text()).toContain('还有没有履行、反馈的')
  expect((await desk.act(reviewId, '2026-04-22', 'order-answer', { from: '2026-04-20', days: '5', unit: 'DAY', matter: '再答' })).status).toBe(409)
  expect((await caseToDos(deps, desk.accountOf('officer'))).some(({ href }) => href.includes(reviewId))).toBe(false)

  await applications.done(answerId, '2026-04-24', 'examine')
  await applications.decide(answerId, '2026-04-30')
  await applications.done(answerId, '2026-05-06', 'dispatch', { method: 'POST', carrier: 'EMS' })
  expect(await desk.pageOf(reviewId)).toContain('2026-05-06 履行，按期')
  expect(await desk.pageOf(reviewId)).not.toContain('照决定应当重新答复于')
  // 答复发出了的，列表上不等夜里也不再欠着
  expect(await (await desk.get('/desk/reviews')).text()).not.toContain('2026-05-07<span class="quiet"> 履行</span>')
  expect(await applications.pageOf(caseId)).toContain('重新答复')
  // 夜里记入复议的经过；之后可以办结
  setToday('2026-05-07')
  await enqueue(db, 'reviews.settle-duties', {})
  await runJobsOnce(url, deps, reviewJobs)
  expect((await openCase(db, bodyId, reviewId)).state.duties[0]?.done).toMatchObject({ on: '2026-05-06' })
  await desk.done(reviewId, '2026-05-08', 'close')
  for (const verifier of reviewVerifiers) for await (const problem of verifier.verify(deps)) expect(problem).toBeNull()
})

test('没有定期限的照第三十三条；没有连上申请的只登记，另记履行；不再履行的写明缘故', async () => {
  const { reviewId } = await lost()
  await desk.done(reviewId, '2026-04-22', 'order-answer', { from: '2026-04-20', days: '', unit: 'WORKDAY', matter: '重新作出答复' })
  expect(await desk.pageOf(reviewId)).toContain('2026-05-20')
  expect(await (await desk.get('/desk/reviews')).text()).toContain('2026-05-20<span class="quiet"> 履行</span>')
  const suit = await desk.register('2026-03-02', 'direct')
  await desk.done(suit, '2026-04-20', 'take-effect', { result: 'ordered', documentNo: '（2026）示行初1号' })
  await desk.done(suit, '2026-04-21', 'order-answer', { from: '2026-04-20', days: '15', unit: 'DAY', matter: '限期答复' })
  expect(await desk.pageOf(suit)).toContain('2026-05-06') // 05-05 为假日，顺延
  const [duty] = (await openCase(db, bodyId, suit)).state.duties
  expect(await (await desk.act(suit, '2026-04-30', 'finish', { duty: duty?.id ?? '', on: '2026-04-01', letter: 'none', note: '已答复' })).text()).toContain('不能早于期限起算之日')
  await desk.done(suit, '2026-05-08', 'finish', { duty: duty?.id ?? '', letter: 'none', note: '已书面答复' })
  expect(await desk.pageOf(suit)).toContain('2026-05-08 履行，逾期')
  await desk.done(suit, '2026-05-08', 'order-act', { matter: '赔礼道歉', from: '2026-05-08', days: '', unit: 'DAY' })
  const act = (await openCase(db, bodyId, suit)).state.duties[1]
  await desk.done(suit, '2026-05-09', 'drop-duty', { duty: act?.id ?? '', why: '登记错了' })
  expect(await desk.pageOf(suit)).toContain('2026-05-09：登记错了')
  // 维持的没有这一步
  const upheld = await desk.register('2026-03-25', 'review')
  await desk.done(upheld, '2026-04-20', 'decide', { result: 'upheld' })
  expect((await desk.get(`/desk/reviews/${upheld}/steps/order-answer`)).status).toBe(409)
})

test('行政复议意见书：六十日内报告，待办与提醒；报告起草、送签、签发，送出即反馈', async () => {
  const { reviewId } = await lost()
  await desk.done(reviewId, '2026-04-22', 'receive-opinion', { documentNo: '武政复意〔2026〕1号', matter: '过程性信息的认定没有说明理由', from: '2026-04-22', days: '60', unit: 'DAY' })
  const [duty] = (await openCase(db, bodyId, reviewId)).state.duties
  const page = await desk.pageOf(reviewId)
  for (const words of ['行政复议意见书', '2026-06-22', '起草落实情况报告']) expect(page).toContain(words) // 06-21 为星期日，顺延
  setToday('2026-06-15')
  expect((await caseToDos(deps, desk.accountOf('officer'))).find(({ href }) => href === `/desk/reviews/${reviewId}#performance`)).toMatchObject({ dueOn: '2026-06-22', note: '送出反馈，再记下' })
  await enqueue(db, 'reviews.remind', {})
  await runJobsOnce(url, deps, reviewJobs)
  await runJobsOnce(url, deps, reviewJobs)
  const notices = await db.selectFrom('notice').select('title').where('href', '=', `/desk/reviews/${reviewId}`).where('key', 'like', 'dispute-duty/%').execute()
  expect(notices.map(({ title }) => title.replace(/^\S+ /, ''))).toEqual(Array.from({ length: 3 }, () => '行政复议意见书：还有 7 日')) // 承办人与两位负责人

  const drafted = await desk.post(`/desk/reviews/${reviewId}/answers/new`, { duty: duty?.id ?? '' })
  const letter = (drafted.headers.get('location') ?? '').replace('/edit', '')
  const text = await (await desk.get(letter)).text()
  expect(text).toContain('过程性信息的认定没有说明理由')
  expect(text).toContain('还没有写')
  const again = await desk.post(`/desk/reviews/${reviewId}/answers/new`, { duty: duty?.id ?? '' })
  expect(again.headers.get('location')).toBe(`/desk/reviews/${reviewId}`)
  const paragraphs = ['本机关于2026年4月22日收到贵机关《行政复议意见书》（武政复意〔2026〕1号），现依照《中华人民共和国行政复议法》第七十六条的规定，报告如下：', '已重新答复，说明了理由。']
  expect((await desk.post(`${letter}/edit`, { version: '1', recipient: '示例区人民政府', paragraphs: paragraphs.join('\n') })).status).toBe(303)
  expect((await desk.post(`${letter}/submit`, { version: '2' })).status).toBe(303)
  expect((await desk.post(`${letter}/issue`, { version: '3' }, 'head')).status).toBe(303)
  const letterId = letter.split('/').at(-1) ?? ''
  await desk.done(reviewId, '2026-06-17', 'finish', { duty: duty?.id ?? '', letter: letterId, note: '报告已送出' })
  const after = await desk.pageOf(reviewId)
  for (const words of ['示复馈〔2026〕1号', '2026-06-17 履行，按期', '2026-06-17 送出']) expect(after).toContain(words)
  for (const verifier of reviewVerifiers) for await (const problem of verifier.verify(deps)) expect(problem).toBeNull()
})

test('要履行而没有履行的，所争的答复仍在争议之中，不去标识化', async () => {
  const { caseId, reviewId } = await lost('2026-04-20')
  const docNo = (await getApplication(db, bodyId, caseId)).state.regNo
  expect(await listDisputed(db, bodyId, { caseId, docNos: [docNo] }, '2026-12-01')).toEqual([])
  await desk.done(reviewId, '2026-04-22', 'order-act', { matter: '公开', from: '2026-04-20', days: '10', unit: 'DAY' })
  expect(await listDisputed(db, bodyId, { caseId, docNos: [docNo] }, '2026-12-01')).toEqual([docNo])
})

test('没有作出答复而被复议的，没有文号，凭所连的申请也在争议之中', async () => {
  const caseId = await applications.register('2026-03-02')
  const { regNo } = (await getApplication(db, bodyId, caseId)).state
  const reviewId = await desk.register('2026-04-20', 'review', { doc: regNo, decisionNo: '' })
  const { facts, applicationId } = (await openCase(db, bodyId, reviewId)).state
  expect([facts.decisionNo, applicationId]).toEqual([null, caseId])
  expect(await listDisputed(db, bodyId, { caseId, docNos: [] }, '2026-04-21')).toEqual([facts.caseNo])
  expect(await listDisputed(db, bodyId, { caseId: reviewId, docNos: [] }, '2026-04-21')).toEqual([])
})
