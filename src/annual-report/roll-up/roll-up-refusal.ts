import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Refusal } from '../report.ts'
import type { LoadedReport } from '../store.ts'
import { loadRollUp } from './load-roll-up.ts'
import { sameParts, toSummed } from './summed.ts'

/** 汇总的报告公布之前再看一遍：缺的都有人说明，签发之后受理的情况没有变。一个机关的报告不管这个。 */
export async function rollUpRefusal(tx: Tx, { year, state }: LoadedReport, today: PlainDate): Promise<Refusal | null> {
  const summed = state.snapshot?.summed
  if (summed === undefined) return null
  const { sum } = await loadRollUp(tx, year, today)
  if (sum.unexplained.length > 0) return 'roll-up-incomplete'
  return sameParts(summed, toSummed(sum, [])) ? null : 'roll-up-changed'
}
