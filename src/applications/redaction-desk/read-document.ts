import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { answerFile, openFile } from './document-files.ts'
import { getDocument } from './document-store.ts'
import type { DocumentRef, DocumentRole, DocumentType } from './document-store.ts'

const AGAIN_MS = 10 * 60 * 1000
const MOST_NOTED = 5000
const noted = new Map<string, number>()

/** 记下看过原件的一处；同一人十分钟内再看同一处的不重复记。 */
export async function noteReading(deps: Deps, actor: Actor, { bodyId, caseId, documentId }: DocumentRef, part: number): Promise<void> {
  requirePermission(actor, 'application.handle', bodyId)
  const key = `${actorKey(actor)}/${documentId}/${part}`
  const now = deps.clock.now().getTime()
  const last = noted.get(key)
  if (last !== undefined && now >= last && now - last < AGAIN_MS) return
  await transaction(deps.db, (tx) => record(tx, actor, 'application.document-read', { bodyId, target: caseId }, { document: documentId, part }))
  noted.delete(key)
  noted.set(key, now)
  const [oldest] = noted.keys()
  if (noted.size > MOST_NOTED && oldest !== undefined) noted.delete(oldest)
}

/** 取用原件或提供的那一份：须有事由，读与留痕同一事务。还没有生成的抛 `NotFound`。 */
export function takeDocument(
  deps: Deps,
  actor: Actor,
  { which, reason, ...ref }: DocumentRef & { which: 'original' | 'answer'; reason: string },
): Promise<{ bytes: Uint8Array; type: DocumentType; role: DocumentRole }> {
  requirePermission(actor, which === 'original' ? 'application.handle' : 'application.read', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const keys = fieldKeys(deps.config.secretKey)
    const document = await getDocument(tx, keys, ref)
    const file = which === 'original' ? { role: 'original' as const, hash: document.hash, type: document.type } : answerFile(document)
    if (file === null) throw new NotFound('可以取用的文件')
    const bytes = await openFile(tx, deps, keys, ref, file.role, file.hash)
    await record(tx, actor, 'application.document-taken', { bodyId: ref.bodyId, target: ref.caseId }, { document: ref.documentId, which: file.role, reason: reason.trim().slice(0, 200) })
    return { bytes, type: file.type, role: file.role }
  })
}
