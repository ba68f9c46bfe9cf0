import { load } from 'cheerio'
import type { CheerioAPI } from 'cheerio'
import { readDay } from '../../../platform/ledger/index.ts'
import type { PlainDate } from '../../../statute/plain-date.ts'
import type { SiteProfile } from './site-profile.ts'

/** 从旧网页读出的，还没有洗、没有存。`doubts` 为猜的、不确定的。 */
export interface OldArticle {
  kind: 'article'
  title: string
  publishedOn: PlainDate | null
  docNo: string | null
  /** 正文的 HTML；没有认出的为空串 */
  html: string
  /** 附件与图片的链接，原样 */
  attachments: readonly { href: string; name: string }[]
  doubts: readonly string[]
}

export interface OldList {
  kind: 'list'
  links: readonly { href: string; title: string; on: PlainDate | null }[]
}

const DAY = /(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}日?/
const PUBLISHED = new RegExp(`(?:发布(?:时间|日期)|公开(?:时间|日期)|日期|时间)\\s*[:：]?\\s*(${DAY.source})`)
const DOC_NO = /[\p{Script=Han}]{2,20}〔(?:19|20)\d{2}〕\d{1,5}号/u
const FILE_LINK = /\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|csv|txt)(?:[?#]|$)/i
/** 各地政府网站正文常用的所在，依次 */
const BODIES = ['.TRS_Editor', '.TRS_UEDITOR', '#zoom', '#UCAP-CONTENT', '.pages_content', '.article-content', '.article_content', '.news_content', '.content-text', '#content', '.content', 'article']
const NOISE = 'script,style,noscript,iframe,form,nav,header,footer,.share,.print,.crumbs,.position'
const MOST_ATTACHMENTS = 60

/** 太繁的网页不读：旧网站被人篡改过的也在其中，一页不能拖垮整个系统。 */
const MOST_NODES = 200_000
const MOST_DEPTH = 150

export class TooIntricate extends Error {
  override name = 'TooIntricate'
}

// 逐层走，不递归
function refuseIntricate($: CheerioAPI): void {
  let level = $.root().contents().toArray()
  let nodes = 0
  for (let depth = 0; level.length > 0; depth++) {
    nodes += level.length
    if (depth > MOST_DEPTH || nodes > MOST_NODES) throw new TooIntricate('网页太繁，嵌套太深或者标签太多')
    level = level.flatMap((node) => ('children' in node ? node.children : []))
  }
}

/** 读一页：是文章还是列表，标题、日期、文号、正文、附件在哪里。先照写明的选择器，再照网页标签规范的 meta，最后照常见的样子猜。太繁的抛 TooIntricate。 */
export function readOldPage(source: string, profile: Pick<SiteProfile, 'title' | 'date' | 'body' | 'docNo'>): OldArticle | OldList {
  // 按浏览器的办法补全标签的读法，遇到错套的标签会成倍地长，故不用
  const $ = load(source, { xml: { xmlMode: false, decodeEntities: true, encodeEntities: 'utf8' } })
  refuseIntricate($)
  $(NOISE).remove()
  const body = bodyOf($, profile.body)
  const links = datedLinks($)
  if (body === null && links.length >= 5) return { kind: 'list', links }
  const doubts: string[] = []
  const [title, titleFrom] = titleOf($, profile.title)
  if (titleFrom === 'guess') doubts.push('标题取自浏览器标签，请核对')
  const [publishedOn, dayFrom] = dayOf($, profile.date)
  if (dayFrom === 'guess') doubts.push('没有写明发布日期，取了页面上的第一个日期')
  const picked = body ?? densest($)
  if (body === null && picked !== null) doubts.push('正文的所在是猜的，请核对')
  const html = picked === null ? '' : ($(picked).html() ?? '')
  const within = picked === null ? wholeOf($) : $(picked)
  const attachments = within
    .find('a[href]')
    .toArray()
    .flatMap((node) => {
      const href = $(node).attr('href') ?? ''
      return FILE_LINK.test(href) ? [{ href, name: tidy($(node).text()) }] : []
    })
  const docNo = tidy(select($, profile.docNo)) || (DOC_NO.exec(title)?.[0] ?? DOC_NO.exec(tidy(within.text()).slice(0, 3000))?.[0] ?? null)
  return { kind: 'article', title, publishedOn, docNo: docNo === null ? null : docNo.slice(0, 100), html, attachments: uniqueBy(attachments).slice(0, MOST_ATTACHMENTS), doubts }
}

// 没有写 body 的
const wholeOf = ($: CheerioAPI) => ($('body').length > 0 ? $('body') : $(':root'))

const tidy = (text: string): string => text.replaceAll(/[\p{Cc}\s\u00a0]+/gu, ' ').trim()

// 选择器是人写的，写错了当作没有
function select($: CheerioAPI, selector: string): string {
  if (selector === '') return ''
  try {
    return $(selector).first().text()
  } catch {
    return ''
  }
}

const meta = ($: CheerioAPI, name: string): string => tidy($(`meta[name="${name}" i]`).first().attr('content') ?? '')

function titleOf($: CheerioAPI, selector: string): [string, from: 'known' | 'guess'] {
  const known = [select($, selector), meta($, 'ArticleTitle'), $('h1').first().text(), $('.article-title, .articleTitle, .title, #title').first().text()].map(tidy).find((text) => text !== '')
  if (known !== undefined) return [known, 'known']
  // 浏览器标签上多半带着网站与栏目的名称
  return [tidy($('title').first().text()).split(/\s*[-_|—]\s*/)[0] ?? '', 'guess']
}

function dayOf($: CheerioAPI, selector: string): [PlainDate | null, from: 'known' | 'guess'] {
  const known = [select($, selector), meta($, 'PubDate')].map((text) => toDay(text)).find((day) => day !== null)
  if (known !== undefined) return [known ?? null, 'known']
  const text = tidy(wholeOf($).text())
  const said = PUBLISHED.exec(text)?.[1]
  if (said !== undefined && toDay(said) !== null) return [toDay(said), 'known']
  return [toDay(text), 'guess']
}

function toDay(text: string): PlainDate | null {
  const [found] = DAY.exec(text) ?? []
  return found === undefined ? null : readDay(found.replaceAll(/\s/g, ''))
}

function bodyOf($: CheerioAPI, selector: string) {
  if (selector !== '') {
    try {
      const chosen = $(selector).first()
      if (chosen.length > 0) return chosen.get(0) ?? null
    } catch {
      return null
    }
  }
  for (const each of BODIES) {
    const found = $(each).first()
    if (found.length > 0 && tidy(found.text()).length >= 20) return found.get(0) ?? null
  }
  return null
}

/** 链接之外的字最多的一块；字太少、链接占了大半的不算。 */
function densest($: CheerioAPI) {
  let best: { node: ReturnType<typeof bodyOf>; score: number } = { node: null, score: 60 }
  for (const node of $('div,td,section,main').toArray().slice(0, 2000)) {
    const children = $(node).children('p,table,ul,ol,br,span,h2,h3')
    if (children.length === 0) continue
    const text = tidy(children.text()).length
    const linked = tidy($(node).find('a').text()).length
    const score = text - 3 * linked
    if (score > best.score) best = { node, score }
  }
  return best.node
}

// 一行一个链接、旁边有日期的：列表
function datedLinks($: CheerioAPI): OldList['links'] {
  return $('li,tr,dd')
    .toArray()
    .slice(0, 5000)
    .flatMap((node) => {
      const link = $(node).find('a[href]').first()
      const on = toDay($(node).text())
      const title = tidy(link.attr('title') ?? link.text())
      const href = link.attr('href') ?? ''
      return on !== null && title !== '' && href !== '' && !FILE_LINK.test(href) ? [{ href, title, on }] : []
    })
}

const uniqueBy = <T extends { href: string }>(all: readonly T[]): T[] => [...new Map(all.map((each) => [each.href, each])).values()]
