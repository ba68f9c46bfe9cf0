import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImapFlow } from 'imapflow'
import type { Deps } from '../../../platform/deps.ts'
import { inboxOf } from './inbox.ts'
import { MAIL_LIMITS } from './mail-limits.ts'

/** 一次至多取几封；余下的下一分钟取 */
const BATCH = 50
const LIMITS = { connectionTimeout: 15_000, greetingTimeout: 10_000, socketTimeout: 60_000 }

/**
 * 从 IMAP 的信箱取没有读过的信，放进文件的信箱，标为已读；登记由扫信箱的任务办。
 * 放好了才标已读：其间断了，下一次再取，同一封认得出。没有设 IMAP_URL 的不取。返回取了几封。
 */
export async function fetchImap({ config, log }: Pick<Deps, 'config' | 'log'>): Promise<number> {
  if (config.imapUrl === null) return 0
  const url = new URL(config.imapUrl)
  // 用到才载入：没有设的不占内存
  const imap = await import('imapflow')
  const client = new imap.ImapFlow({
    host: url.hostname,
    port: Number(url.port) || (url.protocol === 'imaps:' ? 993 : 143),
    secure: url.protocol === 'imaps:',
    // 有口令的，服务器不能加密就不登录；内网确实没有加密的，须在网址里写明 ?ignoreTLS=true
    doSTARTTLS: url.protocol === 'imaps:' ? undefined : url.searchParams.get('ignoreTLS') !== 'true',
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    disableAutoIdle: true,
    maxLiteralSize: MAIL_LIMITS.bytes + 1024,
    ...LIMITS,
  })
  // 连接半途出错另有事件，不接着会让进程停下；下面的等待照样抛出
  client.on('error', () => {})
  try {
    await client.connect()
    return await takeUnseen(client, { config, log }, decodeURIComponent(url.pathname.slice(1)) || 'INBOX')
  } catch (error) {
    // 对方的话里可能有地址、口令：只记错误的名称
    log.warn({ fault: error instanceof Error ? error.name : 'Error' }, '没有从 IMAP 的信箱取成')
    return 0
  } finally {
    client.close()
  }
}

async function takeUnseen(client: ImapFlow, { config, log }: Pick<Deps, 'config' | 'log'>, path: string): Promise<number> {
  const lock = await client.getMailboxLock(path)
  try {
    const found = await client.search({ seen: false }, { uid: true })
    const uids = (Array.isArray(found) ? found : []).slice(0, BATCH)
    let taken = 0
    for (const uid of uids) {
      const head = await client.fetchOne(String(uid), { size: true }, { uid: true })
      if (head !== false && (head.size ?? 0) > MAIL_LIMITS.bytes) log.warn({ uid }, '信箱里的一封信太大，没有取')
      else if (await keep(client, config, uid)) taken += 1
      else continue
      await client.messageFlagsAdd(String(uid), [String.raw`\Seen`], { uid: true })
    }
    return taken
  } finally {
    lock.release()
  }
}

async function keep(client: ImapFlow, config: Deps['config'], uid: number): Promise<boolean> {
  const mail = await client.fetchOne(String(uid), { source: { maxLength: MAIL_LIMITS.bytes } }, { uid: true })
  if (mail === false || mail.source === undefined) return false
  const dir = inboxOf(config)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  // 先写一旁再改名：扫信箱的看不见半封
  const temporary = join(dir, `.${randomUUID()}`)
  try {
    await writeFile(temporary, mail.source, { mode: 0o600 })
    await rename(temporary, join(dir, `imap-${uid}-${randomUUID().slice(0, 8)}.eml`))
  } finally {
    await rm(temporary, { force: true })
  }
  return true
}
