import { listActingHolders, listHolders } from '../identity/index.ts'
import type { Role } from '../identity/index.ts'
import { notify, settleNotices } from '../notices/index.ts'
import { dayInBeijing } from '../platform/clock.ts'
import type { Tx } from '../platform/db.ts'
import type { OpenedCase } from './open-case.ts'

export interface Place {
  bodyId: string
  caseId: string
  at: Date
}

/** 可以承办、出庭的岗位。 */
export const HANDLER_ROLES: readonly Role[] = ['handler', 'disclosure-officer', 'disclosure-head', 'unit-head', 'leader']

/** 承办这一件的人；没有分派、不在岗的为信息公开工作机构的经办，再没有的为其负责人。 */
export async function handlersOfCase(tx: Tx, { bodyId, at }: Place, handler: string | null): Promise<readonly string[]> {
  const day = dayInBeijing(at)
  if (handler !== null && (await listHolders(tx, bodyId, HANDLER_ROLES)).has(handler)) return [handler]
  const officers = await listActingHolders(tx, bodyId, ['disclosure-officer'], day)
  return officers.length > 0 ? officers : listActingHolders(tx, bodyId, ['disclosure-head'], day)
}

/** 这一件的提醒，各人没有看的都算看过。 */
export async function settleReminders(tx: Tx, { bodyId, caseId, at }: Place, series = ''): Promise<void> {
  const accounts = [...(await listHolders(tx, bodyId, HANDLER_ROLES)).keys()]
  await settleNotices(tx, { bodyId, accounts, prefix: `dispute/${caseId}/${series}`, at })
}

/** 办了一步：没有期限要赶的了结提醒；分派的告诉承办人。 */
export async function settleCase(tx: Tx, place: Place, opened: OpenedCase, events: readonly { kind: string; on: string }[], actor: string): Promise<void> {
  const { facts, handler, status } = opened.state
  if (events.some(({ kind }) => SETTLING.includes(kind))) await settleReminders(tx, place)
  if (handler !== null && events.some(({ kind }) => kind === 'assigned') && status !== 'closed')
    await notify(tx, { ...place, accounts: [handler], except: actor, key: `dispute-step/${place.caseId}/assigned/${opened.version}`, title: `${facts.caseNo}：交给您承办`, note: '', href: `/desk/reviews/${place.caseId}` })
}

const SETTLING: readonly string[] = ['answered', 'decided', 'first-judged', 'appealed', 'took-effect', 'hearing-held', 'hearing-cancelled', 'closed', 'corrected']
