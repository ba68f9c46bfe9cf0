import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { outboxOf } from './mailer.ts'

/** 发件箱里至多留几封 */
const MOST = 2000

/** 发件箱只留最近的两千封；文件名即 UUIDv7，按名即按先后。返回删去几封。 */
export async function purgeOutbox(config: Pick<Config, 'dataDir'>, most: number = MOST): Promise<number> {
  const dir = outboxOf(config)
  const mails = (await readdir(dir).catch(() => [])).filter((name) => name.endsWith('.eml')).toSorted()
  const old = mails.slice(0, Math.max(mails.length - most, 0))
  for (const name of old) await rm(join(dir, name), { force: true })
  return old.length
}
