import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { aDesk } from '../testing-desk.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let desk: Awaited<ReturnType<typeof aDesk>>
let cases: string[] = []

beforeAll(async () => {
  await aDistrict(deps)
  const { bodyId } = await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })
  desk = await aDesk(app, deps, setToday, { bodyId, name: 'many' })
  cases = []
  for (const day of ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05']) cases.push(await desk.register(day))
})

const HERE = '/desk/applications/assign'
const list = async (search: string): Promise<string[]> => {
  const html = await (await desk.get(`/desk/applications${search}`)).text()
  return cases.filter((caseId) => html.includes(`/desk/applications/${caseId}"`))
}
const post = async (fields: Record<string, string>, picked: readonly string[]) => {
  const body = new URLSearchParams(fields)
  for (const one of picked) body.append('cases', one)
  return app.request(HERE, { method: 'POST', headers: { cookie: await desk.cookieOf('officer'), 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }, body: body.toString() })
}

test('by days to the due date, and those that wait for somebody', async () => {
  // 二十个工作日：3 月 30、31 日，4 月 1、2 日到期
  setToday('2026-03-31')
  const [first, second, third, fourth] = cases as [string, string, string, string]
  const dues = await db.selectFrom('application').select(['case_id', 'due_on']).orderBy('due_on').execute()
  expect(dues.map(({ due_on: due }) => due)).toEqual(['2026-03-30', '2026-03-31', '2026-04-01', '2026-04-02'])
  expect(await list('?due=overdue')).toEqual([first])
  expect(await list('?due=today')).toEqual([second])
  expect(await list('?due=three')).toEqual([second, third, fourth])
  setToday('2026-03-30')
  expect(await list('?due=three')).toEqual([first, second, third, fourth])
  setToday('2026-03-26')
  // 三个工作日：27、30、31 日
  expect(await list('?due=three')).toEqual([first, second])
  expect(await list('?due=nonsense')).toEqual(cases)
  expect(await list('?status=awaiting')).toEqual([])
  await desk.post(`/desk/applications/${third}/send-consultation`, { version: '1', with: 'THIRD_PARTY', party: '王某某', contact: '13900000000', on: '2026-03-26' })
  expect(await list('?status=awaiting')).toEqual([third])
  expect(await list('?handler=none')).toEqual(cases)
})

test('chosen rows are assigned after a second look; a row somebody touched meanwhile is told, the others go on', async () => {
  setToday('2026-03-26')
  const handler = desk.accountOf('handler').accountId
  const html = await (await desk.get(HERE)).text()
  const keys = [...html.matchAll(/name="cases" value="([^"]+)"/g)].map(([, key]) => key ?? '')
  expect(keys.map((key) => key.split('.')[0])).toEqual(expect.arrayContaining(cases))
  const [taken, ...others] = keys as [string, ...string[]]
  const given = { to: handler, on: '2026-03-26' }
  for (const [fields, picked, said] of [
    [given, [], '请选分派哪几件'],
    [{ ...given, to: '' }, keys, '请选择承办人'],
    [{ ...given, to: desk.accountOf('leader').accountId }, keys, '请选择承办人'],
    [{ ...given, on: '2026-03-27' }, keys, '请填写分派之日'],
    [given, ['not-a-case', 'x.y'], '请选分派哪几件'],
  ] as const) {
    const refused = await post(fields, picked)
    expect([refused.status, said]).toEqual([422, said])
    const page = await refused.text()
    expect(page).toContain(said)
    // 选过的还在
    if (picked === keys) expect(page.match(/type="checkbox"[^>]*checked=""/g)).toHaveLength(keys.length)
  }
  const asked = await (await post(given, keys)).text()
  expect(asked).toContain('把 4 件分派给handler（演示）？')
  expect(await db.selectFrom('application').select('case_id').where('handler', 'is not', null).execute()).toEqual([])

  const [takenId = '', version = ''] = taken.split('.')
  expect((await desk.post(`/desk/applications/${takenId}/extend`, { version, days: '5', on: '2026-03-26' }, 'head')).status).toBe(303)
  const done = await (await post({ ...given, confirmed: '1' }, keys)).text()
  expect(done).toContain('3 件已分派给handler（演示）')
  expect(done).toContain('1 件没有分派')
  expect(done).toContain('他人刚才办过这件，没有分派')
  const rows = await db.selectFrom('application').select(['case_id', 'handler']).execute()
  expect(new Map(rows.map((row) => [row.case_id, row.handler]))).toEqual(new Map([[takenId, null], ...others.map((key): [string, string] => [key.split('.')[0] ?? '', handler])]))
  expect(await db.selectFrom('audit_event').select('target').where('action', '=', 'application.assigned').execute()).toHaveLength(3)
  // 再交一遍不会再派
  expect(await (await post({ ...given, confirmed: '1' }, keys)).text()).toContain('4 件没有分派')
  expect((await desk.get(HERE, 'leader')).status).toBe(403)
})
