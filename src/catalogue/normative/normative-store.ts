import '../tables.ts'
import { caseStore } from '../../platform/case-store.ts'
import type { CaseChange } from '../../platform/case-store.ts'
import type { Tx } from '../../platform/db.ts'
import type { RecordedBy } from '../../platform/timeline.ts'
import { evolveDocument, invalidFrom } from './normative-document.ts'
import type { CleanUpResult, NormativeDocument, NormativeEvent, NormativeState } from './normative-document.ts'

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

/** 行键：文号，不计全角半角与空白。 */
export const documentKey = (docNo: string): string => docNo.normalize('NFKC').replace(/\s/g, '')

/** 追加事件并刷新行，同一事务，可成批；返回改动的件数。 */
export const saveDocuments = (tx: Tx, changes: readonly CaseChange<NormativeState, NormativeEvent>[], by: RecordedBy): Promise<number> =>
  documentStore.save(tx, changes, by, (document, { caseId }) => ({
    document_id: caseId,
    // 更正了文号的，台账再来时以新的认出
    ledger_key: documentKey(document.docNo),
    ...toDocumentRow(document),
  }))

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

/** 行里怎样记一次清理的结论。 */
export const findingKey = (cleanUpId: string, result: CleanUpResult): string => `${cleanUpId}/${result}`
