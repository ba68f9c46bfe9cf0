import type { Deps } from '../src/platform/deps.ts'
import type { PlainDate } from '../src/statute/plain-date.ts'

/** 北京时间某日某时。 */
export const instant = (day: PlainDate, time = '10:00'): Date => new Date(`${day}T${time}:00+08:00`)

/** 把时钟停在某日某时，使演示的历史落在它发生的日子。 */
export const atDay = (deps: Deps, day: PlainDate, time = '10:00'): Deps => ({
  ...deps,
  clock: { now: () => instant(day, time), today: () => day },
})
