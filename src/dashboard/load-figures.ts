import { countOpenByBody, sumTallies, sumTalliesByMonth } from '../applications/index.ts'
import { countDueByBody, countPublishedByBody, countPublishedByMonth } from '../catalogue/index.ts'
import type { Tx } from '../platform/db.ts'
import { countDisputesByBody } from '../reviews/index.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { RecordViewer } from '../platform/record-source.ts'
import { countComplaintsByBody } from '../supervision/index.ts'
import { noFigures, type Figures, type Standing } from './figures.ts'

interface Scope {
  bodyIds: readonly string[]
  from: PlainDate
  to: PlainDate
  /** 看的人的账号：须回避的投诉不计 */
  viewer: RecordViewer
  /** 至这一日已撤回的信息不计；不写则同 `to` */
  asOf?: PlainDate
}

/**
 * 各机关自年初的各数：申请的逐日件数、公开的条数、表四、投诉各一次查询，不论几个机关；
 * 与有多少件申请无关（只读逐日件数），公开的条数只读索引。
 */
export async function loadFigures(tx: Tx, { bodyIds, from, to, viewer, asOf = to }: Scope): Promise<Map<string, Figures>> {
  const figures = new Map(bodyIds.map((bodyId) => [bodyId, noFigures()]))
  const of = (bodyId: string): Figures => figures.get(bodyId) ?? noFigures()
  for (const { bodyId, what, n } of await sumTallies(tx, { bodyIds, from, to })) {
    if (what === 'R1') of(bodyId).received = n
    else if (what === 'late') of(bodyId).late = n
    else of(bodyId).outcomes[what] = n
  }
  for (const [bodyId, n] of await countPublishedByBody(tx, { bodyIds, from, to, asOf })) of(bodyId).published = n
  for (const [bodyId, counts] of await countDisputesByBody(tx, { bodyIds, from, to })) of(bodyId).disputes = counts
  for (const [bodyId, n] of await countComplaintsByBody(tx, { bodyIds, viewer, from, to })) of(bodyId).complaints = n
  return figures
}

/** 各机关此刻在办、逾期、待公开的；各走只含未决、未公开的索引。 */
export async function loadStandings(tx: Tx, bodyIds: readonly string[], today: PlainDate): Promise<Map<string, Standing>> {
  const open = await countOpenByBody(tx, bodyIds, today)
  const due = await countDueByBody(tx, bodyIds, today)
  return new Map(
    bodyIds.map((bodyId) => {
      const { due: waiting = 0, late = 0, publishedLate = 0 } = due.get(bodyId) ?? {}
      return [bodyId, { open: open.get(bodyId)?.open ?? 0, overdue: open.get(bodyId)?.overdue ?? 0, due: waiting, dueLate: late, publishedLate }]
    }),
  )
}

/** 一月的三个数：收到、办结、公开。 */
export interface Month {
  received: number
  decided: number
  published: number
}

/** 这些机关合计，一至十二月；期外的月份为零。 */
export async function loadMonths(tx: Tx, { bodyIds, from, to }: Omit<Scope, 'viewer'>): Promise<Month[]> {
  const tallies = await sumTalliesByMonth(tx, { bodyIds, from, to })
  const published = await countPublishedByMonth(tx, { bodyIds, from, to })
  return Array.from({ length: 12 }, (_, i) => {
    const sum = (what: 'R1' | 'R3'): number => tallies.find((row) => row.month === i + 1 && row.what === what)?.n ?? 0
    return { received: sum('R1'), decided: sum('R3'), published: published.get(i + 1) ?? 0 }
  })
}
