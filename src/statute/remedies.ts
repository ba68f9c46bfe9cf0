import { termOfDays, termOfMonths } from './calendar.ts'
import type { Calendar, NaturalTerm } from './calendar.ts'
import type { Finding } from './finding.ts'
import type { PlainDate } from './plain-date.ts'

/** 救济告知：复议前置、复议或诉讼、不附（程序性文书）。 */
export type Remedy = 'PRE_REVIEW' | 'EITHER' | 'NONE'

/** 2023 年修订的行政复议法施行之日：不予公开须先复议（第二十三条第一款第四项）。 */
export const PRE_REVIEW_SINCE: PlainDate = '2024-01-01'

/** 依作出之日有效的法律，该告知哪种救济（过渡规则〔待核〕）。 */
export const remedyOn = (remedy: Remedy, decidedOn: PlainDate): Remedy =>
  remedy === 'PRE_REVIEW' && decidedOn < PRE_REVIEW_SINCE ? 'EITHER' : remedy

/** 救济告知的文字；程序性文书为空。`act` 为不服的是什么，如「本决定」。 */
export function remedyText(
  remedy: Remedy,
  { reviewAuthority, court, act = '本答复' }: { reviewAuthority: string; court: string; act?: string | undefined },
): string {
  switch (remedy) {
    case 'PRE_REVIEW':
      return `如不服${act}，应当自收到之日起60日内先向${reviewAuthority}申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向${court}提起行政诉讼。`
    case 'EITHER':
      return `如不服${act}，可以自收到之日起60日内向${reviewAuthority}申请行政复议，或者自收到之日起6个月内向${court}提起行政诉讼。`
    case 'NONE':
      return ''
  }
}

/** 救济期限，自申请人收到之日起算；前置的、不附的没有直接起诉的期限。 */
export interface RemedyDeadlines {
  /** 申请复议，六十日（行政复议法第二十条） */
  review: NaturalTerm | null
  /** 直接起诉，六个月（行政诉讼法第四十六条） */
  suit: NaturalTerm | null
}

export function remedyDeadlines(remedy: Remedy, servedOn: PlainDate, calendar: Calendar): RemedyDeadlines {
  return {
    review: remedy === 'NONE' ? null : termOfDays(servedOn, 60, calendar),
    suit: remedy === 'EITHER' ? termOfMonths(servedOn, 6, calendar) : null,
  }
}

/** 不服复议决定起诉，十五日（行政诉讼法第四十五条）。 */
export const suitAfterReview = (decisionReceivedOn: PlainDate, calendar: Calendar): NaturalTerm =>
  termOfDays(decisionReceivedOn, 15, calendar)

/** 核对文书或模板里的救济文字：`LT-08` 旧的复议机关写法，`LT-03` 与应附的救济不符。 */
export function checkRemedyText(text: string, expected: { remedy: Remedy; decidedOn: PlainDate }): Finding[] {
  const findings: Finding[] = []
  const plain = text.replace(/\s+/g, '')
  const found = (rule: string, message: string, mend: string): void =>
    void findings.push({ rule, severity: 'error', cell: null, line: null, message, mend })
  const remedy = remedyOn(expected.remedy, expected.decidedOn)
  if (expected.decidedOn >= PRE_REVIEW_SINCE && /上一?级(行政|业务)?(主管)?(部门|机关)[^。；]{0,20}申请(行政)?复议/.test(plain)) {
    found('LT-08', '2024 年起不再向上级主管部门申请行政复议', '写明本级人民政府为行政复议机关（行政复议法第二十四条）')
  }
  const direct = /(6|六)个月内[^。；]{0,30}(提起)?(行政)?诉讼/.test(plain)
  if (remedy === 'PRE_REVIEW' && direct) found('LT-03', '复议前置的答复写了六个月内直接起诉', '改为先申请行政复议')
  if (remedy === 'NONE' && /申请(行政)?复议|提起(行政)?诉讼/.test(plain)) {
    found('LT-06', '程序性文书附了救济告知', '删去救济告知')
  }
  if (remedy !== 'NONE' && !/申请(行政)?复议/.test(plain)) found('LT-03', '没有告知申请行政复议', '附上救济告知')
  return findings
}
