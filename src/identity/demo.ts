import type { Tx } from '../platform/db.ts'
import type { Deps } from '../platform/deps.ts'
import type { Account } from './accounts/account.ts'
import { ACCOUNT_COLUMNS, toAccount } from './accounts/account-store.ts'

/** 演示账号共用的口令，公开写在登录页上；正式环境不得有演示账号。 */
export const DEMO_PASSWORD = '明窗演示-2026'

/** 演示账号，供登录页列出；正式模式一律不列。 */
export async function listDemoAccounts(tx: Tx, deps: Deps): Promise<Account[]> {
  if (deps.config.mode !== 'demo') return []
  const rows = await tx
    .selectFrom('account')
    .select(ACCOUNT_COLUMNS)
    .where('is_demo', '=', true)
    .where('status', '=', 'active')
    .orderBy('created_at')
    .orderBy('name')
    .limit(40)
    .execute()
  return rows.map(toAccount)
}

/** 正式模式里有演示账号的，不得启动：人人知道它的口令。 */
export async function assertNoDemoAccounts(deps: Deps): Promise<void> {
  if (deps.config.mode !== 'production') return
  const row = await deps.db
    .selectFrom('account')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('is_demo', '=', true)
    .executeTakeFirstOrThrow()
  if (row.n > 0)
    throw new Error(`数据库里有 ${row.n} 个演示账号，正式模式不能启动；请换一个没有载入演示数据的数据库`)
}
