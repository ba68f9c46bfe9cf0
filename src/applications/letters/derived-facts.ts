import { FEE_MODES, feeByCount, feeByPages, feePayBy } from '../../statute/fees.ts'
import type { FeeAccount, FeeMode } from '../../statute/fees.ts'
import { addWorkingDays } from '../../statute/calendar.ts'
import { chineseDate, isDocumentNumber } from '../../documents/index.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { CONSULTATION_DAYS, isPast, newTerm, refuseExtension, replyClock, supplementDeadline, supplementNoticeDue } from '../../statute/reply-clock.ts'
import type { Application } from '../application.ts'
import { clockOf, termOf } from '../clock.ts'
import { REFUSED } from '../refusals.ts'
import type { ApplicationRefusal } from '../refusals.ts'
import { present, quote } from './case-facts.ts'
import type { Facts } from './case-facts.ts'
import type { LetterDecision, LetterInput, LetterProblem } from './letter-input.ts'
import type { LetterId } from './letters.ts'
import { toLines } from './lines.ts'

/** 由案件与所填各项算出的值；算不出、与案件不符的说明缘故。 */
export interface Derived {
  facts?: Facts
  lists?: Readonly<Record<string, readonly string[]>>
  problems?: readonly LetterProblem[]
}

interface Given {
  input: LetterInput
  application: Application
  decision: LetterDecision | null
  /** 已校验的各项与案件所知 */
  values: Facts
}

const wrong = (field: string, label: string, message: string): Derived => ({ problems: [{ field, label, message }] })
const refused = (field: string, label: string, refusal: ApplicationRefusal): Derived => wrong(field, label, REFUSED[refusal])

/** 哪些文书要算、怎样算，一种一格。 */
export const DERIVED: Partial<Record<LetterId, (given: Given) => Derived>> = {
  L01: receiptDue,
  L02: receiptDue,
  L03: supplementTerm,
  L05: newDue,
  L06: consultationTerm,
  L07: ({ values }) => (isDocumentNumber(values['consultNo'] ?? '') ? {} : wrong('consultNo', '征求第三方意见书的文号', '文号写法有误，应如「武城运公开征〔2025〕1号」')),
  L09: disclosureGround,
  L10: consultationTerm,
  L11: assistanceTerm,
  L12: fee,
  L13: deferral,
  L04: ({ input, values }) => ((values['reasonBy'] ?? '') < input.on ? wrong('reasonBy', '说明理由的期限', '期限不能早于成文之日') : {}),
  L16: redactions,
  L17: forbidding,
  L18: ({ input, values }) => notLater(values, 'searchedOn', '检索日期', input.on),
  L21: ({ application, values }) => {
    if (application.supplements.at(-1)?.suppliedOn == null) return refused('decision', '处理决定', 'unclear-not-supplemented')
    return { facts: { supplementQuoted: quote(values['supplementContent'] ?? '') } }
  },
  L22: ({ decision, input, values }) => {
    if (decision?.outcome !== 'NP_DUPLICATE') return {}
    if (!isDocumentNumber(values['earlierDocNo'] ?? '')) return wrong('earlierDocNo', '前次答复的文号', '文号写法有误，应如「武城运公开答〔2025〕1号」')
    return notLater(values, 'earlierOn', '前次答复的日期', input.on)
  },
  L25: ({ application }) => (application.reason === null ? refused('decision', '处理决定', 'excessive-not-asked') : {}),
  L27: closingTerm,
}

function notLater(values: Facts, key: string, label: string, on: PlainDate): Derived {
  const day = values[key] ?? ''
  return isPlainDate(day) && day > on ? wrong(key, label, '不能晚于成文之日') : {}
}

// 预计送达之日：不早于成文之日；不填按当日送达
function servedOn({ input, values }: Given): PlainDate | Derived {
  const day = values['servedOn'] ?? input.on
  return day < input.on ? wrong('servedOn', '预计送达之日', '不能早于成文之日') : day
}

/** 登记表与回执上的答复期限：自收到之日起二十个工作日，不计其后的事。 */
function receiptDue({ input, application }: Given): Derived {
  const { receivedOn } = application
  return receivedOn === null ? {} : { facts: present({ receiptDueOn: replyClock(newTerm(receivedOn), input.calendar).dueOn }) }
}

/** 补正：七个工作日内告知，逾期才告知的不停答复期限；期限自收到告知书之日起（条例第三十条）。 */
function supplementTerm(given: Given): Derived {
  const { input, application, values } = given
  const served = servedOn(given)
  if (typeof served !== 'string') return served
  const days = Number(values['days'] ?? input.settings.correctionDays)
  const from = termOf(application, input.settings)?.startedOn
  const past = from !== undefined && isPast(supplementNoticeDue(from, input.calendar), served)
  const open = application.supplements.findLast((each) => each.suppliedOn === null)
  // 已在七个工作日内告知过的，文书不能再写七个工作日之后送达
  if (past && open?.late === false) return refused('servedOn', '预计送达之日', 'supplement-notice-late')
  const late = open?.late ?? past
  return { facts: { days: String(days), servedOn: served, deadline: supplementDeadline(served, input.calendar, days), ...(late ? { lateNotice: 'yes' } : {}) } }
}

/** 延期：已记下而没有文书告知的、当日记下的从其记录，否则按现在的期限试算（条例第三十三条第二款）。 */
function newDue({ input, application, values }: Given): Derived {
  const term = termOf(application, input.settings)
  if (term === null) return refused('application', '案件', 'not-now')
  const last = application.extensions.at(-1)
  const recorded = last !== undefined && (input.recorded === true || last.on === input.on) ? last : undefined
  const before = recorded === undefined ? term : { ...term, extension: term.extension - recorded.days }
  const days = recorded?.days ?? Number(values['days'])
  const refusal = refuseExtension(before, { days, approved: true, notifiedOn: recorded?.on ?? input.on }, input.calendar, input.settings)
  if (refusal !== null) return refused('days', '延长的工作日数', refusal)
  const { dueOn } = replyClock({ ...before, extension: before.extension + days }, input.calendar, input.settings)
  return { facts: { days: String(days), ...present({ newDueOn: dueOn }) } }
}

/** 征求第三方、共同制作机关的意见：自其收到起十五个工作日（条例第三十二条、第三十四条）。 */
function consultationTerm(given: Given): Derived {
  const served = servedOn(given)
  if (typeof served !== 'string') return served
  return { facts: { servedOn: served, deadline: addWorkingDays(served, CONSULTATION_DAYS, given.input.calendar) } }
}

/** 决定公开告知第三方：须决定公开或部分公开，且与第三方所复相符。 */
function disclosureGround({ application, decision, values }: Given): Derived {
  if (decision === null || !['GRANTED', 'PARTIAL', 'GRANTED_ALREADY_PUBLIC'].includes(decision.outcome)) {
    return wrong('decision', '处理决定', '该案没有决定公开，不能告知第三方决定公开')
  }
  const asked = application.consultations.filter((c) => c.with === 'THIRD_PARTY')
  const fits = asked.some(({ reply, reasonable }) => {
    if (reply === null) return true // 台账没有记所复
    if (values['ground'] === 'NO_REPLY') return reply === 'NONE'
    return reply === 'REFUSE' && (values['ground'] === 'PUBLIC_INTEREST' || reasonable !== true)
  })
  return fits ? {} : wrong('ground', '决定公开的情形', asked.length === 0 ? '没有征求第三方意见的记录' : '与第三方所复不符')
}

function assistanceTerm({ input, application, values }: Given): Derived {
  const by = values['by'] ?? ''
  if (by < input.on) return wrong('by', '协办期限', '不能早于成文之日')
  const dueOn = clockOf(application, input.calendar, input.settings)?.dueOn ?? null
  return dueOn !== null && dueOn >= input.on && by > dueOn ? wrong('by', '协办期限', `不能晚于答复期限（${chineseDate(dueOn)}）`) : {}
}

/** 收费：数额由法定的档算出；案件已记下的须与之相符（条例第四十二条、国办函〔2020〕109号）。 */
function fee(given: Given): Derived {
  const { input, application, values } = given
  const mode = values['mode'] as FeeMode
  const [before, count] = [Number(values['countBefore']), Number(values['count'])]
  if (mode === 'COUNT' && count <= before) return wrong('count', '含本件累计的件数', '应多于本月此前已累计的件数')
  const account = mode === 'COUNT' ? feeByCount(count, before) : feeByPages(Number(values['pages']))
  if (account.amount === 0) return wrong('mode', '计收方式', `${FEE_MODES[mode]}试算为零，不应收费`)
  const recorded = application.fee
  if (recorded !== null && recorded.mode !== null && (recorded.mode !== mode || recorded.amount !== account.amount)) {
    return wrong('mode', '计收方式', `与案件所记不符：${FEE_MODES[recorded.mode]}${toYuan(recorded.amount)}元`)
  }
  const served = servedOn(given)
  if (typeof served !== 'string') return served
  const dueOn = recorded === null ? (clockOf(application, input.calendar, input.settings)?.dueOn ?? null) : null
  if (dueOn !== null && isPast(dueOn, served)) return refused('servedOn', '预计送达之日', 'fee-after-due')
  const month = application.receivedOn?.slice(0, 7).split('-').map(Number) ?? []
  const facts = { amount: toYuan(account.amount), feeMonth: `${month[0]}年${month[1]}月`, servedOn: served, deadline: feePayBy(served, input.calendar) }
  return { facts, lists: { tiers: tierLines(mode, account) } }
}

const toYuan = (fen: number): string => (fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2))

function tierLines(mode: FeeMode, { tiers }: FeeAccount): string[] {
  const unit = mode === 'COUNT' ? '件' : '页'
  return tiers.map((tier) => {
    const span = tier.from === tier.to ? `第${tier.from}${unit}` : `第${tier.from}${unit}至第${tier.to}${unit}`
    if (tier.unit === 0) return `${span}，${tier.quantity}${unit}，不收费`
    return `${span}，${tier.quantity}${unit}×${toYuan(tier.unit)}元＝${toYuan(tier.subtotal)}元`
  })
}

/** 延迟答复：须申请人说明的理由合理，且晚于现在的到期日（条例第三十五条）。 */
function deferral({ input, application, values }: Given): Derived {
  if (application.reason?.reasonable !== true) return refused('until', '延迟答复的期限', 'reason-not-accepted')
  if (application.deferral !== null) return { facts: { until: application.deferral.until } }
  const dueOn = clockOf(application, input.calendar, input.settings)?.dueOn ?? input.on
  if (isPast(dueOn, input.on)) return refused('until', '延迟答复的期限', 'deferral-after-due')
  return (values['until'] ?? '') <= dueOn ? refused('until', '延迟答复的期限', 'deferral-not-later') : {}
}

/** 部分公开：每处都要写明第十四条、第十五条或第十六条。 */
function redactions({ values }: Given): Derived {
  const lines = toLines(values['redactions'] ?? '')
  const problems = lines.flatMap((line, i) =>
    /第十[四五六]条/.test(line) ? [] : [{ field: 'redactions', label: '不予公开的部分', message: `第${i + 1}处没有写明依据第十四条、第十五条还是第十六条` }],
  )
  return { lists: { redactions: lines }, problems }
}

/** 法律、行政法规禁止公开的，须写明其名称与条款；规章、规范性文件、地方性法规不得作为依据（条例第十四条）。 */
function forbidding({ decision, values }: Given): Derived {
  if (decision?.outcome !== 'DENY_LAW') return {}
  const text = values['forbiddenBy'] ?? ''
  const names = [...text.matchAll(/《([^》]+)》/g)].map((found) => found[1] ?? '')
  const label = '禁止公开的法律、行政法规名称及条款'
  if (names.length === 0 || !/第[一二三四五六七八九十百零\d]+条/.test(text)) return wrong('forbiddenBy', label, '请写明法律、行政法规的名称（加书名号）和条款')
  const unfit = names.find((name) => /(通知|意见|方案|函|公告|纪要|细则（试行）)$/.test(name) || /^[\p{Script=Han}]{1,12}(省|市|县|区|自治州)(?!划)/u.test(name))
  return unfit === undefined ? {} : wrong('forbiddenBy', label, `《${unfit}》不是法律、行政法规，不能作为依据`)
}

/** 不再处理：期限届满的次日起；送达与期满之日取自案件。 */
function closingTerm({ input, application, decision, values }: Given): Derived {
  if (decision === null || decision.outcome === 'OTHER') return {}
  const no = values['noticeNo']
  if (no !== undefined && !isDocumentNumber(no)) return wrong('noticeNo', '补正告知书、收费通知书的文号', '文号写法有误')
  const lapsed = decision.outcome === 'CLOSED_NO_CORRECTION' ? application.supplements.at(-1)?.by : application.fee?.payBy
  if (lapsed == null) return wrong('decision', '处理决定', '案件没有记下补正、缴费的期限')
  if (!isPast(lapsed, input.on)) return refused('on', '成文之日', 'too-early')
  return { facts: { noticeNoShown: no === undefined ? '' : `（${no}）`, deadline: lapsed, ...present({ noticedOn: application.fee?.noticedOn ?? null }) } }
}
