import './tables.ts'
import { sql } from 'kysely'
import { findBody } from '../bodies/index.ts'
import { listMailChoices } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { isMailAddress, sendMail } from '../platform/mail/index.ts'
import type { Notice } from './queries.ts'

const BATCH = 200
/** 一封里至多列几条 */
const LISTED = 20

/**
 * 把还没有发的通知发成邮件：同一人同一机关的并为一封，已在站内看过的不发。
 * @param which `immediate` 随即发的，`daily` 每日一封的
 */
export async function mailNotices(deps: Deps, which: 'immediate' | 'daily'): Promise<void> {
  for (;;) {
    // 写成字面，才用得上部分索引
    const { rows } = await sql<{ bodyId: string; accountId: string }>`
      select distinct body_id as "bodyId", account_id as "accountId" from notice where mail = ${sql.lit(which)} limit ${BATCH}`.execute(deps.db)
    const choices = await listMailChoices(deps.db, rows.map((row) => row.accountId))
    for (const row of rows) await mailOne(deps, row, choices.get(row.accountId)?.mail ?? null, which)
    if (rows.length < BATCH) return
  }
}

// 两个进程同时来：后到的等着，等到时已没有要发的
function mailOne(deps: Deps, { bodyId, accountId }: { bodyId: string; accountId: string }, to: string | null, which: 'immediate' | 'daily'): Promise<void> {
  return transaction(deps.db, async (tx) => {
    const { rows } = await sql<Notice>`update notice set mail = 'done'
      where body_id = ${bodyId} and account_id = ${accountId} and mail = ${sql.lit(which)}
      returning notice_id as "noticeId", title, note, href, at, read_at as "readAt"`.execute(tx)
    const unread = rows.filter((notice) => notice.readAt === null).toSorted((a, b) => (a.noticeId < b.noticeId ? -1 : 1))
    if (to === null || !isMailAddress(to) || unread.length === 0) return
    const body = await findBody(tx, bodyId)
    await sendMail(tx, deps, { bodyId, to, ...toWords(unread, body?.name ?? '', deps.config.baseUrl) }, deps.clock.now())
  })
}

/** 信里的话：每条的标题、说明与去处。 */
export function toWords(notices: readonly Pick<Notice, 'title' | 'note' | 'href'>[], bodyName: string, baseUrl: string): { subject: string; text: string } {
  const [first] = notices
  const subject = notices.length === 1 ? (first?.title ?? '') : `${notices.length} 条新通知：${first?.title ?? ''}`
  const listed = notices.slice(0, LISTED).map(({ title, note, href }) => [title, ...(note === '' ? [] : [note]), `${baseUrl}${href}`].join('\n'))
  const rest = notices.length - listed.length
  const text = [
    bodyName,
    ...listed,
    ...(rest > 0 ? [`另有 ${rest} 条，见 ${baseUrl}/desk/notices`] : []),
    `这封邮件由系统发出，请勿回复。怎样收邮件，在 ${baseUrl}/desk/account 更改。`,
  ]
  // 登记号来自台账的，可能夹着换行：信头里不能有
  return { subject: subject.replaceAll(/\p{Cc}+/gu, ' ').trim().slice(0, 150).toWellFormed() || '通知', text: `${text.join('\n\n')}\n` }
}
