import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../app-parts.ts'
import { createApp } from '../app.tsx'
import { applicationVerifiers, getApplication } from '../applications/index.ts'
import { anApplication } from '../applications/testing.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { cookieFor, createAccount } from '../identity/testing.ts'
import { newId } from '../platform/id.ts'
import { testDb } from '../platform/testing.ts'
import { verifyAll } from '../platform/verify.ts'
import { crowd } from './crowd.ts'
import type { Ask, Officer } from './crowd.ts'

const { db, deps, setToday } = testDb()
const app = createApp(deps, appParts(deps))
const OFFICERS = 8
const CASES = 5
const ROUNDS = 4
let bodyId = ''
const officers: Officer[] = []
const cases: string[] = []

const ask: Ask = async (path, init) => {
  const response = await app.request(path, init)
  return { status: response.status, location: response.headers.get('location') ?? '', text: await response.text() }
}

beforeAll(async () => {
  setToday('2026-03-10')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'crowd', name: '示例机关', codeWord: '示' })).bodyId
  for (let i = 0; i < OFFICERS; i++) {
    const actor = await createAccount(db, { name: `crowd.${i}`, displayName: `经办${i}（演示）`, bodyId, roles: ['disclosure-officer'] })
    officers.push({ cookie: await cookieFor(db, actor, deps.clock.now()), accountId: actor.accountId })
  }
  for (let i = 0; i < CASES; i++) cases.push(await anApplication(deps, bodyId, { receivedOn: '2026-03-02' }))
})

test('eight officers on five cases: nothing acknowledged is lost, the others are told, numbers have no gap', async () => {
  const before = await Promise.all(cases.map(async (caseId) => (await getApplication(db, bodyId, caseId)).version))
  const result = await crowd(ask, { officers, cases, rounds: ROUNDS, newId, today: '2026-03-10' })
  expect(result.wrong).toEqual([])
  expect(result.acknowledged + result.told).toBe(OFFICERS * ROUNDS)
  expect(result.told).toBeGreaterThan(0)
  const after = await Promise.all(cases.map(async (caseId) => (await getApplication(db, bodyId, caseId)).version))
  const recorded = after.reduce((sum, version, i) => sum + version - (before[i] ?? 0), 0)
  expect(recorded).toBe(result.acknowledged)
  const numbers = await db.selectFrom('application').select('reg_no').where('body_id', '=', bodyId).where('reg_no', 'like', '示公开申〔2026〕%').execute()
  const serials = numbers.map(({ reg_no }) => Number(/〕(\d+)号/.exec(reg_no)?.[1])).toSorted((a, b) => a - b)
  expect(serials).toEqual(Array.from({ length: OFFICERS }, (_, i) => i + 1))
  expect((await verifyAll(deps, applicationVerifiers)).flatMap(({ problems }) => problems)).toEqual([])
})
