import { z } from 'zod'
import { getSetting, listBodies } from '../../bodies/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict } from '../../platform/errors.ts'
import { enqueue, job } from '../../platform/jobs.ts'
import type { CronEntry, JobHandlers } from '../../platform/jobs.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import { getApplication } from '../queries.ts'
import { BUILD_JOB, queuePackage } from './archive-store.ts'
import { buildPackage } from './build-package.ts'
import { deidentify } from './deidentify.ts'
import type { ListDisputed } from './find-dispute.ts'
import { listIdentified, listUnpacked } from './list-archives.ts'
import { REMOVE_FILES_JOB } from './remove-files.ts'

const SWEEP = 'applications.sweep-archives'
const PAGE = 100
const MOST_PACKED = 500

/** 任务：做档案包；每日补做缺的、重做更正过的，到期的去标识化；删去不再用的加密文件。都可以重办。 */
export const archiveJobs = (listDisputed: ListDisputed): JobHandlers => ({
  [BUILD_JOB]: job(z.object({ bodyId: z.uuid(), caseId: z.uuid() }), buildPackage),
  [REMOVE_FILES_JOB]: job(z.object({ keys: z.array(z.string()).max(1000) }), async ({ files }, { keys }) => {
    for (const key of keys) await files.remove(key)
  }),
  [SWEEP]: async ({ db }) => {
    for (const { bodyId } of await listBodies(db)) await enqueue(db, `${SWEEP}-body`, { bodyId }, { key: `${SWEEP}-body/${bodyId}` })
  },
  [`${SWEEP}-body`]: job(z.object({ bodyId: z.uuid() }), async (deps, { bodyId }) => {
    await packMissing(deps, bodyId)
    await deidentifyDue(deps, bodyId, listDisputed)
  }),
})

export const archiveCrons: readonly CronEntry[] = [{ task: SWEEP, at: '1:40' }]

/** 归档了而没有包的、做包之后又有更正的，交办做，至多 `most` 件。 */
export async function packMissing({ db, clock }: Pick<Deps, 'db' | 'clock'>, bodyId: string, most = MOST_PACKED): Promise<void> {
  for (const caseId of await listUnpacked(db, bodyId, most)) {
    await transaction(db, async (tx) => {
      const { state } = await getApplication(tx, bodyId, caseId)
      await queuePackage(tx, { bodyId, caseId }, { archivedOn: state.archivedOn, by: 'system:archive', at: clock.now() })
    })
  }
}

/** 到了日子的逐件去标识化；一件不能办的（保全、争议、包不完好）不误别件，次日再看。 */
async function deidentifyDue(deps: Deps, bodyId: string, listDisputed: ListDisputed): Promise<void> {
  const by = addCalendarDays(deps.clock.today(), -(await getSetting(deps.db, bodyId, 'deidentifyAfterDays')))
  for (let after: { on: string; caseId: string } | null = null; ; ) {
    const page = await listIdentified(deps.db, bodyId, by, { after, limit: PAGE })
    for (const { caseId } of page) {
      try {
        const refused = await deidentify(deps, { bodyId, caseId }, listDisputed)
        if (refused !== null) deps.log.info({ caseId, refused }, '没有去标识化')
      } catch (error) {
        if (!(error instanceof Conflict)) deps.log.error({ err: error, caseId }, '没有去标识化')
      }
    }
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined) return
    after = last
  }
}
