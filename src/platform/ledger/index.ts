export type {
  ImportCounts,
  LedgerColumn,
  LedgerContext,
  LedgerDefinition,
  LedgerRow,
  ParsedRow,
  RowProblem,
} from './definition.ts'
export { readCount, readDay, readList, readWan, readYear, readYesNo } from './cell-values.ts'
export { importLedger, LedgerRefused } from './import-ledger.ts'
export { countChanges, eventsOfLine } from './import-rows.ts'
export type { ChosenColumns, MappedColumn, Mapping } from './map-columns.ts'
export { openLedger } from './open-ledger.ts'
export type { Ledger } from './open-ledger.ts'
export { isImportable, MOST_FAULTS, previewLedger } from './preview-ledger.ts'
export type { LedgerPreview, LineFault } from './preview-ledger.ts'
export { rowReader } from './row-reader.ts'
export type { RowReader } from './row-reader.ts'
export { safeCell, toCsvLine } from './safe-cell.ts'
export { SHEET_LIMITS, UnreadableSheet } from './sheet.ts'
export { ledgerTemplateCsv, ledgerTemplateXlsx } from './template.ts'
