import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { aCitizen, PERSON } from '../../src/applications/citizen/testing-citizen.ts'
import { aBody, aDistrict } from '../../src/bodies/testing.ts'
import { anItem } from '../../src/catalogue/testing.ts'
import { testDb } from '../../src/platform/testing.ts'
import { axe, shoot, withBrowser } from '../browser.ts'

const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()
const BASE = '/apply/slqzjj'

beforeAll(async () => {
  await aDistrict(deps)
  const { bodyId } = await aBody(deps, { code: 'slqzjj', name: '示例区住房和城乡建设局' })
  const other = await aBody(deps, { code: 'sljd', name: '示例街道办事处', codeWord: '示街办' })
  await anItem(db, bodyId, { title: '示例区城镇老旧小区改造三年行动方案', docNo: '示建发〔2023〕9号' })
  await anItem(db, bodyId, { title: '2024年老旧小区改造项目实施情况', formedOn: '2024-11-02' })
  await anItem(db, other.bodyId, { title: '老旧小区改造居民意见征集公告' })
})

/** 填到「申请什么」一步，由浏览器接着写。 */
async function openContent(options: { javaScriptEnabled?: boolean; width?: number } = {}) {
  const citizen = aCitizen(app)
  await citizen.post(`${BASE}/start`)
  await citizen.post(`${BASE}/who`, { kind: 'N' })
  await citizen.post(`${BASE}/person`, PERSON)
  await citizen.post(`${BASE}/agent`, { hasAgent: 'no' })
  const page = await browser.open(app, '/privacy', options)
  await page.context().addCookies([{ name: 'apply', value: citizen.jar.get('apply') ?? '', url: `${new URL(page.url()).origin}${BASE}` }])
  await page.goto(`${BASE}/content`)
  return page
}

const counts = () => db.selectFrom('suggestion_count').select(['shown', 'opened', 'helped']).execute()

test('as one types, what is public appears; opened in another page; "found it" ends it', async () => {
  const page = await openContent()
  const box = page.locator('#suggestions')
  expect(await box.textContent()).toBe('')
  await page.getByLabel('所需政府信息').fill('我想看老旧小区改造的方案')
  await box.getByRole('heading', { name: '可能已经公开，可直接查看' }).waitFor()
  expect(await box.getByRole('listitem').allTextContents()).toEqual([expect.stringContaining('三年行动方案'), expect.stringContaining('实施情况'), expect.stringContaining('意见征集公告')])
  await axe(page)
  await shoot(page, 'suggest-typing')
  const [opened] = await Promise.all([page.context().waitForEvent('page'), box.getByRole('link').first().click()])
  await opened.waitForURL(/\/items\/[^?]+$/)
  await opened.close()
  expect(await page.getByLabel('所需政府信息').inputValue()).toBe('我想看老旧小区改造的方案')
  await page.getByLabel('所需政府信息').fill('某人的户籍档案')
  await expect.poll(() => box.textContent()).toBe('')
  await page.getByLabel('所需政府信息').fill('老旧小区改造实施情况')
  await box.getByRole('button', { name: '找到了，不用申请' }).click()
  await page.waitForURL(`**${BASE}/no-need`)
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('好的，不用申请了')
  await shoot(page, 'suggest-no-need')
  expect(await counts()).toEqual([{ shown: 1, opened: 1, helped: 1 }])
})

test('who has seen them goes straight on; without script one is asked at the next step', async () => {
  const scripted = await openContent()
  await scripted.getByLabel('所需政府信息').fill('老旧小区改造实施情况')
  await scripted.locator('#suggestions').getByRole('link').first().waitFor()
  await scripted.getByRole('button', { name: '保存，到下一步' }).click()
  await scripted.waitForURL(`**${BASE}/delivery`)
  const plain = await openContent({ javaScriptEnabled: false, width: 390 })
  await plain.getByLabel('所需政府信息').fill('老旧小区改造实施情况')
  await plain.getByRole('button', { name: '保存，到下一步' }).click()
  await plain.waitForURL(`**${BASE}/found`)
  await shoot(plain, 'suggest-found')
  await plain.getByRole('button', { name: '继续申请' }).click()
  await plain.waitForURL(`**${BASE}/delivery`)
})
