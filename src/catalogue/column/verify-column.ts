import './tables.ts'
import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { Problem } from '../../platform/verify.ts'
import { hashPart } from './column-content.ts'

const PAGE = 500
const FIRST = '00000000-0000-0000-0000-000000000000'

/** 专栏的各版：内容与批准时的摘要相符。按主键分页。 */
export async function* verifyColumn(db: Db): AsyncIterable<Problem> {
  for (let after = { body: FIRST, id: FIRST }; ; ) {
    const rows = await db
      .selectFrom('column_version')
      .select(['body_id', 'version_id', 'part', 'content', 'content_hash'])
      .where(sql<boolean>`(body_id, version_id) > (${after.body}::uuid, ${after.id}::uuid)`)
      .orderBy('body_id')
      .orderBy('version_id')
      .limit(PAGE)
      .execute()
    for (const row of rows) if (hashPart(row.part, row.content) !== row.content_hash) yield { where: `专栏 ${row.body_id}/${row.version_id}`, message: '内容与所记的摘要不符' }
    const last = rows.at(-1)
    if (rows.length < PAGE || last === undefined) return
    after = { body: last.body_id, id: last.version_id }
  }
}
