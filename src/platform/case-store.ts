import { sql } from 'kysely'
import type { Insertable } from 'kysely'
import type { Tables, Tx } from './db.ts'
import { NotFound } from './errors.ts'
import { appendMany, read, readMany } from './timeline.ts'
import type { RecordedBy, RecordedEvent, TimelineEvent } from './timeline.ts'
import { upsertRows } from './upsert-rows.ts'

/** 一种案子怎样存：事件在哪个流，列表行在哪张表，事件怎样改变状态。`R` 为登记之后的状态。 */
export interface CaseKind<T extends keyof Tables, R, E> {
  stream: string
  table: T
  /** 表中案子的键；主键为 `body_id` 与它 */
  idColumn: keyof Tables[T] & string
  /** 怎样称呼，如「某案件」 */
  called: string
  evolve: (state: CaseState<R>, event: E) => CaseState<R>
}

export type CaseState<R> = { status: 'new' } | R

/** 载入的一件；新的版本为 0。 */
export interface LoadedCase<S> {
  bodyId: string
  caseId: string
  version: number
  /** 由台账导入的，其行键；另行登记的、表里没有行键的为 null */
  ledgerKey: string | null
  state: S
}

/** 一件要记下的事；各事的记下者与时刻不同的，逐事写明。 */
export interface CaseChange<S, E> {
  found: LoadedCase<S>
  events: readonly E[]
  recordedBy?: (event: E) => RecordedBy
}

/** 列表行：案子的键、行键与由状态得出的列。 */
type CaseRow<T extends keyof Tables> = Omit<Insertable<Tables[T]>, 'body_id' | 'version' | 'updated_at'>

const NEW = { status: 'new' } as const

/** 列表行里不由状态得出的部分。 */
interface KeptColumns {
  case_id: string
  version: number
  ledger_key: string | null
}

/** 还没有登记。 */
export const isNew = <R extends { status: string }>(state: CaseState<R>): state is { status: 'new' } => state.status === 'new'

/** 以时间线为准、列表行随之刷新的一种案子的存取。 */
export function caseStore<T extends keyof Tables, R extends { status: string }, E extends TimelineEvent>(kind: CaseKind<T, R, E>) {
  const { stream, table, idColumn, called, evolve } = kind
  const [idRef, tableRef] = [sql.ref(idColumn), sql.table(table)]

  /** 事件依次成为状态。 */
  const fold = (events: readonly E[]): CaseState<R> => events.reduce<CaseState<R>>(evolve, NEW)
  const foldHistory = (history: readonly RecordedEvent<E>[]) => fold(history.map(({ event }) => event))

  /** 还没有登记的一件。 */
  const newCase = (bodyId: string, caseId: string, ledgerKey: string | null = null): LoadedCase<CaseState<R>> => ({ bodyId, caseId, version: 0, ledgerKey, state: NEW })

  /** 一件及其时间线；没有则抛 NotFound。表须有行键 */
  async function getWithHistory(tx: Tx, bodyId: string, caseId: string): Promise<LoadedCase<R> & { history: readonly RecordedEvent<E>[] }> {
    const { rows: [row] } = await sql<KeptColumns>`
      select ${idRef} as case_id, version, ledger_key from ${tableRef} where body_id = ${bodyId} and ${idRef} = ${caseId}`.execute(tx)
    const history = row ? await read<E>(tx, { bodyId, caseId, stream }) : []
    const state = foldHistory(history)
    if (!row || isNew(state)) throw new NotFound(`该${called}`)
    return { bodyId, caseId, version: row.version, ledgerKey: row.ledger_key, state, history }
  }

  /** 按台账行键找已有的，至多 1,000 个一次；返回行键 → 载入的。表须有行键 */
  async function findByLedgerKeys(tx: Tx, bodyId: string, keys: readonly string[]): Promise<Map<string, LoadedCase<CaseState<R>>>> {
    // 逐键取：一个事务里导入许多批时，统计还是空表的，任由计划去选会把一机构的行全看一遍
    const { rows } = await sql<KeptColumns>`
      select found.* from unnest(${[...keys]}::text[]) as asked (key)
      cross join lateral (
        select ${idRef} as case_id, version, ledger_key from ${tableRef} where body_id = ${bodyId} and ledger_key = asked.key limit 1
      ) found`.execute(tx)
    const states = await loadStates(tx, bodyId, rows.map((row) => row.case_id))
    return new Map(
      rows.map(({ case_id: caseId, version, ledger_key: ledgerKey }) => [
        ledgerKey ?? '',
        { bodyId, caseId, version, ledgerKey, state: states.get(caseId) ?? NEW },
      ]),
    )
  }

  /** 重放许多件的时间线，至多 1,000 件一次；没有时间线的不在其中。 */
  async function loadStates(tx: Tx, bodyId: string, caseIds: readonly string[]): Promise<Map<string, CaseState<R>>> {
    const histories = await readMany<E>(tx, { bodyId, caseIds, stream })
    return new Map([...histories].map(([caseId, history]) => [caseId, foldHistory(history)]))
  }

  /**
   * 追加事件并刷新列表行，同一事务，可成批；没有事件的略过。返回改动的件数。版本相撞抛 `Conflict`。
   * @param toRow 由状态得出的行
   */
  async function save(
    tx: Tx,
    changes: readonly CaseChange<CaseState<R>, E>[],
    by: RecordedBy,
    toRow: (state: R, found: LoadedCase<CaseState<R>>) => CaseRow<T>,
  ): Promise<number> {
    const changed = changes.filter(({ events }) => events.length > 0)
    await appendMany(
      tx,
      stream,
      changed.map(({ found, events, recordedBy }) => ({ bodyId: found.bodyId, caseId: found.caseId, expectedVersion: found.version, events, recordedBy })),
      by,
    )
    const rows = changed.map(({ found, events }) => {
      const state = events.reduce<CaseState<R>>(evolve, found.state)
      if (isNew(state)) throw new Error(`${called}没有登记`)
      return { body_id: found.bodyId, version: found.version + events.length, updated_at: by.at, ...toRow(state, found) }
    })
    await upsertRows(tx, table, ['body_id', idColumn], rows)
    return rows.length
  }

  return { ...kind, fold, newCase, getWithHistory, findByLedgerKeys, loadStates, save }
}
