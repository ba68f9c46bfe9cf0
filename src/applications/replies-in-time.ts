import './tables.ts'
import { sql } from 'kysely'
import { sqlSource } from '../platform/record-source.ts'
import { LATE_REPLY } from './late-reply.ts'

/**
 * 申请是否按期答复（条例第三十三条）：期间作出的答复，与期间到期而今日仍没有答复的；
 * 不再处理、撤回等其他处理的不算，征求意见等停着钟的没有到期之日，也不算。
 */
export const repliesInTime = sqlSource(
  ({ bodyIds, from, to, today }) => sql`
    select body_id, case_id as record_id, reg_no as label,
      '应当答复于 ' || coalesce(due_on::text, '（没有期限）') || '，答复于 ' || coalesce(dispatched_on, served_on, decided_on)::text as note, decided_on as on_day, not ${LATE_REPLY} as good
    from application where body_id = any(${[...bodyIds]}::uuid[]) and counted and decided_on between ${from}::date and ${to}::date and report_row not like 'R3.6%'
    union all
    select body_id, case_id, reg_no, '应当答复于 ' || due_on::text || '，还没有答复', due_on, false
    from application where body_id = any(${[...bodyIds]}::uuid[]) and counted and decided_on is null and due_on between ${from}::date and ${to}::date and due_on < ${today}::date`,
)
