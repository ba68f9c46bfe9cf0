import { afterAll, beforeAll, expect, test } from 'vitest'
import { mergeBodies } from '../../bodies/index.ts'
import { aBody } from '../../bodies/testing.ts'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { closePdf } from '../../documents/index.ts'
import { createAccount, delegate } from '../../identity/testing.ts'
import { aLitigation } from '../../reviews/testing.ts'
import { newId } from '../../platform/id.ts'
import { testDb } from '../../platform/testing.ts'
import { verifyAll } from '../../platform/verify.ts'
import { complaintJobs } from './jobs.ts'
import { countComplaints } from './count-complaints.ts'
import { newFormKey } from './form-key.ts'
import { remindComplaints } from './remind.ts'
import { aVisitor, twoDesks } from './testing-desk.ts'
import { aComplaint, actOnComplaint } from './testing.ts'
import { complaintVerifiers } from './verify-complaints.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const HOME = '/desk/complaints'
const PERSON = { name: '欧阳反映', phone: '13900002222', mail: 'ouyang@example.cn', address: '示例区示例路9号' }
let desks: Awaited<ReturnType<typeof twoDesks>>

beforeAll(async () => {
  setToday('2025-03-03')
  desks = await twoDesks(app, deps, setToday)
})
afterAll(() => closePdf())

const FORM = { basis: 'A47', matter: 'wrong-content', to: 'own', content: '办事指南里的电话是错的，一直打不通。', accused: '', disputed: '', ...PERSON }

async function submit(day: string, fields: Record<string, string> = {}) {
  setToday(day)
  const visitor = aVisitor(app)
  const complaintId = newId()
  const response = await visitor.post('/complain', { complaintId, formKey: newFormKey(), about: desks.street.bodyId, ...FORM, ...fields })
  expect([response.status, response.headers.get('location')]).toEqual([303, '/complain/done'])
  const slip = await (await visitor.get('/complain/done')).text()
  const [, regNo = ''] = /登记号<\/dt><dd>([^<]+)/.exec(slip) ?? []
  const [, code = ''] = /查询码<\/dt><dd>([^<]+)/.exec(slip) ?? []
  return { complaintId, regNo, code, visitor, slip }
}

test('from the page to feedback: everything a case goes through, and the complainant sees each step', async () => {
  const { complaintId, regNo, code, slip } = await submit('2025-03-03')
  expect(regNo).toBe('示街办公开诉〔2025〕1号')
  expect(slip).toContain('示例街道办事处')
  expect(slip).toContain('答复您不晚于</dt><dd>2025-03-24')
  const stored = JSON.stringify([await desks.rowOf(complaintId), await db.selectFrom('timeline_event').selectAll().execute(), await db.selectFrom('complaint_person').selectAll().execute(), await db.selectFrom('complaint_text').selectAll().execute(), await db.selectFrom('audit_event').selectAll().execute(), await db.selectFrom('notice').selectAll().execute()])
  for (const secret of [...Object.values(PERSON), FORM.content, code]) expect(stored).not.toContain(secret)
  expect(await desks.page('/desk', 'officer')).toContain(regNo)
  const first = await desks.page(`${HOME}/${complaintId}`, 'officer')
  for (const words of ['2025-03-24', '期限（本区设定）', FORM.content, '实名，另存']) expect(first).toContain(words)
  for (const secret of Object.values(PERSON)) expect(first).not.toContain(secret)

  await desks.done(complaintId, '2025-03-04', 'accept', { handler: desks.actorOf('handler').accountId }, 'officer')
  await desks.done(complaintId, '2025-03-05', 'ask', { question: '请写明是哪一份指南', by: '2025-03-10' }, 'handler')
  const visitor = aVisitor(app)
  expect((await visitor.post('/complain/track', { regNo, code: 'AAAA-BBBB-CCCC' })).status).toBe(422)
  expect((await visitor.post('/complain/track', { regNo: regNo.replace('〔', '[').replace('〕', ']'), code: code.toLowerCase() })).headers.get('location')).toBe('/complain/track/case')
  const asked = await (await visitor.get('/complain/track/case')).text()
  for (const words of ['请写明是哪一份指南', '2025-03-24', '待反映人补充']) expect(asked).toContain(words)
  expect(asked).not.toContain(FORM.content)
  expect((await visitor.post('/complain/track/supply', { text: '' })).status).toBe(422)
  expect((await visitor.post('/complain/track/supply', { text: '临时救助的那一份' })).status).toBe(303)
  expect(await desks.page(`${HOME}/${complaintId}`, 'handler')).toContain('临时救助的那一份')

  expect(await desks.refused(complaintId, '2025-03-06', 'draft', { outcome: 'founded', grounds: '属实', measures: '改正' }, 'head')).toContain('现在不能办这一步')
  expect(await desks.refused(complaintId, '2025-03-06', 'investigate', { findings: '致电 13900002222 核实' }, 'handler')).toContain('疑为手机号码')
  await desks.done(complaintId, '2025-03-06', 'investigate', { findings: '电话已于去年改号，指南没有随之更新' }, 'handler')
  expect(await desks.refused(complaintId, '2025-03-06', 'extend', { days: '16', reason: '须会同' }, 'head')).toContain('1 至 15')
  await desks.done(complaintId, '2025-03-06', 'extend', { days: '5', reason: '须会同社区核对各份指南' }, 'head')
  expect((await desks.rowOf(complaintId)).due_on).toBe('2025-03-31')
  expect((await desks.act(complaintId, '2025-03-07', 'decide', { verdict: 'agree' }, 'handler')).status).toBe(403)
  expect(await desks.refused(complaintId, '2025-03-07', 'decide', { verdict: 'agree' }, 'leader')).toContain('现在不能办这一步')
  expect(await desks.refused(complaintId, '2025-03-07', 'draft', { outcome: 'founded', grounds: '属实', measures: '' }, 'head')).toContain('请写明怎样整改')
  await desks.done(complaintId, '2025-03-07', 'draft', { outcome: 'partly', grounds: '属实', measures: '改' }, 'head')
  expect(await desks.refused(complaintId, '2025-03-07', 'decide', { verdict: 'agree' }, 'head')).toContain('须由另一人审定')
  expect([await desks.page('/desk', 'leader'), await desks.page('/desk', 'head')].map((page) => page.includes('结论拟好了，请审定'))).toEqual([true, false])
  expect(await desks.refused(complaintId, '2025-03-07', 'decide', { verdict: 'back', reason: '' }, 'leader')).toContain('退回的，请写明理由')
  await desks.done(complaintId, '2025-03-07', 'decide', { verdict: 'back', reason: '全部属实，不是部分' }, 'leader')
  await desks.done(complaintId, '2025-03-07', 'draft', { outcome: 'founded', grounds: '指南所载的电话有误', measures: '已于三月七日改正，并逐份核对' }, 'head')
  await desks.done(complaintId, '2025-03-07', 'decide', { verdict: 'agree' }, 'leader')
  const draft = await desks.page(`${HOME}/${complaintId}/answer`, 'handler')
  expect(draft).toContain('经查，成立。')
  await desks.done(complaintId, '2025-03-10', 'answer', { way: 'letter', text: '经查，成立。指南所载的电话有误，已经改正。' }, 'handler')
  expect(await desks.page(`${HOME}/${complaintId}`, 'handler')).toContain('示街办公开告〔2025〕1号')
  expect((await visitor.get('/complain/track/case')).headers.get('location')).toContain('ended=yes')
  await visitor.post('/complain/track', { regNo, code })
  const answered = await (await visitor.get('/complain/track/case')).text()
  expect(answered).toContain('指南所载的电话有误，已经改正')
  expect((await visitor.post('/complain/track/rate', { rating: 'dissatisfied', text: '还有一份没有改' })).status).toBe(303)
  expect((await (await visitor.get('/complain/track/case')).text())).toContain('您已评价：不满意')
  const rated = await desks.page(`${HOME}/${complaintId}`, 'handler')
  for (const words of ['还有一份没有改', '反映人不满意']) expect(rated).toContain(words)
  expect(await desks.refused(complaintId, '2025-03-11', 'close', { note: '' }, 'handler')).toContain('请填写说明')
  await desks.done(complaintId, '2025-03-11', 'close', { note: '已当面说明，另一份当日改正' }, 'handler')
  expect(await countComplaints(db, { bodyId: desks.street.bodyId, from: '2025-01-01', to: '2025-12-31' })).toEqual({ received: 1, decided: 1, founded: 1, handled: 1, late: 0 })
  expect(await desks.page(`${HOME}/all`, 'officer')).toContain('已办结')
})

test('who the complainant is: only with the permit, a reason, and an audit row; the letter bears the name', async () => {
  const { complaintId } = await submit('2025-03-12')
  expect((await desks.get(`${HOME}/${complaintId}/identity`, 'handler')).status).toBe(403)
  expect((await desks.post(`${HOME}/${complaintId}/identity`, { reason: '' }, 'officer')).status).toBe(422)
  const shown = await (await desks.post(`${HOME}/${complaintId}/identity`, { reason: '电话核实情况' }, 'officer')).text()
  for (const secret of Object.values(PERSON)) expect(shown).toContain(secret)
  expect(await db.selectFrom('audit_event').select(['actor', 'target']).where('action', '=', 'complaint.identity-read').execute()).toEqual([{ actor: desks.actorOf('officer').accountId, target: complaintId }])
  await desks.done(complaintId, '2025-03-12', 'accept', {}, 'officer')
  await desks.done(complaintId, '2025-03-12', 'investigate', { findings: '已核对' }, 'officer')
  await desks.done(complaintId, '2025-03-12', 'draft', { outcome: 'unfounded', grounds: '号码无误' }, 'head')
  await desks.done(complaintId, '2025-03-12', 'decide', { verdict: 'agree' }, 'leader')
  await desks.done(complaintId, '2025-03-12', 'answer', { way: 'letter', text: '经查，不成立。' }, 'officer')
  expect((await desks.post(`${HOME}/${complaintId}/letter`, { format: 'docx', reason: '邮' }, 'officer')).status).toBe(422)
  const file = await desks.post(`${HOME}/${complaintId}/letter`, { format: 'docx', reason: '盖章后邮寄' }, 'officer')
  expect([file.status, (await file.arrayBuffer()).byteLength > 1000]).toEqual([200, true])
})

test('the person complained of never sees it: by name, in every list, page, file and to-do', async () => {
  const { complaintId, regNo } = await submit('2025-03-13', { accused: '经办人刘承办' })
  expect((await desks.rowOf(complaintId)).barred).toEqual([desks.actorOf('handler').accountId])
  for (const path of [HOME, `${HOME}/all`, '/desk', '/desk/notices', `${HOME}?q=${encodeURIComponent(regNo)}`]) expect([path, (await desks.page(path, 'handler')).includes(complaintId)]).toEqual([path, false])
  for (const path of ['', '/accept', '/evidence', `/files/${newId()}`]) expect([path, (await desks.get(`${HOME}/${complaintId}${path}`, 'handler')).status]).toEqual([path, 404])
  expect((await desks.act(complaintId, '2025-03-13', 'accept', {}, 'handler')).status).toBe(404)
  expect(await desks.page(HOME, 'officer')).toContain(regNo)
  expect(await desks.page(`${HOME}/${complaintId}/accept`, 'officer')).not.toContain('刘承办')
  setToday('2025-04-30')
  await remindComplaints(deps)
  const told = await db.selectFrom('notice').select('account_id').where('key', 'like', `complaint:${complaintId}:due:%:late`).execute()
  expect(told.map((row) => row.account_id).toSorted()).toEqual([desks.actorOf('officer').accountId, desks.actorOf('head').accountId, desks.actorOf('leader').accountId].toSorted())
  expect(await desks.page(`${HOME}?due=overdue`, 'officer')).toContain(regNo)
  expect(await desks.page('/desk/complaints/by-body', 'office')).toContain('示例街道办事处')
})

test('whoever only stands in for one complained of is barred with him: lists, notices, pages; other complaints he does handle', async () => {
  setToday('2025-03-14')
  const lent = await delegate(deps, desks.actorOf('handler'), { to: desks.actorOf('archivist').accountId, roles: ['handler'], startsOn: '2025-03-14', endsOn: '2025-03-15', reason: '外出培训' })
  expect(lent.ok).toBe(true)
  const [against, other] = [await submit('2025-03-14', { accused: '刘承办' }), await submit('2025-03-14')]
  for (const path of [HOME, `${HOME}/all`, '/desk', '/desk/notices', `${HOME}?q=${encodeURIComponent(against.regNo)}`]) {
    const page = await desks.page(path, 'archivist')
    expect([path, page.includes(`<a href="${HOME}/${against.complaintId}`), path.includes('?q=') || page.includes(other.regNo)]).toEqual([path, false, true])
    if (!path.includes('?q=')) expect([path, page.includes(against.regNo)]).toEqual([path, false])
  }
  for (const path of ['', '/accept', '/evidence']) expect([path, (await desks.get(`${HOME}/${against.complaintId}${path}`, 'archivist')).status]).toEqual([path, 404])
  expect((await desks.act(against.complaintId, '2025-03-14', 'accept', {}, 'archivist')).status).toBe(404)
  // 只剩代行的人，也不算还有人能办
  for (const post of ['officer', 'head'] as const) await desks.done(other.complaintId, '2025-03-14', 'bar', { account: desks.actorOf(post).accountId, reason: '共同经办' }, 'leader')
  await desks.done(against.complaintId, '2025-03-14', 'bar', { account: desks.actorOf('officer').accountId, reason: '共同经办' }, 'leader')
  expect([(await desks.rowOf(other.complaintId)).status, (await desks.rowOf(against.complaintId)).status]).toEqual(['transferred', 'registered'])
  await desks.done(against.complaintId, '2025-03-14', 'bar', { account: desks.actorOf('head').accountId, reason: '共同经办' }, 'leader')
  expect((await desks.rowOf(against.complaintId)).status).toBe('transferred')
})

test.each([
  ['a complaint under article 51', { basis: 'A51' }, '条例第五十一条'],
  ['one about the head', { accused: '钱负责' }, '反映的是机关负责人'],
  ['one addressed to the supervisor', { to: 'office' }, '由主管部门办'],
])('%s goes to the district office', async (_, fields, words) => {
  const { complaintId, regNo, slip } = await submit('2025-05-06', fields)
  expect(regNo).toContain('示政办公开诉〔2025〕')
  expect(slip).toContain('示例区人民政府办公室')
  expect((await desks.rowOf(complaintId)).body_id).toBe(desks.office.bodyId)
  for (const post of ['handler', 'officer', 'head', 'leader'] as const) expect((await desks.get(`${HOME}/${complaintId}`, post)).status).toBe(404)
  expect(await desks.page(`${HOME}/${complaintId}`, 'office')).toContain(words)
})

test('barred later: the last one who could act is barred, and the case goes up with all that belongs to it', async () => {
  const { complaintId, regNo, code } = await submit('2025-05-12', { content: '示例街道网格群里的答复互相矛盾' })
  for (const post of ['handler', 'officer'] as const) await desks.done(complaintId, '2025-05-12', 'bar', { account: desks.actorOf(post).accountId, reason: '共同经办' }, 'leader')
  expect((await desks.get(`${HOME}/${complaintId}`, 'officer')).status).toBe(404)
  await desks.done(complaintId, '2025-05-13', 'bar', { account: desks.actorOf('head').accountId, reason: '共同经办' }, 'leader')
  expect((await desks.rowOf(complaintId)).status).toBe('transferred')
  const moved = await db.selectFrom('complaint').selectAll().where('body_id', '=', desks.office.bodyId).where('received_on', '=', '2025-05-13').executeTakeFirstOrThrow()
  expect([moved.barred.length, moved.due_on]).toEqual([3, '2025-06-04'])
  expect(await desks.page(`${HOME}/${moved.complaint_id}`, 'office')).toContain('示例街道网格群里的答复互相矛盾')
  const visitor = aVisitor(app)
  await visitor.post('/complain/track', { regNo, code })
  const page = await (await visitor.get('/complain/track/case')).text()
  for (const words of [moved.reg_no, '转示例区人民政府办公室办', '收到转来的']) expect(page).toContain(words)
  const shown = await (await desks.post(`${HOME}/${moved.complaint_id}/identity`, { reason: '联系' }, 'office')).text()
  expect(shown).toContain(PERSON.phone)
})

test('named only in what was supplied later: barred from then on, and the notice does not reach them', async () => {
  const { complaintId, regNo, code } = await submit('2025-05-15')
  await desks.done(complaintId, '2025-05-15', 'accept', { handler: desks.actorOf('handler').accountId }, 'officer')
  expect(await desks.page('/desk', 'handler')).toContain(regNo)
  const visitor = aVisitor(app)
  await visitor.post('/complain/track', { regNo, code })
  expect((await visitor.post('/complain/track/supply', { text: '就是刘承办不肯改的' })).status).toBe(303)
  expect(await desks.rowOf(complaintId)).toMatchObject({ handler: null, barred: [desks.actorOf('handler').accountId] })
  expect((await desks.get(`${HOME}/${complaintId}`, 'handler')).status).toBe(404)
  const told = await db.selectFrom('notice').select('account_id').where('key', 'like', `complaint:${complaintId}:supplied%`).execute()
  expect(told.map((row) => row.account_id)).not.toContain(desks.actorOf('handler').accountId)
  await desks.done(complaintId, '2025-05-16', 'investigate', { findings: '已核对' }, 'officer')
  expect([(await desks.page('/desk', 'leader')).includes(regNo), (await desks.page('/desk', 'officer')).includes(regNo)]).toEqual([false, true])
  // 再指到机关的负责人：转给主管部门
  expect((await visitor.post('/complain/track', { regNo, code })).status).toBe(303)
  expect((await visitor.post('/complain/track/supply', { text: '钱负责也知道' })).status).toBe(303)
  expect((await desks.rowOf(complaintId)).status).toBe('transferred')
  expect(await (await visitor.get('/complain/track/case')).text()).toContain('示例区人民政府办公室')
})

test('a transfer never goes back to those complained of; outside bodies are named', async () => {
  const { complaintId } = await submit('2025-05-20', { basis: 'A51' })
  expect(await desks.refused(complaintId, '2025-05-20', 'transfer', { to: desks.street.bodyId, toName: '', reason: '转办' }, 'office')).toContain('投诉、举报不能转给被投诉的机关')
  expect(await desks.refused(complaintId, '2025-05-20', 'transfer', { to: 'outside', toName: '', reason: '转办' }, 'office')).toContain('请填写机关的名称')
  await desks.done(complaintId, '2025-05-20', 'transfer', { to: 'outside', toName: '示例区信访局', reason: '属于信访事项' }, 'office')
  expect(await desks.page(`${HOME}/${complaintId}`, 'office')).toContain('转示例区信访局办')
  const own = await submit('2025-05-20', { to: 'office' })
  await desks.done(own.complaintId, '2025-05-21', 'transfer', { to: desks.street.bodyId, toName: '', reason: '由街道先行核实' }, 'office')
  expect((await db.selectFrom('complaint').select('status').where('body_id', '=', desks.street.bodyId).where('received_on', '=', '2025-05-21').execute()).map(({ status }) => status)).toEqual(['registered'])
})

test('the same matter twice: merged, answered with the other, mailed to both', async () => {
  const one = await submit('2025-06-03')
  const two = await submit('2025-06-03', { mail: 'other@example.cn', accused: '赵经办' })
  await desks.done(two.complaintId, '2025-06-04', 'merge', { into: one.complaintId, reason: '同一份指南' }, 'handler')
  expect((await desks.rowOf(one.complaintId)).barred).toEqual([desks.actorOf('officer').accountId])
  await desks.done(one.complaintId, '2025-06-04', 'accept', {}, 'handler')
  await desks.done(one.complaintId, '2025-06-04', 'investigate', { findings: '属实' }, 'handler')
  await desks.done(one.complaintId, '2025-06-04', 'draft', { outcome: 'partly', grounds: '部分属实', measures: '已改' }, 'head')
  await desks.done(one.complaintId, '2025-06-04', 'decide', { verdict: 'agree' }, 'leader')
  await desks.done(one.complaintId, '2025-06-05', 'answer', { way: 'mail', text: '经查，部分成立，已改。' }, 'handler')
  const mails = await db.selectFrom('mail_out').selectAll().where('subject', 'like', '% 答复').orderBy('mail_id').execute()
  expect(mails.map(({ subject }) => subject)).toEqual([`${one.regNo} 答复`, `${two.regNo} 答复`])
  for (const { text_body: text } of mails) for (const secret of [...Object.values(PERSON), FORM.content]) expect(text).not.toContain(secret)
  const visitor = aVisitor(app)
  await visitor.post('/complain/track', { regNo: two.regNo, code: two.code })
  expect(await (await visitor.get('/complain/track/case')).text()).toContain('经查，部分成立，已改。')
})

test('merged into one that nobody here may decide any more: that one goes up, and its answer still reaches both', async () => {
  const sent = [await submit('2025-06-06', { about: desks.office.bodyId, to: 'office', mail: 'lead@example.cn' }), await submit('2025-06-06', { about: desks.office.bodyId, to: 'office', mail: 'second@example.cn' })] as const
  for (const { complaintId } of sent) await desks.done(complaintId, '2025-06-06', 'transfer', { to: desks.street.bodyId, toName: '', reason: '由街道核实' }, 'office')
  const [lead = '', other = ''] = (await db.selectFrom('complaint').select('complaint_id').where('body_id', '=', desks.street.bodyId).where('received_on', '=', '2025-06-06').orderBy('complaint_id').execute()).map((row) => row.complaint_id)
  await desks.done(lead, '2025-06-06', 'bar', { account: desks.actorOf('head').accountId, reason: '共同经办' }, 'leader')
  await desks.done(other, '2025-06-06', 'bar', { account: desks.actorOf('leader').accountId, reason: '共同经办' }, 'head')
  expect(await desks.refused(other, '2025-06-06', 'merge', { on: '2025-06-05', into: lead, reason: '同一件事' }, 'handler')).toContain('日期不早于前一步')
  await desks.done(other, '2025-06-06', 'merge', { into: lead, reason: '同一件事' }, 'handler')
  expect([(await desks.rowOf(other)).status, (await desks.rowOf(lead)).status]).toEqual(['merged', 'transferred'])
  const up = await db.selectFrom('complaint').selectAll().where('body_id', '=', desks.office.bodyId).where('status', '=', 'registered').where('received_on', '=', '2025-06-06').executeTakeFirstOrThrow()
  expect(up.barred.toSorted()).toEqual([desks.actorOf('head').accountId, desks.actorOf('leader').accountId].toSorted())
  await desks.done(up.complaint_id, '2025-06-06', 'accept', {}, 'office')
  await desks.done(up.complaint_id, '2025-06-06', 'investigate', { findings: '已核对' }, 'office')
  await desks.done(up.complaint_id, '2025-06-06', 'draft', { outcome: 'unfounded', grounds: '号码无误' }, 'office')
  await desks.done(up.complaint_id, '2025-06-06', 'decide', { verdict: 'agree' }, 'office2')
  await desks.done(up.complaint_id, '2025-06-06', 'answer', { way: 'mail', text: '经查，不成立：号码无误。' }, 'office')
  const told = await db.selectFrom('mail_out').select('mail_id').where('text_body', 'like', '%不成立：号码无误%').execute()
  expect(told.length).toBe(2)
})

test.each([
  ['own', ['2025-07-01', '2025-07-02', '2025-07-03', '2025-07-04'], '2025-07-24'],
  ['office', ['2025-07-14', '2025-07-15', '2025-07-16', '2025-07-17'], '2025-08-06'],
] as const)('dissatisfied: handled once more by %s, the first conclusion kept, the clock anew', async (to, [first, second, third, last], dueOn) => {
  const { complaintId, regNo, code } = await submit(first)
  await desks.done(complaintId, first, 'accept', { handler: desks.actorOf('handler').accountId }, 'officer')
  await desks.done(complaintId, first, 'investigate', { findings: '已核对' }, 'officer')
  await desks.done(complaintId, first, 'draft', { outcome: 'unfounded', grounds: '号码无误' }, 'officer')
  await desks.done(complaintId, first, 'decide', { verdict: 'agree' }, 'head')
  await desks.done(complaintId, second, 'answer', { way: 'page', text: '第一次答复：不成立。' }, 'officer')
  const visitor = aVisitor(app)
  await visitor.post('/complain/track', { regNo, code })
  expect((await visitor.get('/complain/track/again')).headers.get('location')).toBe('/complain/track/case')
  await visitor.post('/complain/track/rate', { rating: 'dissatisfied', text: '没有查' })
  await desks.done(complaintId, third, 'close', { note: '已说明' }, 'officer')
  await visitor.post('/complain/track', { regNo, code })
  expect(await (await visitor.get('/complain/track/case')).text()).toContain('请求再办一次')
  expect((await visitor.post('/complain/track/again', { to, text: '' })).status).toBe(422)
  expect((await visitor.post('/complain/track/again', { to, text: '窗口的电话还是打不通' })).status).toBe(303)
  const after = await (await visitor.get('/complain/track/case')).text()
  for (const words of ['第一次答复：不成立。', '请求再办一次；期限另起']) expect(after).toContain(words)
  expect((await visitor.post('/complain/track/again', { to, text: '再来一次' })).headers.get('location')).toBe('/complain/track/case')
  const now = to === 'own' ? await desks.rowOf(complaintId) : await db.selectFrom('complaint').selectAll().where('body_id', '=', desks.office.bodyId).where('received_on', '=', third).executeTakeFirstOrThrow()
  expect([now.status, now.due_on, now.handler, now.outcome, now.closed_on]).toEqual([to === 'own' ? 'accepted' : 'registered', dueOn, null, null, null])
  const who = to === 'own' ? 'officer' : 'office'
  const page = await desks.page(`${HOME}/${now.complaint_id}`, who)
  for (const words of ['第一次的结论：不成立', '号码无误', '窗口的电话还是打不通', '反映人评价不满意']) expect(page).toContain(words)
  if (to === 'office') await desks.done(now.complaint_id, third, 'accept', {}, 'office')
  await desks.done(now.complaint_id, last, 'investigate', { findings: '确实打不通' }, who)
  await desks.done(now.complaint_id, last, 'draft', { outcome: 'founded', grounds: '电话打不通', measures: '已改' }, who)
  await desks.done(now.complaint_id, last, 'decide', { verdict: 'agree' }, to === 'own' ? 'head' : 'office2')
  await desks.done(now.complaint_id, last, 'answer', { way: 'page', text: '第二次答复：成立。' }, who)
  await visitor.post('/complain/track', { regNo, code })
  expect((await visitor.post('/complain/track/rate', { rating: 'dissatisfied', text: '' })).headers.get('location')).toContain('done=rated')
  expect(await (await visitor.get('/complain/track/case')).text()).not.toContain('请求再办一次</a>')
})

test('at the desk: fields as the hotline gives them, who is meant is ticked, errors stand beside their fields, two posts make one', async () => {
  setToday('2025-06-10')
  const form = { complaintId: newId(), formKey: newFormKey(), channel: 'HOTLINE', receivedOn: '2025-06-09', workOrderNo: 'WX20250609001', about: desks.street.bodyId, ...FORM, accusedAccounts: desks.actorOf('handler').accountId, name: '' }
  const bad = await desks.post(`${HOME}/new`, { ...form, channel: '', receivedOn: '2025-06-11', content: '', mail: '不是邮箱' }, 'officer')
  const html = await bad.text()
  expect(bad.status).toBe(422)
  for (const words of ['请选择来源', '日期不能晚于今日', '请写明反映的事情', '邮箱写得不对', 'WX20250609001']) expect(html).toContain(words)
  const [once, again] = [await desks.post(`${HOME}/new`, form, 'officer'), await desks.post(`${HOME}/new`, form, 'officer')]
  const codeIn = async (response: Response): Promise<string | undefined> => /查询码<\/dt><dd>([^<]+)/.exec(await response.text())?.[1]
  const code = await codeIn(once)
  expect([once.status, await codeIn(again), code?.length]).toEqual([200, code, 14])
  expect((await db.selectFrom('complaint').select('barred').where('complaint_id', '=', form.complaintId).execute())).toEqual([{ barred: [desks.actorOf('handler').accountId] }])
  expect(await desks.page(`${HOME}/${form.complaintId}`, 'officer')).toContain('WX20250609001')
  const sheet = await (await desks.get(`${HOME}.csv?view=all`, 'officer')).text()
  expect(sheet).toContain('12345 转来')
  for (const secret of Object.values(PERSON)) expect(sheet).not.toContain(secret)
  expect(await (await desks.get(`${HOME}.csv?view=open&basis=A51`, 'officer')).text()).not.toContain('12345 转来')
  expect((await desks.get(`${HOME}/new`, 'leader')).status).toBe(403)
  expect((await desks.get(HOME, 'archivist')).status).toBe(403)
})

test('two at once: one is told; a step that is not possible says so', async () => {
  const { complaintId } = await submit('2025-06-16')
  await desks.done(complaintId, '2025-06-16', 'accept', {}, 'officer')
  const stale = await desks.post(`${HOME}/${complaintId}/investigate`, { version: '1', on: '2025-06-16', findings: '属实' }, 'officer')
  expect([stale.status, (await stale.text()).includes('他人刚才办过')]).toEqual([409, true])
  expect((await desks.get(`${HOME}/${complaintId}/answer`, 'officer')).status).toBe(409)
  expect(await desks.refused(complaintId, '2025-06-16', 'investigate', { on: '2025-06-15', findings: '属实' }, 'officer')).toContain('日期不早于前一步')
  await desks.done(complaintId, '2025-06-17', 'withdraw', { reason: '来电确认，已录音' }, 'officer')
})

test('a body merged away: what it had not yet answered goes on at its successor, with its days and findings', async () => {
  setToday('2025-08-11')
  const old = await aBody(deps, { code: 'jiuju', name: '示例旧局', codeWord: '示旧', sort: 9 })
  for (const [name, roles] of [['jiu1', ['disclosure-officer']], ['jiu2', ['disclosure-head']]] as const) await createAccount(db, { name, displayName: name, bodyId: old.bodyId, roles })
  const { complaintId, regNo, code } = await submit('2025-08-11', { about: old.bodyId })
  expect((await desks.rowOf(complaintId)).body_id).toBe(old.bodyId)
  const officer = { ...desks.actorOf('officer'), bodyId: old.bodyId }
  for (const [i, step] of (['accept', 'investigate'] as const).entries()) expect(await actOnComplaint(deps, officer, { bodyId: old.bodyId, complaintId, seen: i + 1, step, given: (name) => ({ on: '2025-08-11', findings: '旧局已核对' })[name] ?? '' })).toEqual({ ok: true })
  const done = await submit('2025-08-11', { about: old.bodyId })
  const head = (await db.selectFrom('account').select('account_id').where('name', '=', 'jiu2').executeTakeFirstOrThrow()).account_id
  for (const [i, [who, step, fields]] of ([[officer, 'accept', {}], [officer, 'investigate', { findings: '旧局已核对' }], [officer, 'draft', { outcome: 'unfounded', grounds: '号码无误' }], [{ ...desks.actorOf('head'), accountId: head, bodyId: old.bodyId }, 'decide', { verdict: 'agree' }], [officer, 'answer', { way: 'page', text: '经查，号码无误。' }]] as const).entries())
    expect(await actOnComplaint(deps, who, { bodyId: old.bodyId, complaintId: done.complaintId, seen: i + 1, step, given: (name) => ({ on: '2025-08-11', ...fields })[name as 'on'] ?? '' })).toEqual({ ok: true })
  setToday('2025-08-14')
  expect(await mergeBodies(deps, desks.actorOf('office'), { from: [old.bodyId], into: desks.street.bodyId, on: '2025-08-14', basis: '机构改革方案' })).toEqual({ ok: true })
  await complaintJobs['complaints.follow-mergers']?.(deps, {})
  await complaintJobs['complaints.follow-mergers']?.(deps, {})
  const moved = await db.selectFrom('complaint').selectAll().where('body_id', '=', desks.street.bodyId).where('received_on', '=', '2025-08-11').where('status', '=', 'registered').execute()
  expect(moved.map(({ due_on, about_body_id, status }) => [due_on, about_body_id, status])).toEqual([['2025-09-01', desks.street.bodyId, 'registered']])
  const [{ complaint_id: now } = { complaint_id: '' }] = moved
  await desks.done(now, '2025-08-14', 'accept', {}, 'officer')
  await desks.done(now, '2025-08-14', 'draft', { outcome: 'unfounded', grounds: '号码无误' }, 'officer')
  const visitor = aVisitor(app)
  await visitor.post('/complain/track', { regNo, code })
  const page = await (await visitor.get('/complain/track/case')).text()
  for (const words of ['转示例街道办事处办', '2025-09-01']) expect(page).toContain(words)
  // 答复了的，由承接的机关收反馈、办结
  await visitor.post('/complain/track', { regNo: done.regNo, code: done.code })
  expect((await visitor.post('/complain/track/rate', { rating: 'basic', text: '' })).status).toBe(303)
  const answered = await db.selectFrom('complaint').select(['complaint_id', 'answered_on', 'rating']).where('body_id', '=', desks.street.bodyId).where('received_on', '=', '2025-08-11').where('status', '=', 'answered').execute()
  expect(answered.map(({ answered_on, rating }) => [answered_on, rating])).toEqual([['2025-08-11', 'basic']])
  await desks.done(answered[0]?.complaint_id ?? '', '2025-08-15', 'close', { note: '已评价' }, 'officer')
})

test('one person left who may handle it: the page says that two are needed and what to do', async () => {
  const { regNo } = await submit('2025-08-18', { basis: 'A51', to: 'office' })
  const { complaint_id: id } = await db.selectFrom('complaint').select('complaint_id').where('reg_no', '=', regNo).executeTakeFirstOrThrow()
  await desks.done(id, '2025-08-18', 'accept', {}, 'office')
  await desks.done(id, '2025-08-18', 'investigate', { findings: '电话已改号' }, 'office')
  await desks.done(id, '2025-08-18', 'draft', { outcome: 'unfounded', grounds: '号码无误' }, 'office')
  expect(await desks.page(`${HOME}/${id}`, 'office')).toContain('等郑政务（演示）审定')
  await desks.done(id, '2025-08-18', 'bar', { account: desks.actorOf('office2').accountId, reason: '所涉的事是他经手的' }, 'office')
  expect(await desks.page(`${HOME}/${id}`, 'office')).toContain('只剩吴政务（演示）')
})

test('public statistics: sums only, small cells hidden', async () => {
  for (let i = 0; i < 3; i += 1) await aComplaint(deps, desks.office.bodyId, { matter: 'not-published', toOwn: false })
  const html = await (await app.request('/supervision')).text()
  for (const words of ['2025 年', '示例街道办事处', '少于 5', '不单列']) expect(html).toContain(words)
  expect(html).not.toContain('公开诉〔')
  expect((await app.request('/supervision/2019')).status).toBe(404)
})

test('kept for the years of the setting, then stripped by two persons: nothing of the complainant is left, what was done is', async () => {
  const { complaintId, regNo, code } = await submit('2025-09-01', { accused: '' })
  await desks.done(complaintId, '2025-09-01', 'withdraw', { reason: '来电确认' }, 'officer')
  const inCourt = await submit('2025-09-01', { accused: '' })
  await desks.done(inCourt.complaintId, '2025-09-01', 'link', { kind: 'other', number: '(2025)鄂0106行初9号', note: '' }, 'officer')
  await desks.done(inCourt.complaintId, '2025-09-01', 'withdraw', { reason: '来电确认' }, 'officer')
  await aLitigation(db, desks.street.bodyId, { facts: { caseNo: '（2025）鄂0106行初9号', receivedOn: '2025-08-01' } })
  const RETENTION = `${HOME}/retention`
  expect((await desks.post(`${RETENTION}/propose`, {}, 'officer')).status).toBe(422)
  setToday('2029-01-02')
  const due = await desks.page(RETENTION, 'officer')
  for (const words of ['2025-12-31 及以前办结的', '须保全的', '另有 1 件']) expect(due).toContain(words)
  expect((await desks.post(`${RETENTION}/propose`, {}, 'head')).status).toBe(303)
  expect(await (await desks.post(`${RETENTION}/propose`, {}, 'officer')).text()).toContain('等另一人批准')
  const { strip_id: stripId } = await db.selectFrom('complaint_strip').select('strip_id').executeTakeFirstOrThrow()
  expect(await (await desks.post(`${RETENTION}/${stripId}/approve`, {}, 'head')).text()).toContain('须由另一人批准')
  expect((await desks.post(`${RETENTION}/${stripId}/approve`, {}, 'officer')).status).toBe(403)
  expect((await desks.get(RETENTION, 'unitHead')).status).toBe(404)
  expect([await desks.page('/desk', 'leader'), await desks.page('/desk', 'head')].map((page) => page.includes('反映人的资料保存期满'))).toEqual([true, false])
  expect((await desks.post(`${RETENTION}/${stripId}/return`, { reason: '' }, 'leader')).status).toBe(422)
  expect((await desks.post(`${RETENTION}/${stripId}/approve`, {}, 'leader')).status).toBe(303)
  const left = async (table: 'complaint_person' | 'complaint_text' | 'complaint_file') => (await db.selectFrom(table).select('complaint_id').where('complaint_id', '=', complaintId).execute()).length
  expect([await left('complaint_person'), await left('complaint_text'), await left('complaint_file')]).toEqual([0, 0, 0])
  expect([(await desks.rowOf(complaintId)).stripped_on, (await desks.rowOf(inCourt.complaintId)).stripped_on]).toEqual(['2029-01-02', null])
  expect(await desks.page(`${HOME}/${complaintId}`, 'officer')).toContain('已去标识化')
  expect((await desks.post(`${HOME}/${complaintId}/identity`, { reason: '联系' }, 'officer')).status).toBe(404)
  const visitor = aVisitor(app)
  await visitor.post('/complain/track', { regNo, code })
  expect(await (await visitor.get('/complain/track/case')).text()).toContain('您的资料、所写的话与文件已删去')
})

test('replay equals the rows', async () => {
  expect((await verifyAll(deps, complaintVerifiers)).flatMap(({ problems }) => problems)).toEqual([])
})
