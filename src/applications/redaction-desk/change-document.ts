import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { enqueue } from '../../platform/jobs.ts'
import { refuse } from './add-document.ts'
import type { Refused } from './add-document.ts'
import { answerFile } from './document-files.ts'
import { deleteDocument, lockDocument, saveConfirmed, saveMarks, saveProducing, saveWhole } from './document-store.ts'
import type { AnswerDocument, DocumentRef } from './document-store.ts'
import type { GroundKey } from './grounds.ts'
import { addMarks, MOST_MARKS } from './marks.ts'
import type { MarkRefusal, Place } from './marks.ts'
import { getChangeable } from './refuse-change.ts'

/** 页面所见的一份：版本落后的抛 `Conflict`。 */
export type Seen = DocumentRef & { seen: number }

export const MARK_REFUSED: Readonly<Record<MarkRefusal, string>> = {
  'nothing-chosen': '还没有选要遮盖的地方：在图上画框、选字，或者在下面勾选',
  'too-many-marks': `一份文件至多遮盖 ${MOST_MARKS} 处；整页、整段的请画成一处`,
  'ground-missing': '请选择遮盖的依据',
  'reason-missing': '请写明遮盖的理由',
}

interface Opened {
  tx: Tx
  keys: FieldKeys
  document: AnswerDocument
  me: string
  /** 连同此人在内改过的 */
  editedBy: readonly string[]
  version: number
}

// 各步都一样：查权限、可否改、锁住所见的那一版、办、留痕，同一事务
function change(deps: Deps, actor: Actor, { seen, ...ref }: Seen, action: string, act: (opened: Opened) => Promise<{ ok: true; note?: Readonly<Record<string, string | number>> } | Refused>): Promise<{ ok: true } | Refused> {
  requirePermission(actor, 'application.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const frozen = await getChangeable(tx, ref.bodyId, ref.caseId)
    if (frozen !== null) return refuse(frozen)
    const keys = fieldKeys(deps.config.secretKey)
    const document = await lockDocument(tx, keys, ref, seen)
    const me = actorKey(actor)
    const done = await act({ tx, keys, document, me, editedBy: [...new Set([...document.editedBy, me])], version: document.version + 1 })
    if (!done.ok) return done
    await record(tx, actor, action, { bodyId: ref.bodyId, target: ref.caseId }, { document: ref.documentId, ...done.note })
    return { ok: true }
  })
}

/** 加上几处遮盖；已生成、已核对的随即作废。 */
export const markDocument = (deps: Deps, actor: Actor, { places, ground, reason, ...ref }: Seen & { places: readonly Place[]; ground: GroundKey | null; reason: string }): Promise<{ ok: true } | Refused> =>
  change(deps, actor, ref, 'application.document-marked', async ({ tx, keys, document, editedBy, version }) => {
    if (ground === null) return refuse(MARK_REFUSED['ground-missing'])
    const marked = addMarks(document.marks, places, { ground, reason })
    if (!marked.ok) return refuse(MARK_REFUSED[marked.refusal])
    if (marked.added === 0) return refuse('所选的地方都已遮盖')
    await saveMarks(tx, keys, ref, { marks: marked.marks, editedBy, version })
    return { ok: true, note: { added: marked.added } }
  })

/** 去掉几处遮盖；已生成、已核对的随即作废。 */
export const unmarkDocument = (deps: Deps, actor: Actor, { ids, ...ref }: Seen & { ids: readonly number[] }): Promise<{ ok: true } | Refused> =>
  change(deps, actor, ref, 'application.document-marked', async ({ tx, keys, document, editedBy, version }) => {
    const marks = document.marks.filter(({ id }) => !ids.includes(id))
    if (marks.length === document.marks.length) return refuse('没有选要去掉的遮盖')
    await saveMarks(tx, keys, ref, { marks, editedBy, version })
    return { ok: true, note: { removed: document.marks.length - marks.length } }
  })

/** 全文提供：不遮盖，照原件。 */
export const provideWhole = (deps: Deps, actor: Actor, ref: Seen): Promise<{ ok: true } | Refused> =>
  change(deps, actor, ref, 'application.document-whole', async ({ tx, document, editedBy, version }) => {
    if (document.type === 'letter') return refuse('取自本系统的文书由系统另出一份：请点「不遮盖，生成一份」')
    if (document.marks.length > 0) return refuse('这份文件已有遮盖之处：先去掉，才能全文提供')
    await saveWhole(tx, ref, { editedBy, version })
    return { ok: true }
  })

/** 任务至多办几次。 */
export const MOST_ATTEMPTS = 3

/** 交给后台生成遮盖件。没有遮盖之处的也可以生成：只去掉所附带的。正在生成的可以重新交办，前一次随即作废。 */
export const produceDocument = (deps: Deps, actor: Actor, ref: Seen): Promise<{ ok: true } | Refused> =>
  change(deps, actor, ref, 'application.document-producing', async ({ tx, document, version }) => {
    await saveProducing(tx, ref, { editedBy: document.editedBy, version })
    const { bodyId, caseId, documentId } = ref
    await enqueue(tx, 'applications.produce-document', { bodyId, caseId, documentId, version }, { key: `answer-document:${documentId}`, maxAttempts: MOST_ATTEMPTS })
    return { ok: true, note: { marks: document.marks.length } }
  })

/** 这个人此时可否核对；可以则为 null。 */
export function refuseConfirming({ status, editedBy }: Pick<AnswerDocument, 'status' | 'editedBy'>, me: string): string | null {
  if (status === 'confirmed') return '这份文件已经核对'
  if (status !== 'ready') return '还没有可以核对的：先生成遮盖件，或者选定全文提供'
  return editedBy.includes(me) ? '上传、标记过这份文件的人不能核对，请另一位经办人核对' : null
}

/** 核对无误：绑定此刻这一份的摘要；上传、标记过的人不能核对。 */
export const confirmDocument = (deps: Deps, actor: Actor, { hash, ...ref }: Seen & { hash: string }): Promise<{ ok: true } | Refused> =>
  change(deps, actor, ref, 'application.document-confirmed', async ({ tx, document, me, version }) => {
    const refusal = refuseConfirming(document, me)
    if (refusal !== null) return refuse(refusal)
    const file = answerFile(document)
    if (file === null || file.hash !== hash) return refuse('您看的与现在的不是同一份，请看过现在的再核对')
    await saveConfirmed(tx, ref, { by: me, at: deps.clock.now(), hash, version })
    return { ok: true, note: { hash } }
  })

/** 删去一份文件，连同遮盖之处与遮盖件。 */
export const removeDocument = (deps: Deps, actor: Actor, ref: Seen): Promise<{ ok: true } | Refused> =>
  change(deps, actor, ref, 'application.document-removed', async ({ tx }) => {
    await deleteDocument(tx, ref)
    return { ok: true }
  })
