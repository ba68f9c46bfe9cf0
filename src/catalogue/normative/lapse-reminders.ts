import type { PlainDate } from '../../statute/plain-date.ts'
import { addCalendarDays, daysBetween } from '../../statute/plain-date.ts'
import type { Role } from '../../identity/index.ts'
import { validityOn } from './normative-document.ts'
import type { NormativeFacts } from './normative-document.ts'

/** 届满前几日（自然日）提醒：先告诉经办去评估，临近再告诉负责人。 */
const STAGES = [
  { days: 60, to: ['disclosure-officer'] },
  { days: 30, to: ['disclosure-officer'] },
  { days: 7, to: ['disclosure-officer', 'disclosure-head'] },
] as const satisfies readonly { days: number; to: readonly Role[] }[]

/** 看得到多远。 */
export const LAPSE_HORIZON = STAGES[0].days
/** 届满之后几日之内还告诉一声；误了几日再跑，仍告诉得到。 */
export const LAPSED_WITHIN = 30

export interface LapseReminder {
  key: string
  to: readonly Role[]
  title: string
  note: string
}

const dayText = (on: PlainDate): string => `${Number(on.slice(0, 4))} 年 ${Number(on.slice(5, 7))} 月 ${Number(on.slice(8))} 日`

/** 一件文件今日该有的提醒；没有则为 null。同一日再算、误了几日再算，键都一样。 */
export function lapseReminder(facts: Pick<NormativeFacts, 'docNo' | 'madeOn' | 'expiresOn' | 'repealedOn'>, today: PlainDate): LapseReminder | null {
  const { expiresOn, docNo } = facts
  if (expiresOn === null) return null
  const validity = validityOn(facts, today)
  if (validity === 'expired' && daysBetween(expiresOn, today) <= LAPSED_WITHIN)
    return {
      key: `${expiresOn}/lapsed`,
      to: ['disclosure-officer', 'disclosure-head'],
      title: `${docNo}：有效期已届满`,
      note: `有效期至 ${dayText(expiresOn)}，自 ${dayText(addCalendarDays(expiresOn, 1))}起不再有效，门户与检索已标明失效。需要继续施行的，须重新制定。`,
    }
  // 将来废止的，废止在先就不必评估延续
  if (validity !== 'valid' || (facts.repealedOn !== null && facts.repealedOn <= expiresOn)) return null
  const left = daysBetween(today, expiresOn)
  const stage = STAGES.findLast(({ days }) => left <= days)
  if (stage === undefined) return null
  return {
    key: `${expiresOn}/${stage.days}`,
    to: stage.to,
    title: left === 0 ? `${docNo}：有效期今日届满` : `${docNo}：有效期还有 ${left} 日届满`,
    note: `有效期至 ${dayText(expiresOn)}。需要继续施行的，请在届满之前评估并办理延续；不延续的，次日起即失效。`,
  }
}
