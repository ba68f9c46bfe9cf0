import type { Tx } from '../../platform/db.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import type { Application } from '../application.ts'
import { getApplication } from '../queries.ts'
import { answerFile, answerTitle, DOCUMENT_TYPES, openFile } from './document-files.ts'
import { getDocument, listDocuments, MOST_DOCUMENTS, positionOf } from './document-store.ts'
import type { AnswerDocument, DocumentRef } from './document-store.ts'
import { refuseChange } from './refuse-change.ts'
import { reasonLines } from './marks.ts'
import { partName } from './open-parts.ts'

/** 答复所附的一份，不含内容；给文书、查询页、归档列名目。 */
export interface AnswerDocumentEntry {
  documentId: string
  /** 中立的名称，如「答复附件1」 */
  title: string
  /** 提供时的文件名，如「答复附件1.pdf」；还没有可以提供的为 null */
  fileName: string | null
  redacted: boolean
  confirmed: boolean
  /** 所提供的文件的 SM3 摘要；还没有的为 null */
  sha: string | null
}

/** 一件申请的答复所附的各份，先加的在先；至多 50 份。 */
export async function listAnswerDocuments(tx: Tx, bodyId: string, caseId: string): Promise<AnswerDocumentEntry[]> {
  const rows = await tx
    .selectFrom('application_document')
    .select(['document_id', 'type', 'status', 'whole', 'hash', 'mark_count', 'result_type', 'result_hash'])
    .where('body_id', '=', bodyId)
    .where('case_id', '=', caseId)
    .orderBy('document_id')
    .limit(MOST_DOCUMENTS)
    .execute()
  return rows.map((row, i) => {
    const type = row.whole ? row.type : row.result_type
    return {
      documentId: row.document_id,
      title: answerTitle(i + 1),
      fileName: type === null ? null : `${answerTitle(i + 1)}.${DOCUMENT_TYPES[type].suffix}`,
      redacted: row.mark_count > 0,
      confirmed: row.status === 'confirmed',
      sha: row.whole ? row.hash : row.result_hash,
    }
  })
}

/** 予以公开、部分公开的答复书（L15、L16）的附件一栏，照所附的文件填好，每行一件；没有附件、别的文书为空。 */
export async function attachmentFields(tx: Tx, bodyId: string, caseId: string, letter: string): Promise<{ attachments?: string }> {
  if (letter !== 'L15' && letter !== 'L16') return {}
  const documents = await listAnswerDocuments(tx, bodyId, caseId)
  return documents.length === 0 ? {} : { attachments: documents.map(({ title, redacted }) => (redacted ? `${title}（区分处理后）` : title)).join('\n') }
}

/** 遮盖理由逐项，一行一项，写明依据第十四条、第十五条还是第十六条；部分公开的决定与答复书（L16）照此填写。 */
export async function listRedactionReasons(tx: Tx, keys: FieldKeys, bodyId: string, caseId: string): Promise<string[]> {
  const documents = await listDocuments(tx, keys, bodyId, caseId)
  return documents.flatMap((document, i) => reasonsOf(document, answerTitle(i + 1)))
}

export const reasonsOf = ({ marks, shape }: AnswerDocument, title: string): string[] => reasonLines(title, marks, (part) => (shape === 'pages' ? partName(shape, part) : ''))

const PROVIDING: readonly Outcome[] = ['GRANTED', 'PARTIAL']

/** 答复发出之后，申请人可以取的那一份；没有核对、没有发出、不是提供信息的答复都抛 `NotFound`。 */
export async function openAnswerDocument(deps: Deps, ref: DocumentRef): Promise<{ bytes: Uint8Array; type: string; name: string }> {
  const keys = fieldKeys(deps.config.secretKey)
  const { state } = await getApplication(deps.db, ref.bodyId, ref.caseId)
  const document = await getDocument(deps.db, keys, ref)
  const file = answerFile(document)
  if (!isProvided(state) || document.status !== 'confirmed' || file === null || file.hash !== document.confirmed?.hash) throw new NotFound('这份附件')
  const { mime, suffix } = DOCUMENT_TYPES[file.type]
  return { bytes: await openFile(deps.db, deps, keys, ref, file.role, file.hash), type: mime, name: `${answerTitle(await positionOf(deps.db, ref))}.${suffix}` }
}

/** 提供信息的答复已经发出。 */
export const isProvided = ({ decision, delivery }: Pick<Application, 'decision' | 'delivery'>): boolean => decision !== null && delivery !== null && PROVIDING.includes(decision.outcome)

/** 附件与处理决定对不上的，逐条；没有即好。答复发出之后（台账导入的都是）不再提。 */
export function documentWarnings(a: Pick<Application, 'status' | 'proposal' | 'decision'>, documents: readonly AnswerDocumentEntry[]): string[] {
  const outcome = (a.decision ?? a.proposal)?.outcome
  if (outcome === undefined || !PROVIDING.includes(outcome) || refuseChange(a, false) !== null) return []
  const unconfirmed = documents.filter(({ confirmed }) => !confirmed)
  return [
    ...(outcome === 'PARTIAL' && !documents.some(({ redacted, confirmed }) => redacted && confirmed) ? ['部分公开的，应当附有遮盖之后、经另一人核对的文件（条例第三十七条）'] : []),
    ...(outcome === 'GRANTED' && documents.some(({ redacted }) => redacted) ? ['附件有遮盖之处，而处理结果是予以公开；有不予公开的部分的，应当是部分公开（条例第三十七条）'] : []),
    ...(unconfirmed.length > 0 ? [`${unconfirmed.map(({ title }) => title).join('、')}还没有核对，不会提供给申请人`] : []),
  ]
}
