import { z } from 'zod'
import { cellsOf, type CellCode, type Cells, type Edition } from '../../statute/report-form.ts'
import { titleOf, toParts, type PartBlock, type ReportModel } from './report-model.ts'

/** 公开的 JSON 格式，见 `/schemas/annual-report.json`；核查所与上级汇总都读它。 */
export const reportJson = z.object({
  schema: z.literal('mingchuang/annual-report/1'),
  title: z.string().max(300),
  body: z.object({ code: z.string().max(64), name: z.string().max(200) }),
  year: z.int().min(2008).max(2100),
  form: z.enum(['2019', '2021']),
  edition: z.int().min(1),
  asOf: z.iso.date(),
  datedOn: z.iso.date(),
  demo: z.boolean(),
  cells: z.record(z.string().max(40), z.number().nullable()),
  introduction: z.array(z.string().max(20_000)).max(50),
  parts: z
    .array(
      z.object({
        heading: z.string().max(100),
        blocks: z
          .array(
            z.discriminatedUnion('kind', [
              z.object({ kind: z.literal('heading'), text: z.string().max(200) }),
              z.object({ kind: z.literal('paragraph'), text: z.string().max(20_000) }),
              z.object({ kind: z.literal('form'), table: z.enum(['T2', 'T3', 'T4']) }),
            ]),
          )
          .max(500),
      }),
    )
    .max(20),
  // 由别处的文件转来的，不知道有几条
  items: z
    .object({
      total: z.int().min(0),
      byKind: z.array(z.object({ label: z.string().max(60), count: z.int().min(0) })).max(60),
    })
    .nullable(),
  correctionReason: z.string().max(2000).nullable(),
})

export type ReportJson = z.infer<typeof reportJson>

/** 各格按格式表的次序，没有的为 null：字节才稳定。 */
export const cellsInOrder = (form: Edition, cells: Cells): Record<CellCode, number | null> => Object.fromEntries(cellsOf(form).map((code) => [code, cells[code] ?? null]))

export function toReportJson(model: ReportModel): ReportJson {
  const { introduction, parts } = toParts(model)
  return {
    schema: 'mingchuang/annual-report/1',
    title: titleOf(model),
    body: { code: model.bodyCode, name: model.bodyName },
    year: model.year,
    form: model.form,
    edition: model.edition,
    asOf: model.asOf,
    datedOn: model.datedOn,
    demo: model.demo,
    cells: cellsInOrder(model.form, model.cells),
    introduction: introduction.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : [])),
    parts: parts.map(({ heading, blocks }) => ({ heading, blocks: blocks.map(withoutPieces) })),
    items: { total: model.figures.items.total, byKind: [...model.figures.items.byKind] },
    correctionReason: model.correctionReason,
  }
}

const withoutPieces = (block: PartBlock) => (block.kind === 'paragraph' ? { kind: block.kind, text: block.text } : block)

/** JSON Schema，由同一份定义而来。 */
export const reportJsonSchema = (): unknown => z.toJSONSchema(reportJson)
