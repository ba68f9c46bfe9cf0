import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { setSetting } from '../../bodies/index.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { closePdf } from '../../documents/index.ts'
import { newId } from '../../platform/id.ts'
import { testDb } from '../../platform/testing.ts'
import { verifyAll } from '../../platform/verify.ts'
import { BUILT_IN_CALENDAR as calendar } from '../../statute/calendar.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import { countForReport } from '../count-for-report.ts'
import { aDesk } from '../testing-desk.ts'
import type { Post } from '../testing-desk.ts'
import { applicationVerifiers } from '../verify-applications.ts'
import { correctionDueOn, overdueReceivedOn } from './record-correction.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const seed = { kind: 'system', name: 'test' } as const
const HOME = '/desk/record-corrections'
const NAME = '欧阳记录'
let desk: Awaited<ReturnType<typeof aDesk>>
let bodyId = ''

beforeAll(async () => {
  setToday('2025-03-03')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办' })).bodyId
  for (const [key, value] of [['court', '武汉市武昌区人民法院'], ['letterPhone', '027-88880000']] as const) await setSetting(deps, seed, { bodyId, key, value })
  desk = await aDesk(app, deps, setToday, { bodyId, name: 'fix' })
})
afterAll(() => closePdf())

const FORM = { kind: 'N', channel: 'IN_PERSON', name: NAME, idNo: '420106199001015555', contact: '13900002222', record: '网格化服务登记表所载的家庭人口数', claim: '户口簿记载为三人' }

async function register(day: string, more: Record<string, string> = {}): Promise<string> {
  setToday(day)
  const correctionId = newId()
  const response = await desk.post(`${HOME}/new`, { ...FORM, correctionId, receivedOn: day, ...more })
  expect([response.status, response.headers.get('location')]).toEqual([303, `${HOME}/${correctionId}`])
  return correctionId
}
const pageOf = async (id: string, as: Post = 'officer') => (await desk.get(`${HOME}/${id}`, as)).text()
const rowOf = (id: string) => db.selectFrom('record_correction').selectAll().where('correction_id', '=', id).executeTakeFirstOrThrow()

async function act(id: string, day: string, step: string, fields: Record<string, string> = {}, as: Post = 'officer'): Promise<Response> {
  setToday(day)
  const { version } = await rowOf(id)
  return desk.post(`${HOME}/${id}/${step}`, { version: String(version), on: day, ...fields }, as)
}
async function done(id: string, day: string, step: string, fields: Record<string, string> = {}, as: Post = 'officer'): Promise<void> {
  const response = await act(id, day, step, fields, as)
  if (response.status !== 303) throw new Error(`${step}：${response.status} ${/class="(?:notice|error)[\s\S]{0,300}/.exec(await response.text())?.[0] ?? ''}`)
}
async function refused(id: string, day: string, step: string, fields: Record<string, string>, as: Post = 'officer'): Promise<string> {
  const response = await act(id, day, step, fields, as)
  expect([409, 422]).toContain(response.status)
  return response.text()
}

const FIX = { result: 'CORRECTED', verified: '登记表所载与户籍记载不一致，系录入时误记。', corrected: '家庭人口数为3人' }

test('registered, verified, approved by another, told; the letter L28 is numbered and frozen; nothing enters table 3', async () => {
  const before = await countForReport(db, bodyId, 2025, '2025-12-31')
  const id = await register('2025-03-03')
  const html = await pageOf(id)
  for (const words of ['示街办公开更〔2025〕1号', '2025-03-31', '内部期限（本区设定）', FORM.record, '欧***']) expect(html).toContain(words)
  for (const secret of [NAME, FORM.idNo, FORM.contact]) expect(html).not.toContain(secret)
  const stored = JSON.stringify([await rowOf(id), await db.selectFrom('applicant').selectAll().execute(), await db.selectFrom('audit_event').selectAll().execute()])
  for (const secret of [NAME, FORM.record, FORM.claim, FORM.idNo, FORM.contact]) expect(stored).not.toContain(secret)
  expect(await refused(id, '2025-03-05', 'verify', { result: 'CORRECTED', verified: '属实', corrected: '' })).toContain('请填写更正后的内容')
  await done(id, '2025-03-05', 'verify', FIX)
  const draft = await pageOf(id, 'head')
  for (const words of ['政府信息更正告知书', '系录入时误记。依据', '本机关决定予以更正，更正后的内容为：家庭人口数为3人', '第四十一条', '欧***']) expect(draft).toContain(words)
  expect((await act(id, '2025-03-06', 'decide', {}, 'officer')).status).toBe(403)
  expect(await refused(id, '2025-03-06', 'decide', { on: '2025-03-04' }, 'head')).toContain('日期有误')
  await done(id, '2025-03-06', 'decide', {}, 'head')
  const row = await rowOf(id)
  expect([row.status, row.doc_no, row.decided_on, row.result]).toEqual(['decided', '示街办公开告〔2025〕1号', '2025-03-06', 'CORRECTED'])
  expect(await pageOf(id)).toContain('示街办公开告〔2025〕1号')
  await setSetting(deps, seed, { bodyId, key: 'letterPhone', value: '027-99999999' })
  expect(await pageOf(id)).toContain('027-88880000')
  await setSetting(deps, seed, { bodyId, key: 'letterPhone', value: '027-88880000' })
  expect((await desk.post(`${HOME}/${id}/files`, { format: 'docx', reason: '' })).status).toBe(422)
  const file = await desk.post(`${HOME}/${id}/files`, { format: 'docx', reason: '盖章后邮寄' })
  expect([file.status, (await file.arrayBuffer()).byteLength > 1000]).toEqual([200, true])
  await done(id, '2025-03-10', 'tell')
  expect((await act(id, '2025-03-11', 'withdraw')).status).toBe(409)
  expect(await countForReport(db, bodyId, 2025, '2025-12-31')).toEqual(before)
})

test('one who proposes does not approve; sent back with a reason, what was written is kept', async () => {
  const id = await register('2025-03-10')
  await done(id, '2025-03-11', 'verify', FIX, 'head')
  expect(await pageOf(id, 'head')).not.toContain(`${id}/decide`)
  expect(await refused(id, '2025-03-11', 'decide', {}, 'head')).toContain('拟定处理的人不能批准自己拟定的')
  expect(await (await desk.get('/desk', 'leader')).text()).toContain('等您批准处理')
  await done(id, '2025-03-12', 'return', { reason: '请附户籍证明' }, 'leader')
  expect(await pageOf(id)).toContain('退回重核：请附户籍证明')
  expect(await (await desk.get(`${HOME}/${id}/verify?result=CORRECTED`)).text()).toContain(FIX.verified)
  await done(id, '2025-03-12', 'verify', { result: 'REFUSED', verified: '户籍证明与登记一致' })
  await done(id, '2025-03-13', 'decide', {}, 'head')
  expect(await pageOf(id)).toContain('本机关决定不予更正')
})

test.each([
  ['TRANSFERRED', '已将你（单位）的申请转送有权更正的行政机关'],
  ['ADVISED', '请你（单位）向有权更正的行政机关提出'],
])('not ours to correct: %s', async (result, words) => {
  const id = await register('2025-03-17', { kind: 'B', name: '示例商贸有限公司', idNo: '91350100M000100Y43' })
  expect(await refused(id, '2025-03-18', 'verify', { result, verified: '该记录由市场监督管理部门制作' })).toContain('请填写有权更正的机关及其联系方式')
  await done(id, '2025-03-18', 'verify', { result, verified: '该记录由市场监督管理部门制作', competentBody: '示例区市场监督管理局，027-00000000' })
  await done(id, '2025-03-18', 'decide', {}, 'leader')
  expect(await pageOf(id)).toContain(words)
  expect(await pageOf(id)).toContain('示例商贸有限公司')
})

test('the list is filtered, the late ones are found, the applicant withdraws; personal data only with a reason', async () => {
  const id = await register('2025-04-01')
  setToday('2025-05-06')
  const late = await (await desk.get(`${HOME}?overdue=yes`)).text()
  expect([late.includes(id), late.includes('逾期')]).toEqual([true, true])
  expect(await (await desk.get('/desk')).text()).toContain(`${HOME}/${id}`)
  await done(id, '2025-05-06', 'withdraw')
  expect(await (await desk.get(`${HOME}?overdue=yes`)).text()).not.toContain(id)
  expect(await (await desk.get(`${HOME}?status=withdrawn`)).text()).toContain(id)
  expect(await (await desk.get(`${HOME}?q=${encodeURIComponent('示街办公开更〔2025〕1号')}`)).text()).not.toContain(id)
  expect((await desk.get(`${HOME}/${id}/personal-data`, 'leader')).status).toBe(403)
  expect((await desk.post(`${HOME}/${id}/personal-data`, { reason: '' })).status).toBe(422)
  const shown = await (await desk.post(`${HOME}/${id}/personal-data`, { reason: '邮寄告知书' })).text()
  expect([shown.includes(NAME), shown.includes(FORM.contact)]).toEqual([true, true])
  const office = await (await desk.get(HOME, 'office')).text()
  expect(office).not.toContain('欧***')
  const elsewhere = await aBody(deps, { code: 'cgj', name: '示例城管局', codeWord: '城' })
  const other = await aDesk(app, deps, setToday, { bodyId: elsewhere.bodyId, name: 'other' })
  expect((await other.get(`${HOME}/${id}`)).status).toBe(404)
})

test('errors stand beside their fields; the same form twice makes one; two at once: one is told', async () => {
  setToday('2025-05-12')
  const bad = await desk.post(`${HOME}/new`, { ...FORM, correctionId: newId(), receivedOn: '2025-05-13', record: '', name: '' })
  const html = await bad.text()
  expect(bad.status).toBe(422)
  for (const words of ['日期不能晚于今日', '请填写要求更正的记录', '请填写姓名', FORM.claim]) expect(html).toContain(words)
  const correctionId = newId()
  const form = { ...FORM, correctionId, receivedOn: '2025-05-12' }
  await desk.post(`${HOME}/new`, form)
  expect((await desk.post(`${HOME}/new`, form)).status).toBe(303)
  expect((await db.selectFrom('record_correction').select('reg_no').where('correction_id', '=', correctionId).execute()).length).toBe(1)
  await done(correctionId, '2025-05-12', 'verify', FIX)
  const stale = await desk.post(`${HOME}/${correctionId}/decide`, { version: '1', on: '2025-05-12' }, 'head')
  expect([stale.status, (await stale.text()).includes('他人刚才办过')]).toEqual([409, true])
})

test('a day is overdue exactly when its due day has passed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 700 }), fc.integer({ min: 1, max: 60 }), (offset, days) => {
      const today = addCalendarDays('2024-06-01', offset)
      const last = overdueReceivedOn(today, days, calendar)
      if (last === null) return
      expect((correctionDueOn(last, days, calendar) ?? '') < today).toBe(true)
      expect((correctionDueOn(addCalendarDays(last, 1), days, calendar) ?? '') < today).toBe(false)
    }),
    { numRuns: 60 },
  )
})

test('verify reads every letter again, and finds one that was tampered with', async () => {
  expect((await verifyAll(deps, applicationVerifiers)).flatMap(({ problems }) => problems)).toEqual([])
  await db.updateTable('record_correction').set({ letter_hash: '0'.repeat(64) }).where('doc_no', '=', '示街办公开告〔2025〕1号').execute()
  expect((await verifyAll(deps, applicationVerifiers)).flatMap(({ problems }) => problems.map(({ message }) => message))).toEqual(['更正告知书与所记的摘要不符'])
})
