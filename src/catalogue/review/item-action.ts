import type { Actor, Permit, Role } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Decision } from '../../statute/decision.ts'
import type { ItemRefusal, PrecheckStanding, Separation } from '../item-rules.ts'
import type { Item, ItemEvent, ReviewWay } from '../item.ts'

/** 一步的表单里的一栏。 */
export interface ItemField {
  name: string
  label: string
  kind: 'date' | 'time' | 'long' | 'choice'
  hint?: string
  required?: boolean
  value?: string
  options?: Readonly<Record<string, string>>
  maxLength?: number
}

/** 填过的各栏，已去首尾空白；没有填的为空串。 */
export type Given = (name: string) => string

/** 办这一步时已知的：今日、此刻、机构的设置。 */
export interface ItemGround {
  today: PlainDate
  now: Date
  separation: Separation
  way: ReviewWay
}

export interface ItemRef {
  bodyId: string
  itemId: string
}

/** 定夺时另要的：同一事务里的库、预检的情形、照存着的内容另算的摘要、办的人。 */
export interface ItemContext {
  tx: Tx
  ref: ItemRef
  ground: ItemGround
  who: string
  behalf: string | null
  precheck: PrecheckStanding | null
  contentHash: string
  dueOn: PlainDate | null
}

/** 一条信息去公开的路上的一步，作为数据：何时、由谁、填什么、怎样定。 */
export interface ItemAction {
  label: string
  /** 依据，小字写在表单上 */
  article: string
  permit: Permit
  /** 比许可更窄的：须持这些岗位之一 */
  roles?: (item: Item) => readonly Role[]
  /** 办完的一句话 */
  done: (after: Item) => string
  /** 先问清楚的，后果逐条 */
  consequences?: (item: Item, places: readonly string[]) => readonly string[]
  /** 状态允许 */
  when: (item: Item) => boolean
  /** 不得代其办这一步的人：承办的人（发布则连同审查的人） */
  barred: (item: Item, ground: ItemGround) => readonly string[]
  fields: (item: Item, ground: ItemGround) => readonly ItemField[]
  /** 各栏的通则之外还缺什么，一栏一句 */
  check?: (given: Given, ground: ItemGround) => Readonly<Record<string, string>>
  /** 事务之前的准备，如预检、核对文件；不行的为缘故 */
  before?: (deps: Deps, ref: ItemRef, actor: Actor) => Promise<ItemRefusal | null>
  decide: (item: Item, given: Given, context: ItemContext) => Decision<ItemEvent, ItemRefusal>
}
