import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { setSetting } from '../bodies/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { testDb } from '../platform/testing.ts'
import { verifyAll } from '../platform/verify.ts'
import { addCalendarDays } from '../statute/plain-date.ts'
import { isOpen } from './application.ts'
import type { Application } from './application.ts'
import { countForReport, sumFees } from './count-for-report.ts'
import { importApplications } from './ledger/import-applications.ts'
import { listCoHandling } from './list-co-handling.ts'
import { findApplicationRow } from './queries.ts'
import { recomputeDue } from './recompute-due.ts'
import { cellsOfRecord, toReportFacts } from './report-facts.ts'
import { aCitizen, fillDraft, submitDraft } from './citizen/testing-citizen.ts'
import { aDesk } from './testing-desk.ts'
import { aParsedApplication, anApplication } from './testing.ts'
import { applicationVerifiers } from './verify-applications.ts'

const { db, deps, setToday } = testDb()
const behindProxy = { ...deps, config: { ...deps.config, trustProxy: true } }
const app = createApp(behindProxy, appParts(behindProxy))
let desk: Awaited<ReturnType<typeof aDesk>>
let bodyId = ''

beforeAll(async () => {
  setToday('2025-01-02')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  desk = await aDesk(app, deps, setToday, { bodyId, name: 'core' })
})

const rowOf = (caseId: string) => findApplicationRow(db, bodyId, caseId)
const total = async (year: number, asOf: string, row: string): Promise<number> => (await countForReport(db, bodyId, year, asOf))[`${row}.N`] ?? 0

test('withdrawn before its receipt is confirmed, online or at the desk: never received, in no cell, listed apart', async () => {
  setToday('2025-01-06')
  const before = await countForReport(db, bodyId, 2025, '2025-12-31')
  const citizen = aCitizen(app)
  await fillDraft(citizen, '/apply/sljd')
  const receipt = await submitDraft(citizen, '/apply/sljd')
  await citizen.post('/applications/track', receipt)
  expect(await (await citizen.get('/applications/track/case')).text()).toContain('/applications/track/withdraw')
  expect((await citizen.post('/applications/track/withdraw')).headers.get('location')).toBe('/applications/track/case?done=withdrawn')
  const tracked = await (await citizen.get('/applications/track/case')).text()
  expect([tracked.includes('您撤回了申请'), tracked.includes('不用做什么，等机关办理')]).toEqual([true, false])

  const letter = await desk.register('2025-01-06', { channel: 'POST_PLAIN' })
  expect(await desk.refusalOf(letter, '2025-01-07', 'withdraw', { on: '2025-01-03' })).toContain('日期有误')
  await desk.done(letter, '2025-01-07', 'withdraw')
  expect(await desk.stateOf(letter)).toMatchObject({ status: 'withdrawn', receivedOn: null, decision: null })
  expect(await rowOf(letter)).toMatchObject({ status: 'withdrawn', dueOn: null, outcome: null })
  const html = await desk.pageOf(letter)
  expect(html).toContain('从未收到，不计入')
  expect(html).not.toContain(`${letter}/correct`)
  await desk.done(letter, '2025-01-08', 'archive')
  expect(await desk.pageOf(letter)).toContain('从未收到，不计入')

  expect(await countForReport(db, bodyId, 2025, '2025-12-31')).toEqual(before)
  const apart = await (await desk.get('/desk/applications/uncounted')).text()
  expect([apart.includes(letter), apart.includes(receipt.regNo)]).toEqual([true, true])
  expect(await (await desk.get('/desk/applications/closed')).text()).not.toContain(letter)
})

test('withdrawn after receipt counts as before', async () => {
  const id = await desk.register('2025-01-06')
  await desk.done(id, '2025-01-07', 'withdraw')
  expect((await desk.stateOf(id)).decision).toMatchObject({ row: 'R3.6.3', decidedOn: '2025-01-07' })
})

const voidIt = { why: 'TWICE', reason: '与前一件是同一封信，留用前一个登记号' }

test('a record made by mistake is voided by the head, stays with its reason, counts nowhere, and refuses all else', async () => {
  const id = await desk.register('2023-02-06', { content: '误登记的一件' })
  expect(await total(2023, '2023-12-31', 'R1')).toBe(1)
  expect((await desk.act(id, '2023-02-07', 'void', voidIt, 'officer')).status).toBe(403)
  expect(await desk.refusalOf(id, '2023-02-07', 'void', { why: 'TWICE' }, 'head')).toContain('请填写说明')
  await desk.done(id, '2023-02-07', 'void', voidIt, 'head')
  expect(await rowOf(id)).toMatchObject({ status: 'voided', dueOn: null })
  expect([await total(2023, '2023-12-31', 'R1'), await total(2023, '2023-12-31', 'R4')]).toEqual([0, 0])
  const html = await desk.pageOf(id, 'head')
  expect(html).toContain('本件已于 2023-02-07 作废：同一件申请登记了两次')
  expect(html).toContain(voidIt.reason)
  expect(html).not.toMatch(new RegExp(`/desk/applications/${id}/(examine|propose|withdraw|correct|void|archive)"`))
  for (const [step, as] of [['examine', 'officer'], ['withdraw', 'officer'], ['void', 'head'], ['correct', 'officer']] as const)
    expect((await desk.act(id, '2023-02-08', step, { ...voidIt }, as)).status).toBe(409)
  expect(await (await desk.get('/desk/applications/uncounted?status=voided')).text()).toContain(id)
  expect(await (await desk.get('/desk/applications')).text()).not.toContain(id)
  expect((await (await desk.get('/desk/applications.csv?view=uncounted')).text()).includes('已作废')).toBe(true)
  const again = await desk.register('2023-02-08', { content: '误登记的一件' })
  expect((await desk.stateOf(again)).status).toBe('registered')
  expect((await db.selectFrom('audit_event').select('target').where('action', '=', 'application.voided').execute()).map(({ target }) => target)).toEqual([id])
})

test('what was decided here and sent is no mistake; what a ledger brought in twice is', async () => {
  const sent = await desk.register('2023-03-06')
  await desk.decide(sent, '2023-03-07')
  await desk.done(sent, '2023-03-08', 'dispatch', { method: 'DIRECT' })
  expect(await desk.refusalOf(sent, '2023-03-08', 'void', voidIt, 'head')).toContain('决定已经发出的不能作废')
  const ledger = { regNo: '2023-台账-9', receivedOn: '2023-03-01', decidedOn: '2023-03-06', outcome: 'GRANTED', docNo: '示公开答〔2023〕99号', deliveryMethod: 'POST', servedOn: '2023-03-09', feeAmount: 100_00 } as const
  setToday('2023-03-10')
  const twice = await anApplication(deps, bodyId, ledger)
  const counted = await total(2023, '2023-12-31', 'R3.1')
  expect((await sumFees(db, bodyId, 2023, '2023-12-31')).cases).toBe(1)
  await desk.done(twice, '2023-03-10', 'void', voidIt, 'head')
  expect(await total(2023, '2023-12-31', 'R3.1')).toBe(counted - 1)
  expect((await sumFees(db, bodyId, 2023, '2023-12-31')).cases).toBe(0)
  expect(await (await desk.get('/desk/applications/closed?from=2023-03-01&to=2023-03-31')).text()).not.toContain(twice)
  const context = { bodyId, at: deps.clock.now(), today: '2023-03-11', actor: 'import:test' }
  const counts = await db.transaction().execute((tx) => importApplications(tx, context, [{ key: ledger.regNo, line: 2, value: aParsedApplication({ ...ledger, outcome: 'PARTIAL' }) }]))
  expect([counts.created, counts.changed, (await desk.stateOf(twice)).status]).toEqual([0, 0, 'voided'])
})

test('co-handling: several at once, each with its own days; the clock of the reply goes on; late ones are shown; recomputed, listed', async () => {
  const id = await desk.register('2025-03-03')
  const due = (await rowOf(id))?.dueOn
  await desk.done(id, '2025-03-04', 'ask-co-handling', { unit: '城市管理科', matter: '检索合同', days: '5', account: desk.accountOf('handler').accountId })
  await desk.done(id, '2025-03-04', 'ask-co-handling', { unit: '区财政局', matter: '是否财政资金', days: '3' })
  for (const [fields, words] of [[{ unit: '某科', matter: '某事', days: '0' }, '协办的期限须为一至六十个工作日'], [{ unit: '', matter: '某事', days: '3' }, '请填写请谁协办']] as const)
    expect(await desk.refusalOf(id, '2025-03-04', 'ask-co-handling', fields)).toContain(words)
  expect((await rowOf(id))?.dueOn).toBe(due)
  const listed = await listCoHandling(db, bodyId, 10)
  expect(listed.map(({ unit, dueOn }) => [unit, dueOn])).toEqual([['区财政局', '2025-03-07'], ['城市管理科', '2025-03-11']])
  expect(listed[1]).toMatchObject({ caseId: id, account: desk.accountOf('handler').accountId, askedOn: '2025-03-04' })
  expect((await listCoHandling(db, bodyId, 1)).map(({ unit }) => unit)).toEqual(['区财政局'])
  setToday('2025-03-10')
  const html = await desk.pageOf(id)
  expect(html).toContain('逾期未回')
  expect(html).toContain('2025-03-11（5 个工作日）')
  expect(html).toContain('handler（演示）')
  const home = await (await desk.get('/desk')).text()
  expect(home).toContain('协办：区财政局、城市管理科')
  expect(home).toContain(`/desk/applications/${id}#co-handling`)
  const { coHandlings } = await desk.stateOf(id)
  const [unit, finance] = coHandlings.map((c) => c.id)
  await desk.done(id, '2025-03-10', 'return-co-handling', { id: finance!, result: '是财政资金，可以公开' })
  expect(await desk.refusalOf(id, '2025-03-10', 'return-co-handling', { id: finance!, result: '再回一次' })).toContain('请从所列的选项中选择')
  expect(await desk.pageOf(id)).toContain('2025-03-10 已回，逾期')
  expect(await desk.refusalOf(id, '2025-03-10', 'return-co-handling', { on: '2025-03-03', id: unit!, result: '早于请协办' })).toContain('日期有误')
  await db.updateTable('application').set({ co_handling_due: '2025-03-31' }).where('case_id', '=', id).execute()
  await db.transaction().execute((tx) => recomputeDue(tx, bodyId, '2025-03-10', deps.clock.now()))
  expect((await listCoHandling(db, bodyId, 10)).map(({ dueOn }) => dueOn)).toEqual(['2025-03-11'])
  expect(await db.selectFrom('application').select('co_handling_due').where('case_id', '=', id).executeTakeFirst()).toEqual({ co_handling_due: '2025-03-11' })
  await desk.decide(id, '2025-03-11')
  expect(await listCoHandling(db, bodyId, 10)).toEqual([])
  expect(await desk.pageOf(id)).toContain('没有回')
})

/** 同一人先后提的几件。 */
const SAME = { name: '周同一', idNo: '420106197501014567' }
const askTwice = async (first: string, second: string) => [await desk.register(first, { ...SAME, content: '某路改造的招标文件' }), await desk.register(second, { ...SAME, content: '某路改造招标文件' })] as const

test('merged: the same applicant’s later case joins the earlier; one decision, one number, one delivery; each counted once', async () => {
  const [lead, later] = await askTwice('2025-04-07', '2025-04-10')
  const stranger = await desk.register('2025-04-08')
  const form = await (await desk.get(`/desk/applications/${later}/merge`)).text()
  expect([form.includes((await desk.stateOf(lead)).regNo), form.includes((await desk.stateOf(stranger)).regNo)]).toEqual([true, false])
  expect(await desk.pageOf(stranger)).not.toContain(`${stranger}/merge`)
  expect(await (await desk.get(`/desk/applications/${stranger}/merge`)).text()).toContain('没有同一申请人先提出、尚未答复的其他申请')
  expect(await desk.refusalOf(later, '2025-04-11', 'merge', { into: stranger })).toContain('请从所列的选项中选择')
  await desk.done(later, '2025-04-11', 'merge', { into: lead })
  expect((await rowOf(later))?.dueOn).toBe('2025-05-12')
  expect(await desk.pageOf(lead)).toContain('并入本件的')
  expect(await desk.pageOf(later)).toContain('与前一件一并答复')
  // 并入的不另行拟定，自己不能再被并入
  expect((await desk.act(later, '2025-04-11', 'propose', { outcome: 'GRANTED', 'evidence.provided': '甲' })).status).toBe(409)
  const third = await desk.register('2025-04-14', { ...SAME, content: '另一份' })
  expect(await (await desk.get(`/desk/applications/${third}/merge`)).text()).not.toContain((await desk.stateOf(later)).regNo)
  await desk.done(later, '2025-04-14', 'extend', { days: '5' }, 'head')
  await desk.decide(lead, '2025-04-15')
  const [a, b] = [await desk.stateOf(lead), await desk.stateOf(later)]
  expect([b.status, b.decision]).toEqual(['approved', a.decision])
  const audited = await db.selectFrom('audit_event').select('target').where('action', '=', 'application.decided').where('target', 'in', [lead, later]).execute()
  expect(audited.map(({ target }) => target).toSorted()).toEqual([lead, later].toSorted())
  await desk.done(lead, '2025-04-16', 'dispatch', { method: 'POST', carrier: 'EMS 123' })
  await desk.done(lead, '2025-04-18', 'serve')
  expect(await desk.stateOf(later)).toMatchObject({ status: 'served', delivery: { method: 'POST', dispatchedOn: '2025-04-16', servedOn: '2025-04-18' } })
  expect(await desk.pageOf(later)).toContain('按期答复')
  for (const id of [lead, later]) expect(await desk.pageOf(id)).toContain('2025 年：')
  await desk.done(later, '2025-04-21', 'archive')
  expect((await desk.stateOf(lead)).status).toBe('served')
  // 结果记错了：一处更正，两件都改
  await desk.done(lead, '2025-04-22', 'correct-outcome', { outcome: 'GRANTED_ALREADY_PUBLIC', 'evidence.where': '区门户', decidedOn: '2025-04-15', method: 'POST', dispatchedOn: '2025-04-16', carrier: 'EMS 123', servedOn: '2025-04-18', reason: '答复书写的是告知途径' }, 'head')
  expect((await desk.stateOf(later)).decision).toMatchObject({ outcome: 'GRANTED_ALREADY_PUBLIC', evidence: { where: '区门户' } })
})

test('merged cases go their own way again: asked for, or when the earlier is withdrawn, split or voided', async () => {
  const ways: [string, Record<string, string>, 'officer' | 'head'][] = [
    ['withdraw', {}, 'officer'],
    ['split', { contents: '甲\n乙' }, 'officer'],
    ['void', voidIt, 'head'],
  ]
  for (const [i, [step, fields, as]] of ways.entries()) {
    const who = { name: `钱${i}`, idNo: `42010619760101${2000 + i}` }
    const [lead, later] = [await desk.register('2025-05-06', who), await desk.register('2025-05-07', who)]
    await desk.done(later, '2025-05-08', 'merge', { into: lead })
    await desk.done(lead, '2025-05-09', step, fields, as)
    expect([step, (await desk.stateOf(later)).status, (await desk.stateOf(later)).mergedInto]).toEqual([step, 'examining', null])
    await desk.decide(later, '2025-05-12')
  }
  const [lead, later] = [await desk.register('2025-05-06', { name: '钱九', idNo: '420106197601019999' }), await desk.register('2025-05-07', { name: '钱九', idNo: '420106197601019999' })]
  await desk.done(later, '2025-05-08', 'merge', { into: lead })
  await desk.done(later, '2025-05-09', 'unmerge', { reason: '前一件须征求意见，本件不能等' })
  await desk.done(later, '2025-05-09', 'merge', { into: lead })
  await desk.done(lead, '2025-05-09', 'ask-supplement', { items: '写明名称', days: '1' })
  await desk.done(lead, '2025-05-13', 'close', {}, 'head')
  expect((await desk.stateOf(later)).status).toBe('examining')
  await desk.done(later, '2025-05-14', 'withdraw')
})

test('a case merged while the earlier is being decided is told so; no merged case is left behind a decision', async () => {
  const who = { name: '孙八', idNo: '420106197701018888' }
  const [lead, later] = [await desk.register('2025-05-20', who), await desk.register('2025-05-21', who)]
  await desk.done(lead, '2025-05-21', 'propose', { outcome: 'GRANTED', 'evidence.provided': '甲' })
  expect(await (await desk.get(`/desk/applications/${later}/merge`)).text()).toContain('没有同一申请人先提出')
  await desk.done(lead, '2025-05-21', 'return-proposal', { reason: '先并案' }, 'head')
  await desk.done(later, '2025-05-21', 'merge', { into: lead })
  await desk.done(lead, '2025-05-22', 'propose', { outcome: 'GRANTED', 'evidence.provided': '甲' })
  // 并入的同时被撤回与前案的批准：两件都有着落
  await Promise.all([desk.act(lead, '2025-05-22', 'approve', {}, 'head'), desk.act(later, '2025-05-22', 'withdraw')])
  const states = [await desk.stateOf(lead), await desk.stateOf(later)]
  if (states[0]?.decision === null) await desk.done(lead, '2025-05-22', 'approve', {}, 'head')
  expect((await desk.stateOf(lead)).decision?.outcome).toBe('GRANTED')
  expect((await desk.stateOf(later)).decision).not.toBeNull()
})

const fixed = (more: Record<string, string>) => ({ outcome: 'GRANTED', decidedOn: '2025-06-05', method: 'POST', dispatchedOn: '2025-06-06', carrier: 'EMS 1', servedOn: '2025-06-10', reason: '抄错了', ...more })

test('outcome and delivery are corrected by the head, before and after the archive; row, remedy, timeliness and cells follow', async () => {
  const id = await desk.register('2025-06-03')
  await desk.decide(id, '2025-06-05')
  await desk.done(id, '2025-06-06', 'dispatch', { method: 'POST', carrier: 'EMS 1' })
  await desk.done(id, '2025-06-10', 'serve')
  const docNo = (await desk.stateOf(id)).decision?.docNo
  expect((await desk.act(id, '2025-06-11', 'correct-outcome', fixed({}), 'officer')).status).toBe(403)
  expect(await desk.refusalOf(id, '2025-06-11', 'correct-outcome', fixed({}), 'head')).toContain('没有改动')
  expect(await desk.refusalOf(id, '2025-06-11', 'correct-outcome', fixed({ outcome: 'DENY_LAW' }), 'head')).toContain('请填写禁止公开的法律、行政法规名称')
  expect(await desk.refusalOf(id, '2025-06-11', 'correct-outcome', fixed({ servedOn: '2025-06-04' }), 'head')).toContain('先后颠倒')
  await desk.done(id, '2025-06-11', 'correct-outcome', fixed({ outcome: 'DENY_LAW', 'evidence.forbiddenBy': '某法第十条' }), 'head')
  expect((await desk.stateOf(id)).decision).toMatchObject({ outcome: 'DENY_LAW', row: 'R3.3.2', remedy: 'PRE_REVIEW', docNo, evidence: { forbiddenBy: '某法第十条' } })
  expect(await total(2025, '2025-06-11', 'R3.3.2')).toBe(1)
  await desk.done(id, '2025-06-12', 'archive')
  await desk.done(id, '2025-06-13', 'correct-outcome', fixed({ outcome: 'DENY_LAW', dispatchedOn: '2025-06-09', servedOn: '' }), 'head')
  const state = await desk.stateOf(id)
  expect([state.status, state.delivery, state.decision?.evidence]).toEqual(['archived', { method: 'POST', carrier: 'EMS 1', dispatchedOn: '2025-06-09', servedOn: null }, { forbiddenBy: '某法第十条' }])
  const html = await desk.pageOf(id, 'head')
  expect(html).toContain('送达：抄错了')
  expect(html).toContain('处理结果由「予以公开」改为「不予公开（其他法律、行政法规禁止公开）」')
  expect(await (await desk.get(`/desk/applications/${id}/correct-outcome`, 'head')).text()).toMatch(/value="DENY_LAW"[^>]*checked|checked[^>]*value="DENY_LAW"/)
  expect(html).not.toContain('已发出的答复文书与现在的记录不一致')
  const never = await desk.register('2025-06-03')
  await desk.decide(never, '2025-06-05')
  await desk.done(never, '2025-06-06', 'dispatch', { method: 'DIRECT' })
  await desk.done(never, '2025-06-11', 'correct-outcome', fixed({ method: 'NONE', dispatchedOn: '2025-06-06', carrier: '', servedOn: '' }), 'head')
  expect(await desk.stateOf(never)).toMatchObject({ status: 'approved', delivery: null })
})

test('the corrected remedy follows the setting of the body, not the default', async () => {
  const seed = { kind: 'system', name: 'test' } as const
  await setSetting(deps, seed, { bodyId, key: 'adminQueryRemedy', value: 'PRE_REVIEW' })
  const id = await desk.register('2025-06-03')
  await desk.decide(id, '2025-06-05')
  await desk.done(id, '2025-06-11', 'correct-outcome', { outcome: 'ADMIN_QUERY', decidedOn: '2025-06-05', 'evidence.specialRule': '不动产登记暂行条例', 'evidence.channel': '登记窗口', reason: '归错了类' }, 'head')
  expect((await desk.stateOf(id)).decision).toMatchObject({ row: 'R3.3.8', remedy: 'PRE_REVIEW' })
  await setSetting(deps, seed, { bodyId, key: 'adminQueryRemedy', value: 'EITHER' })
})

test('not held: the bodies of the district are offered with their telephone, and the letter tells the applicant', async () => {
  const other = await aBody(deps, { code: 'czj', name: '示例财政局' })
  await setSetting(deps, { kind: 'system', name: 'test' }, { bodyId: other.bodyId, key: 'letterPhone', value: '027-88881111' })
  const id = await desk.register('2025-07-01')
  const form = await (await desk.get(`/desk/applications/${id}/propose?outcome=UNABLE_NOT_HELD`)).text()
  expect(form).toContain('示例财政局，联系电话 027-88881111')
  expect(form).not.toContain('示例街道办事处，联系电话')
  await desk.done(id, '2025-07-02', 'propose', { outcome: 'UNABLE_NOT_HELD', 'evidence.notHeld': 'NOT_RESPONSIBLE', 'evidence.notResponsible': '由财政部门制作', responsible: 'czj', 'evidence.responsibleBody': '国库科' })
  expect((await desk.stateOf(id)).proposal?.evidence['responsibleBody']).toBe('示例财政局，联系电话 027-88881111；国库科')
  await desk.done(id, '2025-07-02', 'approve', {}, 'head')
  const letter = await (await desk.get(`/desk/applications/${id}/letters`)).text()
  expect(letter).toContain('政府信息不属于本机关负责公开告知书')
})

test('a split case shows its parts, and how far each has come, to the applicant who holds the code of the whole', async () => {
  setToday('2025-07-07')
  const citizen = aCitizen(app)
  await fillDraft(citizen, '/apply/sljd')
  const receipt = await submitDraft(citizen, '/apply/sljd')
  const { case_id: caseId } = await db.selectFrom('application').select('case_id').where('reg_no', '=', receipt.regNo).executeTakeFirstOrThrow()
  await desk.done(caseId, '2025-07-07', 'confirm-receipt', { proof: '电话确认' })
  await desk.done(caseId, '2025-07-07', 'split', { contents: '甲文件\n乙文件' })
  const [part] = (await desk.stateOf(caseId)).splitInto
  await desk.done(part!, '2025-07-08', 'ask-supplement', { items: '写明文号' })
  await citizen.post('/applications/track', receipt)
  const html = await (await citizen.get('/applications/track/case')).text()
  for (const words of [`${receipt.regNo}-1`, `${receipt.regNo}-2`, '请您补正', '即将审查']) expect(html).toContain(words)
})

test('asked for reasons, deferred; a term postponed; endorsed and returned', async () => {
  const id = await desk.register('2025-08-04')
  await desk.done(id, '2025-08-05', 'ask-reason', { by: '2025-08-12' })
  await desk.done(id, '2025-08-07', 'give-reason', { reasonable: 'yes' })
  expect(await desk.refusalOf(id, '2025-08-08', 'defer', { until: '2025-08-20' })).toContain('延迟答复之日须晚于现在的到期日')
  await desk.done(id, '2025-08-08', 'defer', { until: '2025-10-31' })
  expect((await rowOf(id))?.dueOn).toBe('2025-10-31')
  const late = await desk.register('2025-08-04')
  await desk.done(late, '2025-08-05', 'ask-supplement', { items: '写明文号', days: '5' })
  await desk.done(late, '2025-08-12', 'postpone-supplement', { by: '2025-08-29', reason: '申请人住院' })
  await desk.done(late, '2025-08-20', 'receive-supplement', { excused: 'no' })
})

const STEPS = ['merge', 'unmerge', 'withdraw', 'void', 'split', 'propose', 'return-proposal', 'approve', 'dispatch', 'serve', 'archive', 'correct-outcome', 'ask-supplement', 'close'] as const
const GIVEN: Partial<Record<(typeof STEPS)[number], Record<string, string>>> = {
  unmerge: { reason: '另办' },
  void: voidIt,
  split: { contents: '甲\n乙' },
  propose: { outcome: 'GRANTED', 'evidence.provided': '复制件' },
  'return-proposal': { reason: '重写' },
  dispatch: { method: 'DIRECT' },
  'correct-outcome': { outcome: 'DENY_LAW', 'evidence.forbiddenBy': '某法第十条', method: 'DIRECT', reason: '归错了类' },
  'ask-supplement': { items: '写明名称', days: '1' },
}
const OFFICER: readonly string[] = ['merge', 'unmerge', 'withdraw', 'split', 'propose', 'dispatch', 'serve', 'archive', 'ask-supplement']

test('three cases of one applicant, merged and parted at random: none is left without an answer, each counts once', async () => {
  let people = 0
  const step = fc.record({ which: fc.nat(2), into: fc.nat(2), name: fc.constantFrom(...STEPS, 'merge', 'merge', 'propose', 'approve') })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      people += 1
      const who = { name: `吴${people}`, idNo: `42010619780101${3000 + people}` }
      const cases = [await desk.register('2022-03-07', who), await desk.register('2022-03-07', who), await desk.register('2022-03-08', who)]
      let day = '2022-03-08'
      for (const { which, into, name } of steps) {
        day = addCalendarDays(day, 2)
        const caseId = cases[which]!
        const response = await desk.act(caseId, day, name, { into: cases[into]!, decidedOn: day, dispatchedOn: day, servedOn: '', ...GIVEN[name] }, OFFICER.includes(name) ? 'officer' : 'head')
        expect([303, 409, 422]).toContain(response.status)
        for (const id of cases) await soundMerge(id)
      }
      for (const id of cases) await wayOut(id, addCalendarDays(day, 10))
      for (const id of cases) {
        const state = await desk.stateOf(id)
        const cells = cellsOf(state, '2022-12-31')
        expect(cells.length).toBe(state.status === 'split' || state.status === 'voided' ? 0 : 2)
      }
    }),
    { numRuns: 12 },
  )
}, 120_000)

/** 并着的，前案一定还在办；前案答复了的，并入的也答复了。 */
async function soundMerge(caseId: string): Promise<void> {
  const state = await desk.stateOf(caseId)
  if (state.status !== 'merged') return
  const lead = state.mergedInto === null ? null : await desk.stateOf(state.mergedInto)
  expect(lead !== null && isOpen(lead) && lead.status !== 'merged').toBe(true)
}

async function wayOut(caseId: string, day: string): Promise<void> {
  for (let turn = 0; turn < 8; turn++) {
    const state = await desk.stateOf(caseId)
    if (!isOpen(state)) return
    if (state.status === 'merged' && state.mergedInto !== null) await wayOut(state.mergedInto, day)
    else if (state.status === 'correction-requested') await desk.done(caseId, day, 'receive-supplement', { excused: 'yes' })
    else if (state.status === 'deciding') await desk.done(caseId, day, 'approve', {}, 'head')
    else await desk.done(caseId, day, 'propose', GIVEN.propose)
  }
  throw new Error(`${caseId} 走不到头`)
}

const cellsOf = (state: Application, asOf: string): string[] => {
  const facts = toReportFacts(state)
  return facts === null ? [] : cellsOfRecord(facts, 2022, asOf).filter((cell) => !cell.endsWith('.T') && !cell.startsWith('R3.7'))
}

test('a merge and the approval of the earlier at one instant: either both are answered, or the later is told', async () => {
  for (let n = 0; n < 3; n++) {
    const who = { name: `郑${n}`, idNo: `42010619790101${4000 + n}` }
    const [lead, later] = [await desk.register('2022-05-09', who), await desk.register('2022-05-09', who)]
    await desk.done(lead, '2022-05-09', 'examine')
    const both = await Promise.all([desk.act(later, '2022-05-10', 'merge', { into: lead }), desk.act(lead, '2022-05-10', 'propose', GIVEN.propose)])
    expect(both.every(({ status }) => [303, 409, 422].includes(status))).toBe(true)
    await soundMerge(later)
    if ((await desk.stateOf(lead)).status !== 'deciding') await desk.done(lead, '2022-05-10', 'propose', GIVEN.propose)
    await Promise.all([desk.act(lead, '2022-05-10', 'approve', {}, 'head'), desk.act(later, '2022-05-10', 'merge', { into: lead })])
    await soundMerge(later)
    expect((await desk.stateOf(lead)).decision).not.toBeNull()
  }
})

test('what the tables hold is what the timelines tell', async () => {
  expect((await verifyAll(deps, applicationVerifiers)).flatMap(({ problems }) => problems)).toEqual([])
})
