import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { listAudit } from '../audit/index.ts'
import { loadHolidayNotice } from '../bodies/index.ts'
import { aBody, aDistrict } from '../bodies/testing.ts'
import { fieldKeys } from '../platform/crypto.ts'
import { Conflict } from '../platform/errors.ts'
import { newId } from '../platform/id.ts'
import { runJobsOnce } from '../platform/jobs.ts'
import { testDb } from '../platform/testing.ts'
import { addCalendarDays } from '../statute/plain-date.ts'
import { OUTCOME_NAMES } from '../statute/outcomes.ts'
import type { Outcome } from '../statute/outcomes.ts'
import { leafRows, T3_COLUMNS } from '../statute/report-form.ts'
import {
  applicationJobs,
  applicationVerifiers,
  cellsOfRecord,
  correctApplication,
  countApplications,
  countForReport,
  findApplicationRow,
  getApplicant,
  getApplication,
  importApplications,
  listApplications,
  listForCell,
  listMaskedNames,
  sumFees,
  toReportFacts,
  UnknownCell,
} from './index.ts'
import type { ApplicantKind, ParsedApplication, ReportFacts } from './index.ts'
import { split } from './decisions.ts'
import { getGround } from './settings.ts'
import { saveApplications } from './store.ts'
import { anApplication, aParsedApplication } from './testing.ts'

const { db, deps, setToday, url } = testDb()
const system = { kind: 'system', name: 'test' } as const
const keys = fieldKeys(deps.config.secretKey)
const context = (bodyId: string) => ({ bodyId, actor: 'system:test', at: deps.clock.now(), today: deps.clock.today(), fieldKeys: keys })
let n = 0
const newBody = async () => (await aBody(deps, { code: `b${++n}` })).bodyId
const load = (bodyId: string, rows: ParsedApplication[]) =>
  db.transaction().execute((tx) => importApplications(tx, context(bodyId), rows.map((value, i) => ({ key: value.regNo, value, line: i + 2 }))))
async function verify() {
  const problems = []
  for (const verifier of applicationVerifiers) for await (const problem of verifier.verify(deps)) problems.push(problem)
  return problems
}

beforeAll(() => aDistrict(deps))

const anyRow = (i: number) =>
  fc
    .record({
      received: fc.integer({ min: 0, max: 1100 }),
      wait: fc.option(fc.integer({ min: 0, max: 90 }), { freq: 5 }),
      outcome: fc.constantFrom(...OUTCOME_NAMES),
      kind: fc.constantFrom<ApplicantKind>('N', 'N', 'B', 'R', 'P', 'L', 'O'),
      fee: fc.constantFrom(0, 0, 0, 10000),
    })
    .map(({ received, wait, outcome, kind, fee }): ParsedApplication => {
      const receivedOn = addCalendarDays('2022-11-01', received)
      const decidedOn = wait === null ? null : addCalendarDays(receivedOn, wait)
      const decided = decidedOn !== null && decidedOn <= '2026-01-15'
      return aParsedApplication({
        regNo: `号${i}`,
        receivedOn,
        applicantKind: kind,
        decidedOn: decided ? decidedOn : null,
        outcome: decided ? outcome : null,
        feeAmount: fee,
      })
    })
const someRows = fc.integer({ min: 0, max: 60 }).chain((size) => fc.tuple(...Array.from({ length: size }, (_, i) => anyRow(i))))

// 独立的数法：逐件问它落在哪些格
function countSlowly(facts: ReportFacts[], year: number, asOf: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const record of facts) for (const cell of cellsOfRecord(record, year, asOf)) counts[cell] = (counts[cell] ?? 0) + 1
  return counts
}

test('任意年份的记录：勾稽关系成立，与逐件数得的相同，每格背后的记录数得出', async () => {
  await fc.assert(
    fc.asyncProperty(someRows, async (rows) => {
      const bodyId = await newBody()
      await load(bodyId, rows)
      const facts = rows.map((row): ReportFacts => ({
        receivedOn: row.receivedOn,
        decidedOn: row.decidedOn,
        reportRow: row.outcome === null ? null : ROW_OF[row.outcome],
        applicantKind: row.applicantKind,
      }))
      for (const [year, asOf] of [[2023, '2026-01-15'], [2024, '2024-12-31'], [2025, '2025-07-01'], [2026, '2026-01-15']] as const) {
        const counts = await countForReport(db, bodyId, year, asOf)
        const slow = countSlowly(facts, year, asOf)
        for (const { key } of T3_COLUMNS) {
          if (key === 'T') continue
          const cell = (row: string) => counts[`${row}.${key}`] ?? 0
          const results = leafRows('2021').reduce((sum, row) => sum + cell(row), 0)
          expect(cell('R1') + cell('R2')).toBe(results + cell('R4'))
          for (const row of ['R1', 'R2', 'R4', ...leafRows('2021')]) expect(cell(row), `${year} ${row}.${key}`).toBe(slow[`${row}.${key}`] ?? 0)
        }
        for (const [cell, expected] of Object.entries(slow)) {
          const { rows: records, next } = await listForCell(db, { bodyId, year, asOf, cell }, { limit: 200 })
          expect([records.length, next], cell).toEqual([expected, null])
        }
      }
      // 上年结转下年 = 本年上年结转
      const [before, after] = [await countForReport(db, bodyId, 2023, '2026-01-15'), await countForReport(db, bodyId, 2024, '2026-01-15')]
      for (const { key } of T3_COLUMNS) expect(after[`R2.${key}`] ?? 0).toBe(before[`R4.${key}`] ?? 0)
    }),
    { numRuns: 12 },
  )
  expect(await verify()).toEqual([])
}, 120_000)

// 结果与行的对应另抄一份，不用被测的表
const ROW_OF: Readonly<Record<Outcome, string>> = {
  GRANTED_ALREADY_PUBLIC: 'R3.1',
  GRANTED: 'R3.1',
  PARTIAL: 'R3.2',
  DENY_SECRET: 'R3.3.1',
  DENY_LAW: 'R3.3.2',
  DENY_3S1W: 'R3.3.3',
  DENY_THIRD_PARTY: 'R3.3.4',
  DENY_INTERNAL: 'R3.3.5',
  DENY_PROCESS: 'R3.3.6',
  DENY_CASEFILE: 'R3.3.7',
  ADMIN_QUERY: 'R3.3.8',
  UNABLE_NOT_HELD: 'R3.4.1',
  UNABLE_NEEDS_CREATION: 'R3.4.2',
  UNABLE_UNCLEAR: 'R3.4.3',
  NP_PETITION: 'R3.5.1',
  NP_DUPLICATE: 'R3.5.2',
  NP_PUBLICATION: 'R3.5.3',
  NP_EXCESSIVE: 'R3.5.4',
  NP_RECONFIRM: 'R3.5.5',
  CLOSED_NO_CORRECTION: 'R3.6.1',
  CLOSED_NO_PAYMENT: 'R3.6.2',
  OTHER: 'R3.6.3',
}

test('导入：新建、续记、更正、不变；可以重复，结果相同', async () => {
  const bodyId = await newBody()
  const first = [
    aParsedApplication({ regNo: '甲', receivedOn: '2025-03-03', applicantName: '张三', consultSentOn: '2025-03-10', consultWith: 'THIRD_PARTY' }),
    aParsedApplication({ regNo: '乙', receivedOn: '2025-03-04', decidedOn: '2025-03-20', outcome: 'GRANTED' }),
    aParsedApplication({ regNo: '丙', receivedOn: '2025-03-05' }),
  ]
  expect(await load(bodyId, first)).toEqual({ created: 3, changed: 0, unchanged: 0 })
  expect(await load(bodyId, first)).toEqual({ created: 0, changed: 0, unchanged: 3 })
  const second = [
    { ...first[0]!, consultReturnedOn: '2025-03-28', decidedOn: '2025-04-20', outcome: 'DENY_THIRD_PARTY' as const, servedOn: '2025-04-22' },
    { ...first[1]!, decidedOn: '2025-03-21', applicantKind: 'B' as const },
    first[2]!,
  ]
  expect(await load(bodyId, second)).toEqual({ created: 0, changed: 2, unchanged: 1 })
  expect(await load(bodyId, second)).toEqual({ created: 0, changed: 0, unchanged: 3 })
  const byRegNo = new Map((await listApplications(db, { bodyId })).rows.map((row) => [row.regNo, row]))
  const kinds = async (regNo: string) => (await getApplication(db, bodyId, byRegNo.get(regNo)!.caseId)).events.map((e) => e.event.kind)
  expect(await kinds('甲')).toEqual(['received', 'consultation-sent', 'consultation-returned', 'decided', 'served'])
  expect(byRegNo.get('甲')).toMatchObject({ dueOn: '2025-04-21', reportRow: 'R3.3.4', status: 'served' })
  expect(await kinds('乙')).toEqual(['received', 'decided', 'corrected'])
  const { state, events } = await getApplication(db, bodyId, byRegNo.get('乙')!.caseId)
  expect(state).toMatchObject({ applicantKind: 'B', decision: { decidedOn: '2025-03-21' } })
  expect(events.at(-1)?.event).toMatchObject({
    changes: [
      { field: 'applicantKind', before: 'N', after: 'B' },
      { field: 'decision', before: { decidedOn: '2025-03-20' }, after: { decidedOn: '2025-03-21' } },
    ],
  })
  expect(await verify()).toEqual([])
})

test('再次导入去掉了答复：更正为未结，报告随之而变', async () => {
  const bodyId = await newBody()
  const decided = aParsedApplication({ regNo: '1', receivedOn: '2024-05-06', decidedOn: '2024-05-20', outcome: 'PARTIAL', deliveryMethod: 'POST' })
  await load(bodyId, [decided])
  expect(await countForReport(db, bodyId, 2024, '2026-01-15')).toEqual({ 'R1.N': 1, 'R3.2.N': 1 })
  await load(bodyId, [{ ...decided, decidedOn: null, outcome: null, deliveryMethod: null }])
  expect(await countForReport(db, bodyId, 2024, '2026-01-15')).toEqual({ 'R1.N': 1, 'R4.N': 1 })
  await load(bodyId, [decided])
  expect(await countForReport(db, bodyId, 2024, '2026-01-15')).toEqual({ 'R1.N': 1, 'R3.2.N': 1 })
  expect(await verify()).toEqual([])
})

test('系统内的更正不被同一份台账再导入冲掉', async () => {
  const bodyId = await newBody()
  const row = aParsedApplication({ regNo: '1', receivedOn: '2024-05-06' })
  await load(bodyId, [row])
  const [found] = (await listApplications(db, { bodyId })).rows
  const input = { bodyId, caseId: found!.caseId, version: 1, reason: '申请人实为企业', values: { applicantKind: 'B' as const } }
  expect(await correctApplication(deps, system, input)).toMatchObject({ ok: true })
  expect(await load(bodyId, [row])).toEqual({ created: 0, changed: 0, unchanged: 1 })
  expect(await findApplicationRow(db, bodyId, found!.caseId)).toMatchObject({ applicantKind: 'B' })
  await expect(correctApplication(deps, system, { ...input, values: { applicantKind: 'L' as const } })).rejects.toThrow(Conflict)
  expect(await findApplicationRow(db, bodyId, found!.caseId)).toMatchObject({ applicantKind: 'B' })
})

test('姓名加密存放，不入时间线；列表只显示姓；改了姓名另存', async () => {
  const bodyId = await newBody()
  const row = aParsedApplication({ regNo: '1', receivedOn: '2024-05-06', applicantName: '欧阳修远' })
  await load(bodyId, [row])
  const [found] = (await listApplications(db, { bodyId })).rows
  const applicantId = found!.applicantId!
  expect(await getApplicant(db, keys, bodyId, applicantId)).toMatchObject({ name: '欧阳修远' })
  expect((await listMaskedNames(db, keys, bodyId, [applicantId])).get(applicantId)).toBe('欧***')
  await load(bodyId, [{ ...row, applicantName: '欧阳修' }])
  const { events, state } = await getApplication(db, bodyId, found!.caseId)
  expect(JSON.stringify(events)).not.toContain('欧阳')
  expect(await getApplicant(db, keys, bodyId, state.applicantId!)).toMatchObject({ name: '欧阳修' })
  const { fieldKeys: _, ...without } = context(bodyId)
  const again = [{ key: '2', value: { ...row, regNo: '2' }, line: 2 }]
  await expect(db.transaction().execute((tx) => importApplications(tx, without, again))).rejects.toThrow('钥匙')
})

test('一份申请拆为几件：只计拆出的各件', async () => {
  const bodyId = await newBody()
  const caseId = await anApplication(deps, bodyId, { receivedOn: '2025-11-03' })
  const { state, version } = await getApplication(db, bodyId, caseId)
  const ground = await getGround(db, bodyId, '2026-01-15')
  const into = [newId(), newId(), newId()].map((id, i) => ({ caseId: id, particulars: { ...state, regNo: `拆-${i}` } }))
  const done = split(state, { on: '2025-11-05', caseId, into: into.map(({ caseId: id, particulars: p }) => ({ caseId: id, particulars: pickParticulars(p) })) }, ground)
  if (!done.ok) throw new Error(done.refusal)
  await db.transaction().execute((tx) =>
    saveApplications(
      tx,
      [
        { found: { bodyId, caseId, version, state }, events: [done.parent] },
        ...done.children.map((child) => ({ found: { bodyId, caseId: child.caseId, version: 0, state: null }, events: child.events })),
      ],
      { actor: 'system:test', at: deps.clock.now() },
      ground,
    ),
  )
  expect(await countForReport(db, bodyId, 2025, '2025-12-31')).toEqual({ 'R1.N': 3, 'R4.N': 3 })
  expect(toReportFacts((await getApplication(db, bodyId, caseId)).state)).toBeNull()
})

const pickParticulars = (p: Awaited<ReturnType<typeof getApplication>>['state']) => ({
  regNo: p.regNo,
  channel: p.channel,
  applicantKind: p.applicantKind,
  applicantId: p.applicantId,
  content: p.content,
  form: p.form,
  splitFrom: p.splitFrom,
  note: p.note,
})

test('列表：筛选、排序、翻页不重不漏', async () => {
  const bodyId = await newBody()
  const rows = Array.from({ length: 130 }, (_, i) =>
    aParsedApplication({
      regNo: `2025-${String(i).padStart(3, '0')}`,
      receivedOn: addCalendarDays('2025-01-02', (i * 7) % 60),
      applicantKind: i % 3 === 0 ? 'B' : 'N',
      ...(i % 2 === 0 ? { decidedOn: '2025-04-01', outcome: 'GRANTED' as const } : {}),
    }),
  )
  await load(bodyId, rows)
  for (const sort of ['receivedOn', 'dueOn', 'regNo'] as const) {
    for (const descending of [true, false]) {
      const seen: string[] = []
      let after: string | null = null
      do {
        const page = await listApplications(db, { bodyId }, { sort, descending, after, limit: 33 })
        seen.push(...page.rows.map((row) => `${row[sort]}`))
        after = page.next
      } while (after !== null)
      expect(seen).toHaveLength(130)
      expect(seen).toEqual(descending ? seen.toSorted().toReversed() : seen.toSorted())
    }
  }
  expect(await countApplications(db, { bodyId, open: true })).toBe(65)
  expect(await countApplications(db, { bodyId, applicantKind: 'B', open: false })).toBe(22)
  expect(await countApplications(db, { bodyId, regNo: '2025-01' })).toBe(10)
  expect(await countApplications(db, { bodyId, regNo: '2025_0%' })).toBe(0)
  expect((await listApplications(db, { bodyId }, { limit: 100_000 })).rows.length).toBe(130)
  expect((await listApplications(db, { bodyId }, { after: "'; drop table x" })).rows.length).toBe(50)
  expect((await listApplications(db, { bodyId: await newBody() })).rows).toEqual([])
})

test('到期日：载入新一年的节假日通知后重算，每件的变动留痕', async () => {
  const bodyId = await newBody()
  setToday('2026-12-20')
  const caseId = await anApplication(deps, bodyId, { receivedOn: '2026-12-18' })
  expect(await findApplicationRow(db, bodyId, caseId)).toMatchObject({ clock: 'no-calendar', dueOn: null })
  expect(await loadHolidayNotice(deps, system, { text: NOTICE_2027, year: 2027 })).toMatchObject({ ok: true })
  await runJobsOnce(url, deps, applicationJobs)
  await applicationJobs['applications.recompute-due']!(deps, {})
  expect(await findApplicationRow(db, bodyId, caseId)).toMatchObject({ clock: 'running', dueOn: '2027-01-18' })
  const { entries } = await listAudit(db, { bodyId, action: 'application.due-moved' })
  expect(entries).toMatchObject([{ target: caseId, detail: { before: null, after: '2027-01-18' } }])
  setToday('2026-01-15')
})

// 假想的通知：只为有一年新的数据
const NOTICE_2027 = `一、元旦：1月1日放假，与周末连休。
二、春节：2月5日至11日放假调休，共7天。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日至5日放假调休，共5天。
五、端午节：6月9日放假，共1天。
六、中秋节：9月15日放假，共1天。
七、国庆节：10月1日至7日放假调休，共7天。`

test('信息处理费：按缴费、答复之年合计', async () => {
  const bodyId = await newBody()
  await anApplication(deps, bodyId, { receivedOn: '2024-12-20', decidedOn: '2025-01-10', outcome: 'GRANTED', feeAmount: 10000 })
  await anApplication(deps, bodyId, { receivedOn: '2025-02-20', feeAmount: 2550 })
  await anApplication(deps, bodyId, { receivedOn: '2025-02-21' })
  expect([await sumFees(db, bodyId, 2024, '2026-01-15'), await sumFees(db, bodyId, 2025, '2026-01-15')]).toEqual([
    { cases: 0, amount: 0 },
    { cases: 2, amount: 12550 },
  ])
})

test('列表行被改动，核对指出', async () => {
  const bodyId = await newBody()
  const caseId = await anApplication(deps, bodyId, { receivedOn: '2025-05-06', decidedOn: '2025-05-20', outcome: 'GRANTED' })
  await db.updateTable('application').set({ report_row: 'R3.2' }).where('body_id', '=', bodyId).where('case_id', '=', caseId).execute()
  expect(await verify()).toEqual([
    { where: `申请 ${bodyId}/${caseId}`, message: '列表行与时间线不符：report_row' },
    { where: `申请的逐日件数 ${bodyId} 2025-05-20 R3.1`, message: '与列表行差 1 件' },
    { where: `申请的逐日件数 ${bodyId} 2025-05-20 R3.2`, message: '与列表行差 -1 件' },
  ])
  await db.updateTable('application').set({ report_row: 'R3.1' }).where('body_id', '=', bodyId).where('case_id', '=', caseId).execute()
})

test('不是表三的格不接受', async () => {
  const bodyId = await newBody()
  for (const cell of ['R9.N', 'R1', 'T2.norm.valid', "R1.N'--", 'R3.3.4.X'])
    await expect(listForCell(db, { bodyId, year: 2025, asOf: '2025-12-31', cell })).rejects.toThrow(UnknownCell)
})
