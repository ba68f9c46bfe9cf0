import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { listBodies } from '../../../bodies/index.ts'
import type { Deps } from '../../../platform/deps.ts'
import { dataPath } from '../data-routes.ts'
import { toBodyHtml, toData } from '../to-data.ts'
import type { Publisher } from '../to-data.ts'
import { findByIndexNo, listPublishedByIds } from '../../queries.ts'
import type { PublishedItem } from '../../queries.ts'
import { filesOf } from '../../item-details.ts'
import { itemFilePath, itemPath } from '../../public/item-path.ts'
import { changedRows, listExportRows } from './list-export-rows.ts'
import type { ExportRow } from './list-export-rows.ts'
import { isPage, rewritePage } from './rewrite-page.ts'
import { openSiteDir } from './site-dir.ts'
import type { Manifest, SiteDir } from './site-dir.ts'
import { fileOf } from './site-paths.ts'

export interface ExportInput {
  dir: string
  /** 不看上次的，全部重做 */
  full: boolean
  /** 取一页，与公众所见相同：应用自己的路由，没有登录 */
  fetchPage: (address: string) => Promise<Response>
  /** 目录打开了、还没有写 */
  onOpened?: () => Promise<void>
  onProgress?: (done: number, total: number) => Promise<void> | void
}

export interface ExportCounts {
  /** 公开着的、撤回了的各几条 */
  items: number
  withdrawn: number
  files: number
  bytes: number
  written: number
  removed: number
}

const SEEDS = ['/', '/items', '/policies', '/annual-reports', '/accessibility', '/privacy', '/feeds/all.rss', '/feeds/all.atom', '/feeds/policy.rss']
const SAVE_EVERY = 1000
const AT_ONCE = 8
/** 导出途中又有变动的，再补几轮；仍有变动的留给下一次 */
const MOST_ROUNDS = 5
const MOST_PAGES = 200_000

interface Run extends ExportInput {
  deps: Deps
  site: SiteDir
  manifest: Manifest
  counts: ExportCounts
  /** 页面上链着而没有的 */
  missing: Set<string>
  /** 一页链到哪些；没有的找出来之后，链到它的页重做 */
  links: Map<string, string[]>
  publishers: ReadonlyMap<string, Publisher>
}

/**
 * 把公众看到的导出成静态网站：网页、数据与文件，链接都是相对的。只做变了的；撤回的随即换成原址的说明，附件与数据删去。
 * 可以随时中断再来：先写一旁再改名，清单最后写，清单里没有的最后扫去。
 * @throws ExportRefused 目录不能用
 */
export async function exportSite(deps: Deps, input: ExportInput): Promise<ExportCounts> {
  const site = await openSiteDir(resolve(input.dir))
  try {
    await input.onOpened?.()
    const known = await site.readManifest()
    const shell = await shellOf(deps, input)
    const fresh = input.full || known === null || known.shell !== shell || known.base !== deps.config.baseUrl
    // 文件照内容认，全部重做的也不必重写相同的
    const manifest: Manifest = { format: 1, complete: false, at: deps.clock.now().toISOString(), base: deps.config.baseUrl, shell, missing: known?.missing ?? [], items: fresh ? {} : known.items, files: known?.files ?? {} }
    const run: Run = { ...input, deps, site, manifest, counts: { items: 0, withdrawn: 0, files: 0, bytes: 0, written: 0, removed: 0 }, missing: new Set(known?.missing), links: new Map(), publishers: await listPublishers(deps) }
    const before = known?.files ?? {}
    await removeWithdrawn(run, known)
    await dropBroken(run)
    let { kept, pages } = await exportAll(run)
    for (let round = 2; round <= MOST_ROUNDS && (await isOvertaken(run)); round++) {
      await removeWithdrawn(run, manifest)
      ;({ kept, pages } = await exportAll(run))
    }
    for (const path of Object.keys(manifest.files)) if (!kept.has(path) && !pages.has(path)) delete manifest.files[path]
    // 先扫后记：清单说办完了的，目录里一定没有多余的
    await site.sweep(manifest.files)
    await site.saveManifest({ ...manifest, missing: [...run.missing], complete: true })
    const { counts } = run
    counts.removed += Object.keys(before).filter((path) => manifest.files[path] === undefined).length
    counts.files = Object.keys(manifest.files).length
    counts.bytes = Object.values(manifest.files).reduce((sum, { bytes }) => sum + bytes, 0)
    return counts
  } finally {
    await site.close()
  }
}

async function exportAll(run: Run): Promise<{ kept: Set<string>; pages: Set<string> }> {
  const rows = await exportItems(run)
  const kept = new Set(Object.values(run.manifest.items).flatMap(({ files }) => files))
  const pages = await exportPages(run, rows)
  await exportIndex(run, rows, kept)
  return { kept, pages }
}

// 导出的途中撤回了的：条目先导出，列表、订阅后导出，都可能还有它
const isOvertaken = async ({ deps, manifest }: Run): Promise<boolean> => (await listExportRows(deps.db)).some(({ itemId, withdrawn }) => withdrawn && manifest.items[itemId]?.withdrawn === false)

// 每页都有的一圈：导航、样式、机关的名称
async function shellOf(deps: Deps, { fetchPage }: ExportInput): Promise<string> {
  const page = await (await fetchPage('/accessibility')).text()
  const names = (await listBodies(deps.db, { includeAbolished: true })).map(({ code, name }) => `${code} ${name}`)
  return createHash('sha256').update(JSON.stringify([page, names])).digest('hex')
}

// 上次导出而此刻已撤回的，先删，不等别的
async function removeWithdrawn({ deps, site, manifest }: Run, known: Manifest | null): Promise<void> {
  if (known === null) return
  const rows = new Map((await listExportRows(deps.db)).map((row) => [row.itemId, row]))
  for (const [itemId, { files, withdrawn, indexNo, related }] of Object.entries(known.items)) {
    const row = rows.get(itemId)
    if (row !== undefined && row.withdrawn === withdrawn) continue
    for (const path of files) {
      await site.remove(path)
      delete manifest.files[path]
    }
    delete manifest.items[itemId]
    // 与它相关的页面上列着它，重做
    for (const [other, { indexNo: otherNo, related: others }] of Object.entries(manifest.items)) if (related.includes(otherNo) || others.includes(indexNo)) delete manifest.items[other]
  }
}

// 文件不见了、断电时没有写全的，重做
async function dropBroken({ site, manifest }: Run): Promise<void> {
  for (const [itemId, { files }] of Object.entries(manifest.items)) {
    const checks = await Promise.all(files.map((path) => site.isIntact(path, manifest.files)))
    if (checks.includes(false)) delete manifest.items[itemId]
  }
}

async function exportItems(run: Run): Promise<ExportRow[]> {
  for (let round = 1; ; round++) {
    const rows = await listExportRows(run.deps.db)
    const changed = changedRows(rows, run.manifest.items)
    if (changed.length === 0 || round > MOST_ROUNDS) return rows
    let done = 0
    for (let from = 0; from < changed.length; from += AT_ONCE) {
      const batch = changed.slice(from, from + AT_ONCE)
      const items = await listPublishedByIds(run.deps.db, batch)
      await Promise.all(batch.map((row) => exportItem(run, row, items.get(row.itemId) ?? null)))
      done += batch.length
      await run.onProgress?.(done, changed.length)
      if (Math.floor(done / SAVE_EVERY) !== Math.floor((done - batch.length) / SAVE_EVERY)) await run.site.saveManifest(run.manifest)
    }
  }
}

async function exportItem(run: Run, row: ExportRow, item: PublishedItem | null): Promise<void> {
  const { deps, site, manifest, counts } = run
  const address = itemPath(row.indexNo)
  const [old, files] = [manifest.items[row.itemId]?.files ?? [], new Set<string>()]
  const page = await exportPage(run, address, [200, 410])
  if (page !== null) files.add(page)
  if (item !== null && item.details !== null) {
    const named = [...item.details.pictures, ...item.details.attachments]
    for (const each of named) {
      const path = fileOf(itemFilePath(item.itemId, each), false)
      if (await site.copy(path, deps.files.stream(each.key), { sha256: each.key, bytes: each.bytes }, manifest.files)) counts.written += 1
      files.add(path)
    }
  }
  if (item !== null) {
    const path = fileOf(dataPath(row.indexNo), false)
    if (await site.write(path, await itemData(run, row, item), manifest.files)) counts.written += 1
    files.add(path)
  }
  for (const path of old) {
    if (files.has(path)) continue
    await site.remove(path)
    delete manifest.files[path]
  }
  manifest.items[row.itemId] = { changedAt: row.changedAt, indexNo: row.indexNo, withdrawn: row.withdrawn, related: row.related, files: [...files], links: (run.links.get(address) ?? []).filter(isCrawled) }
}

// 几个机关同号的只有一个文件，与原站一样列出是哪几条
async function itemData({ deps, publishers, manifest, fetchPage }: Run, row: ExportRow, item: PublishedItem): Promise<Uint8Array> {
  const { items, withdrawn } = await findByIndexNo(deps.db, row.indexNo)
  if (items.length + withdrawn.length > 1) return new Uint8Array(await (await fetchPage(dataPath(row.indexNo))).arrayBuffer())
  const data = toData({ ...item, changedAt: new Date(row.changedAt) }, publishers.get(item.bodyId) ?? { code: '', name: '' }, manifest.base)
  return Buffer.from(JSON.stringify({ ...data, html: await toBodyHtml(deps.files, item, manifest.base) }))
}

const listPublishers = async ({ db }: Deps): Promise<Map<string, Publisher>> => new Map((await listBodies(db, { includeAbolished: true })).map(({ bodyId, code, name }) => [bodyId, { code, name }]))

// 跟着链接去取的；信息的附件与数据随信息导出
const isCrawled = (address: string): boolean => !address.startsWith('/item-files/') && !address.startsWith('/data/')

/** 取一页，改链接，写下；没有的（不在所许的状态）记入 missing，返回 null。 */
async function exportPage(run: Run, address: string, allowed: readonly number[] = [200]): Promise<string | null> {
  const { site, manifest, counts, missing, links } = run
  const answer = await run.fetchPage(address)
  if (answer.status >= 500) throw new Error(`导出 ${address.split('?')[0]} 时答 ${answer.status}`)
  if (!allowed.includes(answer.status)) {
    missing.add(address)
    return null
  }
  missing.delete(address)
  const path = fileOf(address, isPage(address))
  if (!(answer.headers.get('content-type') ?? '').startsWith('text/html')) {
    if (await site.write(path, new Uint8Array(await answer.arrayBuffer()), manifest.files)) counts.written += 1
    return path
  }
  const { html, addresses } = rewritePage({ html: await answer.text(), address, file: path, base: manifest.base, missing })
  if (await site.write(path, Buffer.from(html), manifest.files)) counts.written += 1
  links.set(address, addresses)
  return path
}

// 列表、专栏、年报……自首页与各机关起，跟着链接走
async function exportPages(run: Run, rows: readonly ExportRow[]): Promise<Set<string>> {
  const { links, missing, manifest, publishers } = run
  const items = new Set(rows.map((row) => itemPath(row.indexNo)))
  const written = new Map<string, string>()
  const seen = new Set<string>()
  let waiting = [...SEEDS, ...[...publishers.values()].flatMap(({ code }) => [`/bodies/${code}`, `/bodies/${code}/items`]), ...Object.values(manifest.items).flatMap((item) => item.links)]
  while (waiting.length > 0) {
    const batch = [...new Set(waiting)].filter((address) => !seen.has(address) && !items.has(address) && isCrawled(address))
    waiting = []
    for (const address of batch) {
      if (seen.size >= MOST_PAGES) throw new Error('页面太多')
      seen.add(address)
      const path = await exportPage(run, address, address.startsWith('/items/') ? [200, 410] : [200])
      if (path === null) continue
      written.set(address, path)
      waiting.push(...(links.get(address) ?? []))
    }
    await run.onProgress?.(rows.length + seen.size, rows.length + seen.size + waiting.length)
  }
  // 链着的原以为有而没有、原来没有而现在有了的，照现在的改
  const assumed = new Set(manifest.missing)
  const isMistaken = (found: readonly string[]): boolean => found.some((each) => missing.has(each) !== assumed.has(each))
  const all = new Map([...Object.values(manifest.items).map((item) => [itemPath(item.indexNo), item.links] as const), ...links])
  for (const [address, found] of all) if (isMistaken(found)) await exportPage(run, address, [200, 410])
  return new Set(written.values())
}

const INDEX_PAGE = 1000

/** 数据的总目与分页：索引号、名称、日子、网页与数据的所在。 */
async function exportIndex(run: Run, rows: readonly ExportRow[], kept: Set<string>): Promise<void> {
  const { deps, site, manifest, counts } = run
  const publicRows = rows.filter((row) => !row.withdrawn)
  const pages: string[] = []
  const put = async (path: string, value: unknown): Promise<void> => {
    if (await site.write(path, Buffer.from(JSON.stringify(value)), manifest.files)) counts.written += 1
    kept.add(path)
  }
  for (let from = 0; from < publicRows.length; from += INDEX_PAGE) {
    const chunk = publicRows.slice(from, from + INDEX_PAGE)
    const items = await listPublishedByIds(deps.db, chunk)
    const path = `data/items-${pages.length + 1}.json`
    pages.push(path)
    await put(path, chunk.flatMap((row) => {
      const item = items.get(row.itemId)
      if (item === undefined) return []
      const { indexNo, title, docNo, publishedOn, expiredOn, codes } = item
      return [{ indexNo, title, docNo, publishedOn, expiredOn, codes, page: fileOf(itemPath(indexNo), true), data: fileOf(dataPath(indexNo), false), files: item.details === null ? 0 : filesOf(item.details).length }]
    }))
  }
  await put('data/index.json', { base: manifest.base, items: publicRows.length, pages })
  counts.items = publicRows.length
  counts.withdrawn = rows.length - publicRows.length
}
