import { requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { keepDocument, refuse } from './add-document.ts'
import type { Refused } from './add-document.ts'
import type { DocumentRef } from './document-store.ts'
import { findLetterDocument, letterBlocks } from './letter-source.ts'
import { toParts } from './open-parts.ts'
import { getChangeable } from './refuse-change.ts'

/** 取本机关发出的一件文书作附件：存其数据，遮盖也在数据里。 */
export async function addLetter(deps: Deps, actor: Actor, { docNo, ...ref }: DocumentRef & { docNo: string }): Promise<{ ok: true } | Refused> {
  requirePermission(actor, 'application.handle', ref.bodyId)
  requirePermission(actor, 'personal-data.read', ref.bodyId)
  const frozen = await getChangeable(deps.db, ref.bodyId, ref.caseId)
  if (frozen !== null) return refuse(frozen)
  if (docNo === '') return refuse('请填写文号')
  const document = await findLetterDocument(deps.db, fieldKeys(deps.config.secretKey), ref.bodyId, docNo)
  if (document === null) return refuse('本机关没有发出过这个文号的文书，请核对年份与序号')
  const bytes = Buffer.from(JSON.stringify(document))
  return keepDocument(deps, actor, ref, { type: 'letter', shape: 'blocks', name: docNo, bytes, parts: toParts({ shape: 'blocks', blocks: letterBlocks(document) }), hidden: [] })
}
