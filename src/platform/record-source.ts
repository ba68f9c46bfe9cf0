import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Tx } from './db.ts'

/** 数到的一条记录，合不合要求各是一条。 */
export interface CheckedRecord {
  recordId: string
  /** 登记号、索引号之类，不写个人信息 */
  label: string
  note: string
  /** 有关的日子 */
  on: string | null
  good: boolean
}

/** 看记录的人：账号；只凭委托才看得到的，另写委托他的各人（都须回避的，他也须回避）。 */
export interface RecordViewer {
  accountId: string
  standsFor: readonly string[]
}

/** 一段日子里若干机构的记录，两头都在内；`today` 之后的不算。 */
export interface SourceScope {
  bodyIds: readonly string[]
  from: string
  to: string
  today: string
  /** 看的人：须回避的记录不列给他；不写即全列（计分、摘要） */
  viewer?: RecordViewer
}

export interface CheckedSum {
  total: number
  good: number
}

/** 一种可以数的记录：数与所数的逐条出自同一处，点开必是所数的那些。 */
export interface RecordSource {
  /** 各机构的数；没有记录的机构不在其中 */
  count: (tx: Tx, scope: SourceScope) => Promise<Map<string, CheckedSum>>
  /** 一机构的逐条，不合要求的在前；`limit` 至多 1,000 */
  list: (tx: Tx, scope: Omit<SourceScope, 'bodyIds'> & { bodyId: string }, page: { limit: number; offset: number }) => Promise<CheckedRecord[]>
  /** 所给的记录里，`viewer` 须回避、不得看到的；没有回避一说的不设 */
  hiddenFrom?: (tx: Tx, asked: { bodyId: string; viewer: RecordViewer; recordIds: readonly string[] }) => Promise<ReadonlySet<string>>
}

/** 由一句查询得出；查询给出 body_id、record_id、label、note、on_day、good 六列，已经限于所给的机构与日子。 */
export function sqlSource(select: (scope: SourceScope) => RawBuilder<unknown>): RecordSource {
  return {
    count: async (tx, scope) => {
      const { rows } = await sql<{ bodyId: string; total: number; good: number }>`
        select body_id as "bodyId", count(*) as total, count(*) filter (where good) as good from (${select(scope)}) counted group by 1`.execute(tx)
      return new Map(rows.map(({ bodyId, total, good }) => [bodyId, { total, good }]))
    },
    list: async (tx, { bodyId, ...rest }, { limit, offset }) => {
      const { rows } = await sql<CheckedRecord>`
        select record_id as "recordId", label, note, on_day as "on", good from (${select({ ...rest, bodyIds: [bodyId] })}) counted
        order by good, on_day nulls last, record_id limit ${Math.min(limit, 1000)} offset ${offset}`.execute(tx)
      return rows
    },
  }
}

/** 由程序算出的逐条得出，每机构以十计、以百计的才可用；`load` 一次取齐各机构。 */
export function listSource(load: (tx: Tx, scope: SourceScope) => Promise<ReadonlyMap<string, readonly CheckedRecord[]>>): RecordSource {
  return {
    count: async (tx, scope) => new Map([...(await load(tx, scope))].map(([bodyId, records]) => [bodyId, { total: records.length, good: records.filter(({ good }) => good).length }])),
    list: async (tx, { bodyId, ...rest }, { limit, offset }) => {
      const records = (await load(tx, { ...rest, bodyIds: [bodyId] })).get(bodyId) ?? []
      return records.toSorted(byGood).slice(offset, offset + Math.min(limit, 1000))
    },
  }
}

const byGood = (a: CheckedRecord, b: CheckedRecord): number => Number(a.good) - Number(b.good) || (a.on ?? '9').localeCompare(b.on ?? '9') || (a.recordId < b.recordId ? -1 : 1)
