import { z } from 'zod'
import { listBodies } from '../../bodies/index.ts'
import { enqueue, job } from '../../platform/jobs.ts'
import type { CronEntry, JobHandlers } from '../../platform/jobs.ts'
import { weekdayOf } from '../../statute/plain-date.ts'
import { MOST_PER_RUN, checkLinks, patient } from './check-links.ts'
import { checkFiles } from './file-faults.ts'
import { inspectAll } from './inspect.ts'
import { listSuspectBodies } from './link-store.ts'
import { httpProbe } from './probe-link.ts'

export const LINK_JOB = 'catalogue.check-links-body'
const SUNDAY = 0
const MONDAY = 1

/**
 * 定时的都每日来问：外链星期日全查，其余各日只再查上次不通的；自查星期一早上做，没有做成的任务自会再试。
 * 「立即查」只交办一机关的外链与附件。
 */
export const dutyJobs: JobHandlers = {
  'catalogue.check-links': async ({ db, clock }) => {
    const whole = weekdayOf(clock.today()) === SUNDAY
    const bodyIds = whole ? (await listBodies(db)).map((body) => body.bodyId) : await listSuspectBodies(db)
    for (const bodyId of bodyIds) await enqueue(db, LINK_JOB, { bodyId, whole }, { key: `${LINK_JOB}/${bodyId}`, maxAttempts: 3 })
  },
  [LINK_JOB]: job(z.object({ bodyId: z.uuid(), whole: z.boolean() }), async (deps, { bodyId, whole }) => {
    if (whole) await checkFiles(deps, bodyId)
    const checked = await checkLinks(deps, { bodyId, whole }, { probe: httpProbe(deps.config.webhookAllow), wait: patient })
    if (checked === MOST_PER_RUN) await enqueue(deps.db, LINK_JOB, { bodyId, whole }, { key: `${LINK_JOB}/${bodyId}`, maxAttempts: 3 })
  }),
  'catalogue.inspect': async (deps) => {
    if (weekdayOf(deps.clock.today()) === MONDAY) await inspectAll(deps)
  },
}

export const dutyCrons: readonly CronEntry[] = [
  { task: 'catalogue.check-links', at: '3:30' },
  { task: 'catalogue.inspect', at: '6:10' },
]
