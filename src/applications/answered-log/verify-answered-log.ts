import './tables.ts'
import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { Problem } from '../../platform/verify.ts'
import { hashOf } from './answered-request.ts'

const PAGE = 500
const FIRST = '00000000-0000-0000-0000-000000000000'

/** 公布过的各条：内容与批准时的摘要相符。按主键分页。 */
export async function* verifyAnsweredLog({ db }: { db: Db }): AsyncIterable<Problem> {
  for (let after = { body: FIRST, entry: FIRST }; ; ) {
    const rows = await db
      .selectFrom('answered_request')
      .select(['body_id', 'entry_id', 'title', 'asked', 'answer', 'attachments', 'content_hash'])
      .where(sql<boolean>`(body_id, entry_id) > (${after.body}::uuid, ${after.entry}::uuid)`)
      .orderBy('body_id')
      .orderBy('entry_id')
      .limit(PAGE)
      .execute()
    for (const row of rows) if (hashOf(row) !== row.content_hash) yield { where: `公布的答复 ${row.body_id}/${row.entry_id}`, message: '内容与所记的摘要不符' }
    const last = rows.at(-1)
    if (rows.length < PAGE || last === undefined) return
    after = { body: last.body_id, entry: last.entry_id }
  }
}
