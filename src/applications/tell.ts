import { listActingHolders, listHolders, listStandIns } from '../identity/index.ts'
import type { Role } from '../identity/index.ts'
import { notify, settleNotices } from '../notices/index.ts'
import { dayInBeijing } from '../platform/clock.ts'
import type { Tx } from '../platform/db.ts'
import { evolve, isOpen } from './application.ts'
import type { Application } from './application.ts'
import type { Who } from './case-action.ts'
import { coHandlingDueOn } from './co-handling.ts'
import type { Ground } from './decisions.ts'
import type { ApplicationEvent } from './events.ts'
import { HANDLER_ROLES, handlersOf } from './handlers-of.ts'
import { dayText } from './reminders/reminders.ts'
import { signOffStep } from './sign-off.ts'
import { dueColumns } from './store.ts'

/** 所在的一件，与此刻。 */
export interface Place {
  tx: Tx
  bodyId: string
  caseId: string
  at: Date
}

/** 通知的键的开头：等人审批的，其余各步的；审批过了即了结前者 */
const SIGN = 'sign'
const STEP = 'step'

/** 告诉谁什么；不写申请人，不写所求与理由：邮件照此发出。 */
interface Told {
  kind?: typeof SIGN | typeof STEP
  accounts: readonly string[]
  title: string
  note: string
}

/**
 * 办了一步，告诉接着要办的人，办的人自己除外：交给谁承办、等谁审批、退回给谁、批准了等谁发出、请谁协办。
 * @param before 办之前的状态与版本
 */
export async function tellNext(place: Place, before: { state: Application; version: number }, events: readonly ApplicationEvent[], who: Who, ground: Ground): Promise<void> {
  let state = before.state
  for (const [i, event] of events.entries()) {
    const earlier = state
    state = evolve(state, event)
    const told = await toldOf(place, event, state, who, ground)
    if (settled(earlier, state)) await settleReminders(place)
    if (earlier.status === 'deciding') await settleStep(place, SIGN, ['unit-head', 'disclosure-head', 'leader'])
    if (told !== null) await tell(place, `${before.version + i + 1}`, state, told, who.key)
  }
}

// 作出决定、撤回、发出之后，期限的提醒不必再看
const settled = (before: Application, after: Application): boolean => (isOpen(before) && !isOpen(after)) || (before.status === 'approved' && after.status !== 'approved') || (before.status === 'received-unconfirmed' && after.status !== before.status)

/** 这一件的提醒与各步的通知，各人没有看的都算看过。 */
export async function settleReminders(place: Place): Promise<void> {
  for (const kind of ['remind', STEP]) await settleStep(place, kind, [...HANDLER_ROLES, 'leader'])
}

async function settleStep({ tx, bodyId, caseId, at }: Place, kind: string, roles: readonly Role[]): Promise<void> {
  const people = await listHolders(tx, bodyId, roles)
  // 代行期满了的，其没有看的也一并了结
  const standIns = await listStandIns(tx, bodyId, roles, dayInBeijing(at), true)
  await settleNotices(tx, { bodyId, accounts: [...new Set([...people.keys(), ...standIns.map(({ to }) => to)])], prefix: `${kind}/${caseId}/`, at })
}

async function toldOf(place: Place, event: ApplicationEvent, a: Application, who: Who, ground: Ground): Promise<Told | null> {
  const handlers = (): Promise<readonly string[]> => caseHandlers(place, a)
  switch (event.kind) {
    case 'assigned':
      return { accounts: await withStandIns(place, event.to), title: '交给您承办', note: a.status === 'received-unconfirmed' ? '还没有与申请人确认收到，当日须确认。' : dueNote(a, ground) }
    case 'decision-proposed':
    case 'decision-endorsed': {
      // 拟定的人、审核过的人不得再批
      const now = [who.key, ...(event.onBehalfOf === undefined ? [] : [event.onBehalfOf])]
      const done = event.kind === 'decision-proposed' ? now : [...now, ...who.involved]
      return { accounts: await nextSigners(place, a, done, ground), kind: SIGN, title: '等您审批处理决定', note: '拟定的人、审核过的人不得审批同一件。' }
    }
    case 'decision-returned':
      return { accounts: [...(who.proposedBy === null ? [] : [who.proposedBy]), ...(await handlers())], title: '处理决定退回修改', note: '退回的理由在案件的经过里。' }
    case 'decided':
      return { accounts: [...(who.proposedBy === null ? [] : [who.proposedBy]), ...(await handlers())], title: '处理决定已批准', note: '请出决定书并发出；发出之日关系是否按期。' }
    case 'co-handling-asked': {
      const dueOn = coHandlingDueOn({ askedOn: event.on, days: event.days }, ground.calendar)
      return event.account === null ? null : { accounts: await withStandIns(place, event.account), title: '请您协办', note: dueOn === null ? '' : `内部期限 ${dayText(dueOn)}。` }
    }
    case 'co-handling-returned':
      return { accounts: await handlers(), title: '协办有了结果', note: '' }
    case 'withdrawn':
      return { accounts: await handlers(), title: '申请人撤回了申请', note: '已记下，不必再办。' }
    default:
      return null
  }
}

const dueNote = (a: Application, ground: Ground): string => {
  const { due_on: dueOn } = dueColumns(a, ground)
  return dueOn === null ? '' : `应当于 ${dayText(dueOn)}前答复。`
}

async function nextSigners({ tx, bodyId, at }: Place, a: Application, done: readonly string[], { settings }: Ground): Promise<string[]> {
  const step = signOffStep(settings.signOffChain, a.proposal?.endorsed ?? 0)
  const able = async (role: typeof step) => {
    const holders = [...(await listHolders(tx, bodyId, [role])).keys()]
    // 委托人拟定、审核过的，受托人不得代他批
    const standIns = (await listStandIns(tx, bodyId, [role], dayInBeijing(at))).filter(({ from }) => !done.includes(from))
    return [...new Set([...holders, ...standIns.map(({ to }) => to)])].filter((account) => !done.includes(account))
  }
  const signers = await able(step)
  // 负责人自己拟定的、不在的，机关领导代为审批
  return signers.length > 0 || step !== 'disclosure-head' ? signers : able('leader')
}

/** 一人，连同代他承办的。 */
async function withStandIns({ tx, bodyId, at }: Place, account: string): Promise<string[]> {
  const standIns = await listStandIns(tx, bodyId, HANDLER_ROLES, dayInBeijing(at))
  return [account, ...standIns.filter(({ from }) => from === account).map(({ to }) => to)]
}

/** 申请人自己办了一步：告诉承办的人，没有的告诉经办。`key` 为这一步的记号。 */
export async function tellOfApplicant(place: Place, a: Pick<Application, 'regNo' | 'handler'>, key: string, words: { title: string; note: string }): Promise<void> {
  await tell(place, key, a, { accounts: await caseHandlers(place, a), ...words })
}

async function caseHandlers(place: Place, a: Pick<Application, 'handler'>): Promise<readonly string[]> {
  const { tx, bodyId, at } = place
  const acting = (role: Role) => listActingHolders(tx, bodyId, [role], dayInBeijing(at))
  const holders = a.handler === null ? new Set<string>() : new Set((await listHolders(tx, bodyId, HANDLER_ROLES)).keys())
  if (a.handler !== null && holders.has(a.handler)) return withStandIns(place, a.handler)
  const officers = await acting('disclosure-officer')
  return handlersOf(null, holders, [officers, officers.length > 0 ? [] : await acting('disclosure-head')])
}

const tell = ({ tx, bodyId, caseId, at }: Place, key: string, { regNo }: Pick<Application, 'regNo'>, { kind = STEP, accounts, title, note }: Told, except?: string): Promise<number> =>
  notify(tx, { bodyId, at, accounts, ...(except === undefined ? {} : { except }), key: `${kind}/${caseId}/${key}`, title: `${regNo}：${title}`, note, href: `/desk/applications/${caseId}` })
