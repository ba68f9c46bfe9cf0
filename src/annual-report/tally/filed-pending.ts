import type { Tx } from '../../platform/db.ts'
import { findPrevious } from '../own-check/previous.ts'

/** 某年报告表四里尚未审结的件数（有机构并入的，连同前身的）；没有该年报告的为 null，认不出的格为 null。 */
export async function filedPending(tx: Tx, bodyId: string, year: number): Promise<{ rv: number | null; ld: number | null; la: number | null } | null> {
  const cells = (await findPrevious(tx, bodyId, year))?.read.cells
  if (cells === undefined) return null
  return { rv: cells['T4.rv.pending'] ?? null, ld: cells['T4.ld.pending'] ?? null, la: cells['T4.la.pending'] ?? null }
}
