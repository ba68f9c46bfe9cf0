import { record } from '../../audit/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { isMailAddress } from '../../platform/mail/index.ts'
import { isMailMode } from './account.ts'
import { lockAccount } from './account-store.ts'
import type { Actor } from '../actor.ts'

export type MailChangeResult = { ok: true; mail: string | null } | { ok: false; field: 'mail' | 'mode'; message: string }

/** 自己定工作邮箱与怎样收邮件；邮箱可以空着，只收站内通知。地址不入留痕。 */
export function changeMail(deps: Deps, actor: Actor & { kind: 'account' }, given: { mail: string; mode: string }): Promise<MailChangeResult> {
  const { mode } = given
  const mail = given.mail === '' ? null : given.mail.normalize('NFKC')
  return transaction(deps.db, async (tx) => {
    if (mail !== null && !isMailAddress(mail)) return { ok: false, field: 'mail', message: '邮箱的写法不对，应当如 name@example.gov.cn' }
    if (!isMailMode(mode)) return { ok: false, field: 'mode', message: '请选择怎样收邮件' }
    await lockAccount(tx, actor.accountId)
    await tx.updateTable('account').set({ mail, mail_mode: mode }).where('account_id', '=', actor.accountId).execute()
    await record(tx, actor, 'account.mail-changed', actor.accountId, { own: true })
    return { ok: true, mail }
  })
}
