import type { DeliveryMethod } from '../statute/delivery.ts'
import type { FeeMode } from '../statute/fees.ts'
import type { Outcome } from '../statute/outcomes.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { Channel } from '../statute/receipt.ts'
import type { Remedy } from '../statute/remedies.ts'
import type { ConsultationKind } from '../statute/reply-clock.ts'
import type { Redo } from './redo.ts'

/** 申请人的种类，即年度报告表三的列。 */
export const APPLICANT_KINDS = {
  N: '自然人',
  B: '商业企业',
  R: '科研机构',
  P: '社会公益组织',
  L: '法律服务机构',
  O: '其他',
} as const

export type ApplicantKind = keyof typeof APPLICANT_KINDS
export const isApplicantKind = (text: string): text is ApplicantKind => Object.hasOwn(APPLICANT_KINDS, text)

/** 一件申请的登记内容。申请人的姓名、证件、联系方式不在其中，另存于加密的 `applicant` 表。 */
export interface Particulars {
  /** 登记号，一机构内唯一 */
  regNo: string
  channel: Channel | null
  applicantKind: ApplicantKind
  applicantId: string | null
  content: string
  /** 获取方式的要求 */
  form: string | null
  /** 一份申请拆为几件的，所从出的那件 */
  splitFrom: string | null
  note: string | null
  /** 照复议决定、裁判重新答复的一件 */
  redo?: Redo
}

/** 收到之日的凭据（条例第三十一条）：何日提交、以何为证；台账没有记的不写。 */
export interface Receipt {
  submittedOn: PlainDate
  /** 如挂号单号、与申请人确认的方式 */
  proof: string
}

/** 第三方沉默绝非同意：期满未回记 `NONE`，效果由法律定（`statute/reply-clock` 的 SILENCE）。 */
export type ConsultationReply = 'AGREE' | 'REFUSE' | 'NONE'

export interface Change<F extends string = string, V = unknown> {
  field: F
  before: V
  after: V
}

/** 一件申请发生的事（领域参考 9.1、9.2）。`on` 为生效之日；`onBehalfOf` 为凭委托办的，所代的人的账号。 */
export type ApplicationEvent = Happening & { onBehalfOf?: string }

type Happening =
  | { kind: 'drafted'; on: PlainDate; particulars: Particulars }
  | { kind: 'submitted'; on: PlainDate; particulars: Particulars }
  | { kind: 'received'; on: PlainDate; particulars: Particulars; receipt?: Receipt }
  | { kind: 'assigned'; on: PlainDate; to: string }
  | { kind: 'examined'; on: PlainDate }
  | { kind: 'supplement-asked'; on: PlainDate; by: PlainDate | null; items: string | null; late: boolean }
  | { kind: 'supplement-postponed'; on: PlainDate; by: PlainDate; reason: string }
  /** `content` 为补正后的申请内容，补正没有改变所求的不写；与登记的内容一样，不含申请人的姓名等 */
  | { kind: 'supplemented'; on: PlainDate; content?: string }
  | { kind: 'consultation-sent'; on: PlainDate; id: string; with: ConsultationKind }
  | { kind: 'consultation-delivered'; on: PlainDate; id: string }
  | { kind: 'consultation-returned'; on: PlainDate; id: string; reply: 'AGREE' | 'REFUSE' | null; reasonable: boolean | null }
  | { kind: 'consultation-expired'; on: PlainDate; id: string }
  | { kind: 'reason-asked'; on: PlainDate; by: PlainDate }
  | { kind: 'reason-given'; on: PlainDate; reasonable: boolean }
  | { kind: 'deferred'; on: PlainDate; until: PlainDate }
  | { kind: 'extended'; on: PlainDate; days: number; approvedBy: string | null }
  | { kind: 'fee-noticed'; on: PlainDate; by: PlainDate; mode: FeeMode; amount: number }
  | { kind: 'fee-paid'; on: PlainDate; ticketNo: string | null }
  | { kind: 'fee-recorded'; on: PlainDate; amount: number }
  | { kind: 'decision-proposed'; on: PlainDate; outcome: Outcome; evidence: Readonly<Record<string, string>> }
  | { kind: 'decision-endorsed'; on: PlainDate; remark: string }
  | { kind: 'decision-returned'; on: PlainDate; reason: string }
  | ({ kind: 'decided'; on: PlainDate } & DecisionRecord)
  | { kind: 'closed'; on: PlainDate; outcome: 'CLOSED_NO_CORRECTION' | 'CLOSED_NO_PAYMENT'; docNo: string | null }
  /** 确认收到之前撤回的从未收到，不计，`row` 为 null */
  | { kind: 'withdrawn'; on: PlainDate; row: 'R3.6.3' | 'R3.6.1' | null }
  | { kind: 'dispatched'; on: PlainDate; method: DeliveryMethod | null; carrier: string | null }
  | { kind: 'served'; on: PlainDate }
  | { kind: 'archived'; on: PlainDate }
  | { kind: 'split'; on: PlainDate; into: readonly string[] }
  | { kind: 'merged'; on: PlainDate; into: string; regNo: string }
  | { kind: 'unmerged'; on: PlainDate; reason: string }
  | { kind: 'voided'; on: PlainDate; why: VoidReason; reason: string }
  | { kind: 'co-handling-asked'; on: PlainDate; id: string; unit: string; account: string | null; matter: string; days: number }
  | { kind: 'co-handling-returned'; on: PlainDate; id: string; result: string }
  | { kind: 'corrected'; on: PlainDate; reason: string; changes: readonly Change[] }

/** 作废的缘由：只有登记本身错了的才作废。 */
export const VOID_REASONS = {
  TWICE: '同一件申请登记了两次',
  NOT_APPLICATION: '没有人提出过这件申请，误登记的',
} as const

export type VoidReason = keyof typeof VOID_REASONS

export interface DecisionRecord {
  outcome: Outcome
  evidence: Readonly<Record<string, string>>
  remedy: Remedy
  docNo: string | null
}

export type EventKind = ApplicationEvent['kind']
