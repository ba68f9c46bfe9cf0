import './tables.ts'
import { sql } from 'kysely'
import { getCalendar } from '../bodies/index.ts'
import type { Tx } from '../platform/db.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { CoHandling } from './application.ts'
import { UNKNOWN, coHandlingDueOn } from './co-handling.ts'
import { loadApplications } from './store.ts'

/** 还没有回的一项协办。 */
export interface OpenCoHandling extends Pick<CoHandling, 'id' | 'unit' | 'account' | 'matter' | 'askedOn'> {
  caseId: string
  regNo: string
  /** 没有该年节假日数据、算不出的为 null */
  dueOn: PlainDate | null
}

/** 一机构在办的申请里还没有回的协办，先到期的在前，至多 `limit` 项。 */
export async function listCoHandling(tx: Tx, bodyId: string, limit: number): Promise<OpenCoHandling[]> {
  const calendar = await getCalendar(tx)
  const { rows } = await sql<{ caseId: string }>`
    select case_id as "caseId" from application where body_id = ${bodyId} and co_handling_due is not null
    order by co_handling_due, case_id limit ${Math.min(limit, MOST)}`.execute(tx)
  const loaded = await loadApplications(tx, bodyId, rows.map((row) => row.caseId))
  const open = rows.flatMap(({ caseId }) => {
    const state = loaded.get(caseId)?.state
    if (state == null) return []
    const waiting = state.coHandlings.filter((c) => c.returnedOn === null)
    return waiting.map(({ id, unit, account, matter, askedOn, days }) => ({ caseId, regNo: state.regNo, id, unit, account, matter, askedOn, dueOn: coHandlingDueOn({ askedOn, days }, calendar) }))
  })
  return open.toSorted((a, b) => ((a.dueOn ?? UNKNOWN) < (b.dueOn ?? UNKNOWN) ? -1 : 1)).slice(0, limit)
}

const MOST = 200
