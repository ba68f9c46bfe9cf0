import './tables.ts'
import type { Db, Tx } from '../platform/db.ts'
import type { Problem, Verifier } from '../platform/verify.ts'
import { verifyNoneLost } from '../platform/verify-rows.ts'
import { BUILT_IN_CALENDAR } from '../statute/calendar.ts'
import { verifyAnsweredLog } from './answered-log/verify-answered-log.ts'
import { APPLICATION_SETTINGS } from './decisions.ts'
import { verifyLetters } from './letter-desk/verify-letters.ts'
import { verifyCorrections } from './record-corrections/verify-corrections.ts'
import { loadApplications, toRow } from './store.ts'
import { listTallyFaults } from './tally.ts'

const PAGE = 500

/** 逐件重放时间线，与列表行逐列比对；按主键分页。到期日随日历而变，由重算维护，不在此列。 */
export async function* verifyApplications({ db }: { db: Db }): AsyncIterable<Problem> {
  const bodies = await db.selectFrom('application').select('body_id').distinct().execute()
  for (const { body_id } of bodies) yield* verifyBody(db, body_id)
  yield* verifyNoneLost(db, { stream: 'application', table: 'application', idColumn: 'case_id' })
}

async function* verifyBody(tx: Tx, bodyId: string): AsyncIterable<Problem> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await tx
      .selectFrom('application')
      .selectAll()
      .where('body_id', '=', bodyId)
      .where('case_id', '>', after)
      .orderBy('case_id')
      .limit(PAGE)
      .execute()
    const loaded = await loadApplications(tx, bodyId, rows.map((row) => row.case_id))
    for (const row of rows) {
      const found = loaded.get(row.case_id)
      const where = `申请 ${bodyId}/${row.case_id}`
      if (found === undefined || found.state === null) yield { where, message: '有列表行而没有时间线' }
      else if (found.version !== row.version) yield { where, message: `列表行为第 ${row.version} 版，时间线为第 ${found.version} 版` }
      else {
        const { due_on: _due, clock: _clock, co_handling_due: _coDue, ...expected } = toRow(found.state, { bodyId, caseId: row.case_id }, GROUND)
        const stored: Readonly<Record<string, unknown>> = { ...row }
        const different = Object.entries(expected).filter(([column, value]) => value !== stored[column])
        if (different.length > 0) yield { where, message: `列表行与时间线不符：${different.map(([column]) => column).join('、')}` }
      }
    }
    const last = rows.at(-1)
    if (rows.length < PAGE || last === undefined) return
    after = last.case_id
  }
}

const GROUND = { calendar: BUILT_IN_CALENDAR, settings: APPLICATION_SETTINGS }

/** 逐日件数与列表行相符；一机构两遍扫描。 */
async function* verifyTallies({ db }: { db: Db }): AsyncIterable<Problem> {
  for (const { body_id } of await db.selectFrom('application').select('body_id').distinct().execute())
    for (const { on, what, off } of await listTallyFaults(db, body_id)) yield { where: `申请的逐日件数 ${body_id} ${on} ${what}`, message: `与列表行差 ${off} 件` }
}

export const applicationVerifiers: readonly Verifier[] = [
  { name: '依申请公开', verify: verifyApplications },
  { name: '申请的逐日件数', verify: verifyTallies },
  { name: '文书', verify: verifyLetters },
  { name: '更正申请', verify: verifyCorrections },
  { name: '公布的答复', verify: verifyAnsweredLog },
]
