import type { Tx } from '../../platform/db.ts'
import type { Hit } from '../precheck/hit.ts'

/** 一条信息上还没有确认的一处提醒。 */
export interface OpenReminder {
  itemId: string
  contentHash: string
  hit: Hit
}

/** 一次至多列出几处；多的到各条的预检里确认 */
const MOST_SHOWN = 400

/** 这几条里只差确认提醒的（没有阻断），各有哪几处提醒没有确认。 */
export async function listOpenReminders(tx: Tx, bodyId: string, itemIds: readonly string[]): Promise<OpenReminder[]> {
  if (itemIds.length === 0) return []
  const rows = await tx.selectFrom('item_precheck').select(['item_id', 'content_hash', 'hits']).where('body_id', '=', bodyId).where('item_id', 'in', itemIds).where('open_blocks', '=', 0).where('open_warnings', '>', 0).execute()
  const answers = await tx.selectFrom('item_precheck_answer').select(['item_id', 'content_hash', 'hit_key']).where('body_id', '=', bodyId).where('item_id', 'in', itemIds).execute()
  const answered = new Set(answers.map((each) => reminderKey({ itemId: each.item_id, contentHash: each.content_hash, hitKey: each.hit_key })))
  const open = rows.flatMap((row) => row.hits.filter(({ severity }) => severity === 'warn').map((hit) => ({ itemId: row.item_id, contentHash: row.content_hash, hit })))
  return open.filter(({ itemId, contentHash, hit }) => !answered.has(reminderKey({ itemId, contentHash, hitKey: hit.key }))).slice(0, MOST_SHOWN)
}

export interface ReminderKey {
  itemId: string
  contentHash: string
  hitKey: string
}

/** 表单里的一处：信息、所见内容的摘要、哪一处。 */
export const reminderKey = ({ itemId, contentHash, hitKey }: ReminderKey): string => `${itemId}.${contentHash}.${hitKey}`

/** 读回一处；写坏了的为空。 */
export function readReminderKey(text: string): ReminderKey[] {
  const [itemId = '', contentHash = '', hitKey = '', ...more] = text.split('.')
  return more.length === 0 && /^[0-9a-f-]{36}$/.test(itemId) && /^[0-9a-f]{1,128}$/.test(contentHash) && /^[0-9a-f]{16}$/.test(hitKey) ? [{ itemId, contentHash, hitKey }] : []
}
