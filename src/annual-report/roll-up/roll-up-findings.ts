import type { Finding } from '../../statute/finding.ts'
import { labelOf } from '../../statute/report-form.ts'
import { textsOf } from '../narrative/narrative.ts'
import type { ReportModel } from '../editions/report-model.ts'
import type { RollUp } from './roll-up.ts'

const NAMED = 6
const some = (names: readonly string[], unit = '家'): string => `${names.slice(0, NAMED).join('、')}${names.length > NAMED ? `等 ${names.length} ${unit}` : ''}`
const at = (cell: string | null) => ({ cell, line: null })

/** 汇总的报告才有的校核：有没有少一家，哪些格算不出，冻结之后受理的情况变没变，考核评议追责写没写。 */
export const rollUpFindings = (sum: RollUp, model: ReportModel): Finding[] => [...absenceFindings(sum), ...unknownFindings(sum), ...changeFindings(sum, model), ...quotedFindings(sum, model), ...supervisionFindings(model)]

// 缺的再多也只是一件事：去逐家说明；说明过的并作一条信息
function absenceFindings({ absent, unexplained }: RollUp): Finding[] {
  const explained = absent.filter(({ explanation }) => explanation !== null)
  const names = (of: typeof absent): string => some(of.map(({ bodyName }) => bodyName))
  return [
    ...(unexplained.length === 0
      ? []
      : [
          {
            ...at(null),
            rule: 'MC-R01',
            severity: 'error' as const,
            message: `汇总里没有${names(unexplained)}：报告还没有受理，也没有人说明缘由`,
            expected: '应报的机关都在汇总里，缺的由有名有姓的人写明缘由',
            mend: '到「汇总」催报、受理，或者写明缘由；缘由相同的可以一并写明',
          },
        ]),
    ...(explained.length === 0 ? [] : [{ ...at(null), rule: 'MC-R01', severity: 'info' as const, message: `汇总里没有${names(explained)}，缘由都已写明，公布的报告会列出` }]),
  ]
}

// 空着同样几格的是同样几家，并作一条
const unknownFindings = ({ unknown, form }: RollUp): Finding[] =>
  [...Map.groupBy(unknown, ({ who }) => who.join())].map(([, cells]) => ({
    ...at(cells.length === 1 ? (cells[0]?.code ?? null) : null),
    rule: 'MC-R02',
    severity: 'error',
    message: `${some(cells.map(({ code }) => labelOf(code, form)), '格')} 算不出：${some(cells[0]?.who ?? [])}的报告里空着${cells.length === 1 ? '这一格' : '这些格'}`,
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

// 初稿摘了各家的原话；后来退回、没有加进来的，数里没有它，话还在
function quotedFindings({ absent }: RollUp, { narrative }: ReportModel): Finding[] {
  const text = textsOf(narrative).map((one) => one.text).join('\n')
  const quoted = absent.map(({ bodyName }) => bodyName).filter((name) => text.includes(name))
  if (quoted.length === 0) return []
  return [{ ...at(null), rule: 'MC-R05', severity: 'warning', message: `正文写到${some(quoted)}，汇总里却没有`, expected: '正文所摘的话与表里的数来自同样的报告', mend: '删去、改写这几处；确要写的，说明理由' }]
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
