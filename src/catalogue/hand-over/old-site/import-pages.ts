import { getBody, getCalendar, getSetting } from '../../../bodies/index.ts'
import type { Tx } from '../../../platform/db.ts'
import { newId } from '../../../platform/id.ts'
import { upsertRows } from '../../../platform/upsert-rows.ts'
import { yearOf } from '../../../statute/plain-date.ts'
import { wordIndexNo } from '../../index-number.ts'
import { filesOf } from '../../item-details.ts'
import type { ItemDetails } from '../../item-details.ts'
import { hashContent } from '../../item-hash.ts'
import { ITEM_REFUSALS, recordFromLedger } from '../../item-rules.ts'
import type { ItemContent, LedgerRecord } from '../../item.ts'
import { keepOldAddresses, toOldPath } from '../../public/old-addresses.ts'
import { itemStore, newItem, saveItems, takeIndexNumbers } from '../../store.ts'
import type { FoundPage } from './found-page.ts'

/** 有一条写不进去，整份都不写；消息直接给使用者看。 */
export class SiteImportRefused extends Error {
  override name = 'SiteImportRefused'
}

/** 旧网站的一页的行键：以网址认出同一条，再导入不重复。 */
export const keyOfUrl = (url: string): string => `网址 ${url}`

/**
 * 写入一批（至多一千页），在调用者的事务里：记为既成事实，公开之日照旧网站；正文与附件归到条目名下，旧网址转到新地址。
 * 已有的只改有变化的，撤回了的不动；由本系统审查公开、改过的，拒绝。
 */
export async function importPages(tx: Tx, { bodyId, actor, at, today }: { bodyId: string; actor: string; at: Date; today: string }, pages: readonly FoundPage[]): Promise<{ created: number; changed: number; unchanged: number }> {
  const known = await itemStore.findByLedgerKeys(tx, bodyId, pages.map(({ url }) => keyOfUrl(url)))
  const numbers = await numberPages(tx, bodyId, pages.filter(({ url }) => !known.has(keyOfUrl(url))))
  const changes = pages.map((page) => {
    const key = keyOfUrl(page.url)
    const found = known.get(key) ?? newItem(bodyId, newId(), key)
    const record = toRecord(page)
    const indexNo = found.state.status === 'new' ? (numbers.get(page.url) ?? '') : found.state.indexNo
    if (found.state.status !== 'new' && found.state.withdrawnOn !== null) return { page, found, events: [] }
    const decided = recordFromLedger(found.state, { on: today, indexNo, record, contentHash: hashContent(record.content), source: actor })
    if (!decided.ok) throw new SiteImportRefused(`《${page.title.slice(0, 60)}》：${ITEM_REFUSALS[decided.refusal]}`)
    return { page, found, events: decided.events }
  })
  const written = changes.filter(({ events }) => events.length > 0)
  // 文件先于条目：检索的索引随条目写下，要用到它们的文字
  await upsertRows(tx, 'item_file', ['body_id', 'item_id', 'file_key'], written.flatMap(({ page, found }) => fileRows(page, { bodyId, itemId: found.caseId, actor, at })))
  await saveItems(tx, changes, { actor, at }, await getCalendar(tx))
  await keepOldAddresses(tx, bodyId, addressesOf(changes), at)
  const created = changes.filter(({ found }) => found.version === 0).length
  return { created, changed: written.length - created, unchanged: changes.length - written.length }
}

/** 一页记成信息的内容。 */
export function toContent(page: FoundPage): ItemContent {
  const details: ItemDetails = { issuer: null, topic: null, genre: null, keywords: [], effectiveOn: null, block: 'statutory', a19: [], body: page.body?.key ?? null, pictures: page.pictures, attachments: page.attachments, relations: [] }
  return { title: page.title, docNo: page.docNo, summary: page.summary, origin: 'made', formedOn: page.formedOn, files: filesOf(details), details }
}

function toRecord(page: FoundPage): LedgerRecord {
  return {
    content: toContent(page),
    classification: { attribute: 'proactive', codes: [page.code], summaryKind: null, exemption: null, term: 'GENERAL', termFrom: null },
    publishedOn: page.publishedOn,
    url: null,
    channel: '旧网站',
    withdrawnOn: null,
    withdrawReason: null,
  }
}

function fileRows(page: FoundPage, { bodyId, itemId, actor, at }: { bodyId: string; itemId: string; actor: string; at: Date }) {
  const row = (file: { key: string; name: string; mediaType: string; bytes: number }, role: 'body' | 'picture' | 'attachment', text: string, note: string | null) => ({
    body_id: bodyId, item_id: itemId, file_key: file.key, role, name: file.name, media_type: file.mediaType, bytes: file.bytes,
    text_state: text === '' ? ('no-text' as const) : ('read' as const), text, text_note: note, uploaded_by: actor, uploaded_at: at,
  })
  const rows = [
    ...(page.body === null ? [] : [row({ ...page.body, name: '正文.html', mediaType: 'text/html' }, 'body', page.text, null)]),
    ...page.pictures.map((file) => row(file, 'picture', '', null)),
    ...page.attachments.map((file) => row(file, 'attachment', page.texts[file.key] ?? '', null)),
  ]
  return [...new Map(rows.map((each) => [each.file_key, each])).values()]
}

async function numberPages(tx: Tx, bodyId: string, pages: readonly FoundPage[]): Promise<Map<string, string>> {
  const numbers = new Map<string, string>()
  if (pages.length === 0) return numbers
  const [body, template] = [await getBody(tx, bodyId), await getSetting(tx, bodyId, 'indexNoTemplate')]
  for (const [year, group] of Map.groupBy(pages, ({ formedOn }) => yearOf(formedOn))) {
    const taken = await takeIndexNumbers(tx, bodyId, year, group.length, (n) => wordIndexNo(template, body, year, n))
    for (const [at, { url }] of group.entries()) numbers.set(url, taken[at] ?? '')
  }
  return numbers
}

// 目录的首页，写不写 index.html 都是它
function addressesOf(changes: readonly { page: FoundPage; found: { caseId: string } }[]): { path: string; itemId: string }[] {
  const all = new Map<string, string>()
  for (const { page, found } of changes)
    for (const address of [page.url, page.url.replace(/\/(?:index|default)\.\w{3,5}$/i, '/')]) {
      const path = toOldPath(address)
      if (path !== null) all.set(path, found.caseId)
    }
  return [...all].map(([path, itemId]) => ({ path, itemId }))
}
