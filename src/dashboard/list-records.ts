import { APPLICANT_KINDS, isTallied, listTallied, STATUSES, type Tallied } from '../applications/index.ts'
import { listPublishedBetween } from '../catalogue/index.ts'
import type { Tx } from '../platform/db.ts'
import { NotFound } from '../platform/errors.ts'
import type { ListQuery, Total } from '../platform/html/index.ts'
import { listTable4Records } from '../reviews/index.ts'
import { rowLabelOf } from '../statute/report-form.ts'
import { yearOf, type PlainDate } from '../statute/plain-date.ts'
import type { RecordLine } from './pages.tsx'

export interface RecordsScope {
  bodyIds: readonly string[]
  what: string
  from: PlainDate
  to: PlainDate
  /** 统计到哪一日：其后撤回的信息仍计 */
  asOf: PlainDate
  today: PlainDate
}

export interface RecordsFound {
  rows: RecordLine[]
  total: Total
  cursors?: { next: string | null; previous: string | null }
}

/**
 * 一个数所计的记录，一页。申请按键集翻页，件数由看板给；其余按偏移。
 * @param count 申请的件数，由逐日件数得出
 */
export async function listRecords(tx: Tx, scope: RecordsScope, query: ListQuery, count: () => Promise<number>): Promise<RecordsFound> {
  if (isTallied(scope.what)) return listApplications(tx, { ...scope, what: scope.what }, query, await count())
  if (scope.what === 'items') {
    const { total, records } = await listPublishedBetween(tx, scope, { limit: query.size, offset: query.offset })
    return { total, rows: records.map(toLine) }
  }
  if (scope.what.startsWith('T4.')) return listDisputes(tx, scope, query)
  throw new NotFound('这一项')
}

const OPEN: readonly Tallied[] = ['open', 'overdue']

async function listApplications(tx: Tx, scope: RecordsScope & { what: Tallied }, query: ListQuery, total: number): Promise<RecordsFound> {
  const page = await listTallied(tx, scope, { after: query.after, limit: query.size })
  const undecided = OPEN.includes(scope.what)
  return {
    total,
    cursors: { next: page.next, previous: null },
    rows: page.rows.map((row) => ({
      key: row.caseId,
      title: row.regNo,
      kind: `申请人：${APPLICANT_KINDS[row.applicantKind]}`,
      note: row.reportRow === null ? STATUSES[row.status] : `${rowLabelOf(row.reportRow)}${row.late ? '，逾期' : ''}`,
      on: undecided ? (row.dueOn === null ? '没有到期之日' : `${row.dueOn} 到期`) : ((scope.what === 'received' ? row.receivedOn : row.decidedOn) ?? ''),
      href: `/desk/records/application/${row.bodyId}/${row.caseId}`,
    })),
  }
}

/** 表四的格按年计：自 `to` 那年的年初。有前身的，一家接一家地列。 */
async function listDisputes(tx: Tx, { bodyIds, what, to }: RecordsScope, query: ListQuery): Promise<RecordsFound> {
  const rows: RecordLine[] = []
  let total = 0
  for (const bodyId of bodyIds) {
    const [skip, limit] = [Math.max(0, query.offset - total), query.size - rows.length]
    const found = await listTable4Records(tx, { bodyId, year: yearOf(to), asOf: to }, what, { limit: Math.max(limit, 0), offset: skip })
    if (found === null) throw new NotFound('这一项')
    rows.push(...found.records.map(toLine))
    total += found.total
  }
  return { rows, total }
}

const toLine = ({ kind, bodyId, id, title, kindLabel, note, on }: { kind: string; bodyId: string; id: string; title: string; kindLabel: string; note: string; on: string }): RecordLine => ({ key: id, title, kind: kindLabel, note, on, href: `/desk/records/${kind}/${bodyId}/${id}` })
