import { valueOf } from '../../statute/report-checks-sums.ts'
import { place, type Place, type Subject } from './rule.ts'
import { headingLine, inSection, lineAt, type Paragraph } from './report-view.ts'

const FEE = /信息处理费|收费|处理费|收取[^。；，]{0,12}费/
const AMOUNT = /处理费[^。；\d]{0,16}?(\d+(?:\.\d+)?)(万?元)/
const NOTHING = /(?:件数|金额|总额|数额|费用|处理费)[^。；，]{0,16}为(?:0|零)|未[^。；，]{0,12}收取[^。；，]{0,12}费|(?:未|没有|无|不)[^。；，]{0,12}(?:处理费|收费|收取)|(?:处理费|收费)[^。；，]{0,8}(?:为零|均?未|没有|无|不)/

/** 第六部分所说的信息处理费，元；没有说数额为 null。 */
export function statedFee(paragraphs: readonly Paragraph[]): { yuan: number; line: number } | null {
  for (const paragraph of paragraphs) {
    const found = AMOUNT.exec(paragraph.text)
    if (found)
      return {
        yuan: Math.round(Number(found[1]) * (found[2] === '万元' ? 1_000_000 : 100)) / 100,
        line: lineAt(paragraph, found.index),
      }
  }
  return null
}

/** 说了没有收信息处理费。 */
export const saysNoFee = (paragraphs: readonly Paragraph[]): boolean => paragraphs.some(({ text }) => NOTHING.test(text))

/** K12：第六部分须写明信息处理费：收取的写金额，未收的写明未收取；与表一致。 */
export function feeStated(subject: Subject): Place[] {
  const line = headingLine(subject, 6)
  if (line === null) return []
  const paragraphs = inSection(subject, 6)
  const { one } = subject
  const unpaid = valueOf(one, 'R3.6.2.T')
  const fee = statedFee(paragraphs)
  if (!paragraphs.some(({ text }) => FEE.test(text)))
    return [
      place(line, '第六部分没有写信息处理费的收取情况', {
        expected: unpaid > 0 ? '写明收取的金额与件数' : '写明未收取信息处理费',
        mend: '补写信息处理费收取情况',
      }),
    ]
  if (unpaid > 0 && fee === null)
    return [
      place(line, `表 3（六）2.逾期未缴费为 ${unpaid} 件，第六部分没有写信息处理费的金额`, {
        cell: 'R3.6.2.T',
        expected: '写明收取的金额与件数',
        mend: '按收费台账补写',
      }),
    ]
  if (fee !== null && fee.yuan > 0) return feeInTable2(fee, valueOf(one, 'T2.fee.amountWan'))
  if (fee === null && !saysNoFee(paragraphs))
    return [
      place(line, '第六部分提到信息处理费而没有写明金额', {
        expected: '收取的写金额与件数，未收取的写明未收取',
        mend: '补写金额，或写明未收取',
      }),
    ]
  return []
}

// 信息处理费属行政事业性收费；是否计入第（八）项〔口径待核〕，故只提醒
const feeInTable2 = (fee: { yuan: number; line: number }, amountWan: number): Place[] =>
  amountWan === 0
    ? [
        place(fee.line, `收取信息处理费 ${fee.yuan} 元，表 2 行政事业性收费为 0`, {
          cell: 'T2.fee.amountWan',
          mend: '信息处理费属行政事业性收费，核对是否应计入',
        }),
      ]
    : []

const FILE = /《[^《》]{0,60}?(20\d\d)年度?([^《》]{0,60})》/g

/** K16：正文提到的预算、决算文件，年度应为报告年度与其上一年。 */
export function budgetYears(subject: Subject): Place[] {
  const { year } = subject.report
  if (year === null || !/预算|决算/.test(subject.whole)) return []
  return subject.paragraphs.flatMap((paragraph) =>
    !paragraph.text.includes('《') ? [] : [...paragraph.text.matchAll(FILE)].flatMap((found) => {
      const [budget, account] = [/预算/.test(found[2]!), /决算/.test(found[2]!)]
      if (budget === account) return []
      const expected = budget ? year : year - 1
      if (Number(found[1]) === expected) return []
      return [
        place(lineAt(paragraph, found.index), `${found[0]}是 ${found[1]} 年度的${budget ? '预算' : '决算'}`, {
          expected: `${expected} 年度`,
          mend: `${year} 年公开的应是 ${year} 年度预算、${year - 1} 年度决算；核对文件标题`,
        }),
      ]
    }),
  )
}
