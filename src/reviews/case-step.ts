import type { ActionField, Given, RedoRefusal } from '../applications/index.ts'
import type { Permit } from '../identity/index.ts'
import type { Tx } from '../platform/db.ts'
import type { Deps } from '../platform/deps.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import type { HearingRefusal } from './hearing-rules.ts'
import type { LitigationRefusal } from './litigation.ts'
import type { DutyRefusal } from './performance/duty.ts'
import type { ResultMap } from './results.ts'
import type { ReviewRefusal } from './review.ts'

/** 不可以的缘故，一处措辞见 `refusals.ts`。 */
export type StepRefusal = RedoRefusal | DutyRefusal | ReviewRefusal | LitigationRefusal | HearingRefusal | 'letter-unknown' | 'head-why' | 'application-unknown' | 'person-unknown'

export type StepAnswer<E> = { ok: true; events: readonly E[] } | { ok: false; refusal: StepRefusal }

/** 打开表单时已知的。 */
export interface StepHelp {
  today: PlainDate
  /** 结果归入表四哪一列，依机构的设置〔待核〕 */
  resultMap: ResultMap
  /** 本机关可以承办、出庭的人：账号 → 姓名 */
  people: Readonly<Record<string, string>>
  /** 签发了而没有送出的答复书、答辩状：编号 → 文号 */
  letters: Readonly<Record<string, string>>
  /** 签发了而没有送出的落实情况报告、复函：编号 → 文号 */
  reports: Readonly<Record<string, string>>
  /** 所选的听证、开庭，或者要履行的一项的编号 */
  chosen: string
}

export interface StepContext {
  deps: Pick<Deps, 'config' | 'clock'>
  tx: Tx
  bodyId: string
  caseId: string
  help: StepHelp
  /** 谁办的、何时 */
  by: { actor: string; at: Date }
}

/** 案件上可以办的一步，作为数据：何时、由谁、填什么、怎样定。 */
export interface CaseStep<S, E> {
  label: string
  /** 依据，小字写在表单上 */
  article: string
  permit: Permit
  done: string
  /** 不可逆的，后果逐条 */
  consequences?: readonly string[]
  when: (state: S) => boolean
  fields: (state: S, help: StepHelp) => readonly ActionField[]
  /** 各栏的通则之外还缺什么，一栏一句 */
  check?: (given: Given) => Readonly<Record<string, string>>
  decide: (state: S, given: Given, context: StepContext) => StepAnswer<E> | Promise<StepAnswer<E>>
  /** 不作为主要的下一步；由案情而定的为函数 */
  side?: boolean | ((state: S) => boolean)
}
