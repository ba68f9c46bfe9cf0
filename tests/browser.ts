import { spawnSync } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { pipeline } from 'node:stream/promises'
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContextOptions, Locator, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { root } from '../src/platform/paths.ts'

const cache = join(root, '.cache')
const PACKAGE = join(root, 'node_modules/@sparticuz/chromium')

// 该包自带的参数含单进程模式，开第二个上下文即卡死，故用自己的
const ARGS = [
  '--no-sandbox', '--disable-gpu', '--no-first-run', '--no-zygote', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--font-render-hinting=none', '--hide-scrollbars', '--lang=zh-CN',
]

/** 测试能用的中文字体：随 npm 安装的 Noto 宋体与黑体；只给浏览器看这几个目录，各机截图一致。 */
const FONT_DIRS = ['noto-serif-sc/400Regular', 'noto-serif-sc/700Bold', 'noto-sans-sc/400Regular', 'noto-sans-sc/700Bold']

/** 打开页面的去处：应用（自行起服务）或网址。 */
export type Target = Hono | string

export interface OpenOptions extends BrowserContextOptions {
  /** 先以此宽度打开，缺省 1440 */
  width?: number
  /** 适老模式 */
  elder?: boolean
}

export interface TestBrowser {
  /** 打开一页；每次都是新的上下文（没有 Cookie）。 */
  open: (target: Target, path?: string, options?: OpenOptions) => Promise<Page>
}

/** 在 describe 里或文件顶上用：备好一个浏览器，用完收走；应用的服务亦然。 */
export function withBrowser(): TestBrowser {
  let browser: Browser | null = null
  const servers = new Map<Hono, { url: string; close: () => Promise<void> }>()
  beforeAll(async () => {
    browser = await launch()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await Promise.all([...servers.values()].map((server) => server.close()))
  })
  return {
    async open(target, path = '/', { width = 1440, elder = false, ...options } = {}) {
      if (browser === null) throw new Error('浏览器还没有备好')
      const base = typeof target === 'string' ? target : await urlOf(target, servers)
      const context = await browser.newContext({
        baseURL: base,
        viewport: { width, height: 900 },
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        ...options,
      })
      context.setDefaultTimeout(15_000)
      if (elder) await context.addCookies([{ name: 'elder', value: '1', url: base }])
      const page = await context.newPage()
      waitAfterClicks(page)
      await page.goto(path)
      return page
    },
  }
}

let patched = false

/** 点了会换页的，等新页面到了再往下走：本版 playwright 的 click 不等，接着看到的会是旧页面。 */
function waitAfterClicks(page: Page): void {
  if (patched) return
  patched = true
  const prototype: Pick<Locator, 'click' | 'dblclick'> = Object.getPrototypeOf(page.locator('html'))
  for (const name of ['click', 'dblclick'] as const) {
    const act = prototype[name]
    prototype[name] = async function (this: Locator, options) {
      const on = this.page()
      const arrivals: Promise<unknown>[] = []
      const note = (request: Request) => {
        if (request.isNavigationRequest() && request.frame() === on.mainFrame()) arrivals.push(arrivalOf(on, request))
      }
      on.on('request', note)
      try {
        await act.call(this, options)
        await new Promise((done) => setTimeout(done, SETTLE_MS))
      } finally {
        on.off('request', note)
      }
      await arrivals.at(-1)
    }
  }
}

// 点击到发出请求之间的间隔
const SETTLE_MS = 40
const ARRIVE_MS = 15_000

// 换到新页面、变成下载、被后一次点击顶掉，三者居先
const arrivalOf = (page: Page, request: Request): Promise<unknown> =>
  Promise.race([
    page.waitForEvent('domcontentloaded', { timeout: ARRIVE_MS }),
    page.waitForEvent('download', { timeout: ARRIVE_MS }),
    page.waitForEvent('requestfailed', { predicate: (failed) => failed === request, timeout: ARRIVE_MS }),
  ]).catch(() => null)

async function urlOf(app: Hono, servers: Map<Hono, { url: string; close: () => Promise<void> }>): Promise<string> {
  const running = servers.get(app)
  if (running !== undefined) return running.url
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((done) => server.once('listening', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('服务没有起来')
  const url = `http://127.0.0.1:${address.port}`
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
  servers.set(app, { url, close })
  return url
}

/** 起一个浏览器：先 CHROMIUM_PATH，再随 npm 安装的，再本机的 Chrome；都不成则说明缺什么。 */
export async function launch(): Promise<Browser> {
  const tried: string[] = []
  for (const start of await ways()) {
    try {
      return await start()
    } catch (error) {
      tried.push(String(error instanceof Error ? error.message : error).split('\n').slice(0, 6).join('\n'))
    }
  }
  throw new Error(`没有能用的浏览器。请安装 chromium-headless-shell，或以 CHROMIUM_PATH 指明可执行文件。\n${tried.join('\n—\n')}`)
}

async function ways(): Promise<(() => Promise<Browser>)[]> {
  const env = { ...process.env, FONTCONFIG_FILE: fontConfig(), LC_ALL: 'C.UTF-8' } as Record<string, string>
  const given = process.env['CHROMIUM_PATH']
  if (given !== undefined && given !== '') return [() => chromium.launch({ executablePath: given, args: ARGS, env })]
  const chrome = () => chromium.launch({ channel: 'chrome', args: ARGS })
  if (process.platform !== 'linux' || !existsSync(PACKAGE)) return [chrome]
  const folder = await unpack()
  const executablePath = join(folder, 'chromium')
  // 光秃的 Debian 缺 nss、nspr 等库，用包里自带的
  const withLibraries = { ...env, LD_LIBRARY_PATH: join(folder, 'al2023/lib') }
  return [
    () => chromium.launch({ executablePath, args: ARGS, env }),
    () => chromium.launch({ executablePath, args: ARGS, env: withLibraries }),
    chrome,
  ]
}

// 目录名含版本，包一升级即重新解开；先解到旁边再改名，两个进程同时来也不会用到半个
async function unpack(): Promise<string> {
  const version = /"version": "([\d.]+)"/.exec(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))?.[1] ?? 'unknown'
  const folder = join(cache, `chromium-${version}`)
  if (existsSync(folder)) return folder
  const aside = `${folder}.${process.pid}`
  mkdirSync(join(aside, 'al2023'), { recursive: true })
  const binary = join(aside, 'chromium')
  await pipeline(createReadStream(join(PACKAGE, 'bin', packed('chromium.br'))), createBrotliDecompress(), createWriteStream(binary))
  await chmod(binary, 0o755)
  const libraries = brotliDecompressSync(readFileSync(join(PACKAGE, 'bin', packed('al2023.tar.br'))))
  spawnSync('tar', ['-x', '-C', join(aside, 'al2023')], { input: libraries })
  try {
    renameSync(aside, folder)
  } catch {
    rmSync(aside, { recursive: true, force: true }) // 别的进程先解好了
  }
  return folder
}

const packed = (name: string): string => (existsSync(join(PACKAGE, 'bin', name)) ? name : join(process.arch, name))

function fontConfig(): string {
  const dirs = FONT_DIRS.map((dir) => join(root, 'node_modules/@expo-google-fonts', dir)).filter((dir) => existsSync(dir))
  if (dirs.length === 0) throw new Error('缺少中文字体（node_modules/@expo-google-fonts），请先运行 npm ci')
  const file = join(cache, 'fonts.conf')
  mkdirSync(cache, { recursive: true })
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${dirs
      .map((dir) => `<dir>${dir}</dir>`)
      .join('')}<cachedir>${join(cache, 'fontconfig')}</cachedir></fontconfig>`,
  )
  return file
}

interface AxeViolation {
  id: string
  nodes: { html: string; failureSummary?: string }[]
}

const AXE = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')
// 没有框架，也不用它另拼选择器：报出的是元素的原文
const AXE_RUN = `axe.run(document, { resultTypes: ['violations'], iframes: false, selectors: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'] })
  .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))`

/** 无障碍：WCAG 2.0–2.2 A/AA 与最佳实践，一条都不得有；失败时逐条写明在哪里、怎么改。 */
export async function axe(page: Page): Promise<void> {
  // 直接放进页面里跑：本站没有框架，@axe-core/playwright 另开一页来汇总，慢五倍
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(AXE)
  const violations = await page.evaluate<AxeViolation[]>(AXE_RUN)
  const found = violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}：${node.html}\n  ${node.failureSummary ?? ''}`))
  expect(found, `${page.url()} 的无障碍问题`).toEqual([])
}

/** 页面本身不横向滚动（法定表格在自己的区域里滚动不算）。 */
export async function noSidewaysScroll(page: Page): Promise<void> {
  const [content, view] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )
  expect(content, `${page.url()} 在 ${view} px 宽时横向溢出`).toBeLessThanOrEqual(view)
}

/** 截图到 `.cache/shots/<name>-<宽度>.png`，供人看；只在 SHOTS=1 时截（要多花一半时间），横向溢出每次都查。 */
export async function shoot(page: Page, name: string, widths: readonly number[] = [390, 1440]): Promise<void> {
  const folder = join(cache, 'shots')
  mkdirSync(folder, { recursive: true })
  for (const width of widths) {
    if (page.viewportSize()?.width !== width) await page.setViewportSize({ width, height: 900 })
    await noSidewaysScroll(page)
    if (process.env['SHOTS'] === '1') await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true })
  }
}
