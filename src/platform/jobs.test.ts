import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { transaction } from './connect.ts'
import { countJobs, enqueue, job, keepLocks, runJobsOnce, startJobs } from './jobs.ts'
import type { JobHandlers } from './jobs.ts'
import { testDb } from './testing.ts'

const { db, deps, url } = testDb()
const done: number[] = []
const handlers: JobHandlers = {
  'test.note': job(z.object({ n: z.number() }), async (_, { n }) => {
    done.push(n)
  }),
  'test.fail': async () => {
    throw new Error('办不成')
  },
}
const until = async (what: () => boolean): Promise<void> => {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('a job is asked for in the transaction and falls with it', async () => {
  await transaction(db, (tx) => enqueue(tx, 'test.note', { n: 1 }))
  await transaction(db, async (tx) => {
    await enqueue(tx, 'test.note', { n: 2 })
    throw new Error('退回')
  }).catch(() => {})
  expect(await countJobs(db)).toEqual({ waiting: 1, retrying: 0, failed: 0 })
  await runJobsOnce(url, deps, handlers)
  expect(done).toEqual([1])
})

test('of jobs with one key only the last is done', async () => {
  done.length = 0
  for (const n of [1, 2, 3]) await enqueue(db, 'test.note', { n }, { key: 'recount' })
  await runJobsOnce(url, deps, handlers)
  expect(done).toEqual([3])
})

test('a running worker takes jobs as they come, counts what failed, and stops', async () => {
  done.length = 0
  const worker = await startJobs(url, deps, handlers, [{ task: 'test.note', at: '02:30' }])
  await enqueue(db, 'test.fail', {}, { maxAttempts: 1 })
  await enqueue(db, 'test.note', { n: 'not a number' }, { maxAttempts: 3 })
  await enqueue(db, 'test.note', { n: 7 })
  await until(() => done.length > 0)
  expect(done).toEqual([7])
  expect(worker.isRunning()).toBe(true)
  await worker.stop()
  expect(worker.isRunning()).toBe(false)
  expect(await countJobs(db)).toEqual({ waiting: 0, retrying: 1, failed: 1 })
})

const lockBy = (who: string, ago: string) => sql`
  update graphile_worker._private_jobs set locked_by = ${who}, locked_at = now() - ${ago}::interval, attempts = 1
  where payload->>'n' = ${who}`.execute(db)
const locks = async () =>
  (await sql<{ who: string; held: boolean }>`
    select payload->>'n' as who, locked_at > now() - interval '5 seconds' as held from graphile_worker._private_jobs
    where payload->>'n' in ('lost', 'slow', 'other') order by 1`.execute(db)).rows

test('a job in the hands of a process that died is taken up by another; a long one in living hands is not', async () => {
  const took: unknown[] = []
  const slow: JobHandlers = { 'test.slow': async (_, payload) => void took.push(payload) }
  for (const n of ['lost', 'slow', 'other']) await enqueue(db, 'test.slow', { n })
  await lockBy('lost', '61 seconds')
  await lockBy('slow', '3 hours')
  await lockBy('other', '50 seconds')
  await keepLocks(db, ['slow'])
  expect(await locks()).toEqual([{ who: 'lost', held: null }, { who: 'other', held: false }, { who: 'slow', held: true }])
  await lockBy('lost', '61 seconds')
  const worker = await startJobs(url, deps, slow, [])
  await until(() => took.length > 0)
  await worker.stop()
  expect(took).toEqual([{ n: 'lost' }])
})
