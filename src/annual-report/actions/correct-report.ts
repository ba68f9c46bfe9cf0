import type { Actor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { changeReport, type Changed, type ReportKey } from './change-report.ts'
import { findFiling } from '../collection/filing-store.ts'
import { openCorrection } from '../report.ts'

/** 更正：另起新版本；旧版照存，在新版公布前仍是公众所见。主管部门退回的，对提醒的说明照留。 */
export const correctReport = (
  deps: Deps,
  actor: Actor,
  { reason, ...key }: ReportKey & { reason: string },
): Promise<Changed> =>
  changeReport(deps, actor, 'report.correct', key, async (tx, found) =>
    openCorrection(found.state, {
      on: deps.clock.today(),
      reason,
      keepWaivers: (await findFiling(tx, key.bodyId, key.year))?.state.status === 'returned',
    }),
  )
