import '../tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { ColumnBlock } from '../item-details.ts'
import type { PublicationCode } from '../publication-codes.ts'
import { hasCode, publicItems } from '../queries.ts'

export interface HeadingCount {
  count: number
  /** 最近一次公开或者更新之日 */
  latest: PlainDate
}

/** 法定主动公开内容各项的条数与最近更新之日；没有公开过的项不在其中。一条挂几项的，各项都算。 */
export async function countByHeading(tx: Tx, bodyId: string): Promise<Map<PublicationCode, HeadingCount>> {
  const rows = await publicItems(tx)
    .select([sql<PublicationCode>`unnest(codes)`.as('code'), (eb) => eb.fn.countAll<number>().as('count'), (eb) => eb.fn.max('published_on').as('latest')])
    .where('body_id', '=', bodyId)
    .where('block', '=', 'statutory')
    .groupBy('code')
    .execute()
  return new Map(rows.map(({ code, count, latest }) => [code, { count, latest }]))
}

/** 制度一块的条数与最近更新之日；没有的为 null。 */
export async function countRules(tx: Tx, bodyId: string): Promise<HeadingCount | null> {
  const { count, latest } = await publicItems(tx)
    .select([(eb) => eb.fn.countAll<number>().as('count'), (eb) => eb.fn.max('published_on').as('latest')])
    .where('body_id', '=', bodyId)
    .where('block', '=', 'rules')
    .executeTakeFirstOrThrow()
  return count === 0 ? null : { count, latest }
}

/** 某一块（或其中一项）公开过信息的年度，近的在前。 */
export async function listYearsOfBlock(tx: Tx, bodyId: string, block: ColumnBlock, code?: PublicationCode): Promise<number[]> {
  let query = publicItems(tx).where('body_id', '=', bodyId).where('block', '=', block)
  if (code !== undefined) query = query.where(hasCode(code))
  const rows = await query.select(sql<number>`extract(year from first_published_on)::int`.as('year')).distinct().orderBy('year', 'desc').limit(100).execute()
  return rows.map((row) => row.year)
}

/** 各机构公众可见的条数；没有的不在其中。 */
export async function countItemsOfBodies(tx: Tx, bodyIds: readonly string[]): Promise<Map<string, number>> {
  if (bodyIds.length === 0) return new Map()
  const rows = await publicItems(tx)
    .select(['body_id', (eb) => eb.fn.countAll<number>().as('count')])
    .where('body_id', 'in', [...bodyIds])
    .groupBy('body_id')
    .execute()
  return new Map(rows.map((row) => [row.body_id, row.count]))
}
