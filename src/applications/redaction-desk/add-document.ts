import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { openSource, Unredactable } from '../../redaction/index.ts'
import { keepFile, MOST_BYTES, sm3 } from './document-files.ts'
import { insertDocument, listDocuments, MOST_DOCUMENTS } from './document-store.ts'
import type { DocumentRef, DocumentType } from './document-store.ts'
import type { Part } from './marks.ts'
import { toParts } from './open-parts.ts'
import { getChangeable } from './refuse-change.ts'
import { sniffDocument } from './sniff-document.ts'

export type Refused = { ok: false; message: string }
export const refuse = (message: string): Refused => ({ ok: false, message })

const FULL = `一件申请至多附 ${MOST_DOCUMENTS} 份文件`

/**
 * 加一份文件：认出种类、在子进程里读一遍（读不了的不收）、加密存下。同一个 `documentId` 只加一次。
 * @returns 不收的，缘故可直接给使用者看
 */
export async function addDocument(deps: Deps, actor: Actor, { name, bytes, ...ref }: DocumentRef & { name: string; bytes: Uint8Array }): Promise<{ ok: true } | Refused> {
  requirePermission(actor, 'application.handle', ref.bodyId)
  const early = await getChangeable(deps.db, ref.bodyId, ref.caseId)
  if (early !== null) return refuse(early)
  if (bytes.byteLength === 0) return refuse('文件是空的')
  if (bytes.byteLength > MOST_BYTES) return refuse('超过 20 MB，请拆成几份再传')
  const type = await sniffDocument(bytes)
  if (type === null) return refuse('不是可以打开的 PDF、DOCX、XLSX、PNG 或 JPEG；其他格式请先另存为其中一种')
  try {
    const { view, hidden } = await openSource(bytes, type)
    return await keepDocument(deps, actor, ref, { type, shape: view.shape, name, bytes, parts: toParts(view), hidden })
  } catch (error) {
    if (error instanceof Unredactable) return refuse(error.message)
    throw error
  }
}

/** 存下读好的一份。 */
export async function keepDocument(
  deps: Deps,
  actor: Actor,
  ref: DocumentRef,
  { bytes, ...read }: { type: DocumentType; shape: 'pages' | 'blocks'; name: string; bytes: Uint8Array; parts: readonly Part[]; hidden: readonly string[] },
): Promise<{ ok: true } | Refused> {
  const keys = fieldKeys(deps.config.secretKey)
  const { key } = await keepFile(deps.files, keys, ref, 'original', bytes)
  return transaction(deps.db, async (tx) => {
    const late = await getChangeable(tx, ref.bodyId, ref.caseId)
    if (late !== null) return refuse(late)
    const known = await listDocuments(tx, keys, ref.bodyId, ref.caseId)
    if (known.some(({ documentId }) => documentId === ref.documentId)) return { ok: true }
    if (known.length >= MOST_DOCUMENTS) return refuse(FULL)
    await insertDocument(tx, keys, ref, { ...read, hash: sm3(bytes), fileKey: key, size: bytes.byteLength, by: actorKey(actor), at: deps.clock.now() })
    await record(tx, actor, 'application.document-added', { bodyId: ref.bodyId, target: ref.caseId }, { document: ref.documentId, format: read.type })
    return { ok: true }
  })
}
