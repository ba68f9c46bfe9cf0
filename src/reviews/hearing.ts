import type { PlainDate } from '../statute/plain-date.ts'
import type { Lesson, LessonEvent } from './lessons/lesson.ts'
import { evolveDuties, isDutyEvent } from './performance/duty.ts'
import type { Duty, DutyEvent } from './performance/duty.ts'

/** 当面审理的几种：复议的听证、听取意见，诉讼的开庭。 */
export const HEARING_KINDS = { hearing: '听证', opinion: '听取意见', trial: '开庭' } as const
export type HearingKind = keyof typeof HEARING_KINDS

/** 谁去：负责人应当参加；不能的，委托相应的工作人员（行政复议法第五十一条、行政诉讼法第三条）。 */
export const ATTENDANTS = { head: '机关负责人', deputy: '分管负责人', staff: '相应的工作人员' } as const
export type Attendant = keyof typeof ATTENDANTS

/** 一次听证、开庭。 */
export interface Hearing {
  id: string
  kind: HearingKind
  /** 收到通知而记下之日 */
  setOn: PlainDate
  day: PlainDate
  /** 时刻，如 09:30 */
  time: string
  place: string
  attends: Attendant
  /** 去的工作人员的账号；没有定的为 null */
  account: string | null
  heldOn: PlainDate | null
  attended: Attendant | null
  /** 负责人没有去的缘故 */
  why: string | null
  cancelled: boolean
}

export type PlannedHearing = Pick<Hearing, 'id' | 'kind' | 'day' | 'time' | 'place' | 'attends' | 'account'>

/** 两种案件都有的事；不记当事人，连同的人只记编号。 */
export type SharedEvent =
  /** 邮寄的答复、答辩，对方签收之日 */
  | { kind: 'answer-received'; on: PlainDate }
  | { kind: 'linked'; on: PlainDate; applicationId: string | null }
  | { kind: 'assigned'; on: PlainDate; to: string }
  | { kind: 'hearing-set'; on: PlainDate; hearing: PlannedHearing }
  | { kind: 'hearing-held'; on: PlainDate; id: string; attended: Attendant; why: string | null }
  | { kind: 'hearing-cancelled'; on: PlainDate; id: string; reason: string }
  | DutyEvent
  | LessonEvent

/** 两种案件都有的：所争的申请、承办人、各次听证与开庭、要履行的。 */
export interface Shared {
  applicationId: string | null
  handler: string | null
  hearings: readonly Hearing[]
  /** 答复、答辩邮寄的，交邮之日；当面递交的、没有记怎样递交的为 null */
  postedOn: PlainDate | null
  /** 邮寄的，对方签收之日 */
  receiptOn: PlainDate | null
  /** 决定、裁判要履行的，意见书、建议书要反馈的 */
  duties: readonly Duty[]
  /** 被纠正的缘由；没有记的为 null */
  lesson: Lesson | null
}

export const NOTHING_SHARED: Shared = { applicationId: null, handler: null, hearings: [], postedOn: null, receiptOn: null, duties: [], lesson: null }

const SHARED_KINDS = ['answer-received', 'linked', 'assigned', 'hearing-set', 'hearing-held', 'hearing-cancelled', 'lesson-noted'] as const
export const isShared = (event: { kind: string }): event is SharedEvent => SHARED_KINDS.some((kind) => kind === event.kind) || isDutyEvent(event)

export function evolveShared(shared: Shared, event: SharedEvent): Shared {
  if (isDutyEvent(event)) return { ...shared, duties: evolveDuties(shared.duties, event) }
  switch (event.kind) {
    case 'answer-received':
      return { ...shared, receiptOn: event.on }
    case 'linked':
      return { ...shared, applicationId: event.applicationId }
    case 'assigned':
      return { ...shared, handler: event.to }
    case 'hearing-set':
      return { ...shared, hearings: [...shared.hearings, { ...event.hearing, setOn: event.on, heldOn: null, attended: null, why: null, cancelled: false }] }
    case 'hearing-held':
      return { ...shared, hearings: shared.hearings.map((one) => (one.id === event.id ? { ...one, heldOn: event.on, attended: event.attended, why: event.why } : one)) }
    case 'lesson-noted':
      return { ...shared, lesson: event.lesson }
    case 'hearing-cancelled':
      return { ...shared, hearings: shared.hearings.map((one) => (one.id === event.id ? { ...one, cancelled: true } : one)) }
  }
}

/** 没有记出席、没有取消的，先开的在前。 */
export const unheldHearings = ({ hearings }: Pick<Shared, 'hearings'>): Hearing[] =>
  hearings.filter(({ heldOn, cancelled }) => heldOn === null && !cancelled).toSorted((a, b) => `${a.day} ${a.time}`.localeCompare(`${b.day} ${b.time}`))

type Stage = { decidedOn: PlainDate | null } | { firstInstance: { on: PlainDate } | null; final: { on: PlainDate } | null }

/** 还要去的：有了决定、裁判生效之后都不再开；一审判了，此前通知的不再开。 */
export function comingHearings(state: Pick<Shared, 'hearings'> & Stage): Hearing[] {
  const isOver = 'final' in state ? state.final !== null : state.decidedOn !== null
  if (isOver) return []
  const judgedOn = 'final' in state ? (state.firstInstance?.on ?? null) : null
  return unheldHearings(state).filter(({ setOn }) => judgedOn === null || setOn > judgedOn)
}

/** 等着签收的回执：答复、答辩邮寄了，还没有记签收，也还没有结果。 */
export const awaitsReceipt = ({ status, postedOn, receiptOn }: Pick<Shared, 'postedOn' | 'receiptOn'> & { status: string }): boolean => status === 'answered' && postedOn !== null && receiptOn === null
