import { actorKey, type Actor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { behalfBut, changeReport, type Changed, type ReportKey } from './change-report.ts'
import { contentHash } from '../editions/content-hash.ts'
import { loadModel } from '../editions/load-model.ts'
import { sign } from '../report.ts'
import { saveEdition } from '../store.ts'

/** 签发：机关领导签发，整份报告存为这一版，此后各版本文件都由它而出。 */
export const signReport = (deps: Deps, actor: Actor, key: ReportKey): Promise<Changed> => {
  const on = deps.clock.today()
  return changeReport(
    deps,
    actor,
    'report.sign',
    key,
    async (tx, found) =>
      sign(found.state, { on, signer: actorKey(actor), onBehalfOf: behalfBut(actor, 'report.sign', found.state.drafter), contentHash: contentHash(await loadModel(tx, found, deps)) }),
    async (tx, found) => {
      const model = await loadModel(tx, found, deps)
      await saveEdition(tx, found, {
        model: { ...model, datedOn: on },
        contentHash: contentHash(model),
        signedOn: on,
        frozenAt: found.frozenAt ?? deps.clock.now(),
      })
    },
  )
}
