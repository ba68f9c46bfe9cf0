import './tables.ts'
import { record } from '../../audit/index.ts'
import { requirePermission } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/id.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { listPool } from './bank.ts'
import { drawPaper, scoreOf } from './draw-paper.ts'
import type { Answers, DrawnQuestion } from './draw-paper.ts'
import { getPaper, isOpen } from './papers.ts'
import type { PaperRef } from './papers.ts'

export interface Attempt {
  attemptId: string
  paperId: string
  accountId: string
  number: number
  questions: readonly DrawnQuestion[]
  /** 交了的才有 */
  result: { answers: Answers; score: number; passed: boolean; on: PlainDate } | null
}

export const ATTEMPT_REFUSED = { closed: '不在答卷的日子里', 'no-more': '可答的次数用完了，成绩取最好的一次' } as const
export type AttemptRefusal = keyof typeof ATTEMPT_REFUSED

/** 一次答卷的种子：试卷的种子，加上何人、第几次；各人各次抽到的不同，而都可以重抽出来。 */
export const attemptSeed = (seed: string, accountId: string, number: number): string => `${seed}/${accountId}/${number}`

/** 开始答卷：没有交的接着答，否则另抽一份。 */
export function startAttempt(deps: Deps, actor: SignedInActor, ref: PaperRef): Promise<{ ok: true; attemptId: string } | { ok: false; refusal: AttemptRefusal }> {
  requirePermission(actor, 'training.take', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    // 一人一次只开一份：连按两下也不多抽
    await tx.selectFrom('training_paper').select('version').where('body_id', '=', ref.bodyId).where('paper_id', '=', ref.paperId).forUpdate().execute()
    const paper = await getPaper(tx, ref)
    if (!isOpen(paper, deps.clock.today())) return { ok: false, refusal: 'closed' }
    const before = await listAttempts(tx, { ...ref, accountId: actor.accountId })
    const open = before.find((attempt) => attempt.result === null)
    if (open !== undefined) return { ok: true, attemptId: open.attemptId }
    if (before.length >= paper.attempts) return { ok: false, refusal: 'no-more' }
    const number = before.length + 1
    const questions = drawPaper(await listPool(tx, ref.bodyId), paper.counts, attemptSeed(paper.seed, actor.accountId, number))
    const attemptId = newId()
    await tx
      .insertInto('training_attempt')
      .values({ body_id: ref.bodyId, attempt_id: attemptId, paper_id: ref.paperId, account_id: actor.accountId, number, questions: JSON.stringify(questions), answers: null, score: null, passed: null, started_at: deps.clock.now(), submitted_on: null })
      .execute()
    await record(tx, actor, 'training.started', { bodyId: ref.bodyId, target: ref.paperId })
    return { ok: true, attemptId }
  })
}

/** 交卷：评分，此后不再改。已交的、过了日子的不行。 */
export function submitAttempt(deps: Deps, actor: SignedInActor, { bodyId, attemptId, answers }: { bodyId: string; attemptId: string; answers: Answers }): Promise<{ ok: true } | { ok: false; refusal: 'closed' | 'submitted' }> {
  requirePermission(actor, 'training.take', bodyId)
  return transaction(deps.db, async (tx) => {
    await tx.selectFrom('training_attempt').select('number').where('body_id', '=', bodyId).where('attempt_id', '=', attemptId).forUpdate().execute()
    const attempt = await getAttempt(tx, bodyId, attemptId, actor.accountId)
    if (attempt.result !== null) return { ok: false, refusal: 'submitted' }
    const paper = await getPaper(tx, { bodyId, paperId: attempt.paperId })
    const today = deps.clock.today()
    if (!isOpen(paper, today)) return { ok: false, refusal: 'closed' }
    const score = scoreOf(attempt.questions, answers)
    await tx.updateTable('training_attempt').set({ answers: JSON.stringify(answers), score, passed: score >= paper.passScore, submitted_on: today }).where('body_id', '=', bodyId).where('attempt_id', '=', attemptId).execute()
    await record(tx, actor, 'training.submitted', { bodyId, target: attempt.paperId })
    return { ok: true }
  })
}

const toAttempt = (row: { attempt_id: string; paper_id: string; account_id: string; number: number; questions: DrawnQuestion[]; answers: Answers | null; score: number | null; passed: boolean | null; submitted_on: PlainDate | null }): Attempt => ({
  attemptId: row.attempt_id, paperId: row.paper_id, accountId: row.account_id, number: row.number, questions: row.questions,
  result: row.answers === null || row.score === null || row.passed === null || row.submitted_on === null ? null : { answers: row.answers, score: row.score, passed: row.passed, on: row.submitted_on },
})

/** 自己的一次答卷；别人的当作没有。 */
export async function getAttempt(tx: Tx, bodyId: string, attemptId: string, accountId: string): Promise<Attempt> {
  const row = await tx.selectFrom('training_attempt').selectAll().where('body_id', '=', bodyId).where('attempt_id', '=', attemptId).where('account_id', '=', accountId).executeTakeFirst()
  if (row === undefined) throw new NotFound('这次答卷')
  return toAttempt(row)
}

/** 一人在一份试卷上的各次，先后为序。 */
export async function listAttempts(tx: Tx, { bodyId, paperId, accountId }: PaperRef & { accountId: string }): Promise<Attempt[]> {
  const rows = await tx.selectFrom('training_attempt').selectAll().where('body_id', '=', bodyId).where('paper_id', '=', paperId).where('account_id', '=', accountId).orderBy('number').limit(20).execute()
  return rows.map(toAttempt)
}

/** 一份试卷上各人最好的成绩，高的在前。 */
export interface BestScore {
  accountId: string
  best: number
  passed: boolean
  attempts: number
  lastOn: PlainDate
}

export async function listBest(tx: Tx, { bodyId, paperId }: PaperRef, { limit, offset }: { limit: number; offset: number }): Promise<BestScore[]> {
  const rows = await tx
    .selectFrom('training_attempt')
    .select((eb) => ['account_id', eb.fn.max('score').as('best'), eb.fn.agg<boolean>('bool_or', ['passed']).as('passed'), eb.fn.countAll<number>().as('attempts'), eb.fn.max('submitted_on').as('last_on')])
    .where('body_id', '=', bodyId)
    .where('paper_id', '=', paperId)
    .where('submitted_on', 'is not', null)
    .groupBy('account_id')
    .orderBy('best', 'desc')
    .orderBy('account_id')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map((row) => ({ accountId: row.account_id, best: row.best ?? 0, passed: row.passed, attempts: row.attempts, lastOn: row.last_on ?? '' }))
}

export async function countTakers(tx: Tx, { bodyId, paperId }: PaperRef): Promise<number> {
  return (await tx.selectFrom('training_attempt').select((eb) => eb.fn.count<number>('account_id').distinct().as('n')).where('body_id', '=', bodyId).where('paper_id', '=', paperId).where('submitted_on', 'is not', null).executeTakeFirstOrThrow()).n
}

/** 一份试卷上答错最多的题：抽到几次、错几次。 */
export async function listMissed(tx: Tx, { bodyId, paperId }: PaperRef): Promise<{ stem: string; asked: number; wrong: number }[]> {
  const rows = await tx.selectFrom('training_attempt').select(['questions', 'answers']).where('body_id', '=', bodyId).where('paper_id', '=', paperId).where('submitted_on', 'is not', null).orderBy('attempt_id').limit(500).execute()
  const counts = new Map<string, { asked: number; wrong: number }>()
  for (const { questions, answers } of rows)
    for (const [i, question] of questions.entries()) {
      const count = counts.get(question.stem) ?? { asked: 0, wrong: 0 }
      counts.set(question.stem, { asked: count.asked + 1, wrong: count.wrong + (answers?.[i] === question.answer ? 0 : 1) })
    }
  return [...counts].map(([stem, count]) => ({ stem, ...count })).filter(({ wrong }) => wrong > 0).toSorted((a, b) => b.wrong / b.asked - a.wrong / a.asked || b.wrong - a.wrong).slice(0, 10)
}

/** 一人在各份试卷上：答了几次，最好的成绩。 */
export async function listMine(tx: Tx, { bodyId, accountId }: { bodyId: string; accountId: string }): Promise<Map<string, { attempts: number; best: number | null; passed: boolean }>> {
  const rows = await tx
    .selectFrom('training_attempt')
    .select((eb) => ['paper_id', eb.fn.count<number>('score').as('attempts'), eb.fn.max('score').as('best'), eb.fn.agg<boolean | null>('bool_or', ['passed']).as('passed')])
    .where('body_id', '=', bodyId)
    .where('account_id', '=', accountId)
    .groupBy('paper_id')
    .limit(500)
    .execute()
  return new Map(rows.map((row) => [row.paper_id, { attempts: row.attempts, best: row.best, passed: row.passed === true }]))
}
