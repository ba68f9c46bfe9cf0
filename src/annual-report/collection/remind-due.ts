import type { Role } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { daysBetween, yearOf } from '../../statute/plain-date.ts'
import { filingDue } from './due-days.ts'
import { listFilers, type Filer } from './filings.ts'
import { FILERS, tellBody } from './tell.ts'

/** 到期前几天提醒；逾期之后每天提醒，并报机关领导。 */
export const REMIND_DAYS = [20, 10, 5, 1] as const
const LATE_ROLES = [...FILERS, 'leader'] as const satisfies readonly Role[]

/** 此日该提醒的一档：键与话；不到时候的为 null。漏了一天的，次日补上，键相同的不重复。 */
export function reminderAt(left: number): { key: string; title: (year: number) => string; roles: readonly Role[] } | null {
  if (left < 0) return { key: `late/${-left}`, title: (year) => `${year} 年度报告逾期 ${-left} 天没有报送`, roles: LATE_ROLES }
  const step = REMIND_DAYS.toReversed().find((days) => left <= days)
  if (step === undefined) return null
  return { key: `due/${step}`, title: (year) => `${year} 年度报告还有 ${left} 天到期${left === 0 ? '，今日为限' : ''}`, roles: FILERS }
}

const awaited = ({ status }: Filer): boolean => status === 'none' || status === 'returned'

/** 每天早上：上一年度还没有报的、退回没有再报的机关，按期限提醒。期限为条例第四十九条的 1 月 31 日。返回提醒了几个机关。 */
export async function remindDue(deps: Deps): Promise<number> {
  const today = deps.clock.today()
  const year = yearOf(today) - 1
  const { dueOn, innerOn } = await filingDue(deps.db, year)
  const reminder = reminderAt(daysBetween(today, dueOn))
  if (reminder === null) return 0
  // 一年到头每天提醒无益：过了一个季度的，由主管部门另行督办
  if (daysBetween(dueOn, today) > LATE_DAYS) return 0
  const waiting = (await listFilers(deps.db, year, today)).filter(awaited)
  const note = `法定期限 ${dueOn}（条例第四十九条）${innerOn < dueOn && today <= dueOn ? `；区里要求 ${innerOn} 前报送` : ''}`
  for (const { bodyId, status } of waiting)
    await transaction(deps.db, (tx) =>
      tellBody(tx, { bodyId, year }, { what: reminder.key, title: `${reminder.title(year)}${status === 'returned' ? '（退回待改）' : ''}`, note, roles: reminder.roles }, deps.clock.now()),
    )
  return waiting.length
}

const LATE_DAYS = 90
