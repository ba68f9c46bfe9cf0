import { countForReport, countReplies, sumFees } from '../applications/index.ts'
import { countItems, countTable2 } from '../catalogue/index.ts'
import type { Tx } from '../platform/db.ts'
import { countTable4 } from '../reviews/index.ts'
import { editionOf } from '../statute/report-form.ts'
import { completeCells } from '../statute/report-totals.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Snapshot } from './report.ts'

/**
 * 从台账数出一份报告的全部数字，任何一日、任何一年。
 * 表三 n 件申请一次分组，表二、表四各一次；格式有而台账数不出的格为 null。
 * @param today 今日；统计截止于今日或该年 12 月 31 日，取早
 */
export async function countSnapshot(tx: Tx, bodyId: string, year: number, today: PlainDate): Promise<Snapshot> {
  const last = `${year}-12-31`
  const scope = { bodyId, year, asOf: today < last ? today : last }
  const form = editionOf(year)
  const counted = {
    ...(await countTable2(tx, scope)),
    ...(await countForReport(tx, bodyId, year, scope.asOf)),
    ...(await countTable4(tx, scope)),
  }
  const fees = await sumFees(tx, bodyId, year, scope.asOf)
  const items = await countItems(tx, scope)
  return {
    form,
    asOf: scope.asOf,
    cells: completeCells(form, counted),
    figures: {
      items: { total: items.total, byKind: items.byKind.map(({ label, count }) => ({ label, count })) },
      processingFee: { cases: fees.cases, fen: fees.amount },
      replies: await countReplies(tx, bodyId, year, scope.asOf),
    },
  }
}
