import { APPLICANT_KINDS, listForCell, STATUSES, type ApplicationRow } from '../../applications/index.ts'
import { listTable2Records } from '../../catalogue/index.ts'
import type { Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import type { ListQuery, Total } from '../../platform/html/index.ts'
import { listTable4Records } from '../../reviews/index.ts'
import { rowLabelOf } from '../../statute/report-form.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { CellRecord } from './cell-records.ts'

export interface CellScope {
  bodyId: string
  year: number
  asOf: PlainDate
}

export interface CellRecordPage {
  records: readonly CellRecord[]
  total: Total
  cursors?: { next: string | null; previous: string | null }
}

/** 一格所计的记录，一页。表三按键集翻页（百万件亦然），表二、表四按偏移。没有这一格抛 NotFound。 */
export async function listCellRecords(tx: Tx, scope: CellScope, cell: string, query: ListQuery, value: number): Promise<CellRecordPage> {
  if (cell.startsWith('R')) {
    const page = await listForCell(tx, { ...scope, cell }, { after: query.after, limit: query.size })
    return {
      records: page.rows.map((row) => toRecord(row, scope.bodyId, cell)),
      total: value,
      cursors: { next: page.next, previous: null },
    }
  }
  const page = { limit: query.size, offset: query.offset }
  const found = (await listTable2Records(tx, scope, cell, page)) ?? (await listTable4Records(tx, scope, cell, page))
  if (found === null) throw new NotFound('报告里的这一格')
  return found
}

const toRecord = (row: ApplicationRow, bodyId: string, cell: string): CellRecord => ({
  kind: 'application',
  bodyId,
  id: row.caseId,
  title: row.regNo,
  kindLabel: APPLICANT_KINDS[row.applicantKind],
  note: row.reportRow === null ? STATUSES[row.status] : `${rowLabelOf(row.reportRow)}${row.late ? '，逾期' : ''}`,
  on: (cell.startsWith('R3') ? row.decidedOn : row.receivedOn) ?? '',
  amount: 1,
})

/** 一格怎样得来，给人看的一句话。 */
export function meaningOf(cell: string, year: number, asOf: PlainDate): string {
  const [row = ''] = cell.split(/\.(?=[A-Z]$)/)
  if (row === 'R1') return `收到之日在 ${year} 年（至 ${asOf}）的申请`
  if (row === 'R2') return `${year} 年以前收到，到 ${year} 年年初还没有作出处理决定的申请`
  if (row === 'R4') return `到 ${asOf} 还没有作出处理决定的申请`
  if (row === 'R3.7') return `${year} 年（至 ${asOf}）作出处理决定的全部申请`
  if (row.startsWith('R3')) return `${year} 年（至 ${asOf}）作出处理决定、结果归此行的申请，每件只归一行`
  if (cell.endsWith('.pending')) return `到 ${asOf} 还没有结果的案件，不论何时收到`
  if (cell.startsWith('T4') && cell.endsWith('.total'))
    return `${year} 年（至 ${asOf}）有结果的案件，加上到此日尚未审结的；复议机关作共同被告的不计`
  if (cell.startsWith('T4')) return `${year} 年（至 ${asOf}）有结果的案件；复议机关作共同被告的不计`
  if (cell.endsWith('.valid')) return `到 ${asOf} 仍然有效的文件`
  return `${year} 年的记录`
}
