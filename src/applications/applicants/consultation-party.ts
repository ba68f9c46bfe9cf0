import '../tables.ts'
import { seal, unseal } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import { maskName } from '../../platform/mask.ts'
import type { ConsultationKind } from '../../statute/reply-clock.ts'

/** 一次征求意见的对方。 */
export interface ConsultationParty {
  name: string
  contact: string | null
}

interface Ref {
  bodyId: string
  caseId: string
  consultationId: string
}

const placeOf = ({ bodyId, caseId, consultationId }: Ref, column: 'name' | 'contact'): string => `consultation-party/${bodyId}/${caseId}/${consultationId}/${column}`

/** 记下、改正一次征求的对方，加密；时间线里只有征求的编号。 */
export async function saveParty(tx: Tx, keys: FieldKeys, ref: Ref, { name, contact }: ConsultationParty, { by, at }: { by: string; at: Date }): Promise<void> {
  const sealed = { name_sealed: seal(keys, name, placeOf(ref, 'name')), contact_sealed: contact === null ? null : seal(keys, contact, placeOf(ref, 'contact')), saved_by: by, saved_at: at }
  await tx
    .insertInto('consultation_party')
    .values({ body_id: ref.bodyId, case_id: ref.caseId, consultation_id: ref.consultationId, ...sealed })
    .onConflict((clash) => clash.columns(['body_id', 'case_id', 'consultation_id']).doUpdateSet(sealed))
    .execute()
}

/** 一件申请各次征求的对方，按征求的编号；至多 200 个。 */
export async function listParties(tx: Tx, keys: FieldKeys, bodyId: string, caseId: string): Promise<Map<string, ConsultationParty>> {
  const rows = await tx.selectFrom('consultation_party').selectAll().where('body_id', '=', bodyId).where('case_id', '=', caseId).limit(200).execute()
  return new Map(
    rows.map((row) => {
      const ref = { bodyId, caseId, consultationId: row.consultation_id }
      const contact = row.contact_sealed === null ? null : unseal(keys, row.contact_sealed, placeOf(ref, 'contact'))
      return [row.consultation_id, { name: unseal(keys, row.name_sealed, placeOf(ref, 'name')), contact }]
    }),
  )
}

/** 屏幕上的称呼：机关写全称，第三方只留首字。 */
export const partyWords = (kind: ConsultationKind, { name }: ConsultationParty): string => (kind === 'THIRD_PARTY' ? maskName(name) : name)
