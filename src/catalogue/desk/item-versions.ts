import '../tables.ts'
import type { Tx } from '../../platform/db.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import { evolveItem, NEW_ITEM } from '../item.ts'
import type { Classification, Item, ItemContent, ItemEvent } from '../item.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { ItemPlace } from '../content/item-files.ts'

/** 内容或分类改过一次即一稿。 */
export interface ItemVersion {
  /** 第几稿，自 1 起 */
  number: number
  /** 时间线上的版本 */
  version: number
  on: PlainDate
  at: Date
  actor: string
  content: ItemContent
  classification: Classification | null
  /** 这一稿公开过，是第几版、何日 */
  published: { edition: number; on: PlainDate } | null
}

type Version = Omit<ItemVersion, 'number'>

/** 各稿，从早到晚；登记时一并定的属性算在第一稿里。 */
export function listVersions(history: readonly RecordedEvent<ItemEvent>[]): ItemVersion[] {
  const versions: Version[] = []
  let item: Item | null = null
  for (const { event, version, at, actor } of history) {
    const before: Item | null = item
    const next = evolveItem(before ?? NEW_ITEM, event)
    if (next.status === 'new') continue
    item = next
    const last = versions.at(-1)
    const changed = before === null || before.contentHash !== next.contentHash || before.classification !== next.classification
    // 登记、修改时一并定的属性，头一次定的属性，都不另算一稿
    const joins = last !== undefined && event.kind === 'attribute-determined' && last.published === null && (last.classification === null || last.at.getTime() === at.getTime())
    if (changed && joins) versions[versions.length - 1] = { ...last, classification: next.classification }
    else if (changed) versions.push({ version, on: event.on, at, actor, content: next.content, classification: next.classification, published: null })
    const latest = versions.at(-1)
    if (latest !== undefined && next.published !== null && next.published !== before?.published) versions[versions.length - 1] = { ...latest, published: { edition: next.published.edition, on: next.published.on } }
  }
  return versions.map((each, i) => ({ number: i + 1, ...each }))
}

/** 正文的文字（存正文时读出的）；没有正文为空串。 */
export async function readBodyText(tx: Tx, { bodyId, itemId }: ItemPlace, { details }: Pick<ItemContent, 'details'>): Promise<string> {
  const key = details?.body ?? null
  if (key === null) return ''
  const row = await tx.selectFrom('item_file').select('text').where('body_id', '=', bodyId).where('item_id', '=', itemId).where('file_key', '=', key).executeTakeFirst()
  return row?.text ?? ''
}
