import { Hono } from 'hono'
import { getCalendar } from '../../bodies/index.ts'
import { listDisplayNames, permit, signedIn } from '../../identity/index.ts'
import { renderPage } from '../../platform/html/index.ts'
import { addCalendarDays, addCalendarMonths } from '../../statute/plain-date.ts'
import { horizonOf } from '../to-dos.ts'
import { listDueBetween, listWorkload } from './workload.ts'
import { DueCalendarPage, WorkloadPage } from './workload-pages.tsx'
import type { DueDay } from './workload-pages.tsx'

/** 在办申请的另外两面：按承办人、按到期之日；须先于案件的地址挂上。 */
export const workloadRoutes = new Hono()

workloadRoutes.get('/desk/applications/workload', permit('application.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  const today = deps.clock.today()
  const rows = await listWorkload(deps.db, actor.bodyId, { today, horizon: horizonOf(today, await getCalendar(deps.db)) })
  const names = await listDisplayNames(deps.db, rows.flatMap((row) => (row.handler === null ? [] : [row.handler])))
  return renderPage(c, <WorkloadPage rows={rows} names={names} />)
})

workloadRoutes.get('/desk/applications/calendar', permit('application.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  const today = deps.clock.today()
  const asked = c.req.query('month') ?? ''
  const month = /^20\d{2}-(0[1-9]|1[0-2])$/.test(asked) ? asked : today.slice(0, 7)
  const first = `${month}-01`
  const next = addCalendarMonths(first, 1)
  const found = await listDueBetween(deps.db, actor.bodyId, first, addCalendarDays(next, -1))
  const days = new Map<string, DueDay>()
  for (const { dueOn, ...one } of found) days.set(dueOn, { day: dueOn, cases: [...(days.get(dueOn)?.cases ?? []), one] })
  return renderPage(
    c,
    <DueCalendarPage month={month} days={[...days.values()]} previous={addCalendarDays(first, -1).slice(0, 7)} next={next.slice(0, 7)} today={today} />,
  )
})
