import type { PlainDate } from '../statute/plain-date.ts'
import type { PublicationTerm } from '../statute/publication.ts'
import type { Exemption } from './exemptions.ts'
import type { ItemDetails } from './item-details.ts'
import type { PublicationCode, SummaryKind } from './publication-codes.ts'

export const ATTRIBUTES = { proactive: '主动公开', 'on-request': '依申请公开', exempt: '不予公开' } as const
export type Attribute = keyof typeof ATTRIBUTES

/** 条例第十条：谁制作、谁保存，谁负责公开。 */
export const ORIGINS = {
  made: '本机关制作',
  'from-public': '获取自公民、法人和其他组织',
  'from-agency': '获取自其他行政机关',
  joint: '共同制作，本机关牵头',
} as const
export type Origin = keyof typeof ORIGINS

export const ITEM_STATUSES = {
  formed: '已形成',
  'attribute-determined': '已定属性',
  'secrecy-review': '公开审查中',
  approved: '已批准',
  exported: '已导出',
  published: '已公开',
  updated: '内容已变更，待重新公开',
  withdrawn: '已撤回',
  expired: '已失效',
  exempt: '不公开，定期评估',
} as const
export type ItemStatus = keyof typeof ITEM_STATUSES

/** 审查与公开所针对的内容；改一个字即是另一个内容，须重新审查。 */
export interface ItemContent {
  title: string
  docNo: string | null
  summary: string | null
  origin: Origin
  /** 形成之日 */
  formedOn: PlainDate
  /** 正文与附件在文件库的键 */
  files: readonly string[]
  /** 正文、附件与元数据；台账只记事实的没有 */
  details?: ItemDetails
}

/** 定下的公开属性；主动公开的须挂第二十条、第二十一条的代码。 */
export interface Classification {
  attribute: Attribute
  codes: readonly PublicationCode[]
  /** 综述分类写明的；未写明则依代码 */
  summaryKind: SummaryKind | null
  exemption: Exemption | null
  /** 适用的公开期限与起算之日；一般期限自形成或变更之日 */
  term: PublicationTerm
  termFrom: PlainDate | null
}

/** 台账记载的既成事实：在本系统之外公开（或没有公开）的。 */
export interface LedgerRecord {
  content: ItemContent
  classification: Classification
  publishedOn: PlainDate | null
  url: string | null
  channel: string | null
  withdrawnOn: PlainDate | null
  withdrawReason: string | null
}

export type ItemEvent =
  | { kind: 'formed'; on: PlainDate; indexNo: string; content: ItemContent; contentHash: string; handler: string }
  | { kind: 'attribute-determined'; on: PlainDate; classification: Classification }
  | { kind: 'content-changed'; on: PlainDate; content: ItemContent; contentHash: string; handler: string }
  | { kind: 'review-requested'; on: PlainDate; contentHash: string; handler: string }
  | { kind: 'reviewed'; on: PlainDate; contentHash: string; reviewer: string; result: 'pass' | 'fail' | 'escalated'; opinion: string }
  | { kind: 'approved'; on: PlainDate; contentHash: string; approver: string }
  | { kind: 'exported'; on: PlainDate; contentHash: string; target: string }
  | { kind: 'published'; on: PlainDate; contentHash: string; channel: string; url: string | null; publisher: string }
  | { kind: 'withdrawn'; on: PlainDate; reason: string; notice?: string }
  | { kind: 'expired'; on: PlainDate; reason: string }
  | { kind: 'exemption-reassessed'; on: PlainDate; result: 'keep' | 'open'; reason: string; reviewer: string }
  | { kind: 'recorded'; on: PlainDate; indexNo: string; record: LedgerRecord; contentHash: string; source: string }
  | { kind: 'corrected'; on: PlainDate; record: LedgerRecord; contentHash: string; source: string; reason: string }

/** 公众看到的那一版；内容正在改的，仍是改之前的。 */
export interface PublishedVersion {
  content: ItemContent
  contentHash: string
  classification: Classification
  /** 第几版，自 1 起 */
  edition: number
  on: PlainDate
}

export interface Item {
  status: ItemStatus
  /** 一经编定不变（发布机构变更也不变） */
  indexNo: string
  content: ItemContent
  contentHash: string
  classification: Classification | null
  handler: string | null
  review: { contentHash: string; reviewer: string; result: 'pass' | 'fail' | 'escalated' } | null
  /** 变更之日；第二十六条：变更也起算公开期限 */
  changedOn: PlainDate | null
  /** 首次公开之日；按它计入年度 */
  firstPublishedOn: PlainDate | null
  publishedOn: PlainDate | null
  url: string | null
  channel: string | null
  withdrawnOn: PlainDate | null
  withdrawReason: string | null
  /** 撤回之后在原址给公众看的说明 */
  withdrawNotice: string | null
  expiredOn: PlainDate | null
  /** 公开着的一版；没有公开、已撤回的为 null */
  published: PublishedVersion | null
  /** 公开过几版；撤回也不归零 */
  editions: number
  reassessedOn: PlainDate | null
}

export type ItemState = { status: 'new' } | Item

export const NEW_ITEM: ItemState = { status: 'new' }

/** 自 `from` 起应当公开；不是主动公开的没有期限，为 null。 */
export function termOf(item: Item): { term: PublicationTerm; from: PlainDate } | null {
  if (item.classification?.attribute !== 'proactive') return null
  const { term, termFrom } = item.classification
  return { term, from: item.changedOn ?? termFrom ?? item.content.formedOn }
}

/** 公众能看到：公开过而没有撤回。已失效的仍可查阅，标明失效；变更中的仍为上一版。 */
export const isPublic = (item: Item): boolean => item.firstPublishedOn !== null && item.withdrawnOn === null

export const foldItem = (events: Iterable<ItemEvent>): ItemState =>
  [...events].reduce<ItemState>((state, event) => evolveItem(state, event), NEW_ITEM)

export function evolveItem(state: ItemState, event: ItemEvent): ItemState {
  if (event.kind === 'formed') return begin(event)
  if (event.kind === 'recorded') return record(begin({ ...event, content: event.record.content, handler: null }), event.record)
  if (state.status === 'new') throw new Error(`信息条目的第一件事不能是 ${event.kind}`)
  switch (event.kind) {
    case 'attribute-determined':
      return {
        ...state,
        status: event.classification.attribute === 'exempt' ? 'exempt' : 'attribute-determined',
        classification: event.classification,
      }
    case 'content-changed':
      return {
        ...state,
        status: beforeReview(state),
        content: event.content,
        contentHash: event.contentHash,
        handler: event.handler,
        changedOn: event.on,
        review: null,
      }
    case 'review-requested':
      return { ...state, status: 'secrecy-review', handler: event.handler, review: null }
    case 'reviewed': {
      const { contentHash, reviewer, result } = event
      const status = result === 'fail' ? beforeReview(state) : state.status
      return { ...state, status, review: { contentHash, reviewer, result } }
    }
    case 'approved':
      return { ...state, status: 'approved' }
    case 'exported':
      return { ...state, status: 'exported' }
    case 'published':
      return {
        ...state,
        status: 'published',
        firstPublishedOn: state.firstPublishedOn ?? event.on,
        publishedOn: event.on,
        url: event.url,
        channel: event.channel,
        withdrawnOn: null,
        withdrawReason: null,
        withdrawNotice: null,
        ...nextEdition(state, event.on),
      }
    case 'withdrawn':
      return { ...state, status: 'withdrawn', withdrawnOn: event.on, withdrawReason: event.reason, withdrawNotice: event.notice ?? null, published: null }
    case 'expired':
      return { ...state, status: 'expired', expiredOn: event.on }
    case 'exemption-reassessed':
      return event.result === 'keep'
        ? { ...state, reassessedOn: event.on }
        : { ...state, status: 'formed', reassessedOn: event.on, classification: null, review: null }
    case 'corrected':
      return record({ ...state, contentHash: event.contentHash }, event.record)
  }
}

// 要（重新）审查而尚未送审的，按已有的情形停在哪一步
function beforeReview(item: Item): ItemStatus {
  if (isPublic(item)) return 'updated'
  if (item.classification === null) return 'formed'
  return item.classification.attribute === 'exempt' ? 'exempt' : 'attribute-determined'
}

function begin(event: { indexNo: string; content: ItemContent; contentHash: string; handler: string | null }): Item {
  return {
    status: 'formed',
    indexNo: event.indexNo,
    content: event.content,
    contentHash: event.contentHash,
    classification: null,
    handler: event.handler,
    review: null,
    changedOn: null,
    firstPublishedOn: null,
    publishedOn: null,
    url: null,
    channel: null,
    withdrawnOn: null,
    withdrawReason: null,
    withdrawNotice: null,
    expiredOn: null,
    published: null,
    editions: 0,
    reassessedOn: null,
  }
}

function record(item: Item, { content, classification, ...facts }: LedgerRecord): Item {
  const status =
    facts.withdrawnOn !== null
      ? 'withdrawn'
      : facts.publishedOn !== null
        ? item.status === 'expired'
          ? 'expired'
          : 'published'
        : classification.attribute === 'exempt'
          ? 'exempt'
          : 'attribute-determined'
  const next = { ...item, ...facts, status, content, classification, firstPublishedOn: facts.publishedOn } as const
  if (facts.publishedOn === null || facts.withdrawnOn !== null) return { ...next, published: null }
  return { ...next, ...nextEdition(next, facts.publishedOn) }
}

// 公开（或再公开）此刻的内容；没有定属性的不能公开，规则已拦住
function nextEdition({ content, contentHash, classification, editions, published }: Item, on: PlainDate): Pick<Item, 'published' | 'editions'> {
  if (classification === null) throw new Error('没有定公开属性的信息不能公开')
  // 台账改的只是日子、网址，内容没变的，不算新的一版
  const edition = published?.contentHash === contentHash ? published.edition : editions + 1
  return { published: { content, contentHash, classification, edition, on }, editions: edition }
}
