import { cellsInOrder } from '../editions/report-json.ts'
import { summedSentence, toSummed } from './summed.ts'
import type { RollUp } from './roll-up.ts'

/** 汇总的机读样子：各格的写法与单份报告的 JSON 相同；缺的、免的、并入的都列着。 */
export function toRollUpJson(sum: RollUp) {
  const { year, form } = sum
  return {
    schema: 'mingchuang/roll-up/1' as const,
    year,
    form,
    due: sum.due,
    accepted: sum.accepted,
    statement: summedSentence(toSummed(sum, [])),
    cells: cellsInOrder(form, sum.cells),
    unknown: sum.unknown.map(({ code, who }) => ({ cell: code, bodies: [...who] })),
    groups: sum.groups.map(({ key, label, parts, cells }) => ({ key, label, bodies: parts, cells: cellsInOrder(form, cells) })),
    bodies: sum.parts.map((part) => ({
      code: part.bodyCode,
      name: part.bodyName,
      kind: part.kind,
      group: part.group,
      source: part.source,
      round: part.round,
      acceptedOn: part.acceptedOn,
      late: part.late,
      form: part.form,
      notConverted: [...part.missing],
      withoutPlace: [...part.lost],
      cells: cellsInOrder(form, part.cells),
    })),
    missing: sum.absent.map(({ bodyCode, bodyName, kind, status, late, explanation }) => ({ code: bodyCode, name: bodyName, kind, status, late, explanation })),
    exempt: sum.exempt.map(({ bodyCode, bodyName, reason }) => ({ code: bodyCode, name: bodyName, reason })),
    merged: sum.merged.map(({ bodyName, words }) => ({ name: bodyName, words })),
  }
}
