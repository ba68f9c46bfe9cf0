import { getBodyByCode } from '../../bodies/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { liveModel } from './load-model.ts'
import type { ReportModel } from './report-model.ts'
import { findReport } from '../store.ts'

/** 某机关某年度的报告，数字现从台账数出，正文用已起草的。没有该机关抛 NotFound。 */
export async function liveReport(deps: Deps, bodyCode: string, year: number): Promise<ReportModel> {
  const { bodyId } = await getBodyByCode(deps.db, bodyCode)
  return liveModel(deps.db, { bodyId, year, found: await findReport(deps.db, bodyId, year) }, deps)
}
