import { can, listActingHolders } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { AWAITING } from '../item.ts'
import { getItemGround } from './ground.ts'
import type { ItemStep } from './item-actions.ts'
import { listFor } from './next-for.ts'

export interface ItemToDo {
  title: string
  href: string
  dueOn: PlainDate | null
  note: string
}

const MOST = 30
const STEPS = ['check', 'secrecy-review', 'approve', 'publish'] as const satisfies readonly ItemStep[]

/** 此人名下的待办：自己承办而待送审、被退回的，等他审核、审查、批准、发布的；每类至多三十条，先到期的在前。 */
export async function itemToDos({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: SignedInActor): Promise<ItemToDo[]> {
  if (!can(actor, 'item.read', actor.bodyId) || actor.roles.every((role) => role === 'district-office' || role === 'archivist')) return []
  const ground = await getItemGround(db, clock, actor.bodyId)
  const own = (await listFor(db, actor, 'submit', ground)).filter(({ handler }) => handler === actor.accountId)
  const toDos: ItemToDo[] = own.slice(0, MOST).map((row) => ({ title: row.title, href: `/desk/items/${row.itemId}`, dueOn: row.dueOn, note: AWAITING[row.awaiting] }))
  // 科室负责人审核的，公开工作机构负责人、机关领导也可以办；有科室负责人的不列作他们的待办
  const checks = actor.roles.includes('unit-head') || (await listActingHolders(db, actor.bodyId, ['unit-head'], clock.today())).length === 0
  for (const step of STEPS) {
    if (step === 'check' && !checks) continue
    const rows = await listFor(db, actor, step, ground)
    toDos.push(...rows.slice(0, MOST).map((row) => ({ title: row.title, href: `/desk/items/${row.itemId}/steps/${step}`, dueOn: row.dueOn, note: AWAITING[row.awaiting] })))
  }
  return toDos
}
