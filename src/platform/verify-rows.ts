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
    if (kept.length < PAGE) break
    after = kept.at(-1)
  }
  yield* verifyNoneLost(db, kind)
}

/** 有时间线而行不见了的案子：行被删去，列表、计数里就没有它。 */
export async function* verifyNoneLost(db: Db, kind: { stream: string; table: string; idColumn: string }): AsyncIterable<Problem> {
  const { rows } = await sql<{ body_id: string; case_id: string }>`
    select body_id, case_id from timeline_event e
    where stream = ${kind.stream} and version = 1 and not exists (
      select 1 from ${sql.table(kind.table)} t where t.body_id = e.body_id and t.${sql.ref(kind.idColumn)} = e.case_id)
    order by body_id, case_id limit ${PAGE}`.execute(db)
  for (const row of rows) yield { where: `${kind.stream} ${row.body_id}/${row.case_id}`, message: '有时间线而没有行' }
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
