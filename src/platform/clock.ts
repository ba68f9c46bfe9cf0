import type { Clock } from './deps.ts'

// sv-SE 的写法就是 YYYY-MM-DD
const beijing = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

/** 某一时刻在北京时间的自然日。 */
export const dayInBeijing = (at: Date): string => beijing.format(at)

export const systemClock = (): Clock => ({
  now: () => new Date(),
  today: () => dayInBeijing(new Date()),
})
