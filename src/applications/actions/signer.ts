import type { Application } from '../application.ts'
import type { Who } from '../case-action.ts'
import type { ApplicationRefusal } from '../refusals.ts'
import { maySign, signOffStep } from '../sign-off.ts'
import type { SignOffChain } from '../sign-off.ts'

/**
 * 凭谁审批现在这一级：自己的岗位为 null，代行的为委托人；不能审批的为缘故。
 * 拟定、审核过的人不得再批，不论是本人、是受托人代他办的、还是由受托人替他再批：一个人的岗位在一件里只用一次。
 */
export function signingFor(a: Application, who: Who, chain: SignOffChain): { ok: true; for: string | null } | { ok: false; refusal: ApplicationRefusal } {
  const refuse = (refusal: ApplicationRefusal) => ({ ok: false, refusal }) as const
  if (a.proposal === null) return refuse('not-now')
  if (who.proposedBy === who.key) return refuse('own-proposal')
  if (who.endorsedBy.includes(who.key)) return refuse('signed-before')
  if (who.involved.includes(who.key)) return refuse('delegate-involved')
  const step = signOffStep(chain, a.proposal.endorsed)
  if (maySign(step, who.own)) return { ok: true, for: null }
  const givers = who.acting.filter(({ roles }) => maySign(step, roles))
  if (givers.length === 0) return refuse('not-your-step')
  const giver = givers.find(({ from }) => !who.involved.includes(from))
  return giver === undefined ? refuse('delegator-involved') : { ok: true, for: giver.from }
}

/** 这个人为何不能审批现在这一级；可以则 null。 */
export function refuseSigner(a: Application, who: Who, chain: SignOffChain): ApplicationRefusal | null {
  const signing = signingFor(a, who, chain)
  return signing.ok ? null : signing.refusal
}

export const mayJudge = (a: Application, who: Who, chain: SignOffChain): boolean => refuseSigner(a, who, chain) === null

/** 审批的一步凭谁：供时间线与留痕记明。 */
export function signedFor(a: Application, who: Who, chain: SignOffChain): string | null {
  const signing = signingFor(a, who, chain)
  return signing.ok ? signing.for : null
}
