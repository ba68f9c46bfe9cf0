import { parseArgs } from 'node:util'
import { BUILT_IN_CALENDAR, CalendarYearMissing } from '../statute/calendar.ts'
import { isPlainDate, weekdayOf } from '../statute/plain-date.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { due as accountOf, foldClock, LONGEST_EXTENSION, REPLY_DAYS } from '../statute/reply-clock.ts'
import type { ClockFact, DueAccount } from '../statute/reply-clock.ts'
import type { Command } from './command.ts'

const USAGE =
  'due --received DATE [--days N] [--extend N] [--supplemented DATE] [--consulted FROM..TO]… [--json]'

interface Question {
  facts: ClockFact[]
  days: number
  json: boolean
}

class BadArgument extends Error {}

/** 算答复到期日，并逐日说明。只用内置日历，不需数据库。退出码：0 成；2 参数有误，或没有该年的节假日数据。 */
export const due: Command = {
  name: 'due',
  usage: USAGE,
  async run(args, io) {
    try {
      const { facts, days, json } = toQuestion(args)
      const account = accountOf(foldClock(facts), BUILT_IN_CALENDAR, { days })
      io.out(json ? JSON.stringify(account) : inWords(account))
      return 0
    } catch (error) {
      if (error instanceof CalendarYearMissing) io.err(error.message)
      else if (error instanceof BadArgument) io.err(`${error.message}\n用法：${USAGE}`)
      else throw error
      return 2
    }
  },
}

function toQuestion(args: string[]): Question {
  const values = parse(args)
  if (values.received === undefined) throw new BadArgument('缺少 --received（收到申请之日）')
  const received = toDay(values.received, '--received')
  const facts: ClockFact[] = [{ kind: 'received', on: received }]
  const supplemented = values.supplemented === undefined ? null : toDay(values.supplemented, '--supplemented')
  if (supplemented !== null) {
    if (supplemented < received) throw new BadArgument('--supplemented 不能早于 --received')
    facts.push({ kind: 'supplemented', on: supplemented })
  }
  for (const [i, span] of (values.consulted ?? []).entries()) {
    const [from, to] = toSpan(span)
    if (from < received) throw new BadArgument(`--consulted ${span}：征求意见不能早于收到申请之日`)
    const id = String(i)
    facts.push({ kind: 'consultation-sent', on: from, id, with: 'OTHER_AGENCY' }, { kind: 'consultation-returned', on: to, id })
  }
  const extend = toNumber(values.extend ?? '0', '--extend', 0, LONGEST_EXTENSION)
  if (extend > 0) facts.push({ kind: 'extended', on: received, days: extend })
  return { facts, days: toNumber(values.days ?? String(REPLY_DAYS), '--days', 1, 1000), json: values.json ?? false }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        received: { type: 'string' },
        days: { type: 'string' },
        extend: { type: 'string' },
        supplemented: { type: 'string' },
        consulted: { type: 'string', multiple: true },
        json: { type: 'boolean' },
      },
    }).values
  } catch {
    throw new BadArgument(`看不懂的参数：${args.join(' ')}`)
  }
}

function toDay(text: string, option: string): PlainDate {
  if (!isPlainDate(text)) throw new BadArgument(`${option} 不是日期（须为 YYYY-MM-DD）：${text}`)
  return text
}

function toSpan(text: string): [PlainDate, PlainDate] {
  const [from, to, ...more] = text.split('..')
  if (from === undefined || to === undefined || more.length > 0) throw new BadArgument(`--consulted 须写作 起..止：${text}`)
  const span: [PlainDate, PlainDate] = [toDay(from, '--consulted'), toDay(to, '--consulted')]
  if (span[1] < span[0]) throw new BadArgument(`--consulted 的止日早于起日：${text}`)
  return span
}

function toNumber(text: string, option: string, min: number, max: number): number {
  const n = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  if (!(n >= min && n <= max)) throw new BadArgument(`${option} 须为 ${min} 至 ${max} 的整数：${text}`)
  return n
}

const named = (day: PlainDate): string => `${day} 周${'日一二三四五六'[weekdayOf(day)]}`

function inWords({ dueOn, steps }: DueAccount): string {
  const lines = steps.map(({ day, n, note }) => `${named(day)}  ${n === null ? '  —' : String(n).padStart(3)}  ${note}`)
  const total = steps.filter((step) => step.kind === 'counted').length
  return [...lines, '', dueOn === null ? '到期日尚不能确定' : `到期日：${named(dueOn)}（计入 ${total} 个工作日）`].join('\n')
}
