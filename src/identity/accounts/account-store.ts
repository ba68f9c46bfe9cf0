import type { Tx } from '../../platform/db.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Account, Posting } from './account.ts'
import type { Role } from '../actor.ts'
import { PASSWORD_RULES } from './passwords.ts'
import type { AccountTable } from '../tables.ts'

export const ACCOUNT_COLUMNS = [
  'account_id',
  'name',
  'display_name',
  'home_body_id',
  'status',
  'must_change',
  'is_demo',
  'totp_enabled_at',
  'last_sign_in_at',
  'created_at',
] as const satisfies readonly (keyof AccountTable)[]

export const toAccount = (row: Pick<AccountTable, (typeof ACCOUNT_COLUMNS)[number]>): Account => ({
  accountId: row.account_id,
  name: row.name,
  displayName: row.display_name,
  homeBodyId: row.home_body_id,
  status: row.status,
  mustChange: row.must_change,
  isDemo: row.is_demo,
  hasSecondFactor: row.totp_enabled_at !== null,
  lastSignInAt: row.last_sign_in_at,
  createdAt: row.created_at,
})

export async function insertAccount(
  tx: Tx,
  account: Account,
  secret: { hash: string; by: string },
): Promise<void> {
  await tx
    .insertInto('account')
    .values({
      account_id: account.accountId,
      name: account.name,
      display_name: account.displayName,
      home_body_id: account.homeBodyId,
      password_hash: secret.hash,
      password_set_at: account.createdAt,
      must_change: account.mustChange,
      status: account.status,
      is_demo: account.isDemo,
      totp_secret: null,
      totp_enabled_at: null,
      totp_last_step: null,
      last_sign_in_at: null,
      created_by: secret.by,
      created_at: account.createdAt,
    })
    .execute()
}

/** 锁住账号的行再改；没有则抛 NotFound。 */
export async function lockAccount(tx: Tx, accountId: string): Promise<Account> {
  const row = await tx
    .selectFrom('account')
    .select(ACCOUNT_COLUMNS)
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('账号')
  return toAccount(row)
}

/** 换口令：旧散列记入历史，只留最近的几个。 */
export async function savePassword(
  tx: Tx,
  accountId: string,
  password: { hash: string; mustChange: boolean; at: Date },
): Promise<void> {
  const old = await tx
    .selectFrom('account')
    .select(['password_hash', 'password_set_at'])
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('account_password')
    .values({ account_id: accountId, set_at: old.password_set_at, hash: old.password_hash })
    .onConflict((oc) => oc.columns(['account_id', 'set_at']).doUpdateSet({ hash: old.password_hash }))
    .execute()
  await tx
    .updateTable('account')
    .set({ password_hash: password.hash, password_set_at: password.at, must_change: password.mustChange })
    .where('account_id', '=', accountId)
    .execute()
  const kept = tx
    .selectFrom('account_password')
    .select('set_at')
    .where('account_id', '=', accountId)
    .orderBy('set_at', 'desc')
    .limit(PASSWORD_RULES.history - 1)
  await tx
    .deleteFrom('account_password')
    .where('account_id', '=', accountId)
    .where('set_at', 'not in', kept)
    .execute()
}

/** 现用与最近用过的口令的散列，至多 PASSWORD_RULES.history 个，现用的在前。 */
export async function listPasswordHashes(tx: Tx, accountId: string): Promise<string[]> {
  const current = await tx
    .selectFrom('account')
    .select('password_hash')
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  const past = await tx
    .selectFrom('account_password')
    .select('hash')
    .where('account_id', '=', accountId)
    .orderBy('set_at', 'desc')
    .limit(PASSWORD_RULES.history - 1)
    .execute()
  return [current.password_hash, ...past.map((row) => row.hash)]
}

export async function saveStatus(tx: Tx, accountId: string, status: Account['status']): Promise<void> {
  await tx.updateTable('account').set({ status }).where('account_id', '=', accountId).execute()
}

/** 一人在各机构的岗位。 */
export async function listPostings(tx: Tx, accountId: string): Promise<Posting[]> {
  const rows = await tx
    .selectFrom('account_role')
    .select(['body_id', 'role'])
    .where('account_id', '=', accountId)
    .orderBy('body_id')
    .orderBy('role')
    .limit(500)
    .execute()
  const byBody = Map.groupBy(rows, (row) => row.body_id)
  return [...byBody].map(([bodyId, list]) => ({ bodyId, roles: list.map((row) => row.role) }))
}

/** 一人在一个机构的岗位，整个换成所给的。 */
export async function replaceRoles(
  tx: Tx,
  posting: { accountId: string; bodyId: string; roles: readonly Role[]; by: string; at: Date },
): Promise<void> {
  await tx
    .deleteFrom('account_role')
    .where('body_id', '=', posting.bodyId)
    .where('account_id', '=', posting.accountId)
    .execute()
  const roles = [...new Set(posting.roles)]
  if (roles.length === 0) return
  await tx
    .insertInto('account_role')
    .values(
      roles.map((role) => ({
        body_id: posting.bodyId,
        account_id: posting.accountId,
        role,
        granted_by: posting.by,
        granted_at: posting.at,
      })),
    )
    .execute()
}
