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

/** 公开审查走哪几步、末级由谁批准；送审时定下，其后改设置不影响在办的。 */
export interface ReviewWay {
  /** 要科室负责人审核 */
  check: boolean
  approver: 'disclosure-head' | 'leader'
}

/** 退回时逐处写的意见。 */
export interface Remark {
  part: RemarkPart
  words: string
}
export const REMARK_PARTS = { whole: '总的意见', title: '标题与文号', summary: '内容概述', body: '正文', attachments: '附件', metadata: '公开属性、分类与其他各栏' } as const
export type RemarkPart = keyof typeof REMARK_PARTS

/** 一件事；凭委托办的，记下代谁。 */
export type ItemEvent = ItemHappening & { onBehalfOf?: string }

export type ItemHappening =
  | { kind: 'formed'; on: PlainDate; indexNo: string; content: ItemContent; contentHash: string; handler: string }
  | { kind: 'attribute-determined'; on: PlainDate; classification: Classification }
  | { kind: 'content-changed'; on: PlainDate; content: ItemContent; contentHash: string; handler: string }
  | { kind: 'review-requested'; on: PlainDate; contentHash: string; handler: string; way?: ReviewWay }
  | { kind: 'checked'; on: PlainDate; contentHash: string; checker: string; opinion: string }
  | { kind: 'reviewed'; on: PlainDate; contentHash: string; reviewer: string; result: 'pass' | 'fail' | 'escalated'; opinion: string }
  | { kind: 'approved'; on: PlainDate; contentHash: string; approver: string; opinion?: string }
  | { kind: 'returned'; on: PlainDate; by: string; remarks: readonly Remark[] }
  | { kind: 'scheduled'; on: PlainDate; contentHash: string; publishAt: string; channel: string; publisher: string }
  | { kind: 'unscheduled'; on: PlainDate; reason: string }
  | { kind: 'exported'; on: PlainDate; contentHash: string; target: string }
  | { kind: 'published'; on: PlainDate; contentHash: string; channel: string; url: string | null; publisher: string; dueOn?: PlainDate | null }
  | { kind: 'withdrawn'; on: PlainDate; reason: string; notice?: string }
  /** `byDocument`：随载明它的规范性文件失效，效力更正了即随之恢复；没有写的是人标明的 */
  | { kind: 'expired'; on: PlainDate; reason: string; byDocument?: true }
  | { kind: 'revived'; on: PlainDate; reason: string }
  /** 第 `through` 版及以前的，不再给公众对照 */
  | { kind: 'editions-hidden'; on: PlainDate; through: number; reason: string }
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
  /** 这一版的承办人：登记、改过内容、送审过的，连同其时所代的；他们都不得审查、批准、发布 */
  authors: readonly string[]
  /** 送审时定下的各步；没有送审的为 null */
  way: ReviewWay | null
  /** 科室负责人审核过的内容与人 */
  checked: { contentHash: string; checker: string } | null
  /** 最近一次被退回（含审查不通过）的意见；再送审即清 */
  returned: { by: string; on: PlainDate; remarks: readonly Remark[] } | null
  /** 定好的发布时刻；由定的人的名义发布 */
  schedule: { contentHash: string; publishAt: string; channel: string; publisher: string; onBehalfOf: string | null } | null
  approver: string | null
  /** 审查的结论；代人审查的，写明代谁 */
  review: { contentHash: string; reviewer: string; result: 'pass' | 'fail' | 'escalated'; onBehalfOf?: string } | null
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
  /** 失效是随文件的，不是人标明的 */
  expiredByDocument: boolean
  /** 公开着的一版；没有公开、已撤回的为 null */
  published: PublishedVersion | null
  /** 公开过几版；撤回也不归零 */
  editions: number
  /** 到第几版为止，从前的不再给公众对照；没有隐去的为 0 */
  hiddenThrough: number
  /** 定公开属性之日；台账记载的为形成之日 */
  determinedOn: PlainDate | null
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
        ...unreviewed({ ...state, classification: event.classification }),
        classification: event.classification,
        determinedOn: event.on,
      }
    case 'content-changed':
      return {
        ...state,
        ...unreviewed(state),
        content: event.content,
        contentHash: event.contentHash,
        handler: event.handler,
        authors: withAuthors(state, event.handler, event.onBehalfOf),
        // 还没有公开过的，改稿不是变更：期限仍自形成之日起算
        changedOn: state.firstPublishedOn === null ? null : event.on,
      }
    case 'review-requested':
      return { ...state, ...NOT_REVIEWED, status: 'secrecy-review', handler: event.handler, authors: withAuthors(state, event.handler, event.onBehalfOf), way: event.way ?? SHORTEST_WAY, returned: null }
    case 'checked':
      return { ...state, checked: { contentHash: event.contentHash, checker: event.checker } }
    case 'reviewed': {
      const { contentHash, reviewer, result, opinion, on, onBehalfOf } = event
      const review = { contentHash, reviewer, result, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) }
      if (result !== 'fail') return { ...state, review }
      return { ...state, ...unreviewed(state), review, returned: { by: reviewer, on, remarks: [{ part: 'whole', words: opinion }] } }
    }
    case 'approved':
      return { ...state, status: 'approved', approver: event.approver }
    case 'returned':
      return { ...state, ...unreviewed(state), returned: { by: event.by, on: event.on, remarks: event.remarks } }
    case 'scheduled': {
      const { contentHash, publishAt, channel, publisher, onBehalfOf = null } = event
      return { ...state, schedule: { contentHash, publishAt, channel, publisher, onBehalfOf } }
    }
    case 'unscheduled':
      return { ...state, schedule: null }
    case 'exported':
      return { ...state, status: 'exported' }
    case 'published':
      return {
        ...state,
        status: state.expiredOn === null ? 'published' : 'expired',
        schedule: null,
        // 下一版由下一版的承办人
        authors: [],
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
      return { ...state, status: 'withdrawn', withdrawnOn: event.on, withdrawReason: event.reason, withdrawNotice: event.notice ?? null, published: null, schedule: null }
    case 'expired':
      // 内容正在改的，改稿照旧往下走，公开之后仍是失效的
      return { ...state, status: state.status === 'published' ? 'expired' : state.status, expiredOn: event.on, expiredByDocument: event.byDocument === true }
    case 'revived':
      return { ...state, status: state.status === 'expired' ? 'published' : state.status, expiredOn: null, expiredByDocument: false }
    case 'editions-hidden':
      return { ...state, hiddenThrough: event.through }
    case 'exemption-reassessed':
      return event.result === 'keep'
        ? { ...state, reassessedOn: event.on }
        : { ...state, ...NOT_REVIEWED, status: 'formed', reassessedOn: event.on, determinedOn: null, classification: null }
    case 'corrected':
      return record({ ...state, contentHash: event.contentHash }, event.record)
  }
}

const SHORTEST_WAY: ReviewWay = { check: false, approver: 'disclosure-head' }
const NOT_REVIEWED = { way: null, checked: null, review: null, approver: null, schedule: null } as const

// 内容改了、退回了：此前的审查作废，从头再审
const unreviewed = (item: Item) => ({ ...NOT_REVIEWED, status: beforeReview(item) })

const withAuthors = (item: Item, ...people: readonly (string | undefined)[]): string[] => [...new Set([...item.authors, ...people.flatMap((each) => each ?? [])])]

/** 现在等谁办哪一步；不在去公开的路上的为 null。 */
export const AWAITING = {
  submit: '待送审',
  mend: '退回，待修改',
  check: '待科室负责人审核',
  'secrecy-review': '待保密审查',
  escalated: '已报主管部门或者保密行政管理部门，等其确定',
  approve: '待批准',
  publish: '待发布',
  scheduled: '定时发布',
} as const
export type Awaiting = keyof typeof AWAITING

export function awaitingOf(item: Item): Awaiting | null {
  switch (item.status) {
    case 'attribute-determined':
    case 'updated':
      return item.classification?.attribute !== 'proactive' ? null : item.returned === null ? 'submit' : 'mend'
    case 'secrecy-review':
      if (item.way?.check === true && item.checked === null) return 'check'
      return item.review === null ? 'secrecy-review' : item.review.result === 'escalated' ? 'escalated' : 'approve'
    case 'approved':
    case 'exported':
      return item.schedule === null ? 'publish' : 'scheduled'
    default:
      return null
  }
}

// 要（重新）审查而尚未送审的，按已有的情形停在哪一步
function beforeReview(item: Item): ItemStatus {
  if (isPublic(item)) return 'updated'
  if (item.classification === null) return 'formed'
  return item.classification.attribute === 'exempt' ? 'exempt' : 'attribute-determined'
}

function begin(event: { indexNo: string; content: ItemContent; contentHash: string; handler: string | null; onBehalfOf?: string }): Item {
  return {
    status: 'formed',
    indexNo: event.indexNo,
    content: event.content,
    contentHash: event.contentHash,
    classification: null,
    handler: event.handler,
    authors: [event.handler, event.onBehalfOf].flatMap((each) => each ?? []),
    returned: null,
    ...NOT_REVIEWED,
    changedOn: null,
    firstPublishedOn: null,
    publishedOn: null,
    url: null,
    channel: null,
    withdrawnOn: null,
    withdrawReason: null,
    withdrawNotice: null,
    expiredOn: null,
    expiredByDocument: false,
    published: null,
    editions: 0,
    hiddenThrough: 0,
    determinedOn: null,
    reassessedOn: null,
  }
}

function record(item: Item, { content, classification, ...facts }: LedgerRecord): Item {
  const status =
    facts.withdrawnOn !== null
      ? 'withdrawn'
      : facts.publishedOn !== null
        ? item.expiredOn !== null
          ? 'expired'
          : 'published'
        : classification.attribute === 'exempt'
          ? 'exempt'
          : 'attribute-determined'
  const next = { ...item, ...facts, status, content, classification, firstPublishedOn: facts.publishedOn, determinedOn: content.formedOn } as const
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
