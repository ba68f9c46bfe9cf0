import type { DayCell, DueDateProps, TimelineEntry, Tone } from '../../platform/html/index.ts'
import { maskAddress, maskEmail, maskName, maskNumber } from '../../platform/mask.ts'
import { CalendarYearMissing, countWorkingDays } from '../../statute/calendar.ts'
import { lateness } from '../../statute/delivery.ts'
import { outcomeRule, reportRowOf } from '../../statute/outcomes.ts'
import { labelOf, rowLabelOf } from '../../statute/report-form.ts'
import { yearOf } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { FEE_WAIT } from '../../statute/reply-clock.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import { ASSISTANCE, fieldsOfKind } from '../applicants/applicant-form.ts'
import type { Applicant } from '../applicants/applicant-store.ts'
import { isOpen } from '../application.ts'
import type { Application, CoHandling, Status } from '../application.ts'
import { coHandlingDueOn } from '../co-handling.ts'
import { toDayCells } from './day-cells.ts'
import { APPLICATION_EVENTS, detailOf, nextStepOf } from '../case-words.ts'
import { clockOf, dueAccountOf, lastNoticeDay } from '../clock.ts'
import type { Ground } from '../decisions.ts'
import type { ApplicationEvent } from '../events.ts'
import { remedyDays } from '../remedy-days.ts'
import { redoTermWords } from '../redo.ts'
import { cellsOfRecord, isUncountedRedo, toReportFacts } from '../report-facts.ts'

export interface CaseView {
  due: DueDateProps | null
  days: readonly DayCell[]
  account: string
  /** 没有该年节假日安排等，期限算不出的缘故 */
  trouble: string | null
  history: readonly TimelineEntry[]
  next: string
  /** 计入哪些格，一年一行 */
  cells: readonly string[]
  /** 现在拟定、或将来答复后计入何处 */
  later: string | null
  person: readonly (readonly [string, string])[]
  coHandlings: readonly CoHandlingView[]
  /** 申请人复议、起诉的最后一日 */
  remedy: readonly (readonly [string, string])[]
}

/** 协办的一项：回了没有、到期没有。 */
export interface CoHandlingView {
  id: string
  unit: string
  words: string
  tone: Tone
  facts: readonly (readonly [string, string])[]
}

/** 案件页的内容：期限、经过、下一步、将计入的格、遮盖后的申请人。纯由案件、日历与今日得出。 */
export function toCaseView(
  a: Application,
  events: readonly RecordedEvent<ApplicationEvent>[],
  ground: Ground,
  more: { people: ReadonlyMap<string, string>; applicant: Applicant | null },
): CaseView {
  const { today } = ground
  return {
    ...clockView(a, ground),
    history: events.map(({ event, actor }) => ({
      on: event.on,
      text: APPLICATION_EVENTS[event.kind],
      note: [event.kind === 'assigned' ? (more.people.get(event.to) ?? '') : detailOf(event, a), byWhom(actor, event.onBehalfOf, more.people)].filter((each) => each !== '').join(' · '),
      ...(event.kind === 'consultation-sent' || event.kind === 'supplement-asked' ? { tone: 'wait' as const } : event.kind === 'decided' ? { tone: 'ok' as const } : {}),
    })),
    next: nextStepOf(a, { today, noticeDue: noticeDueOf(a, ground) }),
    ...reportView(a, today),
    remedy: remedyDays(a, ground.calendar),
    person: more.applicant === null ? [] : maskedPerson(more.applicant),
    coHandlings: a.coHandlings.toSorted((x, y) => Number(x.returnedOn !== null) - Number(y.returnedOn !== null)).map((c) => toCoHandlingView(c, a, ground, more.people)),
  }
}

function byWhom(actor: string, onBehalfOf: string | undefined, people: ReadonlyMap<string, string>): string {
  const name = people.get(actor) ?? ''
  return onBehalfOf === undefined ? name : `${name}（代${people.get(onBehalfOf) ?? '他人'}）`
}

function toCoHandlingView(c: CoHandling, a: Application, { today, calendar }: Ground, people: ReadonlyMap<string, string>): CoHandlingView {
  const dueOn = coHandlingDueOn(c, calendar)
  const late = dueOn !== null && dueOn < (c.returnedOn ?? today)
  const waiting = isOpen(a) ? (late ? '逾期未回' : '未回') : '没有回'
  const facts: (readonly [string, string | null | undefined])[] = [
    ['事项', c.matter],
    ['经办', c.account === null ? null : people.get(c.account)],
    ['请协办', c.askedOn],
    ['内部期限', dueOn === null ? `${c.days} 个工作日，尚无该年节假日安排` : `${dueOn}（${c.days} 个工作日）`],
    ['结果', c.result],
  ]
  return {
    id: c.id,
    unit: c.unit,
    words: c.returnedOn === null ? waiting : `${c.returnedOn} 已回${late ? '，逾期' : ''}`,
    tone: c.returnedOn !== null ? 'ok' : late && isOpen(a) ? 'late' : 'wait',
    facts: facts.flatMap(([label, text]) => (text == null ? [] : [[label, text] as const])),
  }
}

const noticeDueOf = (a: Application, { calendar, settings }: Ground): PlainDate | null => lastNoticeDay(a, calendar, settings)

function orMissing<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof CalendarYearMissing) return null
    throw error
  }
}

function clockView(a: Application, ground: Ground): Pick<CaseView, 'due' | 'days' | 'account' | 'trouble'> {
  const nothing = { due: null, days: [], account: '', trouble: null }
  if (a.receivedOn === null || a.status === 'split' || a.status === 'voided') return nothing
  const { calendar, settings, today } = ground
  const clock = orMissing(() => clockOf(a, calendar, settings))
  const account = orMissing(() => dueAccountOf(a, calendar, settings))
  if (clock === null || account === null) return { ...nothing, trouble: '尚无所涉年份的节假日安排，到期日不能确定；载入之后自动算出。' }
  const until = a.decision?.decidedOn ?? today
  const decided = a.decision !== null
  const paused = account.steps.filter((step) => step.kind === 'paused')
  const unpaid = paused.filter((step) => step.note === FEE_WAIT).length
  const counted = account.steps.filter((step) => step.kind === 'counted')
  const passed = counted.filter((step) => step.day <= until).length
  const parts = a.redo?.term != null ? [redoTermWords(a.redo)] : [`${counted.length} 个工作日（条例第三十三条）`, ...(paused.length > unpaid ? [`扣除征求意见 ${paused.length - unpaid} 个工作日`] : []), ...(unpaid > 0 ? [`扣除等缴费 ${unpaid} 个工作日`] : [])]
  const days = toDayCells(account, { until, decided, calendar })
  // 逾期久了，只列开头的
  const unlisted = !decided && account.dueOn !== null && (days.at(-1)?.on ?? until) < until
  return {
    due: dueOf(a, clock.dueOn, { ground, passed, stoppedUntil: clock.state === 'stopped' ? clock.until : null }),
    days,
    account: account.dueOn === null ? '期限暂停，到期日待定' : `${parts.join('，')}${unlisted ? '。此后至今日都已逾期，不再逐日列出' : ''}`,
    trouble: null,
  }
}

function dueOf(a: Application, dueOn: PlainDate | null, { ground, passed, stoppedUntil }: { ground: Ground; passed: number; stoppedUntil: PlainDate | null }): DueDateProps {
  const { today, calendar } = ground
  const label = '应当答复于'
  if (a.decision !== null) {
    const { method } = a.delivery ?? {}
    const late = dueOn === null || a.delivery === null || method == null ? null : lateness({ ...a.delivery, method }, dueOn, calendar)
    const met = late === null ? dueOn === null || a.decision.decidedOn <= dueOn : late === 0
    const words = late === null ? `${a.decision.decidedOn} 作出决定` : late === 0 ? '按期答复' : `逾期 ${late} 个工作日`
    // 按期与否看送达、交邮之日：还没有送达的不能说按期
    if (dueOn !== null && met && a.status === 'approved') return { label, on: dueOn, state: today > dueOn ? 'soon' : 'ahead', note: `${words}，没有送达的记录` }
    return dueOn === null ? { label: '作出决定', on: a.decision.decidedOn, state: 'met' } : { label, on: dueOn, state: met ? 'met' : 'late', note: words }
  }
  if (dueOn === null) return { label, on: null, state: 'paused', note: stoppedUntil === null ? '征求意见中，尚未送达或没有法定期限' : `申请人的期限至 ${stoppedUntil}` }
  const left = today <= dueOn ? countWorkingDays(today, dueOn, calendar) : -countWorkingDays(dueOn, today, calendar)
  if (left < 0 || today > dueOn) return { label, on: dueOn, state: 'late', note: `已逾期 ${-left} 个工作日，仍须答复` }
  return { label, on: dueOn, state: left <= 5 ? 'soon' : 'ahead', note: `还有 ${left} 个工作日 · 已计 ${passed} 个工作日` }
}



function reportView(a: Application, today: PlainDate): Pick<CaseView, 'cells' | 'later'> {
  const facts = toReportFacts(a)
  if (facts === null && isUncountedRedo(a)) return { cells: [], later: UNCOUNTED_REDO }
  if (facts === null) return { cells: [], later: UNCOUNTED[a.status] ?? (a.archivedOn === null ? '确认收到之后计入。' : NEVER_RECEIVED) }
  const last = facts.decidedOn === null ? yearOf(today) : yearOf(facts.decidedOn)
  const years = Array.from({ length: Math.max(0, last - yearOf(facts.receivedOn) + 1) }, (_, i) => yearOf(facts.receivedOn) + i)
  const cells = years.flatMap((year) =>
    cellsOfRecord(facts, year, today)
      .filter((cell) => !cell.endsWith('.T') && !cell.startsWith('R3.7'))
      .map((cell) => `${year} 年：${labelOf(cell)}${cell.startsWith('R4') && isOpen(a) ? '（截至今日）' : ''}`),
  )
  if (!isOpen(a)) return { cells, later: null }
  if (a.proposal === null) return { cells, later: '答复后计入本年度办理结果的相应一行；年末仍未答复的结转下年度。' }
  return { cells, later: `批准后计入「${rowLabelOf(reportRowOf(a.proposal.outcome))}」（${outcomeRule(a.proposal.outcome).label}）` }
}

const UNCOUNTED_REDO = '照决定、裁判重新答复的，不另计件：申请已在初次收到、答复之年计过（依机构的设置，本区设定）。'
const NEVER_RECEIVED = '确认收到之前已撤回，从未收到，不计入。'
const UNCOUNTED: Partial<Record<Status, string>> = { split: '拆出的各件分别计入，本件不计。', voided: '已作废，不计入。', withdrawn: NEVER_RECEIVED }

/** 遮盖后的申请人：自然人只留姓，号码前三后四，地址到区。 */
function maskedPerson(p: Applicant): [string, string][] {
  const natural = p.kind === 'N'
  const shown: [string, string | null][] = fieldsOfKind(p.kind).map(({ key, label }) => [label, maskedValue(key, valueOf(p, key), natural)])
  const assistance = assistanceOf(p)
  return [...shown, ['需要的协助', assistance]].filter((pair): pair is [string, string] => pair[1] !== null && pair[1] !== '')
}

export const valueOf = (p: Applicant, key: string): string | null => (key === 'name' ? p.name : key === 'idNo' ? p.idNo : key === 'contact' ? p.contact : (p.details?.[key] ?? null))

export const assistanceOf = (p: Applicant): string | null => {
  const asked = p.details?.['assistance']?.split(',') ?? []
  const words = Object.entries(ASSISTANCE).filter(([key]) => asked.includes(key))
  return words.length === 0 ? null : words.map(([, label]) => label).join('；')
}

function maskedValue(key: string, value: string | null, natural: boolean): string | null {
  if (value === null || value === '') return null
  if (key === 'idKind') return value
  if (key === 'name') return natural ? maskName(value) : value
  if (key.endsWith('Name') || key.endsWith('Person')) return maskName(value)
  if (key === 'email') return maskEmail(value)
  if (key === 'postalAddress') return maskAddress(value)
  if (key === 'mandate' || key === 'postcode') return '已提供'
  return natural || key !== 'idNo' ? maskNumber(value) : value
}
