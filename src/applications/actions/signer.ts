import type { Application } from '../application.ts'
import type { Who } from '../case-action.ts'
import type { ApplicationRefusal } from '../refusals.ts'
import { maySign, signOffStep } from '../sign-off.ts'
import type { SignOffChain } from '../sign-off.ts'

/** 这个人为何不能审批现在这一级；可以则 null。拟定的人不得审批，审核过的人不得再批。 */
export function refuseSigner(a: Application, who: Who, chain: SignOffChain): ApplicationRefusal | null {
  if (a.proposal === null) return 'not-now'
  if (who.proposedBy === who.key) return 'own-proposal'
  if (who.endorsedBy.includes(who.key)) return 'signed-before'
  return maySign(signOffStep(chain, a.proposal.endorsed), who.roles) ? null : 'not-your-step'
}

export const mayJudge = (a: Application, who: Who, chain: SignOffChain): boolean => refuseSigner(a, who, chain) === null
