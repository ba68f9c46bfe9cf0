import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadWuchang } from '../../seeds/wuchang.ts'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { closePdf } from '../../src/documents/index.ts'
import { testDb } from '../../src/platform/testing.ts'
import { axe, noSidewaysScroll, shoot, withBrowser } from '../browser.ts'

const { deps } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()
beforeAll(() => loadWuchang(deps))
afterAll(() => closePdf())

const CENTRE = '武昌区城市运行管理中心'
const TITLE = `${CENTRE}2024年政府信息公开工作年度报告`
const EIGHT = '全年共主动公开政府信息8条。其中，概况信息3条，财政信息2条，其他对外管理服务事项信息3条'

/** 从首页按机关找到 2024 年度报告。 */
async function toReport(page: Page): Promise<void> {
  await page.getByRole('region', { name: '按机关找' }).getByRole('link', { name: CENTRE, exact: true }).click()
  await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe(CENTRE)
  await page.getByRole('link', { name: '2024 年度报告' }).click()
}

test('without script, on a phone, a visitor finds the report of a body and reads it', async () => {
  const page = await browser.open(app, '/', { width: 390, javaScriptEnabled: false })
  await toReport(page)
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(TITLE)
  expect(await page.locator('main').textContent()).toContain(EIGHT)
  const tables = page.locator('table.statutory')
  expect(await tables.count()).toBe(3)
  for (const table of await tables.all()) {
    const cells = await table.locator('td').allTextContents()
    expect(cells.map((text) => text.trim()).filter((text) => text !== '0')).toEqual([])
  }
  await noSidewaysScroll(page)
  expect(await page.getByRole('link', { name: '开始编制' }).count()).toBe(0)
})

const FILES = [
  ['PDF', `${TITLE}.pdf`, (bytes: Buffer) => bytes.subarray(0, 5).toString('latin1') === '%PDF-' && bytes.subarray(-8).toString('latin1').includes('%%EOF')],
  ['DOCX', `${TITLE}.docx`, (bytes: Buffer) => partOf(bytes, 'word/document.xml').includes('主动公开政府信息8条')],
  ['XLSX', `${TITLE}.xlsx`, (bytes: Buffer) => partOf(bytes, '[Content_Types].xml').includes('spreadsheetml')],
  ['网页文件', `${TITLE}.html`, (bytes: Buffer) => bytes.toString().includes(EIGHT)],
  ['JSON', `${TITLE}.json`, (bytes: Buffer) => (JSON.parse(bytes.toString()) as { year: number }).year === 2024],
] as const

const partOf = (zip: Buffer, name: string): string => strFromU8(unzipSync(zip, { filter: (file) => file.name === name })[name] ?? new Uint8Array())

test('the report is downloaded in five editions, each a real file under its own name', async () => {
  const page = await browser.open(app, '/bodies/csyxglzx/annual-reports/2024')
  const list = page.getByRole('complementary', { name: '下载与其他版本' })
  for (const [label, name, isReal] of FILES) {
    const [download] = await Promise.all([page.waitForEvent('download'), list.getByRole('link', { name: label, exact: true }).click()])
    expect(download.suggestedFilename()).toBe(name)
    expect(isReal(await readFile(await download.path())), label).toBe(true)
  }
})

test('适老模式: larger, with more contrast, and kept on the next page', async () => {
  const page = await browser.open(app, '/', { width: 1440 })
  const size = () => page.evaluate<number>('parseFloat(getComputedStyle(document.body).fontSize)')
  const before = await size()
  await page.getByRole('button', { name: '适老模式' }).click()
  await toReport(page)
  expect(await size()).toBeGreaterThan(before * 1.2)
  expect(await page.getByRole('button', { name: '退出适老模式' }).isVisible()).toBe(true)
  await axe(page)
  await shoot(page, 'portal-report-elder')
  await page.goto('/')
  await shoot(page, 'portal-home-elder')
})

test('by keyboard alone: over the navigation by the skip link, to the body, to the report', async () => {
  const page = await browser.open(app, '/')
  const focused = () => page.evaluate<string>('document.activeElement.textContent.trim()')
  const tabTo = async (text: string, most = 40) => {
    for (let i = 0; i < most; i++) {
      await page.keyboard.press('Tab')
      if ((await focused()) === text) return
    }
    throw new Error(`按 Tab 到不了「${text}」`)
  }
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('跳到正文')
  expect(await page.getByRole('link', { name: '跳到正文' }).boundingBox()).toMatchObject({ y: 8 })
  await page.keyboard.press('Enter')
  expect(await page.evaluate<string>('document.activeElement.id')).toBe('main')
  await tabTo(CENTRE)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/bodies/csyxglzx')
  await tabTo('2024 年度报告')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/annual-reports/2024')
  // 宽表自成一块，可用键盘进去左右滚动
  await page.setViewportSize({ width: 390, height: 900 })
  const wide = page.getByRole('region', { name: /收到和处理政府信息公开申请情况/ })
  await wide.focus()
  const moved = () => page.evaluate<number>('document.activeElement.scrollLeft')
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight')
  await expect.poll(moved).toBeGreaterThan(0)
})

test('what is not there is said clearly, with a way on', async () => {
  const page = await browser.open(app, '/bodies/csyxglzx/annual-reports/2023')
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
  await axe(page)
  await shoot(page, 'portal-missing-report')
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '首页' }).click()
  await expect.poll(() => new URL(page.url()).pathname).toBe('/')
})
