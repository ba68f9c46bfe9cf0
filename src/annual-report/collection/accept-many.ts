import { recordMany } from '../../audit/index.ts'
import { actorKey, requirePermission, type Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { enqueue } from '../../platform/jobs.ts'
import { reviewingBy } from './change-filing.ts'
import { acceptFiling } from './filing.ts'
import { loadFilings, saveFilings } from './filing-store.ts'
import type { Filer } from './filings.ts'
import { MOST_BODIES } from './handle-many.ts'

/** 可以成批受理的一份：待审核，自动校核没有错误。 */
export interface Acceptable {
  bodyId: string
  bodyCode: string
  name: string
  round: number
  /** 有人说明过的提醒，处 */
  warnings: number
}

/** 归此人审核的（指定给本人的、没有指定的）各份里，自动校核没有错误的；带错报来的须逐份打开看。照名单的次序。 */
export async function listAcceptable(tx: Tx, filers: readonly Filer[], { year, reviewer, filer }: { year: number; reviewer: string; filer: string }): Promise<Acceptable[]> {
  const rows = await tx
    .selectFrom('filing')
    .innerJoin('filing_round', (join) =>
      join.onRef('filing_round.body_id', '=', 'filing.body_id').onRef('filing_round.filing_id', '=', 'filing.filing_id').onRef('filing_round.round', '=', 'filing.round'),
    )
    .select(['filing.body_id', 'filing.round', 'filing.filer', 'filing_round.findings'])
    .where('filing.year', '=', year)
    .where('filing.status', '=', 'filed')
    .where((eb) => eb.or([eb('filing.reviewer', 'is', null), eb('filing.reviewer', '=', reviewer)]))
    .execute()
  const byBody = new Map(rows.map((row) => [row.body_id, row]))
  return filers.flatMap(({ bodyId, bodyCode, name }) => {
    const row = byBody.get(bodyId)
    if (row === undefined || row.filer === filer || row.findings.some(({ severity }) => severity === 'error')) return []
    return [{ bodyId, bodyCode, name, round: row.round, warnings: row.findings.filter(({ severity }) => severity === 'warning').length }]
  })
}

/** 受理勾选的各份，一个事务；看过之后又报了的、不能由此人受理的略过。返回受理了几份。 */
export function acceptMany(deps: Deps, actor: Actor, { year, chosen }: { year: number; chosen: readonly Pick<Acceptable, 'bodyId' | 'round'>[] }): Promise<number> {
  requirePermission(actor, 'filing.review')
  const on = deps.clock.today()
  const rounds = new Map(chosen.slice(0, MOST_BODIES).map(({ bodyId, round }) => [bodyId, round]))
  return transaction(deps.db, async (tx) => {
    const changes = (await loadFilings(tx, year, [...rounds.keys()], on)).flatMap((found) => {
      const decision = acceptFiling(found.state, { ...reviewingBy(deps, actor, rounds.get(found.bodyId) ?? 0, found.state.filer), words: '' })
      return decision.ok ? [{ found, events: decision.events }] : []
    })
    if (changes.length === 0) return 0
    await saveFilings(tx, changes, { actor: actorKey(actor), at: deps.clock.now(), on })
    await recordMany(tx, actor, 'filing.accepted', changes.map(({ found }) => ({ bodyId: found.bodyId, target: found.filingId })), { year })
    // 与逐份受理同一个 key：一次报送只通知一遍
    for (const [round, ones] of Map.groupBy(changes, ({ found }) => found.state.round))
      await enqueue(tx, 'filings.tell', { year, bodyIds: ones.map(({ found }) => found.bodyId), what: 'accepted', key: `accepted/${round}` })
    return changes.length
  })
}
