import './tables.ts'
import { sql } from 'kysely'
import { fieldKeys, SealBroken } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Problem, Verifier } from '../../platform/verify.ts'
import { openFile } from './document-files.ts'
import { getDocument } from './document-store.ts'
import type { DocumentRef } from './document-store.ts'

const PAGE = 200
const FIRST = '00000000-0000-0000-0000-000000000000'

/** 答复所附的各份：原件与遮盖件都在、解得开、与其摘要相符，核对的就是提供的那一份。按主键分页。 */
async function* verifyDocuments(deps: Deps): AsyncIterable<Problem> {
  for (let after = { body: FIRST, document: FIRST }; ; ) {
    const rows = await deps.db
      .selectFrom('application_document')
      .select(['body_id', 'case_id', 'document_id'])
      .where(sql<boolean>`(body_id, document_id) > (${after.body}::uuid, ${after.document}::uuid)`)
      .orderBy('body_id')
      .orderBy('document_id')
      .limit(PAGE)
      .execute()
    for (const row of rows) yield* verifyOne(deps, { bodyId: row.body_id, caseId: row.case_id, documentId: row.document_id })
    const last = rows.at(-1)
    if (rows.length < PAGE || last === undefined) return
    after = { body: last.body_id, document: last.document_id }
  }
}

async function* verifyOne(deps: Deps, ref: DocumentRef): AsyncIterable<Problem> {
  const where = `答复所附的文件 ${ref.bodyId}/${ref.documentId}`
  const keys = fieldKeys(deps.config.secretKey)
  try {
    const { hash, result } = await getDocument(deps.db, keys, ref)
    await openFile(deps.db, deps, keys, ref, 'original', hash)
    if (result !== null) await openFile(deps.db, deps, keys, ref, 'result', result.hash)
  } catch (error) {
    yield { where, message: error instanceof SealBroken ? error.message : error instanceof NotFound ? '文件不在' : '读不出，或者与所记的摘要不符' }
  }
}

export const answerDocumentVerifiers: readonly Verifier[] = [{ name: '答复所附的文件', verify: verifyDocuments }]
