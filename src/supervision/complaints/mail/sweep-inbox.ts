import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findBodyByCode } from '../../../bodies/index.ts'
import type { Deps } from '../../../platform/deps.ts'
import { findOffice } from '../register-complaint.ts'
import { DONE, FAILED, KEPT_DAYS, inboxOf } from './inbox.ts'
import { MAIL_LIMITS } from './mail-limits.ts'
import { openMailReader } from './read-mail.ts'
import type { MailReader } from './read-mail.ts'
import { takeMail } from './take-mail.ts'

/** 一次至多办几封；余下的下一分钟办 */
const BATCH = 50

interface Box {
  dir: string
  bodyId: string
  toOwn: boolean
}

/**
 * 把信箱里的信逐封登记，办完的移到 done/，没有登记的移到 failed/ 并写明缘故。可以重办：
 * 登记了而没有来得及移走的，下一次认得出是同一封。返回登记了几件。
 */
export async function sweepInbox(deps: Deps): Promise<number> {
  const boxes = await listBoxes(deps)
  const reader = openMailReader()
  try {
    let registered = 0
    let left = BATCH
    let stuck: unknown = null
    for (const box of boxes) {
      for (const name of (await mailsIn(box.dir)).slice(0, left)) {
        left -= 1
        try {
          if (await takeFile(deps, reader, box, name)) registered += 1
        } catch (error) {
          // 一封出了意外，不叫后面的都等着；它留在信箱里，下一次再办
          stuck ??= error
          deps.log.error({ err: error instanceof Error ? error.name : 'Error', body: box.bodyId }, '信箱里的一封信没有办成，留待下一次')
        }
      }
    }
    if (stuck !== null && registered === 0) throw stuck
    return registered
  } finally {
    await reader.close()
  }
}

async function listBoxes(deps: Deps): Promise<Box[]> {
  const root = inboxOf(deps.config)
  await mkdir(root, { recursive: true, mode: 0o700 })
  const office = await findOffice(deps.db, new Set(), deps.clock.today())
  const boxes: Box[] = office === null ? [] : [{ dir: root, bodyId: office, toOwn: false }]
  const folders = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory() && /^[a-z0-9-]{1,40}$/.test(entry.name) && entry.name !== DONE && entry.name !== FAILED)
  for (const { name } of folders.slice(0, 1000)) {
    const body = await findBodyByCode(deps.db, name)
    if (body !== null && body.status === 'active') boxes.push({ dir: join(root, name), bodyId: body.bodyId, toOwn: true })
  }
  return boxes
}

// 只认平常的文件：链接会指到别处
const mailsIn = async (dir: string): Promise<string[]> => (await readdir(dir, { withFileTypes: true })).flatMap((entry) => (entry.isFile() && entry.name.endsWith('.eml') && !entry.name.startsWith('.') ? [entry.name] : [])).toSorted()

async function takeFile(deps: Deps, reader: MailReader, box: Box, name: string): Promise<boolean> {
  const path = join(box.dir, name)
  const bytes = await readBounded(path)
  if (bytes === null) return refused(deps, box, name, `超过 ${MAIL_LIMITS.bytes / 1024 / 1024} MB`)
  const read = await reader.read(bytes)
  if (!read.ok) return refused(deps, box, name, read.why)
  const taken = await takeMail(deps, box, bytes, read.mail)
  if (taken.kind === 'ignored') return refused(deps, box, name, taken.why)
  await moveTo(box.dir, DONE, name)
  return taken.kind === 'registered'
}

async function readBounded(path: string): Promise<Uint8Array | null> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    return size > MAIL_LIMITS.bytes ? null : await file.readFile()
  } finally {
    await file.close()
  }
}

async function refused({ log }: Deps, { dir, bodyId }: Box, name: string, why: string): Promise<boolean> {
  log.warn({ body: bodyId, why }, '信箱里的一封信没有登记')
  const moved = await moveTo(dir, FAILED, name)
  await writeFile(`${moved}.txt`, `${why}\n`, { mode: 0o600 })
  return false
}

// 同名的不覆盖：另加时刻
async function moveTo(dir: string, folder: typeof DONE | typeof FAILED, name: string): Promise<string> {
  const to = join(dir, folder)
  await mkdir(to, { recursive: true, mode: 0o700 })
  const target = join(to, (await exists(join(to, name))) ? `${name.slice(0, -4)}-${Date.now()}.eml` : name)
  await rename(join(dir, name), target)
  return target
}

const exists = (path: string): Promise<boolean> => stat(path).then(() => true, () => false)

/** 办过的、没有登记的原信，满三十日删去：里面有反映人的姓名、地址，内容已加密存在案里。返回删去几个文件。 */
export async function purgeInbox(deps: Pick<Deps, 'config' | 'clock'>): Promise<number> {
  const root = inboxOf(deps.config)
  const before = deps.clock.now().getTime() - KEPT_DAYS * 24 * 3600 * 1000
  const dirs = [root, ...(await readdir(root, { withFileTypes: true }).catch(() => [])).flatMap((entry) => (entry.isDirectory() ? [join(root, entry.name)] : []))]
  let gone = 0
  for (const dir of dirs.flatMap((each) => [join(each, DONE), join(each, FAILED)])) {
    for (const name of await readdir(dir).catch(() => [])) {
      const path = join(dir, name)
      if ((await stat(path)).mtimeMs >= before) continue
      await rm(path, { force: true })
      gone += 1
    }
  }
  return gone
}
