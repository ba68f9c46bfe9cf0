import type { Actor, Role } from '../actor.ts'

/** 自己的岗位，不连代行的。 */
export const ownRoles = (actor: Actor): readonly Role[] => (actor.kind === 'account' ? (actor.own ?? actor.roles) : [])

/**
 * 一步须有某些岗位（`may`）：自己的岗位够的为 null，即凭自己；只凭委托才够的，为委托人；都不够的为 undefined。
 * @param not 不得代的人，如拟定了这一件的；委托人有几个的，取不在其中的头一个
 */
export function behalfOf(actor: Actor, may: (roles: readonly Role[]) => boolean, not: readonly string[] = []): string | null | undefined {
  if (actor.kind !== 'account' || may(ownRoles(actor))) return null
  return (actor.acting ?? []).find(({ from, roles }) => may(roles) && !not.includes(from))?.from
}

/** 记下这一步所代的人，留痕时写上；凭自己办的不记。 */
export function noteBehalf(actor: Actor, from: string | null | undefined): void {
  if (actor.kind === 'account' && typeof from === 'string') actor.behalf?.add(from)
}

/** 这一步认定了凭谁（自己的为 null），此前记的（如进这一页所凭的）不算。 */
export function settleBehalf(actor: Actor, from: string | null | undefined): void {
  if (actor.kind === 'account') actor.behalf?.clear()
  noteBehalf(actor, from)
}
