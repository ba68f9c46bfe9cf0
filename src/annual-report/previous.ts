import type { Tx } from '../platform/db.ts'
import type { Cells, Edition } from '../statute/report-form.ts'
import type { ReadLine, ReadReport } from './reading/read-report.ts'
import type { ProblemPlan } from './narrative.ts'
import { toReadReport } from './to-read-report.ts'

/** 上一年度的报告：系统里已报送或公布的最后一版，否则为载入的文件。 */
export type Previous =
  | { source: 'filed'; read: ReadReport; problems: readonly ProblemPlan[] }
  | { source: 'imported'; read: ReadReport; problems: readonly ProblemPlan[]; fileName: string }

/** @param year 上一年度 */
export async function findPrevious(tx: Tx, bodyId: string, year: number): Promise<Previous | null> {
  const filed = await tx
    .selectFrom('annual_report_edition')
    .select('model')
    .where('body_id', '=', bodyId)
    .where('year', '=', year)
    .where((eb) => eb.or([eb('filed_on', 'is not', null), eb('published_on', 'is not', null)]))
    .orderBy('edition', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (filed !== undefined) return { source: 'filed', read: toReadReport(filed.model), problems: filed.model.narrative.problems }
  const imported = await tx
    .selectFrom('previous_report')
    .select(['form', 'cells', 'paragraphs', 'problems', 'file_name'])
    .where('body_id', '=', bodyId)
    .where('year', '=', year)
    .executeTakeFirst()
  if (imported === undefined) return null
  return {
    source: 'imported',
    read: fromImported({ year, ...imported }),
    problems: imported.problems,
    fileName: imported.file_name,
  }
}

export const lastProblemsOf = async (tx: Tx, bodyId: string, year: number): Promise<readonly ProblemPlan[]> =>
  (await findPrevious(tx, bodyId, year - 1))?.problems ?? []

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
