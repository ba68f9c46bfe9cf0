import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { anApplication } from '../../applications/testing.ts'
import { aDistrict } from '../../bodies/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { aReview } from '../../reviews/testing.ts'
import { aDesk } from '../testing-desk.ts'
import type { Desk } from '../testing-desk.ts'
import { attemptSeed } from './attempts.ts'
import { listPool } from './bank.ts'
import { drawPaper } from './draw-paper.ts'
import { trainingHours, trainingStats } from './hours.ts'
import { STARTER_QUESTIONS } from './starter-questions.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let desk: Desk
const HOME = '/desk/training'

beforeAll(async () => {
  await aDistrict(deps)
  desk = await aDesk(app, deps)
})

const versionOf = async (id: string): Promise<string> => String((await db.selectFrom('training_session').select('version').where('session_id', '=', id).executeTakeFirstOrThrow()).version)
const idIn = (answer: Response): string => answer.headers.get('location')?.split('/').at(-1) ?? ''
const FACTS = { topic: '答复期限的计算', heldOn: '2026-01-15', startsAt: '14:30', online: 'no', place: '三楼会议室', audience: '各科室信息员', lecturer: '', hours: '1.5', planId: '' }
let session = ''
const visit = (path: string, fields?: Record<string, string>) =>
  app.request(path, fields === undefined ? {} : { method: 'POST', headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() })

test('a year is planned, and a session stands in the plan', async () => {
  const entry = { year: '2026', month: '1', topic: '答复期限的计算', audience: '信息员', hours: '2', note: '' }
  expect((await desk.post(`${HOME}/plan`, { ...entry, hours: '一小时', month: '13' })).status).toBe(422)
  for (const topic of ['答复期限的计算', '公开前的审查']) expect((await desk.post(`${HOME}/plan`, { ...entry, topic })).status).toBe(303)
  const [first, second] = await db.selectFrom('training_plan').select(['plan_id', 'topic']).orderBy('plan_id').execute()
  expect((await desk.post(`${HOME}/sessions/new`, { ...FACTS, startsAt: '25:00', hours: '0' })).status).toBe(422)
  expect((await desk.post(`${HOME}/sessions/new`, { ...FACTS, planId: first?.plan_id ?? '', heldOn: '2027-01-15' })).status).toBe(422)
  expect(await (await desk.get(`${HOME}/sessions/new?plan=${first?.plan_id ?? ''}`)).text()).toMatch(new RegExp(`value="${first?.plan_id ?? ''}"[^>]*selected|selected[^>]*value="${first?.plan_id ?? ''}"`))
  const made = await desk.post(`${HOME}/sessions/new`, { ...FACTS, planId: first?.plan_id ?? '' })
  session = idIn(made)
  expect((await desk.post(`${HOME}/plan/${first?.plan_id}/remove`, { year: '2026' })).status).toBe(303)
  expect((await desk.post(`${HOME}/plan/${second?.plan_id}/remove`, { year: '2026' })).status).toBe(303)
  expect(await desk.see(`${HOME}/plan`)).toMatch(/计划 1 项，办了 0 项.*已安排/)
})

test('signed in by code within the hour: by account or by a name; the old code, a late one and a wrong one are closed', async () => {
  expect((await desk.get(`${HOME}/sessions/${session}/sign-in`)).status).toBe(303)
  expect((await desk.post(`${HOME}/sessions/${session}/open-sign-in`, { version: '1' })).headers.get('location')).toContain('/sign-in')
  const screen = await (await desk.get(`${HOME}/sessions/${session}/sign-in`)).text()
  const old = /\/training\/sljd\/([0-9A-Z]{10})/.exec(screen)?.[0] ?? ''
  expect(screen).toContain('<svg class="qr"')
  expect((await desk.post(`${HOME}/sessions/${session}/open-sign-in`, { version: '2' })).status).toBe(303)
  expect((await visit(old)).status).toBe(404)
  const { sign_code: code } = await db.selectFrom('training_session').select('sign_code').executeTakeFirstOrThrow()
  const path = `/training/sljd/${code}`
  expect((await visit(`/training/slqspj/${code}`)).status).toBe(404)
  expect(await (await visit(path)).text()).toContain('答复期限的计算')
  expect((await visit(path, { name: '', unit: '' })).status).toBe(422)
  expect((await visit(path, { name: '苗某13800001234', unit: '社区' })).status).toBe(422)
  for (let n = 0; n < 2; n += 1) expect(await desk.textOf(await visit(path, { name: '苗某', unit: '某社区' }))).toContain('已签到')
  expect(await (await desk.get(path, 'handler')).text()).toContain('以 handler（演示） 签到')
  expect((await desk.post(path, {}, 'handler')).status).toBe(200)
  expect((await desk.post(`${HOME}/mine/sign-in`, { code: 'ABCDEFGHJK' }, 'publisher')).status).toBe(422)
  expect((await desk.post(`${HOME}/mine/sign-in`, { code: `${code?.slice(0, 5)} ${code?.slice(5).toLowerCase()}` }, 'publisher')).status).toBe(303)
  expect(await db.selectFrom('training_sign_in').select(['name', 'unit', 'way', 'account_id']).orderBy('sign_in_id').execute()).toEqual([
    { name: '苗某', unit: '某社区', way: 'code', account_id: null },
    { name: 'handler（演示）', unit: '', way: 'code', account_id: desk.people.handler.accountId },
    { name: 'publisher（演示）', unit: '', way: 'code', account_id: desk.people.publisher.accountId },
  ])
  await db.updateTable('training_session').set({ sign_until: deps.clock.now() }).execute()
  expect((await visit(path, { name: '后来的', unit: '社区' })).status).toBe(404)
})

test('the officer ticks the rest, takes off a wrong one, and ends it: only then does it count', async () => {
  const add = (fields: Record<string, string>) => desk.post(`${HOME}/sessions/${session}/sign-ins`, fields)
  expect((await add({})).status).toBe(422)
  expect((await add({ names: '某' })).status).toBe(422)
  expect((await add({ names: '文某 城管科\n误某', accounts: desk.people.leader.accountId })).status).toBe(303)
  expect((await add({ names: '文某 城管科' })).status).toBe(303)
  const wrong = await db.selectFrom('training_sign_in').select('sign_in_id').where('name', '=', '误某').executeTakeFirstOrThrow()
  expect((await desk.post(`${HOME}/sessions/${session}/remove-sign-in`, { signIn: wrong.sign_in_id })).status).toBe(303)
  expect(await desk.see(`${HOME}/sessions/${session}`)).toMatch(/签到，5 人.*苗某 某社区 扫码.*文某 城管科 经办人勾/)
  expect(await trainingHours(db, desk.bodyId, '2026-01-01', '2026-12-31')).toEqual({ sessions: 0, hours: 0, attendances: 0, personHours: 0 })
  expect((await desk.post(`${HOME}/sessions/${session}/hold`, { version: await versionOf(session) }, 'handler')).status).toBe(403)
  expect((await desk.post(`${HOME}/sessions/${session}/hold`, { version: await versionOf(session) })).status).toBe(303)
  const empty = idIn(await desk.post(`${HOME}/sessions/new`, { ...FACTS, heldOn: '2026-01-16' }))
  await desk.post(`${HOME}/sessions/${empty}/hold`, { version: '1' })
  expect((await db.selectFrom('training_session').select('state').where('session_id', '=', empty).executeTakeFirstOrThrow()).state).toBe('planned')
  await desk.post(`${HOME}/sessions/${empty}/cancel`, { version: '1' })
  expect(await trainingHours(db, desk.bodyId, '2026-01-01', '2026-12-31')).toEqual({ sessions: 1, hours: 1.5, attendances: 5, personHours: 7.5 })
  expect(await trainingHours(db, desk.bodyId, '2026-01-16', '2026-12-31')).toMatchObject({ sessions: 0 })
  expect(await desk.see(HOME)).toContain('2026 年办了 1 期、5 人次、1.5 学时')
  expect(await desk.see(`${HOME}/mine`, 'handler')).toContain('2026 年参加 1 期、及格试卷 0 份，共 1.5 学时')
  expect(await (await desk.get(`${HOME}.csv`)).text()).toMatch(/2026-01-15,14:30,答复期限的计算,现场,三楼会议室,各科室信息员,,1\.5,5,已办/)
  expect((await desk.get(`${HOME}.csv`, 'handler')).status).toBe(403)
})

test('the bank: a starter stopped, own questions from a file line by line, all or none', async () => {
  const before = (await listPool(db, desk.bodyId)).length
  const page = await (await desk.get(`${HOME}/questions?topic=fee`)).text()
  const key = /name="key" value="([0-9a-f]{16})"/.exec(page)?.[1] ?? ''
  expect((await desk.post(`${HOME}/questions/stop`, { key })).status).toBe(303)
  expect(await listPool(db, desk.bodyId)).toHaveLength(before - 1)
  const head = '种类,课题,题干,选项,答案,依据,说明\n'
  const bad = `${head}单选,答复期限,延期最长几日？,十|二十,C,条例第三十三条,\n填空,天文,短,,,,\n`
  const refused = await desk.textOf(await desk.upload(`${HOME}/questions/import`, {}, { name: '题库.csv', bytes: Buffer.from(bad) }))
  expect(refused).toMatch(/第 2 行：.*有的字母没有对应的选项.*第 3 行：.*种类：须为/)
  expect(await listPool(db, desk.bodyId)).toHaveLength(before - 1)
  const good = `${head}单选,答复期限,延期最长几个工作日？,十|二十,B,条例第三十三条,\n判断,年度报告,没有的填零。,,对,国办公开办函〔2021〕30号,\n`
  expect((await desk.upload(`${HOME}/questions/import`, {}, { name: '题库.csv', bytes: Buffer.from(good) })).status).toBe(303)
  expect(await listPool(db, desk.bodyId)).toHaveLength(before + 1)
  expect((await desk.upload(`${HOME}/questions/import`, {}, { name: '题库.csv', bytes: Buffer.from(good.replace(',B,', ',A,')) })).status).toBe(303)
  expect((await listPool(db, desk.bodyId)).find(({ stem }) => stem === '延期最长几个工作日？')?.answer).toBe('A')
  const { question_id: id } = await db.selectFrom('training_question').select('question_id').where('stem', '=', '延期最长几个工作日？').executeTakeFirstOrThrow()
  const fields = { kind: 'single', topic: 'term', stem: '延期最长几个工作日？', options: '十\n二十', answer: 'B', article: '条例第三十三条第二款', explanation: '', active: 'yes' }
  expect(await desk.textOf(await desk.post(`${HOME}/questions/${id}`, { ...fields, stem: '没有的填零。' }))).toContain('已有同样题干的另一道题')
  expect((await desk.post(`${HOME}/questions/${id}`, fields)).status).toBe(303)
  expect(await desk.textOf(await desk.get(`${HOME}/questions.csv`))).toContain('单选,答复期限,延期最长几个工作日？,十|二十,B')
  expect((await desk.get(`${HOME}/questions/template.xlsx`)).status).toBe(200)
  expect(await desk.see(`${HOME}/questions/own`)).toContain('B. 二十')
  expect(await desk.see(`${HOME}/questions/own`, 'handler')).not.toContain('B. 二十')
})

const PAPER = { title: '第一季度测试', passScore: '60', attempts: '2', hours: '1', opensOn: '2026-01-15', closesOn: '2026-01-20', seed: 'seed-1', 'count.term': '4', 'count.report': '4', 'count.fee': '2' }

test('a paper drawn by seed, answered online, scored, explained; the best counts once; the draw can be made again', async () => {
  expect(await desk.textOf(await desk.post(`${HOME}/papers/new`, { ...PAPER, 'count.fee': '40' }))).toContain('信息处理费只有')
  expect(await desk.textOf(await desk.post(`${HOME}/papers/new`, { ...PAPER, 'count.term': '', 'count.report': '', 'count.fee': '2' }))).toContain('合计 2 题')
  const paper = idIn(await desk.post(`${HOME}/papers/new`, PAPER))
  const start = (who: 'handler' | 'publisher' = 'handler') => desk.post(`${HOME}/papers/${paper}/start`, {}, who)
  const first = idIn(await start())
  expect(idIn(await start())).toBe(first)
  const other = idIn(await start('publisher'))
  expect((await desk.get(`${HOME}/attempts/${first}`, 'publisher')).status).toBe(404)
  const rows = await db.selectFrom('training_attempt').select(['attempt_id', 'questions', 'account_id', 'number']).orderBy('attempt_id').execute()
  const drawn = rows.find((row) => row.attempt_id === first)?.questions ?? []
  expect(drawn).toEqual(drawPaper(await listPool(db, desk.bodyId), { term: 4, report: 4, fee: 2 }, attemptSeed('seed-1', desk.people.handler.accountId, 1)))
  expect(drawn.map(({ stem }) => stem)).not.toEqual(rows.find((row) => row.attempt_id === other)?.questions.map(({ stem }) => stem))
  const page = await desk.see(`${HOME}/attempts/${first}`, 'handler')
  for (const { stem } of drawn) expect(page).toContain(stem.replaceAll(/\s+/g, ' '))
  expect(page).not.toContain(drawn.find(({ explanation }) => explanation !== '')?.explanation)
  const answers = (right: number) => Object.fromEntries(drawn.map(({ answer }, i) => [`q${i}`, i < right ? [...answer] : []]))
  expect((await desk.post(`${HOME}/attempts/${first}`, answers(5), 'handler')).status).toBe(303)
  expect(await desk.see(`${HOME}/attempts/${first}`, 'handler')).toMatch(/50 分.*不及格.*10 题答对 5 题.*没有答.*应当是/)
  expect((await desk.post(`${HOME}/attempts/${first}`, answers(10), 'handler')).status).toBe(303)
  expect((await db.selectFrom('training_attempt').select('score').where('attempt_id', '=', first).executeTakeFirstOrThrow()).score).toBe(50)
  const second = idIn(await start())
  const again = (await db.selectFrom('training_attempt').select('questions').where('attempt_id', '=', second).executeTakeFirstOrThrow()).questions
  await desk.post(`${HOME}/attempts/${second}`, Object.fromEntries(again.map(({ answer }, i) => [`q${i}`, [...answer]])), 'handler')
  expect((await start()).headers.get('location')).toBe(`${HOME}/mine`)
  expect(await desk.see(`${HOME}/mine`, 'handler')).toMatch(/及格试卷 1 份，共 2\.5 学时.*第一季度测试 2026-01-15 至 2026-01-20 100 及格/)
  expect(await desk.see(`${HOME}/papers/${paper}`)).toMatch(/handler（演示） 100 及格 2 2026-01-15.*本机关还有 \d 人没有答.*错得最多的题/)
  expect(await desk.see(`${HOME}/papers/${paper}`, 'handler')).not.toContain('各人最好的成绩')
  expect(await trainingHours(db, desk.bodyId, '2026-01-01', '2026-12-31')).toEqual({ sessions: 1, hours: 1.5, attendances: 5, personHours: 8.5 })
  expect(await trainingStats(db, desk.bodyId, 2026)).toMatchObject({ planned: 1, plannedHeld: 1, people: 3, takers: 1, passed: 1 })
  setToday('2026-01-21')
  expect((await desk.post(`${HOME}/attempts/${other}`, { q0: 'A' }, 'publisher')).headers.get('location')).toBe(`${HOME}/mine`)
  expect((await db.selectFrom('training_attempt').select('score').where('attempt_id', '=', other).executeTakeFirstOrThrow()).score).toBeNull()
  expect((await desk.post(`${HOME}/papers/${paper}`, { opensOn: '2026-01-15', closesOn: '2026-01-31', version: '1' })).status).toBe(303)
  expect((await desk.post(`${HOME}/attempts/${other}`, { q0: 'A' }, 'publisher')).headers.get('location')).toContain('/attempts/')
  setToday('2026-01-15')
})

test('what to teach comes from what went wrong, counted, with the way there; the district sees every body', async () => {
  expect(await desk.see(`${HOME}/suggestions`)).toContain('近一年没有办错的记录')
  await anApplication(deps, desk.bodyId, { receivedOn: '2025-06-02', decidedOn: '2025-09-20', outcome: 'GRANTED' })
  await anApplication(deps, desk.bodyId, { receivedOn: '2025-06-02', decidedOn: '2025-09-22', outcome: 'GRANTED' })
  await anApplication(deps, desk.bodyId, { receivedOn: '2025-06-02', decidedOn: '2025-06-10', outcome: 'GRANTED' })
  await aReview(db, desk.bodyId, { facts: { receivedOn: '2025-07-01' }, result: 'revoked', decidedOn: '2025-09-01' })
  const page = await desk.see(`${HOME}/suggestions`)
  expect(page).toMatch(/答复期限的计算与按期答复 逾期答复的申请 2 件 答复期限.*不予公开的依据与复议诉讼应对 复议、诉讼中被纠正的决定 1 件/)
  expect(await (await desk.get(`${HOME}/suggestions`)).text()).toContain('href="/desk/reviews"')
  expect(await desk.see(`${HOME}/suggestions`, 'district')).toMatch(/各机关.*示例街道办事处 答复期限的计算与按期答复 2 0 0 0 0 1/)
  expect(STARTER_QUESTIONS.some(({ topic }) => topic === 'remedy')).toBe(true)
})
