import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { NotFound } from '../platform/errors.ts'
import { appendMany, read, readMany } from '../platform/timeline.ts'
import type { RecordedBy, RecordedEvent } from '../platform/timeline.ts'
import { evolveCount, foldCount } from './yearly-count.ts'
import type { CountEvent, CountFacts, CountState, Matter } from './yearly-count.ts'

export const COUNT_STREAM = 'yearly-count'

export interface LoadedCount {
  bodyId: string
  countId: string
  version: number
  state: CountState
}

/** 一项及其时间线；没有则抛 NotFound。 */
export async function getYearlyCount(
  tx: Tx,
  bodyId: string,
  countId: string,
): Promise<LoadedCount & { history: readonly RecordedEvent<CountEvent>[] }> {
  const history = await read<CountEvent>(tx, { bodyId, caseId: countId, stream: COUNT_STREAM })
  if (history.length === 0) throw new NotFound('该项年度数据')
  const state = foldCount(history.map((recorded) => recorded.event))
  return { bodyId, countId, version: history.length, state, history }
}

export const countKey = (facts: { year: number; matter: Matter; source: string }): string =>
  `${facts.year}|${facts.matter}|${facts.source}`

/** 若干年份里已记的各项，键见 countKey。 */
export async function findCountsOfYears(
  tx: Tx,
  bodyId: string,
  years: readonly number[],
): Promise<Map<string, LoadedCount>> {
  const rows = await tx
    .selectFrom('yearly_count')
    .select(['count_id', 'version', 'year', 'matter', 'source'])
    .where('body_id', '=', bodyId)
    .where('year', '=', sql<number>`any(${[...years]}::int[])`)
    .execute()
  const found = new Map<string, LoadedCount>()
  for (let from = 0; from < rows.length; from += 1000) {
    const batch = rows.slice(from, from + 1000)
    const caseIds = batch.map((row) => row.count_id)
    const histories = await readMany<CountEvent>(tx, { bodyId, caseIds, stream: COUNT_STREAM })
    for (const row of batch) {
      const state = foldCount((histories.get(row.count_id) ?? []).map((recorded) => recorded.event))
      found.set(countKey(row), { bodyId, countId: row.count_id, version: row.version, state })
    }
  }
  return found
}

/** 追加事件并刷新行，同一事务，可成批（至多 1,000 项）；返回改动的项数。 */
export async function saveCounts(
  tx: Tx,
  changes: readonly { found: LoadedCount; events: readonly CountEvent[] }[],
  by: RecordedBy,
): Promise<number> {
  const changed = changes.filter(({ events }) => events.length > 0)
  if (changed.length === 0) return 0
  await appendMany(
    tx,
    COUNT_STREAM,
    changed.map(({ found, events }) => ({ bodyId: found.bodyId, caseId: found.countId, expectedVersion: found.version, events })),
    by,
  )
  const rows = changed.map(({ found, events }) => {
    const state = events.reduce((so, event) => evolveCount(so, event), found.state)
    if (state.status === 'new') throw new Error('年度数据没有登记')
    return {
      body_id: found.bodyId,
      count_id: found.countId,
      version: found.version + events.length,
      updated_at: by.at,
      ...toCountRow(state),
    }
  })
  await tx
    .insertInto('yearly_count')
    .values(rows)
    .onConflict((oc) =>
      oc.columns(['body_id', 'count_id']).doUpdateSet((eb) => ({
        version: eb.ref('excluded.version'),
        amount: eb.ref('excluded.amount'),
        evidence: eb.ref('excluded.evidence'),
        withdrawn: eb.ref('excluded.withdrawn'),
        updated_at: eb.ref('excluded.updated_at'),
      })),
    )
    .execute()
  return rows.length
}

/** 由状态得出的列；校验时据此与行比对。 */
export const toCountRow = (state: { status: 'recorded' | 'withdrawn' } & CountFacts) => ({
  year: state.year,
  matter: state.matter,
  source: state.source,
  amount: state.amount,
  evidence: state.evidence,
  withdrawn: state.status === 'withdrawn',
})
