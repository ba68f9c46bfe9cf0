import { Hono } from 'hono'
import type { Context } from 'hono'
import { permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { MOST_SYNONYMS, listSynonyms } from '../../platform/search/index.ts'
import { addSynonyms, readGroups, removeSynonym } from './synonym-acts.ts'
import { SYNONYMS, SynonymPage, SynonymsPage } from './synonym-pages.tsx'

/** 工作台：本区检索的同义说法，全区一份，由区政务公开办定。 */
export const synonymRoutes = new Hono()

const edit = permit('search.word')
const LIST = { sorts: ['made'], defaultSort: 'made', size: 50 } as const
const LIMITS = { maxBytes: 128 * 1024, maxFields: 4 }

async function page(c: Context, state: FormState = emptyForm, status: 200 | 422 = 200) {
  const { deps } = signedIn(c)
  const query = parseListQuery(c.req.url, LIST)
  const found = (await listSynonyms(deps.db)).filter(({ words }) => query.q === '' || words.some((word) => word.includes(query.q)))
  return renderPage(c, <SynonymsPage groups={found.slice(query.offset, query.offset + query.size)} total={found.length} query={query} state={state} flash={takeFlash(c)} />, { status })
}

synonymRoutes.get(SYNONYMS, edit, (c) => page(c))

synonymRoutes.post(SYNONYMS, edit, async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, LIMITS)
  const read = readGroups(form.text('groups'))
  const wrong = (message: string) => page(c, { values: form.fields, errors: { groups: message } }, 422)
  if (!read.ok) return wrong(read.problem)
  const added = await addSynonyms(deps, actor, read.groups)
  if (!added.ok) return wrong(`全区至多 ${MOST_SYNONYMS} 组，请先去掉不用的`)
  setFlash(c, { tone: 'ok', text: added.added === 0 ? '都已经有了' : `已添 ${added.added} 组` })
  return c.redirect(SYNONYMS, 303)
})

async function openGroup(c: Context) {
  const { deps } = signedIn(c)
  const group = (await listSynonyms(deps.db)).find(({ synonymId }) => synonymId === c.req.param('synonymId'))
  if (group === undefined) throw new NotFound('这一组说法')
  return group
}

synonymRoutes.get(`${SYNONYMS}/:synonymId`, edit, async (c) => renderPage(c, <SynonymPage group={await openGroup(c)} />))

synonymRoutes.post(`${SYNONYMS}/:synonymId/remove`, edit, async (c) => {
  const { deps, actor } = signedIn(c)
  const group = await openGroup(c)
  await parseForm(c, LIMITS)
  await removeSynonym(deps, actor, group)
  setFlash(c, { tone: 'ok', text: '已去掉' })
  return c.redirect(SYNONYMS, 303)
})
