import './tables.ts'
import '../tables.ts'
import { sql } from 'kysely'
import { getSetting } from '../../bodies/index.ts'
import type { Body } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import { yearOf } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { PublicationCode } from '../publication-codes.ts'
import { NO_COUNTS, sumBoard, toBoard } from './duty-board.ts'
import type { BoardSummary, DutyCounts, DutyRow } from './duty-board.ts'
import { listScopes } from './duty-scope.ts'

export interface Board {
  body: Body
  rows: DutyRow[]
  summary: BoardSummary
}

/** 几个机关的看板，次序同所给；一共三次查询（各机关的设置另取），不论几个机关。 */
export async function loadBoards(tx: Tx, bodies: readonly Body[], today: PlainDate): Promise<Board[]> {
  const ids = bodies.map((body) => body.bodyId)
  const [counts, pending, scopes] = [await countByCode(tx, ids, today), await countPending(tx, ids, today), Map.groupBy(await listScopes(tx, ids), (row) => row.bodyId)]
  const boards: Board[] = []
  for (const body of bodies) {
    const rows = toBoard({
      body,
      counts: counts.get(body.bodyId) ?? new Map(),
      scopes: new Map((scopes.get(body.bodyId) ?? []).map((row) => [row.code, row])),
      months: await getSetting(tx, body.bodyId, 'dutyStaleMonths'),
      today,
    })
    boards.push({ body, rows, summary: sumBoard(rows, pending.get(body.bodyId) ?? { due: 0, late: 0, publishedLate: 0 }) })
  }
  return boards
}

type CodeRow = { bodyId: string; code: PublicationCode } & Partial<DutyCounts>

async function countByCode(tx: Tx, bodyIds: readonly string[], today: PlainDate): Promise<Map<string, Map<PublicationCode, DutyCounts>>> {
  const from = `${yearOf(today)}-01-01`
  const mine = sql`body_id = any(${[...bodyIds]}::uuid[])`
  const shown = await sql<CodeRow>`
    select body_id as "bodyId", code, count(*) as total, count(*) filter (where first_published_on >= ${from}::date) as "thisYear", max(published_on) as "lastOn"
    from published_item, unnest(codes) code where ${mine} and withdrawn_on is null and expired_on is null group by 1, 2`.execute(tx)
  const waiting = await sql<CodeRow>`
    select body_id as "bodyId", code, count(*) filter (where due_on >= ${today}::date) as due, count(*) filter (where due_on < ${today}::date) as late
    from info_item, unnest(codes) code where ${mine} and ${PENDING} group by 1, 2`.execute(tx)
  const tardy = await sql<CodeRow>`
    select body_id as "bodyId", code, count(*) as "publishedLate" from info_item, unnest(codes) code where ${mine} and ${lateSince(from)} group by 1, 2`.execute(tx)
  const byBody = new Map<string, Map<PublicationCode, DutyCounts>>()
  for (const { bodyId, code, ...found } of [...shown.rows, ...waiting.rows, ...tardy.rows]) {
    const codes = byBody.get(bodyId) ?? new Map<PublicationCode, DutyCounts>()
    byBody.set(bodyId, codes.set(code, { ...(codes.get(code) ?? NO_COUNTS), ...found }))
  }
  return byBody
}

/** 应当公开（含变更后应当再公开）而没有公开的；写成字面，才用得上部分索引。 */
export const PENDING = sql`attribute = 'proactive' and status not in ('published', 'withdrawn', 'expired')`
/** 自某日以来公开得迟的；撤回的也算迟。 */
export const lateSince = (from: PlainDate) => sql`attribute = 'proactive' and first_published_on is not null and first_published_on >= ${from}::date and published_on > due_on`

async function countPending(tx: Tx, bodyIds: readonly string[], today: PlainDate): Promise<Map<string, Pick<DutyCounts, 'due' | 'late' | 'publishedLate'>>> {
  const { rows } = await sql<{ bodyId: string; due: number; late: number; publishedLate: number }>`
    select asked.body_id as "bodyId",
      (select count(*) from info_item where body_id = asked.body_id and ${PENDING} and due_on >= ${today}::date) as due,
      (select count(*) from info_item where body_id = asked.body_id and ${PENDING} and due_on < ${today}::date) as late,
      (select count(*) from info_item where body_id = asked.body_id and ${lateSince(`${yearOf(today)}-01-01`)}) as "publishedLate"
    from unnest(${[...bodyIds]}::uuid[]) as asked (body_id)`.execute(tx)
  return new Map(rows.map(({ bodyId, ...counts }) => [bodyId, counts]))
}
