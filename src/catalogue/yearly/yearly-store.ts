import '../tables.ts'
import { sql } from 'kysely'
import { caseStore } from '../../platform/case-store.ts'
import type { CaseChange, LoadedCase } from '../../platform/case-store.ts'
import type { Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import { read } from '../../platform/timeline.ts'
import type { RecordedBy, RecordedEvent } from '../../platform/timeline.ts'
import { evolveCount } from './yearly-count.ts'
import type { CountEvent, CountState, Matter, YearlyCount } from './yearly-count.ts'

export const countStore = caseStore<'yearly_count', YearlyCount, CountEvent>({
  stream: 'yearly-count',
  table: 'yearly_count',
  idColumn: 'count_id',
  called: '年度数据',
  evolve: evolveCount,
})

export type LoadedCount = LoadedCase<CountState>

export const newCount = countStore.newCase

/** 一项及其时间线；没有则抛 NotFound。 */
export async function getYearlyCount(
  tx: Tx,
  bodyId: string,
  countId: string,
): Promise<LoadedCase<YearlyCount> & { history: readonly RecordedEvent<CountEvent>[] }> {
  const history = await read<CountEvent>(tx, { bodyId, caseId: countId, stream: countStore.stream })
  const state = countStore.fold(history.map(({ event }) => event))
  if (state.status === 'new') throw new NotFound('该项年度数据')
  return { ...newCount(bodyId, countId), version: history.length, state, history }
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
    const states = await countStore.loadStates(tx, bodyId, batch.map((row) => row.count_id))
    for (const row of batch) {
      const state = states.get(row.count_id)
      if (state) found.set(countKey(row), { ...newCount(bodyId, row.count_id), version: row.version, state })
    }
  }
  return found
}

/** 追加事件并刷新行，同一事务，可成批；返回改动的项数。 */
export const saveCounts = (tx: Tx, changes: readonly CaseChange<CountState, CountEvent>[], by: RecordedBy): Promise<number> =>
  countStore.save(tx, changes, by, (count, { caseId }) => ({ count_id: caseId, ...toCountRow(count) }))

/** 由状态得出的列；校验时据此与行比对。 */
export const toCountRow = (state: YearlyCount) => ({
  year: state.year,
  matter: state.matter,
  source: state.source,
  amount: state.amount,
  evidence: state.evidence,
  withdrawn: state.status === 'withdrawn',
})
