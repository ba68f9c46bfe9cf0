import type { ReactNode } from 'react'
import { useFrame } from './frame.ts'

export interface Step {
  label: string
  state: 'done' | 'current' | 'todo'
  href?: string
  note?: ReactNode
}

const STEP_WORD = { done: '已完成', current: '正在办', todo: '未到' } as const

/** 办到哪一步。 */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step) => (
        <li key={step.label} className={step.state} aria-current={step.state === 'current' ? 'step' : undefined}>
          <span className="step-label">
            {step.href === undefined ? step.label : <a href={step.href}>{step.label}</a>}
            <span className="vh">，{STEP_WORD[step.state]}</span>
          </span>
          {step.note !== undefined && <span className="quiet">{step.note}</span>}
        </li>
      ))}
    </ol>
  )
}

export interface TimelineEntry {
  /** `YYYY-MM-DD` */
  on: string
  text: ReactNode
  /** 条款、送达号等小字 */
  note?: ReactNode
  tone?: 'plain' | 'late' | 'ok' | 'wait'
}

/** 经过：从早到晚。 */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className="line">
      {entries.map((entry, index) => (
        <li key={index} className={entry.tone}>
          <time dateTime={entry.on}>{entry.on}</time>
          <div>
            {entry.text}
            {entry.note !== undefined && <span className="quiet">{entry.note}</span>}
          </div>
        </li>
      ))}
    </ol>
  )
}

export interface DayCell {
  /** `YYYY-MM-DD` */
  on: string
  kind: 'counted' | 'off' | 'paused' | 'ahead' | 'due' | 'late'
  /** 格里一两个字：第几个工作日、「休」「清明」「停」 */
  mark: string
  /** 这一天为何如此，如「第 7 个工作日」「清明节」「征求第三方意见」 */
  meaning: string
  today?: boolean
}

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日']

// 头一天按星期落到它的列，其后自然排开
function dayClass(day: DayCell, first: boolean): string {
  const weekday = new Date(`${day.on}T00:00:00Z`).getUTCDay() || 7
  return [DAY_CLASS[day.kind], day.today === true && 'now', first && `from-${weekday}`].filter(Boolean).join(' ')
}

const DAY_CLASS = { counted: 'counted', off: 'off', paused: 'paused', ahead: 'ahead', due: 'end', late: 'late' } as const
const DAY_WORD = { counted: '已计', off: '不计', paused: '停计', ahead: '将计', due: '到期', late: '逾期' } as const

/** 期限逐日：按周排成日历，每一天计不计、为何。 */
export function DayGrid({ label, days, account }: { label: string; days: readonly DayCell[]; account?: ReactNode }) {
  const kinds = [...new Set(days.map((day) => day.kind))]
  return (
    <div className="daygrid">
      <p className="week" aria-hidden="true">
        {WEEKDAYS.map((weekday) => (
          <span key={weekday}>{weekday}</span>
        ))}
      </p>
      <ol className="days" aria-label={label}>
        {days.map((day, index) => (
          <li key={day.on} className={dayClass(day, index === 0)} title={`${day.on} ${day.meaning}`}>
            <span className="day" aria-hidden="true">
              {index === 0 || day.on.endsWith('-01') ? day.on.slice(5) : Number(day.on.slice(8))}
            </span>
            <span className="mark" aria-hidden="true">
              {day.mark}
            </span>
            <span className="vh">
              {day.on} {day.meaning}
              {day.today === true && '，今天'}
            </span>
          </li>
        ))}
      </ol>
      <p className="legend" aria-hidden="true">
        {kinds.map((kind) => (
          <span key={kind}>
            <i className={DAY_CLASS[kind]} />
            {DAY_WORD[kind]}
          </span>
        ))}
        {days.some((day) => day.today === true) && (
          <span>
            <i className="now" />
            今天
          </span>
        )}
      </p>
      {account !== undefined && <p className="quiet">{account}</p>}
    </div>
  )
}

export interface DueDateProps {
  /** 如「应当答复于」 */
  label: string
  /** `YYYY-MM-DD`；期限暂停时为 null */
  on: string | null
  state: 'ahead' | 'soon' | 'late' | 'paused' | 'met'
  /** 如「还有 13 个工作日 · 今天第 7 天」 */
  note?: ReactNode
}

/** 到期日：页面上最大的一行。 */
export function DueDate({ label, on, state, note }: DueDateProps) {
  return (
    <div className={`duedate ${state}`}>
      <p className="quiet">{label}</p>
      <p className="due-on">{on === null ? '期限暂停' : <time dateTime={on}>{on}</time>}</p>
      {note !== undefined && <p>{note}</p>}
    </div>
  )
}

export interface ProgressProps {
  /** 如「导入依申请公开台账」 */
  label: string
  done: number
  /** 不知总数时为 null */
  total: number | null
  /** 量词，如「行」 */
  unit: string
  /** 现在在做什么 */
  note?: ReactNode
}

const count = (n: number): string => n.toLocaleString('en-US')

/** 长任务的进度：有数，可离开再来。与 renderPage 的 refreshSeconds 连用即自行刷新。 */
export function ProgressBar({ label, done, total, unit, note }: ProgressProps) {
  const { path, refreshSeconds } = useFrame()
  return (
    <div className="progress">
      <p>
        <strong>{label}</strong>
        <span className="count">
          {total === null ? `已办 ${count(done)} ${unit}` : `${count(done)} / ${count(total)} ${unit}`}
        </span>
      </p>
      <progress aria-label={label} max={total ?? 1} value={total === null ? undefined : done} />
      <p className="quiet">
        {note}
        {refreshSeconds > 0 ? (
          <>
            每 {refreshSeconds} 秒自动刷新，可离开本页，办完仍在此处。<a href={`${path}?refresh=off`}>停止自动刷新</a>
          </>
        ) : (
          <a href={path}>刷新</a>
        )}
      </p>
    </div>
  )
}
