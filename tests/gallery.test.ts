import { expect, test } from 'vitest'
import { createApp } from '../src/app.tsx'
import { renderPage, setFrame } from '../src/platform/html/index.ts'
import { Forbidden } from '../src/platform/errors.ts'
import { testDb } from '../src/platform/testing.ts'
import { axe, noSidewaysScroll, shoot, withBrowser } from './browser.ts'
import { GALLERY, RAIL } from './gallery-pages.tsx'

const { deps } = testDb()
const browser = withBrowser()

const app = createApp(deps, {
  site: {
    siteName: '武昌区政府信息公开',
    siteNote: '法定主动公开 · 依申请公开 · 年度报告',
    demo: '演示数据，除已公开的年度报告外，机关与人物均为虚构',
    portalNav: [
      { label: '首页', href: '/' },
      { label: '机关', href: '/bodies' },
      { label: '年度报告', href: '/annual-reports' },
      { label: '核查年报', href: '/check' },
    ],
    footerNav: [
      { label: '无障碍说明', href: '/accessibility' },
      { label: '隐私说明', href: '/privacy' },
    ],
  },
  before: [
    async (c, next) => {
      setFrame(c, {
        user: { name: '刘某（示例）', note: '示例街道办事处 · 承办人', links: [{ label: '我的账号', href: '/desk/account' }], signOutAction: '/sign-out' },
        loadRail: async () => RAIL,
      })
      await next()
    },
  ],
  mounts: [
    (root) => {
      for (const [path, page] of Object.entries(GALLERY))
        root.get(path, (c) => renderPage(c, page, { refreshSeconds: path === '/desk/bits' ? 30 : 0 }))
      root.get('/desk/forbidden', () => {
        throw new Forbidden('report.file')
      })
    },
  ],
})

const shotName = (path: string) => `gallery${path === '/' ? '-home' : path.replaceAll('/', '-')}`

test.each([...Object.keys(GALLERY), '/nowhere', '/desk/forbidden'])('%s 无障碍，两种宽度都不横向溢出', async (path) => {
  const page = await browser.open(app, path)
  await axe(page)
  await shoot(page, shotName(path))
  await axe(page) // 窄屏的样子
  await page.context().close()
})

test.each(['/', '/desk/list', '/desk/list/1', '/form', '/report'])('%s 适老模式', async (path) => {
  const page = await browser.open(app, path, { elder: true })
  await axe(page)
  await shoot(page, `${shotName(path)}-elder`)
  await page.context().close()
})

test('放大到 200% 与 320 px 宽仍不横向溢出', async () => {
  for (const path of ['/', '/desk/list', '/form', '/desk/bits']) {
    const page = await browser.open(app, path, { width: 320 })
    await noSidewaysScroll(page)
    await page.context().close()
  }
})

test('适老模式不用脚本即可切换，记在 Cookie 里，回到原处', async () => {
  const page = await browser.open(app, '/desk/list?state=late', { javaScriptEnabled: false })
  await page.getByRole('button', { name: '适老模式' }).click()
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/desk/list?state=late')
  expect(await page.locator('html').getAttribute('data-elder')).toBe('')
  await page.getByRole('button', { name: '退出适老模式' }).click()
  expect(await page.locator('html').getAttribute('data-elder')).toBeNull()
  await page.context().close()
})

test('窄屏的左栏不用脚本即可打开', async () => {
  const page = await browser.open(app, '/desk/list', { width: 390, javaScriptEnabled: false })
  const link = page.getByRole('navigation', { name: '工作台' }).getByRole('link', { name: '登记' })
  expect(await link.isVisible()).toBe(false)
  await page.getByRole('button', { name: '菜单' }).click()
  await link.click()
  expect(new URL(page.url()).pathname).toBe('/desk/form')
  await page.context().close()
})

test('整行可点', async () => {
  const page = await browser.open(app, '/desk/list', { javaScriptEnabled: false })
  const box = await page.getByRole('cell', { name: '某某科技有限公司' }).first().boundingBox()
  await page.mouse.click((box?.x ?? 0) + 8, (box?.y ?? 0) + 8)
  await page.waitForURL('**/desk/list/0')
  expect(new URL(page.url()).pathname).toBe('/desk/list/0')
  await page.context().close()
})

test('有错的表单一打开，焦点就在错误汇总上，其中的链接到得了那一栏', async () => {
  const page = await browser.open(app, '/form')
  await expect.poll(() => page.evaluate<string>('document.activeElement.id')).toBe('errors')
  await page.getByRole('link', { name: /收到日期/ }).click()
  expect(page.url()).toContain('#f-receivedOn')
  const described = await page.getByLabel('收到日期').getAttribute('aria-describedby')
  expect(described).toBe('f-receivedOn-hint f-receivedOn-error')
  await page.context().close()
})

test('公开页面没有脚本，也没有行内样式', async () => {
  const html = await (await app.request('/')).text()
  expect(html).not.toMatch(/<script|style=/)
})
