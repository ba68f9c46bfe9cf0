import '../collection/tables.ts'
import { getCalendar } from '../../bodies/index.ts'
import { can, type SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { governmentReportDeadline, reportDeadline } from '../../statute/annual-deadlines.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { listFilers } from '../collection/filings.ts'
import { standingOf } from '../collection/standing.ts'
import { STATUSES } from '../report.ts'
import type { ReportToDo } from '../desk/to-dos.ts'
import { findGovernment } from './load-roll-up.ts'
import { rollUpPath } from './roll-up-place.ts'

/** 主管部门在上一年度报告上的事：收集、催报（机关的 1 月 31 日），公布全区的报告（3 月 31 日）。只取名单，不载入报告。 */
export async function districtToDos({ db, clock }: Deps, actor: SignedInActor): Promise<ReportToDo[]> {
  if (!can(actor, 'filing.review')) return []
  const year = yearOf(clock.today()) - 1
  const calendar = await getCalendar(db)
  const { dueOn } = reportDeadline(year, calendar)
  // 与点开的名单同一处数
  const filers = await listFilers(db, year, clock.today())
  const missing = standingOf(filers).missing.length
  const collecting: ReportToDo[] =
    filers.every(({ listed }) => !listed)
      ? [{ title: `开始收集 ${year} 年度报告`, href: `/desk/filings/${year}`, dueOn, note: '还没有告诉各机关' }]
      : missing > 0
        ? [{ title: `${year} 年度报告还有 ${missing} 家没有报来`, href: `/desk/filings/${year}?status=missing`, dueOn, note: '催报；不必报的定为免报' }]
        : []
  const district = can(actor, 'report.roll-up') ? await districtReport({ db, year }) : null
  return district === null ? collecting : [...collecting, { title: `公布全区 ${year} 年度报告`, href: rollUpPath(year), dueOn: governmentReportDeadline(year, calendar).dueOn, note: district }]
}

/** 全区的报告办到哪里；公布了的为 null。 */
async function districtReport({ db, year }: { db: Deps['db']; year: number }): Promise<string | null> {
  const government = await findGovernment(db)
  if (government === null) return '还没有登记本级政府，全区的报告要由它公布'
  const row = await db.selectFrom('annual_report').select(['status', 'published_on']).where('body_id', '=', government.bodyId).where('year', '=', year).executeTakeFirst()
  if (row === undefined) return `${government.name}还没有开始编制`
  return row.published_on === null ? `${government.name}办到：${STATUSES[row.status]}` : null
}
