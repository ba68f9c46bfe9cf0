import { beforeAll, expect, test } from 'vitest'
import { appParts } from '../src/app-parts.ts'
import { createApp } from '../src/app.tsx'
import { setSetting } from '../src/bodies/index.ts'
import { aBody, aDistrict } from '../src/bodies/testing.ts'
import { cookieFor, createAccount } from '../src/identity/testing.ts'
import type { SignedInActor } from '../src/identity/index.ts'
import { testDb } from '../src/platform/testing.ts'
import { listDisputed, listDisputesOf, recomputeAnswerDue } from '../src/reviews/index.ts'
import { aDisputeDesk } from '../src/reviews/testing-desk.ts'
import { watchQueries, wholeReads } from './support/plans.ts'

/** 这些模块的列表页所问的，表再大也不能整表读。考核方案全区一年一行，不在此列。 */
const OURS = /^(?:review_case|litigation_case|dispute_\w+|complaint\w*|assessment_(?!scheme)\w+|accountability_\w+|leading_group_\w+|training_\w+|problem\w*|progress_note|proposal|key_field|filing\w*|application|info_item|notice)：/

const { db, deps, setToday } = testDb()
const watched = watchQueries(db)
const app = createApp({ ...deps, db: watched.db }, appParts({ ...deps, db: watched.db }))
let desk: Awaited<ReturnType<typeof aDisputeDesk>>
let office: SignedInActor
let bodyId = ''
let reviewId = ''

beforeAll(async () => {
  setToday('2026-03-02')
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示' })).bodyId
  const { bodyId: officeId } = await aBody(deps, { code: 'zwb', name: '示例区政务公开办', kind: 'district-office', codeWord: '区' })
  await setSetting(deps, { kind: 'system', name: 'testing' }, { bodyId, key: 'court', value: '示例区人民法院' })
  desk = await aDisputeDesk(app, deps, setToday, { bodyId, name: 'plans' })
  office = await createAccount(db, { name: 'plans.office', displayName: '政务公开办（演示）', bodyId: officeId, roles: ['district-office'] })
  reviewId = await desk.register('2026-03-02', 'review', { doc: '示公开答〔2026〕1号' })
  await desk.done(reviewId, '2026-03-20', 'decide', { result: 'revoked', servedOn: '2026-03-20' })
  await desk.done(reviewId, '2026-03-20', 'order-act', { matter: '公开', from: '2026-03-20', days: '10', unit: 'DAY' })
  setToday('2026-04-20')
})

const BODY_PAGES = [
  '/desk', '/desk/reviews', '/desk/reviews?group=direct&state=open&q=示&sort=receivedOn', '/desk/reviews?state=overdue', '/desk/reviews/lessons', '/desk/reviews/carry-over', '/desk/reviews/new?kind=after-review&doc=示公开答〔2026〕1号',
  '/desk/complaints', '/desk/complaints?q=示', '/desk/complaints/answered', '/desk/complaints/all', '/desk/leading-group', '/desk/leading-group/tasks', '/desk/leading-group/tasks?state=late',
  '/desk/training', '/desk/training/plan', '/desk/training/questions', '/desk/training/papers', '/desk/training/mine', '/desk/training/suggestions', '/desk/problems', '/desk/problems?state=solved', '/desk/registers/proposals', '/desk/registers/key-fields', '/desk/assessment', '/desk/accountability', '/desk/filings/sljd/2025',
]
const OFFICE_PAGES = ['/desk', '/desk/complaints', '/desk/complaints/by-body', '/desk/accountability', '/desk/accountability/questions?year=2025', '/desk/filings/2025', '/desk/filings/2025/others', '/desk/filings/2025/accept', '/desk/reviews/lessons']

test('every list of reviews, supervision and collection finds its rows by an index', async () => {
  watched.seen.clear()
  const cookie = await cookieFor(db, office, deps.clock.now())
  for (const path of [...BODY_PAGES, `/desk/reviews/${reviewId}`]) expect([path, (await desk.get(encodeURI(path), 'head')).status]).toEqual([path, 200])
  for (const path of OFFICE_PAGES) expect([path, (await app.request(encodeURI(path), { headers: { cookie } })).status]).toEqual([path, 200])
  await listDisputed(watched.db, bodyId, { caseId: reviewId, docNos: ['示公开答〔2026〕1号'] }, '2026-04-20')
  await listDisputesOf(watched.db, bodyId, reviewId, '示公开答〔2026〕1号')
  await recomputeAnswerDue(watched.db)
  expect(watched.seen.size).toBeGreaterThan(50)
  expect((await wholeReads(db, watched.seen.values())).filter((line) => OURS.test(line))).toEqual([])
})
