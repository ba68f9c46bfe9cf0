import type { Actor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { changeReport, type Changed, type ReportKey } from './change-report.ts'
import { checkOwnReport, warningKeys } from '../own-check/own-checks.ts'
import { waive } from '../report.ts'

/** 对一条提醒作出说明：记下谁、为什么。 */
export const waiveWarning = (
  deps: Deps,
  actor: Actor,
  { findingKey, reason, ...key }: ReportKey & { findingKey: string; reason: string },
): Promise<Changed> =>
  changeReport(deps, actor, 'report.waive', key, async (tx, found) => {
    const { findings } = await checkOwnReport(tx, found, deps)
    const person = actor.name
    return waive(found.state, {
      on: deps.clock.today(),
      waiver: { findingKey, person, reason },
      warnings: warningKeys(findings),
    })
  })
