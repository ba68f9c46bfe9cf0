import '../tables.ts'
import type { Selectable } from 'kysely'
import type { Tables, Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import { isScope } from './api-system.ts'
import type { ApiSystem, ApiToken, Scope } from './api-system.ts'

export interface SystemRef {
  bodyId: string
  systemId: string
}

const toSystem = (row: Selectable<Tables['api_system']>): ApiSystem => ({
  bodyId: row.body_id,
  systemId: row.system_id,
  name: row.name,
  scopes: row.scopes.filter(isScope),
  createdAt: row.created_at,
  grantedAt: row.granted_at,
  revokedAt: row.revoked_at,
})

const toToken = (row: Selectable<Tables['api_token']>): ApiToken => ({
  tokenId: row.token_id,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
  lastUsedAt: row.last_used_at,
})

export async function insertSystem(tx: Tx, system: SystemRef & { name: string; by: string; at: Date }): Promise<void> {
  await tx
    .insertInto('api_system')
    .values({
      body_id: system.bodyId, system_id: system.systemId, name: system.name, scopes: [], created_by: system.by, created_at: system.at,
      granted_by: null, granted_at: null, revoked_by: null, revoked_at: null,
    })
    .execute()
}

/** 没有抛 `NotFound`；`lock` 的锁住再改。 */
export async function getSystem(tx: Tx, { bodyId, systemId }: SystemRef, lock = false): Promise<ApiSystem> {
  const query = tx.selectFrom('api_system').selectAll().where('body_id', '=', bodyId).where('system_id', '=', systemId)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (row === undefined) throw new NotFound('接入的系统')
  return toSystem(row)
}

export async function saveScopes(tx: Tx, { bodyId, systemId }: SystemRef, { scopes, by, at }: { scopes: readonly Scope[]; by: string; at: Date }): Promise<void> {
  await tx.updateTable('api_system').set({ scopes: [...scopes], granted_by: by, granted_at: at }).where('body_id', '=', bodyId).where('system_id', '=', systemId).execute()
}

/** 停用系统，令牌一并作废。 */
export async function revokeSystem(tx: Tx, { bodyId, systemId }: SystemRef, { by, at }: { by: string; at: Date }): Promise<void> {
  await tx.updateTable('api_system').set({ revoked_by: by, revoked_at: at }).where('body_id', '=', bodyId).where('system_id', '=', systemId).execute()
  await tx.updateTable('api_token').set({ revoked_at: at }).where('body_id', '=', bodyId).where('system_id', '=', systemId).where('revoked_at', 'is', null).execute()
}

export async function insertToken(tx: Tx, token: SystemRef & { tokenId: string; hash: Buffer; by: string; at: Date; expiresAt: Date }): Promise<void> {
  await tx
    .insertInto('api_token')
    .values({
      body_id: token.bodyId, token_id: token.tokenId, system_id: token.systemId, token_hash: token.hash,
      created_by: token.by, created_at: token.at, expires_at: token.expiresAt, revoked_at: null, last_used_at: null,
    })
    .execute()
}

/** 换发：其余还有效的，最迟用到 `until`。 */
export async function shortenTokens(tx: Tx, { bodyId, systemId }: SystemRef, until: Date): Promise<void> {
  await tx.updateTable('api_token').set({ expires_at: until }).where('body_id', '=', bodyId).where('system_id', '=', systemId).where('revoked_at', 'is', null).where('expires_at', '>', until).execute()
}

/** 作废一枚令牌；没有抛 `NotFound`。 */
export async function revokeToken(tx: Tx, { bodyId, systemId, tokenId }: SystemRef & { tokenId: string }, at: Date): Promise<void> {
  const done = await tx
    .updateTable('api_token')
    .set((eb) => ({ revoked_at: eb.fn.coalesce('revoked_at', eb.val(at)) }))
    .where('body_id', '=', bodyId)
    .where('token_id', '=', tokenId)
    .where('system_id', '=', systemId)
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw new NotFound('令牌')
}

/** 一个系统的令牌，新的在前，至多 20 枚。 */
export async function listTokens(tx: Tx, { bodyId, systemId }: SystemRef): Promise<ApiToken[]> {
  const rows = await tx.selectFrom('api_token').selectAll().where('body_id', '=', bodyId).where('system_id', '=', systemId).orderBy('token_id', 'desc').limit(20).execute()
  return rows.map(toToken)
}

export interface SystemFilter {
  bodyId?: string | undefined
  text?: string | undefined
  live?: boolean | undefined
}

export interface SystemRow extends ApiSystem {
  lastUsedAt: Date | null
}

function filtered(tx: Tx, { bodyId, text, live }: SystemFilter) {
  let query = tx.selectFrom('api_system')
  if (bodyId !== undefined) query = query.where('body_id', '=', bodyId)
  if (text !== undefined && text !== '') query = query.where('name', 'ilike', `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)
  return live === undefined ? query : query.where('revoked_at', live ? 'is' : 'is not', null)
}

/** 各机关接入的系统，一页；新的在前。 */
export async function listSystems(tx: Tx, filter: SystemFilter, { limit, offset, sort, descending }: { limit: number; offset: number; sort: 'name' | 'createdAt'; descending: boolean }): Promise<SystemRow[]> {
  const rows = await filtered(tx, filter)
    .selectAll('api_system')
    .select((eb) =>
      eb.selectFrom('api_token').select(({ fn }) => fn.max('last_used_at').as('at')).whereRef('api_token.body_id', '=', 'api_system.body_id').whereRef('api_token.system_id', '=', 'api_system.system_id').as('last_used_at'),
    )
    .orderBy(sort === 'name' ? 'name' : 'created_at', descending ? 'desc' : 'asc')
    .orderBy('system_id')
    .limit(Math.min(limit, 200))
    .offset(offset)
    .execute()
  return rows.map((row) => ({ ...toSystem(row), lastUsedAt: row.last_used_at }))
}

export async function countSystems(tx: Tx, filter: SystemFilter): Promise<number> {
  const { n } = await filtered(tx, filter).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return n
}
