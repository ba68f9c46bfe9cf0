import { can, actorKey, type SignedInActor } from '../identity/index.ts'
import { getCalendar } from '../bodies/index.ts'
import { fontsInUse } from '../documents/index.ts'
import type { Deps } from '../platform/deps.ts'
import { reportDeadline } from '../statute/annual-deadlines.ts'
import { daysBetween } from '../statute/plain-date.ts'
import { inBeijing } from './beijing-time.ts'
import type { ReportPageModel } from './desk-report-page.tsx'
import { nextStep } from './next-step.ts'
import { checkOwnReport, warningKeys } from './own-checks.ts'
import type { LoadedReport } from './store.ts'

/** 报告页要的一切：一次载入，一次校核。 */
export async function toReportPage(
  deps: Deps,
  actor: SignedInActor,
  base: string,
  found: LoadedReport,
): Promise<Omit<ReportPageModel, 'flash'>> {
  const { bodyId, year, state } = found
  const { model, findings } = await checkOwnReport(deps.db, found, deps)
  const waived = new Set(state.waivers.map((one) => one.findingKey))
  const today = deps.clock.today()
  const drifted = findings.filter((one) => one.rule === 'K10').length
  const released = state.filedOn !== null && state.publishedOn !== null
  return {
    base,
    report: state,
    model,
    findings,
    drifted,
    deadline: await deadlineOf(deps, year, today, released),
    next: nextStep({
      report: state,
      base,
      errors: findings.filter((one) => one.severity === 'error').length,
      openWarnings: warningKeys(findings).filter((key) => !waived.has(key)).length,
      yearOver: today > `${year}-12-31`,
      drifted,
      can: (permit) => can(actor, permit, bodyId),
      isDrafter: state.drafter === actorKey(actor),
    }),
    frozenAt: found.frozenAt === null ? null : inBeijing(found.frozenAt),
    publicHref: state.publishedOn === null ? null : `/bodies/${model.bodyCode}/annual-reports/${year}`,
    faces: facesNote(),
  }
}

async function deadlineOf(deps: Deps, year: number, today: string, released: boolean) {
  const { dueOn, internalOn } = reportDeadline(year, await getCalendar(deps.db))
  const left = daysBetween(today, dueOn)
  return {
    dueOn,
    internalOn: internalOn ?? '待载入当年节假日安排',
    late: left < 0 && !released,
    note: released ? '已办结。' : left < 0 ? `已逾期 ${-left} 天。` : `还有 ${left} 天。`,
  }
}

/** 提供 PDF 的页面写明用了哪些字体。 */
export const facesNote = (): string =>
  `PDF 所用字体：${fontsInUse()
    .map(({ use, family }) => `${use} ${family}`)
    .join('，')}。`
