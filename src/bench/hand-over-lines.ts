import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { visitorOf } from '../app-parts.ts'
import { aBody } from '../bodies/testing.ts'
import { exportSite } from '../catalogue/index.ts'
import { importPages, readOldPage } from '../catalogue/testing.ts'
import type { FoundPage } from '../catalogue/testing.ts'
import { transaction } from '../platform/connect.ts'
import { addCalendarDays } from '../statute/plain-date.ts'
import type { Line, Section } from './line.ts'
import type { World } from './world.ts'

const [EXPORTED, IMPORTED, READ] = [10_000, 100_000, 500]
const BATCH = 500

/** 旧网站的导入与静态网站的导出。钟表时间；放在最后量：它往库里添十万余条。 */
export async function handOverLines(world: World): Promise<Section> {
  const { deps } = world
  const dir = mkdtempSync(join(tmpdir(), 'mc-bench-site-'))
  const lines: Line[] = [{ what: '读旧网站的一页', measured: await readingMs(), unit: 'ms', limit: null, note: '认出标题、日期、正文与附件的链接' }]
  try {
    const small = await aBody(deps, { code: 'benchsite', name: '量导出的机构' })
    await importMany(world, small.bodyId, EXPORTED)
    const fetchPage = visitorOf(deps)
    const run = () => seconds(() => exportSite(deps, { dir, full: false, fetchPage }))
    const first = await run()
    lines.push({ what: `导出 ${EXPORTED.toLocaleString('en-US')} 条，头一次`, measured: first.seconds, unit: '秒', limit: null, note: `${first.value.files} 个文件 ${Math.ceil(first.value.bytes / 1024 / 1024)} MB；常驻 ${Math.ceil(process.memoryUsage.rss() / 1024 / 1024)} MiB` })
    lines.push({ what: '再导出，没有变动', measured: (await run()).seconds, unit: '秒', limit: null })
    const big = await aBody(deps, { code: 'benchold', name: '量导入的机构' })
    const imported = await seconds(() => importMany(world, big.bodyId, IMPORTED))
    lines.push({ what: `导入 ${IMPORTED.toLocaleString('en-US')} 篇，一个事务`, measured: imported.seconds, unit: '秒', limit: null, note: '时间线、条目、门户的行、文件的文字、检索的索引、旧网址一并写下' })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
  return { title: '交门户', lines, notes: ['钟表时间。导出经应用自己的路由渲染每一页，改链接，逐个写下。'] }
}

async function seconds<T>(work: () => Promise<T>): Promise<{ seconds: number; value: T }> {
  const from = performance.now()
  const value = await work()
  return { seconds: (performance.now() - from) / 1000, value }
}

const PARAGRAPHS = ['现将有关事项公布如下，请各单位遵照执行，认真组织落实。', '收支预算按照综合预算的原则，全部收入和支出均纳入部门预算管理。', '网格化服务管理工作覆盖全区各街道、社区，由本中心统筹协调。']

async function importMany({ deps }: World, bodyId: string, count: number): Promise<void> {
  const { key, size } = await deps.files.put(Buffer.from(PARAGRAPHS.map((text) => `<p>${text}</p>`).join('')), { maxBytes: 1024 * 1024 })
  const by = { bodyId, actor: 'import:bench', at: deps.clock.now(), today: deps.clock.today() }
  const page = (n: number): FoundPage => {
    const on = addCalendarDays('2015-01-05', n % 3650)
    const text = PARAGRAPHS.map((each, at) => (at === n % 3 ? `${each}第 ${n} 号。` : each)).join('\n')
    return { url: `http://old.example.gov.cn/${bodyId}/${n}.html`, title: `第 ${n} 号信息：${(PARAGRAPHS[n % 3] ?? '').slice(0, 16)}`, docNo: null, summary: null, publishedOn: on, formedOn: on, code: 'A20_15', body: { key, bytes: size }, text, pictures: [], attachments: [], texts: {} }
  }
  await transaction(deps.db, async (tx) => {
    for (let from = 0; from < count; from += BATCH) await importPages(tx, by, Array.from({ length: Math.min(BATCH, count - from) }, (_, at) => page(from + at)))
  })
}

async function readingMs(): Promise<number> {
  const html = `<html><head><meta name="ArticleTitle" content="标题"><meta name="PubDate" content="2023-02-10"></head><body><div class="TRS_Editor">${`<p>${PARAGRAPHS.join('')}</p>`.repeat(10)}<a href="1.pdf">附件</a></div></body></html>`
  const { seconds: spent } = await seconds(async () => {
    for (let n = 0; n < READ; n++) readOldPage(html, { title: '', date: '', body: '', docNo: '' })
  })
  return (spent * 1000) / READ
}
