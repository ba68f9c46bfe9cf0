import { listBodies } from '../../bodies/index.ts'
import { listHolders } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'

/** 主管部门里能审核报送的人。 */
export interface Reviewer {
  accountId: string
  name: string
  /** 其所在的机构，通知发到那里 */
  bodyId: string
}

/** 各主管部门持有「区政务公开办」岗位的在用账号，按姓名排。 */
export async function listReviewers(tx: Tx): Promise<Reviewer[]> {
  const offices = (await listBodies(tx)).filter(({ kind }) => kind === 'district-office')
  const found: Reviewer[] = []
  for (const { bodyId } of offices)
    for (const [accountId, name] of await listHolders(tx, bodyId, ['district-office'])) found.push({ accountId, name, bodyId })
  return found
}
