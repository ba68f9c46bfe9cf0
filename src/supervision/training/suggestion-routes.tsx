import { Hono } from 'hono'
import type { Context } from 'hono'
import { countBodies, listBodies } from '../../bodies/index.ts'
import { can, permit, reachOf, signedIn } from '../../identity/index.ts'
import { parseListQuery, renderPage } from '../../platform/html/index.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import { SuggestionsPage } from './suggestion-pages.tsx'
import type { SuggestionsModel } from './suggestion-pages.tsx'
import { suggestTopics } from './suggestions.ts'
import type { Period, ReportTroubles } from './suggestions.ts'
import { SUGGESTED } from './training-frame.tsx'

const LIST = { sorts: ['sort'], defaultSort: 'sort', size: 20 } as const

/** 培训的建议；年度报告里的由接线交来。 */
export function suggestionRoutes(reports: ReportTroubles): Hono {
  const routes = new Hono()
  routes.get(SUGGESTED, permit('safeguard.read'), async (c) => {
    const { deps, actor } = signedIn(c)
    const to = deps.clock.today()
    const period = { from: addCalendarDays(to, -365), to }
    const own = (await suggestTopics(deps.db, [actor.bodyId], period, reports)).get(actor.bodyId) ?? []
    return renderPage(c, <SuggestionsPage period={period} own={own} district={await districtOf(c, period, reports)} canHandle={can(actor, 'safeguard.handle', actor.bodyId)} />)
  })
  return routes
}

async function districtOf(c: Context, period: Period, reports: ReportTroubles): Promise<SuggestionsModel['district']> {
  const { deps, actor } = signedIn(c)
  if (reachOf(actor, 'safeguard.read') !== 'district') return null
  const query = parseListQuery(c.req.url, LIST)
  const bodies = (await listBodies(deps.db)).slice(query.offset, query.offset + query.size)
  const found = await suggestTopics(deps.db, bodies.map(({ bodyId }) => bodyId), period, reports)
  return { rows: bodies.map((body) => ({ body, suggestions: found.get(body.bodyId) ?? [] })), query, total: await countBodies(deps.db) }
}
