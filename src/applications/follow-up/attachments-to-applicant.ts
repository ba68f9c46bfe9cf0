import { record } from '../../audit/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { listAnswerDocuments, openAnswerDocument } from '../redaction-desk/index.ts'
import { APPLICANT_ACTOR } from '../submit-online.ts'

/** 答复所附、已由另一人核对的各份。 */
export const listApplicantAttachments = async (tx: Tx, bodyId: string, caseId: string): Promise<{ documentId: string; name: string }[]> =>
  (await listAnswerDocuments(tx, bodyId, caseId)).flatMap(({ documentId, fileName, confirmed }) => (confirmed && fileName !== null ? [{ documentId, name: fileName }] : []))

/** 申请人取一份附件，留痕；不是提供信息的答复、没有发出、没有核对的抛 `NotFound`。 */
export async function openApplicantAttachment(deps: Deps, ref: { bodyId: string; caseId: string; documentId: string }): Promise<{ bytes: Uint8Array; type: string; name: string }> {
  const file = await openAnswerDocument(deps, ref)
  await transaction(deps.db, (tx) => record(tx, APPLICANT_ACTOR, 'application.attachment-opened', { bodyId: ref.bodyId, target: ref.caseId }, { document: ref.documentId }))
  return file
}
