import { beforeAll, expect, test } from 'vitest'
import { countForReport, listApplications } from '../src/applications/index.ts'
import { testDb } from '../src/platform/testing.ts'
import { verifyAll } from '../src/platform/verify.ts'
import { verifiers } from '../src/wiring.ts'
import { loadSeeds } from './index.ts'

const { db, deps, setToday } = testDb()

beforeAll(async () => {
  setToday('2026-06-10')
  await loadSeeds(deps)
}, 120_000)

const street = async (): Promise<string> => (await db.selectFrom('body').select('body_id').where('code', '=', 'sljd').executeTakeFirstOrThrow()).body_id

test('the street has applications in every stage, some due soon, some overdue', async () => {
  const bodyId = await street()
  const open = await listApplications(db, { bodyId, receivedFrom: '2026-02-01' }, { sort: 'dueOn', descending: false, limit: 100 })
  const statuses = new Set(open.rows.map((row) => row.status))
  for (const status of ['registered', 'examining', 'correction-requested', 'consulting', 'fee-noticed', 'reason-requested', 'deciding', 'approved', 'dispatched'])
    expect(statuses).toContain(status)
  expect(open.rows.filter((row) => row.dueOn !== null && row.dueOn < '2026-06-10' && row.decidedOn === null).length).toBeGreaterThan(0)
  const waiting = await listApplications(db, { bodyId, status: 'received-unconfirmed' }, { sort: 'regNo', descending: false, limit: 10 })
  expect(waiting.rows).toHaveLength(2)
})

test('they are counted this year and leave the years before as they were; verify finds nothing', async () => {
  const bodyId = await street()
  const counts = await countForReport(db, bodyId, 2026, '2026-12-31')
  const received = Object.entries(counts).filter(([cell]) => cell.startsWith('R1.'))
  expect(received.reduce((sum, [, n]) => sum + n, 0)).toBe(12)
  expect((await verifyAll(deps, verifiers)).flatMap(({ name, problems }) => problems.map((one) => `${name} ${one.where} ${one.message}`))).toEqual([])
})
