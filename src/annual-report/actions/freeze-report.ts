import type { Actor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { changeReport, type Changed, type ReportKey } from './change-report.ts'
import { freeze } from '../report.ts'
import { takeSnapshot } from '../tally/tally.ts'

/** 冻结：取此刻台账的数。此后台账再改，只显示为出入，直到重新冻结。 */
export const freezeReport = (deps: Deps, actor: Actor, key: ReportKey): Promise<Changed> =>
  changeReport(deps, actor, 'report.draft', key, async (tx, found) =>
    freeze(found.state, {
      on: deps.clock.today(),
      snapshot: await takeSnapshot(tx, key.bodyId, key.year, deps.clock.today()),
    }),
  )
