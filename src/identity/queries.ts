import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { NotFound } from '../platform/errors.ts'
import { isId } from '../platform/id.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Account, MailChoice } from './accounts/account.ts'
import { ACCOUNT_COLUMNS, toAccount } from './accounts/account-store.ts'
import type { Role } from './actor.ts'
import { listStandIns } from './delegation/delegation-store.ts'
import './tables.ts'

export interface AccountFilter {
  /** 登录名、姓名中的片段 */
  text?: string
  bodyId?: string
  role?: Role
  status?: Account['status']
}

export async function findAccount(tx: Tx, accountId: string): Promise<Account | null> {
  const row = await tx
    .selectFrom('account')
    .select(ACCOUNT_COLUMNS)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row ? toAccount(row) : null
}

export async function getAccount(tx: Tx, accountId: string): Promise<Account> {
  const account = await findAccount(tx, accountId)
  if (!account) throw new NotFound('账号')
  return account
}

export async function findAccountByName(tx: Tx, name: string): Promise<Account | null> {
  const row = await tx.selectFrom('account').select(ACCOUNT_COLUMNS).where('name', '=', name).executeTakeFirst()
  return row ? toAccount(row) : null
}

/** 各账号的姓名，如列出经办人；查不到的（system、import）不在其中。 */
export async function listDisplayNames(tx: Tx, keys: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(keys)].filter((key) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key)).slice(0, 1000)
  const names = await systemNames(tx, keys)
  if (ids.length === 0) return names
  const rows = await tx
    .selectFrom('account')
    .select(['account_id', 'display_name'])
    .where('account_id', 'in', ids)
    .execute()
  for (const row of rows) names.set(row.account_id, row.display_name)
  return names
}

// 接口办的，键如 `api:…`，写系统的名称
async function systemNames(tx: Tx, keys: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(keys)].filter((key) => key.startsWith('api:')).map((key) => key.slice(4)).filter(isId).slice(0, 1000)
  if (ids.length === 0) return new Map()
  const rows = await tx.selectFrom('api_system').select(['system_id', 'name']).where('system_id', 'in', ids).execute()
  return new Map(rows.map((row) => [`api:${row.system_id}`, row.name]))
}

/** 某机构持有所列岗位之一的在用账号：账号 → 姓名，按姓名排；至多二百人。 */
export async function listHolders(tx: Tx, bodyId: string, roles: readonly Role[]): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('account')
    .select(['account_id', 'display_name'])
    .where('status', '=', 'active')
    .where('account_id', 'in', (eb) =>
      eb.selectFrom('account_role').select('account_role.account_id').where('account_role.body_id', '=', bodyId).where('account_role.role', 'in', [...roles]),
    )
    .orderBy('display_name')
    .orderBy('account_id')
    .limit(200)
    .execute()
  return new Map(rows.map((row) => [row.account_id, row.display_name]))
}

/** 某机构此日可以行使所列岗位之一的账号：持有的，连同代行的。 */
export async function listActingHolders(tx: Tx, bodyId: string, roles: readonly Role[], today: PlainDate): Promise<string[]> {
  const holders = [...(await listHolders(tx, bodyId, roles)).keys()]
  return [...new Set([...holders, ...(await listStandIns(tx, bodyId, roles, today)).map(({ to }) => to)])]
}

export async function listAccounts(
  tx: Tx,
  filter: AccountFilter,
  page: { sort: 'name' | 'displayName' | 'lastSignInAt'; descending: boolean; limit: number; offset: number },
): Promise<Account[]> {
  const column = { name: 'name', displayName: 'display_name', lastSignInAt: 'last_sign_in_at' } as const
  const rows = await filtered(tx, filter)
    .select(ACCOUNT_COLUMNS)
    .orderBy(column[page.sort], (ob) => (page.descending ? ob.desc().nullsLast() : ob.asc().nullsLast()))
    .orderBy('name')
    .limit(Math.min(page.limit, 500))
    .offset(page.offset)
    .execute()
  return rows.map(toAccount)
}

export async function countAccounts(tx: Tx, filter: AccountFilter): Promise<number> {
  const row = await filtered(tx, filter)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return row.n
}

function filtered(tx: Tx, filter: AccountFilter) {
  let query = tx.selectFrom('account')
  const text = filter.text?.trim().slice(0, 60)
  if (text) {
    const like = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where((eb) => eb.or([eb('name', 'ilike', like), eb('display_name', 'ilike', like)]))
  }
  const { bodyId, role, status } = filter
  if (status) query = query.where('status', '=', status)
  if (bodyId)
    query = query.where((eb) =>
      eb.or([
        eb('home_body_id', '=', bodyId),
        eb(
          'account_id',
          'in',
          eb.selectFrom('account_role').select('account_role.account_id').where('account_role.body_id', '=', bodyId),
        ),
      ]),
    )
  if (role)
    query = query.where((eb) =>
      eb(
        'account_id',
        'in',
        eb.selectFrom('account_role').select('account_role.account_id').where('account_role.role', '=', role),
      ),
    )
  return query
}

/** 登录名与姓名、岗位，供各列表一次取齐。 */
export async function listRolesOf(
  tx: Tx,
  accountIds: readonly string[],
): Promise<{ accountId: string; bodyId: string; role: Role }[]> {
  if (accountIds.length === 0) return []
  const rows = await tx
    .selectFrom('account_role')
    .select(['account_id', 'body_id', 'role'])
    .where('account_id', 'in', [...accountIds])
    .orderBy('body_id')
    .orderBy('role')
    .limit(5000)
    .execute()
  return rows.map((row) => ({ accountId: row.account_id, bodyId: row.body_id, role: row.role }))
}

/** 在用账号的邮箱与怎样收邮件；停用的、没有的不在其中。 */
export async function listMailChoices(tx: Tx, accountIds: readonly string[]): Promise<Map<string, MailChoice>> {
  if (accountIds.length === 0) return new Map()
  const { rows } = await sql<MailChoice & { accountId: string }>`select account_id as "accountId", mail, mail_mode as mode from account
    where account_id = any(${[...accountIds]}::uuid[]) and status = 'active'`.execute(tx)
  return new Map(rows.map(({ accountId, mail, mode }) => [accountId, { mail, mode }]))
}

/** 某人有岗位的各机构。 */
export async function listBodiesOf(tx: Tx, accountId: string): Promise<string[]> {
  const rows = await tx.selectFrom('account_role').select('body_id').distinct().where('account_id', '=', accountId).limit(500).execute()
  return rows.map((row) => row.body_id)
}
