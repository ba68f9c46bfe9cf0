import { actorKey, type Actor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { behalfBut, changeReport, type Changed, type ReportKey } from './change-report.ts'
import { loadModel } from '../editions/load-model.ts'
import { contentHash } from '../editions/content-hash.ts'
import { reviewSecrecy } from '../report.ts'
import { tellSentBack } from './tell-sent-back.ts'

/** 保密审查（条例第十七条）：绑定当时内容的 SM3，改动一字即须重审。 */
export const reviewReport = (
  deps: Deps,
  actor: Actor,
  { passed, opinion, ...key }: ReportKey & { passed: boolean; opinion: string },
): Promise<Changed> =>
  changeReport(deps, actor, 'report.secrecy-review', key, async (tx, found) =>
    reviewSecrecy(found.state, {
      on: deps.clock.today(),
      passed,
      opinion,
      contentHash: contentHash(await loadModel(tx, found, deps)),
      reviewer: actorKey(actor), onBehalfOf: behalfBut(actor, 'report.secrecy-review', found.state.drafter),
    }),
    async (tx, found) => (passed ? undefined : tellSentBack(tx, found, { actor, at: deps.clock.now() })),
  )
