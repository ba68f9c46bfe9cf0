import { record } from '../audit/index.ts'
import { actorKey, can, ownRoles, requirePermission, settleBehalf, standsInFor } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import { fieldKeys } from '../platform/crypto.ts'
import type { Deps } from '../platform/deps.ts'
import { Conflict } from '../platform/errors.ts'
import type { RecordedEvent } from '../platform/timeline.ts'
import type { Given, Who } from './case-action.ts'
import { keepArchive } from './archive/keep-archive.ts'
import { actionOf } from './case-actions.ts'
import type { ActionName } from './case-actions.ts'
import { canHappen } from './application.ts'
import type { Answer } from './decisions.ts'
import type { ApplicationEvent } from './events.ts'
import { lockApplication } from './followers.ts'
import { refuseLetterOf, tellStep } from './letter-desk/tell-step.ts'
import { tellApplicant } from './follow-up/tell-applicant.ts'
import { getApplication } from './queries.ts'
import { getGround } from './settings.ts'
import { saveApplications } from './store.ts'
import type { ApplicationChange } from './store.ts'
import { settleReminders, tellNext } from './tell.ts'
import type { Place } from './tell.ts'

/** 办的人，与本次拟定由谁所拟、谁审核过（最近一次拟定之后的）。 */
export function whoOf(actor: Actor, bodyId: string, events: readonly RecordedEvent<ApplicationEvent>[]): Who {
  const from = events.findLastIndex(({ event }) => event.kind === 'decision-proposed')
  const since = from < 0 ? [] : events.slice(from)
  const signing = since.filter(({ event }) => event.kind === 'decision-proposed' || event.kind === 'decision-endorsed')
  return {
    key: actorKey(actor),
    roles: actor.kind === 'account' ? actor.roles : [],
    isHead: can(actor, 'application.approve', bodyId),
    proposedBy: since[0]?.actor ?? null,
    endorsedBy: since.filter(({ event }) => event.kind === 'decision-endorsed').map((recorded) => recorded.actor),
    own: ownRoles(actor),
    acting: actor.kind === 'account' ? (actor.acting ?? []) : [],
    involved: signing.flatMap(({ actor: by, event }) => [by, event.onBehalfOf ?? []].flat()),
  }
}

// 随前案一并答复了的，期限的提醒也不必再看
async function settleDecided(also: readonly ApplicationChange[], at: Omit<Place, 'caseId'>): Promise<void> {
  for (const { found, events } of also) if (found.state !== null && events.some(({ kind }) => kind === 'decided')) await settleReminders({ ...at, caseId: found.caseId })
}

// 凭委托办的，各事都记明代谁
const withBehalf = <T extends { events: readonly ApplicationEvent[] }>(change: T, behalf: string | null | undefined): T =>
  typeof behalf === 'string' ? { ...change, events: change.events.map((event) => ({ ...event, onBehalfOf: behalf })) } : change

/**
 * 在一件申请上办一步：查权限、读案件、判断、记下、留痕，同一事务。
 * 页面所见的版本已落后的抛 `Conflict`；不可以的退回缘故，什么都不记。
 */
export function actOnApplication(
  deps: Deps,
  actor: Actor,
  { bodyId, caseId, seen, name, given }: { bodyId: string; caseId: string; seen: number; name: ActionName; given: Given },
): Promise<Answer> {
  const action = actionOf(name)
  requirePermission(actor, action.permit, bodyId)
  return transaction(deps.db, async (tx) => {
    await lockApplication(tx, bodyId, caseId)
    const { state, version, events } = await getApplication(tx, bodyId, caseId)
    if (version !== seen) throw new Conflict(seen, version)
    if (!canHappen(state, action.event)) return { ok: false, refusal: 'not-now' }
    const ground = await getGround(tx, bodyId, deps.clock.today())
    const also: ApplicationChange[] = []
    const who = whoOf(actor, bodyId, events)
    const unfit = await refuseLetterOf(tx, { bodyId, caseId }, name, given)
    if (unfit !== null) return { ok: false, refusal: unfit }
    const behalf = action.behalf === undefined ? standsInFor(actor, action.permit) : action.behalf(state, who, ground)
    const decided = await action.decide(state, given, ground, { tx, bodyId, caseId, who, also, keys: fieldKeys(deps.config.secretKey), at: deps.clock.now() })
    if (!decided.ok) return decided
    const answer = withBehalf(decided, behalf)
    settleBehalf(actor, behalf)
    const main = { found: { bodyId, caseId, version, state }, events: answer.events }
    await saveApplications(tx, [main, ...also.map((change) => withBehalf(change, behalf))], { actor: actorKey(actor), at: deps.clock.now() }, ground)
    for (const event of answer.events) await record(tx, actor, `application.${event.kind}`, { bodyId, target: caseId })
    // 随之走了一步的别的案件；新拆出的各件由拆分一条留痕
    for (const { found, events: others } of also.filter((each) => each.found.state !== null))
      for (const event of others) await record(tx, actor, `application.${event.kind}`, { bodyId, target: found.caseId })
    await keepArchive(tx, { bodyId, caseId }, { events: answer.events, archivedOn: state.archivedOn, by: actorKey(actor), at: deps.clock.now() })
    await settleDecided(also, { tx, bodyId, at: deps.clock.now() })
    await tellStep(tx, { bodyId, caseId }, name, given, { version, events: answer.events })
    await tellNext({ tx, bodyId, caseId, at: deps.clock.now() }, { state, version }, answer.events, who, ground)
    await tellApplicant(tx, deps, { bodyId, caseId }, state, answer.events)
    return answer
  })
}
