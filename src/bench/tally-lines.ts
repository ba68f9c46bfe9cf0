import { sql } from 'kysely'
import { countForReport } from '../applications/index.ts'
import { listCellRecords, takeSnapshot } from '../annual-report/testing.ts'
import type { Db } from '../platform/db.ts'
import { parseListQuery } from '../platform/html/index.ts'
import type { Line, Section } from './line.ts'
import { wallMs } from './measure.ts'
import { YEAR, type BigBody, type World } from './world.ts'

const TODAY = `${YEAR + 1}-01-15`
const END = `${YEAR}-12-31`
const LIMITS = { small: 50, big: 2000 } as const

/** 数报告：表三，整份报告（表二、三、四与正文所用的数），与一格背后的记录。钟表时间，含数据库。 */
export async function tallyLines({ deps: { db }, bodies }: World): Promise<Section> {
  const lines: Line[] = []
  for (const size of ['small', 'big'] as const) {
    const body = bodies[size]
    const times = size === 'big' ? 9 : 30
    const count = () => countForReport(db, body.bodyId, YEAR, END)
    const snapshot = () => takeSnapshot(db, body.bodyId, YEAR, TODAY)
    await snapshot()
    lines.push({ what: `${tenThousands(body)}件数表三`, measured: await wallMs(count, times), unit: 'ms', limit: LIMITS[size] })
    lines.push({ what: `${tenThousands(body)}件数整份报告`, measured: await wallMs(snapshot, times), unit: 'ms', limit: LIMITS[size], note: '另有十分之一条公开信息、各百分之一件复议与诉讼' })
  }
  const { big } = bodies
  for (const [cell, name] of [['R1.T', '最多的一格'], ['R3.3.1.L', '稀少的一格']] as const)
    lines.push({ what: `${tenThousands(big)}件中查一格的记录：${name}`, measured: await wallMs(() => recordsOf(db, big, cell), 9), unit: 'ms', limit: null, note: `${cell}，五十行一页` })
  const read = await tableRowsRead(db, (one) => takeSnapshot(one, big.bodyId, YEAR, TODAY))
  return {
    title: '数报告',
    lines,
    notes: [
      '钟表时间，含数据库。案子直接写入列表行（insert … select，不经时间线），随后 vacuum analyze；全部计入同一年度，比实际更苛。',
      read <= big.cases / 100 ? `都只读索引；数一次只有收费的 ${read} 件回到表里取金额。` : `注意：数一次读了申请表 ${read} 行，没有只读索引。`,
    ],
  }
}

const tenThousands = ({ cases }: BigBody): string => `${cases / 10_000} 万`

const recordsOf = (db: Db, { bodyId }: BigBody, cell: string) =>
  listCellRecords(db, { bodyId, year: YEAR, asOf: END }, cell, parseListQuery('/', { sorts: ['on'], defaultSort: '-on', size: 50 }), 1)

// 预备语句执行五次之后改用通用计划，故多做几次再看最后一次；看的是数据库自己记的，不是计划
const TIMES = 8

/** 做一次时读了申请表多少行（顺序扫描的，与由索引回表的）。 */
const tableRowsRead = (db: Db, run: (one: Db) => Promise<unknown>): Promise<number> =>
  db.connection().execute(async (one) => {
    const counted = async () => {
      await sql`select pg_stat_force_next_flush()`.execute(one)
      await sql`select pg_stat_clear_snapshot()`.execute(one)
      const { rows } = await sql<{ n: number }>`
        select coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::bigint as n from pg_stat_user_tables where relname = 'application'`.execute(one)
      return rows[0]?.n ?? 0
    }
    let read = 0
    for (let i = 0; i < TIMES; i++) {
      const before = await counted()
      await run(one)
      read = (await counted()) - before
    }
    return read
  })
