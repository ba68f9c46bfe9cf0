import './tables.ts'
import { plainCode, plainRegNo } from '../../applications/index.ts'
import { keyedHash } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Elsewhere } from './complaint.ts'

const hashOf = (keys: FieldKeys, code: string): Buffer => keyedHash(keys, 'complaint-access', plainCode(code))

/** 存下查询码的摘要；已有的不动。 */
export async function insertCode(tx: Tx, keys: FieldKeys, { bodyId, complaintId }: Elsewhere, code: string, at: Date): Promise<void> {
  await tx
    .insertInto('complaint_access')
    .values({ body_id: bodyId, complaint_id: complaintId, code_hash: hashOf(keys, code), created_at: at })
    .onConflict((clash) => clash.columns(['body_id', 'complaint_id']).doNothing())
    .execute()
}

/** 这一件的查询码是不是它。 */
export async function isCodeOf(tx: Tx, keys: FieldKeys, { bodyId, complaintId }: Elsewhere, code: string): Promise<boolean> {
  const row = await tx.selectFrom('complaint_access').select('code_hash').where('body_id', '=', bodyId).where('complaint_id', '=', complaintId).executeTakeFirst()
  return row !== undefined && row.code_hash.equals(hashOf(keys, code))
}

/** 凭登记号与查询码找到一件；不符的为 null。先按查询码的摘要找，登记号错与查询码错所办的一样。 */
export async function findByCode(tx: Tx, keys: FieldKeys, { regNo, code }: { regNo: string; code: string }): Promise<Elsewhere | null> {
  const rows = await tx
    .selectFrom('complaint_access as x')
    .innerJoin('complaint as c', (join) => join.onRef('c.body_id', '=', 'x.body_id').onRef('c.complaint_id', '=', 'x.complaint_id'))
    .select(['c.body_id as bodyId', 'c.complaint_id as complaintId', 'c.reg_no as regNo'])
    .where('x.code_hash', '=', hashOf(keys, code))
    .limit(10)
    .execute()
  const found = rows.find((row) => plainRegNo(row.regNo) === plainRegNo(regNo))
  return found === undefined ? null : { bodyId: found.bodyId, complaintId: found.complaintId }
}
