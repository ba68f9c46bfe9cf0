import type { FormState } from '../../platform/html/index.ts'
import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

/** 一栏文字错在哪里；没有错的为 null。身份证、手机、银行卡号一概不收。 */
export function textProblem(text: string, least: number, most: number): string | null {
  if (text.length < least) return least <= 1 ? '请填写' : `请填写，不少于${least}个字`
  if (text.length > most) return `太长了，至多 ${most} 字`
  return findPersonalNumbers(text).length > 0 ? '有身份证、手机或者银行卡号码，请去掉' : null
}

export const dayProblem = (text: string, { from, to }: { from?: PlainDate; to?: PlainDate } = {}): string | null => {
  if (!isPlainDate(text)) return '请填写日期'
  if (from !== undefined && text < from) return `不得早于 ${from}`
  return to !== undefined && text > to ? `不得晚于 ${to}` : null
}

export const wholeProblem = (text: string, least: number, most: number): string | null =>
  /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most ? null : `请填 ${least} 至 ${most} 的整数`

/** 佐证的链接：本站的路径，或者 https 的网址。 */
export function linkProblem(text: string): string | null {
  if (text === '') return null
  if (text.length > 300) return '太长了，至多 300 字'
  return /^\/(?!\/)[^\s\\]*$/.test(text) || (/^https:\/\/[^\s/\\@]+(?:\/\S*)?$/.test(text) && URL.canParse(text)) ? null : '请写本站的路径（以 / 开头），或者 https 的网址'
}

/** 没有错的栏不列。 */
export const errorsOf = (problems: Readonly<Record<string, string | null>>): FormState['errors'] =>
  Object.fromEntries(Object.entries(problems).flatMap(([name, message]) => (message === null ? [] : [[name, message]])))

export const hasErrors = (errors: FormState['errors']): boolean => Object.keys(errors).length > 0

/** 一行一条，去掉空行；至多 `most` 条。 */
export const linesOf = (text: string, most: number): string[] =>
  text.split('\n').map((line) => line.trim()).filter((line) => line !== '').slice(0, most)

/** 学时的写法：半学时的整数倍；不合的为 null。 */
export function readHalfHours(text: string): number | null {
  const found = /^(\d{1,3})(?:\.([05]))?$/.exec(text.normalize('NFKC').trim())
  return found === null ? null : Number(found[1]) * 2 + (found[2] === '5' ? 1 : 0)
}

export const hoursText = (halfHours: number): string => String(halfHours / 2)
