import { Hono } from 'hono'
import type { Context } from 'hono'
import { getDistrict } from '../../bodies/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { renderPage } from '../../platform/html/index.ts'
import { publicPage } from '../../platform/http/index.ts'
import { PUBLIC, PublicBodyPage, PublicListPage, PublicResultPage } from './public-pages.tsx'
import { toResultDocument } from './result-document.ts'
import { findPublished } from './results.ts'
import type { Published } from './results.ts'
import { RESULT_FILES, sendDocument } from './send-document.ts'
import { listSchemes } from './store.ts'

/** 公众看到的考核结果；没有公布的一律没有。 */
export const publicAssessmentRoutes = new Hono()

const YEAR = `${PUBLIC}/:year{[0-9]{4}}`

async function publishedOf(c: Context): Promise<Published> {
  const published = await findPublished(c.get('deps').db, Number(c.req.param('year')))
  if (published === null) throw new NotFound('这一年公布的考核结果')
  return published
}

publicAssessmentRoutes.get(PUBLIC, (c) =>
  publicPage(c, async () => {
    const schemes = await listSchemes(c.get('deps').db, { drafts: false })
    return renderPage(c, <PublicListPage years={schemes.flatMap(({ year, title, publishedOn }) => (publishedOn === null ? [] : [{ year, title, publishedOn }]))} />)
  }),
)
publicAssessmentRoutes.get(YEAR, (c) => publicPage(c, async () => renderPage(c, <PublicResultPage published={await publishedOf(c)} />)))
publicAssessmentRoutes.get(`${YEAR}/${RESULT_FILES}`, async (c) => {
  const { db, config } = c.get('deps')
  const published = await publishedOf(c)
  return sendDocument(c, toResultDocument(published, { issuer: (await getDistrict(db)).supervisor, on: published.publishedOn, demo: config.mode === 'demo', preview: false }))
})
publicAssessmentRoutes.get(`${YEAR}/:body`, (c) =>
  publicPage(c, async () => {
    const published = await publishedOf(c)
    const body = published.inputs.bodies.find(({ code }) => code === c.req.param('body'))
    const score = published.scores.find(({ bodyId }) => bodyId === body?.bodyId)
    if (score === undefined) throw new NotFound('这个机关的考核结果')
    return renderPage(c, <PublicBodyPage published={published} score={score} />)
  }),
)
