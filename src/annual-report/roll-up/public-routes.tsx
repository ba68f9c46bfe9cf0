import { Hono, type Context } from 'hono'
import { NotFound } from '../../platform/errors.ts'
import { publicPage } from '../../platform/http/index.ts'
import { parseListQuery, pickRows, renderPage } from '../../platform/html/index.ts'
import { findCell, labelOf } from '../../statute/report-form.ts'
import { publishedArticle } from '../public/published-article.ts'
import { PublicReportPage } from '../public/public-pages.tsx'
import { findPublished, getEditionModel } from '../queries.ts'
import { facesNote } from '../desk/to-report-page.ts'
import { DistrictCellPage, SummedSheet } from './district-pages.tsx'
import { findGovernment } from './load-roll-up.ts'
import { listPublishedCells, listPublishedReports } from './published-parts.ts'

/** 门户：本级政府的年度报告，即全区的汇总；没有公布的一律 404。 */
export const districtReportRoutes = new Hono()

const DISTRICT = '/annual-reports/district/:year{[0-9]{4}}'

async function openDistrict(c: Context) {
  const { db } = c.get('deps')
  const year = Number(c.req.param('year'))
  const government = await findGovernment(db)
  if (government === null) throw new NotFound(`${year} 年度全区的报告`)
  const published = await findPublished(db, government.bodyId, year)
  return { db, year, published, model: await getEditionModel(db, published) }
}

districtReportRoutes.get(DISTRICT, (c) =>
  publicPage(c, async () => {
    const { db, year, published, model } = await openDistrict(c)
    const { summed } = model
    const reports = summed === undefined ? new Map<string, string>() : await listPublishedReports(db, year, summed.parts)
    return renderPage(
      c,
      <PublicReportPage {...published} article={await publishedArticle(db, published)} faces={facesNote()}>
        {summed !== undefined && <SummedSheet summed={summed} reports={reports} />}
      </PublicReportPage>,
    )
  }),
)

const LIST = { sorts: ['name', 'value'], defaultSort: '-value', size: 100 } as const

districtReportRoutes.get(`${DISTRICT}/cells/:cell`, (c) =>
  publicPage(c, async () => {
    const { db, year, model } = await openDistrict(c)
    const code = c.req.param('cell') ?? ''
    if (findCell(code, model.form) === null || model.summed === undefined) throw new NotFound('报告里的这一格')
    const query = parseListQuery(c.req.url, LIST)
    const rows = await listPublishedCells(db, year, code, model.summed.parts)
    const page = pickRows(rows, query, { text: ({ bodyName }) => bodyName, sort: (row) => (query.sort === 'value' ? row.value : row.bodyName) })
    return renderPage(c, <DistrictCellPage {...page} year={year} label={labelOf(code, model.form)} value={model.cells[code] ?? null} bodyName={model.bodyName} query={query} />)
  }),
)
