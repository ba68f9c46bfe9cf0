import type { LedgerContext } from './definition.ts'
import { readSheet } from './read-sheet.ts'
import type { SheetEvent, SheetRow } from './sheet.ts'
import { toCsvLine } from './safe-cell.ts'

/** 一份 CSV（UTF-8）。 */
export const toCsv = (rows: readonly (readonly string[])[]): Buffer => Buffer.from(rows.map(toCsvLine).join(''))

export const aLedgerContext = (bodyId: string): LedgerContext => ({
  bodyId,
  actor: 'import:testing',
  at: new Date('2026-01-15T04:00:00Z'),
  today: '2026-01-15',
})

/** 读出全部的行。 */
export async function readAll(file: Buffer, sheet: string | null = null): Promise<{ rows: SheetRow[]; events: SheetEvent[] }> {
  const events: SheetEvent[] = []
  for await (const event of readSheet(file, sheet)) events.push(event)
  return { events, rows: events.flatMap((event) => (event.kind === 'rows' ? event.rows : [])) }
}
