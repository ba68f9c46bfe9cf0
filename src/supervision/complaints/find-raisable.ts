import { can } from '../../identity/index.ts'
import { isId } from '../../platform/id.ts'
import { yearOf } from '../../statute/plain-date.ts'
import type { FindRaisable } from '../problems/raisable.ts'
import { MATTERS, OUTCOMES } from './complaint.ts'
import { findComplaint } from './complaint-store.ts'
import { isBarred, viewerOf } from './viewer.ts'

/** 反映本机关而成立的一件，看的人不须回避的；只写登记号与类型，事实与理由留在案里。 */
export const findRaisableComplaint: FindRaisable = async (tx, actor, ref) => {
  const { bodyId } = actor
  if (!isId(ref) || !can(actor, 'complaint.read', bodyId)) return null
  const found = await findComplaint(tx, bodyId, ref)
  if (found === null || isBarred(viewerOf(actor), found.barred)) return null
  const { regNo, matter, decision, aboutBodyId } = found
  if (decision === null || decision.outcome === 'unfounded' || aboutBodyId !== bodyId) return null
  return { content: `投诉、反映 ${regNo}：${MATTERS[matter]}，经查${OUTCOMES[decision.outcome]}`, href: `/desk/complaints/${ref}`, year: yearOf(decision.on) }
}
