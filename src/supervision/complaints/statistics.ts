import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Matter } from './complaint.ts'

/** 一年的一组：收到、已答复、其中按期、已作结论、其中成立。 */
export interface Tally {
  received: number
  answered: number
  inTime: number
  decided: number
  founded: number
}

const COUNTED = sql`status not in ('transferred', 'merged', 'withdrawn')`
const TALLY = sql`count(*) as received, count(answered_on) as answered, count(*) filter (where answered_on <= coalesce(due_on, answered_on)) as "inTime",
  count(outcome) as decided, count(*) filter (where outcome in ('founded', 'partly')) as founded`

const within = (year: number) => sql`received_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date and ${COUNTED}`

/** 全区一年收到的，按类型。 */
export async function tallyByMatter(tx: Tx, year: number): Promise<(Tally & { matter: Matter })[]> {
  const { rows } = await sql<Tally & { matter: Matter }>`select matter, ${TALLY} from complaint where ${within(year)} group by matter`.execute(tx)
  return rows
}

/** 全区一年收到的，按所反映的机关。 */
export async function tallyByBody(tx: Tx, year: number): Promise<(Tally & { bodyId: string })[]> {
  const { rows } = await sql<Tally & { bodyId: string }>`select about_body_id as "bodyId", ${TALLY} from complaint where ${within(year)} group by about_body_id limit 2000`.execute(tx)
  return rows
}

/** 有记录的各年，新的在前。 */
export async function listComplaintYears(tx: Tx): Promise<number[]> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`select extract(year from min(received_on))::int as first, extract(year from max(received_on))::int as last from complaint`.execute(tx)
  const [{ first, last } = { first: null, last: null }] = rows
  return first === null || last === null ? [] : Array.from({ length: last - first + 1 }, (_, i) => last - i)
}

export const sumTallies = (rows: readonly Tally[]): Tally =>
  rows.reduce<Tally>((sum, row) => ({ received: sum.received + row.received, answered: sum.answered + row.answered, inTime: sum.inTime + row.inTime, decided: sum.decided + row.decided, founded: sum.founded + row.founded }), { received: 0, answered: 0, inTime: 0, decided: 0, founded: 0 })
