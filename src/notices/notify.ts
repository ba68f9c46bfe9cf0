import './tables.ts'
import { sql } from 'kysely'
import { getSetting } from '../bodies/index.ts'
import { listActingHolders, listMailChoices } from '../identity/index.ts'
import type { Role } from '../identity/index.ts'
import { dayInBeijing } from '../platform/clock.ts'
import type { Tx } from '../platform/db.ts'
import { newId } from '../platform/id.ts'
import { enqueue } from '../platform/jobs.ts'

/** 一条通知说什么。标题、说明只写登记号、日期与该办的事，不写申请人的个人信息：邮件照此发出。 */
export interface NoticeWords {
  /** 同一件事的同一次通知；同一人收到过的不再收 */
  key: string
  /** 至多 120 字 */
  title: string
  /** 至多 300 字，可以为空 */
  note: string
  /** 去哪里办，工作台里的路径 */
  href: string
}

export interface NoticeFor extends NoticeWords {
  accounts: readonly string[]
  /** 键以此起首而还没有看的旧通知，由这一条代替：算作看过 */
  supersedes?: string
}

/**
 * 通知若干人，与所说的事同一事务；可以重办，同一 `key` 每人至多一条。返回新增几条。
 * 给账号，或者给岗位（本机关持有该岗位的在用账号，连同此日代行的）；`except` 为办这件事的人自己，不必通知。
 */
export async function notify(
  tx: Tx,
  { bodyId, at, accounts = [], roles = [], except, ...words }: NoticeWords & { bodyId: string; at: Date; accounts?: readonly string[]; roles?: readonly Role[]; except?: string },
): Promise<number> {
  const holders = roles.length === 0 ? [] : await listActingHolders(tx, bodyId, roles, dayInBeijing(at))
  const to = [...new Set([...accounts, ...holders])].filter((account) => account !== except)
  return notifyMany(tx, { bodyId, at }, [{ ...words, accounts: to }])
}

const MOST = 2000

/** 一次通知许多件事；停用的、没有的账号不收。返回新增几条。 */
export async function notifyMany(tx: Tx, { bodyId, at }: { bodyId: string; at: Date }, notices: readonly NoticeFor[]): Promise<number> {
  const people = [...new Set(notices.flatMap((notice) => notice.accounts))]
  if (people.length === 0) return 0
  const mails = await getSetting(tx, bodyId, 'noticeMail')
  const choices = await listMailChoices(tx, people)
  const rows = notices.flatMap(({ accounts, key, title, note, href }) =>
    [...new Set(accounts)].flatMap((accountId) => {
      const choice = choices.get(accountId)
      if (choice === undefined) return []
      const mail = !mails || choice.mail === null || choice.mode === 'none' ? 'done' : choice.mode
      return [{ body_id: bodyId, notice_id: newId(), account_id: accountId, key, title: clip(title, 120), note: clip(note, 300), href, at, read_at: null, mail }]
    }),
  )
  const prefixes = new Map(notices.flatMap(({ key, supersedes }) => (supersedes === undefined ? [] : [[key, supersedes] as const])))
  let added = 0
  let toMail = false
  for (let from = 0; from < rows.length; from += MOST) {
    const made = await sql<{ mail: string; accountId: string; key: string }>`insert into notice select * from json_populate_recordset(null::notice, ${JSON.stringify(rows.slice(from, from + MOST))}::json)
      on conflict (body_id, account_id, key) do nothing returning mail, account_id as "accountId", key`.execute(tx)
    added += made.rows.length
    await supersede(tx, { bodyId, at }, made.rows.flatMap(({ accountId, key }) => (prefixes.has(key) ? [{ accountId, key, prefix: prefixes.get(key) ?? '' }] : [])))
    toMail ||= made.rows.some(({ mail }) => mail === 'immediate')
  }
  if (toMail) await enqueue(tx, 'notices.mail', {}, { key: 'notices.mail' })
  return added
}

// 写成范围而不用 like：走得了 (机关, 人, 键) 的索引
async function supersede(tx: Tx, { bodyId, at }: { bodyId: string; at: Date }, made: readonly { accountId: string; key: string; prefix: string }[]): Promise<void> {
  if (made.length === 0) return
  await sql`update notice n set read_at = ${at} from json_to_recordset(${JSON.stringify(made)}::json) as made ("accountId" uuid, key text, prefix text)
    where n.body_id = ${bodyId} and n.account_id = made."accountId" and n.key >= made.prefix and n.key < made.prefix || chr(1114111) and n.key <> made.key and n.read_at is null`.execute(tx)
}

/** 一件事已经了结：键以 `prefix` 起首的，这些人没有看的都算看过。 */
export async function settleNotices(tx: Tx, { bodyId, accounts, prefix, at }: { bodyId: string; accounts: readonly string[]; prefix: string; at: Date }): Promise<void> {
  await supersede(tx, { bodyId, at }, accounts.map((accountId) => ({ accountId, key: '', prefix })))
}

// 不把一个字截成两半：半个字存不进库，连所说的事也一并退回
const clip = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`).toWellFormed()
