import type { Calendar } from '../../statute/calendar.ts'
import type { DeliveryMethod } from '../../statute/delivery.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Remedy } from '../../statute/remedies.ts'
import type { Application } from '../application.ts'
import type { ApplicationSettings } from '../decisions.ts'
import type { Addressee } from './letter-rule.ts'
import type { LetterId } from './letters.ts'

/** 文书里用到的机关情况；`reviewOnlineUrl` 没有则空。 */
export interface LetterBody {
  name: string
  codeWord: string
  reviewAuthority: string
  court: string
  reviewOnlineUrl: string
  /** 联系人，可以是机构名 */
  contact: string
  phone: string
}

export interface LetterInput {
  id: LetterId
  /** 只有不依附于申请的文书（L28）可以为 null */
  application: Application | null
  body: LetterBody
  /** 主送：申请人、第三方、机关或单位的名称。给第三方的文书只得到第三方自己的名称 */
  recipient: string
  /** 经办人填写的各项；`list` 每行一条，日期 `YYYY-MM-DD` */
  fields: Readonly<Record<string, string>>
  /** 成文之日，即作出行为之日 */
  on: PlainDate
  /** 已编的文号；预览时为 null */
  docNo: string | null
  calendar: Calendar
  settings: Pick<ApplicationSettings, 'pauseFrom' | 'feeRestart' | 'adminQueryRemedy' | 'correctionDays'>
  /** 并入本件、一并答复的各件的登记号 */
  alsoAnswers?: readonly string[]
  /** 已定的送达方式；电子送达须附互联网复议渠道 */
  delivery?: DeliveryMethod | null
  /** 所告知的一步已在案件里记下，尚无文书告知 */
  recorded?: boolean
  /** 本机关自己的话，按 `free` 的 part；没有的用默认 */
  wording?: Readonly<Record<string, string>>
}

/** 还缺什么，或何处与案件不符；`field` 为所涉的项，用中文说明。 */
export interface LetterProblem {
  field: string
  label: string
  message: string
}

export interface ComposedLetter {
  id: LetterId
  title: string
  docNo: string | null
  addressee: Addressee
  recipient: string
  paragraphs: readonly string[]
  /** 表格式文书的各行；其余为空 */
  rows: readonly { label: string; text: string; lines?: number }[]
  /** 文字可以有几段，以换行分 */
  remedy: { kind: Remedy; text: string }
  attachments: readonly string[]
  /** 署名的机关；对方填写的表格为 null */
  signature: string | null
  /** 附注里的联系方式 */
  contact: string
  on: PlainDate
  /** 拟成时用了本机关自己的哪些话；都用默认的不写 */
  wording?: Readonly<Record<string, string>>
  /** 正文中引述的申请原话，核对时不算本机关的话 */
  quoted: readonly string[]
}

/** 案件已作出的或拟作出的处理决定。 */
export interface LetterDecision {
  outcome: Outcome
  evidence: Readonly<Record<string, string>>
  /** 尚未作出则 null */
  decidedOn: PlainDate | null
  /** 作出时记下的救济 */
  remedy: Remedy | null
}
