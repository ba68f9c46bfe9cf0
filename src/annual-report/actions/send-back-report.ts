import type { Actor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { changeReport, type Changed, type ReportKey } from './change-report.ts'
import { tellSentBack } from './tell-sent-back.ts'
import { sendBack } from '../report.ts'

/** 退回起草，须说明理由。 */
export const sendBackReport = (
  deps: Deps,
  actor: Actor,
  { reason, ...key }: ReportKey & { reason: string },
): Promise<Changed> =>
  changeReport(
    deps,
    actor,
    'report.return',
    key,
    (_, found) => sendBack(found.state, { on: deps.clock.today(), reason }),
    (tx, found) => tellSentBack(tx, found, { actor, at: deps.clock.now() }),
  )
