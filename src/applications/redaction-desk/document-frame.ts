import type { Context } from 'hono'
import { signedIn } from '../../identity/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { NotFound } from '../../platform/errors.ts'
import { isId } from '../../platform/id.ts'
import { crumbsOf } from '../letter-desk/letter-list-page.tsx'
import { getApplication } from '../queries.ts'
import { answerTitle } from './document-files.ts'
import { getDocument, positionOf } from './document-store.ts'
import { documentsHref } from './documents-page.tsx'
import { isAnswered, refuseChange } from './refuse-change.ts'

export const DOCUMENTS_PATH = '/desk/applications/:id/documents'
export const DOCUMENT_PATH = `${DOCUMENTS_PATH}/:document`

/** 一份文件的各页都要的。 */
export interface DocumentFrame {
  caseId: string
  regNo: string
  documentId: string
  /** 中立的名称，如「答复附件1」 */
  title: string
  version: number
  /** 不能改动的缘故；可以则为 null */
  frozen: string | null
}

export const documentHref = ({ caseId, documentId }: Pick<DocumentFrame, 'caseId' | 'documentId'>): string => `${documentsHref(caseId)}/${documentId}`
export const partHref = (frame: Pick<DocumentFrame, 'caseId' | 'documentId'>, part: number): string => `${documentHref(frame)}/parts/${part}`
export const compareHref = (frame: Pick<DocumentFrame, 'caseId' | 'documentId'>, part: number): string => `${documentHref(frame)}/compare/${part}`

export const aboveDocument = ({ caseId, regNo }: DocumentFrame) => [...crumbsOf(caseId, regNo), { label: '答复所附的文件', href: documentsHref(caseId) }]
export const withinDocument = (frame: DocumentFrame) => [...aboveDocument(frame), { label: frame.title, href: documentHref(frame) }]

/** 这件申请，与附件此时可否改动；没有抛 `NotFound`。 */
export async function openDocuments(c: Context) {
  const { deps, actor } = signedIn(c)
  const caseId = c.req.param('id') ?? ''
  if (!isId(caseId)) throw new NotFound('这件申请')
  const { bodyId } = actor
  const { state } = await getApplication(deps.db, bodyId, caseId)
  const frozen = refuseChange(state, await isAnswered(deps.db, bodyId, caseId))
  return { deps, actor, bodyId, caseId, regNo: state.regNo, application: state, frozen, keys: fieldKeys(deps.config.secretKey) }
}

/** 一份文件；没有抛 `NotFound`。 */
export async function openDocument(c: Context) {
  const opened = await openDocuments(c)
  const documentId = c.req.param('document') ?? ''
  if (!isId(documentId)) throw new NotFound('这份文件')
  const { deps, bodyId, caseId, regNo, frozen, keys } = opened
  const ref = { bodyId, caseId, documentId }
  const document = await getDocument(deps.db, keys, ref)
  const frame: DocumentFrame = { caseId, regNo, documentId, title: answerTitle(await positionOf(deps.db, ref)), version: document.version, frozen }
  return { ...opened, ref, document, frame }
}
export type OpenDocument = Awaited<ReturnType<typeof openDocument>>

/** 地址里的第几处；不在其中的抛 `NotFound`。 */
export function partIn(c: Context, parts: number): number {
  const text = c.req.param('part') ?? ''
  const part = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (part < 1 || part > parts) throw new NotFound('这一处')
  return part
}
