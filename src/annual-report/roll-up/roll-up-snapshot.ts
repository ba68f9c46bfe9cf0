import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { listPartFigures } from './accepted-figures.ts'
import { loadRollUp, type LoadedRollUp } from './load-roll-up.ts'
import { sumFigures } from './sum-figures.ts'
import { toSummed } from './summed.ts'
import type { Snapshot } from '../report.ts'

const NOTHING_READ = { items: null, processingFee: null, replies: null, safeguards: null }

/** 区政府的报告此刻的全部数字：各格为汇总，正文要用的数由各份受理的报告相加。汇总刚载入过的给来。 */
export async function rollUpSnapshot(tx: Tx, year: number, today: PlainDate, loaded?: LoadedRollUp): Promise<Snapshot> {
  const last = `${year}-12-31`
  const { sum, government } = loaded ?? (await loadRollUp(tx, year, today))
  const known = await listPartFigures(tx, year, government)
  const { figures, unread } = sumFigures(sum.parts.map(({ bodyId, bodyName }) => ({ name: bodyName, ...(known.get(bodyId) ?? NOTHING_READ) })))
  return { form: sum.form, asOf: today < last ? today : last, cells: sum.cells, figures, summed: toSummed(sum, unread) }
}
