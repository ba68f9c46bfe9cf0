import type { Finding } from '../../statute/finding.ts'
import { checkCells } from '../../statute/report-checks.ts'
import type { OtherYear } from '../../statute/report-checks-carry-over.ts'
import type { RollUp } from './roll-up.ts'

const NAMED = 5

/**
 * 全区的和是否勾稽相符；不符的，指出是哪几家自己就不符。
 * 各家都相符而和不符的不会有：等式两边都是相加。与上年衔接的除外，名单会变。
 * @param previous 上年区政府的报告；没有则不核衔接
 */
export function sumFindings(sum: RollUp, previous: OtherYear | null): Finding[] {
  const unknown = new Set(sum.unknown.map(({ code }) => code))
  const found = checkCells({ edition: sum.form, year: sum.year, cells: sum.cells, previous, explained: sum.absent.length > 0, bodyLevel: 'district' })
    // 算不出的格另有说明；含它的等式无从核对
    .filter(({ rule, cell }) => rule !== 'K8' && (cell === null || !unknown.has(cell)))
  if (found.length === 0) return []
  const own = sum.parts.map((part) => ({
    name: part.bodyName,
    keys: new Set(checkCells({ edition: sum.form, year: sum.year, cells: part.cells }).map(({ rule, cell }) => `${rule} ${cell}`)),
  }))
  return found.map((one) => {
    const whose = own.filter(({ keys }) => keys.has(`${one.rule} ${one.cell}`)).map(({ name }) => name)
    if (whose.length === 0) return one
    return { ...one, message: `${one.message}。自己就不符的有：${whose.slice(0, NAMED).join('、')}${whose.length > NAMED ? `等 ${whose.length} 家` : ''}`, mend: '退回这几家，改好记录再报' }
  })
}
