import { sumSafeguards } from '../tally/count-safeguards.ts'
import type { Figures } from '../tally/figures.ts'
import type { TextFigures } from './figures-of-text.ts'
import type { Unread } from './summed.ts'

const UNSORTED = '未分类的' // 上传的报告只读得出总数

/** 各家的数相加；读不出的不加，写明是谁。 */
export function sumFigures(of: readonly (TextFigures & { name: string })[]): { figures: Figures; unread: Unread[] } {
  const kinds = new Map<string, number>()
  const figures = { items: { total: 0 }, processingFee: { cases: 0, fen: 0 }, replies: { total: 0, onTime: 0 } }
  for (const { items, processingFee, replies } of of) {
    for (const { label, count } of items?.byKind ?? []) kinds.set(label, (kinds.get(label) ?? 0) + count)
    figures.items.total += items?.total ?? 0
    figures.processingFee.cases += processingFee?.cases ?? 0
    figures.processingFee.fen += processingFee?.fen ?? 0
    figures.replies.total += replies?.total ?? 0
    figures.replies.onTime += replies?.onTime ?? 0
  }
  const sorted = [...kinds.values()].reduce((sum, count) => sum + count, 0)
  const rest = figures.items.total - sorted
  const byKind = [...kinds].map(([label, count]) => ({ label, count }))
  const without = (key: keyof TextFigures) => of.filter((one) => one[key] === null).map(({ name }) => name)
  const unread: Unread[] = [
    { what: 'items', who: without('items') },
    { what: 'fees', who: without('processingFee') },
    { what: 'replies', who: without('replies') },
    { what: 'safeguards', who: without('safeguards') },
  ]
  const registered = of.flatMap(({ safeguards }) => safeguards ?? [])
  return {
    // 没有一家有的，不是 0，是没有数
    figures: { ...figures, ...(registered.length === 0 ? {} : { safeguards: sumSafeguards(registered) }), items: { total: figures.items.total, byKind: rest > 0 ? [...byKind, { label: UNSORTED, count: rest }] : byKind } },
    unread: unread.filter(({ who }) => who.length > 0),
  }
}
