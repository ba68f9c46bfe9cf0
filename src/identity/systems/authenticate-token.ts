import '../tables.ts'
import { record } from '../../audit/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import type { ApiActor } from '../actor.ts'
import { isLive, isScope } from './api-system.ts'
import { isSameToken, readToken } from './api-token.ts'

const MINUTE = 60_000
const NOBODY = Buffer.alloc(32)

/**
 * 凭令牌认出是哪个系统；不认得的、过期的、作废的、系统停用了的一概为 null，对外不分。
 * 用着真有的令牌而不通过的留痕，胡乱猜的不留，免得留痕被撑满。
 */
export async function authenticateToken({ db, clock, config }: Pick<Deps, 'db' | 'clock' | 'config'>, token: string): Promise<ApiActor | null> {
  const ref = readToken(token)
  if (ref === null) return null
  const at = clock.now()
  const row = await db
    .selectFrom('api_token as t')
    .innerJoin('api_system as s', (join) => join.onRef('s.body_id', '=', 't.body_id').onRef('s.system_id', '=', 't.system_id'))
    .select(['t.system_id', 't.token_hash', 't.expires_at', 't.revoked_at', 't.last_used_at', 's.name', 's.scopes', 's.revoked_at as system_revoked_at'])
    .where('t.body_id', '=', ref.bodyId)
    .where('t.token_id', '=', ref.tokenId)
    .executeTakeFirst()
  const same = isSameToken(fieldKeys(config.secretKey), token, row?.token_hash ?? NOBODY)
  if (row === undefined || !same) return null
  const actor: ApiActor = { kind: 'api', systemId: row.system_id, name: row.name, bodyId: ref.bodyId, scopes: row.scopes.filter(isScope) }
  if (row.system_revoked_at !== null || !isLive({ expiresAt: row.expires_at, revokedAt: row.revoked_at }, at)) {
    await record(db, actor, 'api.refused', { bodyId: ref.bodyId, target: row.system_id }, { token: ref.tokenId })
    return null
  }
  // 每分钟至多记一次，免得每次调用都写
  if (row.last_used_at === null || at.getTime() - row.last_used_at.getTime() >= MINUTE)
    await db.updateTable('api_token').set({ last_used_at: at }).where('body_id', '=', ref.bodyId).where('token_id', '=', ref.tokenId).execute()
  return actor
}
