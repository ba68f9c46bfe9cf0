import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { NotFound } from '../platform/errors.ts'
import { appendMany, read, readMany } from '../platform/timeline.ts'
import type { RecordedBy, RecordedEvent } from '../platform/timeline.ts'
import { evolveDocument, foldDocument, invalidFrom } from './normative-document.ts'
import type { NormativeEvent, NormativeFacts, NormativeState } from './normative-document.ts'

export const DOCUMENT_STREAM = 'normative-document'

export interface LoadedDocument {
  bodyId: string
  documentId: string
  version: number
  ledgerKey: string
  state: NormativeState
}

/** 一件及其时间线；没有则抛 NotFound。 */
export async function getDocument(
  tx: Tx,
  bodyId: string,
  documentId: string,
): Promise<LoadedDocument & { history: readonly RecordedEvent<NormativeEvent>[] }> {
  const row = await tx
    .selectFrom('normative_document')
    .select(['ledger_key', 'version'])
    .where('body_id', '=', bodyId)
    .where('document_id', '=', documentId)
    .executeTakeFirst()
  if (!row) throw new NotFound('该规范性文件')
  const history = await read<NormativeEvent>(tx, { bodyId, caseId: documentId, stream: DOCUMENT_STREAM })
  const state = foldDocument(history.map((recorded) => recorded.event))
  return { bodyId, documentId, version: row.version, ledgerKey: row.ledger_key, state, history }
}

/** 按台账行键找已有的，至多 1,000 个一次。 */
export async function findDocumentsByLedgerKeys(
  tx: Tx,
  bodyId: string,
  keys: readonly string[],
): Promise<Map<string, LoadedDocument>> {
  const rows = await tx
    .selectFrom('normative_document')
    .select(['document_id', 'version', 'ledger_key'])
    .where('body_id', '=', bodyId)
    .where('ledger_key', '=', sql<string>`any(${[...keys]}::text[])`)
    .execute()
  const caseIds = rows.map((row) => row.document_id)
  const histories = await readMany<NormativeEvent>(tx, { bodyId, caseIds, stream: DOCUMENT_STREAM })
  return new Map(
    rows.map((row) => {
      const state = foldDocument((histories.get(row.document_id) ?? []).map((recorded) => recorded.event))
      return [row.ledger_key, { bodyId, documentId: row.document_id, version: row.version, ledgerKey: row.ledger_key, state }]
    }),
  )
}

/** 追加事件并刷新行，同一事务，可成批（至多 1,000 件）；返回改动的件数。 */
export async function saveDocuments(
  tx: Tx,
  changes: readonly { found: LoadedDocument; events: readonly NormativeEvent[]; recordedBy?: (event: NormativeEvent) => RecordedBy }[],
  by: RecordedBy,
): Promise<number> {
  const changed = changes.filter(({ events }) => events.length > 0)
  if (changed.length === 0) return 0
  await appendMany(
    tx,
    DOCUMENT_STREAM,
    changed.map(({ found, events, recordedBy }) => ({ bodyId: found.bodyId, caseId: found.documentId, expectedVersion: found.version, events, recordedBy })),
    by,
  )
  const rows = changed.map(({ found, events }) => {
    const state = events.reduce((so, event) => evolveDocument(so, event), found.state)
    if (state.status === 'new') throw new Error('规范性文件没有登记')
    return {
      body_id: found.bodyId,
      document_id: found.documentId,
      version: found.version + events.length,
      ledger_key: found.ledgerKey,
      updated_at: by.at,
      ...toDocumentRow(state),
    }
  })
  await tx
    .insertInto('normative_document')
    .values(rows)
    .onConflict((oc) =>
      oc.columns(['body_id', 'document_id']).doUpdateSet((eb) => ({
        version: eb.ref('excluded.version'),
        kind: eb.ref('excluded.kind'),
        title: eb.ref('excluded.title'),
        doc_no: eb.ref('excluded.doc_no'),
        registration_no: eb.ref('excluded.registration_no'),
        made_on: eb.ref('excluded.made_on'),
        effective_on: eb.ref('excluded.effective_on'),
        expires_on: eb.ref('excluded.expires_on'),
        repealed_on: eb.ref('excluded.repealed_on'),
        invalid_from: eb.ref('excluded.invalid_from'),
        url: eb.ref('excluded.url'),
        updated_at: eb.ref('excluded.updated_at'),
      })),
    )
    .execute()
  return rows.length
}

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
