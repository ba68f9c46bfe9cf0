import { listHolders } from '../identity/index.ts'
import type { Role } from '../identity/index.ts'
import { notify, settleNotices } from '../notices/index.ts'
import type { Tx } from '../platform/db.ts'
import { evolve, isOpen } from './application.ts'
import type { Application } from './application.ts'
import type { Who } from './case-action.ts'
import { coHandlingDueOn } from './co-handling.ts'
import type { Ground } from './decisions.ts'
import type { ApplicationEvent } from './events.ts'
import { HANDLER_ROLES, handlersOf } from './handlers-of.ts'
import { dayText } from './reminders.ts'
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
  await settleNotices(tx, { bodyId, accounts: [...people.keys()], prefix: `${kind}/${caseId}/`, at })
}

async function toldOf({ tx, bodyId }: Place, event: ApplicationEvent, a: Application, who: Who, ground: Ground): Promise<Told | null> {
  const handlers = (): Promise<readonly string[]> => caseHandlers(tx, bodyId, a)
  switch (event.kind) {
    case 'assigned':
      return { accounts: [event.to], title: '交给您承办', note: a.status === 'received-unconfirmed' ? '还没有与申请人确认收到，当日须确认。' : dueNote(a, ground) }
    case 'decision-proposed':
    case 'decision-endorsed': {
      // 拟定的人、审核过的人不得再批
      const done = event.kind === 'decision-proposed' ? [who.key] : [who.key, ...who.endorsedBy, ...(who.proposedBy === null ? [] : [who.proposedBy])]
      return { accounts: await nextSigners(tx, bodyId, a, done, ground), kind: SIGN, title: '等您审批处理决定', note: '拟定的人、审核过的人不得审批同一件。' }
    }
    case 'decision-returned':
      return { accounts: [...(who.proposedBy === null ? [] : [who.proposedBy]), ...(await handlers())], title: '处理决定退回修改', note: '退回的理由在案件的经过里。' }
    case 'decided':
      return { accounts: [...(who.proposedBy === null ? [] : [who.proposedBy]), ...(await handlers())], title: '处理决定已批准', note: '请出决定书并发出；发出之日关系是否按期。' }
    case 'co-handling-asked': {
      const dueOn = coHandlingDueOn({ askedOn: event.on, days: event.days }, ground.calendar)
      return event.account === null ? null : { accounts: [event.account], title: '请您协办', note: dueOn === null ? '' : `内部期限 ${dayText(dueOn)}。` }
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

async function nextSigners(tx: Tx, bodyId: string, a: Application, done: readonly string[], { settings }: Ground): Promise<string[]> {
  const step = signOffStep(settings.signOffChain, a.proposal?.endorsed ?? 0)
  const able = async (role: typeof step) => [...(await listHolders(tx, bodyId, [role])).keys()].filter((account) => !done.includes(account))
  const signers = await able(step)
  // 负责人自己拟定的、不在的，机关领导代为审批
  return signers.length > 0 || step !== 'disclosure-head' ? signers : able('leader')
}

/** 申请人自己办了一步：告诉承办的人，没有的告诉经办。`key` 为这一步的记号。 */
export async function tellOfApplicant(place: Place, a: Pick<Application, 'regNo' | 'handler'>, key: string, words: { title: string; note: string }): Promise<void> {
  await tell(place, key, a, { accounts: await caseHandlers(place.tx, place.bodyId, a), ...words })
}

async function caseHandlers(tx: Tx, bodyId: string, a: Pick<Application, 'handler'>): Promise<readonly string[]> {
  const holders = a.handler === null ? new Set<string>() : new Set((await listHolders(tx, bodyId, HANDLER_ROLES)).keys())
  const officers = [...(await listHolders(tx, bodyId, ['disclosure-officer'])).keys()]
  return handlersOf(a.handler, holders, [officers, officers.length > 0 ? [] : [...(await listHolders(tx, bodyId, ['disclosure-head'])).keys()]])
}

const tell = ({ tx, bodyId, caseId, at }: Place, key: string, { regNo }: Pick<Application, 'regNo'>, { kind = STEP, accounts, title, note }: Told, except?: string): Promise<number> =>
  notify(tx, { bodyId, at, accounts, ...(except === undefined ? {} : { except }), key: `${kind}/${caseId}/${key}`, title: `${regNo}：${title}`, note, href: `/desk/applications/${caseId}` })
