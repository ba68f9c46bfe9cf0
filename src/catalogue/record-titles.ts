import type { Tx } from '../platform/db.ts'
import { MATTERS } from './yearly/yearly-count.ts'

/** 主动公开信息、规范性文件、年度数据的名称；ids 混在一起给，至多几百个。 */
export async function listRecordTitles(tx: Tx, bodyId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const items = await tx.selectFrom('info_item').select(['item_id as id', 'title']).where('body_id', '=', bodyId).where('item_id', 'in', ids).execute()
  const documents = await tx
    .selectFrom('normative_document')
    .select(['document_id as id', 'title'])
    .where('body_id', '=', bodyId)
    .where('document_id', 'in', ids)
    .execute()
  const counts = await tx.selectFrom('yearly_count').select(['count_id as id', 'year', 'matter']).where('body_id', '=', bodyId).where('count_id', 'in', ids).execute()
  return new Map([
    ...[...items, ...documents].map(({ id, title }): [string, string] => [id, `《${title}》`]),
    ...counts.map(({ id, year, matter }): [string, string] => [id, `${year}年${MATTERS[matter].label}`]),
  ])
}
