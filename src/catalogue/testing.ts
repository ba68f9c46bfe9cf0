import { getBody, getCalendar, getSetting } from '../bodies/index.ts'
import { dayInBeijing } from '../platform/clock.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import type { RecordedBy } from '../platform/timeline.ts'
import { wordIndexNo } from './index-number.ts'
import { hashContent } from './item-hash.ts'
import { recordFromLedger, withdrawItem } from './item-rules.ts'
import type { LedgerRecord } from './item.ts'
import { NEW_DOCUMENT } from './normative/normative-document.ts'
import type { NormativeEvent, NormativeFacts } from './normative/normative-document.ts'
import { recordDocument } from './normative/normative-rules.ts'
import { newDocument, saveDocuments } from './normative/normative-store.ts'
import type { PublicationCode, SummaryKind } from './publication-codes.ts'
import { getItem, newItem, saveItems, takeIndexNumbers } from './store.ts'
import { NEW_COUNT, recordCount } from './yearly/yearly-count.ts'
import type { CountFacts } from './yearly/yearly-count.ts'
import { newCount, saveCounts } from './yearly/yearly-store.ts'

export { savePart } from './column/column-acts.ts'
export { guideSkeleton } from './column/guide-skeleton.ts'
export { aGuide, aShownPart, anInstitution, checkChannels } from './column/testing-column.ts'
export { NO_MAKING } from './normative/normative-document.ts'
export type { FoundPage } from './hand-over/old-site/found-page.ts'
export { importPages } from './hand-over/old-site/import-pages.ts'
export { readOldPage } from './hand-over/old-site/read-old-page.ts'
export { extendDocument, recordDocument, repealDocument } from './normative/normative-rules.ts'

const BY: RecordedBy = { actor: 'system:testing', at: new Date('2026-01-15T04:00:00Z') }
const TODAY = '2026-01-15'

export interface ItemWish {
  title?: string
  indexNo?: string
  docNo?: string | null
  formedOn?: string
  publishedOn?: string | null
  withdrawnOn?: string | null
  codes?: readonly PublicationCode[]
  summaryKind?: SummaryKind | null
  url?: string | null
}

/** 一条台账记载的主动公开信息；不写的取常见的值。 */
export function aLedgerRecord(wish: ItemWish = {}): LedgerRecord {
  const formedOn = wish.formedOn ?? '2024-03-01'
  return {
    content: { title: wish.title ?? '机构职能', docNo: wish.docNo ?? null, summary: null, origin: 'made', formedOn, files: [] },
    classification: {
      attribute: 'proactive',
      codes: wish.codes ?? ['A20_02'],
      summaryKind: wish.summaryKind ?? null,
      exemption: null,
      term: 'GENERAL',
      termFrom: null,
    },
    publishedOn: wish.publishedOn === undefined ? formedOn : wish.publishedOn,
    url: wish.url ?? null,
    channel: null,
    withdrawnOn: wish.withdrawnOn ?? null,
    withdrawReason: wish.withdrawnOn ? '内容有误' : null,
  }
}

/** 存一条主动公开信息，返回它的 id。 */
export async function anItem(tx: Tx, bodyId: string, wish: ItemWish = {}, by: RecordedBy = BY): Promise<string> {
  const record = aLedgerRecord(wish)
  const itemId = newId()
  const found = newItem(bodyId, itemId, null)
  const indexNo = wish.indexNo ?? `测试/${itemId}`
  const decided = recordFromLedger(found.state, { on: TODAY, indexNo, record, contentHash: hashContent(record.content), source: by.actor })
  if (!decided.ok) throw new Error(decided.refusal)
  await saveItems(tx, [{ found, events: decided.events }], by, await getCalendar(tx))
  return itemId
}

/** 撤回一条公开了的。 */
export async function withdraw(tx: Tx, bodyId: string, itemId: string, by: RecordedBy = BY): Promise<void> {
  const found = await getItem(tx, bodyId, itemId)
  const decided = withdrawItem(found.state, { on: TODAY, reason: '内容有误' })
  if (!decided.ok) throw new Error(decided.refusal)
  await saveItems(tx, [{ found, events: decided.events }], by, await getCalendar(tx))
}

/**
 * 成批存下台账记载的主动公开信息：索引号照机构的格式依次编定，行键与导入台账的相同，故再导入不重复。
 * @param recordedOn 一条在何时由谁记下
 */
export async function recordItems(
  tx: Tx,
  bodyId: string,
  records: readonly LedgerRecord[],
  { source, recordedOn }: { source: string; recordedOn: (record: LedgerRecord) => RecordedBy },
): Promise<void> {
  const [body, template, calendar] = [await getBody(tx, bodyId), await getSetting(tx, bodyId, 'indexNoTemplate'), await getCalendar(tx)]
  for (const [year, group] of Map.groupBy(records, (one) => Number(one.content.formedOn.slice(0, 4)))) {
    const numbers = await takeIndexNumbers(tx, bodyId, year, group.length, (n) => wordIndexNo(template, body, year, n))
    const changes = group.map((record, i) => {
      const { title, docNo, formedOn } = record.content
      const found = newItem(bodyId, newId(), `${title}|${docNo ?? ''}|${formedOn}`)
      const by = recordedOn(record)
      const decided = recordFromLedger(found.state, { on: dayInBeijing(by.at), indexNo: numbers[i] ?? '', record, contentHash: hashContent(record.content), source })
      if (!decided.ok) throw new Error(`《${title}》记不下：${decided.refusal}`)
      return { found, events: decided.events, recordedBy: () => by }
    })
    const latest = changes.map((change) => change.recordedBy()).toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1) ?? BY
    await saveItems(tx, changes, latest, calendar)
  }
}

/** 存一件规范性文件及其后的废止、延续，逐事写明何时记下。 */
export async function saveDocumentHistory(
  tx: Tx,
  bodyId: string,
  events: readonly NormativeEvent[],
  recordedBy: (event: NormativeEvent) => RecordedBy,
): Promise<string> {
  const documentId = newId()
  const [first] = events
  if (first?.kind !== 'made') throw new Error('规范性文件的第一件事须为公布')
  await saveDocuments(tx, [{ found: newDocument(bodyId, documentId, first.facts.docNo), events, recordedBy }], recordedBy(events.at(-1) ?? first))
  return documentId
}

/** 存一件规范性文件，返回它的 id。 */
export async function aDocument(tx: Tx, bodyId: string, wish: Partial<NormativeFacts> = {}, by: RecordedBy = BY): Promise<string> {
  const documentId = newId()
  const facts: NormativeFacts = {
    kind: 'norm',
    title: '示例管理办法',
    docNo: `测试〔2024〕${documentId.slice(-6)}号`,
    registrationNo: null,
    madeOn: '2024-03-01',
    effectiveOn: null,
    expiresOn: null,
    repealedOn: null,
    repealBasis: null,
    url: null,
    ...wish,
  }
  const decided = recordDocument(NEW_DOCUMENT, { on: TODAY, facts, source: by.actor })
  if (!decided.ok) throw new Error(decided.refusal)
  await saveDocuments(tx, [{ found: newDocument(bodyId, documentId, facts.docNo), events: decided.events }], by)
  return documentId
}

/** 记一年一事项的数，返回它的 id。 */
export async function aYearlyCount(tx: Tx, bodyId: string, facts: CountFacts, by: RecordedBy = BY): Promise<string> {
  const countId = newId()
  const decided = recordCount(NEW_COUNT, { on: dayInBeijing(by.at), facts })
  if (!decided.ok) throw new Error(decided.refusal)
  await saveCounts(tx, [{ found: newCount(bodyId, countId), events: decided.events }], by)
  return countId
}
