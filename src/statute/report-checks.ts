import type { Finding } from './finding.ts'
import { checkBetweenYears, type OtherYear } from './report-checks-carry-over.ts'
import { checkAgainstRecords, type RecordsToCheck } from './report-checks-records.ts'
import { checkPowers, type BodyLevel, type Powers } from './report-checks-powers.ts'
import { checkWithinYear } from './report-checks-sums.ts'
import type { CellCode, Cells, Edition } from './report-form.ts'

/**
 * 勾稽关系 K1–K16（国办公开办函〔2021〕30 号）：规则号、级别、内容。
 * K11、K12、K16 要看正文，在年度报告的核查器里；其余在此，输入数、输出错处，不读文件、不读库。
 */
export const IDENTITIES = {
  K1: { severity: 'error', title: '各列：本年新收＋上年结转＝办理结果总计＋结转下年度' },
  K2: { severity: 'error', title: '各列：（七）总计＝各办理结果之和' },
  K3: { severity: 'error', title: '各行：总计＝自然人与五类法人或其他组织之和' },
  K4: { severity: 'error', title: '本年「上年结转」＝上年「结转下年度」' },
  K5: { severity: 'warning', title: '现行有效件数＝上年现行有效＋本年制发－本年废止' },
  K6: { severity: 'error', title: '复议、诉讼各组：总计＝维持＋纠正＋其他＋尚未审结' },
  K7: { severity: 'error', title: '件数为非负整数，金额非负且至多 6 位小数' },
  K8: { severity: 'error', title: '空格、「-」「/」不等于 0，没有的填 0' },
  K9: { severity: 'error', title: '一件申请只计入一种办理结果' },
  K10: { severity: 'error', title: '报表各格＝台账重算之数' },
  K11: { severity: 'error', title: '正文数字＝表格数字' },
  K12: { severity: 'warning', title: '第六部分写明信息处理费收取情况，并与台账一致' },
  K13: { severity: 'warning', title: '应先复议的答复被直接起诉' },
  K14: { severity: 'warning', title: '上年尚未审结的案件在本年有去向' },
  K15: { severity: 'error', title: '区县机关无规章制定权；无职权的相应格为 0' },
  K16: { severity: 'warning', title: '预算年度＝报告年度，决算年度＝报告年度减一' },
} as const satisfies Record<string, { severity: Finding['severity']; title: string }>

export interface CheckInput extends RecordsToCheck {
  edition: Edition
  year: number | null
  cells: Cells
  /** 各格原文。给出而无某格的，该格在原文中没有（行宽不足、缺行），不按空格论 */
  raw?: Readonly<Record<CellCode, string>>
  /** 上一年度的报告；也可以是下一年度的，则核对本年结转到下年之数 */
  previous?: OtherYear | null
  /** 报告中有更正说明：K4 降为提醒 */
  explained?: boolean
  bodyLevel?: BodyLevel
  powers?: Powers
}

/** 核对一份报告的数。一处一条，按格式的次序；没有错处则为空。 */
export function checkCells(input: CheckInput): Finding[] {
  const findings: Finding[] = []
  checkWithinYear(input, findings)
  if (input.previous) checkBetweenYears(input, input.previous, findings)
  checkPowers(input, findings)
  checkAgainstRecords(input, findings)
  return findings
}
