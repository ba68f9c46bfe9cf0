import { streamXlsxRows } from 'hucre/xlsx'
import { guardZip, UnsafeZip } from '../zip-guard.ts'
import { toCellText } from './cell-text.ts'
import { scanWorkbook } from './scan-workbook.ts'
import type { SheetScan } from './scan-workbook.ts'
import { SHEET_LIMITS, UnreadableSheet } from './sheet.ts'
import type { SheetEvent, SheetRow } from './sheet.ts'

// 十万行十二列的台账解开约 57 MB；流式读取，内存不随之增长
const ZIP_LIMITS = { entries: 1000, unpackedBytes: 256 * 1024 * 1024, ratio: 100 } as const
const BATCH = 500
const ERROR_VALUE = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/

/**
 * 逐批读 XLSX 的一张工作表，缺省为第一张未隐藏的。公式取其存下的结果，没有结果的列号记在 `formulas`；
 * 竖向合并的格按首格的值填下去。读不了则抛 UnreadableSheet。
 */
export async function* readXlsx(bytes: Buffer, sheetName: string | null): AsyncGenerator<SheetEvent> {
  const scan = scanWorkbook()
  await guard(bytes, scan.see)
  const sheets = scan.finish()
  const chosen = sheetName === null ? sheets.find((s) => !s.hidden) : sheets.find((s) => s.name === sheetName)
  if (!chosen) throw new UnreadableSheet(sheetName === null ? '文件里没有工作表' : `文件里没有名为「${sheetName}」的工作表`)
  const others = sheets.filter((s) => s !== chosen).map((s) => s.name)
  yield { kind: 'sheet', sheet: { format: 'xlsx', name: chosen.name, others, encoding: null, separator: null } }

  const fill = fillMerged(chosen)
  let batch: SheetRow[] = []
  let lines = 0
  let filled = 0
  for await (const row of rowsOf(bytes, chosen.index)) {
    lines = row.index + 1
    const values = row.values.map(toCellText)
    filled += fill(row.index, values)
    const formulas = values.flatMap((value, column) =>
      ERROR_VALUE.test(value) || chosen.uncomputed.has(`${row.index},${column}`) ? [column] : [],
    )
    batch.push({ line: lines, values, formulas })
    if (batch.length < BATCH) continue
    yield { kind: 'rows', rows: batch }
    batch = []
  }
  if (batch.length > 0) yield { kind: 'rows', rows: batch }
  yield { kind: 'end', lines, filledFromMerged: filled }
}

async function guard(bytes: Buffer, see: (name: string, chunk: Buffer) => void): Promise<void> {
  try {
    await guardZip(bytes, ZIP_LIMITS, see)
  } catch (error) {
    throw error instanceof UnsafeZip ? new UnreadableSheet(error.message) : error
  }
}

async function* rowsOf(bytes: Buffer, sheet: number) {
  try {
    yield* streamXlsxRows(bytes, { sheet })
  } catch (error) {
    throw error instanceof UnreadableSheet ? error : new UnreadableSheet('工作簿内部结构有误，请用 WPS 或 Excel 打开后另存为 .xlsx')
  }
}

// 合并格只有左上一格有值；逐行走过时记住它，填给下面的各行
function fillMerged(sheet: SheetScan): (row: number, values: string[]) => number {
  const tops = new Map<string, string>()
  return (row, values) => {
    let filled = 0
    for (const merge of sheet.merges.get(row) ?? []) {
      const key = `${merge.top},${merge.column}`
      if (row === merge.top) tops.set(key, values[merge.column] ?? '')
      else if ((values[merge.column] ?? '') === '' && tops.get(key)) {
        while (values.length <= merge.column && values.length < SHEET_LIMITS.columns) values.push('')
        values[merge.column] = tops.get(key) ?? ''
        filled += 1
      }
    }
    return filled
  }
}
