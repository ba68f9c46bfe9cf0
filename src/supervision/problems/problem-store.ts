import './tables.ts'
import '../progress/tables.ts'
import type { Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Measure, Problem, ProblemState } from './problem.ts'

/** 一年至多几个问题，一个问题至多几项措施。 */
export const MOST_PROBLEMS = 200
export const MOST_MEASURES = 30

const measureRows = (tx: Tx, bodyId: string) =>
  tx
    .selectFrom('problem_measure as m')
    .selectAll('m')
    .select((eb) => eb.selectFrom('progress_note as n').whereRef('n.body_id', '=', 'm.body_id').whereRef('n.subject_id', '=', 'm.measure_id').select('n.said').orderBy('n.on_day', 'desc').orderBy('n.note_id', 'desc').limit(1).as('said'))
    .where('m.body_id', '=', bodyId)

type MeasureRow = Awaited<ReturnType<ReturnType<typeof measureRows>['execute']>>[number]

const toMeasure = (row: MeasureRow): Measure => ({
  measureId: row.measure_id, problemId: row.problem_id, version: row.version, content: row.content, unit: row.unit, owner: row.owner, dueOn: row.due_on, state: row.state, endedOn: row.ended_on, lastSaid: row.said,
})

interface ProblemRow {
  problem_id: string
  version: number
  year: number
  content: string
  source: Problem['source']
  source_ref: string | null
  source_href: string | null
  carried_from: string | null
  state: ProblemState
  ended_on: PlainDate | null
  answer: string
}

const toProblem = (row: ProblemRow, measures: readonly Measure[]): Problem => ({
  problemId: row.problem_id, version: row.version, year: row.year, content: row.content, source: row.source, sourceRef: row.source_ref, sourceHref: row.source_href, carriedFrom: row.carried_from, state: row.state, endedOn: row.ended_on, answer: row.answer, measures,
})

async function withMeasures(tx: Tx, bodyId: string, rows: readonly ProblemRow[]): Promise<Problem[]> {
  if (rows.length === 0) return []
  const measures = await measureRows(tx, bodyId).where('m.problem_id', 'in', rows.map((row) => row.problem_id)).orderBy('m.due_on').orderBy('m.measure_id').limit(MOST_PROBLEMS * MOST_MEASURES).execute()
  const of = Map.groupBy(measures.map(toMeasure), (measure) => measure.problemId)
  return rows.map((row) => toProblem(row, of.get(row.problem_id) ?? []))
}

/** 写进某年报告的各个问题，连同措施；先列的在前。 */
export async function listProblems(tx: Tx, bodyId: string, year: number): Promise<Problem[]> {
  const rows = await tx.selectFrom('problem').selectAll().where('body_id', '=', bodyId).where('year', '=', year).orderBy('problem_id').limit(MOST_PROBLEMS).execute()
  return withMeasures(tx, bodyId, rows)
}

export async function getProblem(tx: Tx, bodyId: string, problemId: string): Promise<Problem> {
  const rows = await tx.selectFrom('problem').selectAll().where('body_id', '=', bodyId).where('problem_id', '=', problemId).execute()
  const [found] = await withMeasures(tx, bodyId, rows)
  if (found === undefined) throw new NotFound('这个问题')
  return found
}

/** 由某处的记录列成的问题；没有列过的为 null。 */
export async function findRaised(tx: Tx, bodyId: string, source: string, ref: string): Promise<string | null> {
  const row = await tx.selectFrom('problem').select('problem_id').where('body_id', '=', bodyId).where('source', '=', source as Problem['source']).where('source_ref', '=', ref).executeTakeFirst()
  return row?.problem_id ?? null
}

/** 结转到下一年的那一个；没有结转的为 null。 */
export async function findCarried(tx: Tx, bodyId: string, problemId: string): Promise<{ problemId: string; year: number } | null> {
  const row = await tx.selectFrom('problem').select(['problem_id', 'year']).where('body_id', '=', bodyId).where('carried_from', '=', problemId).executeTakeFirst()
  return row === undefined ? null : { problemId: row.problem_id, year: row.year }
}

export async function getMeasure(tx: Tx, bodyId: string, measureId: string): Promise<Measure & { problem: string; year: number }> {
  const row = await measureRows(tx, bodyId)
    .innerJoin('problem as p', (join) => join.onRef('p.body_id', '=', 'm.body_id').onRef('p.problem_id', '=', 'm.problem_id'))
    .select(['p.content as problem', 'p.year'])
    .where('m.measure_id', '=', measureId)
    .executeTakeFirst()
  if (row === undefined) throw new NotFound('这项措施')
  return { ...toMeasure(row), problem: row.problem, year: row.year }
}

/** 在办的措施，快到期的在前；`dueBefore` 只要此日之前到期的。 */
export async function listOpenMeasures(tx: Tx, { bodyId, owner, dueBefore }: { bodyId: string; owner?: string; dueBefore?: PlainDate }, limit: number): Promise<Measure[]> {
  let query = measureRows(tx, bodyId).where('m.state', '=', 'open')
  if (owner !== undefined) query = query.where('m.owner', '=', owner)
  if (dueBefore !== undefined) query = query.where('m.due_on', '<', dueBefore)
  return (await query.orderBy('m.due_on').orderBy('m.measure_id').limit(limit).execute()).map(toMeasure)
}

/** 有问题的各年，近的在前，各几个。 */
export async function listProblemYears(tx: Tx, bodyId: string): Promise<{ year: number; count: number }[]> {
  return tx.selectFrom('problem').select((eb) => ['year', eb.fn.countAll<number>().as('count')]).where('body_id', '=', bodyId).groupBy('year').orderBy('year', 'desc').limit(30).execute()
}
