import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { aBody, aDistrict } from '../../src/bodies/testing.ts'
import { cookieFor, createAccount } from '../../src/identity/testing.ts'
import { testDb } from '../../src/platform/testing.ts'
import { noSidewaysScroll, shoot, withBrowser } from '../browser.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()
let bodyId = ''

beforeAll(async () => {
  setToday('2026-01-12')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
})

const next = (page: Page): Promise<void> => page.getByRole('button', { name: '保存，到下一步' }).click()
const heading = (page: Page): Promise<string | null> => page.getByRole('heading', { level: 1 }).textContent()

async function officerPage(): Promise<Page> {
  const actor = await createAccount(db, { name: 'yuan.jing', displayName: '袁静（演示）', bodyId, roles: ['disclosure-officer'] })
  const [name = '', value = ''] = (await cookieFor(db, actor, deps.clock.now())).split('=')
  const page = await browser.open(app, '/accessibility')
  await page.context().addCookies([{ name, value, url: page.url() }])
  return page
}

test('without script, on a phone, a citizen applies; the officer confirms; the citizen sees the due day, then withdraws', async () => {
  const page = await browser.open(app, '/', { width: 390, javaScriptEnabled: false })
  page.setDefaultTimeout(5000)
  await page.getByRole('main').getByRole('link', { name: '申请公开政府信息' }).click()
  await page.getByRole('link', { name: '示例街道办事处' }).click()
  await page.getByRole('button', { name: '看过说明，开始填写' }).click()
  await page.getByLabel('本人（自然人）').check()
  await next(page)
  await page.getByLabel('姓名').fill('张三丰')
  await page.getByLabel('证件号码').fill('110105194912310021')
  await page.getByLabel('联系电话').fill('13800001234')
  await next(page)
  expect(await page.getByRole('alert').textContent()).toContain('有一位不对')
  expect(await page.getByLabel('姓名').inputValue()).toBe('张三丰')
  await shoot(page, 'citizen-person-wrong', [390])
  await page.getByLabel('证件号码').fill('11010519491231002X')
  await next(page)
  await next(page)
  await page.getByLabel('所需政府信息').fill('某小区加装电梯的批复')
  await next(page)
  await page.getByLabel('当面领取').check()
  await page.getByLabel('纸质').check()
  await next(page)
  await next(page)
  await page.getByLabel('身份证明').setInputFiles({ name: '身份证.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]) })
  await page.getByRole('button', { name: '保存，到下一步' }).click()
  await expect.poll(() => heading(page)).toBe('核对并提交')
  await noSidewaysScroll(page)
  await page.getByRole('link', { name: '修改：申请什么' }).click()
  await expect.poll(() => page.getByLabel('所需政府信息').inputValue()).toBe('某小区加装电梯的批复')
  await page.goBack()
  await page.getByRole('button', { name: '提交申请' }).click()
  await expect.poll(() => heading(page)).toBe('申请已提交')
  await noSidewaysScroll(page)
  const [regNo = '', code = ''] = await page.locator('dd strong').allTextContents()
  expect(regNo).toBe('示公开申〔2026〕1号')

  const officer = await officerPage()
  await officer.goto('/desk/applications/unconfirmed')
  await officer.getByRole('link', { name: regNo }).first().click()
  await expect.poll(() => officer.getByRole('main').textContent()).toContain('身份证明，图片（PNG）')
  await officer.getByRole('link', { name: '确认收到' }).first().click()
  await officer.getByRole('button', { name: '确认收到' }).click()

  await page.getByRole('main').getByRole('link', { name: '查询申请进度' }).click()
  await page.getByLabel('登记号').fill(regNo)
  await page.getByLabel('查询码').fill('ABCD-EFGH-JKLM')
  await page.getByRole('button', { name: '查询' }).click()
  await expect.poll(() => page.getByRole('alert').textContent()).toContain('登记号与查询码不符')
  await page.getByLabel('查询码').fill(code)
  await page.getByRole('button', { name: '查询' }).click()
  await expect.poll(() => page.locator('.due-on').textContent()).toBe('2026-02-09')
  expect(await page.getByRole('main').textContent()).toContain('本机关将于2026-02-09前（含当日）作出答复')
  expect(page.url()).not.toMatch(/2026|[A-Z2-9]{4}-[A-Z2-9]{4}/)
  await noSidewaysScroll(page)
  await shoot(page, 'citizen-case', [390])
  await page.getByRole('link', { name: '撤回申请' }).click()
  await page.getByRole('button', { name: '撤回申请' }).click()
  await expect.poll(() => page.getByRole('status').textContent()).toContain('已撤回')
})
