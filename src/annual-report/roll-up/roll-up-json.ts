import { cellsOf, type CellCode, type Cells, type Edition } from '../../statute/report-form.ts'
import { summedSentence, toSummed } from './summed.ts'
import type { RollUp } from './roll-up.ts'

const inOrder = (form: Edition, cells: Cells): Record<CellCode, number | null> => Object.fromEntries(cellsOf(form).map((code) => [code, cells[code] ?? null]))

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
    cells: inOrder(form, sum.cells),
    unknown: sum.unknown.map(({ code, who }) => ({ cell: code, bodies: [...who] })),
    groups: sum.groups.map(({ key, label, parts, cells }) => ({ key, label, bodies: parts, cells: inOrder(form, cells) })),
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
      cells: inOrder(form, part.cells),
    })),
    missing: sum.absent.map(({ bodyCode, bodyName, kind, status, late, explanation }) => ({ code: bodyCode, name: bodyName, kind, status, late, explanation })),
    exempt: sum.exempt.map(({ bodyCode, bodyName, reason }) => ({ code: bodyCode, name: bodyName, reason })),
    merged: sum.merged.map(({ bodyName, words }) => ({ name: bodyName, words })),
  }
}
