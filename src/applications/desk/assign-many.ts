import { requirePermission } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { actOnApplication } from '../act-on-application.ts'
import { REFUSED } from '../refusals.ts'

/** 一次至多分派几件。 */
export const MOST_ASSIGNED = 50

/** 选定的一件：案件与所见的版本。 */
export interface Chosen {
  caseId: string
  seen: number
}

export interface Assigned extends Chosen {
  /** 没有分派成的缘故；成了为 null */
  refused: string | null
}

/** 把若干件各分派给一人，一件一个事务：一件不成不碍别的，逐件说明。 */
export async function assignMany(deps: Deps, actor: SignedInActor, { chosen, to, on }: { chosen: readonly Chosen[]; to: string; on: string }): Promise<Assigned[]> {
  requirePermission(actor, 'application.handle')
  const results: Assigned[] = []
  for (const one of chosen.slice(0, MOST_ASSIGNED)) results.push({ ...one, refused: await assignOne(deps, actor, one, { to, on }) })
  return results
}

async function assignOne(deps: Deps, actor: SignedInActor, { caseId, seen }: Chosen, given: { to: string; on: string }): Promise<string | null> {
  try {
    const answer = await actOnApplication(deps, actor, { bodyId: actor.bodyId, caseId, seen, name: 'assign', given: (name) => (name === 'to' ? given.to : name === 'on' ? given.on : '') })
    return answer.ok ? null : REFUSED[answer.refusal]
  } catch (error) {
    if (error instanceof Conflict) return '他人刚才办过这件，没有分派；请看过再分派'
    if (error instanceof NotFound) return '没有这件申请'
    throw error
  }
}
