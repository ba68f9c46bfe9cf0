import { can } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { getBody } from '../../bodies/index.ts'
import { isId } from '../../platform/id.ts'
import { yearOf } from '../../statute/plain-date.ts'
import type { FindRaisable } from '../problems/raisable.ts'
import { matterHref } from './matter-acts.ts'
import { measureWords } from './matter-pages.tsx'
import { getMatter } from './matter-store.ts'
import { TRIGGERS, isTrigger } from './triggers.ts'

/** 作出处理的一件；只写是哪一种、怎样处理，查明的事实与理由留在案里。 */
export const findRaisableMatter: FindRaisable = async (tx, actor, ref) => {
  const { bodyId } = actor
  if (!isId(ref) || !can(actor, 'accountability.read', bodyId)) return null
  try {
    const { state } = await getMatter(tx, bodyId, ref)
    if (state.decision === null) return null
    const kind = state.trigger !== null && isTrigger(state.trigger) ? TRIGGERS[state.trigger].label : '另行提起的事项'
    return { content: `责任追究：${kind}，${state.decision.on} ${measureWords(state.decision.measures)}`, href: matterHref((await getBody(tx, bodyId)).code, ref), year: yearOf(state.decision.on) }
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}
