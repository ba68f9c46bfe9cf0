import { getCalendar } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import type { RecordedBy } from '../platform/timeline.ts'
import { hashContent } from './item-hash.ts'
import { recordFromLedger } from './item-rules.ts'
import type { LedgerRecord } from './item.ts'
import { NEW_DOCUMENT, recordDocument } from './normative-document.ts'
import type { NormativeFacts } from './normative-document.ts'
import { saveDocuments } from './normative-store.ts'
import type { PublicationCode, SummaryKind } from './publication-codes.ts'
import { newItem, saveItems } from './store.ts'
import { NEW_COUNT, recordCount } from './yearly-count.ts'
import type { CountFacts } from './yearly-count.ts'
import { saveCounts } from './yearly-store.ts'

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
  await saveDocuments(tx, [{ found: { bodyId, documentId, version: 0, ledgerKey: facts.docNo, state: NEW_DOCUMENT }, events: decided.events }], by)
  return documentId
}

/** 记一年一事项的数，返回它的 id。 */
export async function aYearlyCount(tx: Tx, bodyId: string, facts: CountFacts, by: RecordedBy = BY): Promise<string> {
  const countId = newId()
  const decided = recordCount(NEW_COUNT, { on: TODAY, facts })
  if (!decided.ok) throw new Error(decided.refusal)
  await saveCounts(tx, [{ found: { bodyId, countId, version: 0, state: NEW_COUNT }, events: decided.events }], by)
  return countId
}
