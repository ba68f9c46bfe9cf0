import { posix } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Deps } from '../../../platform/deps.ts'
import { bodyText } from '../../content/clean-html.ts'
import { readAttachment, readPicture } from '../../content/item-files.ts'
import { cleanBody } from '../../content/read-file.ts'
import type { Attachment } from '../../item-details.ts'
import { openChecking } from '../../precheck/run-precheck.ts'
import type { FileText } from '../../precheck/run-precheck.ts'
import type { ScanContext } from '../../precheck/scan-text.ts'
import type { PageResult } from '../tables.ts'
import { checkPage } from './check-page.ts'
import type { FoundPage } from './found-page.ts'
import type { OldArticle } from './read-old-page.ts'
import { readPage } from './read-page.ts'
import { savePages, saveSiteProgress } from './site-import-store.ts'
import type { PageAccount, SiteImportRef } from './site-import-store.ts'
import type { SiteProfile } from './site-profile.ts'
import { SITE_LIMITS, UnreadableSite } from './site-source.ts'
import type { SiteSource } from './site-source.ts'

const BATCH = 200
const AT_ONCE = 8
const MOST_TEXT = 400_000
const MOST_ATTACHMENT_TEXT = 200_000
/** 洗过的正文至多这么长：预检要逐字看，太长的耽误别的请求 */
const MOST_BODY = 1024 * 1024
const LONGEST_URL = 600
const SUMMARY = 200

interface Reading {
  deps: Deps
  bodyId: string
  checking: ScanContext
  source: SiteSource
  profile: SiteProfile
  /** 列表页上写着的：网址 → 标题与日期 */
  listed: Map<string, { title: string; on: string | null }>
  seen: Set<string>
}

/**
 * 读一遍旧网站：每个网页记一笔账（可以导入、可疑、不能导入、不是文章）与缘由；正文洗净、附件读过、照要公开的信息预检，存入文件库。
 * 日期要从列表页上找的，读完各页再补。返回各种结果的页数。
 */
export async function readSite(deps: Deps, ref: SiteImportRef, source: SiteSource, profile: SiteProfile): Promise<Partial<Record<PageResult, number>>> {
  const reading: Reading = { deps, bodyId: ref.bodyId, checking: (await openChecking(deps.db, ref.bodyId)).context, source, profile, listed: new Map(), seen: new Set() }
  const pages = [...source.files.keys()].filter((path) => /\.(?:html?|shtml|jsp|aspx?|php)$/i.test(path) && !path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX')).toSorted()
  if (pages.length === 0) throw new UnreadableSite('里面没有网页（.html、.htm、.shtml）')
  const counts: Partial<Record<PageResult, number>> = {}
  let waiting: PageAccount[] = []
  let [next, done] = [1, 0]
  const flush = async (): Promise<void> => {
    await savePages(deps.db, ref, next, waiting)
    next += waiting.length
    waiting = []
    await saveSiteProgress(deps.db, ref, { done, total: pages.length, at: deps.clock.now() })
  }
  const note = async (account: PageAccount): Promise<void> => {
    counts[account.result] = (counts[account.result] ?? 0) + 1
    waiting.push(account)
    done += 1
    if (waiting.length >= BATCH) await flush()
  }
  const undated: string[] = []
  for (let from = 0; from < pages.length; from += AT_ONCE) {
    // 让别的请求插得进来；几页一起读，免得各自等落盘
    await nextTurn()
    const batch = pages.slice(from, from + AT_ONCE)
    const accounts = await Promise.all(batch.map((path) => readOne(reading, path, false)))
    for (const [at, account] of accounts.entries()) {
      if (account === null) undated.push(batch[at] ?? '')
      else await note(account)
    }
  }
  for (const path of undated) {
    await nextTurn()
    const account = await readOne(reading, path, true)
    if (account !== null) await note(account)
  }
  await flush()
  return counts
}

/** 读一页；没有日期、`last` 为否的先放着（null），等列表页都读过。 */
async function readOne(reading: Reading, path: string, last: boolean): Promise<PageAccount | null> {
  const { source, profile, listed } = reading
  const url = urlOf(profile.origin, path)
  const blank = { path, url, title: '', onDay: null, found: null }
  const refuse = (why: string, page: Partial<PageAccount> = {}): PageAccount => ({ ...blank, ...page, result: 'refused', notes: [why] })
  if ((source.files.get(path) ?? 0) > SITE_LIMITS.pageBytes) return refuse('网页太大')
  const bytes = await bytesOf(source, path)
  if (bytes === null) return refuse('读不出来：已经损坏')
  const { title, date, body, docNo } = profile
  const page = await readPage({ bytes, selectors: { title, date, body, docNo } })
  if (page.kind === 'refused') return refuse(page.why)
  if (page.kind === 'not-a-page') return { ...blank, result: 'skipped', notes: ['不是网页'] }
  if (page.kind === 'list') {
    for (const { href, title, on } of page.links) {
      const target = pathOf(href, url, reading)
      if (target !== null) listed.set(target, { title, on })
    }
    return { ...blank, result: 'skipped', notes: [`列表页，其中 ${page.links.length} 个链接有日期`] }
  }
  return readArticle(reading, path, url, page, last)
}

async function readArticle(reading: Reading, path: string, url: string, page: OldArticle, last: boolean): Promise<PageAccount | null> {
  const { deps, bodyId, checking, profile, listed, seen } = reading
  const known = listed.get(path)
  const guessedDay = page.doubts.some((doubt) => doubt.startsWith('没有写明发布日期'))
  if (!last && (page.publishedOn === null || guessedDay) && known === undefined) return null
  const doubts = page.doubts.filter((doubt) => !(guessedDay && known?.on != null && doubt.startsWith('没有写明')))
  const on = guessedDay || page.publishedOn === null ? (known?.on ?? page.publishedOn) : page.publishedOn
  if (known?.on != null && on === known.on && (guessedDay || page.publishedOn === null)) doubts.push('发布日期取自列表页')
  const title = (page.title !== '' ? page.title : (known?.title ?? '')).slice(0, 500)
  const account = { path, url, title, onDay: on, found: null }
  const refuse = (why: string): PageAccount => ({ ...account, result: 'refused', notes: [why] })
  if (url.length > LONGEST_URL) return refuse('网址太长')
  if (seen.has(url)) return refuse('同一网址已经有一页了')
  if (title === '') return { ...account, result: 'skipped', notes: ['没有标题'] }
  if (page.html === '' && page.attachments.length === 0) return { ...account, result: 'skipped', notes: ['没有正文，也没有附件'] }
  if (on === null) return refuse('找不到发布日期；请写明日期的所在（选择器）')
  if (on > deps.clock.today()) return refuse('发布日期晚于今日')
  const content = await readContent(reading, url, page)
  if (!content.ok) return refuse(content.why)
  const { body, text, pictures, attachments, texts } = content
  const found: FoundPage = { url, title, docNo: page.docNo, summary: text.replaceAll(/\s+/g, ' ').trim().slice(0, SUMMARY).toWellFormed() || null, publishedOn: on, formedOn: on, code: profile.code, body, text, pictures, attachments, texts }
  const check = await checkPage(deps, bodyId, found, content.files, checking)
  if (check.held.length > 0) return { ...account, result: 'refused', notes: check.held }
  // 同时读的几页，网址相同的只认先读完的
  if (seen.has(url)) return refuse('同一网址已经有一页了')
  seen.add(url)
  const unsure = [...doubts, ...content.doubts, ...check.doubts]
  return { ...account, result: unsure.length > 0 ? 'doubtful' : 'ok', notes: [...unsure, ...check.notes], found }
}

type Content = { ok: false; why: string } | { ok: true; body: FoundPage['body']; text: string; pictures: Attachment[]; attachments: Attachment[]; texts: Record<string, string>; files: FileText[]; doubts: string[] }

// 图片先存，地址换成文件库的键，再洗；洗过的正文里只有存下的图片
async function readContent(reading: Reading, url: string, page: OldArticle): Promise<Content> {
  const { deps, source } = reading
  const doubts: string[] = []
  const pictures = new Map<string, Attachment>()
  let lost = 0
  const links = new Map<string, string>()
  for (const [, src = ''] of page.html.matchAll(/<img\b[^<>]*?\ssrc="([^"]*)"/gi)) {
    if (links.has(src) || links.size >= 60) continue
    const path = pathOf(src.replaceAll('&amp;', '&'), url, reading)
    const kept = path === null ? null : await keepPicture(deps, source, path)
    if (kept === null) lost += 1
    else pictures.set(kept.key, kept)
    links.set(src, kept === null ? '' : `file:${kept.key}`)
  }
  const cleaned = await cleanBody(page.html.replaceAll(/(<img\b[^<>]*?\ssrc=)"([^"]*)"/gi, (_, head: string, src: string) => `${head}"${links.get(src) ?? ''}"`))
  if (!cleaned.ok) return { ok: false, why: cleaned.message }
  if (cleaned.html.length > MOST_BODY) return { ok: false, why: '正文太长，请拆开单独录入' }
  if (lost > 0) doubts.push(`有 ${lost} 张图片不在压缩包里`)
  const attachments: Attachment[] = []
  const texts: Record<string, string> = {}
  const files: FileText[] = []
  for (const { href, name } of page.attachments) {
    const path = pathOf(href, url, reading)
    const read = path === null ? null : await readFileOf(deps, source, path, name)
    if (read === null) doubts.push(`附件「${(name === '' ? href : name).slice(0, 60)}」不在压缩包里`)
    else if (!read.ok) doubts.push(`附件「${(name === '' ? href : name).slice(0, 60)}」没有收：${read.message}`)
    else if (!attachments.some(({ key }) => key === read.file.key)) {
      attachments.push(read.file)
      files.push({ key: read.file.key, name: read.file.name, role: 'attachment', ...read.text })
      if (read.text.text !== '') texts[read.file.key] = read.text.text.slice(0, MOST_ATTACHMENT_TEXT).toWellFormed()
    }
  }
  const text = bodyText(cleaned.html).slice(0, MOST_TEXT).toWellFormed()
  if (text.trim().length < 20 && attachments.length === 0) doubts.push('正文很短，也没有附件')
  const stored = cleaned.html === '' ? null : await deps.files.put(Buffer.from(cleaned.html), { maxBytes: SITE_LIMITS.fileBytes })
  const shown = [...pictures.values()].filter(({ key }) => cleaned.html.includes(key))
  for (const { key, name } of shown) files.push({ key, name, role: 'picture', state: 'no-text', text: '', note: null })
  return { ok: true, body: stored === null ? null : { key: stored.key, bytes: stored.size }, text, pictures: shown, attachments, texts, files, doubts }
}

async function keepPicture(deps: Deps, source: SiteSource, path: string): Promise<Attachment | null> {
  const bytes = await source.read(path).catch(() => null)
  const read = bytes === null ? null : readPicture(bytes)
  if (read === null || !read.ok) return null
  const { key, size } = await deps.files.put(read.picture.bytes, { maxBytes: SITE_LIMITS.fileBytes })
  return { key, name: posix.basename(path).slice(-120), mediaType: read.picture.mediaType, bytes: size }
}

async function readFileOf(deps: Deps, source: SiteSource, path: string, label: string) {
  try {
    const extension = /\.[a-z0-9]{1,5}$/i.exec(path)?.[0] ?? ''
    const name = label === '' ? posix.basename(path) : label.toLowerCase().endsWith(extension.toLowerCase()) ? label : label + extension
    return await readAttachment(deps.files, { name, bytes: await source.read(path) })
  } catch (error) {
    if (error instanceof UnreadableSite) return { ok: false as const, message: error.message }
    throw error
  }
}

// 包里这一个坏了的，别的照读
const bytesOf = (source: SiteSource, path: string): Promise<Buffer | null> => source.read(path).catch(() => null)

/** 压缩包里的路径 → 旧网站上的网址；第一层目录是主机名的（整站下载的常见样子）去掉。 */
export function urlOf(origin: string, path: string): string {
  const { host } = new URL(origin)
  const own = path.startsWith(`${host}/`) ? path.slice(host.length + 1) : path
  return new URL(own.split('/').map(encodeURIComponent).join('/'), `${origin}/`).href
}

/** 页面上的链接 → 压缩包里的路径；别的网站的、压缩包里没有的为 null。 */
function pathOf(href: string, from: string, { source, profile }: Pick<Reading, 'source' | 'profile'>): string | null {
  const url = URL.parse(href, from)
  const { host } = new URL(profile.origin)
  if (url === null || url.host !== host) return null
  const path = decode(url.pathname.slice(1))
  return [path, `${host}/${path}`, `${path}index.html`, `${host}/${path}index.html`].find((each) => source.files.has(each)) ?? null
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
