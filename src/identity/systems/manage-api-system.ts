import { record } from '../../audit/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { actorKey } from '../actor.ts'
import type { Actor } from '../actor.ts'
import { TOKEN_RULES, daysAfter, isLive } from './api-system.ts'
import type { Scope } from './api-system.ts'
import { getSystem, insertSystem, insertToken, listTokens, revokeSystem, revokeToken, saveScopes, shortenTokens } from './api-system-store.ts'
import type { SystemRef } from './api-system-store.ts'
import { mintToken, tokenHash } from './api-token.ts'
import { requirePermission } from '../permissions.ts'

/** 系统管理员为某机关接入一个系统；还没有权限，也没有令牌。 */
export function createApiSystem(deps: Deps, actor: Actor, { bodyId, name }: { bodyId: string; name: string }): Promise<SystemRef> {
  requirePermission(actor, 'api-system.manage', bodyId)
  return transaction(deps.db, async (tx) => {
    const ref = { bodyId, systemId: newId() }
    await insertSystem(tx, { ...ref, name, by: actorKey(actor), at: deps.clock.now() })
    await record(tx, actor, 'api-system.created', { bodyId, target: ref.systemId })
    return ref
  })
}

/** 安全管理员定一个系统的权限，整个换成所给的；下一次调用即按新的。停用了的不能定。 */
export function grantScopes(deps: Deps, actor: Actor, { scopes, ...ref }: SystemRef & { scopes: readonly Scope[] }): Promise<'done' | 'revoked'> {
  requirePermission(actor, 'api-system.grant', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    if ((await getSystem(tx, ref, true)).revokedAt !== null) return 'revoked'
    await saveScopes(tx, ref, { scopes: [...new Set(scopes)], by: actorKey(actor), at: deps.clock.now() })
    await record(tx, actor, 'api-system.granted', { bodyId: ref.bodyId, target: ref.systemId }, { scopes: [...new Set(scopes)] })
    return 'done'
  })
}

/**
 * 发一枚令牌，只在返回值里出现这一次。`overlapDays` 为此前各枚还可以并用几日：换发时留出对方更换的时间，疑有泄露的写 0。
 * 停用了的不发；并用的至多 TOKEN_RULES.mostLive 枚。
 */
export function issueToken(
  deps: Deps,
  actor: Actor,
  { overlapDays, ...ref }: SystemRef & { overlapDays: number },
): Promise<{ ok: true; token: string; expiresAt: Date } | { ok: false; refusal: 'revoked' | 'too-many' }> {
  requirePermission(actor, 'api-system.manage', ref.bodyId)
  const { bodyId, systemId } = ref
  return transaction(deps.db, async (tx) => {
    if ((await getSystem(tx, ref, true)).revokedAt !== null) return { ok: false, refusal: 'revoked' }
    const at = deps.clock.now()
    await shortenTokens(tx, ref, daysAfter(at, Math.min(Math.max(overlapDays, 0), TOKEN_RULES.overlapDays)))
    if ((await listTokens(tx, ref)).filter((token) => isLive(token, at)).length >= TOKEN_RULES.mostLive) return { ok: false, refusal: 'too-many' }
    const tokenId = newId()
    const token = mintToken({ bodyId, tokenId })
    const expiresAt = daysAfter(at, TOKEN_RULES.validDays)
    await insertToken(tx, { ...ref, tokenId, hash: tokenHash(fieldKeys(deps.config.secretKey), token), by: actorKey(actor), at, expiresAt })
    await record(tx, actor, 'api-system.token-issued', { bodyId, target: systemId }, { token: tokenId })
    return { ok: true, token, expiresAt }
  })
}

/** 作废一枚令牌，即刻生效。 */
export function revokeApiToken(deps: Deps, actor: Actor, ref: SystemRef & { tokenId: string }): Promise<void> {
  requirePermission(actor, 'api-system.revoke', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    await revokeToken(tx, ref, deps.clock.now())
    await record(tx, actor, 'api-system.token-revoked', { bodyId: ref.bodyId, target: ref.systemId }, { token: ref.tokenId })
  })
}

/** 停用一个系统：令牌全部作废，不能再启用，要接入的另建。 */
export function revokeApiSystem(deps: Deps, actor: Actor, ref: SystemRef): Promise<void> {
  requirePermission(actor, 'api-system.revoke', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    if ((await getSystem(tx, ref, true)).revokedAt !== null) return
    await revokeSystem(tx, ref, { by: actorKey(actor), at: deps.clock.now() })
    await record(tx, actor, 'api-system.revoked', { bodyId: ref.bodyId, target: ref.systemId })
  })
}
