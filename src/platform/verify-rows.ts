import { readMany } from './timeline.ts'
import type { TimelineEvent } from './timeline.ts'
import type { Db } from './db.ts'
import type { Problem } from './verify.ts'

/** 表里的一行，与它的案子、版本。 */
export interface KeptRow {
  bodyId: string
  caseId: string
  version: number
  row: Readonly<Record<string, unknown>>
}

export type After = { bodyId: string; caseId: string } | null

/** 一页的行数；取页的函数须照此取。 */
export const VERIFY_PAGE = 500

/**
 * 重放时间线，与表里的行逐列比对；按主键分页，不论有多少。
 * @param page 取某行之后的一页，按机构与案子排序
 * @param rebuild 由事件得出的列；没有登记则为 null。没有给出的列不比
 */
export async function* verifyRows<E extends TimelineEvent>(
  db: Db,
  stream: string,
  page: (after: After) => Promise<KeptRow[]>,
  rebuild: (events: readonly E[]) => Readonly<Record<string, unknown>> | null,
): AsyncIterable<Problem> {
  let after: KeptRow | null = null
  for (;;) {
    const kept: KeptRow[] = await page(after)
    for (const [bodyId, group] of Map.groupBy(kept, (each) => each.bodyId)) {
      const histories = await readMany<E>(db, { bodyId, caseIds: group.map((each) => each.caseId), stream })
      for (const each of group) {
        const events = (histories.get(each.caseId) ?? []).map((recorded) => recorded.event)
        const wrong = compare(each, events.length, rebuild(events))
        if (wrong) yield { where: `${stream} ${bodyId}/${each.caseId}`, message: wrong }
      }
    }
    if (kept.length < VERIFY_PAGE) return
    after = kept.at(-1) ?? null
  }
}

function compare({ row, version }: KeptRow, events: number, rebuilt: Readonly<Record<string, unknown>> | null): string | null {
  if (rebuilt === null) return '有行而没有时间线'
  if (version !== events) return `行为第 ${version} 版，时间线有 ${events} 条`
  const column = Object.keys(rebuilt).find((key) => JSON.stringify(rebuilt[key]) !== JSON.stringify(row[key]))
  return column === undefined ? null : `行的 ${column} 与时间线重放所得不同`
}
