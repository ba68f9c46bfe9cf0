import { Hono } from 'hono'
import type { Context } from 'hono'
import { listDisplayNames, permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import { isView, parseList, VIEWS } from '../desk/list-spec.ts'
import type { View } from '../desk/list-spec.ts'
import { canonicalQuery, deleteListView, mayShare, saveListView } from './save-view.ts'
import { findView, listViews } from './saved-view-store.ts'
import type { SavedView } from './saved-view-store.ts'
import { DeleteViewPage, HOME, ViewFormPage, ViewsPage } from './view-pages.tsx'
import type { ViewRow } from './view-pages.tsx'
import { handlersHere, viewWords } from './view-words.ts'

/** 存下的筛选；须先于案件的地址挂上。 */
export const savedViewRoutes = new Hono()

const read = permit('application.read')
const LIMITS = { maxBytes: 16_384, maxFields: 20 }

savedViewRoutes.get(HOME, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const views = await listViews(deps.db, actor)
  const handlers = await handlersHere(deps.db, actor.bodyId)
  const people = await listDisplayNames(deps.db, views.map(({ accountId }) => accountId))
  const rows = views.map((view): ViewRow => {
    const query = canonicalQuery(view.list, view.query)
    const by = view.accountId === actor.accountId ? null : (people.get(view.accountId) ?? '')
    return { ...view, words: viewWords(parseList(view.list, `/?${query}`), handlers), href: `${VIEWS[view.list].href}?${query}`, by }
  })
  return renderPage(c, <ViewsPage mine={rows.filter(({ by }) => by === null)} others={rows.filter(({ by }) => by !== null)} flash={takeFlash(c)} />)
})

async function formPage(c: Context, { view, list, query, state = emptyForm }: { view: SavedView | null; list: View; query: string; state?: FormState }) {
  const { deps, actor } = signedIn(c)
  const words = viewWords(parseList(list, `/?${query}`), await handlersHere(deps.db, actor.bodyId))
  const page = <ViewFormPage view={view} list={list} words={words} hidden={view === null ? { list, query } : {}} mayShare={mayShare(actor)} state={state} />
  return renderPage(c, page, { status: state === emptyForm ? 200 : 422 })
}

savedViewRoutes.get(`${HOME}/new`, read, (c) => {
  const asked = c.req.query('list') ?? ''
  const list = isView(asked) ? asked : 'open'
  return formPage(c, { view: null, list, query: canonicalQuery(list, new URL(c.req.url).search.slice(1)) })
})

async function save(c: Context, view: SavedView | null) {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, LIMITS)
  const asked = form.text('list')
  const list = view?.list ?? (isView(asked) ? asked : 'open')
  const query = canonicalQuery(list, view?.query ?? form.text('query').slice(0, 4000))
  const uses = form.fields['uses'] ?? []
  const result = await saveListView(deps, actor, {
    viewId: view?.viewId ?? newId(), made: view === null ? { list, query } : null, name: form.text('name'), isDefault: uses.includes('default'), shared: uses.includes('shared'),
  })
  if (!result.ok) return formPage(c, { view, list, query, state: { values: form.fields, errors: { [result.field === 'shared' ? 'uses' : 'name']: result.message } } })
  setFlash(c, { tone: 'ok', text: view === null ? '筛选已存下，列在表的上方' : '已保存' })
  return c.redirect(view === null ? `${VIEWS[list].href}?${query}` : HOME, 303)
}

savedViewRoutes.post(`${HOME}/new`, read, (c) => save(c, null))

async function mineOf(c: Context): Promise<SavedView> {
  const { deps, actor } = signedIn(c)
  const id = c.req.param('view') ?? ''
  const found = isId(id) ? await findView(deps.db, actor, id) : null
  if (found === null) throw new NotFound('存下的筛选')
  return found
}

savedViewRoutes.get(`${HOME}/:view`, read, async (c) => {
  const view = await mineOf(c)
  return formPage(c, { view, list: view.list, query: view.query })
})

savedViewRoutes.post(`${HOME}/:view`, read, async (c) => save(c, await mineOf(c)))

savedViewRoutes.get(`${HOME}/:view/delete`, read, async (c) => renderPage(c, <DeleteViewPage view={await mineOf(c)} />))

savedViewRoutes.post(`${HOME}/:view/delete`, read, async (c) => {
  const { deps, actor } = signedIn(c)
  await deleteListView(deps, actor, (await mineOf(c)).viewId)
  setFlash(c, { tone: 'ok', text: '已删去' })
  return c.redirect(HOME, 303)
})
