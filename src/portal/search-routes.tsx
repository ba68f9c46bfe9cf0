import { Hono } from 'hono'
import { listBodies } from '../bodies/index.ts'
import { searchIndex } from '../catalogue/index.ts'
import { renderPage } from '../platform/html/index.ts'
import { rateLimit } from '../platform/http/index.ts'
import type { SearchSource } from '../platform/search/index.ts'
import { directAnswers } from './search-answers.ts'
import type { DirectAnswers } from './search-answers.ts'
import { SearchPage, SearchStartPage } from './search-page.tsx'
import { readSearchParams } from './search-params.ts'
import { searchResults } from './search-results.ts'

const MOST_TYPED = 40
const NO_ANSWERS: DirectAnswers = { from: '公开指南', answers: [], alike: null }

/** 公众检索与边写边提示。所写的不存、不进日志。 */
export function searchRoutes(sources: readonly SearchSource[]): Hono {
  const routes = new Hono()
  const kinds = new Map(sources.map(({ kind, label }) => [kind, label]))

  routes.get('/search', rateLimit({ burst: 60, perMinute: 90 }), async (c) => {
    const { db, clock } = c.get('deps')
    const params = readSearchParams(c.req.url)
    if (params.q === '') return renderPage(c, <SearchStartPage params={params} />)
    const bodies = await c.get('whileUnchanged')('search bodies', () => listBodies(db, { includeAbolished: true }))
    const [model, direct] = [await searchResults(db, params, { sources, bodies, today: clock.today() }), params.after === null ? await directAnswers(db, params.q, bodies) : NO_ANSWERS]
    return renderPage(c, <SearchPage model={model} direct={direct} kinds={kinds} />)
  })

  routes.get('/search/suggest', rateLimit({ burst: 60, perMinute: 240 }), async (c) => {
    const typed = (c.req.query('q') ?? '').slice(0, MOST_TYPED).toWellFormed()
    const found = await searchIndex.suggest(c.get('deps').db, typed, [...kinds.keys()])
    c.header('Cache-Control', 'no-store')
    return c.json(found.map(({ text }) => text))
  })
  return routes
}
