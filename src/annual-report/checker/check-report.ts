import type { Finding } from '../../statute/finding.ts'
import type { ReadReport } from '../reading/read-report.ts'

/** 核查一份读出的报告；previous 为上一年度的报告，用于 K4、K5、K14、AR-Y01。 */
export type CheckReport = (report: ReadReport, previous: ReadReport | null) => Finding[]
