import { accept, refuse } from '../statute/decision.ts'
import type { Decision } from '../statute/decision.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { awaitingOf, isPublic } from './item.ts'
import type { Classification, Item, ItemContent, ItemEvent, ItemState, LedgerRecord, Remark, ReviewWay } from './item.ts'
import { findPersonalNumbers } from '../statute/personal-numbers.ts'

/** 为何不行；在边界上以此措辞。 */
export const ITEM_REFUSALS = {
  'already-formed': '该信息已经登记',
  'not-in-this-state': '该信息当前的状态不能这样办理',
  'attribute-not-determined': '尚未确定公开属性',
  'published-stays-proactive': '公开过的信息不能改为别的公开属性；要收回的请办撤回',
  'publication-code-missing': '主动公开的信息须写明属于条例第二十条、第二十一条的哪一项',
  'exemption-reason-missing': '不予公开的须写明条例第十四条至第十六条的依据和理由',
  'not-proactive': '不是主动公开的信息，不能公开',
  'personal-data-found': '标题或概述中有身份证、手机或银行卡号码，须先脱敏',
  'precheck-missing': '内容还没有预检，或者预检之后有改动，请先预检',
  'precheck-blocked': '预检发现个人信息或者密级标志，须去掉，或者由他人依法放行',
  'precheck-unacknowledged': '预检的提醒还没有逐条确认',
  'checker-is-handler': '审核人不能是承办人',
  'not-checked': '尚未经科室负责人审核',
  'reviewer-is-handler': '审查人不能是承办人',
  'approver-is-handler': '批准人不能是承办人',
  'publisher-is-reviewer': '发布人不能是审查人',
  'publisher-is-handler': '发布人不能是承办人',
  'by-delegation-of-involved': '委托您的人承办或者审查过这一条，您不能代他办这一步',
  'not-the-approver': '这一步不由您的岗位办',
  'scheduler-left': '定时的人已不是发布员',
  'schedule-past': '发布的时刻须晚于现在',
  'schedule-far': '发布的时刻至多在一年之内',
  'file-missing': '正文或者附件的文件不在了，或者与审查时的不一样，不能公开',
  'content-changed-since-review': '审查之后内容有改动，须重新审查',
  'review-not-passed': '尚未通过公开审查',
  'reason-missing': '须写明理由',
  'before-formed': '日期早于形成之日',
  'future-date': '日期晚于今日',
  'index-number-immutable': '索引号一经编定不得改变',
  'nothing-changed': '没有改动',
  'withdrawn-stays': '已经撤回；台账与旧网站不能把它恢复公开，要再公开的，改好之后重新审查',
} as const

export type ItemRefusal = keyof typeof ITEM_REFUSALS
type ItemDecision = Decision<ItemEvent, ItemRefusal>

/** 人员分离：先审查、后公开，承办、审查、发布三人各一；人手不足的可配为两人：承办一人，审查与发布可以是同一人。 */
export type Separation = 'three-persons' | 'two-persons'

export function formItem(
  state: ItemState,
  input: { on: PlainDate; indexNo: string; content: ItemContent; contentHash: string; handler: string },
): ItemDecision {
  if (state.status !== 'new') return refuse('already-formed')
  if (input.content.formedOn > input.on) return refuse('future-date')
  return accept({ kind: 'formed', ...input })
}

/**
 * 定属性（第五条、第十三条至第十六条）：主动公开须挂代码，不予公开须有依据和理由。
 * 送审之后再改的，此前的审查作废；公开过的只能改事项与期限，要收回的走撤回。
 */
export function determineAttribute(
  state: ItemState,
  { on, classification }: { on: PlainDate; classification: Classification },
): ItemDecision {
  if (state.status === 'new' || state.status === 'expired') return refuse('not-in-this-state')
  const { attribute, codes, exemption } = classification
  if (attribute !== 'proactive' && state.firstPublishedOn !== null) return refuse('published-stays-proactive')
  if (attribute === 'proactive' && codes.length === 0) return refuse('publication-code-missing')
  if (attribute === 'exempt' && !exemption?.reason.trim()) return refuse('exemption-reason-missing')
  return accept({ kind: 'attribute-determined', on, classification })
}

/**
 * 内容有改动：此前的审查作废；已公开的须重新审查、重新公开，期限自变更之日起算（第二十六条）。
 * 撤回了的改好再审、再公开，索引号不变；公开之前原址仍是撤回的说明。
 */
export function changeContent(
  state: ItemState,
  input: { on: PlainDate; content: ItemContent; contentHash: string; handler: string },
): ItemDecision {
  if (state.status === 'new' || state.status === 'expired') return refuse('not-in-this-state')
  if (state.contentHash === input.contentHash) return refuse('nothing-changed')
  return accept({ kind: 'content-changed', ...input })
}

/** 预检之后还没有了结的：阻断的处数（个人信息、密级标志），没有确认的提醒。 */
export interface PrecheckStanding {
  contentHash: string
  blocks: number
  warnings: number
}

/** 送审：预检须针对同一内容，阻断的都已去掉或者依法放行，提醒的都已确认。 */
export function requestReview(
  state: ItemState,
  { precheck, ...input }: { on: PlainDate; handler: string; way: ReviewWay; precheck: PrecheckStanding | null },
): ItemDecision {
  if (state.status !== 'attribute-determined' && state.status !== 'updated') return refuse('not-in-this-state')
  if (state.classification?.attribute !== 'proactive') return refuse('not-proactive')
  const refusal = notClean(state, precheck)
  return refusal ? refuse(refusal) : accept({ kind: 'review-requested', contentHash: state.contentHash, ...input })
}

/** 科室负责人审核；审核的人不能是承办人。 */
export function checkItem(state: ItemState, input: { on: PlainDate; checker: string; opinion: string }): ItemDecision {
  if (state.status === 'new' || awaitingOf(state) !== 'check') return refuse('not-in-this-state')
  if (isAuthor(state, input.checker)) return refuse('checker-is-handler')
  return accept({ kind: 'checked', contentHash: state.contentHash, ...input })
}

/** 公开审查（第十七条）：不能确定的报主管部门或者保密行政管理部门，记 `escalated`，待其确定之后再记结论。 */
export function reviewItem(
  state: ItemState,
  input: { on: PlainDate; reviewer: string; result: 'pass' | 'fail' | 'escalated'; opinion: string },
): ItemDecision {
  if (state.status !== 'secrecy-review') return refuse('not-in-this-state')
  if (isAuthor(state, input.reviewer)) return refuse('reviewer-is-handler')
  const awaiting = awaitingOf(state)
  if (awaiting === 'check') return refuse('not-checked')
  if (awaiting === 'approve' || (awaiting === 'escalated' && input.result === 'escalated')) return refuse('not-in-this-state')
  if ((input.result !== 'pass' || awaiting === 'escalated') && input.opinion.trim() === '') return refuse('reason-missing')
  return accept({ kind: 'reviewed', contentHash: state.contentHash, ...input })
}

export function approveItem(state: ItemState, { on, approver, opinion }: { on: PlainDate; approver: string; opinion?: string }): ItemDecision {
  if (state.status !== 'secrecy-review') return refuse('not-in-this-state')
  if (isAuthor(state, approver)) return refuse('approver-is-handler')
  const refusal = notReviewed(state)
  return refusal ? refuse(refusal) : accept({ kind: 'approved', on, contentHash: state.contentHash, approver, ...(opinion ? { opinion } : {}) })
}

/** 退回修改：写明意见，此前的审查全部作废。自己承办的要拿回来改，照样退回。 */
export function returnItem(state: ItemState, input: { on: PlainDate; by: string; remarks: readonly Remark[] }): ItemDecision {
  if (state.status !== 'secrecy-review' && state.status !== 'approved' && state.status !== 'exported') return refuse('not-in-this-state')
  if (input.remarks.every(({ words }) => words.trim() === '')) return refuse('reason-missing')
  return accept({ kind: 'returned', ...input, remarks: input.remarks.filter(({ words }) => words.trim() !== '') })
}

/** 导出给门户或集约化平台。 */
export function exportItem(state: ItemState, { on, target }: { on: PlainDate; target: string }): ItemDecision {
  if (state.status !== 'approved' && state.status !== 'exported') return refuse('not-in-this-state')
  const refusal = notReviewed(state)
  return refusal ? refuse(refusal) : accept({ kind: 'exported', on, contentHash: state.contentHash, target })
}

interface Publication {
  on: PlainDate
  contentHash: string
  publisher: string
}

/**
 * 公开。没有针对同一内容的通过审查，任何人不能公开；公开之日即今日，不由人填。
 * @param input.contentHash 此刻照存着的内容另算的摘要
 */
export function publishItem(
  state: ItemState,
  input: Publication & { channel: string; url: string | null; dueOn?: PlainDate | null },
  separation: Separation = 'three-persons',
): ItemDecision {
  const refusal = cannotPublish(state, input, separation)
  return refusal ? refuse(refusal) : accept({ kind: 'published', ...input })
}

/** 定下何时发布；到时由任务以定的人的名义发布，其间内容有改动即不发布。 */
export function scheduleItem(state: ItemState, { now, ...input }: Publication & { publishAt: string; channel: string; now: string }, separation: Separation = 'three-persons'): ItemDecision {
  const refusal = cannotPublish(state, input, separation)
  if (refusal) return refuse(refusal)
  if (Date.parse(input.publishAt) <= Date.parse(now)) return refuse('schedule-past')
  return Date.parse(input.publishAt) - Date.parse(now) > FARTHEST_MS ? refuse('schedule-far') : accept({ kind: 'scheduled', ...input })
}

const FARTHEST_MS = 366 * 24 * 3600 * 1000

export function unscheduleItem(state: ItemState, { on, reason }: { on: PlainDate; reason: string }): ItemDecision {
  return state.status === 'new' || state.schedule === null ? refuse('not-in-this-state') : accept({ kind: 'unscheduled', on, reason })
}

function cannotPublish(state: ItemState, input: Publication, separation: Separation): ItemRefusal | null {
  if (state.status !== 'approved' && state.status !== 'exported') return 'not-in-this-state'
  if (state.classification?.attribute !== 'proactive') return 'not-proactive'
  if (input.contentHash !== state.contentHash) return 'content-changed-since-review'
  const refusal = notReviewed(state)
  if (refusal) return refusal
  if (separation === 'three-persons' && [state.review?.reviewer, state.review?.onBehalfOf].includes(input.publisher)) return 'publisher-is-reviewer'
  if (isAuthor(state, input.publisher)) return 'publisher-is-handler'
  return input.on < state.content.formedOn ? 'before-formed' : null
}

/** 撤回：写明理由，与在原址给公众看的说明。 */
export function withdrawItem(state: ItemState, { on, reason, notice }: { on: PlainDate; reason: string; notice?: string }): ItemDecision {
  if (state.status === 'new' || !isPublic(state)) return refuse('not-in-this-state')
  if (reason.trim() === '') return refuse('reason-missing')
  if (on < (state.publishedOn ?? on)) return refuse('before-formed')
  return accept({ kind: 'withdrawn', on, reason, ...(notice === undefined ? {} : { notice }) })
}

export function expireItem(state: ItemState, { on, reason }: { on: PlainDate; reason: string }): ItemDecision {
  if (state.status !== 'published') return refuse('not-in-this-state')
  if (reason.trim() === '') return refuse('reason-missing')
  return accept({ kind: 'expired', on, reason })
}

/**
 * 失效与否、自哪一日起，随载有它的规范性文件此刻的效力；人标明的失效不随之变。没有可改的，没有事发生。
 * @param invalidFrom 文件自哪一日起不再有效；现行有效、不再是其正文的为 null
 */
export function followDocument(state: ItemState, { on, invalidFrom, reason }: { on: PlainDate; invalidFrom: PlainDate | null; reason: string }): ItemDecision {
  if (state.status === 'new') return refuse('not-in-this-state')
  if (invalidFrom === null || invalidFrom > on) return state.expiredByDocument ? accept({ kind: 'revived', on, reason }) : accept()
  if (!isPublic(state) || state.expiredOn === invalidFrom || (state.expiredOn !== null && !state.expiredByDocument)) return accept()
  return accept({ kind: 'expired', on: invalidFrom, reason, byDocument: true })
}

/**
 * 从前的各版不再给公众对照：里面有后来发现不该公开的（个人信息、涉密的），改正之后从「改了什么」里仍看得到。
 * 内容正在改的，现行的一版也算从前的：下一版公开之后即不给对照。
 */
export function hideEditions(state: ItemState, { on, reason }: { on: PlainDate; reason: string }): ItemDecision {
  if (state.status === 'new' || !isPublic(state) || state.published === null) return refuse('not-in-this-state')
  const through = lastToHide(state)
  if (through <= state.hiddenThrough) return refuse('nothing-changed')
  return reason.trim() === '' ? refuse('reason-missing') : accept({ kind: 'editions-hidden', on, through, reason })
}

/** 现在隐去，到第几版为止。 */
export const lastToHide = ({ published, contentHash, editions }: Item): number => (published?.contentHash === contentHash ? editions - 1 : editions)

/** 第十八条：对不予公开（含只依申请公开）的信息定期评估，可以公开的转入公开程序。 */
export function reassessExemption(
  state: ItemState,
  input: { on: PlainDate; result: 'keep' | 'open'; reason: string; reviewer: string },
): ItemDecision {
  const withheld = state.status === 'exempt' || (state.status === 'attribute-determined' && state.classification?.attribute === 'on-request')
  if (!withheld) return refuse('not-in-this-state')
  if (input.reason.trim() === '') return refuse('reason-missing')
  return accept({ kind: 'exemption-reassessed', ...input })
}

interface RecordInput {
  on: PlainDate
  indexNo: string
  record: LedgerRecord
  contentHash: string
  source: string
}

/** 照台账记下既成事实；与已记的没有不同则没有事发生。由本系统审查公开的不能由台账改写。 */
export function recordFromLedger(state: ItemState, input: RecordInput): ItemDecision {
  const refusal = wrongRecord(input)
  if (refusal) return refuse(refusal)
  if (state.status === 'new') return accept({ kind: 'recorded', ...input })
  if (state.indexNo !== input.indexNo) return refuse('index-number-immutable')
  if (state.review !== null || state.handler !== null) return refuse('not-in-this-state')
  // 撤回了的，不因旧的台账又导入一次而复出
  if (state.withdrawnOn !== null && input.record.withdrawnOn === null) return refuse('withdrawn-stays')
  if (isSameRecord(state, input)) return accept()
  const { indexNo: _, ...rest } = input
  return accept({ kind: 'corrected', ...rest, reason: '台账更新' })
}

function wrongRecord({ on, record: { content, classification, publishedOn, withdrawnOn } }: RecordInput): ItemRefusal | null {
  if (classification.attribute === 'proactive' && classification.codes.length === 0) return 'publication-code-missing'
  if (classification.attribute === 'exempt' && !classification.exemption?.reason.trim()) return 'exemption-reason-missing'
  if (classification.attribute !== 'proactive' && publishedOn !== null) return 'not-proactive'
  if (hasPersonalNumbers(content)) return 'personal-data-found'
  if (content.formedOn > on || (publishedOn ?? on) > on || (withdrawnOn ?? on) > on) return 'future-date'
  if ((publishedOn ?? content.formedOn) < content.formedOn || (withdrawnOn ?? '9999') < (publishedOn ?? '')) return 'before-formed'
  return null
}

function isSameRecord(item: Item, { record }: RecordInput): boolean {
  const { content, classification, publishedOn, url, channel, withdrawnOn, withdrawReason } = item
  const known: LedgerRecord = { content, classification: classification ?? record.classification, publishedOn, url, channel, withdrawnOn, withdrawReason }
  return classification !== null && sameValue(known, record)
}

// 只有文字、空、数组与这样的对象；键的次序不论
function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [x, y] = [Object.entries(a), new Map(Object.entries(b))]
  return x.length === y.size && x.every(([key, value]) => y.has(key) && sameValue(value, y.get(key)))
}

const isAuthor = (item: Item, person: string): boolean => item.authors.includes(person) || item.handler === person

function notClean({ contentHash }: Item, precheck: PrecheckStanding | null): ItemRefusal | null {
  if (precheck?.contentHash !== contentHash) return 'precheck-missing'
  if (precheck.blocks > 0) return 'precheck-blocked'
  return precheck.warnings > 0 ? 'precheck-unacknowledged' : null
}

function notReviewed(item: Item): ItemRefusal | null {
  if (item.review?.result !== 'pass') return 'review-not-passed'
  return item.review.contentHash === item.contentHash ? null : 'content-changed-since-review'
}

const hasPersonalNumbers = ({ title, summary }: ItemContent): boolean =>
  findPersonalNumbers(`${title}\n${summary ?? ''}`).length > 0
