import { formatValue } from 'hucre'
import { readXlsx as readWorkbook } from 'hucre/xlsx'
import { LIMITS } from '../limits.ts'
import { damaged, Unredactable } from '../unredactable.ts'
import { openPackage, partText } from './open-package.ts'
import type { Block } from '../mark.ts'

/** 重造一份 XLSX 所要的：看得见的工作表，看得见的行列，格里显示的文字。 */
export interface PlainSheet {
  /** 表名也可遮盖 */
  name: Cell
  rows: readonly { row: number; cells: readonly (Cell & { column: number })[] }[]
  widths: readonly number[]
  merges: readonly string[]
}

export interface Cell {
  id: number
  text: string
  /** 常规格式的数照旧为数 */
  isNumber: boolean
}

export interface ReadXlsx {
  sheets: PlainSheet[]
  blocks: Block[]
  hidden: string[]
}

type Workbook = Awaited<ReturnType<typeof readWorkbook>>
type Sheet = Workbook['sheets'][number]

const MOST_SHEETS = 100
const MOST_COLUMNS = 1000

/** XLSX → 看得见的各格所显示的文字，与其外还带着什么。 */
export async function readXlsx(bytes: Uint8Array): Promise<ReadXlsx> {
  const parts = await openPackage(bytes, 'xl/workbook.xml', 'XLSX')
  for (const name of parts.keys()) if (/\.(?:xml|rels)$/i.test(name)) partText(parts, name)
  const workbook = await readWorkbook(Buffer.from(bytes), { readStyles: true }).catch(() => {
    throw damaged('XLSX 文件')
  })
  const shown = workbook.sheets.filter((sheet) => !sheet.hidden && !sheet.veryHidden)
  if (shown.length > MOST_SHEETS) throw new Unredactable('too-large', `工作表超过 ${MOST_SHEETS} 张，请拆成几份`)
  const blocks: Block[] = []
  let length = 0
  const add = (text: string, isNumber: boolean, place: string): Cell => {
    length += text.length
    blocks.push({ id: blocks.length, text, place })
    if (blocks.length > LIMITS.blocks || length > LIMITS.textLength) throw new Unredactable('too-large', `文件超过 ${LIMITS.blocks} 格或文字过多，请拆成几份`)
    return { id: blocks.length - 1, text, isNumber }
  }
  const sheets = shown.map((sheet, index) => toPlain(sheet, add(sheet.name, false, `第${index + 1}张工作表的名称`), add))
  return { sheets, blocks, hidden: hiddenIn(workbook, parts) }
}

function toPlain(sheet: Sheet, name: Cell, add: (text: string, isNumber: boolean, place: string) => Cell): PlainSheet {
  const columns = visibleColumns(sheet)
  const rows = sheet.rows.map((_, row) => row).filter((row) => !sheet.rowDefs?.get(row)?.hidden)
  const covered = coveredCells(sheet)
  const plain = rows.map((row, at) => ({
    row: at + 1,
    cells: columns.flatMap((column, place) => {
      const shown = covered.has(`${row},${column}`) ? null : shownText(sheet, row, column)
      return shown === null || shown.text === '' ? [] : [{ ...add(shown.text, shown.isNumber, `${sheet.name}!${reference(row, column)}`), column: place }]
    }),
  }))
  return { name, rows: plain.filter((row) => row.cells.length > 0), widths: columns.map((column) => Math.min(100, sheet.columns?.[column]?.width ?? 12)), merges: visibleMerges(sheet, rows, columns) }
}

function visibleColumns(sheet: Sheet): number[] {
  const width = Math.max(0, ...sheet.rows.map((row) => row.length))
  if (width > MOST_COLUMNS) throw new Unredactable('too-large', `工作表超过 ${MOST_COLUMNS} 列，请拆成几份`)
  return Array.from({ length: width }, (_, column) => column).filter((column) => !sheet.columns?.[column]?.hidden && sheet.columns?.[column]?.width !== 0)
}

// 合并格只显示左上一格，其余格里的值看不见
function coveredCells(sheet: Sheet): Set<string> {
  const covered = new Set<string>()
  for (const { startRow, startCol, endRow, endCol } of sheet.merges ?? [])
    for (let row = startRow; row <= Math.min(endRow, sheet.rows.length - 1); row++)
      for (let column = startCol; column <= Math.min(endCol, startCol + MOST_COLUMNS); column++) if (row !== startRow || column !== startCol) covered.add(`${row},${column}`)
  return covered
}

function shownText(sheet: Sheet, row: number, column: number): { text: string; isNumber: boolean } | null {
  const value = sheet.rows[row]?.[column]
  if (value === null || value === undefined) return null
  const format = sheet.cells?.get(`${row},${column}`)?.style?.numFmt ?? 'General'
  // 「;;;」之类的格式把值藏起来：显示什么就带什么
  if (format !== 'General' && typeof value !== 'string') return { text: oneLine(safeFormat(value, format)), isNumber: false }
  if (typeof value === 'number') return { text: String(value), isNumber: Number.isFinite(value) }
  if (value instanceof Date) return { text: value.toISOString().slice(0, 10), isNumber: false }
  if (typeof value === 'boolean') return { text: value ? 'TRUE' : 'FALSE', isNumber: false }
  return { text: /;;;/.test(format) ? '' : oneLine(value), isNumber: false }
}

function safeFormat(value: unknown, format: string): string {
  try {
    return formatValue(value, format)
  } catch {
    return String(value)
  }
}

const oneLine = (text: string): string => text.replaceAll('\r\n', '\n').replaceAll('\r', '\n')

export const reference = (row: number, column: number): string => {
  let letters = ''
  for (let at = column + 1; at > 0; at = Math.floor((at - 1) / 26)) letters = String.fromCharCode(65 + ((at - 1) % 26)) + letters
  return `${letters}${row + 1}`
}

function visibleMerges(sheet: Sheet, rows: readonly number[], columns: readonly number[]): string[] {
  return (sheet.merges ?? []).flatMap(({ startRow, startCol, endRow, endCol }) => {
    const [down, along] = [rows.flatMap((row, at) => (row >= startRow && row <= endRow ? [at] : [])), columns.flatMap((column, at) => (column >= startCol && column <= endCol ? [at] : []))]
    const [top, bottom, left, right] = [down[0], down.at(-1), along[0], along.at(-1)]
    if (top === undefined || bottom === undefined || left === undefined || right === undefined) return []
    return top === bottom && left === right ? [] : [`${reference(top, left)}:${reference(bottom, right)}`]
  })
}

function hiddenIn(workbook: Workbook, parts: ReadonlyMap<string, Uint8Array>): string[] {
  const names = [...parts.keys()]
  const shown = workbook.sheets.filter((sheet) => !sheet.hidden && !sheet.veryHidden)
  const sum = (count: (sheet: Sheet) => number) => shown.reduce((total, sheet) => total + count(sheet), 0)
  const cells = (test: (cell: NonNullable<ReturnType<NonNullable<Sheet['cells']>['get']>>) => boolean) => sum((sheet) => [...(sheet.cells?.values() ?? [])].filter(test).length)
  const files = (pattern: RegExp) => names.filter((name) => pattern.test(name)).length
  const told = (what: string, count: number, unit: string) => (count > 0 ? `${what} ${count} ${unit}` : '')
  return [
    told('隐藏的工作表', workbook.sheets.length - shown.length, '张'),
    told('隐藏的行', sum((sheet) => [...(sheet.rowDefs?.values() ?? [])].filter((row) => row.hidden).length), '行'),
    told('隐藏的列', sum((sheet) => (sheet.columns ?? []).filter((column) => column?.hidden).length), '列'),
    told('公式', cells((cell) => cell.formula !== undefined), '处'),
    told('批注', cells((cell) => cell.comment !== undefined) + sum((sheet) => sheet.threadedComments?.length ?? 0), '处'),
    told('名称定义', workbook.namedRanges?.length ?? 0, '个'),
    told('外部链接', files(/^xl\/externalLinks\/[^/]+\.xml$/), '个'),
    told('图片（不带入遮盖后的文件）', files(/^xl\/media\//), '幅'),
    told('图表（不带入遮盖后的文件）', files(/^xl\/charts\/chart\d*\.xml$/), '个'),
    told('数据透视缓存', files(/^xl\/pivotCache\/pivotCacheDefinition/), '份'),
    told('嵌入的文件', files(/^xl\/embeddings\//), '个'),
    told('自定义数据', files(/^customXml\/item\d+\.xml$/), '份'),
    names.some((name) => name.includes('vbaProject')) ? '宏' : '',
    names.some((name) => name.startsWith('docProps/')) ? '文件属性（作者、单位、时间等）' : '',
  ].filter((each) => each !== '')
}
