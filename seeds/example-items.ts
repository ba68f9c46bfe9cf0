import { documentTexts, toDocx, toPdf, toXlsx } from '../src/documents/index.ts'
import type { Document } from '../src/documents/index.ts'
import { writeBody } from '../src/catalogue/index.ts'
import type { Attachment, ItemContent, ItemDetails, ItemEvent, Classification } from '../src/catalogue/index.ts'
import { recordHistories } from '../src/catalogue/testing-histories.ts'
import type { ItemHistory, StoredItemFile } from '../src/catalogue/testing-histories.ts'
import { actorKey } from '../src/identity/index.ts'
import type { Deps } from '../src/platform/deps.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import { instant } from './clock.ts'
import { after } from './days.ts'
import type { ExampleBody } from './example-bodies.ts'
import { toBlocks } from './item-plan.ts'
import type { FilePlan, ItemPlan } from './item-plan.ts'
import { paintPoster, posterAlt } from './paint-poster.ts'
import { NOTICE_PLANS } from './item-plans-notices.ts'
import { RULE_PLANS } from './item-plans-rules.ts'

/** 有正文、有附件的公开信息：规范性文件与解读、公告、办事指南、统计、预决算；有失效的、撤回的、改过版的各一。 */
export async function loadExampleItems(deps: Deps, bodies: readonly ExampleBody[]): Promise<void> {
  const plans = Map.groupBy([...RULE_PLANS, ...NOTICE_PLANS], ({ body }) => body)
  // 文件先存好：写文件要等磁盘，一起等
  const ready = await Promise.all(bodies.map(async (body) => ({ body, histories: await Promise.all((plans.get(body.code) ?? []).map((plan) => toHistory(deps, body, plan))) })))
  for (const { body, histories } of ready) await recordHistories(deps.db, body.bodyId, histories)
}

const MOST = 4 * 1024 * 1024
/** 启用之前的，启用之日补录。 */
const START = '2023-01-03'

async function toHistory(deps: Deps, body: ExampleBody, plan: ItemPlan): Promise<ItemHistory> {
  const picture = await storePoster(deps, plan)
  const attachments = await Promise.all((plan.files ?? []).map((file) => storeFile(deps, body, plan, file)))
  const editions = await Promise.all([plan.text, ...(plan.revised === undefined ? [] : [plan.revised.text])].map((text) => toEdition(deps, plan, text, { picture, attachments })))
  const classification: Classification = { attribute: 'proactive', codes: plan.codes, summaryKind: null, exemption: null, term: 'GENERAL', termFrom: null }
  return {
    title: plan.title,
    formedOn: plan.formedOn,
    editions,
    relations: plan.relations ?? [],
    events: (indexNo, versions) => toEvents(body, plan, classification, indexNo, versions),
    recordedBy: (event) => ({ actor: actorOf(body, event), at: instant(event.on < START ? START : event.on, TIMES[event.kind] ?? '16:30') }),
  }
}

async function toEdition(deps: Deps, plan: ItemPlan, text: string, { picture, attachments }: { picture: StoredItemFile | null; attachments: readonly StoredItemFile[] }): Promise<ItemHistory['editions'][number]> {
  const figure = picture === null || plan.poster === undefined ? [] : [{ kind: 'figure' as const, key: picture.key, alt: posterAlt(plan.poster), caption: [] }]
  const html = writeBody([...figure, ...toBlocks(text)])
  const { key, size } = await deps.files.put(Buffer.from(html), { maxBytes: MOST })
  const details: Omit<ItemDetails, 'relations'> = {
    issuer: null,
    topic: plan.topic,
    genre: plan.genre,
    keywords: plan.keywords,
    effectiveOn: plan.effectiveOn ?? null,
    block: plan.block ?? 'statutory',
    a19: [],
    body: key,
    pictures: picture === null ? [] : [toAttachment(picture)],
    attachments: attachments.map(toAttachment),
  }
  const body: StoredItemFile = { key, role: 'body', name: '正文.html', mediaType: 'text/html', bytes: size, text: text.replaceAll(/^\s*(?:##?|-|>)\s+/gm, '').replaceAll('|', ' ') }
  return { content: { title: plan.title, docNo: plan.docNo ?? null, summary: plan.summary ?? null, origin: 'made', formedOn: plan.formedOn }, details, files: [body, ...(picture === null ? [] : [picture]), ...attachments] }
}

const toAttachment = ({ key, name, mediaType, bytes }: StoredItemFile): Attachment => ({ key, name, mediaType, bytes })

async function storePoster(deps: Deps, { poster }: ItemPlan): Promise<StoredItemFile | null> {
  if (poster === undefined) return null
  const { key, size } = await deps.files.put(paintPoster(poster), { maxBytes: MOST })
  return { key, role: 'picture', name: `${poster.name}.png`, mediaType: 'image/png', bytes: size, text: '' }
}

const WRITERS = {
  xlsx: { write: toXlsx, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  docx: { write: toDocx, mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  pdf: { write: toPdf, mediaType: 'application/pdf' },
} as const

async function storeFile(deps: Deps, body: ExampleBody, plan: ItemPlan, file: FilePlan): Promise<StoredItemFile> {
  const document: Document = { title: file.name, creator: body.name, datedOn: plan.formedOn, demo: true, blocks: toBlocks(file.text).flatMap(toDocumentBlock) }
  const { write, mediaType } = WRITERS[file.as]
  const { key, size } = await deps.files.put(await write(document), { maxBytes: MOST })
  return { key, role: 'attachment', name: `${file.name}.${file.as}`, mediaType, bytes: size, text: documentTexts(document).join('\n') }
}

const plain = (runs: readonly { kind: string; text?: string }[]): string => runs.map(({ text = '' }) => text).join('')

function toDocumentBlock(block: ReturnType<typeof toBlocks>[number]): Document['blocks'] {
  if (block.kind === 'paragraph') return [{ kind: 'paragraph', spans: [plain(block.content)] }]
  if (block.kind !== 'table') return []
  const rows = block.rows.map((row) => row.map((cell) => ({ text: plain(cell.content), head: cell.header })))
  return [{ kind: 'table', table: { caption: '附表', widths: (rows[0] ?? []).map((_, i) => (i === 0 ? 3 : 2)), headRows: 1, rows } }]
}

type Version = { content: ItemContent; contentHash: string }

// 承办、审查、批准、公布各是各的人，隔一两个工作日
function toEvents(body: ExampleBody, plan: ItemPlan, classification: Classification, indexNo: string, versions: readonly Version[]): ItemEvent[] {
  const [first, revised] = versions
  if (first === undefined) throw new Error(`《${plan.title}》没有内容`)
  const handler = actorKey(body.staff.handler)
  const events: ItemEvent[] = [
    { kind: 'formed', on: plan.formedOn, indexNo, ...first, handler },
    { kind: 'attribute-determined', on: plan.formedOn, classification },
    ...passed(body, after(plan.formedOn, 1), first.contentHash),
  ]
  if (plan.revised !== undefined && revised !== undefined)
    events.push({ kind: 'content-changed', on: plan.revised.on, ...revised, handler }, ...passed(body, plan.revised.on, revised.contentHash))
  if (plan.expired !== undefined) events.push({ kind: 'expired', ...plan.expired })
  if (plan.withdrawn !== undefined) events.push({ kind: 'withdrawn', ...plan.withdrawn })
  return events
}

function passed({ staff }: ExampleBody, from: PlainDate, contentHash: string): ItemEvent[] {
  const on = after(from, 1)
  return [
    { kind: 'review-requested', on: from, contentHash, handler: actorKey(staff.handler) },
    { kind: 'reviewed', on, contentHash, reviewer: actorKey(staff.secrecy), result: 'pass', opinion: '可以公开' },
    { kind: 'approved', on, contentHash, approver: actorKey(staff.leader) },
    { kind: 'published', on: after(on, 1), contentHash, channel: '区政府信息公开平台', url: null, publisher: actorKey(staff.publisher) },
  ]
}

const TIMES: Partial<Record<ItemEvent['kind'], string>> = { formed: '09:30', 'attribute-determined': '09:40', 'content-changed': '09:30', 'review-requested': '10:20', reviewed: '11:00', approved: '15:10', published: '16:00', withdrawn: '17:20' }

function actorOf({ staff }: ExampleBody, event: ItemEvent): string {
  if (event.kind === 'reviewed') return actorKey(staff.secrecy)
  if (event.kind === 'approved' || event.kind === 'withdrawn') return actorKey(staff.leader)
  if (event.kind === 'published') return actorKey(staff.publisher)
  return event.kind === 'expired' ? actorKey(staff.officer) : actorKey(staff.handler)
}
