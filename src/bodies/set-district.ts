import { WHOLE_DISTRICT, record } from '../audit/index.ts'
import { requirePermission } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import type { District } from './queries.ts'

/** 设定本区的代码、名称、区人民政府与政府信息公开工作主管部门。 */
export function setDistrict(deps: Deps, actor: Actor, district: District): Promise<void> {
  requirePermission(actor, 'body.manage')
  return transaction(deps.db, async (tx) => {
    await tx
      .insertInto('district')
      .values({ id: 1, ...district })
      .onConflict((oc) => oc.column('id').doUpdateSet(district))
      .execute()
    await record(tx, actor, 'district.changed', { bodyId: WHOLE_DISTRICT, target: district.code })
  })
}
