import './tables.ts'
import type { Tx } from '../platform/db.ts'
import { append, read, type RecordedEvent } from '../platform/timeline.ts'
import { NotFound } from '../platform/errors.ts'
import { evolve, fold, type Report, type ReportEvent } from './report.ts'
import type { ReportModel } from './editions/report-model.ts'

const STREAM = 'annual-report'

/** 载入的一份报告：状态、时间线版本、行的键。 */
export interface LoadedReport {
  bodyId: string
  reportId: string
  year: number
  version: number
  state: Report
  frozenAt: Date | null
  history: readonly RecordedEvent<ReportEvent>[]
}

export const findReportRow = (tx: Tx, bodyId: string, year: number) =>
  tx
    .selectFrom('annual_report')
    .selectAll()
    .where('body_id', '=', bodyId)
    .where('year', '=', year)
    .executeTakeFirst()

export async function findReport(tx: Tx, bodyId: string, year: number): Promise<LoadedReport | null> {
  const row = await findReportRow(tx, bodyId, year)
  if (row === undefined) return null
  const history = await read<ReportEvent>(tx, { bodyId, caseId: row.report_id, stream: STREAM })
  return {
    bodyId,
    reportId: row.report_id,
    year,
    version: history.length,
    state: fold(history.map(({ event }) => event)),
    frozenAt: row.frozen_at,
    history,
  }
}

export async function getReport(tx: Tx, bodyId: string, year: number): Promise<LoadedReport> {
  const found = await findReport(tx, bodyId, year)
  if (found === null) throw new NotFound(`没有${year}年度报告`)
  return found
}

/** 追加事件并刷新行，同一事务。 */
export async function saveReport(
  tx: Tx,
  found: LoadedReport,
  events: readonly ReportEvent[],
  by: { actor: string; at: Date },
): Promise<void> {
  const { bodyId, reportId } = found
  const version = await append(
    tx,
    { bodyId, caseId: reportId, stream: STREAM, expectedVersion: found.version },
    events,
    by,
  )
  const state = events.reduce((so, event) => evolve(so, event), found.state)
  const frozenAt = events.some((event) => event.kind === 'frozen') ? by.at : found.frozenAt
  await tx
    .insertInto('annual_report')
    .values({ body_id: bodyId, report_id: reportId, year: found.year, ...toRow(state), frozen_at: frozenAt, version, updated_at: by.at })
    .onConflict((conflict) =>
      conflict
        .columns(['body_id', 'report_id'])
        .doUpdateSet({ ...toRow(state), frozen_at: frozenAt, version, updated_at: by.at }),
    )
    .execute()
}

/** 由状态得出的列；校验时据此与行比对。 */
export const toRow = (state: Report) => ({
  status: state.status,
  edition: state.edition,
  content_hash: state.contentHash,
  filed_on: state.filedOn,
  published_on: state.publishedOn,
})

/** 签发之时，把整份报告存为这一版。 */
export async function saveEdition(
  tx: Tx,
  found: LoadedReport,
  edition: { model: ReportModel; contentHash: string; signedOn: string; frozenAt: Date },
): Promise<void> {
  const row = {
    model: JSON.stringify(edition.model),
    content_hash: edition.contentHash,
    signed_on: edition.signedOn,
    frozen_at: edition.frozenAt,
    correction_reason: edition.model.correctionReason,
  }
  await tx
    .insertInto('annual_report_edition')
    .values({ body_id: found.bodyId, report_id: found.reportId, edition: edition.model.edition, year: found.year, ...row })
    .onConflict((conflict) => conflict.columns(['body_id', 'report_id', 'edition']).doUpdateSet(row))
    .execute()
}

export const markEdition = (tx: Tx, found: LoadedReport, set: { filed_on: string | null } | { published_on: string }) =>
  tx
    .updateTable('annual_report_edition')
    .set(set)
    .where('body_id', '=', found.bodyId)
    .where('report_id', '=', found.reportId)
    .where('edition', '=', found.state.edition)
    .execute()
