import type { Tx } from '../platform/db.ts'
import { NotFound } from '../platform/errors.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { nameOn } from './body.ts'
import type { Body, BodyName } from './body.ts'
import { toBody } from './store.ts'

export interface District {
  code: string
  name: string
  government: string
  supervisor: string
}

/** 本区；还没有设置则抛 NotFound。 */
export async function getDistrict(tx: Tx): Promise<District> {
  const row = await tx
    .selectFrom('district')
    .select(['code', 'name', 'government', 'supervisor'])
    .executeTakeFirst()
  if (!row) throw new NotFound('本区的名称与代码')
  return row
}

/** 本区的名称，如「武昌区」；还没有设置则为空。 */
export const districtName = async (tx: Tx): Promise<string> =>
  (await tx.selectFrom('district').select('name').executeTakeFirst())?.name ?? ''

export interface BodyFilter {
  /** 名称、曾用名、代码、代字中的片段 */
  text?: string
  /** 缺省只列现存的 */
  includeAbolished?: boolean
  limit?: number
  offset?: number
}

/** 一个区的机构以百计；不给 limit 的一次至多 1,000 个。 */
export async function listBodies(tx: Tx, filter: BodyFilter = {}): Promise<Body[]> {
  const rows = await filtered(tx, filter)
    .selectAll()
    .orderBy('sort')
    .orderBy('code')
    .limit(Math.min(filter.limit ?? 1000, 1000))
    .offset(filter.offset ?? 0)
    .execute()
  return rows.map(toBody)
}

export async function countBodies(tx: Tx, filter: BodyFilter = {}): Promise<number> {
  const row = await filtered(tx, filter)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return row.n
}

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

function filtered(tx: Tx, filter: BodyFilter) {
  let query = tx.selectFrom('body')
  if (!filter.includeAbolished) query = query.where('status', '=', 'active')
  const text = filter.text?.trim().slice(0, 60)
  if (!text) return query
  const like = `%${escapeLike(text)}%`
  return query.where((eb) =>
    eb.or([
      eb('code', 'ilike', like),
      eb('code_word', 'ilike', like),
      eb('body_id', 'in', eb.selectFrom('body_name').select('body_name.body_id').where('body_name.name', 'ilike', like)),
    ]),
  )
}

export async function findBody(tx: Tx, bodyId: string): Promise<Body | null> {
  const row = await tx.selectFrom('body').selectAll().where('body_id', '=', bodyId).executeTakeFirst()
  return row ? toBody(row) : null
}

export async function getBody(tx: Tx, bodyId: string): Promise<Body> {
  const body = await findBody(tx, bodyId)
  if (!body) throw new NotFound('机构')
  return body
}

export async function findBodyByCode(tx: Tx, code: string): Promise<Body | null> {
  const row = await tx.selectFrom('body').selectAll().where('code', '=', code).executeTakeFirst()
  return row ? toBody(row) : null
}

/** 按代码取机构；没有则抛 NotFound。 */
export async function getBodyByCode(tx: Tx, code: string): Promise<Body> {
  const body = await findBodyByCode(tx, code)
  if (!body) throw new NotFound(`代码为 ${code.slice(0, 40)} 的机构`)
  return body
}

/** 按现名、曾用名或简称找机构，如读出的年度报告上写的名称；两个以上机构用过同一名称的，取现用者，仍不能定的不取。 */
export async function findBodyByName(tx: Tx, name: string): Promise<Body | null> {
  const rows = await tx
    .selectFrom('body')
    .innerJoin('body_name', 'body_name.body_id', 'body.body_id')
    .selectAll('body')
    .select('body_name.to_on as until')
    .where('body_name.name', '=', name.trim())
    .limit(20)
    .execute()
  const unique = (list: typeof rows) => new Set(list.map((row) => row.body_id)).size === 1
  const current = rows.filter((row) => row.until === null && row.status === 'active')
  const [found] = unique(current) ? current : unique(rows) ? rows : []
  return found ? toBody(found) : null
}

/** 全部名称，由近及远，现名在前。 */
export async function listNames(tx: Tx, bodyId: string): Promise<BodyName[]> {
  const rows = await tx
    .selectFrom('body_name')
    .select(['name', 'kind', 'from_on', 'to_on', 'note'])
    .where('body_id', '=', bodyId)
    .orderBy('kind')
    .orderBy('to_on', (ob) => ob.desc().nullsFirst())
    .limit(100)
    .execute()
  return rows.map((row) => ({ name: row.name, kind: row.kind, from: row.from_on, to: row.to_on, note: row.note }))
}

/** 机构在某日的正式名称，与到该日为止（含以后）用过的全部名称。没有该机构则抛 NotFound。 */
export async function namesOf(
  tx: Tx,
  bodyId: string,
  on: PlainDate,
): Promise<{ name: string; all: readonly BodyName[] }> {
  const all = await listNames(tx, bodyId)
  if (all.length === 0) throw new NotFound('机构')
  return { name: nameOn(all, on), all }
}

export interface Relation {
  body: Body
  on: PlainDate
  basis: string
}

/** 前身与后继。 */
export async function listRelations(
  tx: Tx,
  bodyId: string,
): Promise<{ predecessors: Relation[]; successors: Relation[] }> {
  const rows = await tx
    .selectFrom('body_relation')
    .selectAll()
    .where((eb) => eb.or([eb('body_id', '=', bodyId), eb('successor_id', '=', bodyId)]))
    .orderBy('on_day')
    .limit(100)
    .execute()
  const others = rows.map((row) => (row.body_id === bodyId ? row.successor_id : row.body_id))
  const bodies = others.length
    ? await tx.selectFrom('body').selectAll().where('body_id', 'in', others).execute()
    : []
  const byId = new Map(bodies.map((row) => [row.body_id, toBody(row)]))
  const toRelation = (row: (typeof rows)[number], other: string): Relation[] => {
    const body = byId.get(other)
    return body ? [{ body, on: row.on_day, basis: row.basis }] : []
  }
  return {
    predecessors: rows.filter((r) => r.successor_id === bodyId).flatMap((r) => toRelation(r, r.body_id)),
    successors: rows.filter((r) => r.body_id === bodyId).flatMap((r) => toRelation(r, r.successor_id)),
  }
}

/** 各机构的全部名称，由近及远；至多 1,000 个机构一次。 */
export async function listNamesOf(tx: Tx, bodyIds: readonly string[]): Promise<Map<string, BodyName[]>> {
  if (bodyIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('body_name')
    .select(['body_id', 'name', 'kind', 'from_on', 'to_on', 'note'])
    .where('body_id', 'in', bodyIds.slice(0, 1000))
    .orderBy('to_on', (ob) => ob.desc().nullsFirst())
    .limit(20_000)
    .execute()
  return new Map([...Map.groupBy(rows, (row) => row.body_id)].map(([id, names]) => [id, names.map((row) => ({ name: row.name, kind: row.kind, from: row.from_on, to: row.to_on, note: row.note }))]))
}

/** 一次合并、更替：前身自 on 起撤销，职责由后继承担。 */
export interface Merger {
  bodyId: string
  successorId: string
  on: PlainDate
  basis: string
}

/** 全区历次的合并、更替，由早到晚；一个区以十计，至多 2,000 次。 */
export async function listMergers(tx: Tx): Promise<Merger[]> {
  const rows = await tx.selectFrom('body_relation').selectAll().orderBy('on_day').orderBy('body_id').limit(2000).execute()
  return rows.map((row) => ({ bodyId: row.body_id, successorId: row.successor_id, on: row.on_day, basis: row.basis }))
}
