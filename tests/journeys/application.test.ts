import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { makeStaff } from '../../seeds/staff.ts'
import type { Post, Staff } from '../../seeds/staff.ts'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { aBody, aDistrict } from '../../src/bodies/testing.ts'
import { testDb } from '../../src/platform/testing.ts'
import { axe, shoot, withBrowser } from '../browser.ts'

const { deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()
let staff: Staff
let casePath = ''

beforeAll(async () => {
  setToday('2026-01-05')
  await aDistrict(deps)
  const { bodyId } = await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办' })
  staff = await makeStaff(deps, { bodyId, prefix: '', surname: 0, signIn: true, order: 0 })
})

/** 某日从登录页进来，到某一页。 */
async function onDay(day: string, post: Post, path = casePath): Promise<Page> {
  setToday(day)
  const page = await browser.open(app, '/desk')
  await page.getByRole('button', { name: `以 ${staff[post].name} 登录` }).click()
  await page.goto(path)
  return page
}

/** 在案件页上点开一步，填好，交；回到案件页。 */
async function step(page: Page, label: string, fill: (page: Page) => Promise<void> = async () => {}): Promise<void> {
  await page.getByRole('link', { name: label, exact: true }).click()
  await fill(page)
  await page.getByRole('button', { name: label, exact: true }).click()
  await expect.poll(() => new URL(page.url()).pathname).toBe(casePath)
}

const due = (page: Page): Promise<string | null> => page.locator('.due-on').textContent()

test('one case: supplemented, a third party refuses, extended, answered in part, posted, served, archived', async () => {
  let page = await onDay('2026-01-05', 'officer', '/desk/applications')
  await page.getByRole('link', { name: '登记申请' }).first().click()
  await page.getByRole('radio', { name: '当面提交' }).check()
  await page.getByLabel('姓名').fill('张三丰')
  await page.getByLabel('证件号码', { exact: false }).first().fill('420106199001011234')
  await page.getByLabel('所需政府信息').fill('老旧小区改造的合同')
  await page.getByRole('button', { name: '登记申请' }).click()
  casePath = new URL(page.url()).pathname
  await expectText(page, '示街办公开申〔2026〕1号')
  expect(await due(page)).toBe('2026-02-02')

  page = await onDay('2026-01-07', 'officer')
  await step(page, '告知补正', (form) => form.getByLabel('需要补正的事项').fill('一、写明是哪个小区、哪一年的项目'))
  await expectText(page, '期限暂停')
  page = await onDay('2026-01-12', 'officer')
  await step(page, '收到补正')
  expect(await due(page)).toBe('2026-02-09')

  page = await onDay('2026-01-13', 'officer')
  await step(page, '征求意见', (form) => form.getByRole('radio', { name: '第三方' }).check())
  page = await onDay('2026-01-14', 'officer')
  await step(page, '征求意见书已送达')
  page = await onDay('2026-01-20', 'officer')
  await step(page, '收到意见', async (form) => {
    await form.getByRole('radio', { name: '不同意公开', exact: true }).check()
    await form.getByRole('radio', { name: '合理', exact: true }).check()
  })
  await expectText(page, '可以区分处理的部分公开（条例第三十七条）')
  expect(await due(page)).toBe('2026-02-14')
  await shoot(page, 'application-examining')
  await axe(page)

  page = await onDay('2026-01-27', 'head')
  await step(page, '批准延期', (form) => form.getByLabel('延长几个工作日').fill('5'))
  expect(await due(page)).toBe('2026-02-28')

  page = await onDay('2026-01-28', 'officer')
  await page.getByRole('link', { name: '拟定答复', exact: true }).click()
  await page.getByRole('radio', { name: '部分公开' }).check()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '拟定答复' }).click()
  await expectText(page, '有 1 处需要改正，填过的内容都在')
  await page.getByLabel('不予公开的部分逐处的内容类别、法条与理由').fill('第 12 页报价明细，第十五条，商业秘密')
  await page.getByRole('button', { name: '拟定答复' }).click()
  await expectText(page, '批准后计入')

  page = await onDay('2026-01-29', 'head', '/desk')
  await page.getByRole('link', { name: /1号 老旧小区/ }).click()
  await step(page, '批准答复')
  await expectText(page, '示街办公开答〔2026〕1号')
  page = await onDay('2026-01-30', 'officer')
  await step(page, '交邮、发出', async (form) => {
    await form.getByRole('radio', { name: '邮寄送达' }).check()
    await form.getByLabel('邮政企业与单号').fill('EMS 1234567890123')
  })
  page = await onDay('2026-02-02', 'officer')
  await step(page, '申请人已签收')
  await expectText(page, '按期答复')
  await expectText(page, '（二）部分公开')
  await step(page, '归档')
  await expectText(page, '已归档')
  expect(await page.content()).not.toContain('张三丰')
  await shoot(page, 'application-archived')
  await axe(page)
}, 120_000)

const expectText = async (page: Page, words: string): Promise<void> => expect(await page.locator('main').textContent()).toContain(words)
