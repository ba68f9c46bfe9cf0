import {
  checkOwnReport,
  correctReport,
  fileReport,
  findingKey,
  freezeReport,
  getReport,
  openReport,
  passCheck,
  publishReport,
  reviewReport,
  saveNarrative,
  signReport,
  waiveWarning,
} from '../src/annual-report/testing.ts'
import type { Narrative } from '../src/annual-report/testing.ts'
import type { Deps } from '../src/platform/deps.ts'
import type { Finding } from '../src/statute/finding.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'
import { atDay } from './clock.ts'
import type { Staff } from './staff.ts'

export interface ReportPlan {
  bodyId: string
  year: number
  staff: Staff
  narrative: Narrative
  /** 各步在哪一日办 */
  days: { freeze: PlainDate; draft: PlainDate; check: PlainDate; review: PlainDate; sign: PlainDate; file: PlainDate; publish: PlainDate }
  /** 办到哪一步为止；不写则公布 */
  until?: 'drafted' | 'checked' | 'reviewed' | 'signed' | 'filed'
  /** 报送之后被退回的，记录已改好，从重新冻结办起；`reply` 为对退回的答复 */
  again?: { reply: string }
  /** 已公布的，以此为由更正，另起一版 */
  correction?: { on: PlainDate; reason: string }
  /** 对一条提醒的说明；没有说明的提醒使校核不能通过 */
  explain?: (finding: Finding) => string | null
}

/** 把一份报告由立项办到公布（或某一步），每一步由该岗位的人在那一日做；任何一步被拒即抛错。 */
export async function carryReport(deps: Deps, plan: ReportPlan): Promise<void> {
  const { bodyId, year, staff, days, until } = plan
  const key = { bodyId, year }
  const must = async (step: string, done: Promise<{ ok: boolean; refusal?: string }>): Promise<void> => {
    const result = await done
    if (!result.ok) throw new Error(`演示报告 ${bodyId} ${year} 年${step}被拒：${result.refusal}\n${await explainRefusal(deps, plan)}`)
  }
  if (plan.again === undefined && plan.correction === undefined) await must('立项', openReport(atDay(deps, days.freeze, '09:00'), staff.officer, key))
  if (plan.correction !== undefined) await must('更正', correctReport(atDay(deps, plan.correction.on), staff.head, { ...key, reason: plan.correction.reason }))
  await must('冻结', freezeReport(atDay(deps, days.freeze, '09:30'), staff.officer, key))
  await must('起草', saveNarrative(atDay(deps, days.draft, '15:00'), staff.officer, { ...key, narrative: plan.narrative }))
  if (until === 'drafted') return
  if (plan.explain) await explainWarnings(deps, plan, plan.explain)
  await must('校核', passCheck(atDay(deps, days.check, '10:30'), staff.head, key))
  if (until === 'checked') return
  const opinion = '经审查，不含国家秘密、商业秘密、个人隐私，可以公开。'
  await must('保密审查', reviewReport(atDay(deps, days.review, '11:00'), staff.secrecy, { ...key, passed: true, opinion }))
  if (until === 'reviewed') return
  await must('签发', signReport(atDay(deps, days.sign, '16:00'), staff.leader, key))
  if (until === 'signed') return
  await must('报送', fileReport(atDay(deps, days.file, '09:20'), staff.officer, { ...key, reply: plan.again?.reply ?? '' }))
  if (until === 'filed') return
  await must('公布', publishReport(atDay(deps, days.publish, '14:00'), staff.publisher, key))
}

async function explainWarnings(deps: Deps, { bodyId, year, staff, days }: ReportPlan, explain: (finding: Finding) => string | null): Promise<void> {
  const today = atDay(deps, days.check)
  const { findings } = await checkOwnReport(deps.db, await getReport(deps.db, bodyId, year), today)
  for (const finding of findings.filter((one) => one.severity === 'warning')) {
    const reason = explain(finding)
    if (reason !== null) await waiveWarning(today, staff.head, { bodyId, year, findingKey: findingKey(finding), reason })
  }
}

async function explainRefusal(deps: Deps, { bodyId, year, days }: ReportPlan): Promise<string> {
  const { findings } = await checkOwnReport(deps.db, await getReport(deps.db, bodyId, year), atDay(deps, days.check))
  return findings
    .filter((one) => one.severity !== 'info')
    .map((one) => `${one.rule} ${one.cell ?? ''} ${one.message}`)
    .join('\n')
}
