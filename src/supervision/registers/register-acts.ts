import { record } from '../../audit/index.ts'
import { listPublishedByIndexNos } from '../../catalogue/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import type { KeyFieldFacts } from './key-field.ts'
import type { ProposalFacts } from './proposal.ts'
import { getKeyField, getProposal } from './register-store.ts'

export type SavedEntry = { ok: true; created: number; changed: number } | { ok: false; refusal: 'unknown-item'; indexNo: string } | { ok: false; refusal: 'taken' }

/** 所指的信息须是公开着的；找不到的给出第一个。 */
async function unknownItem(tx: Tx, indexNos: readonly string[]): Promise<string | null> {
  const wanted = [...new Set(indexNos)]
  if (wanted.length === 0) return null
  const found = new Set((await listPublishedByIndexNos(tx, wanted, wanted.length)).map(({ indexNo }) => indexNo))
  return wanted.find((indexNo) => !found.has(indexNo)) ?? null
}

interface Kept<F> {
  bodyId: string
  /** 改的是哪一件；新登记的为 null */
  id: string | null
  seen: number
  facts: F
}

const proposalRow = (facts: ProposalFacts) => ({
  year: facts.year, kind: facts.kind, number: facts.number, title: facts.title, unit: facts.unit, answered_on: facts.answeredOn, publication: facts.publication, index_no: facts.indexNo, published_on: facts.publishedOn,
})
const fieldRow = (facts: KeyFieldFacts) => ({ year: facts.year, field: facts.field, content: facts.content, index_nos: JSON.stringify(facts.indexNos), count: facts.count })
const by = ({ clock }: Pick<Deps, 'clock'>, actor: Actor) => ({ changed_by: actorKey(actor), changed_at: clock.now() })

/** 登记或者改一件建议提案；同年同种类同编号的不得有两件。 */
export function saveProposal(deps: Deps, actor: Actor, { bodyId, id, seen, facts }: Kept<ProposalFacts>): Promise<SavedEntry> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const unknown = await unknownItem(tx, facts.indexNo === null ? [] : [facts.indexNo])
    if (unknown !== null) return { ok: false, refusal: 'unknown-item', indexNo: unknown }
    const same = await tx.selectFrom('proposal').select('proposal_id').where('body_id', '=', bodyId).where('year', '=', facts.year).where('kind', '=', facts.kind).where('number', '=', facts.number).executeTakeFirst()
    if (same !== undefined && same.proposal_id !== id) return { ok: false, refusal: 'taken' }
    if (id === null) await tx.insertInto('proposal').values({ body_id: bodyId, proposal_id: newId(), version: 1, ...proposalRow(facts), ...by(deps, actor) }).execute()
    else {
      const { version } = await getProposal(tx, bodyId, id)
      const done = await tx.updateTable('proposal').set((eb) => ({ ...proposalRow(facts), ...by(deps, actor), version: eb('version', '+', 1) })).where('body_id', '=', bodyId).where('proposal_id', '=', id).where('version', '=', seen).executeTakeFirst()
      if (done.numUpdatedRows === 0n) throw new Conflict(seen, version)
    }
    await record(tx, actor, 'register.saved', { bodyId, target: id ?? facts.number }, { year: facts.year, kind: '建议提案' })
    return { ok: true, created: id === null ? 1 : 0, changed: id === null ? 0 : 1 }
  })
}

/** 登记或者改一个重点领域；同年同名的不得有两个。 */
export function saveKeyField(deps: Deps, actor: Actor, { bodyId, id, seen, facts }: Kept<KeyFieldFacts>): Promise<SavedEntry> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const unknown = await unknownItem(tx, facts.indexNos)
    if (unknown !== null) return { ok: false, refusal: 'unknown-item', indexNo: unknown }
    const same = await tx.selectFrom('key_field').select('entry_id').where('body_id', '=', bodyId).where('year', '=', facts.year).where('field', '=', facts.field).executeTakeFirst()
    if (same !== undefined && same.entry_id !== id) return { ok: false, refusal: 'taken' }
    if (id === null) await tx.insertInto('key_field').values({ body_id: bodyId, entry_id: newId(), version: 1, ...fieldRow(facts), ...by(deps, actor) }).execute()
    else {
      const { version } = await getKeyField(tx, bodyId, id)
      const done = await tx.updateTable('key_field').set((eb) => ({ ...fieldRow(facts), ...by(deps, actor), version: eb('version', '+', 1) })).where('body_id', '=', bodyId).where('entry_id', '=', id).where('version', '=', seen).executeTakeFirst()
      if (done.numUpdatedRows === 0n) throw new Conflict(seen, version)
    }
    await record(tx, actor, 'register.saved', { bodyId, target: id ?? facts.field }, { year: facts.year, kind: '重点领域' })
    return { ok: true, created: id === null ? 1 : 0, changed: id === null ? 0 : 1 }
  })
}

const BATCH = 500
const batches = <T>(rows: readonly T[]): T[][] => Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, i) => rows.slice(i * BATCH, (i + 1) * BATCH))

/** 导入建议提案：同年同种类同编号的换成新的，一并成或者都不成。 */
export function importProposals(deps: Deps, actor: Actor, bodyId: string, rows: readonly ProposalFacts[]): Promise<SavedEntry> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const unknown = await unknownItem(tx, rows.flatMap(({ indexNo }) => (indexNo === null ? [] : [indexNo])))
    if (unknown !== null) return { ok: false, refusal: 'unknown-item', indexNo: unknown }
    const before = await tx.selectFrom('proposal').select((eb) => eb.fn.countAll<number>().as('n')).where('body_id', '=', bodyId).executeTakeFirstOrThrow()
    for (const some of batches(rows))
      await tx
        .insertInto('proposal')
        .values(some.map((facts) => ({ body_id: bodyId, proposal_id: newId(), version: 1, ...proposalRow(facts), ...by(deps, actor) })))
        .onConflict((oc) => oc.columns(['body_id', 'year', 'kind', 'number']).doUpdateSet((eb) => ({ title: eb.ref('excluded.title'), unit: eb.ref('excluded.unit'), answered_on: eb.ref('excluded.answered_on'), publication: eb.ref('excluded.publication'), index_no: eb.ref('excluded.index_no'), published_on: eb.ref('excluded.published_on'), changed_by: eb.ref('excluded.changed_by'), changed_at: eb.ref('excluded.changed_at'), version: eb('proposal.version', '+', 1) })))
        .execute()
    const after = await tx.selectFrom('proposal').select((eb) => eb.fn.countAll<number>().as('n')).where('body_id', '=', bodyId).executeTakeFirstOrThrow()
    const created = after.n - before.n
    await record(tx, actor, 'register.imported', { bodyId, target: 'proposal' }, { created, changed: rows.length - created })
    return { ok: true, created, changed: rows.length - created }
  })
}

/** 导入重点领域：同年同名的换成新的，一并成或者都不成。 */
export function importKeyFields(deps: Deps, actor: Actor, bodyId: string, rows: readonly KeyFieldFacts[]): Promise<SavedEntry> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const unknown = await unknownItem(tx, rows.flatMap(({ indexNos }) => indexNos))
    if (unknown !== null) return { ok: false, refusal: 'unknown-item', indexNo: unknown }
    const before = await tx.selectFrom('key_field').select((eb) => eb.fn.countAll<number>().as('n')).where('body_id', '=', bodyId).executeTakeFirstOrThrow()
    for (const some of batches(rows))
      await tx
        .insertInto('key_field')
        .values(some.map((facts) => ({ body_id: bodyId, entry_id: newId(), version: 1, ...fieldRow(facts), ...by(deps, actor) })))
        .onConflict((oc) => oc.columns(['body_id', 'year', 'field']).doUpdateSet((eb) => ({ content: eb.ref('excluded.content'), index_nos: eb.ref('excluded.index_nos'), count: eb.ref('excluded.count'), changed_by: eb.ref('excluded.changed_by'), changed_at: eb.ref('excluded.changed_at'), version: eb('key_field.version', '+', 1) })))
        .execute()
    const after = await tx.selectFrom('key_field').select((eb) => eb.fn.countAll<number>().as('n')).where('body_id', '=', bodyId).executeTakeFirstOrThrow()
    const created = after.n - before.n
    await record(tx, actor, 'register.imported', { bodyId, target: 'key-field' }, { created, changed: rows.length - created })
    return { ok: true, created, changed: rows.length - created }
  })
}

/** 删去误登记的一件；已经没有的为 false。 */
export function removeEntry(deps: Deps, actor: Actor, { bodyId, which, id }: { bodyId: string; which: 'proposal' | 'key-field'; id: string }): Promise<boolean> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const done =
      which === 'proposal'
        ? await tx.deleteFrom('proposal').where('body_id', '=', bodyId).where('proposal_id', '=', id).executeTakeFirst()
        : await tx.deleteFrom('key_field').where('body_id', '=', bodyId).where('entry_id', '=', id).executeTakeFirst()
    if (done.numDeletedRows === 0n) return false
    await record(tx, actor, 'register.removed', { bodyId, target: id }, { kind: which === 'proposal' ? '建议提案' : '重点领域' })
    return true
  })
}
