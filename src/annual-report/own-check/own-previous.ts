import type { Tx } from '../../platform/db.ts'
import { cellsOf, editionOf, type Cells, type Edition } from '../../statute/report-form.ts'
import { findRound, type FiledRoundRow } from '../collection/filing-store.ts'
import type { ReadLine, ReadReport } from '../reading/read-report.ts'
import type { ProblemPlan } from '../narrative/narrative.ts'
import { problemsOf } from '../narrative/problems-of.ts'
import { toReadReport } from './to-read-report.ts'

/** 上一年度的报告：受理的报送，否则系统里已报送或公布的最后一版，否则为载入的文件；当年新设的后继机构没有自己的。 */
export type Previous = { read: ReadReport; problems: readonly ProblemPlan[]; /** 承接的数含有前身的，怎样加得 */ explanation: readonly string[] } & (
  | { source: 'filed' }
  | { source: 'none' }
  | { source: 'imported'; fileName: string }
)

/** 本机构自己的上一年度报告，不含前身的。 @param year 上一年度 */
export async function findOwnPrevious(tx: Tx, bodyId: string, year: number): Promise<Previous | null> {
  const accepted = await findAccepted(tx, bodyId, year)
  if (accepted !== null) return accepted
  const filed = await tx
    .selectFrom('annual_report_edition')
    .select('model')
    .where('body_id', '=', bodyId)
    .where('year', '=', year)
    .where((eb) => eb.or([eb('filed_on', 'is not', null), eb('published_on', 'is not', null)]))
    .orderBy('edition', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (filed !== undefined) return { source: 'filed', explanation: [], read: toReadReport(filed.model), problems: filed.model.narrative.problems }
  const imported = await tx
    .selectFrom('previous_report')
    .select(['form', 'cells', 'paragraphs', 'problems', 'file_name'])
    .where('body_id', '=', bodyId)
    .where('year', '=', year)
    .executeTakeFirst()
  if (imported === undefined) return null
  return {
    source: 'imported',
    explanation: [],
    read: fromImported({ year, ...imported }),
    problems: imported.problems,
    fileName: imported.file_name,
  }
}

async function findAccepted(tx: Tx, bodyId: string, year: number): Promise<Previous | null> {
  const filing = await tx.selectFrom('filing').select(['filing_id', 'round', 'status']).where('body_id', '=', bodyId).where('year', '=', year).executeTakeFirst()
  if (filing === undefined || (filing.status !== 'accepted' && filing.status !== 'locked')) return null
  const round = await findRound(tx, { bodyId, filingId: filing.filing_id }, filing.round)
  if (round === null) return null
  const read = roundAsRead(round)
  return { source: 'filed', explanation: [], read, problems: round.model?.narrative.problems ?? problemsOf(read).map((problem) => ({ problem, measure: '' })) }
}

/** 报送的一次，摆成核查所看的样子。 */
export const roundAsRead = (round: FiledRoundRow): ReadReport =>
  round.model === null
    ? {
        file: round.fileName ?? '',
        format: 'txt',
        title: null,
        body: round.bodyName,
        year: round.year,
        edition: round.form,
        cells: round.cells,
        places: {},
        lines: round.lines,
        notes: [],
      }
    : toReadReport(round.model)

/** 一份全为零的上年报告：当年新设的后继机构，承接的数全由前身来。 */
export const zeroPrevious = (body: string, year: number): Previous => ({
  source: 'none',
  explanation: [],
  problems: [],
  read: { file: '', format: 'txt', title: null, body, year, edition: editionOf(year), cells: Object.fromEntries(cellsOf(editionOf(year)).map((code) => [code, 0])), places: {}, lines: [], notes: [] },
})

const fromImported = (row: {
  year: number
  form: Edition
  cells: Cells
  paragraphs: readonly string[]
  file_name: string
}): ReadReport => ({
  file: row.file_name,
  format: 'txt',
  title: null,
  body: null,
  year: row.year,
  edition: row.form,
  cells: row.cells,
  places: {},
  lines: row.paragraphs.map((text, i): ReadLine => ({ number: i + 1, text, kind: 'prose' })),
  notes: [],
})
