import { record } from '../../audit/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Application } from '../application.ts'
import { getApplication } from '../queries.ts'
import { isProvided, listAnswerDocuments, openAnswerDocument } from '../redaction-desk/index.ts'
import { APPLICANT_ACTOR } from '../citizen/submit-online.ts'
import { withRelated } from './letters-to-applicant.ts'

interface Case {
  bodyId: string
  caseId: string
}

/** 答复发出之后，申请人可以取的各份附件：已由另一人核对的；拆为几件的、并案的，连同那几件的。 */
export async function listApplicantAttachments(tx: Tx, { bodyId, caseId }: Case, a: Application): Promise<{ documentId: string; name: string; of: string }[]> {
  const provided = [...(await withRelated(tx, bodyId, caseId, a))].filter(([, state]) => isProvided(state))
  const lists = await Promise.all(provided.map(async ([of, { regNo }]) => (await listAnswerDocuments(tx, bodyId, of)).map((each) => ({ ...each, of, regNo }))))
  return lists.flat().flatMap(({ documentId, fileName, confirmed, of, regNo }) => (confirmed && fileName !== null ? [{ documentId, name: of === caseId ? fileName : `${regNo} ${fileName}`, of }] : []))
}

/** 申请人取一份附件，留痕；不是提供信息的答复、没有发出、没有核对的，别的案件的，都抛 `NotFound`。 */
export async function openApplicantAttachment(deps: Deps, { bodyId, caseId, documentId }: Case & { documentId: string }): Promise<{ bytes: Uint8Array; type: string; name: string }> {
  const { state } = await getApplication(deps.db, bodyId, caseId)
  const listed = (await listApplicantAttachments(deps.db, { bodyId, caseId }, state)).find((each) => each.documentId === documentId)
  if (listed === undefined) throw new NotFound('这份附件')
  const file = await openAnswerDocument(deps, { bodyId, caseId: listed.of, documentId })
  await transaction(deps.db, (tx) => record(tx, APPLICANT_ACTOR, 'application.attachment-opened', { bodyId, target: listed.of }, { document: documentId }))
  return { ...file, name: listed.name }
}
