import { carryReport } from '../../seeds/carry-report.ts'
import { atDay } from '../../seeds/clock.ts'
import { makeStaff } from '../../seeds/staff.ts'
import type { Staff } from '../../seeds/staff.ts'
import { NARRATIVE } from '../../src/annual-report/collection/testing-desk.ts'
import { freezeReport, openReport, saveNarrative } from '../../src/annual-report/testing.ts'
import type { Narrative } from '../../src/annual-report/testing.ts'
import { anApplication } from '../../src/applications/testing.ts'
import { aBody } from '../../src/bodies/testing.ts'
import { aDocument, anItem, aYearlyCount } from '../../src/catalogue/testing.ts'
import type { Deps } from '../../src/platform/deps.ts'
import { aLitigation, aReview } from '../../src/reviews/testing.ts'
import type { Outcome } from '../../src/statute/outcomes.ts'

export interface Street {
  bodyId: string
  staff: Staff
  records: { application: string; item: string; document: string; count: string; review: string; litigation: string }
}

const OUTCOMES: readonly Outcome[] = ['GRANTED', 'GRANTED', 'PARTIAL', 'DENY_THIRD_PARTY', 'UNABLE_NOT_HELD', 'GRANTED_ALREADY_PUBLIC', 'NP_PETITION']
const KINDS = ['N', 'N', 'N', 'B', 'L'] as const

/**
 * 虚构的示例街道办事处，各种记录都有：2021 年的报告待签发，2022 年的待保密审查，2023 年的报告公布后更正过，2024 年的已签发，2025 年的正在起草且台账已有出入。
 * 今日须为 2026-01-15。
 */
export async function aStreet(now: Deps): Promise<Street> {
  const deps = atDay(now, '2026-01-04')
  const { db } = deps
  const by = { actor: 'system:testing', at: deps.clock.now() }
  const { bodyId } = await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办', uscc: '91350100M000100Y43', sort: 5 })
  const staff = await makeStaff(deps, { bodyId, prefix: 'sl-', surname: 9, signIn: true, order: 1 })
  const records = {
    application: await anApplication(deps, bodyId, { regNo: '示街公开申〔2025〕1号', receivedOn: '2025-03-03', decidedOn: '2025-03-20', outcome: 'PARTIAL', docNo: '示街公开答〔2025〕1号' }),
    item: await anItem(db, bodyId, { title: '示例街道办事处2025年部门预算', publishedOn: '2025-02-14', formedOn: '2025-02-02', codes: ['A20_07'] }, by),
    document: await aDocument(db, bodyId, { title: '示例街道社区工作者管理办法', docNo: '示街办规〔2025〕1号', madeOn: '2025-05-06' }, by),
    count: await aYearlyCount(db, bodyId, { year: 2025, matter: 'penalty', amount: 12, source: '综合执法中心处罚台账', evidence: null }, by),
    review: await aReview(db, bodyId, { facts: { receivedOn: '2025-05-06' }, result: 'upheld', decidedOn: '2025-07-01' }, by),
    litigation: await aLitigation(db, bodyId, { facts: { receivedOn: '2025-08-01' } }, by),
  }
  for (let n = 0; n < 63; n++) {
    const month = String((n % 11) + 1).padStart(2, '0')
    const day = String(10 + (n % 15)).padStart(2, '0')
    const outcome = OUTCOMES[n % OUTCOMES.length] ?? 'GRANTED'
    await anApplication(deps, bodyId, { regNo: `示街公开申〔2025〕${n + 2}号`, receivedOn: `2025-${month}-${day}`, decidedOn: `2025-${month}-${Number(day) + 6}`, outcome, applicantKind: KINDS[n % KINDS.length] })
  }
  await anApplication(deps, bodyId, { regNo: '示街公开申〔2025〕99号', receivedOn: '2025-12-26', content: '申请公开老旧小区改造的施工合同及验收报告' })
  await anItem(db, bodyId, { title: '示例街道办事处机构职能', publishedOn: '2025-02-02', formedOn: '2025-01-20', codes: ['A20_02'] }, by)
  await carryReports(now, bodyId, staff)
  return { bodyId, staff, records }
}

async function carryReports(deps: Deps, bodyId: string, staff: Staff): Promise<void> {
  const days = (year: number, month: string) => ({
    freeze: `${year}-${month}-05`, draft: `${year}-${month}-08`, check: `${year}-${month}-10`, review: `${year}-${month}-11`, sign: `${year}-${month}-12`, file: `${year}-${month}-15`, publish: `${year}-${month}-16`,
  })
  const explain = () => '已与台账原件逐件核对，情况属实'
  const plan = { bodyId, staff, explain }
  await carryReport(deps, { ...plan, year: 2021, narrative: aNarrative([]), days: days(2022, '01'), until: 'reviewed' })
  await carryReport(deps, { ...plan, year: 2022, narrative: aNarrative([]), days: days(2023, '01'), until: 'checked' })
  await carryReport(deps, { ...plan, year: 2023, narrative: aNarrative([]), days: days(2024, '01') })
  await carryReport(deps, { ...plan, year: 2023, narrative: aNarrative([]), days: days(2024, '03'), correction: { on: '2024-03-01', reason: '第六部分漏写建议提案办理情况' } })
  const last = [{ problem: NARRATIVE.problems[0]!.problem, answer: '每月通报一次报送情况，全年通报十二期，逾期报送由上年的多次减为偶有发生' }]
  await carryReport(deps, { ...plan, year: 2024, narrative: aNarrative(last), days: days(2025, '01'), until: 'signed' })
  await openReport(deps, staff.officer, { bodyId, year: 2025 })
  await freezeReport(atDay(deps, '2026-01-15', '09:00'), staff.officer, { bodyId, year: 2025 })
  await saveNarrative(deps, staff.officer, { bodyId, year: 2025, narrative: aNarrative([]) })
  await anApplication(deps, bodyId, { regNo: '示街公开申〔2025〕100号', receivedOn: '2025-12-29', applicantKind: 'R' })
}

const aNarrative = (lastProblems: Narrative['lastProblems']): Narrative => ({ ...NARRATIVE, lastProblems })
