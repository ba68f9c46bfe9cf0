import { record } from '../../../audit/index.ts'
import { actorKey, behalfOf, PERMISSIONS, requirePermission, settleBehalf } from '../../../identity/index.ts'
import type { Actor, Role } from '../../../identity/index.ts'
import { notify } from '../../../notices/index.ts'
import { transaction } from '../../../platform/connect.ts'
import type { Deps } from '../../../platform/deps.ts'
import { Conflict } from '../../../platform/errors.ts'
import { newId } from '../../../platform/id.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { importPages, SiteImportRefused } from './import-pages.ts'
import { readSite } from './read-site.ts'
import { clearPages, getSiteImport, insertSiteImport, listPages, markRead, markSiteDone, markSiteFailed, markSiteRunning, saveSiteProgress } from './site-import-store.ts'
import type { SiteImportRef } from './site-import-store.ts'
import type { SiteProfile } from './site-profile.ts'
import { SITE_LIMITS, UnreadableSite, zipSource } from './site-source.ts'
import type { SiteSource } from './site-source.ts'

export const READ_JOB = 'hand-over.read-site'
export const IMPORT_JOB = 'hand-over.import-site'
const BATCH = 500
const ATTEMPTS = 3

/** 第一步：存下压缩包，交给任务去读。打不开的抛 UnreadableSite，不留记录。 */
export async function startSiteImport(
  deps: Deps,
  actor: Actor,
  { bodyId, file, profile }: { bodyId: string; file: { name: string; bytes: Buffer }; profile: SiteProfile },
): Promise<SiteImportRef> {
  requirePermission(actor, 'ledger.import', bodyId)
  const source = await zipSource(file.bytes)
  source.close()
  const { key } = await deps.files.put(file.bytes, { maxBytes: SITE_LIMITS.uploadBytes })
  return insert(deps, actor, { bodyId, fileKey: key, name: file.name, size: file.bytes.byteLength, profile, queue: true })
}

/** 命令行读一个目录：没有上传的文件，随即由调用者去读。 */
export async function startFolderImport(deps: Deps, actor: Actor, { bodyId, name, profile }: { bodyId: string; name: string; profile: SiteProfile }): Promise<SiteImportRef> {
  requirePermission(actor, 'ledger.import', bodyId)
  return insert(deps, actor, { bodyId, fileKey: null, name, size: 0, profile, queue: false })
}

async function insert(deps: Deps, actor: Actor, { bodyId, queue, fileKey, name, size, profile }: { bodyId: string; fileKey: string | null; name: string; size: number; profile: SiteProfile; queue: boolean }): Promise<SiteImportRef> {
  const ref = { bodyId, importId: newId() }
  await transaction(deps.db, async (tx) => {
    await insertSiteImport(tx, ref, { fileKey, name: name === '' ? '未命名' : name.slice(0, 200), size, profile, by: actorKey(actor), at: deps.clock.now() })
    if (queue) await enqueue(tx, READ_JOB, { ...ref }, { key: `${READ_JOB}/${ref.importId}`, maxAttempts: ATTEMPTS })
    await record(tx, actor, 'site.import-uploaded', { bodyId, target: ref.importId }, { bytes: size })
  })
  return ref
}

/** 任务：读一遍，记逐页账，待人确认。可以重办：断掉的从头读。 */
export async function runReading(deps: Deps, ref: SiteImportRef, given: SiteSource | null = null): Promise<void> {
  const row = await getSiteImport(deps.db, ref)
  if (row.status !== 'reading') return
  await clearPages(deps.db, ref)
  let source = given
  try {
    source ??= await zipSource(await deps.files.get(row.file_key ?? ''))
    const counts = await readSite(deps, ref, source, row.profile)
    await transaction(deps.db, async (tx) => {
      const at = deps.clock.now()
      await markRead(tx, ref, counts, at)
      if ((counts.ok ?? 0) + (counts.doubtful ?? 0) > 0)
        await notify(tx, { bodyId: ref.bodyId, at, roles: APPROVERS, except: row.requested_by, key: `site-import/${ref.importId}`, title: '等您核对的旧网站导入', note: '逐页看过，确认之后随即公开。', href: `/desk/hand-over/import/${ref.importId}` })
    })
  } catch (error) {
    if (!(error instanceof UnreadableSite)) deps.log.error({ err: error, importId: ref.importId }, '旧网站没有读完')
    await markSiteFailed(deps.db, ref, error instanceof UnreadableSite ? error.message : '系统出错，没有读完；请再上传一次', deps.clock.now())
  } finally {
    source?.close()
  }
}

const APPROVERS: readonly Role[] = PERMISSIONS['item.approve'].own

export const CONFIRM_REFUSED = {
  'not-read': '这次导入还没有读完，或者已经确认过了',
  own: '您（或者委托您的人）上传的，须由另一人核对确认',
} as const
export type ConfirmRefusal = keyof typeof CONFIRM_REFUSED

/** 确认导入凭谁：自己的岗位为 null，代人的为委托人；不行的为 undefined。导入即公开，上传的人自己不能确认，命令行的除外。 */
export function confirmStanding(actor: Actor, requestedBy: string): string | null | undefined {
  if (actor.kind !== 'account') return null
  if (actorKey(actor) === requestedBy) return undefined
  return behalfOf(actor, (roles: readonly Role[]) => roles.some((role) => APPROVERS.includes(role)), [requestedBy])
}

/** 确认：由批准公开的人、不是上传的人核对之后，可以导入的（与可疑的）交给任务去写。 */
export async function confirmSiteImport(deps: Deps, actor: Actor, ref: SiteImportRef, { withDoubt, by }: { withDoubt: boolean; by: 'job' | 'caller' }): Promise<{ ok: true } | { ok: false; refusal: ConfirmRefusal }> {
  requirePermission(actor, 'item.approve', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const behalf = confirmStanding(actor, (await getSiteImport(tx, ref)).requested_by)
    if (behalf === undefined) return { ok: false, refusal: 'own' }
    if (!(await markSiteRunning(tx, ref, { withDoubt, at: deps.clock.now() }))) return { ok: false, refusal: 'not-read' }
    settleBehalf(actor, behalf)
    if (by === 'job') await enqueue(tx, IMPORT_JOB, { ...ref }, { key: `${IMPORT_JOB}/${ref.importId}`, maxAttempts: ATTEMPTS })
    await record(tx, actor, 'site.import-confirmed', { bodyId: ref.bodyId, target: ref.importId }, { withDoubt })
    return { ok: true }
  })
}

/** 任务：一个事务里全部写入，有一条不行则一条不留。可以重办：网址认得出同一条。 */
export async function runSiteImport(deps: Deps, ref: SiteImportRef): Promise<void> {
  const row = await getSiteImport(deps.db, ref)
  if (row.status !== 'running') return
  const total = (row.counts.ok ?? 0) + (row.with_doubt ? (row.counts.doubtful ?? 0) : 0)
  try {
    await transaction(deps.db, async (tx) => {
      const sum = { created: 0, changed: 0, unchanged: 0 }
      const by = { bodyId: ref.bodyId, actor: `import:${ref.importId}`, at: deps.clock.now(), today: deps.clock.today() }
      let done = 0
      for (let after = 0; ; ) {
        const pages = await listPages(tx, ref, { after, limit: BATCH })
        const wanted = pages.flatMap(({ result, found }) => (found !== null && (result === 'ok' || (result === 'doubtful' && row.with_doubt)) ? [found] : []))
        const counts = await importPages(tx, by, wanted)
        for (const key of ['created', 'changed', 'unchanged'] as const) sum[key] += counts[key]
        done += wanted.length
        // 事务里写的别处看不见，进度走另一条连接
        await saveSiteProgress(deps.db, ref, { done, total, at: deps.clock.now() })
        const last = pages.at(-1)
        if (pages.length < BATCH || last === undefined) break
        after = last.page
      }
      // 别的任务先写完了的，这一次退回
      if (!(await markSiteDone(tx, ref, sum, deps.clock.now()))) throw new Superseded()
      await record(tx, { kind: 'system', name: 'hand-over' }, 'site.imported', { bodyId: ref.bodyId, target: ref.importId }, { ...sum, by: row.requested_by })
    })
  } catch (error) {
    if (error instanceof Superseded) return
    const known = error instanceof SiteImportRefused ? error.message : error instanceof Conflict ? '导入时有人正在办理其中的信息，一条也没有导入；请再导入一次' : null
    if (known === null) deps.log.error({ err: error, importId: ref.importId }, '旧网站没有导入')
    await markSiteFailed(deps.db, ref, known ?? '系统出错，一条也没有导入；请稍后再导入一次', deps.clock.now())
  }
}

class Superseded extends Error {
  override name = 'Superseded'
}
