import { listActingHolders } from '../../identity/index.ts'
import type { Role } from '../../identity/index.ts'
import { notifyMany, settleNotices } from '../../notices/index.ts'
import type { NoticeFor } from '../../notices/index.ts'
import { dayInBeijing } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { awaitingOf } from '../item.ts'
import type { Awaiting, Item } from '../item.ts'
import type { ItemRef } from './item-action.ts'

const JUDGES: readonly Role[] = ['unit-head', 'disclosure-head', 'leader', 'secrecy-reviewer', 'publisher']

/** 一步之后要告诉的：谁、哪一类的事、单说这一条时的话。 */
export interface News extends NoticeFor {
  about: About
}
type About = 'check' | 'secrecy-review' | 'approve' | 'publish' | 'mend' | 'published' | 'withdrawn'

/**
 * 办了一步之后，该告诉接着要办的人的：岗位上的人（承办的人除外，他们不得审自己的），退回的告诉承办人；旧的通知就此了结。
 * 邮件照此发出，故只写索引号，不写标题：还没有审查过的标题也可能不该外传。不必告诉的为 null。
 */
export async function newsOf(tx: Tx, at: ItemRef & { at: Date; version: number; by: string }, before: Item, after: Item): Promise<News | null> {
  const { bodyId, itemId } = at
  const awaited = awaitingOf(before)
  // 该谁办没有变的（隐去从前的版）
  if (before.status === after.status && awaited === awaitingOf(after)) return null
  const today = dayInBeijing(at.at)
  const accounts = [...(await listActingHolders(tx, bodyId, JUDGES, today)), ...before.authors, ...after.authors]
  await settleNotices(tx, { bodyId, accounts, prefix: `review/${itemId}/`, at: at.at })
  if (awaited !== null && (await isNobodyWaiting(tx, bodyId, awaited))) await settleNotices(tx, { bodyId, accounts, prefix: `review-many/${awaited}/`, at: at.at })
  const told = await whom(tx, bodyId, after, before, today)
  if (told === null) return null
  return { about: told.about, accounts: told.accounts.filter((each) => each !== at.by), key: `review/${itemId}/${at.version}`, title: `${told.title}：${after.indexNo}`, note: told.note, href: `/desk/items/${itemId}` }
}

// 成批的通知说的是一步的列表：列表空了才算了结
const isNobodyWaiting = async (tx: Tx, bodyId: string, awaiting: Awaiting): Promise<boolean> =>
  (await tx.selectFrom('info_item').select('item_id').where('body_id', '=', bodyId).where('awaiting', '=', awaiting).limit(1).executeTakeFirst()) === undefined

const LISTS: Readonly<Record<About, { title: (n: number) => string; href: string }>> = {
  check: { title: (n) => `等您审核：${n} 条信息`, href: '/desk/items/review?step=check' },
  'secrecy-review': { title: (n) => `等您保密审查：${n} 条信息`, href: '/desk/items/review?step=secrecy-review' },
  approve: { title: (n) => `等您批准公开：${n} 条信息`, href: '/desk/items/review?step=approve' },
  publish: { title: (n) => `等您发布：${n} 条信息`, href: '/desk/items/review?step=publish' },
  mend: { title: (n) => `您承办的 ${n} 条信息被退回`, href: '/desk/items/review?step=mend' },
  published: { title: (n) => `您承办的 ${n} 条信息已公开`, href: '/desk/items?status=published' },
  withdrawn: { title: (n) => `您承办的 ${n} 条信息已撤回`, href: '/desk/items?status=withdrawn' },
}

/** 一并告诉：同一类的事每人只收一条，去那一步的列表；只有一件的照单说的说。`batch` 为这一次的编号。 */
export async function tellNews(tx: Tx, at: { bodyId: string; at: Date; batch: string }, news: readonly News[]): Promise<void> {
  const notices = [...Map.groupBy(news, ({ about }) => about)].flatMap(([about, each]) => {
    const people = [...new Set(each.flatMap(({ accounts }) => accounts))]
    return people.flatMap((account): NoticeFor[] => {
      const own = each.filter(({ accounts }) => accounts.includes(account))
      const [first] = own
      if (first === undefined) return []
      const { title, href } = LISTS[about]
      return [own.length === 1 ? { ...first, accounts: [account] } : { accounts: [account], key: `review-many/${about}/${at.batch}`, title: title(own.length), note: first.note, href }]
    })
  })
  await notifyMany(tx, at, notices)
}

interface Told {
  about: About
  accounts: readonly string[]
  title: string
  note: string
}

const TITLES: Partial<Record<Awaiting, { about: About; roles: readonly Role[]; title: string }>> = {
  check: { about: 'check', roles: ['unit-head'], title: '等您审核的信息' },
  'secrecy-review': { about: 'secrecy-review', roles: ['secrecy-reviewer'], title: '等您保密审查的信息' },
  approve: { about: 'approve', roles: ['disclosure-head'], title: '等您批准公开的信息' },
  publish: { about: 'publish', roles: ['publisher'], title: '等您发布的信息' },
}

async function whom(tx: Tx, bodyId: string, after: Item, before: Item, today: string): Promise<Told | null> {
  const awaiting = awaitingOf(after)
  if (after.status === 'published' && before.status !== 'published') return { about: 'published', accounts: before.authors, title: '您承办的信息已公开', note: '公众已经看得到。' }
  if (after.status === 'withdrawn') return { about: 'withdrawn', accounts: [after.handler ?? ''].filter(Boolean), title: '您承办的信息已撤回', note: '缘故见信息的页面。' }
  if (awaiting === 'mend') return { about: 'mend', accounts: after.authors, title: '您承办的信息被退回', note: '要改的写在信息的页面上，改好再送审。' }
  const next = awaiting === null ? undefined : TITLES[awaiting]
  if (next === undefined) return null
  const roles: readonly Role[] = awaiting === 'approve' && after.way?.approver === 'leader' ? ['leader'] : next.roles
  const holders = await listActingHolders(tx, bodyId, roles, today)
  // 这一级没有人的，由公开工作机构负责人
  const people = holders.length > 0 ? holders : await listActingHolders(tx, bodyId, ['disclosure-head'], today)
  return { about: next.about, accounts: people.filter((each) => !after.authors.includes(each)), title: next.title, note: '承办的人不得审查、批准、发布自己承办的。' }
}
