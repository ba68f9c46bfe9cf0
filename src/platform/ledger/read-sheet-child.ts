import { once } from 'node:events'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import { SHEET_LIMITS, UnreadableSheet } from './sheet.ts'
import type { SheetEvent } from './sheet.ts'

// 子进程：标准输入为文件内容，标准输出每行一个 JSON（SheetEvent 或 {refused}）。

const isZip = (bytes: Buffer): boolean => bytes.readUInt32BE(0) === 0x504b0304
const isOldOffice = (bytes: Buffer): boolean => bytes.readUInt32BE(0) === 0xd0cf11e0

function open(bytes: Buffer, sheet: string | null): AsyncGenerator<SheetEvent> {
  if (bytes.length < 4) throw new UnreadableSheet('文件是空的')
  if (isOldOffice(bytes)) throw new UnreadableSheet('这是旧版 .xls 或加了密码的文件，请另存为 .xlsx（不设密码）再交')
  if (bytes.toString('latin1', 0, 5) === '%PDF-') throw new UnreadableSheet('这是 PDF，读不成台账，请交 XLSX 或 CSV')
  return isZip(bytes) ? readXlsx(bytes, sheet) : readCsv(bytes)
}

function check(event: SheetEvent): void {
  if (event.kind !== 'rows') return
  for (const row of event.rows) {
    if (row.values.length > SHEET_LIMITS.columns && row.values.slice(SHEET_LIMITS.columns).some((v) => v !== ''))
      throw new UnreadableSheet(`第 ${row.line} 行超过 ${SHEET_LIMITS.columns} 列`)
    if (row.values.some((value) => value.length > SHEET_LIMITS.cellCharacters))
      throw new UnreadableSheet(`第 ${row.line} 行有一格超过 ${SHEET_LIMITS.cellCharacters} 字`)
  }
}

const keepUsed = (event: SheetEvent): SheetEvent =>
  event.kind !== 'rows'
    ? event
    : {
        kind: 'rows',
        rows: event.rows
          .filter((row) => row.values.some((value) => value !== '') || row.formulas.length > 0)
          .map((row) => ({ ...row, values: row.values.slice(0, SHEET_LIMITS.columns) })),
      }

async function say(message: unknown): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(message)}\n`)) await once(process.stdout, 'drain')
}

async function main(): Promise<void> {
  const sheet = process.argv[2] ? process.argv[2] : null
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  let rows = 0
  try {
    for await (const event of open(Buffer.concat(chunks), sheet)) {
      check(event)
      const used = keepUsed(event)
      if (used.kind === 'rows') rows += used.rows.length
      // 表头及其上的标题也占行
      if (rows > SHEET_LIMITS.rows + 10) throw new UnreadableSheet(`超过 ${SHEET_LIMITS.rows} 行，请拆成几份`)
      await say(used)
    }
  } catch (error) {
    if (!(error instanceof UnreadableSheet)) throw error
    await say({ refused: error.message })
  }
}

await main()
