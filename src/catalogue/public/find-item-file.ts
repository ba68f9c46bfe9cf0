import '../tables.ts'
import type { Tx } from '../../platform/db.ts'
import type { Attachment } from '../item-details.ts'
import type { WithdrawnItem } from '../queries.ts'

/**
 * 公开着的一版所用的一个文件；撤回了的为其说明，改版后不再用的、正文、别的条目的都为 null。
 * 同一内容在一条里有两个名字的，按名字认。
 */
export async function findItemFile(tx: Tx, itemId: string, key: string, name: string): Promise<Attachment | WithdrawnItem | null> {
  const row = await tx
    .selectFrom('published_item')
    .select(['body_id', 'index_no', 'first_published_on', 'withdrawn_on', 'withdraw_notice', 'details'])
    .where('item_id', '=', itemId)
    .executeTakeFirst()
  if (row === undefined) return null
  if (row.withdrawn_on !== null) return { bodyId: row.body_id, indexNo: row.index_no, publishedOn: row.first_published_on, withdrawnOn: row.withdrawn_on, notice: row.withdraw_notice }
  const files = [...(row.details?.attachments ?? []), ...(row.details?.pictures ?? [])].filter((file) => file.key === key)
  return files.find((file) => file.name === name) ?? files[0] ?? null
}
