import { getCalendar } from '../../bodies/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { litigationStore } from '../litigation-store.ts'
import { reviewStore } from '../review-store.ts'
import { dueOf, listPendingDuties } from './duty-store.ts'

/** 载入节假日通知之后，重算一机构没有办完的各项的届满之日。可以重办。返回移动了几项。 */
export function recomputeDuties({ db }: Pick<Deps, 'db'>, bodyId: string): Promise<number> {
  return transaction(db, async (tx) => {
    const calendar = await getCalendar(tx)
    const pending = await listPendingDuties(tx, bodyId)
    const idsOf = (kind: 'review' | 'litigation') => [...new Set(pending.filter(({ caseKind }) => caseKind === kind).map(({ caseId }) => caseId))]
    const states = [...(await reviewStore.loadStates(tx, bodyId, idsOf('review'))).values(), ...(await litigationStore.loadStates(tx, bodyId, idsOf('litigation'))).values()]
    const duties = new Map(states.flatMap((state) => (state.status === 'new' ? [] : state.duties.map((duty) => [duty.id, duty] as const))))
    let moved = 0
    for (const { dutyId, dueOn } of pending) {
      const duty = duties.get(dutyId)
      if (duty === undefined || dueOf(duty, calendar) === dueOn) continue
      await tx.updateTable('dispute_duty').set({ due_on: dueOf(duty, calendar) }).where('body_id', '=', bodyId).where('duty_id', '=', dutyId).execute()
      moved += 1
    }
    return moved
  })
}
