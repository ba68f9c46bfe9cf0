import { beforeAll, expect, test } from 'vitest'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { testDb } from '../platform/testing.ts'
import { countOutcomes, countTable4 } from './index.ts'
import { aLitigation, aReview } from './testing.ts'

const { db, deps } = testDb()
beforeAll(() => aDistrict(deps))

test('outcomes of a span; of a whole year they are table 4; a review organ counts nothing', async () => {
  const { bodyId } = await aBody(deps, { code: 'counted' })
  await aReview(db, bodyId, { facts: { receivedOn: '2024-03-01' }, result: 'upheld', decidedOn: '2024-04-20' })
  await aReview(db, bodyId, { facts: { receivedOn: '2024-05-01' }, result: 'revoked', decidedOn: '2024-07-01' })
  await aReview(db, bodyId, { facts: { receivedOn: '2024-11-01' } })
  await aLitigation(db, bodyId, { facts: { receivedOn: '2023-11-01' }, final: { result: 'ordered', on: '2024-05-05' } })
  await aLitigation(db, bodyId, { facts: { receivedOn: '2024-02-01', afterReview: true } })
  await aLitigation(db, bodyId, { facts: { receivedOn: '2024-02-01', afterReview: true, role: 'review-organ' }, final: { result: 'revoked', on: '2024-05-05' } })

  expect(await countOutcomes(db, { bodyId, from: '2024-05-01', to: '2024-06-30' })).toEqual({
    reviews: { upheld: 0, corrected: 0, other: 0, pending: 1 },
    suits: { upheld: 0, corrected: 1, other: 0, pending: 1 },
  })
  const year = await countOutcomes(db, { bodyId, from: '2024-01-01', to: '2024-12-31' })
  expect(year.reviews).toEqual({ upheld: 1, corrected: 1, other: 0, pending: 1 })
  const cells = await countTable4(db, { bodyId, year: 2024, asOf: '2024-12-31' })
  for (const column of ['upheld', 'corrected', 'other', 'pending'] as const) {
    expect(year.reviews[column]).toBe(cells[`T4.rv.${column}`])
    expect(year.suits[column]).toBe((cells[`T4.ld.${column}`] ?? 0) + (cells[`T4.la.${column}`] ?? 0))
  }
})
