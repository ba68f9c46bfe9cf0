import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeStaff } from '../../seeds/staff.ts'
import type { Post, Staff } from '../../seeds/staff.ts'
import { ITEMS } from '../../seeds/wuchang.ts'
import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { aBody, aDistrict } from '../../src/bodies/testing.ts'
import { PUBLICATION_CODES, articleOf } from '../../src/catalogue/index.ts'
import type { PublicationCode } from '../../src/catalogue/index.ts'
import { actOnItem } from '../../src/catalogue/testing-drafts.ts'
import { testDb } from '../../src/platform/testing.ts'
import { closeRedaction } from '../../src/redaction/index.ts'
import { axe, noSidewaysScroll, shoot, withBrowser } from '../browser.ts'

const { deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const browser = withBrowser()
let staff: Staff
let bodyId = ''

beforeAll(async () => {
  setToday('2024-01-15')
  await aDistrict(deps)
  ;({ bodyId } = await aBody(deps, { code: 'csyxglzx', name: '武昌区城市运行管理中心', kind: 'authorized-org', uscc: '91350100M000100Y43' }))
  staff = await makeStaff(deps, { bodyId, prefix: '', surname: 0, signIn: true, order: 0 })
})
afterAll(() => closeRedaction())

async function signIn(post: Post): Promise<Page> {
  const page = await browser.open(app, '/desk')
  await page.getByRole('button', { name: `以 ${staff[post].name} 登录` }).click()
  await expect.poll(() => new URL(page.url()).pathname).toBe('/desk')
  return page
}
async function as<T>(post: Post, work: (page: Page) => Promise<T>): Promise<T> {
  const page = await signIn(post)
  const result = await work(page)
  await page.context().close()
  return result
}

const labelOf = (code: PublicationCode): string => (code.startsWith('A20') ? `${articleOf(code)} ${PUBLICATION_CODES[code].label}` : articleOf(code))

const editorOf = (page: Page) => page.getByRole('textbox', { name: /^正文/ })

/** 登记一条，到它的页面。 */
async function register(page: Page, { title, formedOn, codes = [] }: (typeof ITEMS)[number]): Promise<void> {
  await page.goto('/desk/items/new')
  await page.getByLabel('标题').first().fill(title)
  await page.getByLabel('成文日期').fill(formedOn)
  await page.getByLabel('内容概述').fill(`${title}，公众可以查阅。`)
  await editorOf(page).fill(`${title}的全文，以本中心公布的为准。`)
  for (const code of codes) await page.getByLabel(labelOf(code), { exact: true }).check()
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByText('已登记，索引号').waitFor()
}

/** 在「审查与发布」选上全部，一次办完；返回逐条的账。 */
async function doAll(post: Post, step: string, button: string): Promise<string[]> {
  return as(post, async (page) => {
    await page.goto(`/desk/items/review?step=${step}`)
    await page.getByRole('link', { name: /^全选这/ }).click()
    await page.getByRole('button', { name: `${button}所选的`, exact: true }).click()
    await page.getByRole('button', { name: new RegExp(`^${button} \\d+ 条$`) }).click()
    await page.getByRole('heading', { level: 1, name: `${button}的结果` }).waitFor()
    await axe(page)
    return page.locator('ul.items li').allTextContents()
  })
}

const FIRST = ITEMS.filter(({ formedOn }) => formedOn === '2024-01-15')
const REFUSED = '领导成员及分工'

test('three items of January are registered and sent together; the reviewer refuses one and passes the others, one after another', async () => {
  setToday('2024-01-15')
  await as('officer', async (page) => {
    for (const item of FIRST) await register(page, item)
    await shoot(page, 'item-registered')
  })
  expect((await doAll('officer', 'submit', '送审')).every((line) => line.includes('已送科室负责人审核'))).toBe(true)
  expect(await doAll('unitHead', 'check', '审核同意')).toHaveLength(3)
  await as('secrecy', async (page) => {
    expect(await page.locator('main').textContent()).toContain(REFUSED)
    await page.locator('main').getByRole('link', { name: FIRST[0]?.title ?? '', exact: true }).click()
    for (let left = FIRST.length; left > 0; left -= 1) {
      const refuse = (await page.locator('main h2').first().textContent()) === REFUSED
      await page.getByRole('radio', { name: refuse ? /^不能公开/ : /^可以公开/ }).check()
      if (refuse) {
        // 没有写缘故的退回这一页，所选的还在
        await page.getByRole('button', { name: '保密审查', exact: true }).click()
        await expect.poll(() => page.locator('.field-error').textContent()).toContain('请写明缘故')
        expect(await page.getByRole('radio', { name: /^不能公开/ }).isChecked()).toBe(true)
        await axe(page)
        await page.getByLabel('意见').fill('分管工作写到了具体点位，请改为概括的说法')
      }
      await page.getByRole('button', { name: left > 1 ? /^保密审查，看下一条/ : '保密审查' }).first().click()
      await page.getByRole('status').waitFor()
    }
  })
}, 120_000)

test('the refused one is mended and passed; then all three are approved, published and found by a visitor', async () => {
  setToday('2024-01-16')
  await as('officer', async (page) => {
    await page.locator('main').getByRole('link', { name: REFUSED, exact: true }).click()
    expect(await page.locator('#review').textContent()).toContain('分管工作写到了具体点位')
    await axe(page)
    await shoot(page, 'item-returned')
    await page.getByRole('link', { name: '修改', exact: true }).click()
    await editorOf(page).fill('领导成员及分工，概括地写。')
    await page.getByRole('button', { name: '存下修改' }).click()
    await page.getByRole('link', { name: '送审', exact: true }).click()
    await page.getByRole('button', { name: '送审', exact: true }).click()
    await expect.poll(() => page.locator('#review').textContent()).toContain('待科室负责人审核')
  })
  await doAll('unitHead', 'check', '审核同意')
  await as('secrecy', async (page) => {
    await page.locator('main').getByRole('link', { name: REFUSED, exact: true }).click()
    await page.getByRole('radio', { name: /^可以公开/ }).check()
    await page.getByRole('button', { name: '保密审查', exact: true }).click()
    await expect.poll(() => page.locator('#review').textContent()).toContain('待批准')
  })
  expect(await doAll('head', 'approve', '批准公开')).toHaveLength(3)
  const early = await browser.open(app, '/bodies/csyxglzx/items')
  expect(await early.locator('main').textContent()).toContain('还没有公开的信息')
  await early.context().close()
  expect((await doAll('publisher', 'publish', '发布')).every((line) => line.includes('公开之日为 2024-01-16'))).toBe(true)
  const visitor = await browser.open(app, '/bodies/csyxglzx/items', { width: 390, javaScriptEnabled: false })
  await visitor.getByRole('link', { name: REFUSED, exact: true }).click()
  expect(await visitor.locator('main').textContent()).toContain('概括地写')
  expect(await visitor.locator('main').textContent()).not.toContain('点位')
  await noSidewaysScroll(visitor)
  await visitor.context().close()
}, 120_000)

// 各步在前两个里已从页面走过
const REST = [['submit', 'officer', ''], ['check', 'unitHead', ''], ['secrecy-review', 'secrecy', 'pass'], ['approve', 'head', ''], ['publish', 'publisher', '']] as const
const waiting = async () => (await deps.db.selectFrom('info_item').select(['item_id', 'version']).where('awaiting', 'is not', null).execute()).map((row) => ({ itemId: row.item_id, seen: row.version }))

test('the other five of the year, each on its day; at the year’s end the visitor counts eight, none late', async () => {
  const days = [...new Set(ITEMS.map(({ formedOn }) => formedOn))].filter((day) => day !== '2024-01-15')
  for (const day of days) {
    setToday(day)
    await as('officer', async (page) => {
      for (const item of ITEMS.filter(({ formedOn }) => formedOn === day)) await register(page, item)
    })
    for (const [step, post, given] of REST) for (const row of await waiting()) {
      const answer = await actOnItem(deps, staff[post], { bodyId, ...row, step, given: (name) => (name === 'result' ? given : '') })
      if (!answer.ok) throw new Error(`${step}：${answer.refusal}`)
    }
  }
  const visitor = await browser.open(app, '/bodies/csyxglzx/items')
  const titles = await visitor.locator('tbody a').allTextContents()
  expect(titles.toSorted()).toEqual(ITEMS.map(({ title }) => title).toSorted())
  await axe(visitor)
  await visitor.context().close()
  expect(await deps.db.selectFrom('info_item').select('title').whereRef('published_on', '>', 'due_on').execute()).toEqual([])
}, 120_000)
