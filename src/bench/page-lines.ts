import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { gunzipSync } from 'node:zlib'
import { serve as listen } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type Handler } from 'hono'
import { openReport } from '../annual-report/testing.ts'
import { getBodyByCode } from '../bodies/index.ts'
import { listPublishedItems } from '../catalogue/index.ts'
import { cookieFor, createAccount } from '../identity/testing.ts'
import { childPool, type ChildPool } from '../platform/child.ts'
import { servedApp } from '../serve.ts'
import type { Line, Section } from './line.ts'
import type { Load, Loaded } from './load-child.ts'
import { median } from './measure.ts'
import { YEAR, type World } from './world.ts'

const ROUNDS = 7
const REQUESTS = 400
const CONCURRENCY = 16
const LIMIT_FRESH = 0.3
const LIMIT_KEPT = 2
const LIMIT_FILE = 1
const LIMIT_DESK = 8

interface Page {
  name: string
  path: string
}

const PAGES: readonly Page[] = [
  { name: '首页', path: '/' },
  { name: '公布的年度报告', path: `/bodies/csyxglzx/annual-reports/${YEAR}` },
  { name: '机关专栏', path: '/bodies/csyxglzx' },
  { name: '法定主动公开内容', path: '/bodies/csyxglzx/statutory' },
  { name: '全部信息', path: '/items' },
  { name: '核查所', path: '/check' },
]

// 随日子、所查的而变，不整页存着
const FRESH_ONLY: readonly Page[] = [
  { name: '政策文件库', path: '/policies' },
  { name: '检索「预算」', path: `/search?q=${encodeURIComponent('预算')}` },
]

/** 一页用去服务进程多少 CPU：真的经 HTTP，十六路同时请求，请求由另一进程发出。 */
export async function pageLines(world: World): Promise<Section> {
  const client = childPool<Load, Loaded>(CLIENT)
  const ours = await open(servedApp(world, null))
  // 现排的不限速，也不取存着的
  const fresh = await open(servedApp(world, null, [(c, next) => (c.set('unlimited', true), next())]))
  const pages = [...PAGES, { name: '一条信息', path: await itemPath(world) }]
  const plain = await open(await bareApp(ours.base, pages))
  const files = await fileServer(ours.base, pages)
  try {
    const lines: Line[] = []
    for (const page of pages) {
      const cost = await costsOf(client, {
        fresh: { url: fresh.base + page.path, headers: {} },
        kept: { url: ours.base + page.path, headers: GZIP },
        bare: { url: plain.base + page.path, headers: GZIP },
        file: { url: files.base + fileOf(page), headers: GZIP },
      })
      lines.push(...linesOf(page, cost))
    }
    for (const { name, path } of FRESH_ONLY) {
      const { page } = await costsOf(client, { page: { url: fresh.base + path, headers: {} } }, { rounds: 3, requests: 100, concurrency: CONCURRENCY })
      lines.push({ what: `${name}：现排`, measured: page, unit: 'ms', limit: null, note: '演示的区；含查库的客户端一侧' })
    }
    lines.push(await deskLine(client, ours.base, world))
    return { title: '页面', lines, notes: [NOTE] }
  } finally {
    await client.close()
    await Promise.all([ours.close(), fresh.close(), plain.close(), files.close()])
  }
}

const CLIENT = { entry: 'bench/load-child', size: 1, jobsPerChild: 10_000, maxQueue: 10, wallMs: 60_000, memoryMb: 512, outputBytes: 1_000_000 }
const GZIP = { 'accept-encoding': 'gzip' }
const NOTE = `CPU 为服务进程的（含垃圾回收），${ROUNDS} 轮各 ${REQUESTS} 次、${CONCURRENCY} 路并发，取中位；「裸框架」是同一进程里只答同样字节的 Hono，与缓存同轮交替地量；「静态文件」是同一进程里的静态文件服务（@hono/node-server 的 serveStatic），从磁盘送出同样的、预先压好的页面。`

function linesOf({ name }: Page, cost: { fresh: number; kept: number; bare: number; file: number }): Line[] {
  const micro = (ms: number) => `${Math.round(ms * 1000)} µs`
  return [
    { what: `${name}：现排`, measured: cost.fresh, unit: 'ms', limit: LIMIT_FRESH, note: '不用缓存，含查库的客户端一侧' },
    { what: `${name}：缓存／裸框架`, measured: cost.kept / cost.bare, unit: '倍', limit: LIMIT_KEPT, note: `${micro(cost.kept)} 对 ${micro(cost.bare)}` },
    { what: `${name}：缓存／静态文件`, measured: cost.kept / cost.file, unit: '倍', limit: LIMIT_FILE, note: `${micro(cost.kept)} 对 ${micro(cost.file)}` },
  ]
}

// 工作台：百万件的机关，「本年新收·总计」一格背后的记录
async function deskLine(client: ChildPool<Load, Loaded>, base: string, { deps, bodies: { big } }: World): Promise<Line> {
  const officer = await createAccount(deps.db, { name: 'bench-officer', displayName: '量测员', bodyId: big.bodyId, roles: ['disclosure-officer'] })
  await openReport(deps, officer, { bodyId: big.bodyId, year: YEAR })
  const headers = { cookie: await cookieFor(deps.db, officer, deps.clock.now()) }
  const url = `${base}/desk/reports/${big.code}/${YEAR}/cells/R1.T`
  const { page } = await costsOf(client, { page: { url, headers } }, { rounds: 3, requests: 8, concurrency: 1 })
  return { what: '百万件机关的记录列表', measured: page, unit: 'ms', limit: LIMIT_DESK, note: '工作台一格背后的记录，五十行一页' }
}

/** 各地址一次用去的 CPU，毫秒；逐轮交替，使机器的快慢对各个一样。 */
async function costsOf<K extends string>(
  client: ChildPool<Load, Loaded>,
  targets: Record<K, Pick<Load, 'url' | 'headers'>>,
  { rounds, requests, concurrency } = { rounds: ROUNDS, requests: REQUESTS, concurrency: CONCURRENCY },
): Promise<Record<K, number>> {
  const names = Object.keys(targets) as K[]
  const samples = new Map<K, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++)
    for (const name of names) {
      const from = process.cpuUsage()
      const { status } = await client.run({ ...targets[name], requests, concurrency })
      const { user, system } = process.cpuUsage(from)
      if (status !== 200) throw new Error(`${targets[name].url} 答 ${status}`)
      // 头一轮热身，不计
      if (round > 0) samples.get(name)?.push((user + system) / 1000 / requests)
    }
  return Object.fromEntries(names.map((name) => [name, median(samples.get(name) ?? [])])) as Record<K, number>
}

// 演示的区里最先公开的一条
async function itemPath({ deps: { db } }: World): Promise<string> {
  const { bodyId } = await getBodyByCode(db, 'csyxglzx')
  const { items } = await listPublishedItems(db, { bodyId, limit: 1, offset: 0 })
  return `/items/${items[0]?.indexNo ?? ''}`
}

// 只答同样字节的裸框架
async function bareApp(base: string, pages: readonly Page[]): Promise<Hono> {
  const bare = new Hono()
  for (const { path } of pages) bare.get(path, same(await rawAnswer(base + path)))
  return bare
}

const fileOf = ({ path }: Page): string => `${path === '/' ? '' : path}/index.html`

// 静态文件服务：页面写成文件，旁边有压好的
async function fileServer(base: string, pages: readonly Page[]): Promise<{ base: string; close: () => Promise<unknown> }> {
  const root = mkdtempSync(join(tmpdir(), 'mc-bench-files-'))
  for (const page of pages) {
    const { body, encoding } = await rawAnswer(base + page.path)
    const file = join(root, fileOf(page))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.gz`, body)
    writeFileSync(file, encoding === 'gzip' ? gunzipSync(body) : body)
  }
  const app = new Hono()
  app.use('*', serveStatic({ root, precompressed: true }))
  const server = await open(app)
  return {
    base: server.base,
    close: async () => {
      await server.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

async function open(app: Hono): Promise<{ base: string; close: () => Promise<unknown> }> {
  const server = listen({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server
  await once(server, 'listening')
  const address = server.address()
  const close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return { base: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, close }
}

interface Answer {
  body: Uint8Array<ArrayBuffer>
  encoding: string | undefined
}

// fetch 会替人解压，故用 http
const rawAnswer = (url: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    get(url, { headers: GZIP }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ body: Uint8Array.from(Buffer.concat(chunks)), encoding: response.headers['content-encoding'] }))
      response.on('error', reject)
    }).on('error', reject)
  })

const same =
  ({ body, encoding }: Answer): Handler =>
  (c) => {
    c.header('Content-Type', 'text/html; charset=UTF-8')
    if (encoding !== undefined) c.header('Content-Encoding', encoding)
    return c.body(body)
  }
