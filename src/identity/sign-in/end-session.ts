import { record } from '../../audit/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { Forbidden } from '../../platform/errors.ts'
import { listPostings } from '../accounts/account-store.ts'
import { actorKey } from '../actor.ts'
import type { Actor } from '../actor.ts'
import { can } from '../permissions.ts'
import { endSessions, saveActingBody } from './sessions.ts'

/**
 * 结束会话：自己的随时可以；他人的须有权限。
 * @param sessionId 不写则结束该人的全部
 * @returns 结束了几个
 */
export function endSession(
  deps: Deps,
  actor: Actor,
  input: { accountId: string; sessionId?: string },
): Promise<number> {
  const own = actorKey(actor) === input.accountId
  if (!own && !can(actor, 'session.revoke')) throw new Forbidden('结束他人的会话')
  return transaction(deps.db, async (tx) => {
    const ended = await endSessions(tx, input.accountId, input.sessionId ? { only: input.sessionId } : {})
    if (ended > 0) await record(tx, actor, 'session.ended', input.accountId, { ended, own })
    return ended
  })
}

/** 在几个机构有岗位的人，换到另一个机构办事。 */
export function switchBody(
  deps: Deps,
  actor: Actor & { kind: 'account' },
  input: { sessionId: string; bodyId: string },
): Promise<void> {
  return transaction(deps.db, async (tx) => {
    const postings = await listPostings(tx, actor.accountId)
    if (!postings.some((posting) => posting.bodyId === input.bodyId)) throw new Forbidden('到没有岗位的机构办事')
    await saveActingBody(tx, input.sessionId, input.bodyId)
    await record(tx, actor, 'session.switched', { bodyId: input.bodyId, target: actor.accountId })
  })
}
