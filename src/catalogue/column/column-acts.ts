import { record } from '../../audit/index.ts'
import { getBody } from '../../bodies/index.ts'
import { actorKey, can, requirePermission, settleBehalf, standsInFor } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { hashPart, hashRow, problemsOf } from './column-content.ts'
import type { PartProblems } from './column-content.ts'
import { changedFacts, factsOf } from './column-facts.ts'
import type { ColumnFacts } from './column-facts.ts'
import { listOf } from './column-parts.ts'
import type { PartContent, PartName } from './column-parts.ts'
import { findOpenVersion, findShownPart } from './column-store.ts'
import type { ColumnVersion } from './column-store.ts'
import { indexPart } from '../search/part-sources.ts'

/** 为何不行；在边界上以此措辞。 */
export const COLUMN_REFUSED = {
  changed: '他人刚才改过，请看过最新的再办',
  'nothing-changed': '与公布着的一字不差，不用再送批',
  'own-draft': '您（或者委托您的人）起草、修改过，须由另一位负责人批准公布',
  'not-shown': '这一条已经改过或者撤下，请看过最新的再核实',
} as const

export type ColumnAnswer = { ok: true } | { ok: false; refusal: keyof typeof COLUMN_REFUSED } | { ok: false; refusal: 'wrong'; problems: PartProblems }

interface Part {
  bodyId: string
  part: PartName
}

/**
 * 存下一部分的草稿；`submit` 为真的即送批，须填全。公众看到的不变，直到另一人批准公布。
 * @param seen 所见草稿的版本；还没有草稿的为 0
 */
export function savePart(deps: Deps, actor: Actor, { bodyId, part, content, seen, submit }: Part & { content: PartContent; seen: number; submit: boolean }): Promise<ColumnAnswer> {
  requirePermission(actor, 'item.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const problems = problemsOf(part, content, submit)
    if (Object.keys(problems).length > 0) return { ok: false, refusal: 'wrong', problems }
    const open = await findOpenVersion(tx, bodyId, part, true)
    if ((open?.version ?? 0) !== seen) return { ok: false, refusal: 'changed' }
    const hash = hashPart(part, content)
    if (submit && (await isSettled(tx, { bodyId, part }, hash))) return { ok: false, refusal: 'nothing-changed' }
    const by = actorKey(actor)
    const changed = { status: submit ? ('submitted' as const) : ('draft' as const), content: JSON.stringify(content), content_hash: hash, changed_at: deps.clock.now(), returned_reason: null }
    if (open === null) {
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('column_version')
        .values({ body_id: bodyId, version_id: newId(), part, number: null, facts: '{}', drafted_by: [by], approved_by: null, published_on: null, version: 1, ...changed })
        // 两人同时起草：后到的看过先到的再改
        .onConflict((oc) => oc.doNothing())
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows === 0n) return { ok: false, refusal: 'changed' }
    } else {
      const draftedBy = open.draftedBy.includes(by) ? open.draftedBy : [...open.draftedBy, by]
      await rowOf(tx, bodyId, open).set({ ...changed, drafted_by: [...draftedBy], version: open.version + 1 }).execute()
    }
    await record(tx, actor, submit ? 'column.submitted' : 'column.drafted', { bodyId, target: part }, { hash })
    return { ok: true }
  })
}

// 机构情况变了的，指南一字不改也可以再送一次，以示看过
async function isSettled(tx: Tx, { bodyId, part }: Part, hash: string): Promise<boolean> {
  const shown = await findShownPart(tx, bodyId, part)
  if (shown?.hash !== hash) return false
  return part !== 'guide' || changedFacts(shown.facts, await currentFacts(tx, bodyId)).length === 0
}

const currentFacts = async (tx: Tx, bodyId: string): Promise<ColumnFacts> => factsOf((await getBody(tx, bodyId)).name, (await findShownPart(tx, bodyId, 'institution'))?.content ?? null)

const rowOf = (tx: Tx, bodyId: string, { versionId }: Pick<ColumnVersion, 'versionId'>) => tx.updateTable('column_version').where('body_id', '=', bodyId).where('version_id', '=', versionId)

/** 自己起草、修改过的，或者只能凭起草人的委托来批的：须另一人批准。 */
export const isOwnVersion = (actor: Actor, { draftedBy }: Pick<ColumnVersion, 'draftedBy'>): boolean =>
  draftedBy.includes(actorKey(actor)) || (can(actor, 'item.approve') && standsInFor(actor, 'item.approve', draftedBy) === undefined)

/** 批准公布：须另一人，且批准的正是所见的那一份（摘要相同）；从前的一份存作旧版。 */
export function publishPart(deps: Deps, actor: Actor, { bodyId, part, hash }: Part & { hash: string }): Promise<ColumnAnswer> {
  requirePermission(actor, 'item.approve', bodyId)
  return transaction(deps.db, async (tx) => {
    const open = await findOpenVersion(tx, bodyId, part, true)
    if (open === null || open.status !== 'submitted' || open.hash !== hash || hashPart(part, open.content) !== hash) return { ok: false, refusal: 'changed' }
    if (isOwnVersion(actor, open)) return { ok: false, refusal: 'own-draft' }
    settleBehalf(actor, standsInFor(actor, 'item.approve', open.draftedBy))
    const problems = problemsOf(part, open.content, true)
    if (Object.keys(problems).length > 0) return { ok: false, refusal: 'wrong', problems }
    const before = await findShownPart(tx, bodyId, part)
    if (before !== null) await rowOf(tx, bodyId, before).set({ status: 'past' }).execute()
    const facts = part === 'guide' ? await currentFacts(tx, bodyId) : {}
    await rowOf(tx, bodyId, open)
      .set({
        status: 'published',
        number: (before?.number ?? 0) + 1,
        facts: JSON.stringify(facts),
        approved_by: actorKey(actor),
        published_on: deps.clock.today(),
        returned_reason: null,
        changed_at: deps.clock.now(),
        version: open.version + 1,
      })
      .execute()
    await indexPart(tx, bodyId, part)
    await record(tx, actor, 'column.published', { bodyId, target: part }, { hash, number: (before?.number ?? 0) + 1 })
    return { ok: true }
  })
}

/** 退回起草的人，写明缘故；成为草稿。 */
export function returnPart(deps: Deps, actor: Actor, { bodyId, part, seen, reason }: Part & { seen: number; reason: string }): Promise<ColumnAnswer> {
  requirePermission(actor, 'item.approve', bodyId)
  return transaction(deps.db, async (tx) => {
    const open = await findOpenVersion(tx, bodyId, part, true)
    if (open === null || open.status !== 'submitted' || open.version !== seen) return { ok: false, refusal: 'changed' }
    await rowOf(tx, bodyId, open).set({ status: 'draft', returned_reason: reason, changed_at: deps.clock.now(), version: open.version + 1 }).execute()
    await record(tx, actor, 'column.returned', { bodyId, target: part })
    return { ok: true }
  })
}

/** 删去没有公布的草稿；公布着的不受影响。 */
export function discardPart(deps: Deps, actor: Actor, { bodyId, part, seen }: Part & { seen: number }): Promise<ColumnAnswer> {
  requirePermission(actor, 'item.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const open = await findOpenVersion(tx, bodyId, part, true)
    if (open === null || open.version !== seen) return { ok: false, refusal: 'changed' }
    await tx.deleteFrom('column_version').where('body_id', '=', bodyId).where('version_id', '=', open.versionId).execute()
    await record(tx, actor, 'column.discarded', { bodyId, target: part })
    return { ok: true }
  })
}

/** 记下今日核实了公布着的一条渠道：拨得通、打得开、扫得出。 */
export function checkChannel(deps: Deps, actor: Actor, { bodyId, hash }: { bodyId: string; hash: string }): Promise<ColumnAnswer> {
  requirePermission(actor, 'item.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const shown = await findShownPart(tx, bodyId, 'channels')
    if (shown === null || !listOf(shown.content, 'channels').some((row) => hashRow(row) === hash)) return { ok: false, refusal: 'not-shown' }
    const checked = { checked_on: deps.clock.today(), checked_by: actorKey(actor) }
    await tx
      .insertInto('column_channel_check')
      .values({ body_id: bodyId, row_hash: hash, ...checked })
      .onConflict((oc) => oc.columns(['body_id', 'row_hash']).doUpdateSet(checked))
      .execute()
    await record(tx, actor, 'column.channel-checked', { bodyId, target: hash })
    return { ok: true }
  })
}
