import '../tables.ts'
import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { isNew } from '../../platform/case-store.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { PageQuery } from '../record-scope.ts'
import { validityOn } from './normative-document.ts'
import type { CleanUpResult } from './normative-document.ts'
import { countDocuments } from './normative-queries.ts'
import { judgeDocument } from './normative-rules.ts'
import { loadDocuments, saveDocuments } from './normative-store.ts'

/** 一轮清理：看某一日现行有效的各件，逐件下结论。 */
export interface CleanUp {
  cleanUpId: string
  title: string
  basis: string
  asOf: PlainDate
  startedAt: Date
  closedOn: PlainDate | null
}

interface CleanUpRef {
  bodyId: string
  cleanUpId: string
}

export const CLEAN_UP_REFUSED = {
  closed: '这一轮清理已经完成，结论不能再改',
  unjudged: '还有没有下结论的，逐件下了结论才能完成',
  empty: '这一日没有现行有效的文件，不用清理',
  open: '上一轮清理还没有完成',
} as const
export type CleanUpAnswer = { ok: true } | { ok: false; refusal: keyof typeof CLEAN_UP_REFUSED }

export async function listCleanUps(tx: Tx, bodyId: string, { limit, offset }: PageQuery): Promise<CleanUp[]> {
  const rows = await tx.selectFrom('normative_clean_up').selectAll().where('body_id', '=', bodyId).orderBy('as_of', 'desc').orderBy('clean_up_id', 'desc').limit(limit).offset(offset).execute()
  return rows.map((row) => ({ cleanUpId: row.clean_up_id, title: row.title, basis: row.basis, asOf: row.as_of, startedAt: row.started_at, closedOn: row.closed_on }))
}

export async function countCleanUps(tx: Tx, bodyId: string): Promise<number> {
  const { n } = await tx.selectFrom('normative_clean_up').select((eb) => eb.fn.countAll<number>().as('n')).where('body_id', '=', bodyId).executeTakeFirstOrThrow()
  return n
}

export async function getCleanUp(tx: Tx, { bodyId, cleanUpId }: CleanUpRef, lock = false): Promise<CleanUp> {
  const query = tx.selectFrom('normative_clean_up').selectAll().where('body_id', '=', bodyId).where('clean_up_id', '=', cleanUpId)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (row === undefined) throw new NotFound('这一轮清理')
  return { cleanUpId, title: row.title, basis: row.basis, asOf: row.as_of, startedAt: row.started_at, closedOn: row.closed_on }
}

/** 这些轮的名称，供一件文件的页面；至多几十轮。 */
export async function listCleanUpTitles(tx: Tx, bodyId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.selectFrom('normative_clean_up').select(['clean_up_id', 'title']).where('body_id', '=', bodyId).where('clean_up_id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.clean_up_id, row.title]))
}

/** 开一轮；同一机关一次一轮。同一张表单交两次的，第二次照旧算开好了。 */
export function startCleanUp(deps: Deps, actor: Actor, { bodyId, cleanUpId, title, basis, asOf }: CleanUpRef & { title: string; basis: string; asOf: PlainDate }): Promise<CleanUpAnswer> {
  requirePermission(actor, 'item.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    // 同一机关的先后排队，免得两人各开一轮
    await tx.selectFrom('body').select('body_id').where('body_id', '=', bodyId).forUpdate().execute()
    const others = await tx.selectFrom('normative_clean_up').select('clean_up_id').where('body_id', '=', bodyId).where('closed_on', 'is', null).execute()
    if (others.some((row) => row.clean_up_id === cleanUpId)) return { ok: true }
    if (others.length > 0) return { ok: false, refusal: 'open' }
    if ((await countDocuments(tx, { bodyId, today: asOf, validAt: asOf })) === 0) return { ok: false, refusal: 'empty' }
    await tx
      .insertInto('normative_clean_up')
      .values({ body_id: bodyId, clean_up_id: cleanUpId, title, basis, as_of: asOf, started_by: actorKey(actor), started_at: deps.clock.now(), closed_on: null, closed_by: null })
      .execute()
    await record(tx, actor, 'normative.clean-up-started', { bodyId, target: cleanUpId })
    return { ok: true }
  })
}

export interface Judgement {
  documentId: string
  result: CleanUpResult
  note: string
}

/** 记下几件的结论，至多一页；这一日不是现行有效的不计。返回记了几件。 */
export function judgeDocuments(deps: Deps, actor: Actor, { bodyId, cleanUpId, judgements }: CleanUpRef & { judgements: readonly Judgement[] }): Promise<{ ok: true; judged: number } | Extract<CleanUpAnswer, { ok: false }>> {
  requirePermission(actor, 'item.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const cleanUp = await getCleanUp(tx, { bodyId, cleanUpId }, true)
    if (cleanUp.closedOn !== null) return { ok: false, refusal: 'closed' }
    const on = deps.clock.today()
    const loaded = await loadDocuments(tx, bodyId, judgements.map(({ documentId }) => documentId))
    const changes = judgements.flatMap(({ documentId, result, note }) => {
      const found = loaded.get(documentId)
      if (found === undefined || isNew(found.state) || validityOn(found.state, cleanUp.asOf) !== 'valid') return []
      const decided = judgeDocument(found.state, { cleanUpId, result, note, on })
      return decided.ok && decided.events.length > 0 ? [{ found, events: decided.events }] : []
    })
    await saveDocuments(tx, changes, { actor: actorKey(actor), at: deps.clock.now() })
    if (changes.length > 0) await record(tx, actor, 'normative.cleaned', { bodyId, target: cleanUpId }, { documents: changes.length })
    return { ok: true, judged: changes.length }
  })
}

/** 完成一轮：逐件都有了结论。 */
export function closeCleanUp(deps: Deps, actor: Actor, { bodyId, cleanUpId }: CleanUpRef): Promise<CleanUpAnswer> {
  requirePermission(actor, 'item.approve', bodyId)
  return transaction(deps.db, async (tx) => {
    const cleanUp = await getCleanUp(tx, { bodyId, cleanUpId }, true)
    if (cleanUp.closedOn !== null) return { ok: false, refusal: 'closed' }
    if ((await countDocuments(tx, { bodyId, today: cleanUp.asOf, validAt: cleanUp.asOf, cleanUp: { id: cleanUpId, result: 'none' } })) > 0) return { ok: false, refusal: 'unjudged' }
    await tx.updateTable('normative_clean_up').set({ closed_on: deps.clock.today(), closed_by: actorKey(actor) }).where('body_id', '=', bodyId).where('clean_up_id', '=', cleanUpId).execute()
    await record(tx, actor, 'normative.clean-up-closed', { bodyId, target: cleanUpId })
    return { ok: true }
  })
}
