import { afterAll, expect, test } from 'vitest'
import { ChildError, childPool, runInChild } from './child.ts'

const LIMITS = { wallMs: 5000, memoryMb: 300, outputBytes: 1_000_000 }
const entry = 'platform/testing-children/odd-jobs-child'
const once = (task: string, size = 0, limits = LIMITS) => runInChild<{ task: string; size: number }, unknown>(entry, { task, size }, limits)

test('bytes go in and come out whole', async () => {
  expect(await once('echo', 900_000)).toEqual(Buffer.alloc(900_000, 7))
})

test.each([
  ['spin', 0, { ...LIMITS, wallMs: 600 }, 'time'],
  ['heap', 0, { ...LIMITS, memoryMb: 120 }, 'memory'],
  ['native', 0, LIMITS, 'memory'],
  ['echo', 1_000_001, LIMITS, 'output'],
  ['exit', 0, LIMITS, 'crashed'],
  ['throw', 0, LIMITS, 'threw'],
  ['write', 0, LIMITS, 'threw'],
  ['spawn', 0, LIMITS, 'threw'],
] as const)('%s is stopped: %#', async (task, size, limits, reason) => {
  const failure = await once(task, size, limits).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ChildError)
  expect(failure).toMatchObject({ reason })
})

test('our environment stays with us', async () => {
  process.env['SECRET_KEY_PROBE'] = 'x'
  expect(await once('environment')).not.toContain('SECRET_KEY_PROBE')
})

const pool = childPool<{ task: string; size: number }, unknown>({ ...LIMITS, entry, size: 1, jobsPerChild: 2, maxQueue: 3 })
afterAll(() => pool.close())

test('a pool renews its child, outlives a crash and bounds its queue', async () => {
  const pid = () => pool.run({ task: 'pid', size: 0 })
  const [a, b, c] = [await pid(), await pid(), await pid()]
  expect(a).toBe(b)
  expect(c).not.toBe(a)
  await expect(pool.run({ task: 'exit', size: 0 })).rejects.toMatchObject({ reason: 'crashed' })
  const many = await Promise.allSettled([pid(), pid(), pid(), pid(), pid(), pid()])
  expect(many.filter((r) => r.status === 'fulfilled')).toHaveLength(4)
  expect(many.filter((r) => r.status === 'rejected').map((r) => (r.reason as ChildError).reason)).toEqual(['busy', 'busy'])
})

const tight = childPool<{ task: string; size: number }, unknown>({ ...LIMITS, entry, size: 1, jobsPerChild: 9, maxQueue: 3 })
afterAll(() => tight.close())

test('a child left swollen by one job does not take the next', async () => {
  const small = await tight.run({ task: 'pid', size: 0 })
  expect(await tight.run({ task: 'hold', size: 200 })).toBe(small)
  expect(await tight.run({ task: 'hold', size: 200 })).not.toBe(small)
})
