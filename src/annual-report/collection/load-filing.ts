import { getBody, namesOf, type Body } from '../../bodies/index.ts'
import { listDisplayNames } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import { compareReports, type ReportComparison } from '../difference/compare-reports.ts'
import type { Cells } from '../../statute/report-form.ts'
import type { FilingEvent } from './filing.ts'
import { findRound, openFiling, type FiledRoundRow, type LoadedFiling } from './filing-store.ts'
import type { ReturnedModel } from './returned-view.tsx'

/** 报送页要的一切。 */
export interface FilingView {
  body: Body
  /** 年末的名称 */
  name: string
  found: LoadedFiling
  /** 最近一次报送；没有报过的为 null */
  current: FiledRoundRow | null
  /** 与上一次报送的不同；只报过一次的为 null */
  difference: ReportComparison | null
  returned: ReturnedModel | null
  /** 办过事的人：账号 → 姓名 */
  people: ReadonlyMap<string, string>
}

export async function loadFiling(tx: Tx, bodyId: string, year: number, today: string): Promise<FilingView> {
  const body = await getBody(tx, bodyId)
  const found = await openFiling(tx, bodyId, year, today)
  const current = found.state.round === 0 ? null : await findRound(tx, found, found.state.round)
  const last = current === null || current.round === 1 ? null : await findRound(tx, found, current.round - 1)
  return {
    body,
    name: (await namesOf(tx, bodyId, `${year}-12-31`)).name,
    found,
    current,
    difference: current === null || last === null ? null : compareRounds(last, current),
    returned: current === null ? null : returnedOf(found, current, null, await listDisplayNames(tx, found.history.map(({ actor }) => actor))),
    people: await listDisplayNames(tx, [...found.history.map(({ actor }) => actor), ...(found.state.reviewer === null ? [] : [found.state.reviewer])]),
  }
}

const asCompared = (round: FiledRoundRow) => ({ body: round.bodyName, year: round.year, edition: round.form, cells: round.cells, lines: round.lines })

/** 两次报送的不同：各格、各句。 */
export const compareRounds = (before: FiledRoundRow, after: FiledRoundRow): ReportComparison => compareReports(asCompared(before), asCompared(after))

type Returned = Extract<FilingEvent, { kind: 'returned' }>

/** 最近一次退回的意见；没有退回着的为 null。 @param now 本系统报告现在的数 */
export function returnedOf(found: LoadedFiling, round: FiledRoundRow, now: { cells: Cells; base: string } | null, people: ReadonlyMap<string, string>): ReturnedModel | null {
  if (found.state.status !== 'returned') return null
  const last = found.history.findLast(({ event }) => event.kind === 'returned')
  if (last === undefined) return null
  const event = last.event as Returned
  return {
    round: event.round,
    on: event.on,
    reviewer: people.get(last.actor) ?? '',
    words: event.words,
    remarks: event.remarks,
    form: round.form,
    filed: round.cells,
    now: now?.cells ?? null,
    cellBase: now?.base ?? null,
    narrativeHref: now === null ? null : `${now.base}/narrative`,
  }
}

/** 报告页上的退回意见：与现在的数对照；没有退回着的为 null。 */
export async function findReturned(tx: Tx, bodyId: string, year: number, now: { cells: Cells; base: string }, today: string): Promise<ReturnedModel | null> {
  const found = await openFiling(tx, bodyId, year, today)
  if (found.state.status !== 'returned') return null
  const round = await findRound(tx, found, found.state.round)
  if (round === null) return null
  return returnedOf(found, round, now, await listDisplayNames(tx, found.history.map(({ actor }) => actor)))
}
