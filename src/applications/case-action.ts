import type { Permit } from '../identity/index.ts'
import type { FieldKeys } from '../platform/crypto.ts'
import type { Tx } from '../platform/db.ts'
import type { Application } from './application.ts'
import type { Answer, Ground } from './decisions.ts'
import type { EventKind } from './events.ts'
import type { ApplicationChange } from './store.ts'

/** 一步的表单里的一栏。 */
export interface ActionField {
  name: string
  label: string
  kind: 'date' | 'text' | 'long' | 'number' | 'choice'
  hint?: string
  /** 还没有发出的文书可依时，说明之前加的话 */
  letterFirst?: string
  required?: boolean
  /** 打开时填好的 */
  value?: string
  options?: Readonly<Record<string, string>>
  /** 选项多的分组列出：组名 → 选项 */
  groups?: Readonly<Record<string, readonly string[]>>
  maxLength?: number
  /** 帮着填的一页，案件地址之下的一段 */
  aid?: { to: string; label: string }
}

/** 办这一步的人：岗位、是否负责人，以及本次拟定由谁所拟、谁已审核过。 */
export interface Who {
  key: string
  roles: readonly string[]
  /** 公开工作机构负责人或机关领导 */
  isHead: boolean
  proposedBy: string | null
  endorsedBy: readonly string[]
  /** 自己的岗位，不连代行的 */
  own: readonly string[]
  /** 正在代行的：委托人与其岗位 */
  acting: readonly { from: string; roles: readonly string[] }[]
  /** 拟定、审核过的人，连同其时所代的人 */
  involved: readonly string[]
}

/** 填过的各栏，已去首尾空白；没有填的为空串。 */
export type Given = (name: string) => string

export interface ActionContext {
  tx: Tx
  bodyId: string
  caseId: string
  who: Who
  /** 与本件一并记下的别的案件，如拆出的各件 */
  also: ApplicationChange[]
  /** 个人信息加密存放所用 */
  keys: FieldKeys
  at: Date
}

/** 打开表单时已知的：页面地址里的选择，试算的结果。 */
export interface FormHelp {
  /** 地址里带的，如拟定时所选的结果 */
  chosen: string
  /** 同一申请人本月第几件 */
  rank: number
  /** 申请人已同意电子送达 */
  consented: boolean
  /** 本机关可以承办的人：账号 → 姓名 */
  people: Readonly<Record<string, string>>
  /** 同一申请人先提出、尚未答复的，可以并入：案号 → 登记号与所求 */
  others: Readonly<Record<string, string>>
  /** 本区的其他机关：代码 → 名称与联系电话 */
  bodies: Readonly<Record<string, string>>
  /** 选定的已公开信息，写进答复的话；没有选的为空 */
  publicItem: string
  /** 答复附件的遮盖理由逐项，一行一项 */
  redactions: string
}

/** 案件上可以办的一步，作为数据：何时、由谁、填什么、怎样定。 */
export interface CaseAction {
  /** 所记的事 */
  event: EventKind
  label: string
  /** 依据，小字写在表单上 */
  article: string
  permit: Permit
  /** 办完的一句话；依办完的案件而异的另算 */
  done: string | ((after: Application) => string)
  /** 不可逆的，后果逐条；依案件而异的另算，没有的不写 */
  consequences?: readonly string[] | ((a: Application, ground: Ground) => readonly string[] | undefined)
  /** 现在不宜作为主要的下一步的缘故，写在旁边；没有的为 null */
  aside?: (a: Application, who: Who, ground: Ground) => string | null
  /** 状态允许之外还要什么；不写即无 */
  when?: (a: Application, who: Who, ground: Ground) => boolean
  /** 先在地址里选定一项再填其余，如处理结果 */
  first?: ActionField
  fields: (a: Application, ground: Ground, help: FormHelp) => readonly ActionField[]
  /** 必选的一栏没有可选的，何以办不了 */
  nothing?: string
  /** 各栏的通则之外还缺什么，一栏一句 */
  check?: (given: Given) => Readonly<Record<string, string>>
  decide: (a: Application, given: Given, ground: Ground, context: ActionContext) => Answer | Promise<Answer>
  /** 不是凭许可、而是凭岗位的哪一级办的：凭谁的岗位，自己的为 null */
  behalf?: (a: Application, who: Who, ground: Ground) => string | null
}

/** 日期一栏，缺省为今日。 */
export const dayField = (today: string, label: string, hint?: string): ActionField => ({
  name: 'on',
  label,
  kind: 'date',
  required: true,
  value: today,
  ...(hint === undefined ? {} : { hint }),
})
