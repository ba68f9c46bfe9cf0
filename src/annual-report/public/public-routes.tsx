import { Hono, type Context } from 'hono'
import { getBodyByCode } from '../../bodies/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { publicPage } from '../../platform/http/index.ts'
import { renderPage } from '../../platform/html/index.ts'
import { PublicReportPage } from './public-pages.tsx'
import { publishedArticle } from './published-article.ts'
import { findPublished, getEditionModel } from '../queries.ts'
import { editionFile, isFormat } from '../editions/report-files.ts'
import { reportJsonSchema } from '../editions/report-json.ts'
import { sendFile } from '../editions/send-file.ts'
import { titleOf } from '../editions/report-model.ts'
import { facesNote } from '../desk/to-report-page.ts'

/** 门户的年度报告：正文、各版、下载。 */
export const publicReportRoutes = new Hono()

const REPORT = '/bodies/:code/annual-reports/:year{[0-9]{4}}'
const EDITION = `${REPORT}/editions/:edition{[0-9]{1,3}}`

async function reportPage(c: Context) {
  const { db } = c.get('deps')
  const published = await publishedOf(c)
  return renderPage(c, <PublicReportPage {...published} article={await publishedArticle(db, published)} faces={facesNote()} />)
}

/** 地址里的机关、年度、版次；没有公布的一律 404，草稿不露。 */
async function publishedOf(c: Context) {
  const { db } = c.get('deps')
  const body = await getBodyByCode(db, c.req.param('code') ?? '')
  const year = Number(c.req.param('year'))
  const edition = c.req.param('edition')
  return findPublished(db, body.bodyId, year, edition === undefined ? undefined : Number(edition))
}

async function download(c: Context) {
  const published = await publishedOf(c)
  const format = c.req.param('format') ?? ''
  if (!isFormat(format)) throw new NotFound('这种格式')
  const deps = c.get('deps')
  const model = await getEditionModel(deps.db, published)
  return sendFile(c, await editionFile(deps, { ...published, model }, format), titleOf(model), format)
}

publicReportRoutes.get(REPORT, (c) => publicPage(c, () => reportPage(c)))
publicReportRoutes.get(EDITION, (c) => publicPage(c, () => reportPage(c)))
publicReportRoutes.get(`${REPORT}/download/:format`, download)
publicReportRoutes.get(`${EDITION}/download/:format`, download)
publicReportRoutes.get('/schemas/annual-report.json', (c) => c.json(reportJsonSchema()))
