import type { Finding } from '../../statute/finding.ts'
import { checkCells } from '../../statute/report-checks.ts'
import type { ReadReport } from '../reading/read-report.ts'
import { bodyLevelOf } from './body-level.ts'
import { oneYearOf } from './prose-rules.ts'
import type { CheckContext, Rule, Subject } from './rule.ts'
import { RULES, TABLE_RULES } from './rules.ts'
import { isText, viewOf } from './report-view.ts'

/**
 * 核查一份读出的报告。
 * @param previous 上一年度的报告，用于 K4、K5、K14、AR-Y01；没有则为 null
 * @param context 另行知道的层级、职权、曾用名；不给的由正文推断或不核
 * @returns 一处一条，按行号为序，不在某一行的在前
 */
export function checkReport(report: ReadReport, previous: ReadReport | null, context: CheckContext = {}): Finding[] {
  const subject: Subject = { ...viewOf(report), one: oneYearOf(report), previous, context }
  const rules = report.lines.some(isText) ? RULES : TABLE_RULES
  const findings = [...checkFigures(subject), ...rules.flatMap((rule) => apply(rule, subject))]
  return findings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

const MOST_PLACES = 300 // 一条规则至多列出几处

function apply(rule: Rule, subject: Subject): Finding[] {
  const places = rule.check(subject).slice(0, MOST_PLACES)
  return places.map((found) => ({ ...found, rule: rule.id, severity: found.severity ?? rule.severity }))
}

const EXPLAINED = /更正|勘误|口径调整|数据调整/

function checkFigures({ report, previous, context, one, whole }: Subject): Finding[] {
  const bodyLevel = context.bodyLevel ?? bodyLevelOf(report.body)
  const found = checkCells({
    ...one,
    year: report.year,
    previous: previous && { ...oneYearOf(previous), year: previous.year },
    explained: EXPLAINED.test(whole),
    ...(bodyLevel && { bodyLevel }),
    ...(context.powers && { powers: context.powers }),
  })
  const doubtful = new Set(report.notes.map((note) => note.code))
  return found.map((one) => {
    if (one.cell === null) return one
    const row = one.cell.slice(0, one.cell.lastIndexOf('.'))
    return { ...one, line: report.places[one.cell]?.line ?? null, ...(doubtful.has(row) && { maybeExtraction: true }) }
  })
}
