import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { transaction } from '../platform/connect.ts'
import { dayInBeijing } from '../platform/clock.ts'
import { newId } from '../platform/id.ts'
import { testDb } from '../platform/testing.ts'
import { WHOLE_DISTRICT, listAudit, record, sealAudit, verifyAudit } from './index.ts'

const { db, deps } = testDb()
const anActor = () => ({ kind: 'account' as const, accountId: newId(), bodyId: newId() })
const problems = () => Array.fromAsync(verifyAudit(deps))

test('a record stands or falls with its transaction', async () => {
  const actor = anActor()
  await record(db, actor, 'session.opened', actor.accountId, { method: 'password' })
  const failing = transaction(db, async (tx) => {
    await record(tx, actor, 'ledger.exported', 'x')
    throw new Error('退回')
  })
  await expect(failing).rejects.toThrow('退回')
  const { entries } = await listAudit(db, { bodyId: actor.bodyId })
  expect(entries.map((entry) => entry.action)).toEqual(['session.opened'])
  expect(entries[0]).toMatchObject({ actor: actor.accountId, detail: { method: 'password' }, sealed: false })
})

test('personal data is refused, the district has its own place', async () => {
  await expect(record(db, anActor(), 'application.read', 'x', { applicantName: '张三' })).rejects.toThrow('个人信息')
  await record(db, { kind: 'system', name: 'sign-in' }, 'session.refused', 'nobody')
  expect((await listAudit(db, { bodyId: WHOLE_DISTRICT })).entries[0]).toMatchObject({ actor: 'system:sign-in', target: 'nobody' })
})

test('the list is paged from new to old and filtered', async () => {
  const actor = anActor()
  for (let n = 0; n < 120; n++) await record(db, actor, n % 2 ? 'application.read' : 'report.exported', `t${n}`)
  const seen: string[] = []
  let before: string | undefined
  do {
    const page = await listAudit(db, { bodyId: actor.bodyId, ...(before ? { before } : {}) })
    seen.push(...page.entries.map((entry) => entry.target))
    before = page.next ?? undefined
  } while (before)
  expect(seen).toEqual(Array.from({ length: 120 }, (_, n) => `t${119 - n}`))
  const read = await listAudit(db, { bodyId: actor.bodyId, action: 'application.' })
  expect(new Set(read.entries.map((entry) => entry.action))).toEqual(new Set(['application.read']))
  const today = await listAudit(db, { bodyId: actor.bodyId, from: '2000-01-01', to: '2000-01-02' })
  expect(today.entries).toEqual([])
  const day = dayInBeijing(new Date())
  expect((await listAudit(db, { bodyId: null, actor: actor.accountId, from: day, to: day })).entries).toHaveLength(50)
})

test.each<[string, (bodyId: string) => Promise<unknown>, string]>([
  ['a changed row', (b) => sql`update audit_event set target = 'y' where body_id = ${b} and target = 't1'`.execute(db), '内容与封存时不符'],
  ['a deleted row', (b) => sql`delete from audit_event where body_id = ${b} and target = 't1'`.execute(db), '现有 2 条'],
  ['an added row', (b) => sql`update audit_event set block = 1 where body_id = ${b}`.execute(db), '现有 更多'],
  ['a lost seal', (b) => sql`delete from audit_seal where body_id = ${b} and block = 2`.execute(db), '封条不见了'],
  ['a seal made anew', (b) => sql`update audit_seal set hash = sha256('x') where body_id = ${b} and block = 1`.execute(db), '第 1 块'],
])('%s is found after sealing', async (_, tamper, said) => {
  const actor = anActor()
  for (const target of ['t0', 't1', 't2']) await record(db, actor, 'application.read', target)
  await Promise.all([sealAudit(db), sealAudit(db)])
  await record(db, actor, 'application.read', 't3')
  await sealAudit(db)
  expect(await sealAudit(db)).toBe(0)
  expect(await problems()).toEqual([])
  await tamper(actor.bodyId)
  const found = await problems()
  expect(found).toHaveLength(1)
  expect(`${found[0]?.where} ${found[0]?.message}`).toContain(said)
  expect(found[0]?.where).toContain(actor.bodyId)
  await sql`delete from audit_event where body_id = ${actor.bodyId}`.execute(db)
  await sql`delete from audit_seal where body_id = ${actor.bodyId}`.execute(db)
})
