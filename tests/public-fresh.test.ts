import { beforeAll, expect, test } from 'vitest'
import { carryReport } from '../seeds/carry-report.ts'
import { makeStaff } from '../seeds/staff.ts'
import { loadWuchang } from '../seeds/wuchang.ts'
import { getReport, publishReport } from '../src/annual-report/testing.ts'
import { appParts } from '../src/app-parts.ts'
import { createApp } from '../src/app.tsx'
import { getBodyByCode, renameBody, setDistrict } from '../src/bodies/index.ts'
import type { Actor } from '../src/identity/index.ts'
import { testDb } from '../src/platform/testing.ts'

// 公开页面存着待用；公布、更正、更名之后，下一位读者看到的必是新的。
const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
beforeAll(() => loadWuchang(deps))

const SYSTEM: Actor = { kind: 'system', name: 'seed' }
const REPORT = '/bodies/csyxglzx/annual-reports/2024'
const PAGES = ['/', '/bodies/csyxglzx', '/annual-reports', REPORT, '/check', '/accessibility']

async function read(path: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await app.request(path, { headers })
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('public, no-cache')
  return response.text()
}

test('the name of the district: on every page at once', async () => {
  for (const path of PAGES) expect(await read(path)).toContain('<strong>武昌区政府信息公开</strong>')
  const district = { code: '420106', name: '江夏区', government: '江夏区人民政府', supervisor: '江夏区人民政府办公室' }
  await setDistrict(deps, SYSTEM, district)
  for (const path of PAGES) expect(await read(path)).toContain('<strong>江夏区政府信息公开</strong>')
})

test('the name of a body', async () => {
  const { bodyId } = await getBodyByCode(db, 'csyxglzx')
  await read('/')
  await renameBody(deps, SYSTEM, { bodyId, name: '武昌区数字城市中心', from: '2026-01-10' })
  for (const path of ['/', '/bodies/csyxglzx']) expect(await read(path)).toContain('武昌区数字城市中心')
})

test('a correction: not before it is published, then at once, and the old edition says so', async () => {
  const { bodyId } = await getBodyByCode(db, 'csyxglzx')
  const narrative = (await getReport(db, bodyId, 2024)).state.narrative
  if (narrative === null) throw new Error('报告没有正文')
  const staff = await makeStaff(deps, { bodyId, prefix: 'fresh-', surname: 9, signIn: false, order: 9 })
  const etag = (await app.request(REPORT)).headers.get('etag') ?? ''
  const day = '2026-01-14'
  const days = { freeze: day, draft: day, check: day, review: day, sign: day, file: day, publish: day }
  const plan = { bodyId, year: 2024, staff, days, correction: { on: day, reason: '补充一处说明' }, explain: () => '已核对' }
  const changed = { ...narrative, others: { ...narrative.others, more: '更正后补充的一句话。' } }
  await carryReport(deps, { ...plan, narrative: changed, until: 'signed' })
  expect(await read(REPORT)).not.toContain('更正后补充的一句话')
  expect(await publishReport(deps, staff.publisher, { bodyId, year: 2024 })).toMatchObject({ ok: true })
  expect(await read(REPORT, { 'if-none-match': etag })).toContain('更正后补充的一句话')
  const old = await read(`${REPORT}/editions/1`)
  expect(old).toContain('已有更正后的新版')
  expect(old).not.toContain('更正后补充的一句话')
})

test('a change not yet committed is not seen; once committed it is, by readers who came before and after', async () => {
  await read('/bodies/csyxglzx')
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('body').set({ name: '武昌区某某中心' }).where('code', '=', 'csyxglzx').execute()
    expect(await read('/bodies/csyxglzx')).not.toContain('武昌区某某中心')
  })
  const pages = await Promise.all(Array.from({ length: 20 }, () => read('/bodies/csyxglzx')))
  for (const page of pages) expect(page).toContain('武昌区某某中心')
})

test('what hangs on an address or a reader is not mixed up', async () => {
  expect(await read('/', { cookie: 'elder=1' })).toContain('data-elder')
  expect(await read('/')).not.toContain('data-elder')
  expect((await app.request('/annual-reports?year=2024')).headers.get('cache-control')).toBe('no-store')
  expect((await app.request('/bodies/no-such')).status).toBe(404)
})
