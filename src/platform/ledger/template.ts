import { writeXlsx } from 'hucre/xlsx'
import type { LedgerColumn, LedgerDefinition } from './definition.ts'
import { toCsvLine } from './safe-cell.ts'

type Described = Pick<LedgerDefinition<unknown>, 'title' | 'columns'>

const headOf = (column: LedgerColumn): string => `${column.label}${column.required ? '*' : ''}`

/** 空白模板（XLSX）：第一张表为表头与一行示例，第二张为填写说明。示例行留着也不会被导入。 */
export const ledgerTemplateXlsx = async ({ title, columns }: Described): Promise<Buffer> =>
  Buffer.from(
    await writeXlsx({
      defaultFont: { name: '宋体', size: 11 },
      sheets: [
        {
          name: title.slice(0, 31),
          columns: columns.map((column) => ({ width: widthOf(column) })),
          rows: [columns.map(headOf), columns.map((column) => column.example)],
          cells: boldRow(0, columns.map(headOf)),
          freezePane: { rows: 1 },
        },
        {
          name: '填写说明',
          columns: [20, 8, 30, 50, 40].map((width) => ({ width })),
          rows: [NOTE_HEADS, ...columns.map(noteOf)],
          cells: boldRow(0, NOTE_HEADS),
          freezePane: { rows: 1 },
        },
      ],
    }),
  )

/** 空白模板（CSV，UTF-8 带字节序标记，电子表格软件打开不乱码）。 */
export const ledgerTemplateCsv = ({ columns }: Described): Buffer =>
  Buffer.from(`\ufeff${toCsvLine(columns.map(headOf))}${toCsvLine(columns.map((column) => column.example))}`)

const NOTE_HEADS = ['列名', '必填', '示例', '说明', '也认得的列名']

const noteOf = (column: LedgerColumn): string[] => [
  column.label,
  column.required ? '是' : '',
  column.example,
  column.note ?? '',
  column.aliases?.join('、') ?? '',
]

const boldRow = (row: number, values: readonly string[]) =>
  new Map(values.map((value, column) => [`${row},${column}`, { value, style: { font: { bold: true } } }]))

const widthOf = (column: LedgerColumn): number =>
  Math.min(60, Math.max(12, ...[headOf(column), column.example].map((text) => text.length * 2 + 2)))
