import { z } from 'zod'
import { getDelegation, listDisplayNames } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { notify } from './notify.ts'

const HREF = '/desk/account/delegation'

export const delegationRef = z.object({ bodyId: z.uuid(), delegationId: z.uuid() })

/** 告诉受托人有了委托；提前终止的，告诉另一方（安全管理员终止的，双方）。可以重办。 */
export async function tellDelegation({ db, clock }: Deps, ref: z.infer<typeof delegationRef>): Promise<void> {
  await transaction(db, async (tx) => {
    const found = await getDelegation(tx, ref)
    const { bodyId, delegationId, from, to, startsOn, endsOn, endedBy } = found
    const names = await listDisplayNames(tx, [from, to])
    const at = clock.now()
    const days = `${startsOn} 至 ${endsOn}`
    if (endedBy === null) {
      await notify(tx, { bodyId, at, accounts: [to], key: `delegation/${delegationId}/made`, title: `${names.get(from) ?? ''}委托您代行岗位`, note: `${days}。期内您可以办委托人的事，办的各步记明代谁。`, href: HREF })
      return
    }
    await notify(tx, { bodyId, at, accounts: [from, to], except: endedBy, key: `delegation/${delegationId}/ended`, title: `${names.get(from) ?? ''}给${names.get(to) ?? ''}的委托已终止`, note: `原定 ${days}，自现在起不再代行。`, href: HREF })
  })
}
