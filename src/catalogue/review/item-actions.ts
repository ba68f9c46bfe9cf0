import { PERMISSIONS, behalfOf, can } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import type { Item } from '../item.ts'
import { approve } from './actions/approve.ts'
import { check } from './actions/check.ts'
import { publish } from './actions/publish.ts'
import { sendBack, takeBack } from './actions/return-item.ts'
import { schedule, unschedule } from './actions/schedule.ts'
import { secrecyReview } from './actions/secrecy-review.ts'
import { submit } from './actions/submit.ts'
import { expire, hidePast, withdrawPublished } from './actions/withdraw-item.ts'
import type { ItemAction, ItemGround } from './item-action.ts'

/** 去公开的路上各步，键即地址的末段；在前的为主要的下一步。 */
export const ITEM_ACTIONS = {
  submit,
  check,
  'secrecy-review': secrecyReview,
  approve,
  publish,
  schedule,
  unschedule,
  return: sendBack,
  'take-back': takeBack,
  expire,
  'hide-editions': hidePast,
  withdraw: withdrawPublished,
} as const satisfies Readonly<Record<string, ItemAction>>

export type ItemStep = keyof typeof ITEM_ACTIONS
export const ITEM_STEPS = Object.keys(ITEM_ACTIONS) as ItemStep[]
export const isItemStep = (text: string): text is ItemStep => Object.hasOwn(ITEM_ACTIONS, text)
export const itemActionOf = (step: ItemStep): ItemAction => ITEM_ACTIONS[step]

/** 可以办的，凭谁：自己的岗位为 null，代人的为委托人；不可以的为何：没有岗位 `no-role`，只能代不得代的人办 `barred`。 */
export type Standing = { may: true; behalf: string | null } | { may: false; why: 'no-role' | 'barred' }

export function standingOf(actor: Actor, action: ItemAction, item: Item, ground: ItemGround): Standing {
  if (actor.kind !== 'account') return { may: true, behalf: null }
  const allowed = rolesOf(action, item)
  const may = (roles: readonly string[]): boolean => roles.some((role) => allowed.includes(role))
  const behalf = behalfOf(actor, may, action.barred(item, ground))
  if (behalf !== undefined) return { may: true, behalf }
  return { may: false, why: behalfOf(actor, may) === undefined ? 'no-role' : 'barred' }
}

const rolesOf = (action: ItemAction, item: Item): readonly string[] => action.roles?.(item) ?? PERMISSIONS[action.permit].own

/** 此时这个人可以办吗：状态、岗位、人员分离都允许。 */
export function isOffered(step: ItemStep, item: Item, actor: Actor, bodyId: string, ground: ItemGround): boolean {
  const action = itemActionOf(step)
  if (!action.when(item) || !mayEnter(actor, action, item, bodyId)) return false
  return standingOf(actor, action, item, ground).may && !(actor.kind === 'account' && action.barred(item, ground).includes(actor.accountId))
}

/** 岗位另有所列的以所列为准，不问许可；都须在本机关。 */
export function mayEnter(actor: Actor, action: ItemAction, item: Item, bodyId: string): boolean {
  if (actor.kind !== 'account') return can(actor, action.permit, bodyId)
  const allowed = rolesOf(action, item)
  return actor.bodyId === bodyId && actor.roles.some((role) => allowed.includes(role))
}
