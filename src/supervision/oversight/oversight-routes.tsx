import { Hono } from 'hono'
import type { Context } from 'hono'
import { findBodyByCode, listBodies } from '../../bodies/index.ts'
import { permit, reachOf, signedIn } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { parseListQuery, renderPage } from '../../platform/html/index.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { listProblems } from '../problems/problem-store.ts'
import { listKeyFields, listProposals } from '../registers/register-store.ts'
import { listSessions } from '../training/sessions.ts'
import { BodyOversightPage, OVERSIGHT, OversightPage } from './oversight-pages.tsx'
import { listDone, listMeetingsSeen } from './oversight-queries.ts'

/** 区政务公开办看各机关的监督保障，只读；挂在 requireSignIn 之后。 */
export const oversightRoutes = new Hono()

const LIST = { sorts: ['sort'], defaultSort: 'sort', size: 50, filters: { year: 'year' } } as const
const MOST = 200
const read = permit('safeguard.read')

/** 只给看得到全区的岗位；别的人没有这些页。 */
function overseeing(c: Context) {
  const { deps, actor } = signedIn(c)
  if (reachOf(actor, 'safeguard.read') !== 'district') throw new NotFound('这一页')
  const now = yearOf(deps.clock.today())
  const asked = Number(c.req.query('year'))
  const years = [now, now - 1, now - 2, now - 3]
  return { deps, year: years.includes(asked) ? asked : now, years }
}

oversightRoutes.get(OVERSIGHT, read, async (c) => {
  const { deps, year, years } = overseeing(c)
  const query = parseListQuery(c.req.url, LIST)
  const bodies = (await listBodies(deps.db)).filter(({ name }) => query.q === '' || name.includes(query.q))
  const shown = bodies.slice(query.offset, query.offset + query.size)
  const done = await listDone(deps.db, { bodyIds: shown.map(({ bodyId }) => bodyId), year, today: deps.clock.today() })
  const rows = shown.flatMap(({ bodyId, code, name }) => {
    const own = done.get(bodyId)
    return own === undefined ? [] : [{ code, name, ...own }]
  })
  return renderPage(c, <OversightPage {...{ year, years, rows }} query={{ ...query, filters: { ...query.filters, year: String(year) } }} total={bodies.length} />)
})

oversightRoutes.get(`${OVERSIGHT}/:code`, read, async (c) => {
  const { deps, year, years } = overseeing(c)
  const body = await findBodyByCode(deps.db, c.req.param('code').slice(0, 40))
  if (body === null) throw new NotFound('这个机关')
  const { db } = deps
  const { bodyId, name, code } = body
  const [within, page] = [{ bodyId, from: `${year}-01-01`, to: `${year}-12-31` }, { limit: MOST, offset: 0 }]
  return renderPage(
    c,
    <BodyOversightPage
      {...{ name, code, year, years }}
      {...await listMeetingsSeen(db, bodyId, year)}
      today={deps.clock.today()}
      sessions={await listSessions(db, { ...within, state: 'held' }, page)}
      problems={(await listProblems(db, bodyId, year)).filter(({ state }) => state !== 'dropped')}
      proposals={await listProposals(db, { bodyId, year }, page)}
      keyFields={await listKeyFields(db, { bodyId, year }, page)}
    />,
  )
})
