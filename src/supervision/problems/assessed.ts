import { sql } from 'kysely'
import { sqlSource } from '../../platform/record-source.ts'

/** 上一年度报告所列的问题，到期间之末解决了的；不再列的不算。 */
export const problemsSolved = sqlSource(
  ({ bodyIds, to }) => sql`
    select body_id, problem_id as record_id, left(content, 60) as label,
      case when state = 'solved' then '解决于 ' || ended_on::text else '没有解决' end as note, ended_on as on_day, coalesce(state = 'solved' and ended_on <= ${to}::date, false) as good
    from problem where body_id = any(${[...bodyIds]}::uuid[]) and year = extract(year from ${to}::date)::int - 1 and state <> 'dropped'`,
)
