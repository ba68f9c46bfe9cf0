import { can, actorKey, listDisplayNames, type SignedInActor } from '../../identity/index.ts'
import { getCalendar } from '../../bodies/index.ts'
import { fontsInUse } from '../../documents/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { governmentReportDeadline, reportDeadline } from '../../statute/annual-deadlines.ts'
import { daysBetween } from '../../statute/plain-date.ts'
import { inBeijing } from '../beijing-time.ts'
import type { ReportPageModel } from './desk-report-page.tsx'
import { findFiling } from '../collection/filing-store.ts'
import { findReturned } from '../collection/load-filing.ts'
import { nextStep } from './next-step.ts'
import { findPrevious } from '../own-check/previous.ts'
import { sentBackOf, toReportHistory } from './report-history.ts'
import { checkOwnReport, warningKeys } from '../own-check/own-checks.ts'
import type { LoadedReport } from '../store.ts'

const CHANGES: ReadonlySet<string> = new Set(['correction-opened', 'drafted', 'frozen'])

/** 报告页要的一切：一次载入，一次校核。 */
export async function toReportPage(
  deps: Deps,
  actor: SignedInActor,
  base: string,
  found: LoadedReport,
): Promise<Omit<ReportPageModel, 'flash'>> {
  const { bodyId, year, state } = found
  const { model, findings } = await checkOwnReport(deps.db, found, deps)
  const isRollUp = model.summed !== undefined
  const waived = new Set(state.waivers.map((one) => one.findingKey))
  const today = deps.clock.today()
  const drifted = findings.filter((one) => one.rule === 'K10').length
  const people = await listDisplayNames(deps.db, found.history.map(({ actor: by }) => by))
  const sentBack = sentBackOf(found.history, people)
  const filing = (await findFiling(deps.db, bodyId, year))?.state ?? null
  return {
    base,
    report: state,
    model,
    findings,
    drifted,
    history: toReportHistory(found.history, people),
    sentBack,
    deadline: await deadlineOf(deps, found, isRollUp),
    next: nextStep({
      report: state,
      base,
      errors: findings.filter((one) => one.severity === 'error').length,
      openWarnings: warningKeys(findings).filter((key) => !waived.has(key)).length,
      yearOver: today > `${year}-12-31`,
      drifted,
      can: (permit) => can(actor, permit, bodyId),
      isDrafter: state.drafter === actorKey(actor),
      returned: filing?.status === 'returned',
      sentBack: sentBack !== null,
      uncorrected: found.history.findLast(({ event }) => CHANGES.has(event.kind))?.event.kind === 'correction-opened',
      isRollUp,
    }),
    filing: filing === null ? null : { status: filing.status, href: `/desk/filings/${model.bodyCode}/${year}` },
    canRaise: bodyId === actor.bodyId && can(actor, 'safeguard.handle', bodyId),
    returned: await findReturned(deps.db, bodyId, year, { cells: model.cells, base }, today),
    carried: (await findPrevious(deps.db, bodyId, year - 1))?.explanation ?? [],
    frozenAt: found.frozenAt === null ? null : inBeijing(found.frozenAt),
    publicHref: state.publishedOn === null ? null : `/bodies/${model.bodyCode}/annual-reports/${year}`,
    faces: facesNote(),
  }
}

// 法定期限说的是第一版；更正没有法定期限，不因另起一版又算逾期
async function deadlineOf(deps: Deps, { year, history }: LoadedReport, isRollUp: boolean) {
  const calendar = await getCalendar(deps.db)
  const { dueOn, internalOn } = isRollUp ? governmentReportDeadline(year, calendar) : reportDeadline(year, calendar)
  const firstOn = (kind: 'filed' | 'published') => history.find(({ event }) => event.kind === kind)?.event.on ?? null
  const [filedOn, publishedOn] = [firstOn('filed'), firstOn('published')]
  const done = filedOn !== null && publishedOn !== null ? [filedOn, publishedOn].toSorted().at(-1) : undefined
  const left = daysBetween(done ?? deps.clock.today(), dueOn)
  return {
    dueOn,
    internalOn: internalOn ?? '待载入当年节假日安排',
    late: left < 0 && done === undefined,
    note: done === undefined ? waitingNote(left) : `${done} 办齐${left < 0 ? `，迟 ${-left} 天` : ''}。`,
  }
}

const waitingNote = (left: number): string => (left < 0 ? `已逾期 ${-left} 天。` : `还有 ${left} 天。`)

/** 提供 PDF 的页面写明用了哪些字体。 */
export const facesNote = (): string =>
  `PDF 所用字体：${fontsInUse()
    .map(({ use, family }) => `${use} ${family}`)
    .join('，')}。`
