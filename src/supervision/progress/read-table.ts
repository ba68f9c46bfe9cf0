import { Buffer } from 'node:buffer'
import { UnreadableSheet } from '../../platform/ledger/index.ts'
import type { LedgerColumn } from '../../platform/ledger/index.ts'
import { readLedger } from '../../platform/ledger/read-ledger.ts'

/** 一张可以导入的表：列，与一行怎样读。 */
export interface TableSpec<T> {
  title: string
  columns: readonly LedgerColumn[]
  /** 值已去首尾空白，没有的列为空串；不合格的各栏一句 */
  read: (values: Readonly<Record<string, string>>) => { ok: true; row: T } | { ok: false; errors: Readonly<Record<string, string>> }
  /** 认出同一行的键 */
  keyOf: (row: T) => string
  most: number
}

export interface TableFault {
  line: number
  message: string
}

const MOST_FAULTS = 100

/** 读一张表（XLSX、CSV）：有一行不合格即都不要，逐行说明错在哪里。 */
export async function readTable<T>(spec: TableSpec<T>, bytes: Uint8Array): Promise<{ ok: true; rows: T[] } | { ok: false; faults: readonly TableFault[] }> {
  const [rows, faults, lines]: [T[], TableFault[], Map<string, number>] = [[], [], new Map()]
  const fail = (line: number, message: string): void => {
    if (faults.length < MOST_FAULTS) faults.push({ line, message })
  }
  try {
    for await (const event of readLedger(spec, Buffer.from(bytes))) {
      if (event.kind === 'mapped' && event.mapping.missing.length > 0) return { ok: false, faults: [{ line: event.headLine, message: `缺少这些列：${event.mapping.missing.map(({ label }) => label).join('、')}` }] }
      if (event.kind !== 'lines') continue
      for (const { line, values } of event.lines) {
        const read = spec.read(values)
        if (!read.ok) {
          fail(line, Object.entries(read.errors).map(([key, message]) => `${spec.columns.find((column) => column.key === key)?.label ?? ''}：${message}`).join('；'))
          continue
        }
        const before = lines.get(spec.keyOf(read.row))
        if (before !== undefined) fail(line, `与第 ${before} 行重复`)
        else {
          lines.set(spec.keyOf(read.row), line)
          rows.push(read.row)
        }
      }
      if (rows.length > spec.most) return { ok: false, faults: [{ line: 0, message: `一次至多导入 ${spec.most} 行` }] }
    }
  } catch (error) {
    if (error instanceof UnreadableSheet) return { ok: false, faults: [{ line: 0, message: error.message }] }
    throw error
  }
  if (rows.length === 0 && faults.length === 0) return { ok: false, faults: [{ line: 0, message: '没有一行内容' }] }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, rows }
}
