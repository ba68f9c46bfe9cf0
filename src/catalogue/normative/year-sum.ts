import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { countPeriod } from '../../statute/count-period.ts'
import { countMeasures } from '../table2.ts'
import type { DocumentKind } from './normative-document.ts'

/** 一年的账：上年末有效 + 本年制发 − 本年废止 = 现行有效（报告表二，勾稽关系 K5）。 */
export interface YearSum {
  kind: DocumentKind
  year: number
  before: number
  made: number
  repealed: number
  valid: number
  /** 数到哪一日 */
  to: PlainDate
}

/** 数到 `today` 为止；与报告表二是同一个数法。 */
export async function sumOfYear(tx: Tx, bodyId: string, { kind, year, today }: { kind: DocumentKind; year: number; today: PlainDate }): Promise<YearSum> {
  const now = await countMeasures(tx, { bodyId, year, asOf: today })
  const last = await countMeasures(tx, { bodyId, year: year - 1, asOf: today })
  return { kind, year, before: last[kind].valid, ...now[kind], to: countPeriod(year, today).to }
}
