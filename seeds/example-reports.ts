import { correctApplication } from '../src/applications/index.ts'
import type { Narrative } from '../src/annual-report/testing.ts'
import type { Deps } from '../src/platform/deps.ts'
import type { Finding } from '../src/statute/finding.ts'
import { carryReport } from './carry-report.ts'
import type { ReportPlan } from './carry-report.ts'
import { atDay } from './clock.ts'
import { after } from './days.ts'
import type { ToldCase } from './example-applications.ts'
import type { ExampleBody } from './example-bodies.ts'
import { narrativeOf } from './example-narratives.ts'

/** 2024 年照抄上年的那个机构，其「内容雷同」的提醒由人作了说明。 */
export const COPYING = 'slqczj'
/** 公布之后更正、另起第二版的那个机构与年度。 */
export const CORRECTED = { code: 'slqmzj', year: 2024 } as const
/** 2025 年度不在系统里编、由上传文件报来的。 */
export const UPLOADED = 'ybjd'
/** 2025 年度报来有错、退回改了再报的：先报到这里，其余见 example-january.ts。 */
export const RETURNED = 'slqzjj'
/** 2025 年度过了期限才报的。 */
export const LATE = 'slqmzj'
/** 2025 年度还没有办完的：起草（有一处错误）、校核、签发。 */
export const UNFINISHED: Readonly<Record<string, NonNullable<ReportPlan['until']>>> = { sljd: 'drafted', slqjyj: 'checked', slqwjj: 'signed' }

/** 十二个机构三年的年度报告：逐份由不同的人起草、校核、审查、签发、报送、公布。 */
export async function loadExampleReports(deps: Deps, bodies: readonly ExampleBody[], cases: readonly ToldCase[]): Promise<void> {
  for (const year of [2023, 2024, 2025]) {
    for (const body of bodies) {
      if (body.abolishedOn !== null && `${year}-12-31` >= body.abolishedOn) continue
      if (year === 2025 && body.code === UPLOADED) continue
      await carryReport(deps, planOf(body, year))
    }
    if (year === CORRECTED.year) await correctOne(deps, bodies, cases)
  }
}

export function planOf(body: ExampleBody, year: number): ReportPlan {
  const start = after(`${year + 1}-01-02`, year === 2025 ? 1 + (body.index % 2) : 1 + (body.index % 5))
  const until = year === 2025 ? (body.code === RETURNED ? 'filed' : UNFINISHED[body.code]) : undefined
  return {
    bodyId: body.bodyId,
    year,
    staff: body.staff,
    narrative: narrativeFor(body, year),
    days: year === 2025 && body.code === LATE ? LATE_DAYS : daysFrom(start),
    ...(until && { until }),
    explain: (finding) => explain(body, finding),
  }
}

// 一月底签发，过了三十一日才报
const LATE_DAYS: ReportPlan['days'] = { freeze: '2026-01-26', draft: '2026-01-27', check: '2026-01-28', review: '2026-01-29', sign: '2026-01-30', file: '2026-02-03', publish: '2026-02-03' }

export const daysFrom = (start: string): ReportPlan['days'] => ({
  freeze: start,
  draft: after(start, 1),
  check: after(start, 2),
  review: after(start, 3),
  sign: after(start, 4),
  file: after(start, 5),
  publish: after(start, 5),
})

export function narrativeFor(body: ExampleBody, year: number): Narrative {
  if (body.code === COPYING && year === 2024) {
    const { lastProblems } = narrativeOf(body, 2024)
    return { ...narrativeOf(body, 2023), lastProblems }
  }
  const narrative = narrativeOf(body, year)
  if (body.code === COPYING && year === 2025) return { ...narrative, lastProblems: answered(narrativeOf(body, 2023), narrativeOf(body, 2024)) }
  if (body.code !== 'sljd' || year !== 2025) return narrative
  // 第二个问题还没有写改进措施：校核时报错，留给使用者改
  return { ...narrative, problems: narrative.problems.map((one, i) => (i === 1 ? { ...one, measure: '' } : one)) }
}

// 2024 年报告所列的问题照抄了 2023 年的，2025 年交代的便是这些
const answered = (listed: Narrative, answers: Narrative): Narrative['lastProblems'] =>
  listed.problems.map(({ problem }) => answers.lastProblems.find((one) => one.problem === problem) ?? { problem, answer: '已按上年所列措施逐项整改' })

/** 对提醒的说明；没有预备说明的提醒使校核通不过，演示数据随之载入不成，不会悄悄带着提醒公布。 */
function explain(body: ExampleBody, { rule }: Finding): string | null {
  if (rule === 'AR-Y01' && body.code === COPYING) return '本年度工作内容与上年基本相同，已逐段核对属实，2025年度报告将按当年工作重写'
  return null
}

/** 民政局发现一件申请的申请人类型登记有误，先更正记录，再重新冻结、另起第二版。 */
async function correctOne(deps: Deps, bodies: readonly ExampleBody[], cases: readonly ToldCase[]): Promise<void> {
  const { code, year } = CORRECTED
  const body = bodies.find((one) => one.code === code)
  const wrong = cases.find(
    ({ body: its, state }) =>
      its.code === code &&
      state.applicantKind === 'N' &&
      state.status === 'archived' &&
      state.receivedOn?.startsWith(`${year}`) === true &&
      state.decision?.decidedOn.startsWith(`${year}`) === true,
  )
  if (body === undefined || wrong === undefined) throw new Error('演示数据里没有可以更正的申请')
  const reason = '复核案卷时发现申请人为社会公益组织，登记为自然人有误'
  const corrected = await correctApplication(atDay(deps, '2025-03-10'), body.staff.officer, {
    bodyId: body.bodyId,
    caseId: wrong.caseId,
    version: wrong.events.length,
    reason,
    values: { applicantKind: 'P' },
  })
  if (!corrected.ok) throw new Error(`更正走不通：${corrected.refusal}`)
  await carryReport(deps, {
    ...planOf(body, year),
    days: daysFrom('2025-03-11'),
    correction: { on: '2025-03-10', reason: '一件申请的申请人类型应为社会公益组织，原登记为自然人，相应更正表三的两列' },
  })
}
