import type { Finding } from './finding.ts'
import type { PlainDate } from './plain-date.ts'
import { cellsOf, labelOf, rowLabelOf, type Cells, type Edition } from './report-form.ts'

/** 报表与现数不符时的话：「某格为 1，{now} 2」。 */
export interface RecountWords {
  now: string
  mend: string
}

const FROM_RECORDS: RecountWords = { now: '台账重算为', mend: '报表之数不可手改；台账有误的更正台账，再重新取数' }

/** 台账一侧的事实；给出的才核。 */
export interface RecordsToCheck {
  /** 台账重算的各格（K10） */
  recount?: Cells
  /** 重算的数从何而来、不符怎样改；缺省为台账（K10） */
  recountWords?: RecountWords
  /** 每件申请计入的办理结果行（K9） */
  counted?: readonly { caseId: string; rows: readonly string[] }[]
  /** 未经复议直接起诉的案件，及其所诉答复的办理结果行与作出日（K13） */
  directSuits?: readonly { caseId: string; replyRow: string; repliedOn: PlainDate }[]
}

/** 新《行政复议法》施行之日，其后不予公开的答复应先复议 */
const REVIEW_FIRST_FROM: PlainDate = '2024-01-01'
const REVIEW_FIRST_ROW = /^R3\.(2|3\.[1-7])$/

/** K9、K10、K13：报表与台账之间。 */
export function checkAgainstRecords(
  input: RecordsToCheck & { edition: Edition; cells: Cells },
  findings: Finding[],
): void {
  for (const one of input.counted ?? []) checkSingleRow(one, input.edition, findings)
  if (input.recount) checkRecount(input.cells, input.recount, input.edition, input.recountWords ?? FROM_RECORDS, findings)
  for (const suit of input.directSuits ?? []) checkDirectSuit(suit, findings)
}

// 部分公开中遮盖的商业秘密等，只计「部分公开」，不再计不予公开
function checkSingleRow(
  { caseId, rows }: { caseId: string; rows: readonly string[] },
  edition: Edition,
  findings: Finding[],
): void {
  if (rows.length <= 1) return
  findings.push({
    rule: 'K9',
    severity: 'error',
    cell: null,
    line: null,
    message: `申请 ${caseId} 同时计入 ${rows.map((row) => rowLabelOf(row, edition)).join('、')}`,
    expected: rows.includes('R3.2') ? '只计入（二）部分公开' : '只计入一种办理结果',
    mend: '在申请的答复中改定一种办理结果',
  })
}

function checkRecount(cells: Cells, recount: Cells, edition: Edition, { now, mend }: RecountWords, findings: Finding[]): void {
  for (const code of cellsOf(edition)) {
    const [stated, counted] = [cells[code] ?? null, recount[code] ?? null]
    if (stated === counted || counted === null) continue
    findings.push({
      rule: 'K10',
      severity: 'error',
      cell: code,
      line: null,
      message: `${labelOf(code, edition)}为 ${stated ?? '空'}，${now} ${counted}`,
      expected: `${counted}`,
      mend,
    })
  }
}

function checkDirectSuit(
  { caseId, replyRow, repliedOn }: { caseId: string; replyRow: string; repliedOn: PlainDate },
  findings: Finding[],
): void {
  if (repliedOn < REVIEW_FIRST_FROM || !REVIEW_FIRST_ROW.test(replyRow)) return
  findings.push({
    rule: 'K13',
    severity: 'warning',
    cell: 'T4.ld.total',
    line: null,
    message: `案件 ${caseId}：${repliedOn} 作出的「${rowLabelOf(replyRow)}」答复被直接起诉，依法应先申请行政复议`,
    expected: '计入「复议后起诉」，或说明法院受理的理由',
    mend: '核对案件的复议情况；确系直接起诉的，在备注中说明',
  })
}
