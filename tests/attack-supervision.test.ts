import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appParts } from '../src/app-parts.ts'
import { createApp } from '../src/app.tsx'
import { createAccount } from '../src/identity/testing.ts'
import { closePdf } from '../src/documents/index.ts'
import { newId } from '../src/platform/id.ts'
import { testDb } from '../src/platform/testing.ts'
import { newFormKey } from '../src/supervision/complaints/form-key.ts'
import { aVisitor, twoDesks } from '../src/supervision/complaints/testing-desk.ts'
import type { Post } from '../src/supervision/complaints/testing-desk.ts'

/* 从攻击者一边看监督保障：须回避的人、猜号码的公众、同时按两下的人。 */
const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const HOME = '/desk/complaints'
let desks: Awaited<ReturnType<typeof twoDesks>>

beforeAll(async () => {
  setToday('2025-03-03')
  desks = await twoDesks(app, deps, setToday)
})
afterAll(() => closePdf())

const FORM = { basis: 'A47', matter: 'wrong-content', to: 'own', content: '办事指南里的电话是错的，一直打不通。', accused: '', disputed: '', name: '', phone: '', mail: '', address: '' }
const formOf = (fields: Record<string, string> = {}) => ({ complaintId: newId(), formKey: newFormKey(), about: desks.street.bodyId, ...FORM, ...fields })

async function submit(fields: Record<string, string> = {}) {
  const visitor = aVisitor(app)
  const form = formOf(fields)
  expect((await visitor.post('/complain', form)).status).toBe(303)
  const slip = await (await visitor.get('/complain/done')).text()
  const [, regNo = ''] = /登记号<\/dt><dd>([^<]+)/.exec(slip) ?? []
  return { complaintId: form.complaintId, regNo, visitor }
}

/** 交给区政务公开办的一件，办到有结论：成立。 */
async function founded(day: string, fields: Record<string, string>, by: Post = 'office') {
  setToday(day)
  const { complaintId, regNo } = await submit({ to: 'office', ...fields })
  await desks.done(complaintId, day, 'accept', {}, by)
  await desks.done(complaintId, day, 'investigate', { findings: '查过，确有其事' }, by)
  await desks.done(complaintId, day, 'draft', { outcome: 'founded', grounds: '电话有误', measures: '已改' }, by)
  await desks.done(complaintId, day, 'decide', { verdict: 'agree' }, by === 'office' ? 'office2' : 'leader')
  return { complaintId, regNo }
}

describe('a number known to an insider', () => {
  test('a form under the id of a case that is already there gives neither its number nor a query code of one’s own', async () => {
    const { complaintId } = await submit()
    await desks.done(complaintId, '2025-03-03', 'transfer', { to: desks.office.bodyId, reason: '由主管部门办为宜' }, 'head')
    const moved = await db.selectFrom('complaint').select(['complaint_id', 'reg_no']).where('body_id', '=', desks.office.bodyId).executeTakeFirstOrThrow()
    const thief = aVisitor(app)
    const answer = await thief.post('/complain', formOf({ complaintId: moved.complaint_id, to: 'office' }))
    expect(answer.status).toBe(404)
    expect(await (await thief.get('/complain/done')).text()).not.toContain(moved.reg_no)
    const atDesk = await desks.post(`${HOME}/new`, { ...formOf({ complaintId: moved.complaint_id, to: 'office' }), channel: 'PHONE', receivedOn: '2025-03-03' }, 'handler')
    expect(atDesk.status).toBe(404)
    expect(await db.selectFrom('complaint_access').selectAll().where('complaint_id', '=', moved.complaint_id).execute()).toEqual([])
  })

  test('the same form twice at once is one case, and both see the same slip', async () => {
    const form = formOf()
    const visitors = [aVisitor(app), aVisitor(app)]
    const answers = await Promise.all(visitors.map((visitor) => visitor.post('/complain', form)))
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    const slips = await Promise.all(visitors.map(async (visitor) => /查询码<\/dt><dd>([^<]+)/.exec(await (await visitor.get('/complain/done')).text())?.[1]))
    expect(slips[0]).toBe(slips[1])
    expect(await db.selectFrom('complaint').select('reg_no').where('complaint_id', '=', form.complaintId).execute()).toHaveLength(1)
  })
})

describe('whoever is barred', () => {
  test('does not see the case counted among the bodies’ loads, nor in the assessment’s records, nor among the questions of accountability', async () => {
    setToday('2026-02-02')
    const post = (path: string, fields: Record<string, string>) => desks.post(path, fields, 'office')
    await post('/desk/assessment/new', { year: '2026' })
    await db.updateTable('assessment_scheme').set({ self_by: '2026-03-31' }).where('year', '=', 2026).execute()
    const { version } = await db.selectFrom('assessment_scheme').select('version').where('year', '=', 2026).executeTakeFirstOrThrow()
    expect((await post('/desk/assessment/2026/open', { seen: String(version) })).status).toBe(303)
    const { indicators } = await db.selectFrom('assessment_scheme').select('indicators').where('year', '=', 2026).executeTakeFirstOrThrow()
    const code = (indicators as { code: string; source?: string }[]).find(({ source }) => source === 'complaints-founded')?.code ?? ''
    const head = await founded('2026-02-02', { accused: '钱负责' })
    const records = `/desk/assessment/2026/bodies/sljd/${code}`
    const leader = await desks.page(records, 'leader')
    expect(leader).toContain(head.regNo)
    const own = await desks.page(records, 'head')
    expect(own).toContain('所数的记录')
    expect(own).not.toContain(head.regNo)
    expect(own).toMatch(/其中 \d+ 件按规定不对您显示/)
    expect(leader).not.toContain('按规定不对您显示')

    // 区政务公开办自己也有须回避的
    const office = await founded('2026-02-03', { accused: '街道的科长' }, 'office')
    await db.updateTable('complaint').set({ barred: [desks.actorOf('office2').accountId] }).where('complaint_id', '=', office.complaintId).execute()
    const questions = '/desk/accountability/questions/sljd/founded-complaint'
    expect(await desks.page(`${questions}?year=2026`, 'office')).toContain(office.regNo)
    expect(await desks.page(`${questions}?year=2026`, 'office2')).not.toContain(office.regNo)
    const picked = { year: '2026', record: office.complaintId, aside: 'yes', reason: '已经改正' }
    expect((await desks.post(questions, picked, 'office2')).status).toBe(422)
    expect((await desks.post(questions, picked, 'office')).status).toBe(303)
    expect(await desks.page(`${questions}?year=2026`, 'office')).toContain(office.regNo)
    expect(await desks.page(`${questions}?year=2026`, 'office2')).not.toContain(office.regNo)

    const loads = async (who: Post) => (await desks.page(`${HOME}/by-body`, who)).split('<tr').find((row) => row.includes('区人民政府办公室'))?.replaceAll(/<[^>]+>/g, ' ') ?? ''
    expect(await loads('office')).not.toBe(await loads('office2'))
  })
})

describe('training', () => {
  test('the archivist, who sits the papers too, does not take the answers home', async () => {
    await createAccount(db, { name: 'c.archivist2', displayName: '周二', bodyId: desks.street.bodyId, roles: ['archivist'] })
    const made = await desks.post('/desk/training/questions/own', { kind: 'judge', topic: 'term', stem: '答复的期限是二十个工作日', options: '', answer: '对', article: '第三十三条', explanation: '条例的话' }, 'officer')
    expect(made.status).toBe(303)
    expect(await desks.page('/desk/training/questions.csv', 'officer')).toContain(',对,')
    const csv = await desks.page('/desk/training/questions.csv', 'archivist')
    expect(csv).toContain('答复的期限是二十个工作日')
    expect(csv).not.toMatch(/,对,|条例的话/)
  })
})
