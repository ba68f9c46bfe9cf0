import type { Actor } from '../identity/index.ts'
import type { Deps } from '../platform/deps.ts'
import { changeReport, type Changed, type ReportKey } from './change-report.ts'
import { indexReport } from './report-source.ts'
import { file, publish } from './report.ts'
import { markEdition } from './store.ts'

/** 向本级主管部门报送（条例第四十九条）。 */
export const fileReport = (deps: Deps, actor: Actor, key: ReportKey): Promise<Changed> => {
  const on = deps.clock.today()
  return changeReport(deps, actor, 'report.file', key, (_, found) => file(found.state, { on }), (tx, found) =>
    markEdition(tx, found, { filed_on: on }),
  )
}

/** 向社会公布（条例第四十九条）；公布之时起门户可见。 */
export const publishReport = (deps: Deps, actor: Actor, key: ReportKey): Promise<Changed> => {
  const on = deps.clock.today()
  return changeReport(deps, actor, 'report.publish', key, (_, found) => publish(found.state, { on }), async (tx, found) => {
    await markEdition(tx, found, { published_on: on })
    await indexReport(tx, found.bodyId, found.reportId)
  })
}
