import { Hono } from 'hono'
import type { Context } from 'hono'
import { listBodies } from '../../../bodies/index.ts'
import { NotFound } from '../../../platform/errors.ts'
import { renderPage } from '../../../platform/html/index.ts'
import { publicPage } from '../../../platform/http/index.ts'
import { listComplaintYears, tallyByBody, tallyByMatter } from '../statistics.ts'
import { SUPERVISION, SupervisionPage } from './supervision-page.tsx'

/** 监督保障的公开统计；没有查询串的存着，数据没有变即答存的。 */
export const supervisionRoutes = new Hono()

async function page(c: Context, asked: number | null) {
  const { db } = c.get('deps')
  const years = await listComplaintYears(db)
  if (asked !== null && !years.includes(asked)) throw new NotFound('这一年的统计')
  const year = asked ?? years[0] ?? null
  if (year === null) return renderPage(c, <SupervisionPage years={[]} year={null} isLatest byMatter={[]} byBody={[]} />)
  const names = new Map((await listBodies(db, { includeAbolished: true })).map(({ bodyId, name }) => [bodyId, name]))
  const byBody = (await tallyByBody(db, year)).map((row) => ({ ...row, name: names.get(row.bodyId) ?? '' }))
  return renderPage(c, <SupervisionPage years={years} year={year} isLatest={asked === null} byMatter={await tallyByMatter(db, year)} byBody={byBody} />)
}

supervisionRoutes.get(SUPERVISION, (c) => publicPage(c, () => page(c, null)))
supervisionRoutes.get(`${SUPERVISION}/:year{20[0-9][0-9]}`, (c) => publicPage(c, () => page(c, Number(c.req.param('year')))))
