import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { PERMISSIONS, listHolders, listStandIns, standsInFor } from '../../identity/index.ts'
import type { AccountActor, Role } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { RecordViewer } from '../../platform/record-source.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

const READERS: ReadonlySet<Role> = new Set([...PERMISSIONS['complaint.read'].own, ...PERMISSIONS['complaint.read'].district])

/** 谁在看：本人；只凭委托才看得到投诉的，另写委托他的各人。 */
export const viewerOf = (actor: AccountActor): RecordViewer => ({
  accountId: actor.accountId,
  standsFor: standsInFor(actor, 'complaint.read') === null ? [] : (actor.acting ?? []).filter(({ roles }) => roles.some((role) => READERS.has(role))).map(({ from }) => from),
})

/** 须回避：本人须回避；只凭委托的，委托他的各人都须回避。 */
export const isBarred = ({ accountId, standsFor }: RecordViewer, barred: readonly string[]): boolean =>
  barred.includes(accountId) || (standsFor.length > 0 && standsFor.every((from) => barred.includes(from)))

/** 看的人不须回避的，作为查询的条件；与 `isBarred` 同一规则。 */
export const notBarred = ({ accountId, standsFor }: RecordViewer): RawBuilder<unknown> =>
  standsFor.length === 0 ? sql`not (barred @> array[${accountId}]::uuid[])` : sql`not (barred @> array[${accountId}]::uuid[] or barred @> ${[...standsFor]}::uuid[])`

/** 某机构此日可以行使所列岗位之一而不须回避的账号；代行的，委托他的人须回避，他也须回避。 */
export async function listFree(tx: Tx, bodyId: string, roles: readonly Role[], today: PlainDate, barred: readonly string[]): Promise<string[]> {
  const lent = (await listStandIns(tx, bodyId, roles, today)).filter(({ from }) => !barred.includes(from)).map(({ to }) => to)
  return [...new Set([...(await listHolders(tx, bodyId, roles)).keys(), ...lent])].filter((account) => !barred.includes(account))
}
