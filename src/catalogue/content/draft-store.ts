import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Attachment } from '../item-details.ts'
import type { ItemPlace } from './item-files.ts'

/** 没有交的一份表单。 */
export interface ItemDraft {
  itemId: string
  /** 打开时条目的版本；新的为 0 */
  seen: number
  fields: Readonly<Record<string, readonly string[]>>
  /** 洗净的正文 */
  body: string
  attachments: readonly Attachment[]
  savedAt: Date
}

export interface DraftOwner extends ItemPlace {
  accountId: string
}

/**
 * 存下填到哪里；已有的换成新的。
 * @param only 自己上一次存下的时刻，没有存过的为 null：其间别的窗口存过、交过、放弃过的不存。不写的一概存
 * @returns 存下了没有
 */
export async function saveDraft(tx: Tx, { bodyId, itemId, accountId }: DraftOwner, draft: Omit<ItemDraft, 'itemId'>, only?: Date | null): Promise<boolean> {
  const row = { seen_version: draft.seen, fields: JSON.stringify(draft.fields), body_html: draft.body, attachments: JSON.stringify(draft.attachments), saved_at: draft.savedAt }
  if (only instanceof Date) {
    const { numUpdatedRows } = await tx.updateTable('item_draft').set(row).where('body_id', '=', bodyId).where('account_id', '=', accountId).where('item_id', '=', itemId).where('saved_at', '=', only).executeTakeFirst()
    return numUpdatedRows === 1n
  }
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('item_draft')
    .values({ body_id: bodyId, account_id: accountId, item_id: itemId, ...row })
    .onConflict((oc) => (only === null ? oc.columns(['body_id', 'account_id', 'item_id']).doNothing() : oc.columns(['body_id', 'account_id', 'item_id']).doUpdateSet(row)))
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** 这个人在这一条上没有交的；没有为 null。 */
export async function findDraft(tx: Tx, { bodyId, itemId, accountId }: DraftOwner): Promise<ItemDraft | null> {
  const row = await tx.selectFrom('item_draft').selectAll().where('body_id', '=', bodyId).where('account_id', '=', accountId).where('item_id', '=', itemId).executeTakeFirst()
  return row === undefined ? null : { itemId, seen: row.seen_version, fields: row.fields, body: row.body_html, attachments: row.attachments, savedAt: row.saved_at }
}

export async function deleteDraft(tx: Tx, { bodyId, itemId, accountId }: DraftOwner): Promise<void> {
  await tx.deleteFrom('item_draft').where('body_id', '=', bodyId).where('account_id', '=', accountId).where('item_id', '=', itemId).execute()
}

/** 这个人还没有登记的各份，最近的在前；至多 20 份。 */
export async function listNewDrafts(tx: Tx, { bodyId, accountId }: Omit<DraftOwner, 'itemId'>): Promise<{ itemId: string; title: string; savedAt: Date }[]> {
  const rows = await tx
    .selectFrom('item_draft')
    .select(['item_id', 'saved_at', sql<string | null>`fields->'title'->>0`.as('title')])
    .where('body_id', '=', bodyId)
    .where('account_id', '=', accountId)
    .where('seen_version', '=', 0)
    .orderBy('saved_at', 'desc')
    .limit(20)
    .execute()
  return rows.map((row) => ({ itemId: row.item_id, title: row.title ?? '', savedAt: row.saved_at }))
}

/** 这一条还有哪些人在改，不含自己。 */
export async function listOtherEditors(tx: Tx, { bodyId, itemId, accountId }: DraftOwner): Promise<string[]> {
  const rows = await tx.selectFrom('item_draft').select('account_id').where('body_id', '=', bodyId).where('item_id', '=', itemId).where('account_id', '!=', accountId).limit(20).execute()
  return rows.map((row) => row.account_id)
}

/** 清去某日之前就不再动的；随之没有条目的文件行也清去。返回清去几份。 */
export async function purgeItemDrafts(tx: Tx, before: PlainDate): Promise<number> {
  const gone = await tx.deleteFrom('item_draft').where('saved_at', '<', new Date(`${before}T00:00:00+08:00`)).returning(['body_id', 'item_id']).execute()
  for (const { body_id: bodyId, item_id: itemId } of gone) {
    const kept = await tx.selectFrom('info_item').select('item_id').where('body_id', '=', bodyId).where('item_id', '=', itemId).executeTakeFirst()
    const other = await tx.selectFrom('item_draft').select('item_id').where('body_id', '=', bodyId).where('item_id', '=', itemId).executeTakeFirst()
    if (kept === undefined && other === undefined) await tx.deleteFrom('item_file').where('body_id', '=', bodyId).where('item_id', '=', itemId).execute()
  }
  return gone.length
}
