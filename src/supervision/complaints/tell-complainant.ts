import { getBody } from '../../bodies/index.ts'
import { isMailAddress, sendMail } from '../../platform/mail/index.ts'
import { findComplainant } from './complainant-store.ts'
import type { ActionContext } from './complaint-action.ts'
import type { Complaint, Elsewhere } from './complaint.ts'
import { getComplaint } from './complaint-store.ts'

export const TRACK_PATH = '/complain/track'

interface Words {
  subject: string
  /** 机关写的话；不得有反映人的姓名、电话 */
  text: string
}

/** 反映人留了邮箱的，发一封邮件，与所说的事同一事务；没有留的不发。 */
export async function tellComplainant({ tx, deps, ref, keys }: Pick<ActionContext, 'tx' | 'deps' | 'ref' | 'keys'>, { regNo }: Pick<Complaint, 'regNo'>, { subject, text }: Words): Promise<void> {
  const person = await findComplainant(tx, keys, ref)
  if (person === null || !isMailAddress(person.mail)) return
  const { name } = await getBody(tx, ref.bodyId)
  const body = `您好：\n\n您反映的事情（登记号 ${regNo}）。\n\n${text}\n\n凭登记号与查询码，在这里看办理的情况、补充、评价：${deps.config.baseUrl}${TRACK_PATH}\n\n${name}`
  await sendMail(tx, deps, { bodyId: ref.bodyId, to: person.mail, subject: `${regNo} ${subject}`.slice(0, 200), text: body }, deps.clock.now())
}

const MOST_FOLLOWERS = 200

const MOST_HOPS = 5

/** 并入本件的、并入转来之前那一件的，留了邮箱的一并告诉。 */
export async function tellFollowers(context: Pick<ActionContext, 'tx' | 'deps' | 'ref' | 'keys'>, { from }: Pick<Complaint, 'from'>, words: Words): Promise<void> {
  let [ref, before]: [Elsewhere | null, Elsewhere | null] = [context.ref, from]
  for (let hop = 0; ref !== null && hop <= MOST_HOPS; hop += 1) {
    for (const follower of await listFollowers(context.tx, ref)) await tellComplainant({ ...context, ref: follower }, follower, words)
    ref = before
    before = ref === null ? null : (await getComplaint(context.tx, ref.bodyId, ref.complaintId)).state.from
  }
}

async function listFollowers(tx: ActionContext['tx'], ref: Elsewhere): Promise<(Elsewhere & { regNo: string })[]> {
  return tx
    .selectFrom('complaint')
    .select(['body_id as bodyId', 'complaint_id as complaintId', 'reg_no as regNo'])
    .where('body_id', '=', ref.bodyId)
    .where('merged_into', '=', ref.complaintId)
    .orderBy('complaint_id')
    .limit(MOST_FOLLOWERS)
    .execute()
}
