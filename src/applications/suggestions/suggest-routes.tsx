import { Hono } from 'hono'
import type { Context } from 'hono'
import { deleteCookie } from 'hono/cookie'
import { renderToStaticMarkup } from 'react-dom/server'
import { getBodyByCode } from '../../bodies/index.ts'
import { listPublishedByIds } from '../../catalogue/index.ts'
import { transaction } from '../../platform/connect.ts'
import { NotFound } from '../../platform/errors.ts'
import { renderPage } from '../../platform/html/index.ts'
import { parseForm, publicPage, rateLimit } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { QUERY_LIMIT } from '../../platform/search/index.ts'
import { COOKIE, cookieOptions, lost, open, opened } from '../citizen/apply-session.ts'
import { deleteDraft } from '../citizen/draft-store.ts'
import { placeOf } from './item-place.ts'
import { AlreadyPublicPage, NoNeedPage, SuggestionPanel } from './suggest-pages.tsx'
import { suggestItems } from './suggest-items.ts'
import { countSuggestion } from './suggestion-count.ts'

/** 申请之前，提示已经公开的；须先于申请的各步挂上。所写的文字不存、不记，只数帮上了几次。 */
export const suggestRoutes = new Hono()

const SMALL = { maxBytes: 8 * 1024, maxFields: 4 }

// 脚本边写边问；没有的答 204。`first` 为 yes 的是这一页头一次有提示
suggestRoutes.post('/apply/:code/suggestions', rateLimit({ burst: 30, perMinute: 40 }), async (c) => {
  const { deps, body } = await open(c)
  const form = await parseForm(c, SMALL)
  const found = await suggestItems(deps.db, body, form.text('q').slice(0, QUERY_LIMIT))
  if (found.length === 0) return c.body(null, 204)
  if (form.text('first') === 'yes') await countSuggestion(deps.db, body.bodyId, deps.clock.today(), 'shown')
  return c.html(renderToStaticMarkup(<SuggestionPanel asked={body} found={found} />))
})

suggestRoutes.get('/apply/:code/found', async (c) => {
  const session = await open(c)
  const draft = opened(session.draft)
  if (draft === null) return lost(c, session)
  const found = await suggestItems(session.deps.db, session.body, draft.answers['content']?.[0] ?? '')
  if (found.length === 0) return c.redirect(`${session.base}/delivery`, 303)
  return renderPage(c, <AlreadyPublicPage asked={session.body} found={found} />)
})

suggestRoutes.post('/apply/:code/found', rateLimit({ burst: 10, perMinute: 10 }), async (c) => {
  const session = await open(c)
  const { deps, body, base } = session
  const form = await parseForm(c, SMALL)
  if (form.text('choice') !== 'found') return c.redirect(`${base}/delivery`, 303)
  const draft = opened(session.draft)
  if (draft === null) return lost(c, session)
  await transaction(deps.db, async (tx) => {
    await deleteDraft(tx, draft)
    await countSuggestion(tx, body.bodyId, deps.clock.today(), 'helped')
  })
  deleteCookie(c, COOKIE, cookieOptions(c, body))
  return c.redirect(`${base}/no-need`, 303)
})

suggestRoutes.get('/apply/:code/no-need', (c) => publicPage(c, async () => renderPage(c, <NoNeedPage asked={(await open(c)).body} />)))

suggestRoutes.get('/apply/:code/found/:of/:itemId', rateLimit({ burst: 60, perMinute: 60 }), async (c) => {
  const { deps, body } = await open(c)
  const of = await getBodyByCode(deps.db, c.req.param('of'))
  const itemId = c.req.param('itemId')
  if (!isId(itemId)) throw new NotFound('该信息')
  const item = (await listPublishedByIds(deps.db, [{ bodyId: of.bodyId, itemId }])).get(itemId)
  if (item === undefined) throw new NotFound('该信息')
  if (isClick(c)) await countSuggestion(deps.db, body.bodyId, deps.clock.today(), 'opened')
  return c.redirect(placeOf(item), 302)
})

// 别站的链接、浏览器的预取不算点开
const isClick = (c: Context): boolean => c.req.header('sec-fetch-site') === 'same-origin' && c.req.header('sec-purpose') === undefined
