import './tables.ts'
import { record } from '../../audit/index.ts'
import { actorKey, can, requirePermission, settleBehalf, standsInFor } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { findPersonalTraces } from '../follow-up/personal-traces.ts'
import type { PersonalTrace } from '../follow-up/personal-traces.ts'
import { getApplication } from '../queries.ts'
import { isProvided, listAnswerDocuments } from '../redaction-desk/index.ts'
import { findLiveEntry } from './answered-log-store.ts'
import type { LogEntry } from './answered-log-store.ts'
import { LIMITS, canPublish, hashOf } from './answered-request.ts'
import { findAttachmentTraces } from './attachment-traces.ts'
import { indexAnswered } from './log-source.ts'
import type { LoggedContent } from './answered-request.ts'
import type { LoggedAttachment } from './tables.ts'

interface Case {
  bodyId: string
  caseId: string
}

export const LOG_REFUSED = {
  'not-now': '这件申请的答复现在不能公布：须已发出，且给了信息、告知了途径或者告知没有',
  changed: '打开页面之后内容已有改动，请看过现在的再办',
  'own-draft': '起草、修改过的人不能批准公布，也不能由代行其岗位的人批准，须由另一人批准',
  published: '已经公布，要改的先撤下',
  'attachment-unreadable': '所附的文件读不出文字，查不了有没有个人信息，不能公布',
  'attachment-gone': '所附的文件没有核对，或者核对之后又有改动',
} as const
export type LogRefusal = keyof typeof LOG_REFUSED
export type LogAnswer = { ok: true } | { ok: false; refusal: LogRefusal } | { ok: false; refusal: 'personal-traces'; field: keyof typeof LIMITS | 'reason' | 'documents'; file?: string; traces: readonly PersonalTrace[] }

/** 可以随答复公布的文件：提供信息的答复所附、已发出、已由另一人核对的。 */
export async function listLoggable(tx: Tx, bodyId: string, caseId: string): Promise<LoggedAttachment[]> {
  if (!isProvided((await getApplication(tx, bodyId, caseId)).state)) return []
  return (await listAnswerDocuments(tx, bodyId, caseId)).flatMap(({ documentId, fileName, confirmed, sha }) => (confirmed && fileName !== null && sha !== null ? [{ documentId, name: fileName, sha }] : []))
}

async function wrongIn(tx: Tx, deps: Deps, { bodyId, caseId }: Case, content: LoggedContent): Promise<LogAnswer> {
  const { state } = await getApplication(tx, bodyId, caseId)
  if (!canPublish(state)) return { ok: false, refusal: 'not-now' }
  const loggable = await listLoggable(tx, bodyId, caseId)
  if (content.attachments.some((one) => !loggable.some((each) => each.documentId === one.documentId && each.sha === one.sha))) return { ok: false, refusal: 'attachment-gone' }
  for (const field of ['title', 'asked', 'answer'] as const) {
    const traces = await findPersonalTraces(tx, fieldKeys(deps.config.secretKey), bodyId, [caseId], content[field])
    if (traces.length > 0) return { ok: false, refusal: 'personal-traces', field, traces }
  }
  return { ok: true }
}

/** 锁住案件与其现在的一条：同时起草的只成一条。 */
async function lockedEntry(tx: Tx, { bodyId, caseId }: Case): Promise<LogEntry | null> {
  await tx.selectFrom('application').select('case_id').where('body_id', '=', bodyId).where('case_id', '=', caseId).forUpdate().executeTakeFirst()
  return findLiveEntry(tx, bodyId, caseId, true)
}

/** 起草或者修改；有个人信息的不收。`seen` 为所见的版本，还没有的为 0；公布着的不能改。 */
export async function saveLogDraft(deps: Deps, actor: Actor, { bodyId, caseId, seen, words, documentIds }: Case & { seen: number; words: Pick<LoggedContent, 'title' | 'asked' | 'answer'>; documentIds: readonly string[] }): Promise<LogAnswer> {
  requirePermission(actor, 'application.handle', bodyId)
  // 读文件在子进程里，要几秒，不在事务里等；此后换了的由摘要认出
  const chosen = (await listLoggable(deps.db, bodyId, caseId)).filter((each) => documentIds.includes(each.documentId))
  const inFile = await findAttachmentTraces(deps, { bodyId, caseId }, chosen)
  if (inFile === 'unreadable') return { ok: false, refusal: 'attachment-unreadable' }
  if (inFile !== null) return { ok: false, refusal: 'personal-traces', field: 'documents', ...inFile }
  return transaction(deps.db, async (tx) => {
    const entry = await lockedEntry(tx, { bodyId, caseId })
    if ((entry?.version ?? 0) !== seen) return { ok: false, refusal: 'changed' }
    if (entry?.status === 'published') return { ok: false, refusal: 'published' }
    const attachments = chosen
    const content = { ...words, attachments }
    const wrong = await wrongIn(tx, deps, { bodyId, caseId }, content)
    if (!wrong.ok) return wrong
    const by = actorKey(actor)
    const changed = { ...words, attachments: JSON.stringify(attachments), content_hash: hashOf(content), changed_at: deps.clock.now(), returned_reason: null }
    if (entry === null) {
      const entryId = newId()
      await tx
        .insertInto('answered_request')
        .values({ body_id: bodyId, entry_id: entryId, case_id: caseId, status: 'draft', ...changed, drafted_by: [by], approved_by: null, published_on: null, withdrawn_by: null, withdrawn_on: null, withdraw_reason: null, version: 1 })
        .execute()
      await record(tx, actor, 'answered-request.drafted', { bodyId, target: caseId }, { entry: entryId })
      return { ok: true }
    }
    const draftedBy = entry.draftedBy.includes(by) ? entry.draftedBy : [...entry.draftedBy, by]
    await rowOf(tx, bodyId, entry).set({ ...changed, drafted_by: [...draftedBy], version: entry.version + 1 }).execute()
    await record(tx, actor, 'answered-request.revised', { bodyId, target: caseId }, { entry: entry.entryId })
    return { ok: true }
  })
}

const rowOf = (tx: Tx, bodyId: string, { entryId }: LogEntry) => tx.updateTable('answered_request').where('body_id', '=', bodyId).where('entry_id', '=', entryId)

/** 自己起草、修改过的，或者只能凭起草人的委托来批的：须另一人批准。 */
export const isOwnDraft = (actor: Actor, { draftedBy }: Pick<LogEntry, 'draftedBy'>): boolean =>
  draftedBy.includes(actorKey(actor)) || (can(actor, 'application.approve') && standsInFor(actor, 'application.approve', draftedBy) === undefined)

/** 批准公布：须另一人，且批准的正是所见的那一份（摘要相同）；再查一遍个人信息与附件。 */
export function publishLogEntry(deps: Deps, actor: Actor, { bodyId, caseId, hash }: Case & { hash: string }): Promise<LogAnswer> {
  requirePermission(actor, 'application.approve', bodyId)
  return transaction(deps.db, async (tx) => {
    const entry = await lockedEntry(tx, { bodyId, caseId })
    if (entry === null || entry.status !== 'draft' || entry.hash !== hash || hashOf(entry) !== hash) return { ok: false, refusal: 'changed' }
    const by = actorKey(actor)
    if (isOwnDraft(actor, entry)) return { ok: false, refusal: 'own-draft' }
    settleBehalf(actor, standsInFor(actor, 'application.approve', entry.draftedBy))
    const wrong = await wrongIn(tx, deps, { bodyId, caseId }, entry)
    if (!wrong.ok) return wrong
    await rowOf(tx, bodyId, entry).set({ status: 'published', approved_by: by, published_on: deps.clock.today(), returned_reason: null, changed_at: deps.clock.now(), version: entry.version + 1 }).execute()
    await indexAnswered(tx, bodyId, entry.entryId)
    await record(tx, actor, 'answered-request.published', { bodyId, target: caseId }, { entry: entry.entryId, hash })
    return { ok: true }
  })
}

/** 退回起草的人，写明缘故。 */
export function returnLogDraft(deps: Deps, actor: Actor, { bodyId, caseId, seen, reason }: Case & { seen: number; reason: string }): Promise<LogAnswer> {
  requirePermission(actor, 'application.approve', bodyId)
  return transaction(deps.db, async (tx) => {
    const entry = await lockedEntry(tx, { bodyId, caseId })
    if (entry === null || entry.status !== 'draft' || entry.version !== seen) return { ok: false, refusal: 'changed' }
    await rowOf(tx, bodyId, entry).set({ returned_reason: reason, changed_at: deps.clock.now(), version: entry.version + 1 }).execute()
    await record(tx, actor, 'answered-request.returned', { bodyId, target: caseId }, { entry: entry.entryId })
    return { ok: true }
  })
}

/** 删去没有公布的草稿。 */
export function discardLogDraft(deps: Deps, actor: Actor, { bodyId, caseId, seen }: Case & { seen: number }): Promise<LogAnswer> {
  requirePermission(actor, 'application.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const entry = await lockedEntry(tx, { bodyId, caseId })
    if (entry === null || entry.status !== 'draft' || entry.version !== seen) return { ok: false, refusal: 'changed' }
    await tx.deleteFrom('answered_request').where('body_id', '=', bodyId).where('entry_id', '=', entry.entryId).execute()
    await record(tx, actor, 'answered-request.discarded', { bodyId, target: caseId }, { entry: entry.entryId })
    return { ok: true }
  })
}

/** 撤下公布的：写明缘故；其地址此后说明已撤下，内容不再给人看。 */
export function withdrawLogEntry(deps: Deps, actor: Actor, { bodyId, caseId, seen, reason }: Case & { seen: number; reason: string }): Promise<LogAnswer> {
  requirePermission(actor, 'application.approve', bodyId)
  return transaction(deps.db, async (tx) => {
    const entry = await lockedEntry(tx, { bodyId, caseId })
    if (entry === null || entry.status !== 'published' || entry.version !== seen) return { ok: false, refusal: 'changed' }
    // 撤下的缘故公众也看得到
    const traces = await findPersonalTraces(tx, fieldKeys(deps.config.secretKey), bodyId, [caseId], reason)
    if (traces.length > 0) return { ok: false, refusal: 'personal-traces', field: 'reason', traces }
    const by = { withdrawn_by: actorKey(actor), withdrawn_on: deps.clock.today(), withdraw_reason: reason }
    await rowOf(tx, bodyId, entry).set({ status: 'withdrawn', ...by, changed_at: deps.clock.now(), version: entry.version + 1 }).execute()
    await indexAnswered(tx, bodyId, entry.entryId)
    await record(tx, actor, 'answered-request.withdrawn', { bodyId, target: caseId }, { entry: entry.entryId })
    return { ok: true }
  })
}
