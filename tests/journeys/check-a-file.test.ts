import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { closeReader } from '../../src/annual-report/reading/index.ts'
import { aDistrict } from '../../src/bodies/testing.ts'
import { root } from '../../src/platform/paths.ts'
import { testDb } from '../../src/platform/testing.ts'
import { axe, noSidewaysScroll, shoot, withBrowser } from '../browser.ts'

const { deps } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()
beforeAll(() => aDistrict(deps))
const folder = mkdtempSync(join(tmpdir(), 'check-'))
afterAll(async () => {
  await closeReader()
  rmSync(folder, { recursive: true })
})

const fixture = (name: string): string => join(root, 'src/annual-report/reading/fixtures', `${name}.txt`)

/** 在盘上备一个文件，返回路径；size 为补零之后的大小。 */
function onDisk(name: string, start: Buffer, size = start.length): string {
  const path = join(folder, name)
  writeFileSync(path, start)
  truncateSync(path, size)
  return path
}

const submit = (page: Page) => page.getByRole('button', { name: '核查', exact: true }).click()

/** 打印成 A4，与截图存在一处，返回页数与全文（去空白）。 */
async function printed(page: Page, name: string): Promise<{ pages: number; text: string }> {
  const bytes = await page.pdf({ path: join(root, '.cache/shots', `${name}.pdf`), format: 'A4', preferCSSPageSize: true })
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
  const texts = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_, n) => (await (await pdf.getPage(n + 1)).getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join('')),
  )
  return { pages: pdf.numPages, text: texts.join('').normalize('NFKC').replaceAll('⺠', '民').replaceAll(/\s+/g, '') }
}

const RESULTS = [
  ['wuchang-2024', '武昌区城市运行管理中心2024年度报告', '21 处错误'],
  ['hongze-2023', '洪泽区人民政府2023年度报告', '2 处错误'],
  ['huaian-2024', '淮安市人民政府2024年度报告', '没有错误'],
  ['shuyang-fgj-2023', '沭阳县发展和改革局2023年度报告', '126 处错误'],
] as const

test.each(RESULTS)('%s: uploaded, read, judged; the result sheet is one page of A4', async (name, title, verdict) => {
  const page = await browser.open(app, '/')
  await page.getByRole('link', { name: '核查一份年度报告' }).click()
  await page.getByLabel(/^文件/).setInputFiles(fixture(name))
  await submit(page)
  expect(await page.title()).toContain(`核查结果：${title}`)
  expect(await page.locator('.verdict').textContent()).toContain(verdict)
  await axe(page)
  await shoot(page, `check-${name}`)
  const { pages, text } = await printed(page, `check-${name}`)
  expect(pages).toBe(1)
  expect(text).toContain('怎样读出:文本文件,200格中读出')
  expect(text).toContain(title)
  expect(text).toContain(verdict.replaceAll(' ', ''))
  await page.context().close()
})

describe('each finding at its place', () => {
  test('a figure in the table leads to its finding, and the finding names its line in the source', async () => {
    const page = await browser.open(app, '/check')
    await page.getByLabel(/^文件/).setInputFiles(fixture('hongze-2023'))
    await submit(page)
    const table = page.getByRole('region', { name: /行政复议、行政诉讼情况/ })
    const bad = table.locator('.bad a')
    expect(await bad.count()).toBe(2)
    await bad.first().click()
    const finding = page.locator(new URL(page.url()).hash)
    expect(await finding.textContent()).toContain('行政复议')
    expect(await finding.textContent()).toMatch(/第 \d+ 行/)
    await page.getByText('原文逐行').click()
    await expect.poll(() => page.locator('.source .hit').first().isVisible()).toBe(true)
    expect(await page.locator('.source .hit').filter({ hasText: '错误' }).count()).toBeGreaterThan(0)
    await shoot(page, 'check-hongze-source')
    await page.context().close()
  })
})

test('pasted text, on a phone without script, is checked against the report of the year before', async () => {
  const page = await browser.open(app, '/check', { width: 390, javaScriptEnabled: false })
  await page.getByLabel('粘贴文字').fill(await readFile(fixture('huaian-2024'), 'utf8'))
  await page.getByLabel('上年报告文件').setInputFiles(fixture('hongze-2023'))
  await submit(page)
  expect(await page.locator('.head-lead').textContent()).toContain('已与 2023 年报告核对衔接')
  expect(await page.locator('main').textContent()).toContain('上年结转')
  await noSidewaysScroll(page)
  await page.context().close()
})

const MB = 1024 * 1024
const WRONG = [
  ['an empty file', onDisk('空.txt', Buffer.alloc(0)), '文件是空的'],
  ['a programme', onDisk('年报.pdf', Buffer.from('MZ'), 4000), '可执行程序'],
  ['a file over the limit', onDisk('大.txt', Buffer.from('一、总体情况'), 21 * MB), '超过 20 MB'],
] as const

test.each(WRONG)('%s is refused beside the field, and what was typed is kept', async (_, file, message) => {
  const page = await browser.open(app, '/check')
  await page.getByLabel('粘贴文字').fill('一、总体情况')
  await page.getByLabel(/^文件/).setInputFiles(file)
  await submit(page)
  expect(await page.getByRole('alert').textContent()).toContain(message)
  expect(await page.locator('#f-file-error').textContent()).toContain(message)
  expect(await page.getByLabel('粘贴文字').inputValue()).toBe('一、总体情况')
  await axe(page)
  if (message === '可执行程序') await shoot(page, 'check-refused')
  await page.context().close()
})

test('a file far over the limit, nothing at all, and a text that is no report', async () => {
  const page = await browser.open(app, '/check')
  await submit(page)
  expect(await page.getByRole('alert').textContent()).toContain('请选择一个文件，或者粘贴文字')
  await page.getByLabel('粘贴文字').fill('今天天气很好。\n'.repeat(20))
  await submit(page)
  expect(await page.locator('#f-text-error').textContent()).toContain('没有找到')
  await page.getByLabel(/^文件/).setInputFiles(onDisk('很大.txt', Buffer.from('一、总体情况'), 43 * MB))
  await submit(page)
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('太大')
  await axe(page)
  await shoot(page, 'check-far-too-big')
})
