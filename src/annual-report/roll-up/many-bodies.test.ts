import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { loadAcceptedTexts } from './accepted-texts.ts'
import { groupProblems } from './district-draft.ts'
import { loadRollUp } from './load-roll-up.ts'
import { anAcceptedDistrict } from './testing.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
let cookie = ''
const text = async (path: string) => (await app.request(path, { headers: { cookie } })).text()

beforeAll(async () => {
  setToday('2026-02-20')
  await aDistrict(deps)
  const office = await aBody(deps, { code: 'zfb', name: '武昌区人民政府办公室', kind: 'district-office' })
  cookie = await cookieFor(db, await createAccount(db, { name: 'zhengwu', displayName: '苏主任', bodyId: office.bodyId, roles: ['district-office'] }), deps.clock.now())
  await anAcceptedDistrict(deps, { count: 24, years: [2024, 2025] })
})

test('几十家：全区的每一格等于各类小计之和，也等于库里各份逐格相加', async () => {
  const { sum } = await loadRollUp(db, 2025, '2026-02-20')
  expect([sum.due, sum.accepted, sum.absent.length]).toEqual([25, 24, 1])
  const { bodies } = JSON.parse(await text('/desk/roll-up/2025/export/json')) as { bodies: { cells: Record<string, number> }[] }
  for (const code of Object.keys(sum.cells)) {
    const total = bodies.reduce((so, { cells }) => so + Math.round((cells[code] ?? 0) * 1e6), 0) / 1e6
    expect(sum.cells[code], code).toBe(total)
    expect(sum.groups.reduce((so, { cells }) => so + Math.round((cells[code] ?? 0) * 1e6), 0) / 1e6, code).toBe(total)
  }
})

test('高低悬殊的一家指出差在哪几行，可点开；检索、排序、分页', async () => {
  const page = await text('/desk/roll-up/2025/compare?measure=received')
  expect(page).toContain('各家的中位数为')
  expect(page).toContain('2025 年度新收申请高低悬殊的')
  const up = await text('/desk/roll-up/2025/compare?measure=received&sort=value')
  const names = [...up.matchAll(/\/desk\/filings\/(sl\d+)\/2025"/g)].map(([, code]) => code)
  expect(new Set(names).size).toBe(24)
  expect(await text('/desk/roll-up/2025/cells/R1.T?q=中心&sort=name')).not.toContain('街道办事处')
})

test('相近的问题归在一起，各家的措施是原话', async () => {
  const { sum } = await loadRollUp(db, 2025, '2026-02-20')
  const { problems } = await loadAcceptedTexts(db, 2025, sum.parts.map(({ bodyId }) => bodyId))
  expect(problems).toHaveLength(24)
  const grouped = groupProblems(problems)
  expect(grouped.length).toBeLessThanOrEqual(4)
  expect(grouped[0]?.problem).toMatch(/等\d+个机关）$/)
  const said = new Set(problems.map(({ measure }) => measure.replace(/。$/, '')))
  for (const { measure } of grouped) expect([...said]).toContain(measure)
})
