import './tables.ts'
import { record } from '../../audit/index.ts'
import { actorKey, requirePermission } from '../../identity/index.ts'
import type { Actor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { countByTopic, listPool } from './bank.ts'
import { TOPICS } from './question.ts'
import type { Topic } from './question.ts'

export type TopicCounts = Readonly<Partial<Record<Topic, number>>>

export interface PaperFacts {
  title: string
  /** 随机的种子：同一种子、同一题库，抽得的相同 */
  seed: string
  counts: TopicCounts
  passScore: number
  /** 每人可答几次，取最好的 */
  attempts: number
  /** 及格计的学时，半学时计；0 为不计 */
  halfHours: number
  opensOn: PlainDate
  closesOn: PlainDate
}
export interface Paper extends PaperFacts {
  paperId: string
  version: number
}
export interface PaperRef {
  bodyId: string
  paperId: string
}

export const LEAST_QUESTIONS = 5
export const MOST_PER_PAPER = 50
export const totalOf = (counts: TopicCounts): number => Object.values(counts).reduce((sum, n) => sum + n, 0)
export const isOpen = ({ opensOn, closesOn }: Pick<Paper, 'opensOn' | 'closesOn'>, today: PlainDate): boolean => opensOn <= today && today <= closesOn

/** 出一份试卷。某课题的题不够的，给出那个课题。 */
export function makePaper(deps: Deps, actor: Actor, { bodyId, facts }: { bodyId: string; facts: PaperFacts }): Promise<{ ok: true; paperId: string } | { ok: false; short: Topic; has: number }> {
  requirePermission(actor, 'safeguard.handle', bodyId)
  return transaction(deps.db, async (tx) => {
    const has = countByTopic(await listPool(tx, bodyId))
    const short = (Object.entries(facts.counts) as [Topic, number][]).find(([topic, n]) => n > (has.get(topic) ?? 0))
    if (short !== undefined) return { ok: false, short: short[0], has: has.get(short[0]) ?? 0 }
    const paperId = newId()
    await tx
      .insertInto('training_paper')
      .values({ body_id: bodyId, paper_id: paperId, version: 1, title: facts.title, seed: facts.seed, counts: JSON.stringify(facts.counts), pass_score: facts.passScore, attempts: facts.attempts, half_hours: facts.halfHours, opens_on: facts.opensOn, closes_on: facts.closesOn, made_by: actorKey(actor), made_at: deps.clock.now() })
      .execute()
    await record(tx, actor, 'training.paper-made', { bodyId, target: paperId })
    return { ok: true, paperId }
  })
}

/** 改起止的日子；题数、及格分不改，已答的才可比。 */
export function changePaper(deps: Deps, actor: Actor, { seen, opensOn, closesOn, ...ref }: PaperRef & { seen: number; opensOn: PlainDate; closesOn: PlainDate }): Promise<void> {
  requirePermission(actor, 'safeguard.handle', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const found = await getPaper(tx, ref)
    const done = await tx.updateTable('training_paper').set((eb) => ({ opens_on: opensOn, closes_on: closesOn, version: eb('version', '+', 1) })).where('body_id', '=', ref.bodyId).where('paper_id', '=', ref.paperId).where('version', '=', seen).executeTakeFirst()
    if (done.numUpdatedRows === 0n) throw new Conflict(seen, found.version)
    await record(tx, actor, 'training.paper-changed', { bodyId: ref.bodyId, target: ref.paperId }, { until: closesOn })
  })
}

interface PaperRow {
  paper_id: string
  version: number
  title: string
  seed: string
  counts: TopicCounts
  pass_score: number
  attempts: number
  half_hours: number
  opens_on: PlainDate
  closes_on: PlainDate
}

const toPaper = (row: PaperRow): Paper => ({
  paperId: row.paper_id, version: row.version, title: row.title, seed: row.seed, counts: row.counts, passScore: row.pass_score, attempts: row.attempts, halfHours: row.half_hours, opensOn: row.opens_on, closesOn: row.closes_on,
})

export async function getPaper(tx: Tx, { bodyId, paperId }: PaperRef): Promise<Paper> {
  const row = await tx.selectFrom('training_paper').selectAll().where('body_id', '=', bodyId).where('paper_id', '=', paperId).executeTakeFirst()
  if (row === undefined) throw new NotFound('这份试卷')
  return toPaper(row)
}

export interface PaperRowWithTakers extends Paper {
  takers: number
  passed: number
}

/** 试卷，新的在前，各附几人答过、几人及格。 */
export async function listPapers(tx: Tx, bodyId: string, { limit, offset }: { limit: number; offset: number }): Promise<PaperRowWithTakers[]> {
  const rows = await tx
    .selectFrom('training_paper as p')
    .selectAll('p')
    .select((eb) => [
      eb.selectFrom('training_attempt as a').whereRef('a.body_id', '=', 'p.body_id').whereRef('a.paper_id', '=', 'p.paper_id').where('a.submitted_on', 'is not', null).select((inner) => inner.fn.count<number>('a.account_id').distinct().as('n')).as('takers'),
      eb.selectFrom('training_attempt as a').whereRef('a.body_id', '=', 'p.body_id').whereRef('a.paper_id', '=', 'p.paper_id').where('a.passed', '=', true).select((inner) => inner.fn.count<number>('a.account_id').distinct().as('n')).as('passes'),
    ])
    .where('p.body_id', '=', bodyId)
    .orderBy('p.opens_on', 'desc')
    .orderBy('p.paper_id')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map((row) => ({ ...toPaper(row), takers: row.takers ?? 0, passed: row.passes ?? 0 }))
}

export async function countPapers(tx: Tx, bodyId: string): Promise<number> {
  return (await tx.selectFrom('training_paper').where('body_id', '=', bodyId).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n
}

export const topicsText = (counts: TopicCounts): string =>
  (Object.entries(counts) as [Topic, number][]).filter(([, n]) => n > 0).map(([topic, n]) => `${TOPICS[topic]} ${n} 题`).join('，')
