import { record } from '../../audit/index.ts'
import { actorKey, can, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { notify } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict, Forbidden } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import { addNote } from '../progress/progress.ts'
import type { GivenNote } from '../progress/take-note.ts'
import type { MeasureFacts, PastProblem, Problem, ProblemSource } from './problem.ts'
import { findCarried, findRaised, getMeasure, getProblem, listProblems, MOST_MEASURES, MOST_PROBLEMS } from './problem-store.ts'

export const PROBLEMS = '/desk/problems'
export const problemHref = (problemId: string): string => `${PROBLEMS}/${problemId}`
export const measureHref = (measureId: string): string => `${PROBLEMS}/measures/${measureId}`

export interface NewProblem {
  bodyId: string
  year: number
  content: string
  source: ProblemSource
  sourceRef: string | null
  sourceHref: string | null
}

export type Raised = { ok: true; problemId: string; already: boolean } | { ok: false; refusal: 'too-many' }

/** 列一个问题；由同一处的同一件记录列过的，给出从前那一个。 */
export function raiseProblem(deps: Deps, actor: Actor, input: NewProblem): Promise<Raised> {
  requirePermission(actor, 'safeguard.handle', input.bodyId)
  return transaction(deps.db, (tx) => raiseIn(tx, deps, actor, input))
}

async function raiseIn(tx: Tx, deps: Deps, actor: Actor, input: NewProblem & { carriedFrom?: string }): Promise<Raised> {
  const before = input.sourceRef === null ? null : await findRaised(tx, input.bodyId, input.source, input.sourceRef)
  if (before !== null) return { ok: true, problemId: before, already: true }
  const { n } = await tx.selectFrom('problem').select((eb) => eb.fn.countAll<number>().as('n')).where('body_id', '=', input.bodyId).where('year', '=', input.year).executeTakeFirstOrThrow()
  if (n >= MOST_PROBLEMS) return { ok: false, refusal: 'too-many' }
  const problemId = newId()
  const made = await tx
    .insertInto('problem')
    .values({
      body_id: input.bodyId, problem_id: problemId, version: 1, year: input.year, content: input.content, source: input.source, source_ref: input.sourceRef, source_href: input.sourceHref, carried_from: input.carriedFrom ?? null,
      state: 'open', ended_on: null, answer: '', raised_by: actorKey(actor), raised_at: deps.clock.now(),
    })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  // 两人同时列同一件：后来的得先来的
  if (made.numInsertedOrUpdatedRows === 0n && input.sourceRef !== null) return { ok: true, problemId: (await findRaised(tx, input.bodyId, input.source, input.sourceRef)) ?? problemId, already: true }
  await record(tx, actor, 'problem.raised', { bodyId: input.bodyId, target: problemId }, { year: input.year, source: input.source })
  return { ok: true, problemId, already: false }
}

interface Ref {
  bodyId: string
  problemId: string
}

async function lock(tx: Tx, { bodyId, problemId }: Ref, seen: number): Promise<Problem> {
  await tx.selectFrom('problem').select('version').where('body_id', '=', bodyId).where('problem_id', '=', problemId).forUpdate().execute()
  const found = await getProblem(tx, bodyId, problemId)
  if (found.version !== seen) throw new Conflict(seen, found.version)
  return found
}

const touch = (tx: Tx, { bodyId, problemId }: Ref, to: object): Promise<unknown> =>
  tx.updateTable('problem').set((eb) => ({ ...to, version: eb('version', '+', 1) })).where('body_id', '=', bodyId).where('problem_id', '=', problemId).execute()

/** 改问题的写法与整改情况；了结的也可以改整改情况的写法。 */
export function changeProblem(deps: Deps, actor: Actor, { seen, content, answer, ...ref }: Ref & { seen: number; content: string; answer: string }): Promise<void> {
  requirePermission(actor, 'safeguard.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    await lock(tx, ref, seen)
    await touch(tx, ref, { content, answer })
    await record(tx, actor, 'problem.changed', { bodyId: ref.bodyId, target: ref.problemId })
  })
}

export const PROBLEM_REFUSED = {
  'not-open': '这个问题已经了结',
  'open-measures': '还有措施没有办结；先办结，或者定为不再办',
  'no-measure': '还没有一项措施，不能说已整改',
  'carried-already': '已经结转到下一年',
  'too-many': `一年至多列 ${MOST_PROBLEMS} 个问题`,
} as const
export type ProblemRefusal = keyof typeof PROBLEM_REFUSED
type Answer = { ok: true } | { ok: false; refusal: ProblemRefusal }

/** 了结：整改完了须有措施且都办结；不再列的不问。 */
export function endProblem(deps: Deps, actor: Actor, { seen, as, ...ref }: Ref & { seen: number; as: 'solved' | 'dropped' }): Promise<Answer> {
  requirePermission(actor, 'safeguard.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await lock(tx, ref, seen)
    if (found.state !== 'open') return { ok: false, refusal: 'not-open' }
    if (as === 'solved' && !found.measures.some(({ state }) => state === 'done')) return { ok: false, refusal: 'no-measure' }
    if (as === 'solved' && found.measures.some(({ state }) => state === 'open')) return { ok: false, refusal: 'open-measures' }
    await touch(tx, ref, { state: as, ended_on: deps.clock.today() })
    await record(tx, actor, 'problem.ended', { bodyId: ref.bodyId, target: ref.problemId }, { state: as })
    return { ok: true }
  })
}

/** 结转下年：没有整改完的，在下一年另列一个，凭编号相接；没有办结的措施不随着走，下年另定。 */
export function carryProblem(deps: Deps, actor: Actor, { seen, ...ref }: Ref & { seen: number }): Promise<{ ok: true; problemId: string } | { ok: false; refusal: ProblemRefusal }> {
  requirePermission(actor, 'safeguard.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await lock(tx, ref, seen)
    if (found.state !== 'open') return { ok: false, refusal: 'not-open' }
    if ((await findCarried(tx, ref.bodyId, ref.problemId)) !== null) return { ok: false, refusal: 'carried-already' }
    const made = await raiseIn(tx, deps, actor, { bodyId: ref.bodyId, year: found.year + 1, content: found.content, source: 'carried', sourceRef: ref.problemId, sourceHref: problemHref(ref.problemId), carriedFrom: ref.problemId })
    if (!made.ok) return made
    await touch(tx, ref, {})
    await record(tx, actor, 'problem.carried', { bodyId: ref.bodyId, target: ref.problemId }, { year: found.year + 1 })
    return { ok: true, problemId: made.problemId }
  })
}

/** 从某年的报告取其第五部分所列的问题；取过的、登记里已有的不再取。返回新取几个。 */
export function importPast(deps: Deps, actor: Actor, { bodyId, year, past }: { bodyId: string; year: number; past: readonly PastProblem[] }): Promise<number> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const known = await listProblems(tx, bodyId, year)
    let added = 0
    for (const [i, { problem, measure, problemId }] of past.slice(0, 40).entries()) {
      const content = problem.trim().slice(0, 1000).toWellFormed()
      if (content.length < 4 || known.some((one) => one.problemId === problemId || one.content === content)) continue
      const made = await raiseIn(tx, deps, actor, { bodyId, year, content, source: 'report', sourceRef: `${year}/${i + 1}`, sourceHref: null })
      if (!made.ok || made.already) continue
      added += 1
      const promised = measure.trim().slice(0, 1000).toWellFormed()
      if (promised.length >= 4) await insertMeasure(tx, deps, actor, { bodyId, problemId: made.problemId }, { content: promised, unit: '公开工作机构', owner: null, dueOn: `${year + 1}-12-31` })
    }
    await record(tx, actor, 'problem.imported', { bodyId, target: String(year) }, { added, year })
    return added
  })
}

async function insertMeasure(tx: Tx, deps: Deps, actor: Actor, { bodyId, problemId }: Ref, facts: MeasureFacts): Promise<string> {
  const measureId = newId()
  await tx
    .insertInto('problem_measure')
    .values({ body_id: bodyId, measure_id: measureId, problem_id: problemId, version: 1, content: facts.content, unit: facts.unit, owner: facts.owner, due_on: facts.dueOn, state: 'open', ended_on: null, made_by: actorKey(actor), made_at: deps.clock.now() })
    .execute()
  await tellOwner(tx, deps, actor, bodyId, measureId, facts)
  await record(tx, actor, 'problem.measure-added', { bodyId, target: measureId })
  return measureId
}

const tellOwner = (tx: Tx, { clock }: Pick<Deps, 'clock'>, actor: Actor, bodyId: string, measureId: string, { owner, content, dueOn }: MeasureFacts): Promise<unknown> =>
  owner === null ? Promise.resolve() : notify(tx, { bodyId, at: clock.now(), accounts: [owner], except: actorKey(actor), key: `measure/${measureId}/assigned/${owner}`, title: `改进措施：${content}`, note: `请于 ${dueOn} 前办结，并记下进展与佐证`, href: measureHref(measureId) })

/** 给没有了结的问题添一项措施。 */
export function addMeasure(deps: Deps, actor: Actor, { facts, ...ref }: Ref & { facts: MeasureFacts }): Promise<Answer> {
  requirePermission(actor, 'safeguard.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    await tx.selectFrom('problem').select('version').where('body_id', '=', ref.bodyId).where('problem_id', '=', ref.problemId).forUpdate().execute()
    const found = await getProblem(tx, ref.bodyId, ref.problemId)
    if (found.state !== 'open') return { ok: false, refusal: 'not-open' }
    if (found.measures.length >= MOST_MEASURES) return { ok: false, refusal: 'too-many' }
    await insertMeasure(tx, deps, actor, ref, facts)
    return { ok: true }
  })
}

interface MeasureRef {
  bodyId: string
  measureId: string
}

async function lockMeasure(tx: Tx, { bodyId, measureId }: MeasureRef, seen: number) {
  await tx.selectFrom('problem_measure').select('version').where('body_id', '=', bodyId).where('measure_id', '=', measureId).forUpdate().execute()
  const found = await getMeasure(tx, bodyId, measureId)
  if (found.version !== seen) throw new Conflict(seen, found.version)
  return found.state === 'open' ? found : null
}

const touchMeasure = (tx: Tx, { bodyId, measureId }: MeasureRef, to: object): Promise<unknown> =>
  tx.updateTable('problem_measure').set((eb) => ({ ...to, version: eb('version', '+', 1) })).where('body_id', '=', bodyId).where('measure_id', '=', measureId).execute()

/** 改一项在办的措施；已了结的为 false。 */
export function changeMeasure(deps: Deps, actor: Actor, { seen, facts, ...ref }: MeasureRef & { seen: number; facts: MeasureFacts }): Promise<boolean> {
  requirePermission(actor, 'safeguard.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    if ((await lockMeasure(tx, ref, seen)) === null) return false
    await touchMeasure(tx, ref, { content: facts.content, unit: facts.unit, owner: facts.owner, due_on: facts.dueOn })
    await tellOwner(tx, deps, actor, ref.bodyId, ref.measureId, facts)
    await record(tx, actor, 'problem.measure-changed', { bodyId: ref.bodyId, target: ref.measureId })
    return true
  })
}

/** 记一项措施的进展：经办的人与公开工作机构都可以；不再办的只由公开工作机构定。已了结的为 false。 */
export function noteMeasure(deps: Deps, actor: Actor, { note, ...ref }: MeasureRef & { note: GivenNote }): Promise<boolean> {
  requirePermission(actor, 'safeguard.read', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await lockMeasure(tx, ref, note.seen)
    if (found === null) return false
    const officer = can(actor, 'safeguard.handle', ref.bodyId)
    if (!officer && found.owner !== actorKey(actor)) throw new Forbidden('记别人经办的措施的进展')
    if (note.step === 'dropped' && !officer) throw new Forbidden('定为不再办')
    await addNote(tx, deps, actor, { bodyId: ref.bodyId, subjectId: ref.measureId, ...note })
    await touchMeasure(tx, ref, note.step === 'note' ? {} : { state: note.step, ended_on: note.on })
    if (note.step !== 'note') await record(tx, actor, 'problem.measure-ended', { bodyId: ref.bodyId, target: ref.measureId }, { state: note.step })
    return true
  })
}
