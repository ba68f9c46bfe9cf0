import { can } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { listDeposits, listRecalls } from './deposit-store.ts'
import { depositNumber } from './deposit-store.ts'

export const DEPOSITS = '/desk/deposits'
export const depositHref = (depositId: string): string => `${DEPOSITS}/${depositId}`

const MOST = 20

/** 此人的移送：移送之后撤回、该通知接收单位的逐件列出；做了清单没有签收的逐份列出。 */
export async function depositToDos({ db }: Pick<Deps, 'db'>, actor: SignedInActor): Promise<{ title: string; href: string; dueOn: PlainDate | null; note: string }[]> {
  const { bodyId } = actor
  if (!can(actor, 'item.handle', bodyId)) return []
  const recalls = await listRecalls(db, bodyId, MOST)
  const drafts = await listDeposits(db, { bodyId, state: 'draft' }, { limit: MOST, offset: 0 })
  return [
    ...recalls.map(({ depositId, title, recipient, withdrawnOn }) => ({ title: `通知${recipient}：《${title}》已撤回`, href: depositHref(depositId), dueOn: null, note: `${withdrawnOn} 撤回，请其停止供人查阅` })),
    ...drafts.map((deposit) => ({ title: `移送清单 ${depositNumber(deposit)}`, href: depositHref(deposit.depositId), dueOn: null, note: `移送${deposit.recipient}，签收之后登记` })),
  ]
}
