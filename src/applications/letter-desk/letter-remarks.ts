import '../tables.ts'
import { seal, unseal } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import { newId } from '../../platform/id.ts'

/** 文书往返的一句意见。 */
export interface LetterRemark {
  kind: 'returned' | 'resubmitted'
  text: string
  by: string
  at: Date
}

const MOST = 100
const placeOf = (bodyId: string, remarkId: string): string => `application-letter-remark/${bodyId}/${remarkId}`

export async function insertRemark(tx: Tx, keys: FieldKeys, { bodyId, letterId }: { bodyId: string; letterId: string }, { kind, text, by, at }: LetterRemark): Promise<void> {
  const remark_id = newId()
  await tx
    .insertInto('application_letter_remark')
    .values({ body_id: bodyId, remark_id, letter_id: letterId, kind, remark_sealed: seal(keys, text, placeOf(bodyId, remark_id)), made_by: by, made_at: at })
    .execute()
}

/** 一件文书往返的意见，先说的在先；至多 100 条。 */
export async function listRemarks(tx: Tx, keys: FieldKeys, bodyId: string, letterId: string): Promise<LetterRemark[]> {
  const rows = await tx.selectFrom('application_letter_remark').selectAll().where('body_id', '=', bodyId).where('letter_id', '=', letterId).orderBy('remark_id').limit(MOST).execute()
  return rows.map((row) => ({ kind: row.kind, text: unseal(keys, row.remark_sealed, placeOf(bodyId, row.remark_id)), by: row.made_by, at: row.made_at }))
}
