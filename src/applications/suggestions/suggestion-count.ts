import '../tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

/** 提示过、点开了、因此不用申请；只数，不记是谁、写了什么、看了哪一条。 */
export type SuggestionStep = 'shown' | 'opened' | 'helped'

/** 当日加一。 */
export async function countSuggestion(tx: Tx, bodyId: string, day: PlainDate, step: SuggestionStep): Promise<void> {
  await tx
    .insertInto('suggestion_count')
    .values({ body_id: bodyId, day, shown: 0, opened: 0, helped: 0, [step]: 1 })
    .onConflict((oc) => oc.columns(['body_id', 'day']).doUpdateSet((eb) => ({ [step]: eb(`suggestion_count.${step}`, '+', 1) })))
    .execute()
}

export interface SuggestionMonth {
  /** `YYYY-MM` */
  month: string
  shown: number
  opened: number
  helped: number
}

const MOST_MONTHS = 24

/** 自某日起各月之数，由近及远，至多二十四个月；没有提示过的月份不列。 */
export async function listSuggestionMonths(tx: Tx, bodyId: string, from: PlainDate): Promise<SuggestionMonth[]> {
  const { rows } = await sql<SuggestionMonth>`
    select to_char(day, 'YYYY-MM') as month, sum(shown)::int as shown, sum(opened)::int as opened, sum(helped)::int as helped
    from suggestion_count where body_id = ${bodyId} and day >= ${from}::date group by 1 order by 1 desc limit ${MOST_MONTHS}`.execute(tx)
  return rows
}
