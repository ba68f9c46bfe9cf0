import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { View } from '../desk/list-spec.ts'

/** 谁的：在哪个机关、谁。 */
export interface Owner {
  bodyId: string
  accountId: string
}

/** 一个存下的筛选。 */
export interface SavedView extends Owner {
  viewId: string
  list: View
  name: string
  /** 查询串，不带问号 */
  query: string
  isDefault: boolean
  shared: boolean
}

const SELECTED = sql`body_id as "bodyId", account_id as "accountId", view_id as "viewId", list, name, query, is_default as "isDefault", shared`
const MOST = 100

/** 此人的，与本机关共用的；自己的在前，先存的在前。共用的至多一百个。 */
export async function listViews(tx: Tx, { bodyId, accountId }: Owner): Promise<SavedView[]> {
  const { rows } = await sql<SavedView>`
    (select ${SELECTED} from saved_view where body_id = ${bodyId} and account_id = ${accountId} order by view_id limit ${MOST})
    union all
    (select ${SELECTED} from saved_view where body_id = ${bodyId} and shared and account_id <> ${accountId} order by created_at, view_id limit ${MOST})`.execute(tx)
  return rows
}

/** 此人自己的一个；没有则 null。 */
export async function findView(tx: Tx, { bodyId, accountId }: Owner, viewId: string): Promise<SavedView | null> {
  const { rows } = await sql<SavedView>`select ${SELECTED} from saved_view where body_id = ${bodyId} and account_id = ${accountId} and view_id = ${viewId}`.execute(tx)
  return rows[0] ?? null
}

/** 此人在这一面的缺省；没有则 null。 */
export async function findDefaultView(tx: Tx, { bodyId, accountId }: Owner, list: View): Promise<SavedView | null> {
  const { rows } = await sql<SavedView>`select ${SELECTED} from saved_view where body_id = ${bodyId} and account_id = ${accountId} and list = ${list} and is_default`.execute(tx)
  return rows[0] ?? null
}

/** 存一个，或者改它的名称、缺省、共用；一面至多一个缺省，故先去掉原来的。 */
export async function saveView(tx: Tx, view: SavedView, at: Date): Promise<void> {
  const { bodyId, accountId, viewId, list, name, query, isDefault, shared } = view
  if (isDefault) await tx.updateTable('saved_view').set({ is_default: false }).where('body_id', '=', bodyId).where('account_id', '=', accountId).where('list', '=', list).where('is_default', '=', true).execute()
  await tx
    .insertInto('saved_view')
    .values({ body_id: bodyId, account_id: accountId, view_id: viewId, list, name, query, is_default: isDefault, shared, created_at: at })
    .onConflict((oc) => oc.columns(['body_id', 'account_id', 'view_id']).doUpdateSet({ name, is_default: isDefault, shared }))
    .execute()
}

export async function deleteView(tx: Tx, { bodyId, accountId }: Owner, viewId: string): Promise<boolean> {
  const result = await tx.deleteFrom('saved_view').where('body_id', '=', bodyId).where('account_id', '=', accountId).where('view_id', '=', viewId).executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** 此人的各个，锁住，供查重与数目。 */
export async function lockViews(tx: Tx, { bodyId, accountId }: Owner): Promise<SavedView[]> {
  // 两处同时存的，依次来：锁此人的账号一行
  await sql`select 1 from account where account_id = ${accountId} for update`.execute(tx)
  const { rows } = await sql<SavedView>`select ${SELECTED} from saved_view where body_id = ${bodyId} and account_id = ${accountId} order by view_id limit ${MOST}`.execute(tx)
  return rows
}
