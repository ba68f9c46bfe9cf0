import { HEADINGS, type Cells, type Edition, type TableName } from '../../statute/report-form.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { entries, fillPieces, OTHERS, OVERVIEW, textOf, type Narrative, type Piece } from '../narrative/narrative.ts'
import type { FigureContext, Figures, Self } from '../tally/figures.ts'
import type { Summed } from '../roll-up/summed.ts'

/** 一份报告的全部内容：数字与带占位的文字。四种版本、网页与核查都由它而来。 */
export interface ReportModel {
  bodyCode: string
  bodyName: string
  /** 自称：机关为「本机关」，授权组织为「本单位」，区政府的汇总为「全区」 */
  self: Self
  year: number
  form: Edition
  /** 第几版 */
  edition: number
  /** 统计截止日 */
  asOf: PlainDate
  /** 成文日：签发之日；未签发的为统计截止日 */
  datedOn: PlainDate
  cells: Cells
  figures: Figures
  /** 汇总的报告由哪些加成；一个机关的没有 */
  summed?: Summed
  narrative: Narrative
  correctionReason: string | null
  demo: boolean
}

export type PartBlock =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string; pieces: readonly Piece[] }
  | { kind: 'form'; table: TableName }

export interface Part {
  heading: string
  blocks: PartBlock[]
}

export const titleOf = (model: { bodyName: string; year: number }): string =>
  `${model.bodyName}${model.year}年政府信息公开工作年度报告`

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** 占位都已换成数字的正文，按六部分排好。 */
export function toParts(model: ReportModel): { introduction: readonly PartBlock[]; parts: Part[] } {
  const context: FigureContext = model
  const { narrative } = model
  const paragraphs = (text: string): PartBlock[] =>
    text
      .split(/\n+/)
      .map((line) => fillPieces(line.trim(), context))
      .filter((pieces) => pieces.length > 0)
      .map((pieces) => ({ kind: 'paragraph', text: textOf(pieces), pieces }))
  const sub = (index: number, label: string): PartBlock => ({
    kind: 'heading',
    text: `（${NUMERALS[index] ?? index + 1}）${label}`,
  })
  const overview = entries(OVERVIEW).flatMap(([key, label], i) => [sub(i, label), ...paragraphs(narrative.overview[key])])
  const others = entries(OTHERS)
    .filter(([key]) => narrative.others[key].trim() !== '')
    .flatMap(([key, label], i) => [sub(i, label), ...paragraphs(narrative.others[key])])
  const form = (table: TableName): PartBlock => ({ kind: 'form', table })
  const blocks = [overview, [form('T2')], [form('T3')], [form('T4')], problemBlocks(model, paragraphs, sub), others]
  return {
    introduction: paragraphs(narrative.introduction),
    parts: HEADINGS.map((heading, i) => ({ heading, blocks: blocks[i] ?? [] })),
  }
}

function problemBlocks(
  { narrative }: ReportModel,
  paragraphs: (text: string) => PartBlock[],
  sub: (index: number, label: string) => PartBlock,
): PartBlock[] {
  const last = narrative.lastProblems.flatMap((one, i) =>
    paragraphs(`${i + 1}.${sentence(one.problem)}整改情况：${sentence(one.answer)}`),
  )
  const now = narrative.problems.flatMap((one, i) =>
    paragraphs(`${i + 1}.${sentence(one.problem)}改进措施：${sentence(one.measure)}`),
  )
  const groups: [string, PartBlock[]][] = [
    ['上年度问题的整改情况', last],
    ['本年度存在的主要问题及改进措施', now],
  ]
  return groups.filter(([, blocks]) => blocks.length > 0).flatMap(([label, blocks], i) => [sub(i, label), ...blocks])
}

const sentence = (text: string): string => {
  const trimmed = text.trim()
  return trimmed === '' || /[。！？；]$/.test(trimmed) ? trimmed : `${trimmed}。`
}
