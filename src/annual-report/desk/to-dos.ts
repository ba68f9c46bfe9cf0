import '../collection/tables.ts'
import { getBody, getCalendar, type Body } from '../../bodies/index.ts'
import { can, type SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { governmentReportDeadline, reportDeadline } from '../../statute/annual-deadlines.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { filingToDos } from '../collection/filing-to-dos.ts'
import { districtToDos } from '../roll-up/district-to-dos.ts'
import { owesReport } from '../owes-report.ts'

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

/** 各状态下等着办的事，照办的人看得懂的说。 */
const AWAITED = {
  collecting: '核对台账，冻结全年的数',
  frozen: '写正文',
  drafting: '改好正文，提交校核',
  checked: '等保密审查',
  reviewed: '等签发',
  signed: '已签发，等报送、公布',
  released: '已报送，等公布',
} as const

/** 此人在年度报告上的待办：本机关没有办完的各年度，与上一年度该立而未立的。 */
export async function reportToDos(deps: Deps, actor: SignedInActor): Promise<ReportToDo[]> {
  const [filings, own] = [[...(await filingToDos(deps, actor)), ...(await districtToDos(deps, actor))], await ownToDos(deps, actor)]
  // 退回的那一份，退回的一条已经说了去哪里改：并作一条，带上它的期限
  const dueOf = new Map(own.map(({ href, dueOn }) => [href, dueOn]))
  const said = new Set(filings.map(({ href }) => href))
  return [...filings.map((one) => ({ ...one, dueOn: one.dueOn ?? dueOf.get(one.href) ?? null })), ...own.filter(({ href }) => !said.has(href))]
}

async function ownToDos(deps: Deps, actor: SignedInActor): Promise<ReportToDo[]> {
  const body = await getBody(deps.db, actor.bodyId)
  const calendar = await getCalendar(deps.db)
  // 机关的 1 月 31 日前报送、公布；全区的 3 月 31 日前公布（条例第四十九条）
  const dueOf = (year: number) => (body.kind === 'government' ? governmentReportDeadline : reportDeadline)(year, calendar).dueOn
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
      dueOn: row.edition === 1 ? dueOf(row.year) : null,
      note: body.kind === 'government' && row.status === 'collecting' ? '各机关的报告受理之后，冻结汇总的数' : AWAITED[row.status],
    }))
  const last = yearOf(today) - 1
  const started = rows.some((row) => row.year === last)
  if (started) return open
  if (body.kind === 'government') return can(actor, 'report.draft') ? [...open, { title: `开始编制全区 ${last} 年度报告`, href: '/desk/reports', dueOn: dueOf(last), note: '还没有开始；各格由受理的各机关报告加成' }] : open
  return [...open, ...(await notStarted(deps, actor, body, { year: last, dueOn: dueOf(last) }))]
}

// 没有在系统里编的：上传报送了的不必再编，只看公布没有；免报的没有事
async function notStarted({ db }: Deps, actor: SignedInActor, body: Body, { year, dueOn }: { year: number; dueOn: string }): Promise<ReportToDo[]> {
  const filing = await db.selectFrom('filing').select(['round', 'exception', 'published_on']).where('body_id', '=', body.bodyId).where('year', '=', year).executeTakeFirst()
  if (filing?.exception === 'exempt' || (filing?.exception !== 'added' && !owesReport(body, year))) return []
  if (filing !== undefined && filing.round > 0)
    return filing.published_on === null && can(actor, 'report.file') ? [{ title: `公布 ${year} 年度报告，并补记网址`, href: `/desk/filings/${body.code}/${year}`, dueOn, note: '上传的文件已报送，还没有记公布在哪里' }] : []
  return can(actor, 'report.draft') ? [{ title: `开始编制 ${year} 年度报告`, href: '/desk/reports', dueOn, note: '还没有开始' }] : []
}
