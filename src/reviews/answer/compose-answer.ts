import type { DisputedApplication } from '../../applications/index.ts'
import { chineseDate } from '../../documents/index.ts'
import { DELIVERY_METHODS } from '../../statute/delivery.ts'
import { outcomeRule } from '../../statute/outcomes.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import type { OpenedCase } from '../open-case.ts'
import type { AnswerContent } from './answer-store.ts'

export const REGULATION = '《中华人民共和国政府信息公开条例》'
export const REVIEW_LAW = '《中华人民共和国行政复议法》'
export const LITIGATION_LAW = '《中华人民共和国行政诉讼法》'

/** 留给起草的人写的，没有写的核对不过。 */
export const TO_WRITE = '〔请写明'

export interface AnswerSource {
  opened: OpenedCase
  /** 所争的申请；没有连上的为 null */
  disputed: DisputedApplication | null
  /** 当事人的姓名、名称；没有登记的为空 */
  claimant: string
  bodyName: string
  /** 证据目录的份数 */
  evidence: number
}

/** 由记录拟成一件答复书、答辩状：经过、理由、法律依据照案卷写，本机关的意见留给起草的人。 */
export function composeAnswer(source: AnswerSource): AnswerContent {
  const { opened, disputed } = source
  const isReview = opened.kind === 'review'
  const reader = isReview ? '贵机关' : '贵院'
  return {
    recipient: (isReview ? opened.state.facts.authority : opened.state.facts.court) ?? '',
    paragraphs: [
      opening(source),
      `一、${isReview ? '作出行政行为' : '被诉行政行为作出'}的经过`,
      ...(disputed === null ? [`${TO_WRITE}收到申请、处理、答复与送达的日期和文号〕`] : courseOf(disputed)),
      '二、事实和理由',
      ...reasonsOf(disputed),
      `三、法律依据`,
      articlesOf(disputed),
      `四、对${isReview ? '申请人' : '原告'}主张的意见`,
      `${TO_WRITE}对各项主张逐一的意见〕`,
      isReview
        ? `综上，本机关作出的行政行为事实清楚、证据确凿、适用依据正确、程序合法、内容适当，请${reader}依法维持。`
        : `综上，本机关作出的行政行为证据确凿，适用法律、法规正确，符合法定程序，请${reader}依法驳回原告的诉讼请求。`,
      ...(source.evidence === 0 ? [] : [`随本${isReview ? '答复书' : '答辩状'}提交证据目录所列证据、依据${source.evidence}份。`]),
    ],
  }
}

const bare = (text: string): string => text.trim().replace(/[。；;，,]+$/u, '')

function opening({ opened, claimant, bodyName }: AnswerSource): string {
  const { facts } = opened.state
  const name = claimant === '' ? `${TO_WRITE}当事人的姓名、名称〕` : claimant
  const docNo = facts.decisionNo
  const act = docNo === null ? '逾期不予答复' : `作出的政府信息公开答复（${docNo}）`
  const received = chineseDate(facts.receivedOn)
  if (opened.kind === 'review') {
    const article = opened.state.facts.procedure === 'summary' ? '第五十四条' : '第四十八条'
    return `申请人${name}不服被申请人${bodyName}${act}，向贵机关申请行政复议（案号：${facts.caseNo}）。本机关于${received}收到行政复议申请书副本，现依照${REVIEW_LAW}${article}的规定答复如下：`
  }
  return `原告${name}不服被告${bodyName}${act}，向贵院提起行政诉讼（案号：${facts.caseNo}）。本机关于${received}收到起诉状副本，现依照${LITIGATION_LAW}第六十七条的规定答辩如下：`
}

function courseOf({ application: a, course }: DisputedApplication): string[] {
  const asked = a.receivedOn === null ? '本机关尚未确认收到申请' : `本机关于${chineseDate(a.receivedOn)}收到政府信息公开申请（登记号：${a.regNo}），所求为：“${bare(a.content)}”`
  const middle = course.filter(({ text }) => !ENDS.includes(text)).map(({ on, text }) => `于${chineseDate(on)}${text}`)
  const { decision, delivery } = a
  const decided = decision === null ? '至今没有作出答复' : `于${chineseDate(decision.decidedOn)}作出答复${decision.docNo === null ? '' : `（${decision.docNo}）`}，处理结果为：${outcomeRule(decision.outcome).label}`
  const method = delivery?.method == null ? '送达' : DELIVERY_METHODS[delivery.method].label
  const served = delivery === null ? [] : [`于${chineseDate(delivery.servedOn ?? delivery.dispatchedOn)}以${method}的方式${delivery.servedOn === null ? '发出' : '送达申请人'}`]
  return [`${[asked, ...middle, decided, ...served].join('；')}。`]
}

// 收到、答复、送达另写
const ENDS = ['收到申请', '提交申请', '作出处理决定', '不再处理', '交邮或发出', '送达']

function reasonsOf(disputed: DisputedApplication | null): string[] {
  const decision = disputed?.application.decision
  if (decision == null) return [`${TO_WRITE}事实和理由〕`]
  const lines = outcomeRule(decision.outcome).evidence.flatMap(({ key, label, options }) => {
    const given = decision.evidence[key]
    return given === undefined || given === '' ? [] : [`${leadOf(label)}${dated(bare(options?.[given] ?? given))}。`]
  })
  return lines.length === 0 ? [`${TO_WRITE}事实和理由〕`] : lines
}

// 表上的一问一答写成一句话；理由自己成句，其余照写名目
function leadOf(label: string): string {
  if (label === '不公开的理由') return ''
  const [, kind] = /^哪一类(.+)$/u.exec(label) ?? []
  return kind === undefined ? `${label}：` : `所求的信息属于${kind}中的`
}

// 案卷里的日子，写进公文的照公文的写法
const dated = (text: string): string => text.replaceAll(/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/gu, (day) => (isPlainDate(day) ? chineseDate(day) : day))

// 不掌握的两种，各依一项
const NOT_HELD: Readonly<Record<string, string>> = { NOT_EXIST: '第三十六条第（四）项', NOT_RESPONSIBLE: '第三十六条第（五）项' }

function articlesOf(disputed: DisputedApplication | null): string {
  const decision = disputed?.application.decision
  const article = decision == null ? null : (NOT_HELD[decision.evidence['notHeld'] ?? ''] ?? outcomeRule(decision.outcome).article)
  if (article === null) return `${TO_WRITE}作出行政行为所依据的法律、法规条款〕`
  return `${REGULATION}${article}。`
}
