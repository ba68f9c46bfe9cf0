import '../tables.ts'
import type { Tx } from '../../platform/db.ts'
import { dayInBeijing } from '../../platform/clock.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import { PUBLIC_COLUMNS, publicItems, toPublished } from '../queries.ts'
import type { PublishedItem } from '../queries.ts'

/** 一次至多看这么多条；多出的只是不逐条列在邮件里 */
const MOST = 5000
/** 早就在别处公开、后来才补记的（旧网站导入的）不算新公开 */
const RECENT_DAYS = 14

export type News = PublishedItem & { changedAt: Date }

/** 这段时间里新公开、改版的，新的在前；此刻已经撤回的不在其中。 */
export async function listNews(tx: Tx, { since, until }: { since: Date; until: Date }): Promise<News[]> {
  const rows = await publicItems(tx)
    .select([...PUBLIC_COLUMNS, 'changed_at'])
    .where('changed_at', '>', since)
    .where('changed_at', '<=', until)
    .where('published_on', '>=', addCalendarDays(dayInBeijing(since), -RECENT_DAYS))
    .where((eb) => eb.or([eb('expired_on', 'is', null), eb('expired_on', '>', dayInBeijing(since))]))
    .orderBy('changed_at', 'desc')
    .orderBy('item_id', 'desc')
    .limit(MOST)
    .execute()
  return rows.map((row) => ({ ...toPublished(row), changedAt: row.changed_at }))
}
