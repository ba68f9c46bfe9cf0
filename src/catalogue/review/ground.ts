import { getSetting } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Clock } from '../../platform/deps.ts'
import type { ReviewWay } from '../item.ts'
import type { ItemGround } from './item-action.ts'

const WAYS = {
  CHECK: { check: true, approver: 'disclosure-head' },
  HEAD: { check: false, approver: 'disclosure-head' },
  LEADER: { check: true, approver: 'leader' },
} as const satisfies Record<string, ReviewWay>

/** 今日、此刻与本机构的两项设置：分工、审查走几步。 */
export async function getItemGround(tx: Tx, clock: Clock, bodyId: string): Promise<ItemGround> {
  const duties = await getSetting(tx, bodyId, 'separateDuties')
  const chain = await getSetting(tx, bodyId, 'itemReviewChain')
  return { today: clock.today(), now: clock.now(), separation: duties === 'TWO' ? 'two-persons' : 'three-persons', way: WAYS[chain] }
}
