import { sql } from 'kysely'

/**
 * 一行申请的答复是否逾期。以交邮、签收之日为准，未记的以答复之日为准（国办公开办函〔2016〕235号）；
 * 没有期限可比的、不再处理与撤回等其他处理的不算。
 */
export const LATE_REPLY = sql<boolean>`(decided_on is not null and report_row not like 'R3.6%' and due_on is not null
  and coalesce(dispatched_on, served_on, decided_on) > due_on)`
