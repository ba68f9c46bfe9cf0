import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { setSetting } from '../bodies/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { testDb } from '../platform/testing.ts'
import { transaction } from '../platform/connect.ts'
import { countTable4, reviewLedger, reviewVerifiers } from './index.ts'
import { aDisputeDesk, dueIn, errorsIn } from './testing-desk.ts'
import { caseToDos } from './to-dos.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let bodyId = ''
let desk: Awaited<ReturnType<typeof aDisputeDesk>>

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  for (const [key, value] of [['reviewAuthority', '示例区人民政府'], ['court', '示例区人民法院'], ['letterPhone', '027-00000000']] as const) await setSetting(deps, { kind: 'system', name: 'testing' }, { bodyId, key, value })
  desk = await aDisputeDesk(app, deps, setToday, { bodyId, name: 'dispute' })
})

test('G42: the answer to a review is due by its procedure; a change of procedure moves it, each day accounted for', async () => {
  const id = await desk.register('2025-09-29', 'review', { procedure: 'summary' })
  expect(dueIn(await desk.pageOf(id))).toBe('2025-10-13')
  await desk.done(id, '2025-10-09', 'change-procedure', { procedure: 'ordinary' })
  const page = await desk.pageOf(id)
  expect(dueIn(page)).toBe('2025-10-20')
  expect(page).toContain('title="2025-10-01 休息日，不计"')
  expect(page).toContain('title="2025-10-20 第 10 个工作日，届满"')
})

test('G43: the answer to a suit is due in calendar days, rolled past the holiday', async () => {
  const id = await desk.register('2025-09-20', 'direct')
  const page = await desk.pageOf(id)
  expect(dueIn(page)).toBe('2025-10-09')
  expect(page).toContain('名义届满日 2025-10-05 为休息日，顺延至 2025-10-09')
  expect(page).toContain('title="2025-10-06 届满之日为休息日，顺延"')
})

test('G41: a decision received on 2026-02-01 can be sued over until 2026-02-24; the suit is linked to its review', async () => {
  const id = await desk.register('2025-12-15', 'review', { doc: '示公开答〔2025〕9号', acceptedOn: '2025-12-12' })
  await desk.done(id, '2025-12-24', 'answer', { letter: 'paper' })
  await desk.done(id, '2026-02-02', 'decide', { on: '2026-01-30', result: 'upheld', documentNo: '示复决〔2026〕3号', servedOn: '2026-02-01' })
  const page = await desk.pageOf(id)
  expect(dueIn(page)).toBe('2026-02-24')
  expect(page).toContain('对方可以起诉至')
  const form = await (await desk.get('/desk/reviews/new?kind=after-review&doc=' + encodeURIComponent('示公开答〔2025〕9号'))).text()
  expect(form).toContain(`value="${id}"`)
  const suitId = await desk.register('2026-02-20', 'after-review', { doc: '示公开答〔2025〕9号', reviewId: id })
  expect(await desk.pageOf(id)).toContain(`/desk/reviews/${suitId}`)
  expect(await desk.pageOf(suitId)).toContain(`/desk/reviews/${id}`)
  expect(await desk.stateOf(id)).toMatchObject({ status: 'sued', litigationId: suitId })
})

test('G59: the same suit counts for the original actor and not for the reviewing organ', async () => {
  const organ = await aBody(deps, { code: 'qzf', name: '示例区人民政府办公室', kind: 'district-office', codeWord: '区' })
  const other = await aDisputeDesk(app, deps, setToday, { bodyId: organ.bodyId, name: 'organ' })
  const before = await countTable4(db, { bodyId, year: 2026, asOf: '2026-12-31' })
  const ours = await desk.register('2026-03-02', 'after-review', { caseNo: '（2026）示例行初59号', role: 'original' })
  const theirs = await other.register('2026-03-02', 'after-review', { caseNo: '（2026）示例行初59号', role: 'review-organ' })
  expect((await countTable4(db, { bodyId, year: 2026, asOf: '2026-12-31' }))['T4.la.total']).toBe((before['T4.la.total'] ?? 0) + 1)
  expect((await countTable4(db, { bodyId: organ.bodyId, year: 2026, asOf: '2026-12-31' }))['T4.la.total']).toBe(0)
  expect(await desk.pageOf(ours)).toContain('复议后起诉')
  expect(await other.pageOf(theirs)).toContain('不计入本机关的年度报告')
  expect(await other.pageOf(theirs)).toContain('不计入。')
  // 别的机关看不到
  expect((await other.get(`/desk/reviews/${ours}`)).status).toBe(404)
})

test('an appeal: fifteen days for a judgment, ten for a ruling; not appealed it takes effect and only then counts', async () => {
  const id = await desk.register('2026-03-02', 'direct')
  await desk.done(id, '2026-03-10', 'answer', { letter: 'paper' })
  await desk.done(id, '2026-03-12', 'docket', { on: '2026-02-27', trial: 'summary' })
  const chosen = await (await desk.get(`/desk/reviews/${id}/steps/judge`)).text()
  expect(chosen).toContain('撤销（表四：结果纠正）')
  expect(chosen).toContain('本区设定，不是法定')
  await desk.done(id, '2026-04-10', 'judge', { form: 'ruling', result: 'suit-rejected', documentNo: '', servedOn: '2026-04-10' })
  expect(dueIn(await desk.pageOf(id))).toBe('2026-04-20')
  const counted = async () => {
    const cells = await countTable4(db, { bodyId, year: 2026, asOf: '2026-12-31' })
    return [cells['T4.ld.other'], cells['T4.ld.pending']]
  }
  const [other = 0, pending = 0] = await counted()
  expect(await desk.pageOf(id)).toContain('尚未审结')
  await desk.done(id, '2026-04-21', 'take-effect', { result: 'suit-rejected' })
  expect(await counted()).toEqual([other + 1, pending - 1])
  expect(await desk.pageOf(id)).not.toContain('尚未审结')
  expect(await desk.stateOf(id)).toMatchObject({ status: 'final', final: { result: 'suit-rejected', on: '2026-04-21' } })
})

test('what is wrong is said beside the field, what was typed stays; a step out of turn and a stale page are refused', async () => {
  setToday('2026-04-01')
  const bad = await desk.post('/desk/reviews/new?kind=review&doc=', { caseNo: '', organ: '示例区人民政府', on: '2026-04-02', procedure: 'ordinary', name: '', ground: '认为应当公开' })
  expect(bad.status).toBe(422)
  const html = await bad.text()
  for (const words of ['请填写案号', '请填写姓名、名称', '认为应当公开']) expect(html).toContain(words)
  await expect(desk.register('2026-04-01', 'review', { on: '2026-04-02' })).rejects.toThrow('日期晚于今日')
  const id = await desk.register('2026-04-01', 'review', { caseNo: '示复〔2026〕77号' })
  await expect(desk.register('2026-04-01', 'review', { caseNo: '示复〔2026〕77号' })).rejects.toThrow('已经登记过了')
  expect((await desk.act(id, '2026-04-02', 'close')).status).toBe(409)
  const stale = await desk.post(`/desk/reviews/${id}/steps/answer`, { version: '1', on: '2026-04-02', letter: 'paper' })
  expect([stale.status, errorsIn(await stale.text())]).toEqual([409, expect.stringContaining('他人已先办了一步')])
  const early = await desk.act(id, '2026-04-02', 'answer', { on: '2026-03-01', letter: 'paper' })
  expect([early.status, await early.text()]).toEqual([422, expect.stringContaining('早于收到副本之日')])
  expect((await desk.act(id, '2026-04-02', 'answer', { letter: 'paper' }, 'leader')).status).toBe(403)
})

test('a hearing: set, reminded of on the page, held; nobody in charge there without a reason', async () => {
  const id = await desk.register('2026-04-01', 'direct')
  const account = desk.accountOf('handler').accountId
  const wrong = await desk.act(id, '2026-04-02', 'set-hearing', { day: '2026-05-06', time: '9点半', place: '第三法庭', attends: 'head', account })
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('时刻写作 09:30')])
  await desk.done(id, '2026-04-02', 'set-hearing', { day: '2026-05-06', time: '09:30', place: '示例区人民法院第三法庭', attends: 'head', account })
  expect(await desk.pageOf(id)).toContain('2026-05-06 09:30 开庭，示例区人民法院第三法庭')
  const [hearing] = (await desk.stateOf(id)).hearings
  const absent = await desk.act(id, '2026-05-06', 'hold-hearing', { id: hearing?.id ?? '', attended: 'staff', why: '' })
  expect([absent.status, await absent.text()]).toEqual([422, expect.stringContaining('负责人没有参加的，请写明缘故')])
  await desk.done(id, '2026-05-06', 'hold-hearing', { id: hearing?.id ?? '', attended: 'deputy' })
  expect(await desk.pageOf(id)).toContain('2026-05-06 分管负责人参加')
})

test('with the decision the hearing ahead is over: not a to-do, not the next step; one that was held may still be noted', async () => {
  const id = await desk.register('2026-06-01', 'review')
  for (const day of ['2026-06-12', '2026-06-18']) await desk.done(id, '2026-06-08', 'set-hearing', { kind: 'hearing', day, time: '09:30', place: '听证室', attends: 'head', account: '' })
  setToday('2026-06-15')
  const hearings = async () => (await caseToDos(deps, desk.accountOf('officer'))).filter(({ href }) => href === `/desk/reviews/${id}#hearings`)
  expect(await hearings()).toMatchObject([{ title: expect.stringMatching(/^记出席的情况：示〔2026〕\d+号（示例区人民政府）$/), dueOn: '2026-06-12' }])
  await desk.done(id, '2026-06-16', 'decide', { result: 'upheld', servedOn: '2026-06-16' })
  expect(await hearings()).toEqual([])
  const page = await desk.pageOf(id)
  expect(page).toContain('已有结果，不再开')
  expect(page).not.toContain('委托相应的工作人员并说明缘故')
  const [held] = (await desk.stateOf(id)).hearings
  await desk.done(id, '2026-06-16', 'hold-hearing', { id: held?.id ?? '', on: '2026-06-12', attended: 'head' })
})

test('a posted answer waits for its receipt: a to-do after the days of the setting, until it is noted', async () => {
  const id = await desk.register('2026-06-01', 'direct')
  await desk.done(id, '2026-06-10', 'answer', { letter: 'paper', method: 'post' })
  const toDos = async () => (await caseToDos(deps, desk.accountOf('officer'))).filter(({ href }) => href === `/desk/reviews/${id}`)
  setToday('2026-06-24')
  expect(await toDos()).toEqual([])
  setToday('2026-06-25')
  expect(await toDos()).toMatchObject([{ title: expect.stringContaining('查答辩状的签收：示〔2026〕'), note: '2026-06-10 交邮，过了 15 日还没有记签收' }])
  expect(await desk.pageOf(id)).toContain('记对方签收之日')
  const early = await desk.act(id, '2026-06-25', 'receipt', { on: '2026-06-09' })
  expect([early.status, await early.text()]).toEqual([422, expect.stringContaining('签收不能早于交邮之日')])
  await desk.done(id, '2026-06-25', 'receipt', { on: '2026-06-12' })
  expect(await toDos()).toEqual([])
  expect((await desk.act(id, '2026-06-25', 'receipt')).status).toBe(409)
  const direct = await desk.register('2026-06-01', 'direct')
  await desk.done(direct, '2026-06-10', 'answer', { letter: 'paper' })
  expect((await desk.act(direct, '2026-06-25', 'receipt')).status).toBe(409)
})

test('a review suspended: the organ’s term stands still until it is resumed, ours runs on; each day accounted for', async () => {
  const id = await desk.register('2026-03-02', 'review', { acceptedOn: '2026-03-02' })
  await desk.done(id, '2026-03-04', 'answer', { letter: 'paper' })
  expect(dueIn(await desk.pageOf(id))).toBe('2026-05-06') // 六十日，05-01 至 05-05 放假
  await desk.done(id, '2026-03-20', 'suspend', { reason: '等另案的审理结果' })
  const standing = await desk.pageOf(id)
  for (const words of ['已答复，审理中（中止）', '复议中止之中，恢复后接着算', '等另案的审理结果', '收到恢复审理的通知']) expect(standing).toContain(words)
  expect(standing).not.toContain('尚无所涉年份的节假日安排')
  expect((await desk.act(id, '2026-03-21', 'suspend', { reason: '再一次' })).status).toBe(409)
  const early = await desk.act(id, '2026-03-30', 'resume', { on: '2026-03-19' })
  expect(early.status).toBe(422)
  await desk.done(id, '2026-03-30', 'resume')
  const page = await desk.pageOf(id)
  expect(dueIn(page)).toBe('2026-05-11') // 多十日：05-11
  for (const words of ['title="2026-03-30 复议中止，不计"', 'title="2026-03-31 第 19 日"', '2026-03-20 起中止，2026-03-30 恢复，其间不计']) expect(page).toContain(words)
})

test('a ledger line of a case registered at the desk is that case, not a second one', async () => {
  const id = await desk.register('2026-04-07', 'review', { caseNo: '示复〔2026〕90号' })
  const values = { type: '行政复议', caseNo: '示复〔2026〕90号', organ: '示例区人民政府', receivedOn: '2026-04-07', result: '维持', endedOn: '2026-05-06' }
  setToday('2026-05-07')
  const context = { bodyId, actor: 'import:test', at: deps.clock.now(), today: '2026-05-07' }
  const row = reviewLedger.parseRow(values, context)
  if (!row.ok) throw new Error('读不出')
  await transaction(db, (tx) => reviewLedger.importRows(tx, context, [{ key: row.key, value: row.value, line: 2 }]))
  const rows = await db.selectFrom('review_case').select(['review_id', 'result', 'ledger_key', 'handler']).where('body_id', '=', bodyId).where('case_no', '=', '示复〔2026〕90号').execute()
  expect(rows).toEqual([{ review_id: id, result: 'upheld', ledger_key: row.key, handler: desk.accountOf('officer').accountId }])
})

test('timelines, rows and issued letters agree', async () => {
  const problems: string[] = []
  for (const { verify } of reviewVerifiers) for await (const { message } of verify(deps)) problems.push(message)
  expect(problems).toEqual([])
})
