import type { Finding } from './finding.ts'
import type { CheckInput } from './report-checks.ts'
import { valueOf, type OneYear } from './report-checks-sums.ts'
import { labelOf, T3_COLUMNS, T4_GROUPS } from './report-form.ts'

export interface OtherYear extends OneYear {
  year: number | null
}

/**
 * K4、K5、K14：相邻两年之间。other 为上一年度的，核对本年承接之数；为下一年度的，核对本年结转之数。
 * 年度未知的按上一年度论；两年不相邻的不核，只说明。
 */
export function checkBetweenYears(input: CheckInput, other: OtherYear, findings: Finding[]): void {
  const gap = input.year === null || other.year === null ? -1 : other.year - input.year
  if (gap === 1) return checkCarryOver({ earlier: input, later: other, at: 'earlier' }, input, findings)
  if (gap === -1) return checkCarryOver({ earlier: other, later: input, at: 'later' }, input, findings)
  findings.push({
    rule: 'K4',
    severity: 'warning',
    cell: null,
    line: null,
    message: `供对照的是 ${other.year} 年度报告，与 ${input.year} 年度不相邻，没有核对结转`,
    expected: `${input.year! - 1} 年度报告`,
    mend: '换用上一年度的报告再核对',
  })
}

interface Pair {
  earlier: OneYear
  later: OneYear
  /** 错处记在哪一年的格上 */
  at: 'earlier' | 'later'
}

function checkCarryOver(pair: Pair, { explained }: CheckInput, findings: Finding[]): void {
  for (const { key, label } of T3_COLUMNS) {
    const [left, carried] = [valueOf(pair.earlier, `R4.${key}`), valueOf(pair.later, `R2.${key}`)]
    if (left === carried || Number.isNaN(left - carried)) continue
    const later = pair.at === 'later'
    findings.push({
      rule: 'K4',
      severity: explained ? 'warning' : 'error',
      cell: later ? `R2.${key}` : `R4.${key}`,
      line: null,
      message: later
        ? `「${label}」列：上年结转 为 ${carried}，上年报告「结转下年度继续办理」为 ${left}`
        : `「${label}」列：结转下年度继续办理 为 ${left}，下年报告「上年结转」为 ${carried}`,
      expected: later ? `${left}` : `${carried}`,
      mend: '两年的结转数应当相等；上年有误的，更正上年报告并说明',
    })
  }
  checkValid(pair, findings)
  checkPending(pair, findings)
}

// 2019 版的「对外公开总数量」不是现行有效件数，只在两年都用 2021 版时核对
function checkValid({ earlier, later, at }: Pair, findings: Finding[]): void {
  if (earlier.edition !== '2021' || later.edition !== '2021') return
  for (const kind of ['reg', 'norm'] as const) {
    const [before, made, repealed, valid] = [
      valueOf(earlier, `T2.${kind}.valid`),
      valueOf(later, `T2.${kind}.made`),
      valueOf(later, `T2.${kind}.repealed`),
      valueOf(later, `T2.${kind}.valid`),
    ]
    const due = before + made - repealed
    if (due === valid || Number.isNaN(due - valid)) continue
    const code = `T2.${kind}.valid`
    findings.push({
      rule: 'K5',
      severity: 'warning',
      cell: code,
      line: null,
      message:
        `${labelOf(code)}${at === 'earlier' ? '（下年报告）' : ''} 为 ${valid}，` +
        `上年有效 ${before}＋制发 ${made}－废止 ${repealed}＝${due}`,
      expected: `${due}`,
      mend: '按文件清单核对；因机构划转、清理或口径变化而不等的，附说明',
    })
  }
}

// 上年未审结的，本年或有结果、或仍未审结，都在本年总计之内
function checkPending({ earlier, later, at }: Pair, findings: Finding[]): void {
  for (const { key, label } of T4_GROUPS) {
    const [pending, total] = [valueOf(earlier, `T4.${key}.pending`), valueOf(later, `T4.${key}.total`)]
    if (pending <= total || Number.isNaN(pending - total)) continue
    findings.push({
      rule: 'K14',
      severity: 'warning',
      cell: at === 'later' ? `T4.${key}.total` : `T4.${key}.pending`,
      line: null,
      message:
        at === 'later'
          ? `「${label}」本年总计 ${total}，少于上年尚未审结的 ${pending}，有 ${pending - total} 件没有去向`
          : `「${label}」本年尚未审结 ${pending}，多于下年总计 ${total}，有 ${pending - total} 件没有去向`,
      expected: '上年尚未审结的案件，本年计入其结果或仍计尚未审结',
      mend: '在复议诉讼台账中补登这些案件的结果',
    })
  }
}
