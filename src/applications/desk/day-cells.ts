import type { DayCell } from '../../platform/html/index.ts'
import { isWorkingDay } from '../../statute/calendar.ts'
import type { Calendar } from '../../statute/calendar.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { TermUnit } from '../../statute/ordered-term.ts'
import type { DueAccount, DueStep } from '../../statute/reply-clock.ts'

/** 逾期之后至多再列几日。 */
const MOST_LATE = 62

/**
 * 逐日的账排成日历的格。`until` 为今日，已作出决定的为作出之日：此前为已计，此后为将计；逾期而未决的，逐日标出。
 */
export function toDayCells({ dueOn, steps, unit = 'WORKDAY' }: DueAccount, { until, decided, calendar }: { until: PlainDate; decided: boolean; calendar: Calendar }): DayCell[] {
  const cells = steps.map((step) => toCell(step, step.day === dueOn, until, unit))
  const end = decided || dueOn === null ? until : dueOn
  for (let day = addCalendarDays(end, 1); day <= until && cells.length < steps.length + MOST_LATE; day = addCalendarDays(day, 1)) {
    cells.push(isWorkingDay(day, calendar) ? { on: day, kind: 'late', mark: '逾', meaning: '已逾期' } : { on: day, kind: 'off', mark: '休', meaning: '已逾期，休息日' })
  }
  return cells.map((cell) => (!decided && cell.on === until ? { ...cell, today: true } : cell))
}

const UNIT_WORDS = { WORKDAY: '个工作日', DAY: '日' } as const
const MARKS = { received: '收', start: '起', 'set-aside': '—', rest: '休', paused: '停', deferred: '延' } as const

function toCell({ day, kind, n, note }: DueStep, last: boolean, until: PlainDate, unit: TermUnit): DayCell {
  const meaning = n === null ? note : `第 ${n} ${UNIT_WORDS[unit]}，${note}`
  const mark = kind === 'counted' ? String(n ?? '') : MARKS[kind]
  if (last) return { on: day, kind: 'due', mark: kind === 'deferred' ? '止' : mark, meaning }
  if (kind === 'paused') return { on: day, kind: 'paused', mark, meaning }
  if (kind === 'counted' || kind === 'deferred') return { on: day, kind: day <= until ? 'counted' : 'ahead', mark, meaning }
  return { on: day, kind: 'off', mark, meaning }
}
