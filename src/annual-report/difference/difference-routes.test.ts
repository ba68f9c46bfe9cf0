import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import type { Body } from '../../bodies/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { testDb } from '../../platform/testing.ts'
import { aFiledReport, anAcceptedReport } from '../collection/testing.ts'
import { contentHash } from '../editions/content-hash.ts'
import { liveReport } from '../editions/live-report.ts'
import { openReport } from '../actions/open-report.ts'
import { getReport } from '../store.ts'
import { closeReader } from '../reading/index.ts'
import type { ReadLine } from '../reading/read-report.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const cookies: Record<string, string> = {}
let jia: Body
let officer: SignedInActor
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
  officer = await createAccount(db, { name: 'jiaxinxi', displayName: '甲信息员', bodyId: jia.bodyId, roles: ['disclosure-officer'] })
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
  // 同一年度没有说是哪一次的：上一次与最后一次
  expect(await (await get('/desk/differences?a=jia&aYear=2025&b=jia&bYear=2025', 'zhengwu')).text()).toContain('<ins>年内开展培训两次')
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
  const none = await (await send({})).text()
  for (const side of ['前一份', '后一份']) expect(none).toContain(`${side}：请选择一个文件，或者选一份公布了的报告`)
})

async function publish(year: number, cells: Record<string, number>): Promise<void> {
  await openReport(deps, officer, { bodyId: jia.bodyId, year })
  const { reportId } = await getReport(db, jia.bodyId, year)
  const live = await liveReport(deps, 'jia', year)
  const model = { ...live, cells: { ...live.cells, ...cells } }
  const [day, at] = [`${year + 1}-01-20`, deps.clock.now()]
  await db.insertInto('annual_report_edition').values({ body_id: jia.bodyId, report_id: reportId, edition: 1, year, model: JSON.stringify(model), content_hash: contentHash(model), signed_on: day, published_on: day, frozen_at: at, correction_reason: null }).execute()
}

test('公众不必上传，可以选两份公布了的：有地址；没有公布的选不到', async () => {
  expect((await get('/check/difference/published?a=jia&aYear=2024&b=jia&bYear=2025')).status).toBe(404)
  for (const [year, n] of [[2023, 4], [2024, 6]] as const) await publish(year, { 'R1.N': n, 'R3.1.N': n })
  const form = await (await get('/check/difference')).text()
  expect(form).toContain('<option value="jia">示例甲局</option>')
  const post = (fields: Record<string, string>) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    return app.request('/check/difference', { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' }, body })
  }
  const chosen = await post({ beforeBody: 'jia', beforeYear: '2023', afterBody: 'jia', afterYear: '2024' })
  expect(chosen.headers.get('location')).toBe('/check/difference/published?a=jia&aYear=2023&b=jia&bYear=2024')
  const page = await (await get(chosen.headers.get('location') ?? '')).text()
  expect(page).toContain('+2')
  const wrong = await post({ beforeBody: 'jia', beforeYear: '2023', afterBody: 'jia', afterYear: '2025' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('后一份：所选的机关没有公布 2025 年度的报告')
})
