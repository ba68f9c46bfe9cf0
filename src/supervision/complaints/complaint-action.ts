import type { ActionField, Given } from '../../applications/index.ts'
import type { Actor, Permit } from '../../identity/index.ts'
import type { FieldKeys } from '../../platform/crypto.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Complaint, ComplaintEvent, ComplaintStep, Elsewhere } from './complaint.ts'

/** 打开表单时已知的。 */
export interface Help {
  today: PlainDate
  /** 可以承办的：账号 → 姓名，须回避的不在其中 */
  handlers: Readonly<Record<string, string>>
  /** 被反映机关的人，还没有列入回避的 */
  staff: Readonly<Record<string, string>>
  /** 本机关的 id 与名称 */
  ownId: string
  ownName: string
  /** 可以转给的机关：id → 名称 */
  bodies: Readonly<Record<string, string>>
  /** 可以并入的：id → 登记号与所反映的机关 */
  others: Readonly<Record<string, string>>
  /** 反映人留了邮箱 */
  hasMail: boolean
  /** 至多延长几个工作日 */
  mostExtension: number
}

export interface ActionContext {
  tx: Tx
  deps: Pick<Deps, 'clock' | 'config'>
  actor: Actor
  ref: Elsewhere
  keys: FieldKeys
  help: Help
}

type Step = Exclude<ComplaintEvent, { kind: 'registered' }>
export type Settled = { ok: true; event: Step; more?: readonly Step[] } | { ok: false; errors: Readonly<Record<string, string>> }

export const settled = (event: Step): Settled => ({ ok: true, event })
export const unsettled = (field: string, message: string): Settled => ({ ok: false, errors: { [field]: message } })

/** 一件投诉上可以办的一步，作为数据：由谁、填什么、怎样定。 */
export interface ComplaintAction {
  event: ComplaintStep
  label: string
  permit: Permit
  /** 依据，小字写在表单上 */
  article: string
  done: string
  /** 不可逆的，后果逐条 */
  consequences?: readonly string[]
  /** 状态允许之外还要什么 */
  when?: (complaint: Complaint, help: Help) => boolean
  /** 表单之上先给人看的，如所拟的结论 */
  shown?: (complaint: Complaint) => readonly (readonly [string, string])[]
  fields: (complaint: Complaint, help: Help) => readonly ActionField[]
  /** 定下这一步的事；要另外记下的（转来的一件、邮件）在同一事务里做 */
  decide: (complaint: Complaint, given: Given, context: ActionContext) => Settled | Promise<Settled>
}

export const A47 = '条例第四十七条'
export const A51 = '第五十一条'
export const NO_ARTICLE = '条例没有规定，本机关的工作要求'

/** 工作人员写的话记在经过里：不得有反映人的姓名、电话。 */
export const NO_NAMES = '不写反映人的姓名、电话：经过里人人可见'
