import '../tables.ts'
import { caseStore } from '../../platform/case-store.ts'
import type { CaseChange } from '../../platform/case-store.ts'
import type { Tx } from '../../platform/db.ts'
import type { RecordedBy } from '../../platform/timeline.ts'
import { evolveDocument, invalidFrom } from './normative-document.ts'
import type { NormativeDocument, NormativeEvent, NormativeFacts, NormativeState } from './normative-document.ts'

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
  documentStore.save(tx, changes, by, (document, { caseId, ledgerKey }) => ({
    document_id: caseId,
    ledger_key: ledgerKey ?? documentKey(document.docNo),
    ...toDocumentRow(document),
  }))

/** 由状态得出的列；校验时据此与行比对。 */
export const toDocumentRow = (facts: NormativeFacts) => ({
  kind: facts.kind,
  title: facts.title,
  doc_no: facts.docNo,
  registration_no: facts.registrationNo,
  made_on: facts.madeOn,
  effective_on: facts.effectiveOn,
  expires_on: facts.expiresOn,
  repealed_on: facts.repealedOn,
  invalid_from: invalidFrom(facts),
  url: facts.url,
})
