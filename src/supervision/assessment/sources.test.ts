import { beforeAll, expect, test } from 'vitest'
import { reportsInTime, reportsRight } from '../../annual-report/index.ts'
import { anAcceptedReport } from '../../annual-report/collection/testing.ts'
import { anApplication } from '../../applications/testing.ts'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { aPublishedItem } from '../../catalogue/testing-published.ts'
import { aLitigation, aReview } from '../../reviews/testing.ts'
import type { CheckedRecord } from '../../platform/record-source.ts'
import { newId } from '../../platform/id.ts'
import { testDb } from '../../platform/testing.ts'
import { hashRecords, NOTHING_LISTED, periodOf } from './measure.ts'
import { SOURCE_KEYS } from './source.ts'
import type { SourceKey } from './source.ts'
import { toSources } from './sources.ts'

const { db, deps, setToday } = testDb()
const sources = toSources({ reportsInTime, reportsRight })
let [bodyId, otherId] = ['', '']

beforeAll(async () => {
  setToday('2026-02-02')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street' })).bodyId
  otherId = (await aBody(deps, { code: 'qtj', name: '其他局' })).bodyId
  // 2025-03-03 收到，2025-03-31 到期
  const asked = { receivedOn: '2025-03-03', outcome: 'GRANTED' } as const
  await anApplication(deps, bodyId, { regNo: '按期', ...asked, decidedOn: '2025-03-20', docNo: '答1号' })
  await anApplication(deps, bodyId, { regNo: '逾期', ...asked, decidedOn: '2025-04-10', docNo: '答2号' })
  await anApplication(deps, bodyId, { regNo: '没有答复', receivedOn: '2025-11-03' })
  await anApplication(deps, bodyId, { regNo: '还没有到期', receivedOn: '2026-01-26' })
  await anApplication(deps, bodyId, { regNo: '上年的', receivedOn: '2024-03-04', outcome: 'GRANTED', decidedOn: '2024-05-10', docNo: '答3号' })
  await anApplication(deps, otherId, { regNo: '别的机关', ...asked, decidedOn: '2025-03-20', docNo: '答4号' })
  const by = { actor: 'system:testing', at: deps.clock.now() }
  await aReview(db, bodyId, { facts: { receivedOn: '2025-05-06' }, result: 'upheld', decidedOn: '2025-07-01' }, by)
  await aReview(db, bodyId, { facts: { receivedOn: '2025-05-06' }, result: 'revoked', decidedOn: '2025-07-02' }, by)
  await aLitigation(db, bodyId, { facts: { receivedOn: '2025-08-01' } }, by)
  await aPublishedItem(deps, bodyId, { title: '有坏附件的', formedOn: '2025-03-03', publishedOn: '2025-03-10', attachments: [{ name: '坏的.pdf', mediaType: 'application/pdf', content: Buffer.from('x') }] })
  await aPublishedItem(deps, bodyId, { title: '好的', formedOn: '2025-03-03', publishedOn: '2025-03-10' })
  const { item_id: itemId } = await db.selectFrom('published_item').select('item_id').where('title', '=', '有坏附件的').executeTakeFirstOrThrow()
  await db.insertInto('file_fault').values({ body_id: bodyId, item_id: itemId, file_key: 'a'.repeat(64), name: '坏的.pdf', kind: 'unreadable', note: null, found_on: '2026-01-10' }).execute()
  const session = { body_id: bodyId, version: 1, plan_id: null, starts_at: '09:00', online: false, place: '会议室', topic: '条例解读', audience: '各科室', lecturer: '', sign_code: null, sign_until: null, made_by: 'system:testing', made_at: deps.clock.now() }
  for (const [state, held_on, half_hours] of [['held', '2025-05-06', 5], ['held', '2025-09-09', 4], ['planned', '2025-12-01', 8], ['held', '2024-12-01', 8]] as const) await db.insertInto('training_session').values({ ...session, session_id: newId(), state, held_on, half_hours }).execute()
  const problem = { body_id: bodyId, version: 1, source: 'own' as const, source_ref: null, source_href: null, carried_from: null, answer: '', raised_by: 'system:testing', raised_at: deps.clock.now() }
  for (const [year, state, ended_on] of [[2024, 'solved', '2025-06-01'], [2024, 'open', null], [2024, 'solved', '2026-01-20'], [2024, 'dropped', '2025-06-01'], [2025, 'open', null]] as const) await db.insertInto('problem').values({ ...problem, problem_id: newId(), year, content: `问题${year}${state}`, state, ended_on }).execute()
  const complaint = { version: 1, ledger_key: null, channel: 'PAGE' as const, basis: 'A51' as const, matter: 'unlawful-reply' as const, anonymous: true, handler: null, barred: [], merged_into: null, rating: null, closed_on: null, updated_at: deps.clock.now() }
  const row = (reg_no: string, of: string, about: string, more: { status: 'closed' | 'accepted' | 'transferred'; due_on: string; outcome: 'founded' | 'unfounded' | null; decided_on: string | null; answered_on: string | null }) => ({ ...complaint, body_id: of, complaint_id: newId(), reg_no, about_body_id: about, received_on: '2025-06-03', ...more })
  await db
    .insertInto('complaint')
    .values([
      row('诉1', otherId, bodyId, { status: 'closed', due_on: '2025-06-24', outcome: 'founded', decided_on: '2025-06-20', answered_on: '2025-06-20' }),
      row('诉2', otherId, bodyId, { status: 'closed', due_on: '2025-06-24', outcome: 'unfounded', decided_on: '2025-06-30', answered_on: '2025-06-30' }),
      row('诉3', otherId, bodyId, { status: 'accepted', due_on: '2025-06-24', outcome: null, decided_on: null, answered_on: null }),
      row('诉4', otherId, bodyId, { status: 'transferred', due_on: '2025-06-24', outcome: null, decided_on: null, answered_on: null }),
    ])
    .execute()
  await anAcceptedReport(deps, { bodyId, year: 2025, filedOn: '2026-01-20', acceptedOn: '2026-01-25' })
})

const scope = { ...periodOf(2025), today: '2026-02-02' }
const of = async (key: SourceKey, id = bodyId) => (await sources[key].count(db, { ...scope, bodyIds: [bodyId, otherId] })).get(id) ?? null
const listed = (key: SourceKey, id = bodyId) => sources[key].list(db, { ...scope, bodyId: id }, { limit: 1000, offset: 0 })

test('golden: what is counted, by hand', async () => {
  expect(await of('replies-in-time')).toEqual({ total: 3, good: 1 })
  expect(await of('replies-in-time', otherId)).toEqual({ total: 1, good: 1 })
  expect((await listed('replies-in-time')).map(({ label, good }) => [label, good])).toEqual([['逾期', false], ['没有答复', false], ['按期', true]])
  expect(await of('outcomes-kept')).toEqual({ total: 2, good: 1 })
  expect(await of('items-without-fault')).toEqual({ total: 2, good: 1 })
  expect((await listed('items-without-fault'))[0]?.note).toBe('附件打不开 1 个')
  expect(await of('training-hours')).toEqual({ total: 2, good: 4.5 })
  expect(await of('problems-solved')).toEqual({ total: 3, good: 1 })
  expect(await of('complaints-founded')).toEqual({ total: 2, good: 1 })
  expect(await of('complaints-in-time', otherId)).toEqual({ total: 3, good: 1 })
  expect(await of('complaints-in-time')).toBeNull()
  // 报送了而没有公布，期限已过
  expect(await of('reports-in-time')).toEqual({ total: 1, good: 0 })
  expect(await of('reports-in-time', otherId)).toEqual({ total: 1, good: 0 })
  expect(await of('reports-right')).toEqual({ total: 1, good: 1 })
  expect(await of('reports-right', otherId)).toBeNull()
  expect((await sources['reports-in-time'].count(db, { ...scope, today: '2026-01-26', bodyIds: [otherId] })).get(otherId)).toBeUndefined()
})

test('every figure and the list it opens agree, bad ones first, paged without loss', async () => {
  for (const key of SOURCE_KEYS)
    for (const id of [bodyId, otherId]) {
      const records = await listed(key, id)
      const sum = (await of(key, id)) ?? { total: 0, good: 0 }
      expect([key, records.length]).toEqual([key, sum.total])
      if (sum.total === 0) expect(await hashRecords(db, sources[key], { ...scope, bodyId: id })).toEqual(NOTHING_LISTED)
      if (key !== 'training-hours') expect([key, records.filter(({ good }) => good).length]).toEqual([key, sum.good])
      expect(records.map(({ good }) => good)).toEqual(records.map(({ good }) => good).toSorted((a, b) => Number(a) - Number(b)))
      const paged: CheckedRecord[] = []
      for (let offset = 0; offset < records.length; offset += 2) paged.push(...(await sources[key].list(db, { ...scope, bodyId: id }, { limit: 2, offset })))
      expect(paged).toEqual(records)
      expect(records.every(({ label, note }) => !/1[3-9]\d{9}/.test(label + note))).toBe(true)
    }
})

test('the digest of a list is the same twice, another when a record turns', async () => {
  const at = { ...scope, bodyId }
  const before = await hashRecords(db, sources['problems-solved'], at)
  expect(await hashRecords(db, sources['problems-solved'], at)).toEqual(before)
  await db.updateTable('problem').set({ state: 'solved', ended_on: '2025-12-01' }).where('content', '=', '问题2024open').execute()
  expect(await hashRecords(db, sources['problems-solved'], at)).toMatchObject({ listed: before.listed })
  expect((await hashRecords(db, sources['problems-solved'], at)).hash).not.toBe(before.hash)
})
