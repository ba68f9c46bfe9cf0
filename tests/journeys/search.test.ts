import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { aBody, aDistrict } from '../../src/bodies/testing.ts'
import { aPublishedItem } from '../../src/catalogue/testing-published.ts'
import { testDb } from '../../src/platform/testing.ts'
import { axe, shoot, withBrowser } from '../browser.ts'

const { deps } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()

beforeAll(async () => {
  await aDistrict(deps)
  const [city, civil] = [await aBody(deps, { code: 'cgj', name: '示例区城市管理局' }), await aBody(deps, { code: 'mzj', name: '示例区民政局' })]
  const table = { name: '物资表.txt', mediaType: 'text/plain', content: Buffer.from('橡皮艇'), text: '橡皮艇八艘，存放于西岸码头' }
  await aPublishedItem(deps, city.bodyId, { title: '城市内涝应急预案', attachments: [table], publishedOn: '2025-05-01' })
  await aPublishedItem(deps, civil.bodyId, { title: '临时救助办法', publishedOn: '2024-05-01' })
  await aPublishedItem(deps, civil.bodyId, { title: '临时救助情况公示', publishedOn: '2025-05-01' })
})

test('a visitor types first letters, takes a hint, narrows by year, and opens what is found', async () => {
  const page = await browser.open(app, '/search')
  const field = page.getByRole('combobox', { name: '检索政府信息' })
  await field.pressSequentially('lsjz')
  await page.locator('#hints option[value="临时救助"]').waitFor({ state: 'attached' })
  await field.fill('临时救助')
  await field.press('Enter')
  await page.getByRole('link', { name: /^2024 年/ }).click()
  expect(await page.locator('.results h2').allInnerTexts()).toEqual(['临时救助办法'])
  await axe(page)
  await page.getByRole('link', { name: '临时救助办法' }).click()
  expect(await page.locator('h1').innerText()).toBe('临时救助办法')
})

test('without script, on a phone, in 适老 mode: by a word of an attachment, and by a wrong letter', async () => {
  const page = await browser.open(app, '/search', { width: 390, elder: true, javaScriptEnabled: false })
  await page.getByRole('searchbox', { name: '检索政府信息' }).or(page.getByRole('combobox', { name: '检索政府信息' })).fill('橡皮艇')
  await page.getByRole('button', { name: '检索' }).click()
  expect(await page.locator('.results').innerText()).toContain('附件“物资表.txt”里：')
  await shoot(page, 'search-attachment-elder')
  await page.goto(`/search?q=${encodeURIComponent('临时就助')}`)
  expect(await page.locator('main').innerText()).toContain('按“临时救助”检索，仍要查“临时就助”')
  await page.getByRole('link', { name: '临时就助' }).click()
  expect(await page.locator('main').innerText()).not.toContain('按“临时救助”检索')
})
