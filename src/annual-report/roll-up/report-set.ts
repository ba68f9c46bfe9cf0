import './tables.ts'
import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { record, WHOLE_DISTRICT } from '../../audit/index.ts'
import { getDistrict, getSetting, listBodies } from '../../bodies/index.ts'
import { actorKey, requirePermission, type SignedInActor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { newId } from '../../platform/id.ts'
import { enqueue, job, type CronEntry, type JobHandlers } from '../../platform/jobs.ts'
import { loadRollUp } from './load-roll-up.ts'
import { MOST_SET_BYTES, SetTooLarge, writeReportSet } from './report-set-entries.ts'
import type { ReportSetTable } from './tables.ts'

export type ReportSetRow = Selectable<ReportSetTable>
interface SetRef {
  bodyId: string
  setId: string
}

const SET_JOB = 'annual-report.set'
/** 打包途中断过的，这么久没有动静即可再来 */
const STALE_MS = 10 * 60_000

export const isPacking = (row: ReportSetRow | undefined, now: Date): boolean => row?.status === 'running' && now.getTime() - row.updated_at.getTime() < STALE_MS

/** 某年度最近的几次，全区的。 */
export const listReportSets = (tx: Tx, year: number, limit = 5): Promise<ReportSetRow[]> =>
  tx.selectFrom('report_set').selectAll().where('year', '=', year).orderBy('created_at', 'desc').limit(limit).execute()

/** 交办一次打包；正在打的不再来一次。 */
export function startReportSet(deps: Deps, actor: SignedInActor, year: number): Promise<{ ok: boolean }> {
  requirePermission(actor, 'export.data')
  requirePermission(actor, 'report.roll-up')
  return transaction(deps.db, async (tx) => {
    const [last] = await listReportSets(tx, year, 1)
    const at = deps.clock.now()
    if (isPacking(last, at)) return { ok: false }
    const ref = { bodyId: actor.bodyId, setId: newId() }
    await tx
      .insertInto('report_set')
      .values({ body_id: ref.bodyId, set_id: ref.setId, year, status: 'running', done: 0, total: null, file_key: null, size: null, sm3: null, message: null, requested_by: actorKey(actor), created_at: at, updated_at: at, finished_at: null })
      .execute()
    await enqueue(tx, SET_JOB, { ...ref }, { key: `${SET_JOB} ${year}`, maxAttempts: 3 })
    await record(tx, actor, 'annual-report.set-asked', { bodyId: ref.bodyId, target: ref.setId }, { year })
    return { ok: true }
  })
}

const update = (tx: Tx, { bodyId, setId }: SetRef) => tx.updateTable('report_set').where('body_id', '=', bodyId).where('set_id', '=', setId).where('status', '=', 'running')

/** 后台任务：打包存入文件库。可以重办：有结果的不再办，途中断掉的从头写，不留残片。 */
export async function packReportSet(deps: Deps, ref: SetRef): Promise<void> {
  const row = await deps.db.selectFrom('report_set').selectAll().where('body_id', '=', ref.bodyId).where('set_id', '=', ref.setId).executeTakeFirst()
  if (row === undefined || row.status !== 'running') return
  const { sum, government } = await loadRollUp(deps.db, row.year, deps.clock.today())
  const { name } = await getDistrict(deps.db)
  await update(deps.db, ref).set({ done: 0, total: sum.accepted, updated_at: deps.clock.now() }).execute()
  const hash = createHash('sm3')
  try {
    const words = { title: `${name}${row.year}年政府信息公开工作年度报告汇总`, creator: government?.body.name ?? name, demo: sum.parts.length > 0 && (government?.body.demo ?? false) }
    const zip = writeReportSet(deps, sum, words, async (done) => {
      await update(deps.db, ref).set({ done, updated_at: deps.clock.now() }).execute()
    })
    const { key, size } = await deps.files.put(hashed(zip, hash), { maxBytes: MOST_SET_BYTES + 64 * 1024 * 1024 })
    await update(deps.db, ref).set({ status: 'done', file_key: key, size, sm3: hash.digest('hex'), updated_at: deps.clock.now(), finished_at: deps.clock.now() }).execute()
  } catch (error) {
    if (!(error instanceof SetTooLarge)) deps.log.error({ err: error, setId: ref.setId }, '全套报告没有打成包')
    const message = error instanceof SetTooLarge ? error.message : '系统出错，没有打成；再打一次'
    await update(deps.db, ref).set({ status: 'failed', message, updated_at: deps.clock.now(), finished_at: deps.clock.now() }).execute()
  }
}

async function* hashed(chunks: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncIterable<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
}

/** 打好的包存几天；没有主管部门的按缺省。 */
export async function reportSetDays(tx: Tx): Promise<number> {
  const office = (await listBodies(tx)).find(({ kind }) => kind === 'district-office')
  return getSetting(tx, office?.bodyId ?? WHOLE_DISTRICT, 'reportSetDays')
}

/** 过了日子的包不再列出；文件没有记录写着了，由清理文件的任务删去。随时可以再打。返回几包。 */
export async function sweepReportSets({ db, clock }: Deps): Promise<number> {
  const before = new Date(clock.now().getTime() - (await reportSetDays(db)) * 86_400_000)
  const { numDeletedRows } = await db.deleteFrom('report_set').where('updated_at', '<', before).executeTakeFirst()
  return Number(numDeletedRows)
}

const SWEEP_JOB = 'annual-report.sweep-sets'

export const rollUpJobs: JobHandlers = {
  [SET_JOB]: job(z.object({ bodyId: z.uuid(), setId: z.uuid() }), packReportSet),
  [SWEEP_JOB]: async (deps) => {
    await sweepReportSets(deps)
  },
}
export const rollUpCrons: readonly CronEntry[] = [{ task: SWEEP_JOB, at: '3:20' }]
