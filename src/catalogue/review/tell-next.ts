import { listActingHolders } from '../../identity/index.ts'
import type { Role } from '../../identity/index.ts'
import { notify, settleNotices } from '../../notices/index.ts'
import { dayInBeijing } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { awaitingOf } from '../item.ts'
import type { Awaiting, Item } from '../item.ts'
import type { ItemRef } from './item-action.ts'

const JUDGES: readonly Role[] = ['unit-head', 'disclosure-head', 'leader', 'secrecy-reviewer', 'publisher']

/**
 * 办了一步，告诉接着要办的人：岗位上的人（承办的人除外，他们不得审自己的），退回的告诉承办人。
 * 邮件照此发出，故只写索引号，不写标题：还没有审查过的标题也可能不该外传。
 */
export async function tellNext(tx: Tx, at: ItemRef & { at: Date; version: number; by: string }, before: Item, after: Item): Promise<void> {
  const { bodyId, itemId } = at
  // 该谁办没有变的（隐去从前的版）
  if (before.status === after.status && awaitingOf(before) === awaitingOf(after)) return
  const today = dayInBeijing(at.at)
  await settleNotices(tx, { bodyId, accounts: [...(await listActingHolders(tx, bodyId, JUDGES, today)), ...before.authors, ...after.authors], prefix: `review/${itemId}/`, at: at.at })
  const told = await whom(tx, bodyId, after, before, today)
  if (told === null) return
  await notify(tx, {
    bodyId, at: at.at, accounts: told.accounts.filter((each) => each !== at.by), key: `review/${itemId}/${at.version}`, title: `${told.title}：${after.indexNo}`, note: told.note, href: `/desk/items/${itemId}`,
  })
}

interface Told {
  accounts: readonly string[]
  title: string
  note: string
}

const TITLES: Partial<Record<Awaiting, { roles: readonly Role[]; title: string }>> = {
  check: { roles: ['unit-head'], title: '等您审核的信息' },
  'secrecy-review': { roles: ['secrecy-reviewer'], title: '等您保密审查的信息' },
  approve: { roles: ['disclosure-head'], title: '等您批准公开的信息' },
  publish: { roles: ['publisher'], title: '等您发布的信息' },
}

async function whom(tx: Tx, bodyId: string, after: Item, before: Item, today: string): Promise<Told | null> {
  const awaiting = awaitingOf(after)
  if (after.status === 'published' && before.status !== 'published') return { accounts: before.authors, title: '您承办的信息已公开', note: '公众已经看得到。' }
  if (after.status === 'withdrawn') return { accounts: [after.handler ?? ''].filter(Boolean), title: '您承办的信息已撤回', note: '缘故见信息的页面。' }
  if (awaiting === 'mend') return { accounts: after.authors, title: '您承办的信息被退回', note: '要改的写在信息的页面上，改好再送审。' }
  const next = awaiting === null ? undefined : TITLES[awaiting]
  if (next === undefined) return null
  const roles: readonly Role[] = awaiting === 'approve' && after.way?.approver === 'leader' ? ['leader'] : next.roles
  const holders = await listActingHolders(tx, bodyId, roles, today)
  // 这一级没有人的，由公开工作机构负责人
  const people = holders.length > 0 ? holders : await listActingHolders(tx, bodyId, ['disclosure-head'], today)
  return { accounts: people.filter((each) => !after.authors.includes(each)), title: next.title, note: '承办的人不得审查、批准、发布自己承办的。' }
}
