import { getBody } from '../../bodies/index.ts'
import { can, type SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { openTo } from './standing.ts'
import type { ReportToDo } from '../desk/to-dos.ts'

/** 报送上的待办：机关的，退回没有再报的；主管部门的，等着审核的，一个年度并作一条。 */
export async function filingToDos(deps: Deps, actor: SignedInActor): Promise<ReportToDo[]> {
  return [...(can(actor, 'report.file', actor.bodyId) ? await returnedToDos(deps, actor) : []), ...(can(actor, 'filing.review') ? await reviewToDos(deps, actor) : [])]
}

async function returnedToDos({ db }: Deps, { bodyId }: SignedInActor): Promise<ReportToDo[]> {
  const rows = await db.selectFrom('filing').select(['year', 'returned_on', 'source']).where('body_id', '=', bodyId).where('status', '=', 'returned').orderBy('year', 'desc').limit(20).execute()
  if (rows.length === 0) return []
  const { code } = await getBody(db, bodyId)
  return rows.map((row) => ({
    title: `${row.year} 年度报告退回修改`,
    href: row.source === 'system' ? `/desk/reports/${code}/${row.year}` : `/desk/filings/${code}/${row.year}`,
    dueOn: null,
    note: `${row.returned_on ?? ''} 退回，改好再报`,
  }))
}

async function reviewToDos({ db, clock }: Deps, { accountId }: SignedInActor): Promise<ReportToDo[]> {
  const rows = await db
    .selectFrom('filing')
    .select((eb) => ['year', eb.fn.countAll<number>().as('n')])
    .where('year', 'in', [yearOf(clock.today()) - 2, yearOf(clock.today()) - 1, yearOf(clock.today())])
    .where('status', '=', 'filed')
    .where((eb) => eb.or([eb('reviewer', 'is', null), eb('reviewer', '=', accountId)]))
    .groupBy('year')
    .orderBy('year', 'desc')
    .execute()
  return rows.map((row) => ({ title: `审核 ${row.year} 年度报告 ${row.n} 份`, href: `/desk/filings/${row.year}?status=filed&reviewer=${openTo(accountId)}`, dueOn: null, note: '没有指定审核人的，和指定由您审核的' }))
}
