import { Hono } from 'hono'
import { record } from '../../audit/index.ts'
import { can, permit, requirePermission, signedIn } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { parseListQuery, renderPage } from '../../platform/html/index.ts'
import { toCsvLine } from '../../platform/ledger/index.ts'
import { SCORES, countRatings, isScore, listRatingWords, listRatingYears } from './rating.ts'
import type { MonthRatings } from './rating.ts'
import { RatingsPage } from './rating-pages.tsx'

/** 工作台的评价；须先于案件的地址挂上。 */
export const ratingRoutes = new Hono()

const LIST = { sorts: ['ratedOn'], defaultSort: '-ratedOn', filters: { score: Object.keys(SCORES), year: 'year' }, size: 50 } as const

ratingRoutes.get('/desk/applications/ratings', permit('rating.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  const { db } = deps
  const query = parseListQuery(c.req.url, LIST)
  const years = await listRatingYears(db, actor.bodyId)
  const asked = Number(query.filters['year'])
  const year = years.includes(asked) ? asked : (years[0] ?? Number(deps.clock.today().slice(0, 4)))
  const score = query.filters['score'] ?? ''
  const words = await listRatingWords(db, fieldKeys(deps.config.secretKey), actor.bodyId, { year, score: isScore(score) ? score : null, limit: query.size, offset: query.offset })
  return renderPage(
    c,
    <RatingsPage
      years={years}
      year={year}
      months={await countRatings(db, actor.bodyId, year)}
      words={words.rows}
      total={words.total}
      query={query}
      canExport={can(actor, 'export.data', actor.bodyId)}
    />,
  )
})

ratingRoutes.get('/desk/applications/ratings.csv', permit('rating.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  requirePermission(actor, 'export.data', actor.bodyId)
  const asked = c.req.query('year') ?? ''
  const year = /^20\d{2}$/.test(asked) ? Number(asked) : Number(deps.clock.today().slice(0, 4))
  const months = await countRatings(deps.db, actor.bodyId, year)
  await transaction(deps.db, (tx) => record(tx, actor, 'application.ratings-exported', { bodyId: actor.bodyId, target: actor.bodyId }, { year, rows: months.length }))
  const lines = [CSV_HEAD, ...months.map(toCsvRow)].map((cells) => toCsvLine(cells))
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${year} 年申请人评价.csv`)}`)
  return c.body(`\uFEFF${lines.join('')}`)
})

const CSV_HEAD = ['月份', ...Object.values(SCORES).map((label) => `${label}（件）`), '合计（件）', '满意与基本满意占（%）']

function toCsvRow({ month, satisfied, basic, dissatisfied }: MonthRatings): string[] {
  const all = satisfied + basic + dissatisfied
  return [month, ...[satisfied, basic, dissatisfied, all].map(String), (((satisfied + basic) / all) * 100).toFixed(1)]
}
