import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { aBody, aDistrict } from '../../src/bodies/testing.ts'
import { closeFileReader } from '../../src/catalogue/index.ts'
import { aPublishedItem } from '../../src/catalogue/testing-published.ts'
import { getItem } from '../../src/catalogue/index.ts'
import type { SignedInActor } from '../../src/identity/index.ts'
import { cookieFor, createAccount } from '../../src/identity/testing.ts'
import { testDb } from '../../src/platform/testing.ts'
import { axe, shoot, withBrowser } from '../browser.ts'

const { db, deps } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()
let officer: SignedInActor
let bodyId = ''

beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'csyxglzx', name: '武昌区城市运行管理中心', kind: 'authorized-org', codeWord: '武城运', uscc: '91350100M000100Y43' })).bodyId
  officer = await createAccount(db, { name: 'xinxi', displayName: '吴信息', bodyId, roles: ['disclosure-officer'] })
  await aPublishedItem(deps, bodyId, { title: '武昌区停车秩序管理办法' })
})
afterAll(closeFileReader)

async function enter(path: string, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const page = await browser.open(app, '/sign-in', options)
  const [name = '', value = ''] = (await cookieFor(db, officer, deps.clock.now())).split('=')
  await page.context().addCookies([{ name, value, url: page.url() }])
  await page.goto(path)
  return page
}

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><p class=MsoNormal align=center style='text-align:center'><b><span style='font-family:方正小标宋;color:red'>停车秩序管理办法解读</span></b><o:p></o:p></p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span><![endif]>为何修订</p><table class=MsoTableGrid><tr><td><p>路段</p></td><td><p>泊位</p></td></tr><tr><td><p>中南路</p></td><td><p>120</p></td></tr></table></body></html>`

/** 像从 Word 复制之后按粘贴。 */
const paste = (page: Page, html: string) =>
  page.evaluate<undefined>(`(() => {
    const data = new DataTransfer()
    data.setData('text/html', ${JSON.stringify(html)})
    const editor = document.querySelector('.richtext-area')
    editor.focus()
    editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })()`)

const fill = async (page: Page, title: string) => {
  await page.getByLabel('标题（必填）').fill(title)
  await page.getByLabel('第二十条第（一）项', { exact: false }).check()
}
const storedBody = async (page: Page): Promise<string> => {
  const { state } = await getItem(db, bodyId, page.url().split('/').at(-1) ?? '')
  return (await deps.files.get(state.content.details?.body ?? '')).toString()
}

test('an officer pastes from Word, shapes the text, attaches, relates, and registers', async () => {
  const page = await enter('/desk/items/new')
  await fill(page, '《停车秩序管理办法》解读')
  await paste(page, WORD)
  await page.locator('.richtext-area table').waitFor()
  expect(await page.locator('.richtext-area [style], .richtext-area [class]').count()).toBe(0)
  await axe(page)
  await shoot(page, 'item-form')
  await page.setViewportSize({ width: 1440, height: 900 })
  // 光标放在末尾，另起一段标题
  await page.locator('.richtext-area').click()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('咨询方式')
  await page.getByRole('button', { name: '一级标题' }).click()
  await page.locator('input[name="files"]').setInputFiles([{ name: '泊位表.csv', mimeType: 'text/csv', buffer: Buffer.from('路段,泊位\n中南路,120') }])
  await page.getByRole('button', { name: '上传' }).click()
  expect(await page.getByText('文字已读出').count()).toBe(1)
  await page.getByLabel('找要关联的信息', { exact: false }).fill('停车秩序')
  await page.getByRole('button', { name: '查找' }).click()
  await page.getByRole('button', { name: '关联「武昌区停车秩序管理办法」' }).click()
  await axe(page)
  await shoot(page, 'item-form-filled')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  expect(await page.getByText('已登记，索引号', { exact: false }).count()).toBe(1)
  const body = await storedBody(page)
  for (const part of ['<p data-align="center"><strong>停车秩序管理办法解读</strong></p>', '<ol><li>为何修订</li></ol>', '<td>中南路</td><td>120</td>', '<h2>咨询方式</h2>']) expect(body).toContain(part)
  await axe(page)
  await shoot(page, 'item-page')
  await page.goto('/desk/items')
  await axe(page)
  await shoot(page, 'item-list')
})

test('without script the same is typed as text and registered', async () => {
  const page = await enter('/desk/items/new', { javaScriptEnabled: false })
  await fill(page, '无脚本登记的一条')
  await page.locator('textarea[name="body"]').fill('第一段\n\n第二段')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  expect(await storedBody(page)).toBe('<p>第一段</p>\n<p>第二段</p>')
})
