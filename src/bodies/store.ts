import type { Tx } from '../platform/db.ts'
import { NotFound } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Body, BodyName } from './body.ts'
import type { BodyTable } from './tables.ts'
import './tables.ts'

export const toBody = (row: BodyTable): Body => ({
  bodyId: row.body_id,
  code: row.code,
  name: row.name,
  kind: row.kind,
  uscc: row.uscc,
  orgCode9: row.org_code9,
  codeWord: row.code_word,
  powers: { license: row.has_license, penalty: row.has_penalty, coercion: row.has_coercion, fee: row.has_fee },
  status: row.status,
  establishedOn: row.established_on,
  abolishedOn: row.abolished_on,
  sort: row.sort,
  demo: row.demo,
})

const toRow = (body: Body): BodyTable => ({
  body_id: body.bodyId,
  code: body.code,
  name: body.name,
  kind: body.kind,
  uscc: body.uscc,
  org_code9: body.orgCode9,
  code_word: body.codeWord,
  has_license: body.powers.license,
  has_penalty: body.powers.penalty,
  has_coercion: body.powers.coercion,
  has_fee: body.powers.fee,
  status: body.status,
  established_on: body.establishedOn,
  abolished_on: body.abolishedOn,
  sort: body.sort,
  demo: body.demo,
})

export async function insertBody(tx: Tx, body: Body): Promise<void> {
  await tx.insertInto('body').values(toRow(body)).execute()
}

export async function updateBody(tx: Tx, body: Body): Promise<void> {
  const { body_id: bodyId, ...rest } = toRow(body)
  await tx.updateTable('body').set(rest).where('body_id', '=', bodyId).execute()
}

/** 锁住一个机构的行再改；没有则抛 NotFound。 */
export async function lockBody(tx: Tx, bodyId: string): Promise<Body> {
  const row = await tx.selectFrom('body').selectAll().where('body_id', '=', bodyId).forUpdate().executeTakeFirst()
  if (!row) throw new NotFound('机构')
  return toBody(row)
}

export async function insertName(tx: Tx, bodyId: string, name: BodyName): Promise<void> {
  await tx
    .insertInto('body_name')
    .values({
      body_id: bodyId,
      name_id: newId(),
      name: name.name,
      kind: name.kind,
      from_on: name.from,
      to_on: name.to,
      note: name.note,
    })
    .execute()
}

/** 现名用至某日，由此成为曾用名。 */
export async function endCurrentName(tx: Tx, bodyId: string, to: PlainDate): Promise<void> {
  await tx
    .updateTable('body_name')
    .set({ to_on: to })
    .where('body_id', '=', bodyId)
    .where('kind', '=', 'official')
    .where('to_on', 'is', null)
    .execute()
}

export async function insertRelation(
  tx: Tx,
  relation: { bodyId: string; successorId: string; on: PlainDate; basis: string },
): Promise<void> {
  await tx
    .insertInto('body_relation')
    .values({
      body_id: relation.bodyId,
      successor_id: relation.successorId,
      on_day: relation.on,
      basis: relation.basis,
    })
    .execute()
}

export async function saveSetting(
  tx: Tx,
  setting: { bodyId: string; key: string; value: unknown; basis: string; by: string; at: Date },
): Promise<void> {
  const values = {
    value: JSON.stringify(setting.value),
    basis: setting.basis,
    changed_by: setting.by,
    changed_at: setting.at,
  }
  await tx
    .insertInto('body_setting')
    .values({ body_id: setting.bodyId, key: setting.key, ...values })
    .onConflict((oc) => oc.columns(['body_id', 'key']).doUpdateSet(values))
    .execute()
}
