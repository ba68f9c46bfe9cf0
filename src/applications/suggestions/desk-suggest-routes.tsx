import { Hono } from 'hono'
import { getBody } from '../../bodies/index.ts'
import { permit, signedIn } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { parseListQuery, renderPage } from '../../platform/html/index.ts'
import { isId } from '../../platform/id.ts'
import { addCalendarMonths } from '../../statute/plain-date.ts'
import { FindItemPage } from './find-item-page.tsx'
import { findItems } from './find-items.ts'
import { clarifiedContent } from '../application.ts'
import { getApplication } from '../queries.ts'
import { listSuggestionMonths } from './suggestion-count.ts'
import { SuggestionMonthsPage } from './suggestion-months-page.tsx'

/** 工作台：申请前的提示帮上了多少；查已公开的信息写进答复。须先于案件的地址挂上。 */
export const deskSuggestRoutes = new Hono()

deskSuggestRoutes.get('/desk/applications/suggestions', permit('application.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  const from = addCalendarMonths(`${deps.clock.today().slice(0, 7)}-01`, -23)
  const { code } = await getBody(deps.db, actor.bodyId)
  return renderPage(c, <SuggestionMonthsPage months={await listSuggestionMonths(deps.db, actor.bodyId, from)} code={code} />)
})

const LIST = { sorts: ['best'], defaultSort: 'best', size: 20 } as const

deskSuggestRoutes.get('/desk/applications/:id/find-item', permit('application.handle'), async (c) => {
  const { deps, actor } = signedIn(c)
  const caseId = c.req.param('id')
  if (!isId(caseId)) throw new NotFound('这件申请')
  const { state } = await getApplication(deps.db, actor.bodyId, caseId)
  const query = parseListQuery(c.req.url, LIST)
  const body = await getBody(deps.db, actor.bodyId)
  const found = await findItems(deps.db, body, { q: query.q, content: clarifiedContent(state) ?? state.content, limit: query.size, offset: query.offset })
  return renderPage(c, <FindItemPage caseId={caseId} regNo={state.regNo} query={query} {...found} />)
})
