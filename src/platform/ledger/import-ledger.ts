import type { Tx } from '../db.ts'
import type { ImportCounts, LedgerContext, LedgerDefinition, LedgerRow } from './definition.ts'
import { startAccount } from './preview-ledger.ts'
import { readLedger } from './read-ledger.ts'
import type { ReadOptions } from './read-ledger.ts'
import { UnreadableSheet } from './sheet.ts'

/** 导入时发现有问题的行；须退回事务，一行也不留。 */
export class LedgerRefused extends Error {
  override name = 'LedgerRefused'
}

const BATCH = 1000

/**
 * 在调用者的事务里把整份台账写入，分批，内存不随行数增长。有一行不行即抛 LedgerRefused，事务退回。
 * 同一份再导一次，没有变化的行计入 `unchanged`。
 */
export async function importLedger<T>(
  tx: Tx,
  definition: LedgerDefinition<T>,
  file: Buffer,
  context: LedgerContext,
  options: ReadOptions & { onProgress?: (done: number) => void } = {},
): Promise<ImportCounts & { rows: number }> {
  const account = startAccount(definition)
  const total = { created: 0, changed: 0, unchanged: 0, rows: 0 }
  let batch: LedgerRow<T>[] = []
  const write = async (): Promise<void> => {
    const counts = await definition.importRows(tx, context, batch)
    total.created += counts.created
    total.changed += counts.changed
    total.unchanged += counts.unchanged
    total.rows += batch.length
    batch = []
    options.onProgress?.(total.rows)
  }
  for await (const event of readLedger(definition, file, options)) {
    if (event.kind === 'mapped' && event.mapping.missing.length > 0)
      throw new UnreadableSheet(`缺少必有的列：${event.mapping.missing.map((c) => c.label).join('、')}`)
    if (event.kind !== 'lines') continue
    for (const line of event.lines) {
      const parsed = account.judge(line, context)
      if (!parsed.ok) throw new LedgerRefused(`第 ${line.line} 行：${parsed.problems[0]?.message ?? '不能导入'}`)
      batch.push({ key: parsed.key, value: parsed.value, line: line.line })
      if (batch.length >= BATCH) await write()
    }
  }
  if (batch.length > 0) await write()
  return total
}
