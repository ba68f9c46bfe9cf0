import './tables.ts'
import { seal, unseal } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Elsewhere } from './complaint.ts'

/** 反映人；没有留的为空串。只在需要时读出，读取须有许可、有事由并留痕。 */
export interface Complainant {
  name: string
  phone: string
  mail: string
  address: string
}

export const COMPLAINANT_FIELDS = { name: '姓名、名称', phone: '联系电话', mail: '电子邮箱', address: '联系地址' } as const satisfies Record<keyof Complainant, string>

const placeOf = ({ bodyId, complaintId }: Elsewhere): string => `complaint-person/${bodyId}/${complaintId}`

/** 什么都没有留。 */
export const isAnonymous = (person: Complainant): boolean => Object.values(person).every((text) => text === '')

export async function insertComplainant(tx: Tx, keys: FieldKeys, ref: Elsewhere, person: Complainant, at: Date): Promise<void> {
  if (isAnonymous(person)) return
  await tx.insertInto('complaint_person').values({ body_id: ref.bodyId, complaint_id: ref.complaintId, person_sealed: seal(keys, JSON.stringify(person), placeOf(ref)), saved_at: at }).execute()
}

/** 反映人的明文；匿名的为 null，密文被动过抛 `SealBroken`。 */
export async function findComplainant(tx: Tx, keys: FieldKeys, ref: Elsewhere): Promise<Complainant | null> {
  const row = await tx.selectFrom('complaint_person').select('person_sealed').where('body_id', '=', ref.bodyId).where('complaint_id', '=', ref.complaintId).executeTakeFirst()
  // 由本系统写入、带校验的密文，其形可信
  return row === undefined ? null : (JSON.parse(unseal(keys, row.person_sealed, placeOf(ref))) as Complainant)
}
