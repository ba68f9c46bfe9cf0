import './tables.ts'
import { sql } from 'kysely'
import { sqlSource } from '../../platform/record-source.ts'
import type { RecordSource, RecordViewer } from '../../platform/record-source.ts'
import { notBarred } from './viewer.ts'

const COUNTED = sql`status not in ('transferred', 'merged', 'withdrawn', 'declined')`

// 须回避的看不到的，逐条里也没有；计分不看是谁在看
const freeFor = (viewer: RecordViewer | undefined) => (viewer === undefined ? sql`` : sql`and ${notBarred(viewer)}`)

/** 期间作出结论的投诉、反映，归所反映的机关；成立、部分成立的为查实。只有登记号。 */
export const complaintsFounded: RecordSource = {
  ...sqlSource(
    ({ bodyIds, from, to, viewer }) => sql`
    select about_body_id as body_id, complaint_id as record_id, reg_no as label,
      case outcome when 'founded' then '成立' when 'partly' then '部分成立' else '不成立' end as note, decided_on as on_day, outcome = 'unfounded' as good
    from complaint where about_body_id = any(${[...bodyIds]}::uuid[]) and outcome is not null and decided_on between ${from}::date and ${to}::date and ${COUNTED} ${freeFor(viewer)}`,
  ),
  hiddenFrom: async (tx, { bodyId, viewer, recordIds }) => {
    const { rows } = await sql<{ id: string }>`select complaint_id as id from complaint
      where about_body_id = ${bodyId}::uuid and complaint_id = any(${[...recordIds]}::uuid[]) and not (${notBarred(viewer)})`.execute(tx)
    return new Set(rows.map(({ id }) => id))
  },
}

/** 期间到期的投诉、反映，归办理的机关；在期限之内答复的。 */
export const complaintsInTime = sqlSource(
  ({ bodyIds, from, to, today, viewer }) => sql`
    select body_id, complaint_id as record_id, reg_no as label,
      '应当答复于 ' || due_on::text || coalesce('，答复于 ' || answered_on::text, '，还没有答复') as note, due_on as on_day, coalesce(answered_on <= due_on, false) as good
    from complaint where body_id = any(${[...bodyIds]}::uuid[]) and due_on between ${from}::date and ${to}::date and (answered_on is not null or due_on < ${today}::date) and ${COUNTED} ${freeFor(viewer)}`,
)
