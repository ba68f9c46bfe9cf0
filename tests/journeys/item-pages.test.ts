import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { aBody, aDistrict } from '../../src/bodies/testing.ts'
import { itemPath } from '../../src/catalogue/index.ts'
import { aPublishedItem, republish } from '../../src/catalogue/testing-published.ts'
import { closePdf } from '../../src/documents/index.ts'
import { testDb } from '../../src/platform/testing.ts'
import { withBrowser } from '../browser.ts'
import { aPng } from '../support/picture.ts'

const { deps } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()
afterAll(closePdf)

let path = ''
beforeAll(async () => {
  await aDistrict(deps)
  const { bodyId } = await aBody(deps, { code: 'sljd', name: '示例街道办事处' })
  const { itemId, indexNo } = await aPublishedItem(deps, bodyId, { title: '示例社区三期改造方案', docNo: '示街〔2026〕3号' })
  const bytes = aPng(1600, 900)
  const { key, size } = await deps.files.put(bytes, { maxBytes: 1 << 24 })
  const html = `<p>改造范围如图。</p><figure><img src="file:${key}" alt="改造范围示意图"></figure><p>以上范围自公告之日起封闭施工。</p>`
  await republish(deps, bodyId, itemId, { html, pictures: [{ key, name: '示意图.png', mediaType: 'image/png', bytes: size }] })
  path = itemPath(indexNo)
})

test('without script, on a phone: from the first page to the text, the picture and the PDF', async () => {
  const page = await browser.open(app, '/', { width: 390, javaScriptEnabled: false })
  await page.getByRole('link', { name: '示例社区三期改造方案' }).click()
  await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('示例社区三期改造方案')
  expect(await page.locator('.metadata').textContent()).toContain('示街〔2026〕3号')
  expect(await page.getByRole('button', { name: '朗读' }).isVisible()).toBe(false)
  const picture = page.getByRole('img', { name: '改造范围示意图' })
  await picture.scrollIntoViewIfNeeded()
  expect(await picture.getAttribute('width')).toBe('1600')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载 PDF', exact: true }).click()])
  expect(download.suggestedFilename()).toBe('示例社区三期改造方案.pdf')
  expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe('%PDF-')
})

test.each([390, 1440])('at %i px nothing moves while the picture and the script arrive', async (width) => {
  const page = await browser.open(app, '/accessibility', { width })
  await page.route(/item-files|island|read-aloud/, async (route) => {
    await new Promise((done) => setTimeout(done, 400))
    await route.continue()
  })
  await page.addInitScript(`window.shifts = []; new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(({ value }) => value))).observe({ type: 'layout-shift', buffered: true })`)
  await page.goto(path)
  await page.getByRole('img', { name: '改造范围示意图' }).scrollIntoViewIfNeeded()
  await expect.poll(() => page.evaluate<boolean>(`document.querySelector('.item-body img').complete && document.querySelector('.page-tools').classList.contains('ready')`)).toBe(true)
  expect(await page.evaluate<number>('window.shifts.reduce((sum, value) => sum + value, 0)')).toBe(0)
})

test('read aloud: paragraph by paragraph, stopped by the same button; no button where the browser cannot', async () => {
  const page = await browser.open(app, '/accessibility')
  await page.addInitScript(`
    window.said = []
    const spoken = { speak: (utterance) => { window.said.push(utterance.text); window.last = utterance }, cancel: () => {}, getVoices: () => [{ lang: 'zh-CN', name: '中文' }] }
    Object.defineProperty(window, 'speechSynthesis', { value: spoken })
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }`)
  await page.goto(path)
  await page.getByRole('button', { name: '朗读' }).click()
  expect(await page.evaluate('window.said')).toEqual(['示例社区三期改造方案'])
  await page.evaluate('window.last.onend()')
  expect(await page.evaluate('window.said')).toEqual(['示例社区三期改造方案', '改造范围如图。'])
  await page.getByRole('button', { name: '停止朗读' }).click()
  await page.evaluate('window.last.onend()')
  expect(await page.evaluate('window.said.length')).toBe(2)
  const mute = await browser.open(app, '/accessibility')
  await mute.addInitScript('delete Window.prototype.speechSynthesis; delete window.speechSynthesis')
  await mute.goto(path)
  await expect.poll(() => mute.locator('.page-tools').getAttribute('class')).toContain('ready')
  expect(await mute.getByRole('button', { name: '朗读' }).isVisible()).toBe(false)
  expect(await mute.getByRole('button', { name: '打印' }).isVisible()).toBe(true)
})

test('适老模式 in the middle of a form: what was typed stays, and it is remembered; without script the page says what will be lost', async () => {
  const page = await browser.open(app, '/applications/track')
  await page.getByRole('textbox').first().fill('示街公开申〔2026〕1号')
  await page.getByRole('button', { name: '适老模式' }).click()
  await expect.poll(() => page.locator('html').getAttribute('data-elder')).toBe('')
  expect(await page.getByRole('textbox').first().inputValue()).toBe('示街公开申〔2026〕1号')
  await page.goto('/applications/track')
  expect(await page.locator('html').getAttribute('data-elder')).toBe('')
  await page.getByRole('textbox').first().fill('还在')
  await page.getByRole('button', { name: '退出适老模式' }).click()
  await expect.poll(() => page.locator('html').getAttribute('data-elder')).toBeNull()
  expect(await page.getByRole('textbox').first().inputValue()).toBe('还在')
  const plain = await browser.open(app, '/applications/track', { javaScriptEnabled: false })
  expect(await plain.getByText('没提交的要重填').isVisible()).toBe(true)
  await plain.goto('/accessibility')
  expect(await plain.getByText('没提交的要重填').isVisible()).toBe(false)
})
