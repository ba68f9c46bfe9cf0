import type { AccountActor } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { RaisedFrom } from './problem.ts'

/** 别处的一件可以列为问题的：只写哪一种、哪一号，不写反映人、当事人的话。 */
export interface Raisable {
  content: string
  href: string
  /** 写进哪一年的报告 */
  year: number
}

/** 由编号找此人看得到、可以列为问题的一件；没有的、看不到的为 null。 */
export type FindRaisable = (tx: Tx, actor: AccountActor, ref: string, today: PlainDate) => Promise<Raisable | null>
export type Raisables = Readonly<Record<RaisedFrom, FindRaisable>>
