import { checkGiven } from '../../applications/index.ts'
import type { Given } from '../../applications/index.ts'
import { record } from '../../audit/index.ts'
import { getCalendar } from '../../bodies/index.ts'
import { actorKey, listActingHolders, requirePermission, settleBehalf, standsInFor } from '../../identity/index.ts'
import type { AccountActor, Permit } from '../../identity/index.ts'
import { settleNotices } from '../../notices/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict, Forbidden, NotFound } from '../../platform/errors.ts'
import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import { COMPLAINT_REFUSALS, decideComplaint } from './complaint.ts'
import type { Complaint, Elsewhere } from './complaint.ts'
import { COMPLAINT_ACTIONS, isPossible } from './complaint-actions.ts'
import type { ActionName } from './complaint-actions.ts'
import { getComplaint, saveComplaints } from './complaint-store.ts'
import { findHelp } from './find-help.ts'
import { DECIDERS, HANDLERS } from './route-complaint.ts'
import { isBarred, viewerOf } from './viewer.ts'

export type Acted = { ok: true } | { ok: false; errors: Readonly<Record<string, string>> }

/** 须回避的看不到，如同没有这一件。凭委托的，只凭须回避的人的委托也不行。 */
export function requireFree(actor: AccountActor, permit: Permit, bodyId: string, { barred }: Pick<Complaint, 'barred'>): void {
  requirePermission(actor, permit, bodyId)
  if (isBarred(viewerOf(actor), barred)) throw new NotFound('这件投诉')
  const forWhom = standsInFor(actor, permit, barred)
  if (forWhom === undefined) throw new Forbidden('委托您的人须回避本件')
  settleBehalf(actor, forWhom)
}

/** 不成而退回：已编的号、已立的一件随事务退回。 */
class NotActed extends Error {
  readonly errors: Readonly<Record<string, string>>
  constructor(errors: Readonly<Record<string, string>>) {
    super('投诉的这一步没有办成')
    this.errors = errors
  }
}

// 反映人所写的（补充、意见）照原话存，加密；其余是工作人员写的，要给人看
const OWN_WORDS = new Set(['supply.text', 'feed-back.text'])

/** 在一件投诉上办一步：查岗位与回避、锁住所见的一版、判断、记下、留痕，同一事务。他人先办的抛 `Conflict`。 */
export async function actOnComplaint(deps: Deps, actor: AccountActor, { seen, step, given, ...ref }: Elsewhere & { seen: number; step: ActionName; given: Given }): Promise<Acted> {
  const action = COMPLAINT_ACTIONS[step]
  const keys = fieldKeys(deps.config.secretKey)
  try {
    await transaction(deps.db, async (tx) => {
      await tx.selectFrom('complaint').select('version').where('body_id', '=', ref.bodyId).where('complaint_id', '=', ref.complaintId).forUpdate().execute()
      const found = await getComplaint(tx, ref.bodyId, ref.complaintId)
      requireFree(actor, action.permit, ref.bodyId, found.state)
      if (found.version !== seen) throw new Conflict(seen, found.version)
      const today = deps.clock.today()
      const help = await findHelp(tx, keys, ref, found.state, { today, viewer: viewerOf(actor) })
      if (!isPossible(action, found.state, help)) throw new NotActed({ '': COMPLAINT_REFUSALS['not-in-this-state'] })
      const fields = action.fields(found.state, help)
      const errors = { ...checkGiven(fields, given) }
      for (const { name, kind } of fields) {
        const personal = kind === 'long' || kind === 'text' ? findPersonalNumbers(given(name))[0] : undefined
        if (personal !== undefined && !OWN_WORDS.has(`${step}.${name}`)) errors[name] ??= `里面有疑为${personal.kind}的号码 ${personal.masked}，请去掉`
      }
      if (Object.keys(errors).length > 0) throw new NotActed(errors)
      const outcome = await action.decide(found.state, given, { tx, deps, actor, ref, keys, help })
      if (!outcome.ok) throw new NotActed(outcome.errors)
      const decision = decideComplaint(found.state, outcome.event, today)
      if (!decision.ok) throw new NotActed({ [decision.refusal === 'out-of-order' ? 'on' : '']: COMPLAINT_REFUSALS[decision.refusal] })
      await saveComplaints(tx, [{ found, events: [...decision.events, ...(outcome.more ?? [])] }], { actor: actorKey(actor), at: deps.clock.now() }, await getCalendar(tx))
      // 办过了，先前的通知、提醒都算看过
      const told = await listActingHolders(tx, ref.bodyId, [...HANDLERS, ...DECIDERS], today)
      await settleNotices(tx, { bodyId: ref.bodyId, accounts: told, prefix: `complaint:${ref.complaintId}:`, at: deps.clock.now() })
      await record(tx, actor, `complaint.${outcome.event.kind}`, { bodyId: ref.bodyId, target: ref.complaintId })
    })
    return { ok: true }
  } catch (error) {
    if (error instanceof NotActed) return { ok: false, errors: error.errors }
    throw error
  }
}
