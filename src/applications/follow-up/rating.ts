import './tables.ts'
import { sql } from 'kysely'
import { record } from '../../audit/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys, seal, unseal } from '../../platform/crypto.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Application } from '../application.ts'
import { getApplication } from '../queries.ts'
import { APPLICANT_ACTOR } from '../citizen/submit-online.ts'

export const SCORES = { satisfied: '满意', basic: '基本满意', dissatisfied: '不满意' } as const
export type Score = keyof typeof SCORES
export const isScore = (text: string): text is Score => Object.hasOwn(SCORES, text)

export const MOST_WORDS = 500
/** 首次评价之后可以改几日。 */
export const CHANGE_DAYS = 30

export interface Rating {
  score: Score
  words: string
  ratedOn: PlainDate
}

const placeOf = (bodyId: string, caseId: string): string => `application-rating/${bodyId}/${caseId}/words`
const open = (keys: FieldKeys, bodyId: string, row: { case_id: string; words_sealed: Buffer | null }): string => (row.words_sealed === null ? '' : unseal(keys, row.words_sealed, placeOf(bodyId, row.case_id)))

/** 这一件的评价；没有评过的为 null。 */
export async function findRating(tx: Tx, keys: FieldKeys, bodyId: string, caseId: string): Promise<Rating | null> {
  const row = await tx.selectFrom('application_rating').select(['case_id', 'score', 'words_sealed', 'rated_on']).where('body_id', '=', bodyId).where('case_id', '=', caseId).executeTakeFirst()
  return row === undefined ? null : { score: row.score, words: open(keys, bodyId, row), ratedOn: row.rated_on }
}

/** 办完了才评：答复已送达、告知不再处理的；申请人自己撤回的不评。 */
export const canRate = (a: Application, given: Rating | null, today: PlainDate): boolean => {
  const over = a.decision !== null && (a.delivery?.servedOn != null || a.status === 'served' || a.status === 'closed')
  return over && a.status !== 'withdrawn' && (given === null || today <= addCalendarDays(given.ratedOn, CHANGE_DAYS))
}

/** 申请人评价，或三十日内改评；还没有办完、已过三十日的为 `not-now`。话加密存放，不入留痕。 */
export function rate(deps: Deps, { bodyId, caseId }: { bodyId: string; caseId: string }, { score, words }: { score: Score; words: string }): Promise<'done' | 'not-now'> {
  const keys = fieldKeys(deps.config.secretKey)
  return transaction(deps.db, async (tx) => {
    const today = deps.clock.today()
    const { state } = await getApplication(tx, bodyId, caseId)
    if (!canRate(state, await findRating(tx, keys, bodyId, caseId), today)) return 'not-now'
    const changed = { score, words_sealed: words === '' ? null : seal(keys, words, placeOf(bodyId, caseId)), changed_at: deps.clock.now() }
    await tx
      .insertInto('application_rating')
      .values({ body_id: bodyId, case_id: caseId, rated_on: today, ...changed })
      .onConflict((oc) => oc.columns(['body_id', 'case_id']).doUpdateSet(changed))
      .execute()
    await record(tx, APPLICANT_ACTOR, 'application.rated', { bodyId, target: caseId }, { score })
    return 'done'
  })
}

/** 一个月里各种评价几件。 */
export interface MonthRatings extends Record<Score, number> {
  /** `YYYY-MM` */
  month: string
}

/** 某年各月的评价，近的在前；没有评价的月不列。 */
export async function countRatings(tx: Tx, bodyId: string, year: number): Promise<MonthRatings[]> {
  const { rows } = await sql<MonthRatings>`
    select to_char(rated_on, 'YYYY-MM') as month, count(*) filter (where score = 'satisfied') as satisfied,
      count(*) filter (where score = 'basic') as basic, count(*) filter (where score = 'dissatisfied') as dissatisfied
    from application_rating where body_id = ${bodyId} and rated_on >= ${`${year}-01-01`}::date and rated_on <= ${`${year}-12-31`}::date
    group by 1 order by 1 desc`.execute(tx)
  return rows
}

/** 申请人所写的一条；不写登记号与承办人，只为改进工作。 */
export interface RatingWords {
  key: string
  ratedOn: PlainDate
  score: Score
  words: string
}

/** 某年申请人所写的话，新的在前，一页；`score` 只看这一种。 */
export async function listRatingWords(
  tx: Tx,
  keys: FieldKeys,
  bodyId: string,
  { year, score, limit, offset }: { year: number; score: Score | null; limit: number; offset: number },
): Promise<{ total: number; rows: RatingWords[] }> {
  let query = tx.selectFrom('application_rating').where('body_id', '=', bodyId).where('words_sealed', 'is not', null).where('rated_on', '>=', `${year}-01-01`).where('rated_on', '<=', `${year}-12-31`)
  if (score !== null) query = query.where('score', '=', score)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query.select(['case_id', 'score', 'words_sealed', 'rated_on']).orderBy('rated_on', 'desc').orderBy('case_id', 'desc').limit(limit).offset(offset).execute()
  return { total, rows: rows.map((row) => ({ key: row.case_id, ratedOn: row.rated_on, score: row.score, words: open(keys, bodyId, row) })) }
}

/** 有评价的年度，近的在前。 */
export async function listRatingYears(tx: Tx, bodyId: string): Promise<number[]> {
  const { rows } = await sql<{ first: string | null; last: string | null }>`select min(rated_on) as first, max(rated_on) as last from application_rating where body_id = ${bodyId}`.execute(tx)
  const { first = null, last = null } = rows[0] ?? {}
  if (first === null || last === null) return []
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))]
  return Array.from({ length: to - from + 1 }, (_, i) => to - i)
}
