import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Conflict } from './errors.ts'
import { newId } from './id.ts'
import { testDb } from './testing.ts'
import { append, appendMany, read, readMany } from './timeline.ts'

const { db, deps } = testDb()
const by = { actor: 'system:test', at: deps.clock.now() }
const aCase = () => ({ bodyId: newId(), caseId: newId(), stream: 'application' })

test('events come back in order, chained', async () => {
  const ref = aCase()
  const events = [
    { kind: 'received', on: '2026-01-05', topic: '老旧小区改造' },
    { kind: 'supplement-asked', on: '2026-01-06', by: '2026-01-20', parts: [{ n: 1.5, ok: true, none: null }] },
  ]
  expect(await append(db, { ...ref, expectedVersion: 0 }, events, by)).toBe(2)
  expect(await append(db, { ...ref, expectedVersion: 2 }, [{ kind: 'supplemented', on: '2026-01-09' }], by)).toBe(3)
  const found = await read(db, ref)
  expect(found.map((r) => r.event)).toEqual([...events, { kind: 'supplemented', on: '2026-01-09' }])
  expect(found.map((r) => r.version)).toEqual([1, 2, 3])
  expect(new Set(found.map((r) => r.hash)).size).toBe(3)
  expect(found[0]?.at).toEqual(by.at)
})

test('of two clerks who act at once, one is told so', async () => {
  const ref = aCase()
  await append(db, { ...ref, expectedVersion: 0 }, [{ kind: 'received', on: '2026-01-05' }], by)
  const tries = await Promise.allSettled(
    [1, 2].map(() => append(db, { ...ref, expectedVersion: 1 }, [{ kind: 'closed', on: '2026-01-08' }], by)),
  )
  expect(tries.map((t) => t.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(tries.find((t) => t.status === 'rejected')?.reason).toBeInstanceOf(Conflict)
  await expect(append(db, { ...ref, expectedVersion: 1 }, [{ kind: 'closed', on: '2026-01-08' }], by)).rejects.toMatchObject({
    expected: 1,
    actual: 2,
  })
  await expect(append(db, { ...ref, expectedVersion: 0 }, [{ kind: 'received', on: '2026-01-08' }], by)).rejects.toBeInstanceOf(Conflict)
  expect(await read(db, ref)).toHaveLength(2)
})

test('many cases at once read back as each alone', async () => {
  const bodyId = newId()
  const entries = Array.from({ length: 2500 }, (_, n) => ({
    bodyId,
    caseId: newId(),
    events: [{ kind: 'received', on: '2026-01-05', n }, { kind: 'closed', on: '2026-01-06' }],
  }))
  expect(await appendMany(db, 'application', entries, by)).toBe(5000)
  const some = entries.slice(1000, 1010)
  const found = await readMany(db, { bodyId, caseIds: some.map((e) => e.caseId), stream: 'application' })
  for (const entry of some) {
    const alone = await read(db, { ...entry, stream: 'application' })
    expect(found.get(entry.caseId)).toEqual(alone)
    expect(alone.map((r) => r.event)).toEqual(entry.events)
  }
  await appendMany(db, 'application', some.map((e) => ({ ...e, expectedVersion: 2 })), by)
  expect(await read(db, { bodyId, caseId: some[0]!.caseId, stream: 'application' })).toHaveLength(4)
})

test('a case of another stream is not written to', async () => {
  const ref = aCase()
  await append(db, { ...ref, expectedVersion: 0 }, [{ kind: 'received', on: '2026-01-05' }], by)
  await expect(append(db, { ...ref, stream: 'review', expectedVersion: 1 }, [{ kind: 'x', on: '2026-01-05' }], by)).rejects.toThrow('属 application')
  expect(await read(db, { ...ref, stream: 'review' })).toEqual([])
})

test('any JSON in an event survives the database', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((s) => s.replaceAll('\u0000', ''))
  await fc.assert(
    fc.asyncProperty(fc.dictionary(text, fc.oneof(text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0), fc.boolean(), fc.constant(null))), async (extra) => {
      const ref = aCase()
      const event = { ...extra, kind: 'noted', on: '2026-01-05' }
      await append(db, { ...ref, expectedVersion: 0 }, [event], by)
      expect((await read(db, ref))[0]?.event).toEqual(event)
    }),
    { numRuns: 50 },
  )
})
