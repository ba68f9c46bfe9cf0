import type { Tx } from '../db.ts'
import type { ImportCounts, LedgerColumn, LedgerContext, LedgerDefinition } from './definition.ts'
import { importLedger } from './import-ledger.ts'
import { previewLedger } from './preview-ledger.ts'
import type { LedgerPreview } from './preview-ledger.ts'
import type { ReadOptions } from './read-ledger.ts'

type Options = ReadOptions & { onProgress?: (done: number) => void }

/** 一种台账，行的类型收在里面，各种台账可以放在一张表里。 */
export interface Ledger {
  kind: string
  title: string
  columns: readonly LedgerColumn[]
  preview(file: Buffer, context: LedgerContext, options?: Options): Promise<LedgerPreview>
  import(tx: Tx, file: Buffer, context: LedgerContext, options?: Options): Promise<ImportCounts & { rows: number }>
}

export const openLedger = <T>(definition: LedgerDefinition<T>): Ledger => ({
  kind: definition.kind,
  title: definition.title,
  columns: definition.columns,
  preview: (file, context, options) => previewLedger(definition, file, context, options),
  import: (tx, file, context, options) => importLedger(tx, definition, file, context, options),
})
