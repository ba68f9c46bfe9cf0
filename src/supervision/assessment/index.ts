import './tables.ts'
import { Hono } from 'hono'
import type { RecordSource } from '../../platform/record-source.ts'
import { publicAssessmentRoutes } from './public-routes.tsx'
import { schemeRoutes } from './scheme-routes.tsx'
import { accountabilityRoutes } from '../accountability/index.ts'
import { sheetRoutes } from './sheet-routes.tsx'
import { toSources } from './sources.ts'

export { assessmentVerifiers } from './results.ts'
export { assessmentToDos } from './to-dos.ts'

/** 责任考核、责任追究的各页，取数同一；年度报告的两种取数由接线的传入。 */
export function assessmentRoutes(reports: { reportsInTime: RecordSource; reportsRight: RecordSource }): Hono {
  const sources = toSources(reports)
  return new Hono().route('/', publicAssessmentRoutes).route('/', schemeRoutes(sources)).route('/', sheetRoutes(sources)).route('/', accountabilityRoutes(sources))
}
