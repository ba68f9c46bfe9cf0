import type { Finding } from '../../statute/finding.ts'
import { checkCells } from '../../statute/report-checks.ts'
import type { ReadReport } from '../reading/read-report.ts'
import { bodyLevelOf } from './body-level.ts'
import { oneYearOf } from './prose-rules.ts'
import type { CheckContext, Rule, Subject } from './rule.ts'
import { RULES, TABLE_RULES } from './rules.ts'
import { dense, isText, viewOf } from './report-view.ts'

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

// 说的是结转之数、上年报告的更正，不是更正别的
const EXPLAINED = /(?:结转|上年|数据|年度报告)[^。\n]{0,40}(?:更正|勘误|有误|口径)|(?:更正|勘误)[^。\n]{0,20}(?:结转|上年|数据|年度报告)|口径调整|数据调整/

function checkFigures(subject: Subject): Finding[] {
  const { report, previous, context, one, whole } = subject
  const other = otherBody(subject)
  const bodyLevel = context.bodyLevel ?? bodyLevelOf(report.body)
  const found = checkCells({
    ...one,
    year: report.year,
    previous: previous && { ...oneYearOf(previous), year: previous.year },
    explained: other.length > 0 || EXPLAINED.test(whole),
    ...(bodyLevel && { bodyLevel }),
    ...(context.powers && { powers: context.powers }),
  })
  const doubtful = new Set(report.notes.map((note) => note.code))
  const placed = found.map((one) => {
    if (one.cell === null) return one
    // 表 4 只有一行，说明记在全表
    const row = one.cell.startsWith('T4') ? 'T4' : one.cell.slice(0, one.cell.lastIndexOf('.'))
    return { ...one, line: report.places[one.cell]?.line ?? null, ...(doubtful.has(row) && { maybeExtraction: true }) }
  })
  return [...other, ...placed]
}

// 拿来对照的不是本机关的报告，结转之数对不上就不能算错
function otherBody({ report, previous, context }: Subject): Finding[] {
  const [own, theirs] = [dense(report.body ?? ''), dense(previous?.body ?? '')]
  const known = [own, ...(context.formerNames ?? []).map(dense)]
  if (own === '' || theirs === '' || known.some((name) => name.includes(theirs) || theirs.includes(name))) return []
  return [
    {
      rule: 'K4',
      severity: 'warning',
      cell: null,
      line: null,
      message: `供对照的是「${theirs}」的报告，本报告是「${own}」的；结转之数照样核对，不相符的作提醒`,
      expected: '本机关上一年度的报告',
      mend: '拿错了报告的，换一份；机关更名的，登记曾用名',
    },
  ]
}
