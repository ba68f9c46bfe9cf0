import { recordMany } from '../../audit/index.ts'
import { actorKey, requirePermission, type Actor } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { enqueue } from '../../platform/jobs.ts'
import { transaction } from '../../platform/connect.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { assign, lockFiling, remind, type Filing, type FilingDecision } from './filing.ts'
import { loadFilings, saveFilings } from './filing-store.ts'
import { listFilers, type Filer } from './filings.ts'
import { listReviewers } from './office.ts'

/** 一批至多几个机关。 */
export const MOST_BODIES = 1000

/** 对一批机关办同一件事，一个事务；不能办的略过。返回办成的机关。 */
async function handleMany(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  { year, bodyIds }: { year: number; bodyIds: readonly string[] },
  act: { name: 'assigned' | 'reminded' | 'locked' | 'expected'; decide: (filing: Filing) => FilingDecision },
): Promise<string[]> {
  const on = deps.clock.today()
  const found = await loadFilings(tx, year, bodyIds.slice(0, MOST_BODIES), on)
  const changes = found.flatMap((one) => {
    const decision = act.decide(one.state)
    return decision.ok && (decision.events.length > 0 || one.version === 0) ? [{ found: one, events: decision.events }] : []
  })
  if (changes.length === 0) return []
  await saveFilings(tx, changes, { actor: actorKey(actor), at: deps.clock.now(), on })
  await recordMany(tx, actor, `filing.${act.name}`, changes.map(({ found: one }) => ({ bodyId: one.bodyId, target: one.filingId })), { year })
  return changes.map(({ found: one }) => one.bodyId)
}

/** 开始收集：应报的各机关列入名单，并告诉它们。返回新列入的个数。 */
export function openCollection(deps: Deps, actor: Actor, year: number): Promise<number> {
  requirePermission(actor, 'filing.review')
  return transaction(deps.db, async (tx) => {
    const filers = await listFilers(tx, year, deps.clock.today())
    const opened = await handleMany(tx, deps, actor, { year, bodyIds: idsOf(filers.filter((one) => !one.listed)) }, { name: 'expected', decide: () => ({ ok: true, events: [] }) })
    if (opened.length > 0) await enqueue(tx, 'filings.tell', { year, bodyIds: opened, what: 'opened', key: 'opened' })
    return opened.length
  })
}

const idsOf = (filers: readonly Filer[]): string[] => filers.map(({ bodyId }) => bodyId)

/** 催报：还没有报的、退回没有再报的。返回催了几个机关。 */
export function remindFilers(deps: Deps, actor: Actor, input: { year: number; bodyIds: readonly string[] }): Promise<number> {
  requirePermission(actor, 'filing.review')
  return transaction(deps.db, async (tx) => {
    const on = deps.clock.today()
    const known = new Set(idsOf(await listFilers(tx, input.year, on)))
    const bodyIds = input.bodyIds.filter((bodyId) => known.has(bodyId))
    const reminded = await handleMany(tx, deps, actor, { year: input.year, bodyIds }, { name: 'reminded', decide: (filing) => remind(filing, on) })
    // 同一日再催，不再通知第二遍
    if (reminded.length > 0) await enqueue(tx, 'filings.tell', { year: input.year, bodyIds: reminded, what: 'reminded', key: `reminded/${on}` })
    return reminded.length
  })
}

export type Assigned = { ok: true; count: number } | { ok: false; refusal: 'no-such-reviewer' | 'nothing-chosen' }

/** 定由谁审核哪些机关的；reviewer 为 null 则不指定。 */
export function assignFilings(deps: Deps, actor: Actor, input: { year: number; bodyIds: readonly string[]; reviewer: string | null }): Promise<Assigned> {
  requirePermission(actor, 'filing.review')
  return transaction(deps.db, async (tx) => {
    if (input.bodyIds.length === 0) return { ok: false, refusal: 'nothing-chosen' }
    const { reviewer } = input
    if (reviewer !== null && !(await listReviewers(tx)).some(({ accountId }) => accountId === reviewer)) return { ok: false, refusal: 'no-such-reviewer' }
    const on = deps.clock.today()
    const known = new Set(idsOf(await listFilers(tx, input.year, on)))
    const bodyIds = input.bodyIds.filter((bodyId) => known.has(bodyId))
    const done = await handleMany(tx, deps, actor, { year: input.year, bodyIds }, { name: 'assigned', decide: (filing) => assign(filing, { on, reviewer }) })
    return { ok: true, count: done.length }
  })
}

/** 锁定这一年度：已受理的各份都锁；没有受理的仍可以报、可以审，以后再锁。返回锁了几份。 */
export function lockYear(deps: Deps, actor: Actor, year: number): Promise<number> {
  requirePermission(actor, 'filing.review')
  const on: PlainDate = deps.clock.today()
  return transaction(deps.db, async (tx) => {
    const accepted = (await listFilers(tx, year, on)).filter(({ status }) => status === 'accepted')
    return (await handleMany(tx, deps, actor, { year, bodyIds: idsOf(accepted) }, { name: 'locked', decide: (filing) => lockFiling(filing, on) })).length
  })
}
