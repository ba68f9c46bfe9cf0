import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aDistrict } from '../../bodies/testing.ts'
import { closePdf } from '../../documents/index.ts'
import { newId } from '../../platform/id.ts'
import { testDb } from '../../platform/testing.ts'
import { listDone } from '../oversight/oversight-queries.ts'
import { remindAllTasks, taskToDos } from './task-to-dos.ts'
import { aDesk } from '../testing-desk.ts'
import type { Desk } from '../testing-desk.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let desk: Desk
const GROUP = '/desk/leading-group'
let meeting = ''
let task = ''

beforeAll(async () => {
  await aDistrict(deps)
  desk = await aDesk(app, deps)
})
afterAll(() => closePdf())

const idIn = (answer: Response): string => answer.headers.get('location')?.split('/').at(-1) ?? ''
const noticesOf = async (who: 'officer' | 'handler') => (await db.selectFrom('notice').select(['title', 'key', 'read_at']).where('account_id', '=', desk.people[who].accountId).orderBy('notice_id').execute()).filter(({ key }) => key.startsWith('group-task/'))

test('members: posts and terms; one head at a time; who left is kept with the day', async () => {
  const head = { name: '罗某', duty: 'head', post: '党工委书记', from: '2025-01-01', to: '' }
  expect((await desk.post(`${GROUP}/members`, { ...head, name: '', post: '' })).status).toBe(422)
  expect((await desk.post(`${GROUP}/members`, { ...head, post: '电话 13800001234' })).status).toBe(422)
  expect((await desk.post(`${GROUP}/members`, head)).status).toBe(303)
  expect(await desk.textOf(await desk.post(`${GROUP}/members`, { ...head, name: '毕某' }))).toContain('这段时间已有组长')
  const { member_id: id } = await db.selectFrom('leading_group_member').select('member_id').executeTakeFirstOrThrow()
  expect((await desk.post(`${GROUP}/members/${id}`, { ...head, to: '2025-12-31', version: '1' })).status).toBe(303)
  expect(await desk.textOf(await desk.post(`${GROUP}/members/${id}`, { ...head, version: '1' }))).toContain('他人刚才改过')
  expect((await desk.post(`${GROUP}/members`, { ...head, name: '毕某', from: '2026-01-01' })).status).toBe(303)
  expect((await desk.post(`${GROUP}/members`, { name: '郝某', duty: 'member', post: '社会事务科科长', from: '2026-01-01', to: '' })).status).toBe(303)
  expect(await desk.see(`${GROUP}/members`)).toMatch(/现有成员 2 人.*毕某 组长.*郝某 成员.*罗某 组长.*已离任/)
})

test('a meeting: agenda, attendance, minutes printed, the scan kept', async () => {
  expect(await desk.see(`${GROUP}/meetings/new`)).toMatch(/毕某（组长，党工委书记）.*郝某（成员/)
  const fields = { title: '2026年第一次政务公开领导小组会议', heldOn: '2026-01-12', place: '三楼会议室', chair: '毕某', agenda: '1.研究年度报告\n2.部署指南更新', summary: '会议听取了汇报。', present: '毕某', absent: '郝某', guests: '安某' }
  expect((await desk.post(`${GROUP}/meetings/new`, { ...fields, heldOn: '2026-02-01', agenda: '' })).status).toBe(422)
  expect(await desk.textOf(await desk.post(`${GROUP}/meetings/new`, { ...fields, absent: '毕某' }))).toContain('既勾了出席又勾了请假')
  expect(await desk.textOf(await desk.upload(`${GROUP}/meetings/new`, fields, { name: '纪要.pdf', bytes: Buffer.from('MZ 不是文件') }))).toContain('不是可以打开的文件')
  const made = await desk.upload(`${GROUP}/meetings/new`, fields, { name: '纪要.exe', bytes: Buffer.from('%PDF-1.7 扫描') })
  expect(made.status).toBe(303)
  meeting = idIn(made)
  expect(await desk.see(`${GROUP}/meetings/${meeting}`)).toMatch(/毕某，共 1 人.*请假 郝某.*列席 安某.*纪要\.pdf/)
  const file = await desk.get(`${GROUP}/meetings/${meeting}/file`)
  expect([file.headers.get('content-type'), await file.text()]).toEqual(['application/pdf', '%PDF-1.7 扫描'])
  const docx = await desk.get(`${GROUP}/meetings/${meeting}/minutes.docx`)
  expect(docx.status).toBe(200)
  const pdf = await desk.get(`${GROUP}/meetings/${meeting}/minutes.pdf`)
  expect(Buffer.from(await pdf.arrayBuffer()).subarray(0, 5).toString()).toBe('%PDF-')
  expect((await desk.post(`${GROUP}/meetings/${meeting}/edit`, { ...fields, version: '1', place: '二楼' })).status).toBe(303)
  expect(await desk.see(`${GROUP}/meetings/${meeting}`)).toMatch(/二楼.*纪要\.pdf/)
  expect(await desk.see(GROUP)).toContain('2026 年开会 1 次')
})

test('a decision is a task: its owner is told, notes progress with evidence, is reminded when late, ends it', async () => {
  const facts = { content: '更新政府信息公开指南的联系方式', unit: '党政办', owner: desk.people.handler.accountId, dueOn: '2026-01-20' }
  expect((await desk.post(`${GROUP}/meetings/${meeting}/tasks`, { ...facts, dueOn: '2026-01-01', owner: 'x' })).status).toBe(422)
  expect((await desk.post(`${GROUP}/meetings/${meeting}/tasks`, facts)).status).toBe(303)
  task = (await db.selectFrom('leading_group_task').select('task_id').executeTakeFirstOrThrow()).task_id
  expect(await noticesOf('handler')).toMatchObject([{ title: '领导小组议定：更新政府信息公开指南的联系方式' }])
  expect(await taskToDos(deps, desk.people.handler)).toMatchObject([{ dueOn: '2026-01-20', href: `/desk/leading-group/tasks/${task}` }])
  expect(await taskToDos(deps, desk.people.officer)).toEqual([])
  await remindAllTasks(deps)
  await remindAllTasks(deps)
  expect((await noticesOf('handler')).map(({ title }) => title)).toEqual(['领导小组议定：更新政府信息公开指南的联系方式', '将到期：更新政府信息公开指南的联系方式'])
  expect(await noticesOf('officer')).toEqual([])
  setToday('2026-01-22')
  await remindAllTasks(deps)
  expect((await noticesOf('handler')).filter(({ read_at }) => read_at === null)).toMatchObject([{ title: '已逾期：更新政府信息公开指南的联系方式' }])
  expect(await noticesOf('officer')).toHaveLength(1)
  expect(await taskToDos(deps, desk.people.officer)).toHaveLength(1)
  expect(await desk.see(`${GROUP}/tasks?state=late`)).toContain('逾期 2 天')
  const note = { said: '指南已改好，送批', on: '2026-01-22', href: '/bodies/sljd/guide', version: '1' }
  expect((await desk.upload(`${GROUP}/tasks/${task}/notes`, { ...note, href: 'http://evil.example' }, null, 'handler')).status).toBe(422)
  expect((await desk.upload(`${GROUP}/tasks/${task}/notes`, { ...note, on: '2026-02-01' }, null, 'handler')).status).toBe(422)
  expect((await desk.upload(`${GROUP}/tasks/${task}/notes`, note, { name: '批文.pdf', bytes: Buffer.from('%PDF-1.7 批文') }, 'handler')).status).toBe(303)
  expect((await desk.upload(`${GROUP}/tasks/${task}/notes`, { ...note, version: '2', step: 'dropped' }, null, 'handler')).status).toBe(403)
  expect((await desk.upload(`${GROUP}/tasks/${task}/notes`, { ...note, version: '2' }, null, 'publisher')).status).toBe(403)
  expect(await desk.see(`${GROUP}/tasks/${task}`)).toMatch(/2026-01-22.*指南已改好，送批.*批文\.pdf.*所指的记录/)
  const { note_id: noteId } = await db.selectFrom('progress_note').select('note_id').executeTakeFirstOrThrow()
  expect(await (await desk.get(`/desk/progress/${noteId}/file`)).text()).toBe('%PDF-1.7 批文')
  expect((await desk.get(`/desk/progress/${noteId}/file`, 'outsider')).status).toBe(404)
  const stale = await desk.upload(`${GROUP}/tasks/${task}/notes`, { ...note, version: '1' }, null, 'officer')
  expect(stale.status).toBe(303)
  expect((await desk.upload(`${GROUP}/tasks/${task}/notes`, { ...note, said: '已公布', version: '2', step: 'done' }, null, 'handler')).status).toBe(303)
  expect(await desk.see(`${GROUP}/tasks/${task}`)).toContain('办结于')
  expect(await taskToDos(deps, desk.people.officer)).toEqual([])
  expect((await desk.upload(`${GROUP}/tasks/${task}/notes`, { ...note, version: '3' }, null, 'officer')).status).toBe(303)
  expect(await db.selectFrom('progress_note').select('said').where('subject_id', '=', task).execute()).toHaveLength(2)
})

test('who may: staff read, officers and the head handle, the district office handles its own, others nothing', async () => {
  for (const who of ['handler', 'publisher', 'leader'] as const) {
    expect((await desk.get(GROUP, who)).status).toBe(200)
    expect((await desk.get(`${GROUP}/meetings/new`, who)).status).toBe(403)
    expect((await desk.post(`${GROUP}/members`, {}, who)).status).toBe(403)
  }
  expect((await desk.get(GROUP, 'auditor')).status).toBe(403)
  expect((await desk.get(`${GROUP}/meetings/${meeting}`, 'outsider')).status).toBe(404)
  expect((await desk.get(`${GROUP}/meetings/new`, 'district')).status).toBe(200)
})

test('the district office looks at every body’s, read only; nobody else does', async () => {
  const list = await desk.see('/desk/safeguards', 'district')
  expect(list).toContain('示例街道办事处')
  const { held_on: heldOn, title } = await db.selectFrom('leading_group_meeting').select(['held_on', 'title']).where('meeting_id', '=', meeting).executeTakeFirstOrThrow()
  const page = await desk.get(`/desk/safeguards/sljd?year=${heldOn.slice(0, 4)}`, 'district')
  const html = await page.text()
  expect([page.status, html.includes(title), html.includes('<form method="post"')]).toEqual([200, true, false])
  for (const who of ['officer', 'leader', 'outsider'] as const) for (const path of ['/desk/safeguards', '/desk/safeguards/sljd']) expect([who, (await desk.get(path, who)).status]).toEqual([who, 404])
  expect((await desk.get('/desk/safeguards', 'auditor')).status).toBe(403)
})

test('what the district office sees late under a year is what that year’s page lists', async () => {
  const { body_id: bodyId } = await db.selectFrom('leading_group_meeting').select('body_id').where('meeting_id', '=', meeting).executeTakeFirstOrThrow()
  await db.updateTable('leading_group_task').set({ state: 'open', ended_on: null }).where('task_id', '=', task).execute()
  for (const [year, state] of [[2025, 'open'], [2025, 'dropped']] as const) {
    const problemId = newId()
    await db.insertInto('problem').values({ body_id: bodyId, problem_id: problemId, version: 1, year, content: '专栏更新不及时', source: 'own', source_ref: null, source_href: null, carried_from: null, state, ended_on: state === 'open' ? null : '2026-01-10', answer: '', raised_by: 'x', raised_at: deps.clock.now() }).execute()
    await db.insertInto('problem_measure').values({ body_id: bodyId, measure_id: newId(), problem_id: problemId, version: 1, content: '每周核对一次', unit: '党政办', owner: null, due_on: '2026-01-15', state: 'open', ended_on: null, made_by: 'x', made_at: deps.clock.now() }).execute()
  }
  const lateIn = async (year: number) => {
    const { problems, lateTasks, lateMeasures } = (await listDone(db, { bodyIds: [bodyId], year, today: '2026-01-22' })).get(bodyId)!
    const page = await desk.see(`/desk/safeguards/sljd?year=${year}`, 'district')
    return { problems, late: lateTasks + lateMeasures, listed: page.match(/逾期 \d+ 天/g)?.length ?? 0 }
  }
  expect(await lateIn(2026)).toEqual({ problems: 0, late: 1, listed: 1 })
  expect(await lateIn(2025)).toEqual({ problems: 1, late: 1, listed: 1 })
})
