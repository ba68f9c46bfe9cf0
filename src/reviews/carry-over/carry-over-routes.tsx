import { Hono } from 'hono'
import { permit, signedIn } from '../../identity/index.ts'
import { renderPage } from '../../platform/html/index.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { HOME } from '../desk/hrefs.ts'
import { CarryOverPage } from './carry-over-page.tsx'
import { compareCarried, listCarried } from './list-carried.ts'
import type { FiledPending } from './list-carried.ts'

/** 上年未结的去向；上年报告的数由接线交来。须先于案件的地址挂上。 */
export function carryOverRoutes(filedPending: FiledPending): Hono {
  const routes = new Hono()
  routes.get(`${HOME}/carry-over`, permit('review.read'), async (c) => {
    const { deps, actor } = signedIn(c)
    const today = deps.clock.today()
    const given = c.req.query('year') ?? ''
    const year = /^20\d{2}$/.test(given) && Number(given) <= yearOf(today) ? Number(given) : yearOf(today)
    const end = `${year}-12-31`
    const cases = await listCarried(deps.db, actor.bodyId, { year, asOf: today < end ? today : end })
    return renderPage(c, <CarryOverPage year={year} thisYear={yearOf(today)} groups={compareCarried(cases, await filedPending(deps.db, actor.bodyId, year - 1))} />)
  })
  return routes
}
