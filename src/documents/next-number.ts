import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { LetterWord } from './document-number.ts'
import './tables.ts'

/**
 * 取某机构某类文书某年的下一个顺序号，自 1 起。须在成文的同一事务里取：
 * 事务提交前同类的取号都等着，事务不成则号退回，故不重号、不跳号。
 */
export async function nextNumber(tx: Tx, bodyId: string, word: LetterWord, year: number): Promise<number> {
  const { last } = await tx
    .insertInto('document_number')
    .values({ body_id: bodyId, word, year, last: 1 })
    .onConflict((conflict) => conflict.columns(['body_id', 'word', 'year']).doUpdateSet({ last: sql`document_number.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}
