import { readXlsx } from 'hucre/xlsx'
import { expandGrid, type GridCell } from './expand-grid.ts'
import { toSourceLine } from './from-text.ts'
import { LIMITS } from './limits.ts'
import { UnreadableReport } from './unreadable.ts'
import type { SourceLine } from './source-line.ts'

type Sheet = Awaited<ReturnType<typeof readXlsx>>['sheets'][number]

const REFERENCE = /^（见工作表「(.+)」）$/
const MOST_ROWS = 5000
const MOST_COLUMNS = 100

/** XLSX → 行：只有一列的工作表为正文，其余为表；正文中「（见工作表「…」）」处换成该表。压缩包须先查过。 */
export async function fromXlsx(file: Buffer): Promise<SourceLine[]> {
  const sheets = await open(file)
  const used = new Set<string>()
  const lines: SourceLine[] = []
  const add = (sheet: Sheet): void => {
    used.add(sheet.name)
    for (const line of isText(sheet) ? textLines(sheet) : expandGrid(toGrid(sheet), 1)) {
      const named = sheets.find((each) => each.name === REFERENCE.exec(line.text)?.[1])
      if (named && !used.has(named.name)) add(named)
      else lines.push({ ...line, number: lines.length + 1 })
    }
  }
  for (const sheet of sheets) if (!used.has(sheet.name)) add(sheet)
  if (lines.length > LIMITS.lines) throw new UnreadableReport('too-large', `文件超过 ${LIMITS.lines} 行，不像一份年度报告`)
  return lines
}

async function open(file: Buffer): Promise<Sheet[]> {
  try {
    return (await readXlsx(file, { maxRows: MOST_ROWS })).sheets.slice(0, 50)
  } catch {
    throw new UnreadableReport('damaged', 'XLSX 文件已损坏，请用 Excel 或 WPS 打开后另存一份')
  }
}

const isText = (sheet: Sheet): boolean => sheet.rows.every((row) => row.slice(1).every((value) => value === null || value === ''))

const textLines = (sheet: Sheet): SourceLine[] =>
  sheet.rows.flatMap((row) => String(row[0] ?? '').split('\n')).map((text, index) => toSourceLine(text, index + 1))

function toGrid(sheet: Sheet): GridCell[][] {
  const width = Math.min(MOST_COLUMNS, Math.max(0, ...sheet.rows.map((row) => row.length)))
  const merges = new Map((sheet.merges ?? []).map((merge) => [`${merge.startRow},${merge.startCol}`, merge]))
  const covered = new Set<string>()
  return sheet.rows.map((row, r) => {
    const cells: GridCell[] = []
    for (let c = 0; c < width; c++) {
      if (covered.has(`${r},${c}`)) continue
      const merge = merges.get(`${r},${c}`)
      const rowspan = Math.min((merge?.endRow ?? r) - r + 1, sheet.rows.length - r)
      const colspan = Math.min((merge?.endCol ?? c) - c + 1, width - c)
      for (let y = r; y < r + rowspan; y++) for (let x = c; x < c + colspan; x++) covered.add(`${y},${x}`)
      cells.push({ text: String(row[c] ?? ''), colspan, rowspan })
    }
    return cells
  })
}
