import { getBody, getCalendar } from '../bodies/index.ts'
import { can, type SignedInActor } from '../identity/index.ts'
import type { Deps } from '../platform/deps.ts'
import { reportDeadline } from '../statute/annual-deadlines.ts'
import { yearOf } from '../statute/plain-date.ts'
import { filingToDos } from './collection/filing-to-dos.ts'
import { owesReport } from './owes-report.ts'
import { STATUSES } from './report.ts'

export interface ReportToDo {
  title: string
  href: string
  /** 更正没有法定期限 */
  dueOn: string | null
  note: string
}

/** 谁在等谁：各状态下由哪一种权限的人接手。 */
const NEXT_PERMIT = {
  collecting: 'report.draft',
  frozen: 'report.draft',
  drafting: 'report.draft',
  checked: 'report.secrecy-review',
  reviewed: 'report.sign',
  signed: 'report.file',
  released: 'report.publish',
} as const

/** 此人在年度报告上的待办：本机关没有办完的各年度，与上一年度该立而未立的。 */
export async function reportToDos(deps: Deps, actor: SignedInActor): Promise<ReportToDo[]> {
  const [filings, own] = [await filingToDos(deps, actor), await ownToDos(deps, actor)]
  // 退回的那一份，退回的一条已经说了去哪里改：并作一条，带上它的期限
  const dueOf = new Map(own.map(({ href, dueOn }) => [href, dueOn]))
  const said = new Set(filings.map(({ href }) => href))
  return [...filings.map((one) => ({ ...one, dueOn: one.dueOn ?? dueOf.get(one.href) ?? null })), ...own.filter(({ href }) => !said.has(href))]
}

async function ownToDos(deps: Deps, actor: SignedInActor): Promise<ReportToDo[]> {
  const body = await getBody(deps.db, actor.bodyId)
  const calendar = await getCalendar(deps.db)
  const rows = await deps.db
    .selectFrom('annual_report')
    .select(['year', 'status', 'edition', 'filed_on', 'published_on'])
    .where('body_id', '=', actor.bodyId)
    .orderBy('year', 'desc')
    .limit(20)
    .execute()
  const today = deps.clock.today()
  const open = rows
    .filter((row) => row.filed_on === null || row.published_on === null)
    .filter((row) => row.year < yearOf(today))
    .filter((row) => can(actor, NEXT_PERMIT[row.status]) || (row.status === 'signed' && can(actor, 'report.publish')))
    .map((row) => ({
      title: row.edition === 1 ? `${row.year} 年度报告` : `更正 ${row.year} 年度报告`,
      href: `/desk/reports/${body.code}/${row.year}`,
      dueOn: row.edition === 1 ? reportDeadline(row.year, calendar).dueOn : null,
      note: `现在办到：${STATUSES[row.status]}`,
    }))
  const last = yearOf(today) - 1
  const started = rows.some((row) => row.year === last)
  if (started || !can(actor, 'report.draft') || !owesReport(body, last)) return open
  const dueOn = reportDeadline(last, calendar).dueOn
  return [...open, { title: `开始编制 ${last} 年度报告`, href: '/desk/reports', dueOn, note: '还没有开始' }]
}
