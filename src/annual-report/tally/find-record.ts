import {
  APPLICANT_KINDS,
  cellsOfRecord,
  findApplicationRow,
  getApplication,
  STATUSES,
  toReportFacts,
} from '../../applications/index.ts'
import {
  articleOf,
  cellsOfDocument,
  cellsOfYearlyCount,
  DOCUMENT_KINDS,
  getDocument,
  getItem,
  getYearlyCount,
  ITEM_STATUSES,
  MATTERS,
  PUBLICATION_CODES,
  toWan,
} from '../../catalogue/index.ts'
import { type Permit } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import { isId } from '../../platform/id.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import {
  cellsOfLitigation,
  cellsOfReview,
  getLitigation,
  getReview,
  LITIGATION_RESULTS,
  LITIGATION_STATUSES,
  PROCEDURES,
  REVIEW_RESULTS,
  REVIEW_STATUSES,
  ROLES_IN_COURT,
} from '../../reviews/index.ts'
import { rowLabelOf } from '../../statute/report-form.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { ITEMS_CELL } from './figures.ts'
import { RECORD_KINDS, type RecordKind } from './cell-records.ts'

export interface FoundRecord {
  title: string
  facts: readonly (readonly [string, string])[]
  history: readonly RecordedEvent[]
  /** 计入哪些年度的哪些格；主动公开条数不在表里，格为 `items` */
  feeds: readonly { year: number; cell: string }[]
}

/** 看各种记录所要的权限。 */
export const RECORD_PERMITS: Record<RecordKind, Permit> = {
  application: 'application.read',
  item: 'item.read',
  'normative-document': 'item.read',
  'yearly-count': 'item.read',
  review: 'review.read',
  litigation: 'review.read',
}

export const isRecordKind = (text: string): text is RecordKind => Object.hasOwn(RECORD_KINDS, text)

type Find = (tx: Tx, bodyId: string, id: string, today: PlainDate) => Promise<FoundRecord>

/** 一条记录的内容、经过与去向；没有抛 NotFound。不含申请人的个人信息。 */
export function findRecord(tx: Tx, kind: RecordKind, at: { bodyId: string; id: string; today: PlainDate }): Promise<FoundRecord> {
  if (!isId(at.bodyId) || !isId(at.id)) throw new NotFound('这条记录')
  return FINDERS[kind](tx, at.bodyId, at.id, at.today)
}

const present = (facts: readonly (readonly [string, string | null | undefined])[]): [string, string][] =>
  facts.flatMap(([label, value]) => (value === null || value === undefined || value === '' ? [] : [[label, value]]))

const FINDERS: Record<RecordKind, Find> = {
  application: findApplication,
  item: findItem,
  'normative-document': findDocument,
  'yearly-count': findCount,
  review: findReview,
  litigation: findLitigation,
}

async function findApplication(tx: Tx, bodyId: string, id: string, today: PlainDate): Promise<FoundRecord> {
  const { state, events } = await getApplication(tx, bodyId, id)
  const facts = toReportFacts(state)
  const row = await findApplicationRow(tx, bodyId, id)
  const first = facts === null ? null : yearOf(facts.receivedOn)
  const last = facts?.decidedOn == null ? yearOf(today) : yearOf(facts.decidedOn)
  const years = first === null ? [] : Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
  return {
    title: state.regNo,
    facts: present([
      ['所求', state.content],
      ['申请人类型', APPLICANT_KINDS[state.applicantKind]],
      ['收到之日', state.receivedOn],
      ['办到', STATUSES[state.status]],
      ['处理结果', state.decision === null ? null : rowLabelOf(state.decision.row)],
      ['答复期限', row?.dueOn],
      ['答复之日', state.decision?.decidedOn],
      ['交邮、送达', state.delivery?.dispatchedOn ?? state.delivery?.servedOn],
      ['是否按期', row?.late === true ? '逾期' : facts?.decidedOn != null && row?.dueOn != null ? '没有逾期' : null],
      ['答复文号', state.decision?.docNo],
      ['备注', state.note],
    ]),
    history: events,
    feeds: facts === null ? [] : years.flatMap((year) => cellsOfRecord(facts, year, today).map((cell) => ({ year, cell }))),
  }
}

async function findItem(tx: Tx, bodyId: string, id: string): Promise<FoundRecord> {
  const { state, history } = await getItem(tx, bodyId, id)
  const published = state.firstPublishedOn
  return {
    title: state.content.title,
    facts: present([
      ['索引号', state.indexNo],
      ['文号', state.content.docNo],
      ['形成之日', state.content.formedOn],
      ['公开之日', published],
      ['办到', ITEM_STATUSES[state.status]],
      ['法定事项', state.classification?.codes.map((code) => `${articleOf(code)} ${PUBLICATION_CODES[code].label}`).join('；')],
    ]),
    history,
    feeds: published === null ? [] : [{ year: yearOf(published), cell: ITEMS_CELL }],
  }
}

async function findDocument(tx: Tx, bodyId: string, id: string, today: PlainDate): Promise<FoundRecord> {
  const { state, history } = await getDocument(tx, bodyId, id)
  return {
    title: state.title,
    facts: present([
      ['种类', DOCUMENT_KINDS[state.kind]],
      ['文号', state.docNo],
      ['公布之日', state.madeOn],
      ['有效期至', state.expiresOn],
      ['废止之日', state.repealedOn],
      ['废止依据', state.repealBasis],
    ]),
    history,
    feeds: await cellsOfDocument(tx, bodyId, id, today),
  }
}

async function findCount(tx: Tx, bodyId: string, id: string): Promise<FoundRecord> {
  const { state, history } = await getYearlyCount(tx, bodyId, id)
  const { label, unit } = MATTERS[state.matter]
  return {
    title: `${state.year}年${label}`,
    facts: present([
      ['数量', unit === 'fen' ? `${toWan(state.amount)} 万元` : `${state.amount} ${unit}`],
      ['来源', state.source],
      ['凭据', state.evidence],
      ['状态', state.status === 'withdrawn' ? '已撤销登记' : '有效'],
    ]),
    history,
    feeds: await cellsOfYearlyCount(tx, bodyId, id),
  }
}

async function findReview(tx: Tx, bodyId: string, id: string, today: PlainDate): Promise<FoundRecord> {
  const { state, history } = await getReview(tx, bodyId, id)
  return {
    title: state.facts.caseNo,
    facts: present([
      ['复议机关', state.facts.authority],
      ['被复议的答复', state.facts.decisionNo],
      ['程序', PROCEDURES[state.facts.procedure]],
      ['收到副本之日', state.facts.receivedOn],
      ['办到', REVIEW_STATUSES[state.status]],
      ['结果', state.result === null ? '尚未审结' : REVIEW_RESULTS[state.result].label],
      ['决定之日', state.decidedOn],
    ]),
    history,
    feeds: await cellsOfReview(tx, bodyId, id, today),
  }
}

async function findLitigation(tx: Tx, bodyId: string, id: string, today: PlainDate): Promise<FoundRecord> {
  const { state, history } = await getLitigation(tx, bodyId, id)
  return {
    title: state.facts.caseNo,
    facts: present([
      ['法院', state.facts.court],
      ['被诉的答复', state.facts.decisionNo],
      ['本机关身份', ROLES_IN_COURT[state.facts.role]],
      ['是否经过复议', state.facts.afterReview ? '复议后起诉' : '未经复议直接起诉'],
      ['收到副本之日', state.facts.receivedOn],
      ['办到', LITIGATION_STATUSES[state.status]],
      ['结果', state.final === null ? '尚未审结' : LITIGATION_RESULTS[state.final.result].label],
      ['生效之日', state.final?.on],
    ]),
    history,
    feeds: await cellsOfLitigation(tx, bodyId, id, today),
  }
}
