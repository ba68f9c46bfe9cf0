import type { Context } from 'hono'
import { findBody } from '../../bodies/index.ts'
import { can, signedIn } from '../../identity/index.ts'
import { Forbidden, NotFound } from '../../platform/errors.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { loadRollUp, type LoadedRollUp } from './load-roll-up.ts'

export const ROLL_UP = '/desk/roll-up'
export const YEAR_ROUTE = `${ROLL_UP}/:year{[0-9]{4}}`
export const rollUpPath = (year: number): string => `${ROLL_UP}/${year}`
/** 这一格由哪些机关加成。 */
export const cellPath = (year: number, code: string): string => `${rollUpPath(year)}/cells/${code}`

/** 2019 年度以前的旧格式不在两版之内 */
const FIRST_YEAR = 2019

/** 能看全区各份未公布的报告的：区政务公开办，与编写区政府报告的人。 */
export async function requireRollUp(c: Context): Promise<void> {
  const { deps, actor } = signedIn(c)
  if (can(actor, 'report.roll-up')) return
  const body = await findBody(deps.db, actor.bodyId)
  if (body?.kind !== 'government' || !can(actor, 'report.read', body.bodyId)) throw new Forbidden('汇总全区年度报告')
}

/** 地址里的年度；不在 2019 年至今年之间的抛 NotFound。 */
export function yearIn(c: Context): number {
  const year = Number(c.req.param('year'))
  const now = yearOf(c.get('deps').clock.today())
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > now) throw new NotFound('这个年度的汇总')
  return year
}

/** 地址里的年度的汇总；数据没有变的不重算。 */
export async function openRollUp(c: Context): Promise<LoadedRollUp & { year: number }> {
  await requireRollUp(c)
  const { deps } = signedIn(c)
  const year = yearIn(c)
  const today = deps.clock.today()
  return { year, ...(await c.get('whileUnchanged')(`roll-up ${year} ${today}`, () => loadRollUp(deps.db, year, today))) }
}

/** 可选的年度，由近及远：去年起往前五年，看的是更早的则也列上。 */
export function yearsAround(today: string, year: number): number[] {
  const last = yearOf(today) - 1
  const years = Array.from({ length: 5 }, (_, i) => last - i).filter((one) => one >= FIRST_YEAR)
  return [...new Set([...years, year])].toSorted((a, b) => b - a)
}
