import { can, listActingHolders } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { AWAITING } from '../item.ts'
import type { Awaiting } from '../item.ts'
import { getItemGround } from './ground.ts'
import type { ItemStep } from './item-actions.ts'
import { listFor } from './next-for.ts'
import type { QueueRow } from './queue-queries.ts'

export interface ItemToDo {
  title: string
  href: string
  dueOn: PlainDate | null
  note: string
}

const MOST = 30
/** 同一步等着的多于这么多条，合为一项，到列表里成批办 */
const TOGETHER = 8
const STEPS = ['check', 'secrecy-review', 'approve', 'publish'] as const satisfies readonly ItemStep[]

/** 此人名下的待办：自己承办而待送审、被退回的，等他审核、审查、批准、发布的；先到期的在前；同一步等着许多条的合为一项。 */
export async function itemToDos({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: SignedInActor): Promise<ItemToDo[]> {
  if (!can(actor, 'item.read', actor.bodyId) || actor.roles.every((role) => role === 'district-office' || role === 'archivist')) return []
  const ground = await getItemGround(db, clock, actor.bodyId)
  const own = (await listFor(db, actor, 'submit', ground)).filter(({ handler }) => handler === actor.accountId)
  const [returned, fresh] = [own.filter(({ awaiting }) => awaiting === 'mend'), own.filter(({ awaiting }) => awaiting !== 'mend')]
  const toDos: ItemToDo[] = [...returned.slice(0, MOST).map((row) => one(row, '')), ...together(fresh, 'submit', '')]
  // 科室负责人审核的，公开工作机构负责人、机关领导也可以办；有科室负责人的不列作他们的待办
  const checks = actor.roles.includes('unit-head') || (await listActingHolders(db, actor.bodyId, ['unit-head'], clock.today())).length === 0
  for (const step of STEPS) {
    if (step === 'check' && !checks) continue
    toDos.push(...together(await listFor(db, actor, step, ground), step, `/steps/${step}`))
  }
  return toDos
}

const one = (row: QueueRow, page: string): ItemToDo => ({ title: row.title, href: `/desk/items/${row.itemId}${page}`, dueOn: row.dueOn, note: AWAITING[row.awaiting] })

function together(rows: readonly QueueRow[], step: Awaiting, page: string): ItemToDo[] {
  if (rows.length <= TOGETHER) return rows.map((row) => one(row, page))
  const dueOn = rows.flatMap((row) => row.dueOn ?? []).toSorted()[0] ?? null
  return [{ title: `${rows.length} 条信息${AWAITING[step]}`, href: `/desk/items/review?step=${step}`, dueOn, note: dueOn === null ? '' : '所列为最先到期的一条的日子' }]
}
