import '../tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Matter } from './yearly-count.ts'

/** 一年一事项之和，各来源相加；件、项或分。 */
export interface YearlyTotal {
  year: number
  matter: Matter
  amount: number
}

/** 若干年份的行政权力数据，近的年在前；撤下的不算。 */
export async function listYearlyTotals(tx: Tx, bodyId: string, years: readonly number[]): Promise<YearlyTotal[]> {
  if (years.length === 0) return []
  return tx
    .selectFrom('yearly_count')
    .select(['year', 'matter', sql<number>`sum(amount)::bigint`.as('amount')])
    .where('body_id', '=', bodyId)
    .where('year', '=', sql<number>`any(${[...years]}::int[])`)
    .where('withdrawn', '=', false)
    .groupBy(['year', 'matter'])
    .orderBy('year', 'desc')
    .execute()
}
