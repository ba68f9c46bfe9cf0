import type { PlainDate } from '../statute/plain-date.ts'
import type { Application } from './application.ts'
import type { ApplicantKind } from './events.ts'

/** 年度报告从一件申请取用的全部；表三的每一格都由这四项数出。 */
export interface ReportFacts {
  receivedOn: PlainDate
  decidedOn: PlainDate | null
  /** 如 `R3.1`；尚未作出处理决定则 null */
  reportRow: string | null
  applicantKind: ApplicantKind
}

/** 在办、办过的一件：已收到、没有拆分、没有作废。重新答复而不计的也在其中：期限、提醒照走。 */
export const isLive = (a: Application): boolean => a.receivedOn !== null && a.status !== 'split' && a.status !== 'voided'

/** 重新答复而不计入年度报告的。 */
export const isUncountedRedo = (a: Application): boolean => a.redo?.counted === false

/** 尚未收到的（连同确认之前撤回的）不计；拆分了的按拆出的各件计，自身不计；作废的不计；重新答复的依登记时的设置：均为 null。 */
export function toReportFacts(a: Application): ReportFacts | null {
  if (a.receivedOn === null || !isLive(a) || isUncountedRedo(a)) return null
  return {
    receivedOn: a.receivedOn,
    decidedOn: a.decision?.decidedOn ?? null,
    reportRow: a.decision?.row ?? null,
    applicantKind: a.applicantKind,
  }
}

/** 一年的统计期：自一月一日至截止之日（不晚于十二月三十一日）。 */
export interface CountedPeriod {
  from: PlainDate
  to: PlainDate
}

export const countedPeriod = (year: number, asOf: PlainDate): CountedPeriod => {
  const last = `${year}-12-31`
  return { from: `${year}-01-01`, to: asOf < last ? asOf : last }
}

/**
 * 一件申请落在某年报告的哪些格，如 `R1.N`、`R1.T`、`R3.1.N`、`R3.7.N`。
 * 每件恰进一、二项之一与三、四项之一，所以一加二等于三加四。
 */
export function cellsOfRecord(facts: ReportFacts, year: number, asOf: PlainDate): string[] {
  const { from, to } = countedPeriod(year, asOf)
  if (facts.receivedOn > to || (facts.decidedOn !== null && facts.decidedOn < from)) return []
  const rows = [facts.receivedOn >= from ? 'R1' : 'R2']
  if (facts.decidedOn !== null && facts.decidedOn <= to && facts.reportRow !== null) rows.push(facts.reportRow, 'R3.7')
  else rows.push('R4')
  return rows.flatMap((row) => [`${row}.${facts.applicantKind}`, `${row}.T`])
}
