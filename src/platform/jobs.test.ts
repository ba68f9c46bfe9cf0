import { expect, test } from 'vitest'
import { z } from 'zod'
import { transaction } from './connect.ts'
import { countJobs, enqueue, job, runJobsOnce, startJobs } from './jobs.ts'
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
