import type { Tx } from '../db.ts'
import './tables.ts'

/** 一组同义的说法。 */
export interface Synonym {
  synonymId: string
  words: readonly string[]
}

/** 一区至多这么多组：每次检索都要读。 */
export const MOST_SYNONYMS = 500

/** 本区自定的，先定的在前。 */
export async function listSynonyms(tx: Tx): Promise<Synonym[]> {
  const rows = await tx.selectFrom('search_synonym').select(['synonym_id', 'words']).orderBy('synonym_id').limit(MOST_SYNONYMS).execute()
  return rows.map((row) => ({ synonymId: row.synonym_id, words: row.words }))
}

/** 加一组。 */
export async function addSynonym(tx: Tx, { synonymId, words }: Synonym, at: Date): Promise<void> {
  await tx.insertInto('search_synonym').values({ synonym_id: synonymId, words: [...words], changed_at: at }).execute()
}

/** 去掉一组；本来没有的为 false。 */
export async function deleteSynonym(tx: Tx, synonymId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('search_synonym').where('synonym_id', '=', synonymId).executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
