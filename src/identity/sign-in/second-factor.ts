import { record } from '../../audit/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { Actor } from '../actor.ts'
import { verifyPassword } from '../accounts/passwords.ts'
import { seal, unseal } from './secret-box.ts'
import { endSessions, openSession } from './sessions.ts'
import type { Session } from './sessions.ts'
import { charge, refund } from './throttle.ts'
import { matchTotp, newTotpSecret } from './totp.ts'

type Person = Actor & { kind: 'account' }
const PURPOSE = 'totp'

/** 生成一把新密钥，待用手机上的数字确认之后才启用；已经启用的不动。 */
export async function prepareSecondFactor(deps: Deps, actor: Person): Promise<void> {
  const sealed = seal(newTotpSecret(), deps.config.secretKey, PURPOSE)
  await deps.db
    .updateTable('account')
    .set({ totp_secret: sealed, totp_last_step: null })
    .where('account_id', '=', actor.accountId)
    .where('totp_enabled_at', 'is', null)
    .execute()
}

/** 待确认的密钥；没有生成或者已经启用的为 null（启用后不再给人看）。 */
export async function findPreparedSecret(deps: Deps, accountId: string): Promise<Buffer | null> {
  const row = await deps.db
    .selectFrom('account')
    .select('totp_secret')
    .where('account_id', '=', accountId)
    .where('totp_enabled_at', 'is', null)
    .executeTakeFirst()
  return row?.totp_secret ? unseal(row.totp_secret, deps.config.secretKey, PURPOSE) : null
}

/** 以手机上的数字确认，动态口令自此启用；其他地方的登录随即结束。 */
export function confirmSecondFactor(
  deps: Deps,
  actor: Person,
  input: { code: string; sessionId: string },
): Promise<{ ok: true } | { ok: false; refusal: 'not-prepared' | 'wrong' }> {
  const at = deps.clock.now()
  return transaction(deps.db, async (tx) => {
    const row = await lockSecret(tx, actor.accountId)
    if (!row.totp_secret || row.totp_enabled_at) return { ok: false, refusal: 'not-prepared' }
    const step = matchTotp(unseal(row.totp_secret, deps.config.secretKey, PURPOSE), input.code, at, row.totp_last_step)
    if (step === null) return { ok: false, refusal: 'wrong' }
    await tx
      .updateTable('account')
      .set({ totp_enabled_at: at, totp_last_step: step })
      .where('account_id', '=', actor.accountId)
      .execute()
    await tx.updateTable('session').set({ second_factor: 'passed' }).where('session_id', '=', input.sessionId).execute()
    await endSessions(tx, actor.accountId, { except: input.sessionId })
    await record(tx, actor, 'account.second-factor-on', actor.accountId)
    return { ok: true }
  })
}

/** 停用动态口令，须核对口令。 */
export async function dropSecondFactor(
  deps: Deps,
  actor: Person,
  password: string,
): Promise<{ ok: true } | { ok: false; message: string }> {
  const at = deps.clock.now()
  const row = await deps.db
    .selectFrom('account')
    .select(['name', 'password_hash'])
    .where('account_id', '=', actor.accountId)
    .executeTakeFirstOrThrow()
  const wait = await transaction(deps.db, (tx) => charge(tx, 'account', row.name, at))
  if (wait > 0) return { ok: false, message: `尝试次数过多，请 ${wait} 秒后再试` }
  if (!(await verifyPassword(row.password_hash, password))) return { ok: false, message: '口令不对' }
  return transaction(deps.db, async (tx) => {
    await refund(tx, row.name, '')
    await clearSecondFactor(tx, actor.accountId)
    await record(tx, actor, 'account.second-factor-off', actor.accountId)
    return { ok: true }
  })
}

/** 登录的第二步：核对动态口令，换一个新的会话。每一步的数字只认一次。 */
export async function passSecondFactor(
  deps: Deps,
  session: Session,
  input: { code: string; address: string; agent: string },
): Promise<{ ok: true; token: string } | { ok: false; message: string }> {
  const at = deps.clock.now()
  const wait = await transaction(deps.db, (tx) => charge(tx, 'account', session.accountName, at))
  if (wait > 0) return { ok: false, message: `尝试次数过多，请 ${wait} 秒后再试` }
  return transaction(deps.db, async (tx) => {
    const row = await lockSecret(tx, session.accountId)
    const who = { kind: 'account', accountId: session.accountId, bodyId: session.actingBodyId } as const
    const secret = row.totp_secret && unseal(row.totp_secret, deps.config.secretKey, PURPOSE)
    const step = secret ? matchTotp(secret, input.code, at, row.totp_last_step) : null
    if (step === null) {
      await record(tx, who, 'session.second-factor-refused', session.accountId)
      return { ok: false, message: '数字不对，或者已经用过；请等手机上换了下一个再填' }
    }
    await tx.updateTable('account').set({ totp_last_step: step }).where('account_id', '=', session.accountId).execute()
    await refund(tx, session.accountName, '')
    await endSessions(tx, session.accountId, { only: session.sessionId })
    const token = await openSession(tx, {
      accountId: session.accountId,
      actingBodyId: session.actingBodyId,
      secondFactor: 'passed',
      address: input.address,
      agent: input.agent,
      at,
    })
    await record(tx, who, 'session.second-factor-passed', session.accountId)
    return { ok: true, token }
  })
}

/** 手机丢失时由系统管理员随重置口令一并停用。 */
export const clearSecondFactor = async (tx: Tx, accountId: string): Promise<void> => {
  await tx
    .updateTable('account')
    .set({ totp_secret: null, totp_enabled_at: null, totp_last_step: null })
    .where('account_id', '=', accountId)
    .execute()
}

const lockSecret = (tx: Tx, accountId: string) =>
  tx
    .selectFrom('account')
    .select(['totp_secret', 'totp_enabled_at', 'totp_last_step'])
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirstOrThrow()
