import { parseArgs } from 'node:util'
import { BUILT_IN_CALENDAR, CalendarYearMissing } from '../statute/calendar.ts'
import { isPlainDate, weekdayOf } from '../statute/plain-date.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { REVIEW_TERMS, reviewTerm } from '../statute/review-clocks.ts'
import type { ReviewTerm } from '../statute/review-clocks.ts'
import type { Command } from './command.ts'

const NAMES = Object.keys(REVIEW_TERMS).filter((key): key is ReviewTerm => Object.hasOwn(REVIEW_TERMS, key))
const toOption = (term: ReviewTerm): string => term.toLowerCase().replaceAll('_', '-')
const USAGE = 'term NAME DATE [--json]'

/** 算复议、诉讼中的一项期限。只用内置日历，不需数据库。退出码：0 成；2 参数有误，或没有该年的节假日数据。 */
export const term: Command = {
  name: 'term',
  usage: `${USAGE}  复议、诉讼的期限；NAME 为 ${NAMES.map(toOption).join('、')}`,
  run: async (args, io) => {
    const asked = parse(args)
    if (typeof asked === 'string') {
      io.err(`${asked}\n用法：${USAGE}\n${NAMES.map((name) => `  ${toOption(name)}  ${REVIEW_TERMS[name].label}，自${REVIEW_TERMS[name].from}`).join('\n')}`)
      return 2
    }
    try {
      const { nominal, dueOn } = reviewTerm(asked.term, asked.from, BUILT_IN_CALENDAR)
      const { label, n, unit, from, article } = REVIEW_TERMS[asked.term]
      if (asked.json) io.out(JSON.stringify({ term: toOption(asked.term), from: asked.from, nominal, dueOn, article }))
      else {
        const rolled = nominal === dueOn ? '' : `；第 ${n} 日为 ${named(nominal)}，是休息日，顺延`
        io.out(`${label}：${named(dueOn)}\n自${from}（${asked.from}）起 ${n} ${unit === 'WORKDAY' ? '个工作日' : '日'}${rolled}。${article}`)
      }
      return 0
    } catch (error) {
      if (!(error instanceof CalendarYearMissing)) throw error
      io.err(error.message)
      return 2
    }
  },
}

function parse(args: string[]): { term: ReviewTerm; from: PlainDate; json: boolean } | string {
  try {
    const { values, positionals } = parseArgs({ args, options: { json: { type: 'boolean' } }, allowPositionals: true })
    const [name = '', from = '', ...more] = positionals
    const found = NAMES.find((each) => toOption(each) === name)
    if (found === undefined) return name === '' ? '缺少期限的名目' : `没有这一项期限：${name}`
    if (!isPlainDate(from)) return `不是日期（须为 YYYY-MM-DD）：${from}`
    return more.length > 0 ? `多出的参数：${more.join(' ')}` : { term: found, from, json: values.json ?? false }
  } catch {
    return `看不懂的参数：${args.join(' ')}`
  }
}

const named = (day: PlainDate): string => `${day} 周${'日一二三四五六'[weekdayOf(day)]}`
