import { record } from '../../audit/index.ts'
import { getSetting } from '../../bodies/index.ts'
import { actorKey, requirePermission, settleBehalf, standsInFor } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { sqlState, transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import type { LoadedCase } from '../../platform/case-store.ts'
import type { FormState } from '../../platform/html/index.ts'
import type { Decision } from '../../statute/decision.ts'
import type { ValidityYears } from './document-form.ts'
import { parseCorrection, parseRegistration } from './document-form.ts'
import { CORRECTION_REASON, stepOf } from './document-steps.ts'
import type { StepName } from './document-steps.ts'
import { followDocuments } from './lapse.ts'
import { invalidFrom } from './normative-document.ts'
import type { NormativeEvent, NormativeState } from './normative-document.ts'
import { findByDocNo } from './normative-queries.ts'
import { correctDocument, DOCUMENT_REFUSALS, registerDocument } from './normative-rules.ts'
import type { DocumentRefusal } from './normative-rules.ts'
import { documentStore, getDocument, newDocument, saveDocuments } from './normative-store.ts'
import { checkFields } from './step-fields.ts'
import type { Given } from './step-fields.ts'

export type ActAnswer = { ok: true } | { ok: false; errors: FormState['errors'] }

export interface DocumentRef {
  bodyId: string
  documentId: string
}

export const validityYears = async (tx: Tx, bodyId: string): Promise<ValidityYears> => ({
  years: await getSetting(tx, bodyId, 'normValidityYears'),
  trialYears: await getSetting(tx, bodyId, 'normTrialYears'),
})

/** 登记一件；同一张表单交两次的，第二次照旧算登记好了。 */
export async function registerDocumentAt(deps: Deps, actor: Actor, { bodyId, documentId, given }: DocumentRef & { given: Given }): Promise<ActAnswer> {
  requirePermission(actor, 'item.handle', bodyId)
  const today = deps.clock.today()
  try {
    return await transaction(deps.db, async (tx) => {
      const parsed = parseRegistration(given, today, await validityYears(tx, bodyId))
      if (!parsed.ok) return parsed
      // 政策文件库的地址里人人看得到这个 id，只凭它认
      const foreign = await tx.selectFrom('normative_document').select('body_id').where('document_id', '=', documentId).where('body_id', '!=', bodyId).limit(1).executeTakeFirst()
      if (foreign !== undefined) throw new NotFound('该文件')
      const found = newDocument(bodyId, documentId, null)
      const decided = registerDocument(found.state, { on: today, source: actorKey(actor), ...parsed.value })
      if (!decided.ok) return refused(decided.refusal)
      const taken = await takenBy(tx, bodyId, documentId, given('docNo'))
      if (taken !== null) return taken
      await save(tx, deps, actor, found, decided)
      await record(tx, actor, 'normative.recorded', { bodyId, target: documentId })
      return { ok: true }
    })
  } catch (error) {
    if (error instanceof Conflict) return { ok: true }
    if (sqlState(error) === '23505') return { ok: false, errors: { docNo: TAKEN } }
    throw error
  }
}

/** 更正登记的名称、文号、日子与制定的经过。 */
export async function correctDocumentAt(deps: Deps, actor: Actor, { bodyId, documentId, seen, given }: DocumentRef & { seen: number; given: Given }): Promise<ActAnswer> {
  requirePermission(actor, 'item.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await open(tx, { bodyId, documentId }, seen)
    const parsed = parseCorrection(given, deps.clock.today(), found.state)
    const errors = { ...(parsed.ok ? {} : parsed.errors), ...checkFields([CORRECTION_REASON], given) }
    if (!parsed.ok || Object.keys(errors).length > 0) return { ok: false, errors }
    const decided = correctDocument(found.state, { on: deps.clock.today(), source: actorKey(actor), reason: given('reason'), ...parsed.value })
    if (!decided.ok) return refused(decided.refusal)
    const taken = await takenBy(tx, bodyId, documentId, given('docNo'))
    if (taken !== null) return taken
    await save(tx, deps, actor, found, decided)
    await record(tx, actor, 'normative.corrected', { bodyId, target: documentId })
    return { ok: true }
  })
}

/** 办一步；载有正文的信息的失效与否同时随此刻的效力。版本相撞抛 `Conflict`。 */
export async function actOnDocument(deps: Deps, actor: Actor, { bodyId, documentId, seen, name, given }: DocumentRef & { seen: number; name: StepName; given: Given }): Promise<ActAnswer> {
  const step = stepOf(name)
  requirePermission(actor, step.permit, bodyId)
  const today = deps.clock.today()
  return transaction(deps.db, async (tx) => {
    const found = await open(tx, { bodyId, documentId }, seen)
    if (!step.fits(found.state, today)) return { ok: false, errors: { '': '现在不能办这一步，请看过最新的情形' } }
    const errors = checkFields(step.fields(found.state, today, await validityYears(tx, bodyId)), given)
    if (Object.keys(errors).length > 0) return { ok: false, errors }
    // 登记过这一件的人不能经受托人批准自己登记的
    const behalf = name === 'list' ? standsInFor(actor, step.permit, found.state.registrars) : standsInFor(actor, step.permit)
    if (behalf === undefined) return refused('own-registration')
    settleBehalf(actor, behalf)
    const decided = await step.decide(found.state, given, { tx, bodyId, documentId, actor: actorKey(actor), today })
    if (!decided.ok) return 'refusal' in decided ? refused(decided.refusal) : { ok: false, errors: { [decided.field]: decided.message } }
    const state = await save(tx, deps, actor, found, decided, behalf)
    await settleItem(tx, deps, actor, bodyId, found.state, state)
    await record(tx, actor, step.audit, { bodyId, target: documentId })
    return { ok: true }
  })
}

const TAKEN = '这个文号已经登记过，请在列表里找到那一件'
const refused = (refusal: DocumentRefusal): ActAnswer => ({ ok: false, errors: { '': DOCUMENT_REFUSALS[refusal] } })

async function takenBy(tx: Tx, bodyId: string, documentId: string, docNo: string): Promise<ActAnswer | null> {
  const other = await findByDocNo(tx, bodyId, docNo)
  return other === null || other.documentId === documentId ? null : { ok: false, errors: { docNo: TAKEN } }
}

/** 一件及其经过；看过之后又改过的抛 `Conflict`。 */
async function open(tx: Tx, { bodyId, documentId }: DocumentRef, seen: number) {
  const found = await getDocument(tx, bodyId, documentId)
  if (found.version !== seen) throw new Conflict(seen, found.version)
  return found
}

async function save(tx: Tx, deps: Deps, actor: Actor, found: LoadedCase<NormativeState>, { events }: Extract<Decision<NormativeEvent, never>, { ok: true }>, behalf: string | null = null): Promise<NormativeState> {
  const told = behalf === null ? events : events.map((event) => ({ ...event, onBehalfOf: behalf }))
  await saveDocuments(tx, [{ found, events: told }], { actor: actorKey(actor), at: deps.clock.now() })
  return told.reduce(documentStore.evolve, found.state)
}

// 换过、断开的，原来那一条不再随这一件：连错了而标明失效的恢复
async function settleItem(tx: Tx, { clock }: Deps, actor: Actor, bodyId: string, before: NormativeState, after: NormativeState): Promise<void> {
  const by = { bodyId, at: clock.now(), today: clock.today() }
  const [was, now] = [before, after].map((state) => (state.status === 'new' ? null : state.itemId))
  const left = typeof was === 'string' && was !== now ? [{ itemId: was, invalidFrom: null, repealedOn: null }] : []
  const here = after.status === 'new' || after.itemId === null ? [] : [{ itemId: after.itemId, invalidFrom: invalidFrom(after), repealedOn: after.repealedOn }]
  await followDocuments(tx, actor, by, [...left, ...here])
}
