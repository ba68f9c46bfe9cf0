import './tables.ts'
import { sealBytes, unsealBytes } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Elsewhere } from './complaint.ts'

export type TextKind = 'content' | 'accused' | 'supply' | 'feedback'

/** 反映人所写的一段。 */
export interface ComplaintText {
  textId: string
  kind: TextKind
  text: string
  at: Date
}

/** 反映的内容至多几个字；补充、反馈的意见更短。 */
export const MOST_TEXT = { content: 5000, accused: 200, supply: 3000, feedback: 500 } as const satisfies Record<TextKind, number>
/** 一件至多几段 */
export const MOST_TEXTS = 50

const placeOf = ({ bodyId, complaintId }: Elsewhere, textId: string): string => `complaint-text/${bodyId}/${complaintId}/${textId}`

export async function insertText(tx: Tx, keys: FieldKeys, ref: Elsewhere, { textId, kind, text }: Omit<ComplaintText, 'at'>, at: Date): Promise<void> {
  const row = { body_id: ref.bodyId, complaint_id: ref.complaintId, text_id: textId, kind, text_sealed: sealBytes(keys, Buffer.from(text), placeOf(ref, textId)), saved_at: at }
  await tx.insertInto('complaint_text').values(row).onConflict((clash) => clash.columns(['body_id', 'complaint_id', 'text_id']).doNothing()).execute()
}

/** 一件里反映人所写的各段，先写的在前。 */
export async function listTexts(tx: Tx, keys: FieldKeys, ref: Elsewhere): Promise<ComplaintText[]> {
  const rows = await tx.selectFrom('complaint_text').selectAll().where('body_id', '=', ref.bodyId).where('complaint_id', '=', ref.complaintId).orderBy('saved_at').orderBy('text_id').limit(MOST_TEXTS + 5).execute()
  return rows.map((row) => ({ textId: row.text_id, kind: row.kind, text: unsealBytes(keys, row.text_sealed, placeOf(ref, row.text_id)).toString('utf8'), at: row.saved_at }))
}

export async function countTexts(tx: Tx, ref: Elsewhere): Promise<number> {
  const { n } = await tx.selectFrom('complaint_text').select((eb) => eb.fn.countAll<number>().as('n')).where('body_id', '=', ref.bodyId).where('complaint_id', '=', ref.complaintId).executeTakeFirstOrThrow()
  return n
}
