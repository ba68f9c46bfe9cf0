import type { MiddlewareHandler } from 'hono'
import type { Tx } from '../../platform/db.ts'
import { Sheet } from '../../platform/html/index.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

interface Counts {
  attacked: number
  overturned: number
}

/** 同样的依据以往怎样：被争几件、被纠正几件，最近的错在何处。 */
export interface GroundFared {
  own: Counts
  district: Counts
  last: readonly { href: string | null; title: string; result: string; why: string }[]
}

/** 由复议诉讼一方给出，接线处接上；没有被争过的为 null。 */
export type LessonsFor = (tx: Tx, bodyId: string, outcome: Outcome, today: PlainDate) => Promise<GroundFared | null>

declare module 'hono' {
  interface ContextVariableMap {
    lessonsFor?: LessonsFor
  }
}

/** 把以往的教训带给拟定答复的表单。 */
export const withLessons =
  (lessons: LessonsFor): MiddlewareHandler =>
  async (c, next) => {
    c.set('lessonsFor', lessons)
    await next()
  }

const wordsOf = ({ attacked, overturned }: Counts): string => (attacked === 0 ? '没有被复议、起诉过' : `被复议、起诉 ${attacked} 件，其中被纠正 ${overturned} 件`)

/** 拟定答复的表单旁：这一种依据近五年怎样；不拦着，只提醒。 */
export function GroundFaredBlock({ fared }: { fared: GroundFared }) {
  return (
    <Sheet title="同样的依据，以往怎样">
      <p>
        近五年，本机关{wordsOf(fared.own)}；全区{wordsOf(fared.district)}。
      </p>
      {fared.last.length > 0 && (
        <ul>
          {fared.last.map(({ href, title, result, why }, i) => (
            <li key={`${title}${i}`}>
              {href === null ? title : <a href={href}>{title}</a>} {result}
              {why !== '' && <span className="quiet">：{why}</span>}
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}
