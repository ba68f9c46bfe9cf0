import { beforeAll, expect, test } from 'vitest'
import { freezeReport, openReport, getReport } from '../../annual-report/testing.ts'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aDistrict } from '../../bodies/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { aReview } from '../../reviews/testing.ts'
import { aComplaint, actOnComplaint } from '../complaints/testing.ts'
import { addMember, saveMeeting } from '../testing.ts'
import { aDesk } from '../testing-desk.ts'
import type { Desk } from '../testing-desk.ts'
import { measureToDos, remindAllMeasures } from './measure-to-dos.ts'
import { listProblems } from './problem-store.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let desk: Desk
const HOME = '/desk/problems'
const REPORT = '/desk/reports/sljd/2025'

beforeAll(async () => {
  await aDistrict(deps)
  desk = await aDesk(app, deps)
  // 上年的报告是载入的，第五部分有两个问题
  await db
    .insertInto('previous_report')
    .values({ body_id: desk.bodyId, year: 2024, form: '2021', cells: '{}', paragraphs: '[]', problems: JSON.stringify([{ problem: '个别科室报送信息不及时', measure: '按月通报报送情况' }, { problem: '指南更新不够及时', measure: '' }]), file_key: (await deps.files.put(Buffer.from('2024'), { maxBytes: 10 })).key, file_name: '2024年报告.docx', imported_by: desk.people.officer.accountId, imported_at: deps.clock.now() })
    .execute()
})

const idIn = (answer: Response): string => answer.headers.get('location')?.split('/').at(-1) ?? ''
const problemOf = async (content: string, year = 2024) => (await listProblems(db, desk.bodyId, year)).find((one) => one.content === content)!

test("last year's promises are taken from the report once, with ids; measures get owner and day", async () => {
  expect(await desk.see(`${HOME}?year=2024`)).toContain('载入的《2024年报告.docx》第五部分有 2 个问题，登记里还没有')
  expect((await desk.post(`${HOME}/import`, { year: '2024' })).status).toBe(303)
  expect((await desk.post(`${HOME}/import`, { year: '2024' })).status).toBe(303)
  expect(await listProblems(db, desk.bodyId, 2024)).toMatchObject([
    { content: '个别科室报送信息不及时', source: 'report', sourceRef: '2024/1', measures: [{ content: '按月通报报送情况', dueOn: '2025-12-31' }] },
    { content: '指南更新不够及时', sourceRef: '2024/2', measures: [] },
  ])
  expect(await desk.see(`${HOME}?year=2024`)).not.toContain('登记里还没有')
  const { problemId } = await problemOf('指南更新不够及时')
  const facts = { content: '机构情况一变即改指南', unit: '党政办', owner: desk.people.handler.accountId, dueOn: '2026-01-20' }
  expect((await desk.post(`${HOME}/${problemId}/measures`, { ...facts, owner: 'x', dueOn: '' })).status).toBe(422)
  expect((await desk.post(`${HOME}/${problemId}/measures`, facts)).status).toBe(303)
  expect(await measureToDos(deps, desk.people.handler)).toMatchObject([{ title: '机构情况一变即改指南', dueOn: '2026-01-20' }])
})

test('progress with evidence by the owner; a problem is solved only when its measures are; the rest is carried on by id', async () => {
  const [late, guide] = [await problemOf('个别科室报送信息不及时'), await problemOf('指南更新不够及时')]
  const [measure] = guide.measures
  const note = { said: '指南改了三处联系方式并公布', on: '2026-01-10', href: '', version: '1' }
  expect((await desk.upload(`${HOME}/measures/${measure?.measureId}/notes`, note, null, 'publisher')).status).toBe(403)
  expect((await desk.upload(`${HOME}/measures/${measure?.measureId}/notes`, { ...note, step: 'done' }, { name: '截图.png', bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) }, 'handler')).status).toBe(303)
  expect(await desk.see(`${HOME}/measures/${measure?.measureId}`)).toMatch(/办结于.*指南改了三处联系方式并公布.*截图\.png/)
  expect(await desk.see(`${HOME}/${guide.problemId}`)).toContain('机构情况一变即改指南，已办结：指南改了三处联系方式并公布。')
  const end = (problemId: string, as: string) => desk.post(`${HOME}/${problemId}/end`, { version: '1', as })
  await end(late.problemId, 'solved')
  expect((await problemOf('个别科室报送信息不及时')).state).toBe('open')
  await end(guide.problemId, 'solved')
  expect((await problemOf('指南更新不够及时')).state).toBe('solved')
  const carried = idIn(await desk.post(`${HOME}/${late.problemId}/carry`, { version: '1' }))
  expect(carried).toBe(late.problemId)
  expect(await listProblems(db, desk.bodyId, 2025)).toMatchObject([{ content: '个别科室报送信息不及时', source: 'carried', carriedFrom: late.problemId }])
  expect((await desk.post(`${HOME}/${late.problemId}/carry`, { version: '2' })).status).toBe(303)
  expect(await listProblems(db, desk.bodyId, 2025)).toHaveLength(1)
  expect(await desk.see(`${HOME}/${late.problemId}`)).toContain('2025 年的同一个问题')
  setToday('2026-01-15')
  await remindAllMeasures(deps)
  await remindAllMeasures(deps)
  expect((await db.selectFrom('notice').select('title').where('account_id', '=', desk.people.officer.accountId).execute()).filter(({ title }) => title.includes('按月通报'))).toEqual([{ title: '已逾期：按月通报报送情况' }])
})

test('a case that was lost offers the button, one that was won does not', async () => {
  const by = { actor: 'system:testing', at: deps.clock.now() }
  const lost = await aReview(db, desk.bodyId, { facts: { receivedOn: '2025-07-01' }, result: 'revoked', decidedOn: '2025-09-01' }, by)
  const won = await aReview(db, desk.bodyId, { facts: { receivedOn: '2025-07-01' }, result: 'upheld', decidedOn: '2025-09-01' }, by)
  const page = await (await desk.get(`/desk/reviews/${lost}`)).text()
  const field = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.slice(page.indexOf('/desk/problems/raise')))?.[1] ?? ''
  expect(await (await desk.get(`/desk/reviews/${won}`)).text()).not.toContain('/desk/problems/raise')
  expect(await (await desk.get(`/desk/reviews/${lost}`, 'handler')).text()).not.toContain('/desk/problems/raise')
  const raised = await desk.post(`${HOME}/raise`, Object.fromEntries(['source', 'ref'].map((name) => [name, field(name)])))
  expect(await desk.see(`${HOME}/${idIn(raised)}`)).toMatch(/答复被撤销，须查明依据与程序上的问题.*写进 2025 年的报告 来自 复议诉讼/)
})

test('a complaint that was founded becomes a problem once, by kind and number only; one that may not be seen or raised does not', async () => {
  const made = async (accused: string, outcome: 'founded' | 'unfounded') => {
    const { complaintId, regNo } = await aComplaint(deps, desk.bodyId, { content: '韩某家的地址被写进公示', accused })
    const given: Record<string, string> = { on: deps.clock.today(), handler: '', findings: '韩某所说属实', outcome, grounds: '韩某的地址写进了公示', measures: '已撤下', verdict: 'agree' }
    for (const [i, step] of (['accept', 'investigate', 'draft', 'decide'] as const).entries()) await actOnComplaint(deps, desk.people[step === 'decide' ? 'leader' : 'head'], { bodyId: desk.bodyId, complaintId, seen: i + 1, step, given: (name) => given[name] ?? '' })
    return { complaintId, regNo }
  }
  const raise = (ref: string, fields: Record<string, string> = {}) => desk.post(`${HOME}/raise`, { source: 'complaint', ref, content: '随便写的', href: '/desk/items', year: '2024', ...fields })
  const founded = await made('', 'founded')
  expect(await (await desk.get(`/desk/complaints/${founded.complaintId}`)).text()).toContain('/desk/problems/raise')
  const first = idIn(await raise(founded.complaintId))
  expect(idIn(await raise(founded.complaintId))).toBe(first)
  const page = await desk.see(`${HOME}/${first}`, 'handler')
  expect(page).toContain(`投诉、反映 ${founded.regNo}：公开的内容有错误，经查成立`)
  for (const words of ['韩某', '随便写的']) expect(page).not.toContain(words)
  const [against, unfounded] = [await made(desk.people.officer.name.replace(/[（(].*/u, ''), 'founded'), await made('', 'unfounded')]
  for (const ref of [against.complaintId, unfounded.complaintId, '019a0000-0000-7000-8000-000000000001', 'x']) expect([ref, (await raise(ref)).status]).toEqual([ref, 404])
  expect((await raise(founded.complaintId, { source: 'own' })).status).toBe(400)
  for (const [source, ref] of [['accountability', 'x'], ['filing-return', '2025/1'], ['review', founded.complaintId]] as const) expect([source, (await raise(ref, { source })).status]).toEqual([source, 404])
  expect((await desk.post(`${HOME}/raise`, { source: 'complaint', ref: founded.complaintId }, 'handler')).status).toBe(403)
})

test('the narrative: a fresh draft holds the registers; what the officer wrote is never overwritten; ids stay', async () => {
  await addMember(deps, desk.people.officer, { bodyId: desk.bodyId, name: '毕某', duty: 'head', post: '书记', from: '2025-01-01', to: null })
  await saveMeeting(deps, desk.people.officer, { bodyId: desk.bodyId, meetingId: null, seen: 0, file: null, facts: { heldOn: '2025-03-01', title: '领导小组会议', place: '', chair: '毕某', agenda: '部署', summary: '', present: ['毕某'], absent: [], guests: [] } })
  const carried = (await listProblems(db, desk.bodyId, 2025)).find(({ source }) => source === 'carried')!
  expect((await desk.post(`${HOME}/${carried.problemId}/measures`, { content: '逾期报送的由分管领导约谈', unit: '党政办', owner: '', dueOn: '2026-06-30' })).status).toBe(303)
  await openReport(deps, desk.people.officer, { bodyId: desk.bodyId, year: 2025 })
  await freezeReport(deps, desk.people.officer, { bodyId: desk.bodyId, year: 2025 })
  const draft = await (await desk.get(`${REPORT}/narrative`)).text()
  expect(draft).toContain('{领导小组综述}')
  expect(draft).toContain('机构情况一变即改指南，已办结：指南改了三处联系方式并公布。')
  expect(draft).toContain(`name="problems.0.id" value="${carried.problemId}"`)
  expect(draft).toContain('逾期报送的由分管领导约谈，由党政办负责，2026年6月底前完成。')
  // 信息员自己写：监督保障已写，上年第一个问题已答，本年问题另写一个
  const written = { version: String((await getReport(db, desk.bodyId, 2025)).version), problems: '1', 'problems.0.problem': '自己写的问题', 'problems.0.measure': '自己写的措施', 'overview.supervision': '监督电话全年畅通。', 'lastProblems.0': '自己写的整改。', 'lastProblems.1': '', 'others.fees': '{信息处理费综述}' }
  expect((await desk.post(`${REPORT}/narrative`, written)).status).toBe(303)
  const page = await desk.see(`${REPORT}/narrative/registers`)
  expect(page).toMatch(/监督保障情况 现在：监督电话全年畅通。 补上： 召开政务公开领导小组会议1次.*上年问题2的整改（指南更新不够及时） 填上： 机构情况一变即改指南.*本年问题/)
  expect(page).not.toContain('上年问题1的整改')
  const version = String((await getReport(db, desk.bodyId, 2025)).version)
  expect((await desk.post(`${REPORT}/narrative/registers`, { version })).status).toBe(422)
  expect((await desk.post(`${REPORT}/narrative/registers`, { version: '1', pick: 'overview.supervision' })).status).toBe(422)
  expect((await desk.post(`${REPORT}/narrative/registers`, { version, pick: ['overview.supervision', 'lastProblems.1', `problem.${carried.problemId}`] })).status).toBe(303)
  const { narrative } = (await getReport(db, desk.bodyId, 2025)).state
  expect(narrative?.overview.supervision).toBe('监督电话全年畅通。\n{领导小组综述}')
  expect(narrative?.lastProblems.map(({ answer }) => answer)).toEqual(['自己写的整改。', '机构情况一变即改指南，已办结：指南改了三处联系方式并公布。'])
  expect(narrative?.problems).toMatchObject([{ problem: '自己写的问题', measure: '自己写的措施' }, { problem: '个别科室报送信息不及时', problemId: carried.problemId }])
  // 再存一次表单，编号还在
  const again = { ...written, version: String((await getReport(db, desk.bodyId, 2025)).version), problems: '2', 'problems.1.problem': '改了写法的同一个问题', 'problems.1.measure': '另写的措施', 'problems.1.id': carried.problemId }
  expect((await desk.post(`${REPORT}/narrative`, again)).status).toBe(303)
  expect((await getReport(db, desk.bodyId, 2025)).state.narrative?.problems[1]?.problemId).toBe(carried.problemId)
  expect(await desk.see(`${REPORT}/narrative/registers`)).not.toContain('逾期报送的由分管领导约谈')
  expect((await desk.get(`${REPORT}/cells/meetings`)).headers.get('location')).toBe('/desk/leading-group?year=2025')
  expect((await desk.get(`${REPORT}/narrative/registers`, 'handler')).status).toBe(403)
})

test('who may, and the export', async () => {
  const { problemId } = await problemOf('指南更新不够及时')
  expect((await desk.get(HOME, 'handler')).status).toBe(200)
  expect((await desk.post(`${HOME}/new`, { year: '2026', content: '自查发现的问题' }, 'handler')).status).toBe(403)
  expect((await desk.get(`${HOME}/${problemId}`, 'outsider')).status).toBe(404)
  expect((await desk.get(HOME, 'auditor')).status).toBe(403)
  expect((await desk.post(`${HOME}/new`, { year: '2020', content: '短' })).status).toBe(422)
  expect((await desk.post(`${HOME}/new`, { year: '2026', content: '自查发现的问题' })).status).toBe(303)
  expect(await (await desk.get(`${HOME}.csv?year=2024`)).text()).toContain('2024,指南更新不够及时,年度报告,已整改,机构情况一变即改指南，已办结：指南改了三处联系方式并公布。,机构情况一变即改指南,党政办,2026-01-20,办结')
})
