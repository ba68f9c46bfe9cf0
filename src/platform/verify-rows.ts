import { sql } from 'kysely'
import { isNew } from './case-store.ts'
import type { CaseKind, CaseState } from './case-store.ts'
import type { Db, Tables } from './db.ts'
import { readMany } from './timeline.ts'
import type { TimelineEvent } from './timeline.ts'
import type { Problem } from './verify.ts'

const PAGE = 500

type KeptRow = Readonly<Record<string, unknown>> & { body_id: string; case_id: string; version: number }

/**
 * 重放时间线，与表里的行逐列比对；按主键分页，不论有多少。
 * @param kind 哪一种案子（`caseStore` 所得）
 * @param toRow 由状态得出的列；没有给出的列不比
 */
export async function* verifyRows<T extends keyof Tables, R extends { status: string }, E extends TimelineEvent>(
  db: Db,
  kind: CaseKind<T, R, E> & { fold: (events: readonly E[]) => CaseState<R> },
  toRow: (state: R) => object,
): AsyncIterable<Problem> {
  let after: KeptRow | undefined
  for (;;) {
    const kept: KeptRow[] = await pageAfter(db, kind, after)
    for (const [bodyId, group] of Map.groupBy(kept, (row) => row.body_id)) {
      const histories = await readMany<E>(db, { bodyId, caseIds: group.map((row) => row.case_id), stream: kind.stream })
      for (const row of group) {
        const events = (histories.get(row.case_id) ?? []).map((recorded) => recorded.event)
        const state = kind.fold(events)
        const wrong = isNew(state) ? '有行而没有时间线' : compare(row, events.length, Object.entries(toRow(state)))
        if (wrong) yield { where: `${kind.stream} ${bodyId}/${row.case_id}`, message: wrong }
      }
    }
    if (kept.length < PAGE) return
    after = kept.at(-1)
  }
}

async function pageAfter(db: Db, { table, idColumn }: { table: string; idColumn: string }, after: KeptRow | undefined): Promise<KeptRow[]> {
  const key = sql`(body_id, ${sql.ref(idColumn)})`
  const further = after ? sql`where ${key} > (${after.body_id}, ${after.case_id})` : sql``
  const { rows } = await sql<KeptRow>`
    select *, ${sql.ref(idColumn)} as case_id from ${sql.table(table)} ${further}
    order by body_id, ${sql.ref(idColumn)} limit ${PAGE}`.execute(db)
  return rows
}

function compare(row: KeptRow, events: number, rebuilt: readonly [string, unknown][]): string | null {
  if (row.version !== events) return `行为第 ${row.version} 版，时间线有 ${events} 条`
  const different = rebuilt.find(([column, value]) => JSON.stringify(value) !== JSON.stringify(row[column]))
  return different === undefined ? null : `行的 ${different[0]} 与时间线重放所得不同`
}
