import type { GroundFared } from '../../applications/index.ts'
import { listBodies } from '../../bodies/index.ts'
import type { Tx } from '../../platform/db.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import { hrefOf } from '../desk/hrefs.ts'
import { CAUSES } from './lesson.ts'
import { listAttacked } from './list-attacked.ts'
import type { Attacked } from './list-attacked.ts'

const FIVE_YEARS = 5 * 365
const SHOWN = 3

/** 同样的依据近五年在本机关、全区被复议、起诉了几件，被纠正几件，最近的几件错在何处；没有被争过的为 null。 */
export async function lessonsFor(tx: Tx, bodyId: string, outcome: Outcome, today: PlainDate): Promise<GroundFared | null> {
  const bodies = await listBodies(tx)
  const attacked = (await listAttacked(tx, bodies.map((body) => body.bodyId), addCalendarDays(today, -FIVE_YEARS))).filter((one) => one.outcome === outcome)
  if (attacked.length === 0) return null
  const own = attacked.filter((one) => one.bodyId === bodyId)
  const overturned = attacked.filter(({ corrected }) => corrected).toSorted((a, b) => Number(b.bodyId === bodyId) - Number(a.bodyId === bodyId))
  return {
    own: countsOf(own),
    district: countsOf(attacked),
    last: overturned.slice(0, SHOWN).map((one) => ({
      // 别的机关的案件打不开，只说错在何处
      href: one.bodyId === bodyId ? hrefOf(one.id) : null,
      title: one.bodyId === bodyId ? one.caseNo : (bodies.find((body) => body.bodyId === one.bodyId)?.name ?? '本区其他机关'),
      result: `${one.endedOn ?? ''} ${one.label ?? ''}`.trim(),
      why: whyOf(one),
    })),
  }
}

const countsOf = (cases: readonly Attacked[]) => ({ attacked: cases.length, overturned: cases.filter(({ corrected }) => corrected).length })

/** 错在何处，一句；没有记的为空。 */
export const whyOf = ({ cause, words }: Pick<Attacked, 'cause' | 'words'>): string => [cause === null ? '' : CAUSES[cause], words ?? ''].filter((text) => text !== '').join('：')
