import type { Finding } from '../../statute/finding.ts'
import type { BodyLevel, Powers } from '../../statute/report-checks-powers.ts'
import type { OneYear } from '../../statute/report-checks-sums.ts'
import type { ReadReport } from '../reading/read-report.ts'
import type { ReportView } from './report-view.ts'

/** 核查一份报告时另行知道的事；不知道的不填，有关规则不核或由正文推断。 */
export interface CheckContext {
  bodyLevel?: BodyLevel
  powers?: Powers
  /** 登记在册的曾用名，正文用到时不作机关名称不一致论 */
  formerNames?: readonly string[]
}

/** 一条规则所看的一切。 */
export interface Subject extends ReportView {
  previous: ReadReport | null
  /** 报表的各格 */
  one: OneYear
  context: CheckContext
}

/** 规则所见的一处；规则号与级别由规则表补上。 */
export type Place = Omit<Finding, 'rule' | 'severity'> & { severity?: Finding['severity'] }

export interface Rule {
  id: string
  severity: Finding['severity']
  title: string
  /** 依据 */
  basis: string
  check: (subject: Subject) => Place[]
}

export const place = (line: number | null, message: string, rest: Partial<Place> = {}): Place =>
  Object.assign({ cell: null, line, message }, rest)
