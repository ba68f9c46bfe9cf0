import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liveReport, renderReport } from '../src/annual-report/index.ts'
import type { ReportModel } from '../src/annual-report/testing.ts'
import { checkOwnReport, checkReport, getPublished, getReport, listPublished, readReportBytes } from '../src/annual-report/testing.ts'
import { APPLICANT_KINDS } from '../src/applications/index.ts'
import { appParts } from '../src/app-parts.ts'
import { createApp } from '../src/app.tsx'
import { isUscc, listBodies, listRelations, namesOf } from '../src/bodies/index.ts'
import { closePdf } from '../src/documents/index.ts'
import type { Db } from '../src/platform/db.ts'
import { testDb } from '../src/platform/testing.ts'
import { verifyAll } from '../src/platform/verify.ts'
import { OUTCOME_NAMES } from '../src/statute/outcomes.ts'
import { leafRows } from '../src/statute/report-form.ts'
import { LITIGATION_RESULTS, REVIEW_RESULTS } from '../src/reviews/index.ts'
import { verifiers } from '../src/wiring.ts'
import { listFilers } from '../src/annual-report/index.ts'
import { COPYING, CORRECTED, LATE, RETURNED, UNFINISHED, UPLOADED } from './example-reports.ts'
import { GOVERNMENT } from './example-government.ts'
import { WAITING } from './example-january.ts'
import { PROFILES } from './example-bodies.ts'
import { isUnseeded, loadSeeds } from './index.ts'

const first = testDb()
const second = testDb()
const { db, deps } = first

beforeAll(async () => {
  // 时钟早于演示的历史，也照样载入
  second.setToday('2023-06-01')
  await loadSeeds(deps)
  await loadSeeds(second.deps)
}, 120_000)
afterAll(() => closePdf())

const published = async (on: Db) => {
  const list = await listPublished(on)
  return Promise.all(list.map(({ bodyId, year }) => getPublished(on, bodyId, year)))
}

describe('the same every time', () => {
  test('published reports: every cell and every word', async () => {
    // 机构的 id 每次不同，全区的报告里写着它由哪些机关加成
    const unnumbered = ({ summed, ...model }: ReportModel) => ({ ...model, parts: summed?.parts.map(({ bodyCode, bodyName, round }) => ({ bodyCode, bodyName, round })) })
    const contents = async (on: Db) => (await published(on)).map(({ model, publishedOn, edition }) => ({ model: unnumbered(model), publishedOn, edition }))
    expect(await contents(second.db)).toEqual(await contents(db))
  })

  test('applications, item by item, with the days, letters and who recorded what at which instant', async () => {
    const rows = (on: Db) =>
      on
        .selectFrom('application')
        .innerJoin('body', 'body.body_id', 'application.body_id')
        .select(['code', 'reg_no', 'application.status', 'content', 'channel', 'applicant_kind', 'outcome', 'received_on', 'decided_on', 'due_on', 'doc_no', 'fee_amount'])
        .orderBy('code')
        .orderBy('reg_no')
        .execute()
    const instants = async (on: Db) =>
      (
        await on
          .selectFrom('timeline_event')
          .innerJoin('body', 'body.body_id', 'timeline_event.body_id')
          .innerJoin('account', (join) => join.on((eb) => eb(eb.cast<string>('account.account_id', 'text'), '=', eb.ref('timeline_event.actor'))))
          .select(['code', 'stream', 'timeline_event.kind', 'on_day', 'at', 'account.name as by'])
          .execute()
      )
        .map((row) => `${row.code} ${row.stream} ${row.kind} ${row.on_day} ${row.at.toISOString()} ${row.by}`)
        .toSorted()
    expect(await rows(second.db)).toEqual(await rows(db))
    expect(await instants(second.db)).toEqual(await instants(db))
  })

  test('nothing breaks under a clock earlier than the history', async () => {
    const report = await liveReport(second.deps, 'slqzjj', 2025)
    expect(report.cells['R1.T']).toBe(0)
    expect((await liveReport(deps, 'slqzjj', 2025)).cells['R1.T']).toBeGreaterThan(20)
  })
})

test('verify finds nothing', async () => {
  const results = await verifyAll(deps, verifiers)
  expect(results.flatMap(({ name, problems }) => problems.map((one) => `${name} ${one.where} ${one.message}`))).toEqual([])
})

test('all 21 rows, every outcome and all six kinds of applicants occur, some in each year', async () => {
  const rows = await db.selectFrom('application').select(['outcome', 'report_row', 'applicant_kind', 'decided_on']).where('counted', '=', true).execute()
  const outcomes = new Set(rows.map((row) => row.outcome))
  expect(OUTCOME_NAMES.filter((name) => !outcomes.has(name))).toEqual([])
  expect(new Set(rows.flatMap((row) => row.report_row ?? [])).size).toBe(leafRows('2021').length)
  expect(new Set(rows.map((row) => row.applicant_kind))).toEqual(new Set(Object.keys(APPLICANT_KINDS)))
  for (const year of ['2023', '2024', '2025']) expect(rows.filter((row) => row.decided_on?.startsWith(year)).length).toBeGreaterThan(100)
})

test('supplements, consultations with silence, extensions, fees, splits, withdrawals, deferrals and late answers occur', async () => {
  const kinds = await db.selectFrom('timeline_event').select('kind').distinct().where('stream', '=', 'application').execute()
  expect(kinds.map((row) => row.kind)).toEqual(
    expect.arrayContaining([
      'supplement-asked', 'supplemented', 'consultation-sent', 'consultation-expired', 'extended', 'deferred', 'fee-noticed', 'fee-paid', 'split', 'withdrawn', 'corrected',
    ]),
  )
  const models = (await published(db)).map(({ model }) => model)
  expect(models.filter(({ figures }) => figures.replies.onTime < figures.replies.total).length).toBeGreaterThanOrEqual(3)
  for (const year of [2023, 2024, 2025])
    expect(models.filter((model) => model.year === year && (model.cells['R4.T'] ?? 0) > 0).length, `${year} 结转`).toBeGreaterThan(3)
})

test('reviews and litigation in all results, some pending at the year end, one as co-defendant and not counted', async () => {
  const reviews = await db.selectFrom('review_case').select(['result', 'decided_on', 'received_on']).execute()
  const suits = await db.selectFrom('litigation_case').select(['result', 'role', 'after_review']).execute()
  const missing = (known: object, rows: readonly { result: string | null }[]) => Object.keys(known).filter((one) => !rows.some((row) => row.result === one))
  expect([missing(REVIEW_RESULTS, reviews), missing(LITIGATION_RESULTS, suits)]).toEqual([[], []])
  expect(reviews.filter((row) => row.received_on <= '2025-12-31' && row.decided_on === null).length).toBeGreaterThan(0)
  expect(suits.filter((row) => row.role === 'review-organ')).toHaveLength(1)
})

test('twelve bodies, all marked 演示, with valid codes; one renamed, one merged', async () => {
  const bodies = (await listBodies(db, { includeAbolished: true })).filter((body) => body.code !== 'csyxglzx' && body.kind !== 'government')
  expect(bodies).toHaveLength(12)
  expect(bodies.every((body) => body.demo && /示例|样板/.test(body.name) && isUscc(body.uscc ?? ''))).toBe(true)
  const of = (code: string) => bodies.find((body) => body.code === code)?.bodyId ?? ''
  expect([(await namesOf(db, of('slqcgj'), '2023-12-31')).name, (await namesOf(db, of('slqcgj'), '2024-12-31')).name]).toEqual([
    '示例区城市管理委员会',
    '示例区城市管理执法局',
  ])
  expect((await listRelations(db, of('slqspj'))).successors).toMatchObject([{ body: { code: 'slqzfb' }, on: '2025-07-01' }])
})

test('every published report passes its own check without an error; the only warning left is explained by a named person', async () => {
  const found: string[] = []
  for (const { bodyId, year, model } of (await published(db)).map((one) => ({ ...one, year: one.model.year }))) {
    const report = await getReport(db, bodyId, year)
    const { findings } = await checkOwnReport(db, report, deps)
    for (const one of findings.filter((each) => each.severity !== 'info')) {
      found.push(`${model.bodyCode} ${year} ${one.severity} ${one.rule}`)
      expect(report.state.waivers).toMatchObject([{ person: expect.stringContaining('（演示）') as string }])
    }
  }
  // 更正版的成文日晚于一月三十一日，校核在签发之前，其时尚不提示
  expect(found).toEqual([`${COPYING} 2024 warning AR-Y01`])
})

test.each(['html', 'json'] as const)('the checker finds no error in the %s editions that were published', async (format) => {
  for (const code of ['slqzjj', CORRECTED.code]) {
    const { bodyId } = (await listPublished(db)).find((one) => one.bodyCode === code && one.year === 2024) ?? { bodyId: '' }
    const { model } = await getPublished(db, bodyId, 2024)
    const read = await readReportBytes(await renderReport(model, format), `report.${format}`)
    expect(read.cells).toEqual(model.cells)
    expect(checkReport(read, null).filter((one) => one.severity === 'error')).toEqual([])
  }
})

test('2023 and 2024 are published for all; of 2025 one is drafted with an error, one checked, one signed', async () => {
  const list = await listPublished(db)
  const years = (code: string) => list.filter((one) => one.bodyCode === code).map((one) => one.year).toSorted((a, b) => a - b)
  for (const { code } of PROFILES) expect(years(code), code).toEqual(code === 'slqspj' || code === UPLOADED || UNFINISHED[code] ? [2023, 2024] : [2023, 2024, 2025])
  // 没有公布的、年内撤销的，公众的一览里一个不少
  const page = await (await createApp(deps, appParts(deps)).request('/annual-reports?year=2025')).text()
  const bodies = await listBodies(db, { includeAbolished: true })
  for (const { name, code } of bodies.filter(({ kind }) => kind !== 'government')) expect(page, code).toContain(name)
  expect(page).toMatch(/尚未在本站公布的 5 个机关.*示例区行政审批局<\/a>，2025-\d\d-\d\d 撤销/s)
  const rows = await db.selectFrom('annual_report').innerJoin('body', 'body.body_id', 'annual_report.body_id').select(['code', 'year', 'annual_report.status', 'edition', 'annual_report.body_id']).execute()
  const left = rows.filter((row) => row.status !== 'released')
  expect(Object.fromEntries(left.map((row) => [row.code, row.status]))).toEqual({ sljd: 'drafting', slqjyj: 'checked', slqwjj: 'signed' })
  const drafted = left.find((row) => row.code === 'sljd')
  const { findings } = await checkOwnReport(db, await getReport(db, drafted?.body_id ?? '', 2025), deps)
  expect(findings.filter((one) => one.severity === 'error').map((one) => one.rule)).toEqual(['MC-N03'])
  expect(rows.filter((row) => row.edition > 1)).toMatchObject([{ code: CORRECTED.code, year: CORRECTED.year, edition: 2 }])
})

test('the district report of 2024 is the sum of every body, published in time and named among the reports', async () => {
  const { model, publishedOn } = await getPublished(db, (await listPublished(db)).find((one) => one.bodyCode === GOVERNMENT.code)?.bodyId ?? '', GOVERNMENT.reported)
  const others = (await published(db)).filter((one) => one.model.year === GOVERNMENT.reported && one.model.bodyCode !== GOVERNMENT.code)
  expect([publishedOn <= '2025-03-31', model.summed?.due, model.summed?.absent]).toEqual([true, 13, []])
  expect(model.cells['R1.T']).toBe(others.reduce((sum, one) => sum + (one.model.cells['R1.T'] ?? 0), 0))
  const app = createApp(deps, appParts(deps))
  const page = await (await app.request('/annual-reports?year=2024')).text()
  expect(page).toMatch(/<a href="\/annual-reports\/district\/2024">示例区人民政府2024年政府信息公开工作年度报告<\/a>/)
  expect(await (await app.request('/annual-reports/district/2024')).text()).toContain('由哪些报告汇总')
})

test('the January of the district office: early, returned and filed again, uploaded, late, missing', async () => {
  const filers = new Map((await listFilers(db, 2025, '2026-02-10')).map((one) => [one.bodyCode, one]))
  const of = (code: string) => filers.get(code)
  expect(of(RETURNED)).toMatchObject({ status: 'accepted', round: 2, returnedOn: '2026-01-14', late: false })
  expect(of(UPLOADED)).toMatchObject({ status: 'filed', round: 1, source: 'upload', publishedOn: '2026-01-20' })
  expect(of(LATE)).toMatchObject({ status: 'accepted', filedOn: '2026-02-03', late: true })
  for (const code of Object.keys(UNFINISHED)) expect(of(code), code).toMatchObject({ status: 'none', late: true, remindedOn: '2026-02-02' })
  expect([...filers.values()].filter(({ status }) => status === 'filed').map(({ bodyCode }) => bodyCode).toSorted()).toEqual([...WAITING].toSorted())
  expect([...filers.values()].filter(({ status }) => status === 'accepted').length).toBeGreaterThan(4)
  for (const year of [2023, 2024]) expect((await listFilers(db, year, '2026-02-10')).filter(({ round }) => round > 0).every(({ status }) => status === 'locked'), String(year)).toBe(true)
})

test('the district office starts with a handful of unread notices; no register calls the real body late', async () => {
  const { n } = await db.selectFrom('notice').innerJoin('account', 'account.account_id', 'notice.account_id').select((eb) => eb.fn.countAll<number>().as('n')).where('account.name', '=', 'zhengwu').where('read_at', 'is', null).executeTakeFirstOrThrow()
  expect(n).toBeLessThan(8)
  expect((await listFilers(db, 2023, '2026-02-10')).filter(({ late }) => late)).toEqual([])
})

test('drafter, reviewer and signer of each report are different people', async () => {
  const events = await db.selectFrom('timeline_event').select(['case_id', 'kind', 'actor']).where('stream', '=', 'annual-report').execute()
  for (const [, one] of Map.groupBy(events.filter((event) => ['drafted', 'secrecy-reviewed', 'signed', 'published'].includes(event.kind)), (event) => event.case_id)) {
    const people = new Map(one.map((event) => [event.kind, event.actor]))
    expect(new Set(people.values()).size).toBe(people.size)
  }
})

test('accounts: the main ones can sign in, the people of the other bodies cannot; every name says 演示', async () => {
  const accounts = await db.selectFrom('account').select(['name', 'display_name', 'status', 'is_demo']).execute()
  expect(accounts.every((one) => one.is_demo && one.display_name.endsWith('（演示）'))).toBe(true)
  const active = accounts.filter((one) => one.status === 'active').map((one) => one.name)
  expect(active).toHaveLength(33)
  expect(active).toEqual(expect.arrayContaining(['xinxi', 'fuzeren', 'baomi', 'lingdao', 'fabu', 'jd-xinxi', 'qu-xinxi', 'zf-xinxi', 'zf-fabu', 'zhengwu', 'xitong', 'anquan', 'shenji']))
})

test('all or nothing: loading again is refused and leaves the district as it was', async () => {
  const count = async () => (await db.selectFrom('account').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n
  const before = await count()
  await expect(loadSeeds(deps)).rejects.toThrow('csyxglzx')
  expect([await count(), await isUnseeded(deps)]).toEqual([before, false])
  await expect(loadSeeds({ ...deps, config: { ...deps.config, mode: 'production' } })).rejects.toThrow('正式模式')
})
