import { countForReport, countReplies, sumFees } from '../../applications/index.ts'
import { countItems, countTable2 } from '../../catalogue/index.ts'
import type { Tx } from '../../platform/db.ts'
import { countTable4 } from '../../reviews/index.ts'
import { editionOf } from '../../statute/report-form.ts'
import { completeCells } from '../../statute/report-totals.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { listPredecessors } from '../collection/predecessors.ts'
import type { Snapshot } from '../report.ts'
import { countSafeguards, sumSafeguards } from './count-safeguards.ts'

/**
 * 从台账数出一份报告的全部数字，任何一日、任何一年；到年末为止并入的前身，其台账一并算在内。
 * 表三 n 件申请一次分组，表二、表四各一次；格式有而台账数不出的格为 null。
 * @param today 今日；统计截止于今日或该年 12 月 31 日，取早
 */
export async function countSnapshot(tx: Tx, bodyId: string, year: number, today: PlainDate): Promise<Snapshot> {
  const own = await countOne(tx, bodyId, year, today)
  const parts = [own]
  for (const from of await listPredecessors(tx, bodyId, year)) parts.push(await countOne(tx, from.bodyId, year, today))
  return parts.length === 1 ? own : sumSnapshots(parts)
}

function sumSnapshots(parts: readonly Snapshot[]): Snapshot {
  const [own, ...rest] = parts
  if (own === undefined) throw new Error('没有可加的')
  const labels = [...new Set(parts.flatMap(({ figures }) => figures.items.byKind.map(({ label }) => label)))]
  const add = (of: (one: Snapshot) => number): number => parts.reduce((total, one) => total + of(one), 0)
  return {
    ...own,
    cells: Object.fromEntries(Object.entries(own.cells).map(([code, value]) => [code, rest.reduce<number | null>((total, one) => addCell(total, one.cells[code] ?? null), value)])),
    figures: {
      items: {
        total: add(({ figures }) => figures.items.total),
        byKind: labels.map((label) => ({ label, count: add(({ figures }) => figures.items.byKind.find((one) => one.label === label)?.count ?? 0) })),
      },
      processingFee: { cases: add(({ figures }) => figures.processingFee.cases), fen: add(({ figures }) => figures.processingFee.fen) },
      replies: { total: add(({ figures }) => figures.replies.total), onTime: add(({ figures }) => figures.replies.onTime) },
      safeguards: sumSafeguards(parts.flatMap(({ figures }) => (figures.safeguards === undefined ? [] : [figures.safeguards]))),
    },
  }
}

// 金额至多六位小数；有一边没有数的，和也没有
const addCell = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : Number((a + b).toFixed(6)))

async function countOne(tx: Tx, bodyId: string, year: number, today: PlainDate): Promise<Snapshot> {
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
      safeguards: await countSafeguards(tx, bodyId, year, scope.asOf),
    },
  }
}
