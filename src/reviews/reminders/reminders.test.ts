import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { enqueue, runJobsOnce } from '../../platform/jobs.ts'
import { reviewJobs } from '../index.ts'
import { caseToDos } from '../to-dos.ts'
import { aDisputeDesk } from '../testing-desk.ts'
import type { Post } from '../testing-desk.ts'

const { db, deps, url, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let bodyId = ''
let desk: Awaited<ReturnType<typeof aDisputeDesk>>

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  desk = await aDisputeDesk(app, deps, setToday, { bodyId, name: 'remind' })
})

async function sweep(day: string): Promise<void> {
  setToday(day)
  await enqueue(db, 'reviews.remind', {})
  await runJobsOnce(url, deps, reviewJobs)
}

/** 各人这一件收到的，依次；`unread` 只看没有看的。 */
async function told(caseId: string, unread = false): Promise<Partial<Record<Post, string[]>>> {
  const rows = await db.selectFrom('notice').select(['account_id', 'title', 'read_at']).where('href', '=', `/desk/reviews/${caseId}`).orderBy('notice_id').execute()
  const posts: Post[] = ['officer', 'handler', 'head', 'leader']
  const entries = posts.map((post) => [post, rows.filter((row) => row.account_id === desk.accountOf(post).accountId && (!unread || row.read_at === null)).map((row) => row.title.replace(/^.*?：/, ''))] as const)
  return Object.fromEntries(entries.filter(([, titles]) => titles.length > 0))
}

test('the answer: 5, 3, 1 working days before, the day itself, each working day late, the leader after three; answered it is settled', async () => {
  const id = await desk.register('2026-03-02', 'review', { procedure: 'ordinary' }) // 2026-03-16 到期
  await desk.done(id, '2026-03-02', 'assign', { to: desk.accountOf('handler').accountId })
  for (const day of ['2026-03-06', '2026-03-09', '2026-03-09', '2026-03-13', '2026-03-16']) await sweep(day)
  const label = '行政复议答复（普通程序）'
  expect((await told(id)).handler).toEqual(['交给您承办', `${label}还有 5 个工作日`, `${label}还有 1 个工作日`, `${label}就在今日`])
  expect((await told(id)).head).toEqual([`${label}就在今日`])
  for (const day of ['2026-03-17', '2026-03-18', '2026-03-19']) await sweep(day)
  expect((await told(id, true)).handler).toEqual(['交给您承办', `${label}逾期 3 个工作日`])
  expect((await told(id)).leader).toEqual([`${label}逾期 3 个工作日`])
  expect((await caseToDos(deps, desk.accountOf('officer'))).find(({ href }) => href === `/desk/reviews/${id}`)).toMatchObject({ dueOn: '2026-03-16', title: expect.stringContaining('提交行政复议答复书与证据：示〔2026〕') })
  await desk.done(id, '2026-03-20', 'answer', { letter: 'paper' })
  expect((await told(id, true)).handler ?? []).toEqual(['交给您承办'])
  await sweep('2026-03-23')
  expect((await told(id, true)).head ?? []).toEqual([])
  expect((await caseToDos(deps, desk.accountOf('officer'))).some(({ href }) => href === `/desk/reviews/${id}`)).toBe(false)
})

test('a hearing: those in charge are told before and on the day; the appeal is nobody else’s to forget', async () => {
  const id = await desk.register('2026-04-01', 'direct')
  await desk.done(id, '2026-04-03', 'answer', { letter: 'paper' })
  await desk.done(id, '2026-04-03', 'set-hearing', { day: '2026-04-15', time: '09:30', place: '示例区人民法院第三法庭', attends: 'head', account: '' })
  await sweep('2026-04-14')
  expect(await told(id)).toEqual({ officer: ['开庭还有 1 个工作日'], head: ['开庭还有 1 个工作日'], leader: ['开庭还有 1 个工作日'] })
  const [hearing] = (await desk.stateOf(id)).hearings
  await desk.done(id, '2026-04-15', 'hold-hearing', { id: hearing?.id ?? '', attended: 'head' })
  expect(await told(id, true)).toEqual({})
  await desk.done(id, '2026-04-30', 'judge', { form: 'judgment', result: 'revoked', servedOn: '2026-04-30' }) // 2026-05-15 期满
  await sweep('2026-05-14')
  expect((await told(id, true)).head).toEqual(['不服判决上诉还有 1 个工作日'])
  await sweep('2026-05-18')
  expect((await told(id, true)).officer).toEqual(['不服判决上诉的日子已过，请记结果'])
})
