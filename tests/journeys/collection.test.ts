import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { carryReport } from '../../seeds/carry-report.ts'
import { makeStaff } from '../../seeds/staff.ts'
import type { Staff } from '../../seeds/staff.ts'
import { getReport, reviewReport, signReport } from '../../src/annual-report/testing.ts'
import { NARRATIVE } from '../../src/annual-report/collection/testing-desk.ts'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { anApplication } from '../../src/applications/testing.ts'
import { aBody, aDistrict } from '../../src/bodies/testing.ts'
import { closePdf } from '../../src/documents/index.ts'
import type { SignedInActor } from '../../src/identity/index.ts'
import { cookieFor, createAccount } from '../../src/identity/testing.ts'
import { testDb } from '../../src/platform/testing.ts'
import { axe, noSidewaysScroll, shoot, withBrowser } from '../browser.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()
const FILING = '/desk/filings/sljd/2025'
const REPORT = '/desk/reports/sljd/2025'
let staff: Staff
let office: SignedInActor
let bodyId = ''

beforeAll(async () => {
  setToday('2026-01-15')
  await aDistrict(deps)
  const { bodyId: officeId } = await aBody(deps, { code: 'qzfb', name: '示例区人民政府办公室', kind: 'district-office', sort: 1 })
  office = await createAccount(db, { name: 'zhengwu', displayName: '苏主任（演示）', bodyId: officeId, roles: ['district-office'], at: deps.clock.now() })
  ;({ bodyId } = await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办', sort: 2 }))
  staff = await makeStaff(deps, { bodyId, prefix: '', surname: 0, signIn: true, order: 0 })
  // 错在这里：商业企业申请的，登记成了自然人
  await anApplication(deps, bodyId, { regNo: '示街公开申〔2025〕1号', receivedOn: '2025-03-03', decidedOn: '2025-03-20', outcome: 'GRANTED' })
  const days = { freeze: '2026-01-05', draft: '2026-01-06', check: '2026-01-07', review: '2026-01-08', sign: '2026-01-09', file: '2026-01-10', publish: '2026-01-10' }
  await carryReport(deps, { bodyId, year: 2025, staff, narrative: NARRATIVE, days, until: 'signed', explain: () => '已与台账原件逐件核对，情况属实' })
})
afterAll(closePdf)

async function openAs(actor: SignedInActor, path: string): Promise<Page> {
  const page = await browser.open(app, '/')
  const [name = '', value = ''] = (await cookieFor(db, actor, deps.clock.now())).split('=')
  await page.context().addCookies([{ name, value, url: page.url() }])
  await page.goto(path)
  return page
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()
const follow = (page: Page, name: string) => page.getByRole('main').getByRole('link', { name, exact: true }).first().click()
const status = async (page: Page) => page.locator('h1 ~ .tag, .head .tag, header .tag').first().textContent()

test('a body files with an error, is sent back, mends the record, files again, is accepted', async () => {
  const officer = await openAs(staff.officer, REPORT)
  await follow(officer, '报送区政务公开办')
  await press(officer, '报送区政务公开办')
  await officer.goto(FILING)
  expect(await status(officer)).toBe('待审核')

  const reviewer = await openAs(office, '/desk')
  await reviewer.getByRole('link', { name: '审核 2025 年度报告 1 份' }).click()
  await follow(reviewer, '示例街道办事处')
  await shoot(reviewer, 'collection-review')
  await follow(reviewer, '退回修改')
  await reviewer.getByRole('checkbox', { name: /予以公开 · 自然人，1$/ }).check()
  await reviewer.getByRole('checkbox', { name: /落实先审查、后公开/ }).check()
  await axe(reviewer)
  await shoot(reviewer, 'collection-pick')
  await press(reviewer, '下一步：写意见')
  await press(reviewer, '退回修改')
  expect(await reviewer.locator('#errors').textContent()).toContain('有 2 处需要改正')
  await reviewer.getByLabel(/予以公开 · 自然人，报来 1/).fill('1号申请是企业提出的，请核对申请人类型')
  await reviewer.getByLabel(/落实先审查/).fill('写明两次核对的日期')
  await press(reviewer, '退回修改')
  expect(await status(reviewer)).toBe('已退回')

  // 机关在报告页上看到意见，从格到记录，改的是记录
  await officer.goto('/desk')
  await officer.getByRole('link', { name: '2025 年度报告退回修改' }).click()
  const returned = officer.locator('#returned')
  expect(await returned.textContent()).toContain('写明两次核对的日期')
  await shoot(officer, 'collection-returned')
  await returned.getByRole('link', { name: /予以公开 · 自然人/ }).click()
  await follow(officer, '示街公开申〔2025〕1号')
  await follow(officer, '办理这件申请')
  const caseId = /[0-9a-f-]{36}/.exec(officer.url())?.[0] ?? ''
  await officer.goto(`/desk/applications/${caseId}/correct`)
  await officer.locator('[name=applicantKind][value=B]').check()
  await officer.getByLabel(/更正的理由/).fill('照卷宗更正：申请人是商业企业')
  await officer.locator('main form button').last().click()
  await officer.goto(REPORT)
  await press(officer, '重新冻结')
  await officer.goto(`${REPORT}/narrative`)
  await officer.getByLabel(/政府信息管理/).fill('落实先审查、后公开，公文起草时一并确定公开属性，6月、12月各核对指南与目录一次。')
  await press(officer, '保存正文')
  await officer.goto(REPORT)
  await press(officer, '提交校核')
  const seen = async () => ({ bodyId, year: 2025, seen: (await getReport(db, bodyId, 2025)).version })
  await reviewReport(deps, staff.secrecy, { ...(await seen()), passed: true, opinion: '可以公开' })
  await signReport(deps, staff.leader, await seen())
  await officer.goto(REPORT)
  await follow(officer, '报送区政务公开办')
  await officer.getByLabel(/对退回意见的答复/).fill('申请人类型已照卷宗更正，核对的日期已写明')
  await press(officer, '报送区政务公开办')

  await reviewer.goto(FILING)
  const difference = await reviewer.getByRole('main').textContent()
  expect(difference).toContain('与第 1 次报送相比')
  expect(difference).toContain('申请人类型已照卷宗更正')
  await axe(reviewer)
  await shoot(reviewer, 'collection-again')
  await follow(reviewer, '受理')
  await press(reviewer, '受理')
  expect(await status(reviewer)).toBe('已受理')

  const visitor = await browser.open(app, '/annual-reports/filings/2025', { width: 390 })
  expect(await visitor.getByRole('main').textContent()).toContain('受理 1 家')
  await noSidewaysScroll(visitor)
  await axe(visitor)
}, 120_000)
