import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Item } from '../item.ts'
import type { ItemRef } from './item-action.ts'

/** 撤回之后从哪些地方消失，逐处；没有公开的为空。 */
export async function listWithdrawalPlaces(tx: Tx, { bodyId, itemId }: ItemRef, item: Item): Promise<string[]> {
  if (item.published === null) return []
  const { details } = item.published.content
  const files = (details?.attachments.length ?? 0) + (details?.pictures.length ?? 0)
  const related = await countRelated(tx, bodyId, itemId, item.indexNo)
  return [
    '信息的页面', '门户与本机构专栏的列表', '检索与检索的提示', '订阅与站点地图', '开放数据与静态导出',
    ...(files > 0 ? [`${files} 个附件、图片的下载地址`] : []),
    ...(details !== undefined && details.relations.length > 0 ? [`它所指的 ${details.relations.length} 条信息的「相关」`] : []),
    ...(related > 0 ? [`指着它的 ${related} 条信息的「相关」`] : []),
  ]
}

async function countRelated(tx: Tx, bodyId: string, itemId: string, indexNo: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from published_item
    where body_id = ${bodyId} and item_id <> ${itemId} and withdrawn_on is null and details -> 'relations' @> ${JSON.stringify([{ indexNo }])}::jsonb`.execute(tx)
  return rows[0]?.n ?? 0
}
