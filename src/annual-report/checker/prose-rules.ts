import type { OneYear } from '../../statute/report-checks-sums.ts'
import type { ReadReport } from '../reading/read-report.ts'
import { caseStatements, noCaseStatements, speaksOfCases } from './case-statements.ts'
import { itemSums, publishedTotals } from './item-sums.ts'
import { RECEIVED, tableValue } from './quantities.ts'
import { place, type Place, type Subject } from './rule.ts'
import { headingLine, inSection, type Paragraph } from './report-view.ts'
import { applicationStatements, noApplicationStatements, speaksOfApplications, toSentences, type Statement } from './statements.ts'

/** 报表一侧：各格，及空着的格的原文。 */
export function oneYearOf({ edition, cells, places }: ReadReport): OneYear {
  const raw: Record<string, string> = {}
  for (const code in cells) if (cells[code] === null && places[code] !== undefined) raw[code] = places[code].raw
  return { edition, cells, raw }
}

/** K11：正文数字与表格数字不符，一处一条；表中没有而正文自相矛盾的，同样一处一条。 */
export function proseAgainstTables(subject: Subject): Place[] {
  const { report, one } = subject
  const paragraphs = inSection(subject, 0, 1, 2, 3, 4, 6)
  const statements = paragraphs.flatMap((paragraph) => statementsOf(paragraph, report.year, one))
  return [
    ...statements.flatMap((each) => againstTable(each, one)),
    ...contradictions(statements, one),
    ...paragraphs.flatMap((paragraph) => itemSums(paragraph).flatMap(wrongSum)),
    ...differingTotals(paragraphs.flatMap((paragraph) => publishedTotals(paragraph))),
    ...unstated(subject, statements, one),
  ]
}

// 先问整段说没说到，没说到的不逐句看
function statementsOf(paragraph: Paragraph, year: number | null, one: OneYear): Statement[] {
  const [asks, sues] = [speaksOfApplications(paragraph.text), speaksOfCases(paragraph.text)]
  if (!asks && !sues) return []
  const applying = paragraph.section === 3 || (paragraph.section <= 1 && /申请/.test(paragraph.element ?? ''))
  const concerned = applying || paragraph.section === 4
  return toSentences(paragraph).flatMap((sentence) => [
    ...(asks ? applicationStatements(sentence, applying, year, one) : []),
    ...(asks ? noApplicationStatements(sentence, year) : []),
    ...(sues ? caseStatements(sentence, concerned, year) : []),
    ...(sues ? noCaseStatements(sentence, concerned) : []),
  ])
}

function againstTable({ quantity, or, value, line, quote }: Statement, one: OneYear): Place[] {
  const expected = tableValue(quantity, one)
  if (expected === null || value === expected || or.some((each) => tableValue(each, one) === value)) return []
  return [
    place(line, `正文「${quote}」，${quantity.label}为 ${expected}`, {
      cell: quantity.cells[0]!,
      expected: `${expected}`,
      mend: '核对台账，改正正文或表格，使两处一致',
    }),
  ]
}

// 表中没有此数的，以正文首次所说为准对照
function contradictions(statements: readonly Statement[], one: OneYear): Place[] {
  const first = new Map<string, Statement>()
  return statements.flatMap((each) => {
    const before = first.get(each.quantity.id)
    if (!before) first.set(each.quantity.id, each)
    if (!before || before.value === each.value || tableValue(each.quantity, one) !== null) return []
    return [
      place(each.line, `正文「${each.quote}」，第 ${before.line} 行说的是 ${before.value}`, {
        cell: each.quantity.cells[0]!,
        mend: '同一个数前后应当一致',
      }),
    ]
  })
}

// 各项之和不足总数而又不像列全了的，可能只举了几项，作提醒
const wrongSum = ({ total, sum, line, quote, parts, exhaustive, byChannel }: ReturnType<typeof itemSums>[number]): Place[] =>
  total === sum
    ? []
    : [
        place(line, `正文「${quote}」，其中各项之和为 ${parts.join('＋')}＝${sum}`, {
          severity: (sum > total || exhaustive) && !byChannel ? 'error' : 'warning',
          expected: `${sum}`,
          mend: '核对主动公开台账，使总数等于各项之和',
        }),
      ]

function differingTotals(totals: readonly { value: number; line: number; quote: string }[]): Place[] {
  const first = totals[0]
  return totals.slice(1).flatMap(({ value, line, quote }) =>
    value === first!.value
      ? []
      : [
          place(line, `正文「${quote}」，第 ${first!.line} 行说的是 ${first!.value} 条`, {
            expected: `${first!.value}`,
            mend: '同一个数前后应当一致',
          }),
        ],
  )
}

function unstated(subject: Subject, statements: readonly Statement[], one: OneYear): Place[] {
  const received = tableValue(RECEIVED, one)
  const line = headingLine(subject, 1)
  if (line === null || received === null || received === 0) return []
  if (statements.some(({ quantity }) => quantity.id.startsWith('received'))) return []
  return [
    place(line, `正文没有载明收到政府信息公开申请的件数（${RECEIVED.label}为 ${received}）`, {
      severity: 'info',
      mend: '在依申请公开情况中写明收到与办理的件数',
    }),
  ]
}
