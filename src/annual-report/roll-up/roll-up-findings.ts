import type { Tx } from '../../platform/db.ts'
import type { Finding } from '../../statute/finding.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { labelOf } from '../../statute/report-form.ts'
import type { ReportModel } from '../report-model.ts'
import { loadRollUp } from './load-roll-up.ts'
import type { RollUp } from './roll-up.ts'

const NAMED = 6
const some = (names: readonly string[]): string => `${names.slice(0, NAMED).join('、')}${names.length > NAMED ? `等 ${names.length} 家` : ''}`
const at = (cell: string | null) => ({ cell, line: null })

/** 汇总的报告才有的校核：有没有少一家，哪些格算不出，冻结之后受理的情况变没变，考核评议追责写没写。 */
export async function rollUpFindings(tx: Tx, year: number, today: PlainDate, model: ReportModel): Promise<Finding[]> {
  const { sum } = await loadRollUp(tx, year, today)
  return [...absenceFindings(sum), ...unknownFindings(sum), ...changeFindings(sum, model), ...supervisionFindings(model)]
}

const absenceFindings = ({ absent, unexplained }: RollUp): Finding[] => [
  ...unexplained.map(
    ({ bodyName }): Finding => ({
      ...at(null),
      rule: 'MC-R01',
      severity: 'error',
      message: `汇总里没有${bodyName}：报告还没有受理，也没有人说明缘由`,
      expected: '应报的机关都在汇总里，缺的由有名有姓的人写明缘由',
      mend: '到「汇总」催报、受理，或者写明缘由',
    }),
  ),
  ...absent.flatMap(({ bodyName, explanation }): Finding[] =>
    explanation === null ? [] : [{ ...at(null), rule: 'MC-R01', severity: 'info', message: `汇总里没有${bodyName}：${explanation.reason}（${explanation.person}，${explanation.on}）` }],
  ),
]

const unknownFindings = ({ unknown, form }: RollUp): Finding[] =>
  unknown.map(({ code, who }) => ({
    ...at(code),
    rule: 'MC-R02',
    severity: 'error',
    message: `${labelOf(code, form)} 算不出：${some(who)}的报告里空着这一格`,
    expected: '每家都有数，没有的填 0；空格不能当作 0 相加',
    mend: '退回这几家，补填后再报',
  }))

// 各格相同的，K10 看不出换了一份
function changeFindings(sum: RollUp, { summed }: ReportModel): Finding[] {
  if (summed === undefined) return []
  const key = ({ bodyId, round }: { bodyId: string; round: number }) => `${bodyId} ${round}`
  const [frozen, live] = [new Set(summed.parts.map(key)), new Set(sum.parts.map(key))]
  const changed = [...sum.parts.filter((one) => !frozen.has(key(one))), ...summed.parts.filter((one) => !live.has(key(one)))].map(({ bodyName }) => bodyName)
  if (changed.length === 0) return []
  return [
    {
      ...at(null),
      rule: 'MC-R03',
      severity: 'error',
      message: `冻结之后，${some([...new Set(changed)])}的受理情况有变`,
      expected: '公布的数与受理的各份相加一致',
      mend: '重新冻结，再核对正文',
    },
  ]
}

const WORDS = [
  ['考核', '工作考核'],
  ['评议', '社会评议'],
  ['责任', '责任追究'],
] as const

// 条例第五十条：各级人民政府的报告还应当写明考核、评议、追责的结果；没有的也写明没有
function supervisionFindings({ narrative }: ReportModel): Finding[] {
  const text = narrative.overview.supervision
  if (text.trim() === '') return []
  return WORDS.filter(([word]) => !text.includes(word)).map(([, label]) => ({
    ...at(null),
    rule: 'MC-R04',
    severity: 'error',
    message: `「监督保障情况」没有写${label}的结果`,
    expected: '各级人民政府的报告还应当写明工作考核、社会评议和责任追究结果（条例第五十条）',
    mend: `补写${label}的结果；没有开展、没有发生的，也照实写明`,
  }))
}
