import type { ImportCounts } from './definition.ts'
import { LedgerRefused } from './import-ledger.ts'

/**
 * 一行的决定：可以则给出各事；不可以则抛 LedgerRefused，写明第几行、何故。
 * @param words 各种缘故的措辞
 */
export function eventsOfLine<E, R extends string>(
  line: number,
  decided: { ok: true; events: readonly E[] } | { ok: false; refusal: R },
  words: Readonly<Record<R, string>>,
): readonly E[] {
  if (!decided.ok) throw new LedgerRefused(`第 ${line} 行：${words[decided.refusal]}`)
  return decided.events
}

/** 一行一件的：新建几件、改动几件、没有变化几件。 */
export function countChanges(changes: readonly { found: { version: number }; events: readonly unknown[] }[]): ImportCounts {
  const created = changes.filter(({ found }) => found.version === 0).length
  const changed = changes.filter(({ found, events }) => found.version > 0 && events.length > 0).length
  return { created, changed, unchanged: changes.length - created - changed }
}
