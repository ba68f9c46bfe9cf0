import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { Conflict } from '../../platform/errors.ts'
import { isLetterId } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'

/** 一处改过的用语；`text` 为 null 的又恢复了默认。 */
export interface OwnWording {
  letter: LetterId
  part: string
  text: string | null
  version: number
  by: string
  at: Date
}

/** 每种文书里本机关自己的话。 */
export type Wordings = Readonly<Partial<Record<LetterId, Readonly<Record<string, string>>>>>

const MOST = 200

/** 一机构改过的各处，连同又恢复默认的。 */
export async function listOwnWordings(tx: Tx, bodyId: string): Promise<OwnWording[]> {
  const rows = await tx.selectFrom('letter_wording').selectAll().where('body_id', '=', bodyId).orderBy('letter').orderBy('part').limit(MOST).execute()
  return rows.flatMap(({ letter, part, text, version, changed_by: by, changed_at: at }) => (isLetterId(letter) ? [{ letter, part, text, version, by, at }] : []))
}

/** 一机构各种文书自己的话，拟文书时用。 */
export const getWordings = async (tx: Tx, bodyId: string): Promise<Wordings> => toWordings(await listOwnWordings(tx, bodyId))

export function toWordings(own: readonly OwnWording[]): Wordings {
  const wordings: Partial<Record<LetterId, Record<string, string>>> = {}
  for (const { letter, part, text } of own) if (text !== null) wordings[letter] = { ...wordings[letter], [part]: text }
  return wordings
}

/** 存下一处；`seen` 为所见的版本，没有改过的为 0。他人已先改的抛 `Conflict`。 */
export async function saveWording(tx: Tx, { bodyId, letter, part, text, seen, by, at }: { bodyId: string; letter: LetterId; part: string; text: string | null; seen: number; by: string; at: Date }): Promise<void> {
  const row = { body_id: bodyId, letter, part, text, version: seen + 1, changed_by: by, changed_at: at }
  const saved = await tx
    .insertInto('letter_wording')
    .values(row)
    .onConflict((oc) => oc.columns(['body_id', 'letter', 'part']).doUpdateSet({ text, version: row.version, changed_by: by, changed_at: at }).where(sql<boolean>`letter_wording.version = ${seen}`))
    .returning('version')
    .executeTakeFirst()
  if (saved === undefined) throw new Conflict(seen, seen + 1)
}
