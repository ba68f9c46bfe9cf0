import { APPELLANTS, JUDGMENT_FORMS, LITIGATION_STATUSES, TRIALS } from './litigation.ts'
import type { LitigationEvent } from './litigation.ts'
import { ATTENDANTS, awaitsReceipt, comingHearings, HEARING_KINDS } from './hearing.ts'
import type { SharedEvent } from './hearing.ts'
import type { OpenedCase } from './open-case.ts'
import { CAUSES } from './lessons/lesson.ts'
import { endedOf, isOrderUnlisted } from './performance/ended.ts'
import { DUTY_KINDS, DUTY_WORDS, termWords } from './performance/duty.ts'
import { LITIGATION_RESULTS, REVIEW_RESULTS } from './results.ts'
import { openPause, PROCEDURES, REVIEW_STATUSES } from './review.ts'
import type { ReviewEvent } from './review.ts'

type AnyEvent = ReviewEvent | LitigationEvent

const SHARED_WORDS: Readonly<Record<SharedEvent['kind'], string>> = {
  'answer-received': '对方签收答复、答辩',
  linked: '连上所争的申请',
  assigned: '分派承办人',
  'hearing-set': '通知听证、开庭',
  'hearing-held': '听证、开庭',
  'hearing-cancelled': '听证、开庭取消',
  ...DUTY_WORDS,
  'lesson-noted': '记纠正的缘由',
}

/** 案件上发生的每种事怎样称呼。 */
export const CASE_EVENTS: Readonly<Record<OpenedCase['kind'], Readonly<Record<string, string>>>> = {
  review: {
    ...SHARED_WORDS,
    received: '收到行政复议申请书副本',
    accepted: '复议机关受理',
    'procedure-changed': '审理程序转换',
    'decision-extended': '复议机关延长审理期限',
    answered: '提交行政复议答复书',
    suspended: '复议中止',
    resumed: '恢复审理',
    decided: '作出复议决定',
    'decision-served': '收到复议决定书',
    sued: '对复议决定起诉',
    closed: '办结',
    recorded: '由台账登记',
    corrected: '更正登记',
  },
  litigation: {
    ...SHARED_WORDS,
    filed: '收到起诉状副本',
    docketed: '法院立案',
    'review-linked': '连上先前的复议',
    answered: '提交答辩状',
    'first-judged': '一审裁判',
    'judgment-served': '收到一审裁判',
    appealed: '上诉',
    'took-effect': '裁判生效',
    recorded: '由台账登记',
    corrected: '更正登记',
  },
}
export const wordOf = (kind: OpenedCase['kind'], event: string): string => CASE_EVENTS[kind][event] ?? event

/** 一件事在「经过」里的细节；没有可说的为空。 */
export function detailOf(event: AnyEvent, opened: OpenedCase, people: ReadonlyMap<string, string>): string {
  switch (event.kind) {
    case 'assigned':
      return people.get(event.to) ?? ''
    case 'hearing-set': {
      const { kind, day, time, place, attends, account } = event.hearing
      return `${HEARING_KINDS[kind]}：${day} ${time}，${place}；${ATTENDANTS[attends]}参加${account === null ? '' : `，一同去的 ${people.get(account) ?? ''}`}`
    }
    case 'hearing-held':
      return `${ATTENDANTS[event.attended]}参加${event.why === null ? '' : `；负责人没有参加：${event.why}`}`
    case 'hearing-cancelled':
      return event.reason
    case 'duty-ordered':
      return [DUTY_KINDS[event.duty.kind], event.duty.documentNo ?? '', event.duty.matter, termWords(event.duty)].filter((text) => text !== '').join('，')
    case 'duty-done':
      return [event.documentNo ?? '', event.note].filter((text) => text !== '').join('，')
    case 'lesson-noted':
      return [CAUSES[event.lesson.cause], event.lesson.unit ?? '', event.lesson.words].filter((text) => text !== '').join('，')
    case 'answered':
      return event.posted === true ? '邮寄' : ''
    case 'suspended':
      return event.reason
    case 'duty-dropped':
      return event.reason
    case 'procedure-changed':
      return `转为${PROCEDURES[event.procedure]}，期限照新的程序算`
    case 'decision-extended':
      return `延长 ${event.days} 日（行政复议法第六十二条）`
    case 'decided':
      return [REVIEW_RESULTS[event.result].label, event.documentNo ?? ''].filter((text) => text !== '').join('，')
    case 'docketed':
      return TRIALS[event.trial]
    case 'first-judged':
      return [event.form === undefined ? '' : JUDGMENT_FORMS[event.form], LITIGATION_RESULTS[event.result].label, event.documentNo ?? '', '尚未生效'].filter((text) => text !== '').join('，')
    case 'appealed':
      return event.by === undefined ? '' : `${APPELLANTS[event.by]}上诉`
    case 'took-effect':
      return [LITIGATION_RESULTS[event.result].label, event.documentNo ?? ''].filter((text) => text !== '').join('，')
    case 'corrected':
      return event.reason
    case 'recorded':
      return recordedWords(opened)
    default:
      return ''
  }
}

const recordedWords = (opened: OpenedCase): string => {
  if (opened.kind === 'review') return opened.state.result === null ? '' : REVIEW_RESULTS[opened.state.result].label
  return opened.state.final === null ? '' : LITIGATION_RESULTS[opened.state.final.result].label
}

export const statusWords = ({ kind, state }: OpenedCase): string => (kind === 'review' ? `${REVIEW_STATUSES[state.status]}${openPause(state) === undefined ? '' : '（中止）'}` : LITIGATION_STATUSES[state.status])

/** 下一步该做什么：一句话，写明依据。 */
export const nextStepOf = (opened: OpenedCase): string => `${opened.kind === 'review' ? reviewStep(opened.state) : suitStep(opened.state)}${hearingWords(opened)}`

/** 将开的听证、开庭；没有的为空。 */
export function hearingWords(opened: OpenedCase): string {
  const hearing = comingHearings(opened.state)[0]
  return hearing === undefined ? '' : `${hearing.day} ${hearing.time} ${HEARING_KINDS[hearing.kind]}，${hearing.place}：负责人应当参加，不能参加的委托相应的工作人员并说明缘故。`
}

function reviewStep(review: Extract<OpenedCase, { kind: 'review' }>['state']): string {
  switch (review.status) {
    case 'received':
      return `${pauseWords(review)}列证据目录、起草行政复议答复书，送负责人签发后提交；没有按期提交证据、依据的，视为没有（行政复议法第七十条）。`
    case 'answered':
      return `${pauseWords(review)}${receiptWords(review)}等复议机关的决定；收到听证通知、延期告知的记下。`
    case 'decided':
      return `${review.servedOn === null ? '收到决定书之日记下：申请人起诉的期限自其收到之日起。' : ''}${toPerform(review)}申请人起诉的，登记诉讼；期限过了没有起诉的，办结。`
    case 'sued':
      return '对决定起诉了，看那件诉讼；要履行的履行了，办结。'
    case 'closed':
      return '已办结。'
  }
}

const pauseWords = (review: Extract<OpenedCase, { kind: 'review' }>['state']): string => {
  const pause = openPause(review)
  return pause === undefined ? '' : `复议自 ${pause.from} 中止（${pause.reason}），收到恢复审理的通知的记下。`
}
const receiptWords = (state: OpenedCase['state']): string => (awaitsReceipt(state) ? `${state.postedOn ?? ''} 交邮的还没有记签收，收到回执的记下。` : '')

// 要照办的结果：还没有登记办什么的，先登记；登记了的，此处已都办了
function toPerform(state: OpenedCase['state']): string {
  const ended = endedOf(state)
  if (ended?.binding !== true) return ''
  return isOrderUnlisted(state) ? `结果为${ended.result}：先登记照${ended.kind === 'review' ? '决定' : '裁判'}要重新答复或者履行什么、至迟何日。` : '要照办的都办了。'
}

function suitStep(suit: Extract<OpenedCase, { kind: 'litigation' }>['state']): string {
  switch (suit.status) {
    case 'filed':
      return '列证据目录、起草答辩状，送负责人签发后提交；无正当理由逾期提供证据的，视为没有（行政诉讼法第三十四条、第六十七条）。'
    case 'answered':
      return `${receiptWords(suit)}等开庭；收到裁判的登记。`
    case 'first-instance':
      return suit.firstServedOn === null ? '收到一审裁判之日记下：上诉期限自其次日起。' : '上诉期限内决定是否上诉；期满没有上诉的，记裁判生效。'
    case 'appeal':
      return '等二审裁判；送达之日记裁判生效。'
    case 'final':
      return toPerform(suit) || '裁判已生效，没有要履行的。'
  }
}
