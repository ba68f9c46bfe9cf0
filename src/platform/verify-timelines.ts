import { sql } from 'kysely'
import type { Db } from './db.ts'
import { hashOf } from './timeline.ts'
import type { TimelineRow } from './timeline.ts'
import type { Problem } from './verify.ts'

const PAGE = 2000

/** 逐条重算全部时间线的 hash，并查版本是否相连；按主键分页，不论有多少。 */
export async function* verifyTimelines({ db }: { db: Db }): AsyncIterable<Problem> {
  let last: TimelineRow | null = null
  let broken: string | null = null
  for (;;) {
    const rows = await page(db, last)
    for (const row of rows) {
      const same: TimelineRow | null = last && last.body_id === row.body_id && last.case_id === row.case_id ? last : null
      const problem = row.case_id === broken ? null : check(row, same)
      // 一件案子只报首个不对的地方
      if (problem) broken = row.case_id
      if (problem) yield { where: `${row.stream} ${row.body_id}/${row.case_id} 第 ${row.version} 条`, message: problem }
      last = row
    }
    if (rows.length < PAGE) return
  }
}

function check(row: TimelineRow, previous: TimelineRow | null): string | null {
  const expected = (previous?.version ?? 0) + 1
  if (row.version !== expected) return `缺第 ${expected} 条`
  if (previous && previous.stream !== row.stream) return `流名由 ${previous.stream} 变为 ${row.stream}`
  return hashOf(previous?.hash ?? null, row).equals(row.hash) ? null : '内容与所记的 hash 不符'
}

function page(db: Db, after: TimelineRow | null): Promise<TimelineRow[]> {
  const query = db.selectFrom('timeline_event').selectAll().orderBy('body_id').orderBy('case_id').orderBy('version').limit(PAGE)
  if (!after) return query.execute()
  return query
    .where(sql<boolean>`(body_id, case_id, version) > (${after.body_id}::uuid, ${after.case_id}::uuid, ${after.version}::int)`)
    .execute()
}
