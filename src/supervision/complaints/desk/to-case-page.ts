import { getCalendar, listBodies } from '../../../bodies/index.ts'
import { can, listDisplayNames, standsInFor } from '../../../identity/index.ts'
import type { Role, SignedInActor } from '../../../identity/index.ts'
import { fieldKeys } from '../../../platform/crypto.ts'
import type { Deps } from '../../../platform/deps.ts'
import type { DueDateProps, TimelineEntry } from '../../../platform/html/index.ts'
import { countWorkingDays } from '../../../statute/calendar.ts'
import type { Calendar } from '../../../statute/calendar.ts'
import { maskPersonalNumbers } from '../../../statute/personal-numbers.ts'
import { ACTION_NAMES, COMPLAINT_ACTIONS, isPossible } from '../complaint-actions.ts'
import type { ActionName } from '../complaint-actions.ts'
import { complaintDueOn } from '../complaint-term.ts'
import { isOpen } from '../complaint.ts'
import type { Complaint, Status } from '../complaint.ts'
import type { getComplaint } from '../complaint-store.ts'
import { listFiles } from '../file-store.ts'
import { findHelp } from '../find-help.ts'
import { listTexts } from '../text-store.ts'
import { DECIDERS, HANDLERS } from '../route-complaint.ts'
import { listFree, viewerOf } from '../viewer.ts'
import type { CasePageModel } from './case-page.tsx'
import { historyWords } from './history-words.ts'

const NEXT: Readonly<Record<Status, string>> = {
  registered: '看过所反映的，受理、转办或者并入同一件；类型、机关不对的先改定。',
  accepted: '查办，记下查明的情况；查清之后拟结论，由另一人审定。',
  asked: '等反映人补充；期限照走，可以先查办。',
  decided: '把结论答复反映人。',
  answered: '等反映人评价；联系之后办结。',
  closed: '已办结。',
  declined: '已了结，理由反映人看得到。',
  transferred: '已转走，由对方办。',
  merged: '随所并入的一件答复。',
  withdrawn: '反映人已撤回。',
}
/** 此刻的主要一步，依次取第一个能办的 */
const MAIN: readonly ActionName[] = ['accept', 'answer', 'decide', 'draft', 'investigate', 'close']

/** 案件一页的内容：所反映的（号码遮盖）、期限、经过、此人能办的。看的人须能办、不须回避。 */
export async function toCasePage(deps: Deps, actor: SignedInActor, found: Awaited<ReturnType<typeof getComplaint>>): Promise<Omit<CasePageModel, 'flash'>> {
  const { db, clock, config } = deps
  const { bodyId, caseId: complaintId, state: complaint, history } = found
  const ref = { bodyId, complaintId }
  const keys = fieldKeys(config.secretKey)
  const help = await findHelp(db, keys, ref, complaint, { today: clock.today(), viewer: viewerOf(actor) })
  const canRead = can(actor, 'complaint.handle', bodyId) || can(actor, 'complaint.decide', bodyId)
  const bodies = new Map((await listBodies(db, { includeAbolished: true })).map((body) => [body.bodyId, body.name]))
  const people = await listDisplayNames(db, history.flatMap(({ actor: by, event }) => [by, ...('accounts' in event ? event.accounts : []), ...('handler' in event && event.handler !== null ? [event.handler] : [])]))
  const steps = ACTION_NAMES.filter((name) => {
    const { permit } = COMPLAINT_ACTIONS[name]
    return can(actor, permit, bodyId) && standsInFor(actor, permit, complaint.barred) !== undefined && isPossible(COMPLAINT_ACTIONS[name], complaint, help) && !(name === 'decide' && complaint.draft?.by.includes(actor.accountId))
  })
  const guessed = complaint.channel === 'MAILBOX' && complaint.from === null && complaint.status === 'registered' && !history.some(({ event }) => event.kind === 'classified')
  const free = async (roles: readonly Role[]) => new Set(await listFree(db, bodyId, roles, clock.today(), complaint.barred))
  const [deciders, handlers] = complaint.status === 'accepted' || complaint.status === 'asked' ? [await free(DECIDERS), await free(HANDLERS)] : [new Set<string>(), new Set<string>()]
  const mine = complaint.draft?.by.includes(actor.accountId) ?? false
  const main = MAIN.find((name) => steps.includes(name) && (complaint.draft === null || name === 'decide'))
  return {
    complaintId,
    complaint,
    aboutName: bodies.get(complaint.aboutBodyId) ?? '',
    handlerName: complaint.handler === null ? null : (people.get(complaint.handler) ?? ''),
    texts: canRead ? (await listTexts(db, keys, ref)).map((text) => ({ ...text, text: maskPersonalNumbers(text.text) })) : null,
    files: canRead ? await listFiles(db, keys, ref) : [],
    guessed,
    due: dueOf(complaint, clock.today(), await getCalendar(db)),
    history: history.map(({ event, actor: by }): TimelineEntry => {
      const { text, note } = historyWords(event, { bodies, people })
      const who = people.get(by)
      return { on: event.on, text, note: [note, who].filter((part) => part !== undefined && part !== '').join(' · ') || undefined }
    }),
    steps: steps.map((name) => ({ name, label: COMPLAINT_ACTIONS[name].label, main: name === main })),
    next: twoPeopleWords(complaint, { mine, accountId: actor.accountId, deciders, handlers, names: await listDisplayNames(db, [...deciders]) }) ?? (guessed ? '类型与所反映的机关是由信里的话估计的：看过原信，不对的先改定，再受理、转办或者并入同一件。' : NEXT[complaint.status]),
    canIdentify: can(actor, 'complaint.identity', bodyId) && !complaint.anonymous && complaint.strippedOn === null,
    canRaise: can(actor, 'safeguard.handle', bodyId) && complaint.aboutBodyId === bodyId,
    canAttach: can(actor, 'complaint.handle', bodyId) && isOpen(complaint),
  }
}

/** 结论须两个人：拟的与审定的。写明等谁；只剩一人的，写明怎样才办得下去。不涉及的为 null。 */
function twoPeopleWords({ draft, findings }: Complaint, { mine, accountId, deciders, handlers, names }: { mine: boolean; accountId: string; deciders: ReadonlySet<string>; handlers: ReadonlySet<string>; names: ReadonlyMap<string, string> }): string | null {
  const others = [...deciders].filter((account) => !(draft?.by ?? [accountId]).includes(account))
  if (draft !== null && !mine && deciders.has(accountId)) return '结论拟好了，看过之后审定，或者退回重拟。'
  if (draft !== null && others.length > 0) return `结论拟好了，等${others.slice(0, 3).map((account) => names.get(account) ?? '').join('、')}${others.length > 3 ? '等' : ''}审定。`
  if (draft === null && (findings.length === 0 || others.length > 0 || !deciders.has(accountId))) return null
  const [only] = [...deciders]
  if (only === undefined) return '本机关现在没有能审定的人：请系统管理员给一人授岗位。'
  const drafters = [...handlers].filter((account) => !deciders.has(account))
  return drafters.length > 0
    ? `能审定的只有${names.get(only) ?? '一人'}：结论由承办的人拟（已由他自己拟的，请承办的人重拟），再由他审定。`
    : `能办这一件的只剩${names.get(only) ?? '一人'}，而结论须一人拟、另一人审定：请转办，或者请系统管理员再给一人授岗位。`
}

const NEAR = 3

function dueOf(complaint: Complaint, today: string, calendar: Calendar): DueDateProps | null {
  const label = '办理期限（本区设定）'
  const on = complaintDueOn(complaint, calendar)
  const { answer } = complaint
  if (answer === null && !isOpen(complaint)) return null
  if (on === null) return { label, on: null, state: 'paused', note: '尚无所涉年份的节假日安排' }
  if (answer !== null) return { label, on, state: answer.on <= on ? 'met' : 'late', note: `${answer.on} 答复` }
  if (today > on) return { label, on, state: 'late', note: `已逾期 ${countWorkingDays(on, today, calendar)} 个工作日` }
  const left = countWorkingDays(today, on, calendar)
  return { label, on, state: left <= NEAR ? 'soon' : 'ahead', note: `还有 ${left} 个工作日；自${complaint.reopenedOn === null ? '收到' : '再办'}次日起 ${complaint.days}${complaint.extension === null ? '' : ` + ${complaint.extension.days}`} 个工作日，条例没有规定` }
}
