import '../tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { upsertRows } from '../../platform/upsert-rows.ts'
import { CalendarYearMissing } from '../../statute/calendar.ts'
import type { Calendar } from '../../statute/calendar.ts'
import { orderedDue } from '../../statute/ordered-term.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { DisputeDutyTable } from '../tables.ts'
import { isDutyEvent } from './duty.ts'
import type { Duty, DutyKind } from './duty.ts'

/** 届满之日；没有定期限的、没有该年节假日安排的为 null。 */
export function dueOf({ term, from }: Pick<Duty, 'term' | 'from'>, calendar: Calendar): PlainDate | null {
  if (term === null) return null
  try {
    return orderedDue(term, from, calendar).dueOn
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}

export const toDutyRow = (duty: Duty, { bodyId, caseId }: { bodyId: string; caseId: string }, calendar: Calendar): DisputeDutyTable => ({
  body_id: bodyId,
  case_id: caseId,
  duty_id: duty.id,
  kind: duty.kind,
  from_on: duty.from,
  due_on: dueOf(duty, calendar),
  application_id: duty.applicationId,
  done_on: duty.done?.on ?? null,
  dropped_on: duty.dropped?.on ?? null,
})

interface Changed {
  found: { bodyId: string; caseId: string }
  duties: readonly Duty[]
}

type Holder = { status: 'new' } | { status: string; duties: readonly Duty[] }

/** 有要办的项随这次改动而变的各件，与变了之后的各项。 */
export const dutiesOf = <S extends Holder, E extends { kind: string }>(changes: readonly { found: { bodyId: string; caseId: string; state: S }; events: readonly E[] }[], evolve: (state: S, event: E) => S): Changed[] =>
  changes
    .filter(({ events }) => events.some(isDutyEvent))
    .map(({ found, events }) => {
      const after = events.reduce(evolve, found.state)
      return { found, duties: 'duties' in after ? after.duties : [] }
    })

/** 一件案件要办的各项的行，随时间线刷新，同一事务。 */
export const saveDuties = (tx: Tx, changes: readonly Changed[], calendar: Calendar): Promise<void> =>
  upsertRows(tx, 'dispute_duty', ['body_id', 'duty_id'], changes.flatMap(({ found, duties }) => duties.map((duty) => toDutyRow(duty, found, calendar))))

/** 还没有办完的一项，连同它的案件。 */
export interface PendingDuty {
  dutyId: string
  caseId: string
  caseKind: 'review' | 'litigation'
  caseNo: string
  handler: string | null
  kind: DutyKind
  fromOn: PlainDate
  dueOn: PlainDate | null
  applicationId: string | null
}

const MOST = 500

/** 一机构还没有办完的各项，先到期的在前；至多五百项。 */
export async function listPendingDuties(tx: Tx, bodyId: string): Promise<PendingDuty[]> {
  const { rows } = await sql<PendingDuty>`
    select d.duty_id as "dutyId", d.case_id as "caseId", case when r.review_id is null then 'litigation' else 'review' end as "caseKind",
      coalesce(r.case_no, l.case_no) as "caseNo", coalesce(r.handler, l.handler) as handler, d.kind, d.from_on as "fromOn", d.due_on as "dueOn", d.application_id as "applicationId"
    from dispute_duty d
      left join review_case r on r.body_id = d.body_id and r.review_id = d.case_id
      left join litigation_case l on l.body_id = d.body_id and l.litigation_id = d.case_id
    where d.body_id = ${bodyId} and d.done_on is null and d.dropped_on is null
    order by d.due_on nulls last, d.duty_id limit ${MOST}`.execute(tx)
  return rows
}

/** 还有没有办完的项的机构。 */
export async function listBodiesWithDuties(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ body_id: string }>`select distinct body_id from dispute_duty where done_on is null and dropped_on is null`.execute(tx)
  return rows.map((row) => row.body_id)
}
