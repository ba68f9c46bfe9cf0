import '../tables.ts'
import { caseStore } from '../../platform/case-store.ts'
import type { CaseChange, LoadedCase } from '../../platform/case-store.ts'
import type { Tx } from '../../platform/db.ts'
import type { RecordedBy } from '../../platform/timeline.ts'
import { documentKey, findingKey } from './document-keys.ts'
import { indexDocuments } from './normative-index.ts'
import { evolveDocument, invalidFrom, NEW_DOCUMENT } from './normative-document.ts'
import type { NormativeDocument, NormativeEvent, NormativeState } from './normative-document.ts'

export const documentStore = caseStore<'normative_document', NormativeDocument, NormativeEvent>({
  stream: 'normative-document',
  table: 'normative_document',
  idColumn: 'document_id',
  called: '规范性文件',
  evolve: evolveDocument,
})

export const newDocument = documentStore.newCase

/** 一件及其时间线；没有则抛 NotFound。 */
export const getDocument = documentStore.getWithHistory

/** 几件，按 id，至多几百件；没有的不在其中。 */
export async function loadDocuments(tx: Tx, bodyId: string, ids: readonly string[]): Promise<Map<string, LoadedCase<NormativeState>>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.selectFrom('normative_document').select(['document_id', 'version', 'ledger_key']).where('body_id', '=', bodyId).where('document_id', 'in', ids).execute()
  const states = await documentStore.loadStates(tx, bodyId, rows.map((row) => row.document_id))
  return new Map(rows.map((row) => [row.document_id, { bodyId, caseId: row.document_id, version: row.version, ledgerKey: row.ledger_key, state: states.get(row.document_id) ?? NEW_DOCUMENT }]))
}

/** 追加事件，刷新行与检索的索引，同一事务，可成批；返回改动的件数。 */
export async function saveDocuments(tx: Tx, changes: readonly CaseChange<NormativeState, NormativeEvent>[], by: RecordedBy): Promise<number> {
  const saved = await documentStore.save(tx, changes, by, (document, { caseId }) => ({
    document_id: caseId,
    // 更正了文号的，台账再来时以新的认出
    ledger_key: documentKey(document.docNo),
    ...toDocumentRow(document),
  }))
  await indexDocuments(tx, changes.filter(({ events }) => events.length > 0).map(({ found }) => ({ bodyId: found.bodyId, id: found.caseId })))
  return saved
}

/** 由状态得出的列；校验时据此与行比对。 */
export const toDocumentRow = (document: NormativeDocument) => ({
  kind: document.kind,
  title: document.title,
  doc_no: document.docNo,
  registration_no: document.registrationNo,
  made_on: document.madeOn,
  effective_on: document.effectiveOn,
  expires_on: document.expiresOn,
  repealed_on: document.repealedOn,
  invalid_from: invalidFrom(document),
  url: document.url,
  topic: document.making.topic,
  item_id: document.itemId,
  repealed_by: document.repealedBy,
  amended_on: document.amendments.at(-1)?.on ?? null,
  listed: document.listed,
  clean_ups: document.cleanUps.map(({ cleanUpId, result }) => findingKey(cleanUpId, result)),
})
