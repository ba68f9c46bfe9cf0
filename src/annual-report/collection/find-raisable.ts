import { getBody } from '../../bodies/index.ts'
import { can } from '../../identity/index.ts'
import type { FindRaisable } from '../../supervision/index.ts'
import { findFiling } from './filing-store.ts'

/** 正退回着的一次报送，编号为「年/第几次」；看得到报告的都看得到退回的意见，照写。 */
export const findRaisableReturn: FindRaisable = async (tx, actor, ref) => {
  const { bodyId } = actor
  const [, year = '', round = ''] = /^(\d{4})\/(\d{1,3})$/.exec(ref) ?? []
  if (year === '' || !can(actor, 'report.read', bodyId)) return null
  const found = await findFiling(tx, bodyId, Number(year))
  if (found?.state.status !== 'returned') return null
  const event = found.history.findLast(({ event: { kind } }) => kind === 'returned')?.event
  if (event?.kind !== 'returned' || event.round !== Number(round)) return null
  return { content: `${year} 年度报告第 ${round} 次报送被退回：${event.words}`, href: `/desk/reports/${(await getBody(tx, bodyId)).code}/${year}`, year: Number(year) }
}
