import { Hono } from 'hono'
import type { Context } from 'hono'
import { listBodies } from '../bodies/index.ts'
import { listBodiesOf, setFlash, signedIn, takeFlash } from '../identity/index.ts'
import { NotFound } from '../platform/errors.ts'
import { parseListQuery, renderPage } from '../platform/html/index.ts'
import { parseForm } from '../platform/http/index.ts'
import { isId } from '../platform/id.ts'
import { NoticeListPage, VIEWS } from './notice-pages.tsx'
import { countNotices, countUnread, listNotices, listUnreadElsewhere, readAllNotices, readNotice } from './queries.ts'

/** 我的通知；人人只看自己的，故不另设权限。挂在 requireSignIn 之后。 */
export const noticeRoutes = new Hono()

const LIMITS = { maxBytes: 4096, maxFields: 5 }
const COUNTED = 1000

const inboxOf = (c: Context) => {
  const { deps, actor } = signedIn(c)
  return { deps, inbox: { bodyId: actor.bodyId, accountId: actor.accountId } }
}

async function listPage(c: Context, view: keyof typeof VIEWS) {
  const { deps, inbox } = inboxOf(c)
  const query = parseListQuery(c.req.url, { sorts: ['at'], defaultSort: '-at' })
  const filter = { ...inbox, unread: view === 'unread', text: query.q }
  const after = isId(query.after) ? query.after : null
  const page = await listNotices(deps.db, filter, { after, limit: query.size })
  const total = await countNotices(deps.db, filter)
  return renderPage(
    c,
    <NoticeListPage
      view={view}
      rows={page.rows}
      query={{ ...query, after }}
      total={total >= COUNTED ? { atLeast: COUNTED } : total}
      next={page.next}
      unread={await countUnread(deps.db, inbox)}
      elsewhere={await elsewhere(c)}
      flash={takeFlash(c)}
    />,
  )
}

async function elsewhere(c: Context): Promise<{ name: string; count: number }[]> {
  const { deps, actor } = signedIn(c)
  const others = (await listBodiesOf(deps.db, actor.accountId)).filter((bodyId) => bodyId !== actor.bodyId)
  const counts = await listUnreadElsewhere(deps.db, actor.accountId, others)
  if (counts.size === 0) return []
  return (await listBodies(deps.db)).flatMap(({ bodyId, name }) => {
    const count = counts.get(bodyId)
    return count === undefined ? [] : [{ name, count }]
  })
}

noticeRoutes.get('/desk/notices', (c) => listPage(c, 'unread'))
noticeRoutes.get('/desk/notices/all', (c) => listPage(c, 'all'))

noticeRoutes.post('/desk/notices/read-all', async (c) => {
  const { deps, inbox } = inboxOf(c)
  const form = await parseForm(c, LIMITS)
  const upTo = form.text('upTo')
  const read = isId(upTo) ? await readAllNotices(deps.db, inbox, upTo, deps.clock.now()) : 0
  setFlash(c, { tone: 'ok', text: read > 0 ? `${read} 条标为已读` : '没有未读的通知' })
  return c.redirect('/desk/notices', 303)
})

async function read(c: Context): Promise<{ href: string }> {
  const { deps, inbox } = inboxOf(c)
  const noticeId = c.req.param('id') ?? ''
  const found = isId(noticeId) ? await readNotice(deps.db, { ...inbox, noticeId }, deps.clock.now()) : null
  if (found === null) throw new NotFound('这条通知')
  return found
}

noticeRoutes.post('/desk/notices/:id/open', async (c) => c.redirect((await read(c)).href, 303))

noticeRoutes.post('/desk/notices/:id/read', async (c) => {
  await read(c)
  const form = await parseForm(c, LIMITS)
  return c.redirect(form.text('back') === 'all' ? VIEWS.all.href : VIEWS.unread.href, 303)
})
