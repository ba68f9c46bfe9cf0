import { listCaseMaterials, takePapers } from '../../applications/index.ts'
import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys, sealBytes, unsealBytes } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import type { UploadedFile } from '../../platform/http/index.ts'
import { newId } from '../../platform/id.ts'
import { openCase } from '../open-case.ts'
import { addEvidence, countEvidence, getEvidence, MOST_EVIDENCE, moveEvidence, removeEvidence, saveEvidence } from './evidence-store.ts'
import type { CaseRef, Evidence, EvidenceContent, EvidenceFileType, NewEvidence } from './evidence-store.ts'

const keysOf = (deps: Deps) => fieldKeys(deps.config.secretKey)
const placeOf = (bodyId: string, evidenceId: string): string => `dispute-evidence/${bodyId}/${evidenceId}/file`
const MAX_BYTES = 11 * 1024 * 1024

/** 办一件证据目录上的事：查权限、确有这件案件、办、留痕，同一事务。 */
function act<T>(deps: Deps, actor: Actor, ref: CaseRef, audited: string, run: (tx: Tx) => Promise<T>): Promise<T> {
  requirePermission(actor, 'review.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    await openCase(tx, ref.bodyId, ref.caseId)
    const done = await run(tx)
    await record(tx, actor, audited, { bodyId: ref.bodyId, target: ref.caseId })
    return done
  })
}

const byOf = (deps: Deps, actor: Actor) => ({ by: actorKey(actor), at: deps.clock.now() })

/** 从案卷里勾选若干份列进目录；已经在的不再列。返回新列几份。 */
export function pickEvidence(deps: Deps, actor: Actor, { ids, ...ref }: CaseRef & { ids: readonly string[] }): Promise<number> {
  return act(deps, actor, ref, 'dispute-evidence.picked', async (tx) => {
    const { applicationId } = (await openCase(tx, ref.bodyId, ref.caseId)).state
    const materials = applicationId === null ? [] : await listCaseMaterials(tx, ref.bodyId, applicationId)
    const before = await countEvidence(tx, ref)
    for (const { source, id, name } of materials.filter((one) => ids.includes(one.id)).slice(0, MOST_EVIDENCE - before))
      await addEvidence(tx, keysOf(deps), ref, { evidenceId: newId(), source, sourceId: id, content: { name, proves: '', pages: '' }, file: null }, byOf(deps, actor))
    return (await countEvidence(tx, ref)) - before
  })
}

export type Added = { ok: true } | { ok: false; errors: Readonly<Record<string, string>> }

/** 另行添一份：有文件的上传、加密存放；没有的只列名目。 */
export async function addListed(deps: Deps, actor: Actor, { content, files, ...ref }: CaseRef & { content: EvidenceContent; files: readonly UploadedFile[] }): Promise<Added> {
  requirePermission(actor, 'review.handle', ref.bodyId)
  const taken = await takePapers(files.slice(0, 1), { already: 0, givenOn: deps.clock.today(), kindOf: (field) => (field === 'file' ? 'other' : null), most: 1 })
  if (!taken.ok) return { ok: false, errors: taken.errors }
  const evidenceId = newId()
  const [paper] = taken.papers
  return act<Added>(deps, actor, ref, 'dispute-evidence.added', async (tx) => {
    if ((await countEvidence(tx, ref)) >= MOST_EVIDENCE) return { ok: false, errors: { name: `至多 ${MOST_EVIDENCE} 份` } }
    // 收不下的不先存：加密的文件没有记录指着，清扫也不动它
    const file = paper === undefined || !isFileType(paper.type) ? null : { type: paper.type, size: paper.size, key: (await deps.files.put(sealBytes(keysOf(deps), paper.bytes, placeOf(ref.bodyId, evidenceId)), { maxBytes: MAX_BYTES })).key }
    const one: NewEvidence = { evidenceId, source: file === null ? 'listed' : 'upload', sourceId: null, content, file }
    await addEvidence(tx, keysOf(deps), ref, one, byOf(deps, actor))
    return { ok: true }
  })
}

const isFileType = (type: string): type is EvidenceFileType => type === 'pdf' || type === 'docx' || type === 'jpeg' || type === 'png'

type One = CaseRef & { evidenceId: string }

/** 改名称、证明什么、几页；已提交的改不动，抛 `NotFound`。 */
export function reviseEvidence(deps: Deps, actor: Actor, { content, evidenceId, ...ref }: One & { content: EvidenceContent }): Promise<void> {
  return act(deps, actor, ref, 'dispute-evidence.revised', async (tx) => {
    await openOne(tx, deps, { ...ref, evidenceId })
    await saveEvidence(tx, keysOf(deps), ref, { evidenceId, content })
  })
}

export function reorderEvidence(deps: Deps, actor: Actor, { evidenceId, by, ...ref }: One & { by: -1 | 1 }): Promise<void> {
  return act(deps, actor, ref, 'dispute-evidence.moved', async (tx) => {
    await openOne(tx, deps, { ...ref, evidenceId })
    await moveEvidence(tx, keysOf(deps), ref, { evidenceId, by })
  })
}

/** 从目录里去掉；上传的文件一并删去（密文各不相同，没有别处指着它）。 */
export async function dropEvidence(deps: Deps, actor: Actor, { evidenceId, ...ref }: One): Promise<void> {
  const file = await act(deps, actor, ref, 'dispute-evidence.removed', async (tx) => {
    const one = await openOne(tx, deps, { ...ref, evidenceId })
    await removeEvidence(tx, ref, evidenceId)
    return one.file
  })
  if (file !== null) await deps.files.remove(file.key)
}

async function openOne(tx: Tx, deps: Deps, one: One): Promise<Evidence> {
  const found = await getEvidence(tx, keysOf(deps), one)
  if (found.submittedOn !== null) throw new NotFound('可以改动的这一份证据：它已经提交')
  return found
}

/** 上传的一份的内容；没有文件抛 `NotFound`。须有事由，读与留痕同一事务。 */
export function readEvidenceFile(deps: Deps, actor: Actor, { reason, ...one }: One & { reason: string }): Promise<{ name: string; type: EvidenceFileType; bytes: Buffer }> {
  requirePermission(actor, 'personal-data.read', one.bodyId)
  return transaction(deps.db, async (tx) => {
    const opened = await openEvidenceFile(tx, deps, one)
    await record(tx, actor, 'personal-data.read', { bodyId: one.bodyId, target: one.caseId }, { reason, evidence: one.evidenceId })
    return opened
  })
}

/** 解开上传的一份；没有文件抛 `NotFound`，被动过抛 `SealBroken`。 */
export async function openEvidenceFile(tx: Tx, deps: Deps, one: One): Promise<{ name: string; type: EvidenceFileType; bytes: Buffer }> {
  const { content, file } = await getEvidence(tx, keysOf(deps), one)
  if (file === null) throw new NotFound('这份证据的文件')
  return { name: content.name, type: file.type, bytes: unsealBytes(keysOf(deps), await deps.files.get(file.key), placeOf(one.bodyId, one.evidenceId)) }
}
