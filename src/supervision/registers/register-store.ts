import './tables.ts'
import type { Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import type { KeyFieldFacts } from './key-field.ts'
import type { ProposalFacts, ProposalKind, Publication } from './proposal.ts'

export interface Proposal extends ProposalFacts {
  id: string
  version: number
}
export interface KeyField extends KeyFieldFacts {
  id: string
  version: number
}

export interface RegisterFilter {
  bodyId: string
  year?: number
  text?: string
  kind?: ProposalKind
  publication?: Publication
}
export interface PageOf {
  limit: number
  offset: number
}

const likeOf = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

const proposals = (tx: Tx, { bodyId, year, text, kind, publication }: RegisterFilter) => {
  let query = tx.selectFrom('proposal').where('body_id', '=', bodyId)
  if (year !== undefined) query = query.where('year', '=', year)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (publication !== undefined) query = query.where('publication', '=', publication)
  if (text !== undefined && text !== '') query = query.where((eb) => eb.or([eb('title', 'ilike', likeOf(text)), eb('number', 'ilike', likeOf(text)), eb('unit', 'ilike', likeOf(text))]))
  return query
}

/** 建议提案，近年的在前。 */
export async function listProposals(tx: Tx, filter: RegisterFilter, { limit, offset }: PageOf): Promise<Proposal[]> {
  const rows = await proposals(tx, filter).selectAll().orderBy('year', 'desc').orderBy('kind', 'desc').orderBy('number').limit(limit).offset(offset).execute()
  return rows.map((row) => ({ id: row.proposal_id, version: row.version, year: row.year, kind: row.kind, number: row.number, title: row.title, unit: row.unit, answeredOn: row.answered_on, publication: row.publication, indexNo: row.index_no, publishedOn: row.published_on }))
}

export const countProposals = async (tx: Tx, filter: RegisterFilter): Promise<number> => (await proposals(tx, filter).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n

const keyFields = (tx: Tx, { bodyId, year, text }: RegisterFilter) => {
  let query = tx.selectFrom('key_field').where('body_id', '=', bodyId)
  if (year !== undefined) query = query.where('year', '=', year)
  if (text !== undefined && text !== '') query = query.where((eb) => eb.or([eb('field', 'ilike', likeOf(text)), eb('content', 'ilike', likeOf(text))]))
  return query
}

/** 重点领域，近年的在前。 */
export async function listKeyFields(tx: Tx, filter: RegisterFilter, { limit, offset }: PageOf): Promise<KeyField[]> {
  const rows = await keyFields(tx, filter).selectAll().orderBy('year', 'desc').orderBy('entry_id').limit(limit).offset(offset).execute()
  return rows.map((row) => ({ id: row.entry_id, version: row.version, year: row.year, field: row.field, content: row.content, indexNos: row.index_nos, count: row.count }))
}

export const countKeyFields = async (tx: Tx, filter: RegisterFilter): Promise<number> => (await keyFields(tx, filter).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n

/** 一年的登记，供年度报告第六部分；至多两千件。 */
export function listRegister(tx: Tx, bodyId: string, year: number, which: 'proposal'): Promise<Proposal[]>
export function listRegister(tx: Tx, bodyId: string, year: number, which: 'key-field'): Promise<KeyField[]>
export function listRegister(tx: Tx, bodyId: string, year: number, which: 'proposal' | 'key-field'): Promise<Proposal[] | KeyField[]> {
  const page = { limit: 2000, offset: 0 }
  return which === 'proposal' ? listProposals(tx, { bodyId, year }, page) : listKeyFields(tx, { bodyId, year }, page)
}

export interface RegisterCounts {
  people: number
  cppcc: number
  published: number
  exempt: number
  pending: number
  fields: number
  fieldItems: number
}

/** 一年的件数：人大建议、政协提案、答复公开的，重点领域几个、几条。 */
export async function countRegisters(tx: Tx, bodyId: string, year: number): Promise<RegisterCounts> {
  const counts = await tx
    .selectFrom('proposal')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('kind', '=', 'people').as('people'),
      eb.fn.countAll<number>().filterWhere('kind', '=', 'cppcc').as('cppcc'),
      eb.fn.countAll<number>().filterWhere('publication', '=', 'published').as('published'),
      eb.fn.countAll<number>().filterWhere('publication', '=', 'exempt').as('exempt'),
      eb.fn.countAll<number>().filterWhere('publication', '=', 'pending').as('pending'),
    ])
    .where('body_id', '=', bodyId)
    .where('year', '=', year)
    .executeTakeFirstOrThrow()
  const fields = await tx.selectFrom('key_field').select((eb) => [eb.fn.countAll<number>().as('fields'), eb.fn.sum<number | null>('count').as('items')]).where('body_id', '=', bodyId).where('year', '=', year).executeTakeFirstOrThrow()
  return { ...counts, fields: fields.fields, fieldItems: fields.items ?? 0 }
}

export async function getProposal(tx: Tx, bodyId: string, id: string): Promise<Proposal> {
  const row = await tx.selectFrom('proposal').selectAll().where('body_id', '=', bodyId).where('proposal_id', '=', id).executeTakeFirst()
  if (row === undefined) throw new NotFound('这件建议提案')
  return { id, version: row.version, year: row.year, kind: row.kind, number: row.number, title: row.title, unit: row.unit, answeredOn: row.answered_on, publication: row.publication, indexNo: row.index_no, publishedOn: row.published_on }
}

export async function getKeyField(tx: Tx, bodyId: string, id: string): Promise<KeyField> {
  const row = await tx.selectFrom('key_field').selectAll().where('body_id', '=', bodyId).where('entry_id', '=', id).executeTakeFirst()
  if (row === undefined) throw new NotFound('这个重点领域')
  return { id, version: row.version, year: row.year, field: row.field, content: row.content, indexNos: row.index_nos, count: row.count }
}
