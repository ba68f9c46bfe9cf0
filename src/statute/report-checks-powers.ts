import type { Finding } from './finding.ts'
import { valueOf, type OneYear } from './report-checks-sums.ts'
import { labelOf } from './report-form.ts'

/** 机关的层级；区县机关及其部门不得制定规章（〔待核：立法法条号〕）。 */
export type BodyLevel = 'district' | 'city' | 'province' | 'state'

/** 机关有无该项职权；没有写明的不核。 */
export interface Powers {
  license?: boolean
  penalty?: boolean
  coercion?: boolean
  fee?: boolean
}

const POWER_CELLS = [
  ['license', 'T2.license.decisions', '行政许可'],
  ['penalty', 'T2.penalty.decisions', '行政处罚'],
  ['coercion', 'T2.coercion.decisions', '行政强制'],
  ['fee', 'T2.fee.amountWan', '行政事业性收费'],
] as const

/** K15：区县机关的规章各格为 0（错误）；没有相应职权的格为 0（提醒）。 */
export function checkPowers(input: OneYear & { bodyLevel?: BodyLevel; powers?: Powers }, findings: Finding[]): void {
  if (input.bodyLevel === 'district') checkRegulations(input, findings)
  for (const [power, code, name] of POWER_CELLS) {
    if (input.powers?.[power] !== false || !(valueOf(input, code) > 0)) continue
    findings.push({
      rule: 'K15',
      severity: 'warning',
      cell: code,
      line: null,
      message: `${labelOf(code, input.edition)} 为 ${valueOf(input, code)}，本机关没有${name}职权`,
      expected: '0',
      mend: `核对权责清单；确有${name}职权的，在机构信息中登记`,
    })
  }
}

function checkRegulations(input: OneYear, findings: Finding[]): void {
  const columns = input.edition === '2021' ? ['made', 'repealed', 'valid'] : ['made', 'published', 'total']
  for (const column of columns) {
    const code = `T2.reg.${column}`
    const value = valueOf(input, code)
    if (!(value > 0)) continue
    findings.push({
      rule: 'K15',
      severity: 'error',
      cell: code,
      line: null,
      message: `${labelOf(code, input.edition)} 为 ${value}，区县机关没有规章制定权`,
      expected: '0',
      mend: '本机关制发的是行政规范性文件的，改计入「行政规范性文件」一行',
    })
  }
}
