import type { Actor } from '../../identity/index.ts'
import { actorKey } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { refuse } from '../../statute/decision.ts'
import { changeReport, type Changed, type ReportKey } from './change-report.ts'
import { fileSigned } from '../collection/file-signed.ts'
import { indexReport } from '../public/report-source.ts'
import { file, publish } from '../report.ts'
import { rollUpRefusal } from '../roll-up/roll-up-refusal.ts'
import { markEdition } from '../store.ts'

/**
 * 向本级主管部门报送（条例第四十九条）：签发的这一版成为下一次报送。
 * @param reply 对上次退回的答复
 */
export const fileReport = (deps: Deps, actor: Actor, { reply = '', ...key }: ReportKey & { reply?: string }): Promise<Changed> => {
  const on = deps.clock.today()
  return changeReport(
    deps,
    actor,
    'report.file',
    key,
    async (tx, found) => {
      const decision = file(found.state, { on })
      if (!decision.ok) return decision
      const sent = await fileSigned(tx, deps, found, { actor: actorKey(actor), at: deps.clock.now(), on }, reply)
      return sent.ok ? decision : refuse(sent.refusal)
    },
    (tx, found) => markEdition(tx, found, { filed_on: on }),
  )
}

/** 向社会公布（条例第四十九条）；公布之时起门户可见。 */
export const publishReport = (deps: Deps, actor: Actor, key: ReportKey): Promise<Changed> => {
  const on = deps.clock.today()
  return changeReport(
    deps,
    actor,
    'report.publish',
    key,
    async (tx, found) => {
      const decision = publish(found.state, { on })
      const refusal = decision.ok ? await rollUpRefusal(tx, found, on) : null
      return refusal === null ? decision : refuse(refusal)
    },
    async (tx, found) => {
      await markEdition(tx, found, { published_on: on })
      await indexReport(tx, found.bodyId, found.reportId)
    },
  )
}
