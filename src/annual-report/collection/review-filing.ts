import { actorKey, type Actor } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { takeBack } from '../report.ts'
import { findReport, markEdition, saveReport } from '../store.ts'
import { changeFiling, reviewingBy, type FilingChanged, type FilingKey } from './change-filing.ts'
import { acceptFiling as decideAccept, returnFiling as decideReturn, type Remark } from './filing.ts'
import type { LoadedFiling } from './filing-store.ts'
import { listReviewers } from './office.ts'
import { settleOffice, tellBody } from './tell.ts'

/** 受理：此后计入全区的汇总。 */
export const acceptFiling = (deps: Deps, actor: Actor, { round, words, ...key }: FilingKey & { round: number; words: string }): Promise<FilingChanged> =>
  changeFiling(
    deps,
    actor,
    'filing.review',
    key,
    (_, { state }) => decideAccept(state, { ...reviewingBy(deps, actor, round, state.filer), words }),
    async (tx) => {
      await settleOffice(tx, key, await listReviewers(tx), deps.clock.now())
      await tellBody(tx, key, { what: `accepted/${round}`, title: `${key.year} 年度报告已受理`, note: words.trim() }, deps.clock.now())
    },
  )

/** 退回：本系统的报告没有公布的，回到起草；已公布的由机关另起更正版。 */
export const returnFiling = (
  deps: Deps,
  actor: Actor,
  { round, words, remarks, ...key }: FilingKey & { round: number; words: string; remarks: readonly Remark[] },
): Promise<FilingChanged> =>
  changeFiling(
    deps,
    actor,
    'filing.review',
    key,
    (_, { state }) => decideReturn(state, { ...reviewingBy(deps, actor, round, state.filer), words, remarks }),
    async (tx, found) => {
      await takeBackReport(tx, deps, actor, found)
      await settleOffice(tx, key, await listReviewers(tx), deps.clock.now())
      const count = remarks.length === 0 ? '' : `，标出 ${remarks.length} 处`
      await tellBody(tx, key, { what: `returned/${round}`, title: `${key.year} 年度报告退回修改${count}`, note: words.trim() }, deps.clock.now())
    },
  )

async function takeBackReport(tx: Tx, deps: Deps, actor: Actor, { bodyId, state: filing }: LoadedFiling): Promise<void> {
  if (filing.source !== 'system') return
  const report = await findReport(tx, bodyId, filing.year)
  if (report === null || report.state.edition !== filing.edition) return
  const events = takeBack(report.state, { on: deps.clock.today(), round: filing.round })
  if (events.length === 0) return
  await saveReport(tx, report, events, { actor: actorKey(actor), at: deps.clock.now() })
  await markEdition(tx, report, { filed_on: null })
}
