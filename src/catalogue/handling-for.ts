import { behalfOf, PERMISSIONS } from '../identity/index.ts'
import type { Actor, Role } from '../identity/index.ts'

const MAY: readonly Role[] = PERMISSIONS['item.handle'].own

/** 承办一步凭自己的岗位，还是代人：代人的写明代谁，其后审查、发布不能由他。 */
export function handlingFor(actor: Actor): { onBehalfOf?: string } {
  const from = behalfOf(actor, (roles) => roles.some((role) => MAY.includes(role)))
  return typeof from === 'string' ? { onBehalfOf: from } : {}
}
