import { record } from '../audit/index.ts'
import type { Given } from '../applications/index.ts'
import { getCalendar, getSetting } from '../bodies/index.ts'
import { actorKey, listHolders, requirePermission } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Tx } from '../platform/db.ts'
import type { Deps } from '../platform/deps.ts'
import { Conflict } from '../platform/errors.ts'
import type { LoadedCase } from '../platform/case-store.ts'
import { isReport, listUnsent } from './answer/answer-store.ts'
import type { CaseStep, StepAnswer, StepHelp } from './case-step.ts'
import { REVIEW_STEPS, SUIT_STEPS } from './case-steps.ts'
import { saveLitigation } from './litigation-store.ts'
import { openCase } from './open-case.ts'
import type { OpenedCase } from './open-case.ts'
import { saveReviews } from './review-store.ts'
import { HANDLER_ROLES, settleCase } from './tell.ts'

/** 打开一步的表单、办一步时已知的。 */
export async function helpFor(tx: Tx, { bodyId, caseId, today, chosen }: { bodyId: string; caseId: string; today: string; chosen: string }): Promise<StepHelp> {
  const unsent = await listUnsent(tx, bodyId, caseId)
  return {
    today,
    chosen,
    resultMap: await getSetting(tx, bodyId, 'caseResultMap'),
    people: Object.fromEntries(await listHolders(tx, bodyId, HANDLER_ROLES)),
    letters: Object.fromEntries(unsent.filter(({ type }) => !isReport(type)).map(({ letterId, docNo }) => [letterId, docNo])),
    reports: Object.fromEntries(unsent.filter(({ type }) => isReport(type)).map(({ letterId, docNo }) => [letterId, docNo])),
  }
}

/** 页面与运行所用的一步：状态的种类已经藏起。 */
export interface BoundStep {
  step: CaseStep<never, unknown>
  isOffered: boolean
  isSide: boolean
  fields: (help: StepHelp) => ReturnType<CaseStep<never, unknown>['fields']>
}

const bind = <S, E>(steps: Readonly<Record<string, CaseStep<S, E>>>, state: S): [string, BoundStep][] =>
  Object.entries(steps).map(([name, step]) => [name, { step, isOffered: step.when(state), isSide: typeof step.side === 'function' ? step.side(state) : step.side === true, fields: (help) => step.fields(state, help) }])

/** 一件案件的各步，依次。 */
export const stepsOf = (opened: OpenedCase): Map<string, BoundStep> => new Map(opened.kind === 'review' ? bind(REVIEW_STEPS, opened.state) : bind(SUIT_STEPS, opened.state))

export interface Acting {
  bodyId: string
  caseId: string
  /** 页面所见的版本 */
  seen: number
  name: string
  given: Given
}

/**
 * 在一件复议、诉讼上办一步：查权限、读案件、判断、记下、留痕，同一事务。
 * 页面所见的版本已落后的抛 `Conflict`；不可以的退回缘故，什么都不记。
 */
export function actOnCase(deps: Deps, actor: Actor, acting: Acting): Promise<StepAnswer<unknown>> {
  requirePermission(actor, 'review.handle', acting.bodyId)
  return transaction(deps.db, async (tx) => {
    const opened = await openCase(tx, acting.bodyId, acting.caseId)
    if (opened.version !== acting.seen) throw new Conflict(acting.seen, opened.version)
    return opened.kind === 'review'
      ? act(deps, tx, actor, acting, { kind: opened.kind, steps: REVIEW_STEPS, found: opened, save: saveReviews })
      : act(deps, tx, actor, acting, { kind: opened.kind, steps: SUIT_STEPS, found: opened, save: saveLitigation })
  })
}

interface Side<S extends { status: string }, E> {
  kind: OpenedCase['kind']
  steps: Readonly<Record<string, CaseStep<S, E>>>
  found: LoadedCase<S>
  save: (tx: Tx, changes: readonly { found: LoadedCase<S>; events: readonly E[] }[], by: { actor: string; at: Date }, calendar: Awaited<ReturnType<typeof getCalendar>>) => Promise<number>
}

async function act<S extends { status: string }, E extends { kind: string; on: string }>(deps: Deps, tx: Tx, actor: Actor, { bodyId, caseId, name, given }: Acting, side: Side<S, E>): Promise<StepAnswer<E>> {
  const { state } = side.found
  const step = Object.hasOwn(side.steps, name) ? side.steps[name] : undefined
  if (step === undefined || !step.when(state)) return { ok: false, refusal: 'not-in-this-state' }
  requirePermission(actor, step.permit, bodyId)
  const today = deps.clock.today()
  const help = await helpFor(tx, { bodyId, caseId, today, chosen: '' })
  const by = { actor: actorKey(actor), at: deps.clock.now() }
  const answer = await step.decide(state, given, { deps, tx, bodyId, caseId, help, by })
  if (!answer.ok) throw new NotActed(answer)
  if (answer.events.some(({ on }) => on > today)) throw new NotActed({ ok: false, refusal: 'future-date' })
  await side.save(tx, [{ found: side.found, events: answer.events }], by, await getCalendar(tx))
  for (const { kind } of answer.events) await record(tx, actor, `${side.kind}.${kind}`, { bodyId, target: caseId })
  await settleCase(tx, { bodyId, caseId, at: by.at }, await openCase(tx, bodyId, caseId), answer.events, by.actor)
  return answer
}

/** 不成而退回：文书、证据随之记下的一并退回。 */
class NotActed extends Error {
  readonly answer: { ok: false } & StepAnswer<never>
  constructor(answer: { ok: false } & StepAnswer<never>) {
    super('这一步没有办成')
    this.answer = answer
  }
}

/** 办一步，不成的事务一概退回。 */
export async function runStep(deps: Deps, actor: Actor, acting: Acting): Promise<StepAnswer<unknown>> {
  try {
    return await actOnCase(deps, actor, acting)
  } catch (error) {
    if (error instanceof NotActed) return error.answer
    throw error
  }
}
