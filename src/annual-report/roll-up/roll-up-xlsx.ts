import { toLargeXlsx, type Block, type Document, type TableCell } from '../../documents/index.ts'
import { formCells } from '../../statute/report-form.ts'
import { formFrame, formTable } from '../../statute/report-table.ts'
import { FILING_STATUSES } from '../collection/filing.ts'
import { MEASURES, measureOf } from './measures.ts'
import { GROUPS, groupOf, type RollUp } from './roll-up.ts'
import { summedSentence, toSummed } from './summed.ts'

const text = (value: number | null | undefined): string => (value === null || value === undefined ? '' : String(value))
const head = (...labels: string[]): TableCell[] => labels.map((label) => ({ text: label, head: true, align: 'center' }))
const left = (words: string): TableCell => ({ text: words, align: 'left' })
const right = (value: number | null | undefined): TableCell => ({ text: text(value), align: 'right' })

/** 汇总写成 XLSX：说明、三张表各一张、小计、缺报与不报的、各机关一家一行。几百家的格数以万计，故在子进程里写。同样的汇总得到逐字节相同的文件。 */
export const rollUpXlsx = (sum: RollUp, { title, creator, demo }: { title: string; creator: string; demo: boolean }): Promise<Buffer> =>
  toLargeXlsx(toDocument(sum, { title, creator, demo }))

function toDocument(sum: RollUp, { title, creator, demo }: { title: string; creator: string; demo: boolean }): Document {
  const tables: Block[] = (['T2', 'T3', 'T4'] as const).map((table) => ({
    kind: 'table',
    table: { ...formFrame(sum.form, table), landscape: true, rows: formTable(sum.form, table, (code) => ({ text: text(sum.cells[code]) })) },
  }))
  return {
    title,
    blocks: [
      { kind: 'paragraph', spans: [summedSentence(toSummed(sum, []))] },
      ...sum.unknown.map(({ code, who }): Block => ({ kind: 'paragraph', spans: [`${code} 算不出：${who.join('、')}空着这一格。`] })),
      ...tables,
      groupBlock(sum),
      standingBlock(sum),
      ...(sum.parts.length === 0 ? [] : [bodiesBlock(sum)]),
    ],
    creator,
    datedOn: `${sum.year}-12-31`,
    demo,
  }
}

const groupBlock = (sum: RollUp): Block => ({
  kind: 'table',
  table: {
    caption: '小计',
    widths: [40, ...sum.groups.map(() => 15), 15],
    headRows: 1,
    rows: [
      head('项目', ...sum.groups.map(({ label, parts }) => `${label}（${parts} 家）`), '全区'),
      ...MEASURES.filter(({ cells }) => cells.every((code) => code in sum.cells)).map((measure) => [
        left(`${measure.label}（${measure.unit}）`),
        ...sum.groups.map(({ cells }) => right(measureOf(measure, cells))),
        right(measureOf(measure, sum.cells)),
      ]),
    ],
  },
})

// 名单里的每一家：加进来的、缺的、免的、并入的
const standingBlock = (sum: RollUp): Block => ({
  kind: 'table',
  table: {
    caption: '名单与缺报',
    widths: [30, 12, 16, 42],
    headRows: 1,
    rows: [
      head('机关', '类别', '办到', '说明'),
      ...sum.parts.map((part) => [left(part.bodyName), left(GROUPS[part.group].label), left(part.round === 0 ? '本级台账' : '已受理'), left([part.acceptedOn ?? '', part.late ? '迟报' : ''].filter(Boolean).join('，'))]),
      ...sum.absent.map((one) => [left(one.bodyName), left(GROUPS[groupOf(one.kind)].label), left(`缺：${FILING_STATUSES[one.status]}`), left(one.explanation === null ? '没有人说明' : `${one.explanation.reason}（${one.explanation.person}，${one.explanation.on}）`)]),
      ...sum.exempt.map((one) => [left(one.bodyName), left(''), left('免报'), left(one.reason)]),
      ...sum.merged.map((one) => [left(one.bodyName), left(''), left('不报'), left(one.words)]),
    ],
  },
})

// 一家一行、一格一列：几百家各占一张表的，写得慢，也没法放在一起排序、筛选
function bodiesBlock({ form, parts }: RollUp): Block {
  const columns = formCells(form)
  return {
    kind: 'table',
    table: {
      caption: '各机关',
      widths: [24, ...columns.map(() => 8)],
      headRows: 2,
      landscape: true,
      rows: [
        head('格', ...columns.map(({ code }) => code)),
        head('机关', ...columns.map(({ label }) => label)),
        ...parts.map(({ bodyName, cells }) => [left(bodyName), ...columns.map(({ code }) => right(cells[code]))]),
      ],
    },
  }
}
