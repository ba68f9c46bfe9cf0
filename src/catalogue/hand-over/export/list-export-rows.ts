import '../../tables.ts'
import type { Tx } from '../../../platform/db.ts'

/** 一条信息在导出里的处境。 */
export interface ExportRow {
  bodyId: string
  itemId: string
  indexNo: string
  changedAt: string
  withdrawn: boolean
  related: string[]
}

const PAGE = 2000

/** 全部公开过的：现在怎样、何时变动、与哪些相关。正文与附件要导出时再取。 */
export async function listExportRows(tx: Tx): Promise<ExportRow[]> {
  const all: ExportRow[] = []
  for (let after: { bodyId: string; itemId: string } | null = null; ; ) {
    const from: { bodyId: string; itemId: string } | null = after
    let query = tx.selectFrom('published_item')
    if (from !== null) query = query.where((eb) => eb(eb.refTuple('body_id', 'item_id'), '>', eb.tuple(from.bodyId, from.itemId)))
    const rows = await query.select(['body_id', 'item_id', 'index_no', 'changed_at', 'withdrawn_on', 'details']).orderBy('body_id').orderBy('item_id').limit(PAGE).execute()
    for (const row of rows)
      all.push({
        bodyId: row.body_id,
        itemId: row.item_id,
        indexNo: row.index_no,
        changedAt: row.changed_at.toISOString(),
        withdrawn: row.withdrawn_on !== null,
        related: (row.details?.relations ?? []).map(({ indexNo }) => indexNo),
      })
    const last = rows.at(-1)
    if (rows.length < PAGE || last === undefined) return all
    after = { bodyId: last.body_id, itemId: last.item_id }
  }
}

/** 要重做的：变了的，以及与变了的（上次、这次）相关的，页面上互相列着。 */
export function changedRows(rows: readonly ExportRow[], known: Readonly<Record<string, { changedAt: string; indexNo: string; related: readonly string[] }>>): ExportRow[] {
  const isChanged = (row: ExportRow): boolean => known[row.itemId]?.changedAt !== row.changedAt
  const [touched, changedNos] = [new Set<string>(), new Set<string>()]
  for (const row of rows) {
    if (!isChanged(row)) continue
    changedNos.add(row.indexNo)
    for (const indexNo of [...row.related, ...(known[row.itemId]?.related ?? [])]) touched.add(indexNo)
  }
  return rows.filter((row) => isChanged(row) || touched.has(row.indexNo) || changedNos.has(row.indexNo) || row.related.some((indexNo) => changedNos.has(indexNo)))
}
