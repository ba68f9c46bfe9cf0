import { CsvError, parse } from 'csv-parse'
import { decodeText } from './decode-text.ts'
import { toCellText } from './cell-text.ts'
import { SHEET_LIMITS, UnreadableSheet } from './sheet.ts'
import type { SheetEvent, SheetRow } from './sheet.ts'

const SEPARATORS = { ',': '逗号', ';': '分号', '\t': '制表符' } as const
type Separator = keyof typeof SEPARATORS

const BATCH = 500
const SLICE = 64 * 1024

/** 逐批读 CSV；行号是每条记录的首行在文件中的行号，引号内换行的也不错位。 */
export async function* readCsv(bytes: Buffer): AsyncGenerator<SheetEvent> {
  const { text, encoding } = decodeText(bytes)
  const separator = findSeparator(text)
  yield {
    kind: 'sheet',
    sheet: { format: 'csv', name: null, others: [], encoding, separator: SEPARATORS[separator] },
  }
  let batch: SheetRow[] = []
  const seen = { lines: 0 }
  try {
    for await (const { record, info } of parseText(text, separator, seen)) {
      // 读完一条时解析器停在它的末行
      const line = info.lines - record.reduce((sum, value) => sum + (value.match(/\r\n?|\n/g)?.length ?? 0), 0)
      batch.push({ line, values: record.map(toCellText), formulas: [] })
      if (batch.length < BATCH) continue
      yield { kind: 'rows', rows: batch }
      batch = []
    }
  } catch (error) {
    throw error instanceof CsvError ? new UnreadableSheet(wordCsvError(error, seen.lines + 1)) : error
  }
  if (batch.length > 0) yield { kind: 'rows', rows: batch }
  yield { kind: 'end', lines: seen.lines, filledFromMerged: 0 }
}

interface ParsedRecord {
  record: string[]
  info: { lines: number }
}

async function* parseText(text: string, separator: Separator, seen: { lines: number }): AsyncGenerator<ParsedRecord> {
  const parser = parse({
    delimiter: separator,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: SHEET_LIMITS.cellCharacters * 8,
    // 出错时流上还没取走的记录会丢，故在解析时记行号
    on_record: (record: string[], { lines }) => {
      seen.lines = lines
      return record
    },
  })
  const feed = async (): Promise<void> => {
    for (let at = 0; at < text.length; at += SLICE)
      if (!parser.write(text.slice(at, at + SLICE))) await new Promise((resolve) => parser.once('drain', resolve))
    parser.end()
  }
  feed().catch((error: unknown) => parser.destroy(error instanceof Error ? error : new Error(String(error))))
  for await (const parsed of parser) yield parsed as ParsedRecord
}

/** 引号外各分隔符在前十行里出现的次数，最多者胜；都没有则视为逗号（单列）。 */
export function findSeparator(text: string): Separator {
  const counts: Record<Separator, number> = { ',': 0, ';': 0, '\t': 0 }
  let quoted = false
  let lines = 0
  for (const char of text.slice(0, SLICE)) {
    if (char === '"') quoted = !quoted
    else if (quoted) continue
    else if (char === '\n' && ++lines === 10) break
    else if (char in counts) counts[char as Separator] += 1
  }
  const [best] = (Object.keys(counts) as Separator[]).toSorted((a, b) => counts[b] - counts[a])
  return best ?? ','
}

// 解析器报的是它停下的地方；出错的那条从上一条之后起
function wordCsvError(error: CsvError, line: number): string {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return `第 ${line} 行：有引号没有配对，直到文件末尾也没有收住`
  if (error.code === 'CSV_MAX_RECORD_SIZE') return `第 ${line} 行：一行过长，可能是引号没有配对`
  if (error.code === 'INVALID_OPENING_QUOTE' || error.code === 'CSV_INVALID_CLOSING_QUOTE')
    return `第 ${line} 行：引号用得不对，格内的引号须写成两个`
  return `第 ${line} 行：不是规范的 CSV（${error.code}）`
}
