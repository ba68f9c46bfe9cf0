import { toXlsx } from '../../documents/index.ts'
import type { TableCell } from '../../documents/index.ts'
import type { Body } from '../../bodies/index.ts'
import type { CaseRow } from './list-cases.ts'
import { groupOf, resultOf, statusOf } from './list-page.tsx'

const HEAD = ['案号', '种类', '复议机关或法院', '所争文书的文号', '办到', '收到之日', '期限', '结果', '审结之日'] as const

/** 列表写成 XLSX；不含当事人。 */
export function exportCases(rows: readonly CaseRow[], body: Pick<Body, 'name' | 'demo'>, on: string): Promise<Buffer> {
  const cells = rows.map((row): TableCell[] => [row.caseNo, groupOf(row), row.organ ?? '', row.decisionNo ?? '', statusOf(row), row.receivedOn, row.dueOn ?? '', resultOf(row), row.endedOn ?? ''].map((text) => ({ text, align: 'left' as const })))
  return toXlsx({
    title: '行政复议、行政诉讼案件',
    issuer: body.name,
    creator: body.name,
    datedOn: on,
    demo: body.demo,
    blocks: [{ kind: 'table', table: { caption: '行政复议、行政诉讼案件', widths: [2, 2, 2, 2, 1, 1, 1, 2, 1], headRows: 1, landscape: true, rows: [HEAD.map((text) => ({ text, head: true })), ...cells] } }],
  })
}
