import '../tables.ts'
import { getCalendar } from '../../bodies/index.ts'
import type { Db } from '../../platform/db.ts'
import type { Problem } from '../../platform/verify.ts'
import type { CaseState } from '../../platform/case-store.ts'
import type { Litigation } from '../litigation.ts'
import type { Review } from '../review.ts'
import { litigationStore } from '../litigation-store.ts'
import { reviewStore } from '../review-store.ts'
import { toDutyRow } from './duty-store.ts'

const PAGE = 500
const FIRST = '00000000-0000-0000-0000-000000000000'

/** 要履行、反馈的各行与时间线相符；按主键分页。届满之日随节假日通知而变，由重算维护，不在此列。 */
export async function* verifyDuties({ db }: { db: Db }): AsyncIterable<Problem> {
  const calendar = await getCalendar(db)
  for (let after = { body: FIRST, id: FIRST }; ; ) {
    const rows = await db
      .selectFrom('dispute_duty')
      .selectAll()
      .where((eb) => eb.or([eb('body_id', '>', after.body), eb.and([eb('body_id', '=', after.body), eb('duty_id', '>', after.id)])]))
      .orderBy('body_id')
      .orderBy('duty_id')
      .limit(PAGE)
      .execute()
    for (const [bodyId, group] of Map.groupBy(rows, (row) => row.body_id)) {
      const ids = [...new Set(group.map((row) => row.case_id))]
      const states = new Map<string, CaseState<Review> | CaseState<Litigation>>([...(await reviewStore.loadStates(db, bodyId, ids)), ...(await litigationStore.loadStates(db, bodyId, ids))])
      for (const row of group) {
        const state = states.get(row.case_id)
        const duty = state === undefined || state.status === 'new' ? undefined : state.duties.find(({ id }) => id === row.duty_id)
        const { due_on: _, ...expected } = duty === undefined ? { due_on: null } : toDutyRow(duty, { bodyId, caseId: row.case_id }, calendar)
        const stored: Readonly<Record<string, unknown>> = { ...row }
        if (duty === undefined || Object.entries(expected).some(([column, value]) => stored[column] !== value)) yield { where: `要履行的 ${bodyId}/${row.duty_id}`, message: '与时间线不符' }
      }
    }
    const last = rows.at(-1)
    if (rows.length < PAGE || last === undefined) return
    after = { body: last.body_id, id: last.duty_id }
  }
}
