import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import type { Body } from '../../bodies/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import { testDb } from '../../platform/testing.ts'
import { aFiledReport, anAcceptedReport } from '../collection/testing.ts'
import { closeReader } from '../reading/index.ts'
import type { ReadLine } from '../reading/read-report.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const cookies: Record<string, string> = {}
let jia: Body
const get = async (path: string, who?: string) => app.request(path, { headers: who === undefined ? {} : { cookie: cookies[who] ?? '' } })
const line = (text: string, i: number): ReadLine => ({ number: i + 1, text, kind: i === 0 ? 'heading' : 'prose' })
const FIRST = '落实先审查、后公开的制度，公文起草时一并确定公开属性。'

beforeAll(async () => {
  setToday('2026-02-20')
  await aDistrict(deps)
  jia = await aBody(deps, { code: 'jia', name: '示例甲局' })
  const yi = await aBody(deps, { code: 'yi', name: '示例乙局' })
  await anAcceptedReport(deps, { bodyId: jia.bodyId, year: 2024, cells: { 'R1.N': 2, 'R3.1.N': 2 }, lines: ['一、总体情况', FIRST].map(line) })
  await aFiledReport(deps, { bodyId: jia.bodyId, year: 2025, cells: { 'R1.N': 2, 'R3.1.N': 2 }, lines: ['一、总体情况', FIRST].map(line) })
  await aFiledReport(deps, { bodyId: jia.bodyId, year: 2025, cells: { 'R1.N': 5, 'R3.1.N': 5 }, lines: ['一、总体情况', FIRST, '年内开展培训两次，覆盖各科室负责人与经办人员。'].map(line) })
  for (const [name, bodyId, role] of [['zhengwu', yi.bodyId, 'district-office'], ['yixinxi', yi.bodyId, 'disclosure-officer']] as const)
    cookies[name] = await cookieFor(db, await createAccount(db, { name, displayName: name, bodyId, roles: [role] }), deps.clock.now())
})
afterAll(closeReader)

test('同一机关两年相比：最近一次报送；可换成前一次', async () => {
  const page = await (await get('/desk/differences?a=jia&aYear=2024&b=jia&bYear=2025', 'zhengwu')).text()
  expect(page).toContain('文字增 1 句，删 0 句，移动 0 句')
  expect(page).toContain('+3')
  expect(page).toContain('第 2 次报送')
  const other = await (await get('/desk/differences?a=jia&aYear=2025&aVersion=round-1&b=jia&bYear=2025&bVersion=round-2', 'zhengwu')).text()
  expect(other).toContain('<ins>年内开展培训两次')
})

test('别的机关没有公布的，看不到；没有选的给出表单', async () => {
  const page = await get('/desk/differences?a=jia&aYear=2024&b=jia&bYear=2025&bVersion=round-2', 'yixinxi')
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('没有可以比的报告')
  expect((await get('/desk/differences', 'yixinxi')).status).toBe(200)
  expect((await get('/desk/differences')).status).toBe(303)
})

test('公众比两个文件：读不出的说清，比完不留', async () => {
  const report = (n: number) => `武昌区示例局2025年政府信息公开工作年度报告\n一、总体情况\n全年收到申请${n}件。\n二、主动公开政府信息情况\n`
  const send = (files: Record<string, string>) => {
    const body = new FormData()
    for (const [name, text] of Object.entries(files)) body.append(name, new File([text], `${name}.txt`, { type: 'text/plain' }))
    return app.request('/check/difference', { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' }, body })
  }
  expect((await get('/check/difference')).status).toBe(200)
  const page = await send({ before: report(2), after: report(3) })
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('<ins>全年收到申请3件。')
  const bad = await send({ before: '买菜的单子', after: report(3) })
  expect(bad.status).toBe(422)
  expect(await bad.text()).toContain('没有找到年度报告的题名与表格')
})
