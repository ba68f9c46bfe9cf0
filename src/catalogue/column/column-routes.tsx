import { Hono } from 'hono'
import type { Context } from 'hono'
import { getBodyByCode, getDistrict } from '../../bodies/index.ts'
import type { Body } from '../../bodies/index.ts'
import { toDocx } from '../../documents/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { parseListQuery, renderPage } from '../../platform/html/index.ts'
import { publicPage } from '../../platform/http/index.ts'
import { isPublicationCode, PUBLICATION_CODES } from '../publication-codes.ts'
import type { PublicationCode } from '../publication-codes.ts'
import { listPublishedItems } from '../queries.ts'
import { applicationForm } from './application-form.ts'
import { hashRow } from './column-content.ts'
import { EMPTY_CONTENT, fieldOf, listOf } from './column-parts.ts'
import type { PartName } from './column-parts.ts'
import { countByHeading, countRules, listYearsOfBlock } from './column-queries.ts'
import { findShownPart, listChannelChecks } from './column-store.ts'
import { headingSkeleton } from './guide-skeleton.ts'
import { ChannelsPage, GuidePage, InstitutionPage, toColumnBody } from './public-part-pages.tsx'
import type { PartModel } from './public-part-pages.tsx'
import { FiscalPage, HeadingPage, RulesPage, StatutoryPage } from './statutory-pages.tsx'

/** 门户上一个机关的专栏：指南、机构信息、渠道、制度、法定主动公开内容。首页与年报由门户给出。 */
export const columnRoutes = new Hono()

const BODY = '/bodies/:code'
const bodyOf = (c: Context): Promise<Body> => getBodyByCode(c.get('deps').db, c.req.param('code') ?? '')

async function partOf(c: Context, part: PartName): Promise<PartModel & { bodyId: string }> {
  const { db } = c.get('deps')
  const body = await bodyOf(c)
  const [shown, { supervisor }] = await Promise.all([findShownPart(db, body.bodyId, part), getDistrict(db)])
  return { body: toColumnBody(body), shown, supervisor, bodyId: body.bodyId }
}

columnRoutes.get(`${BODY}/guide`, (c) => publicPage(c, async () => renderPage(c, <GuidePage {...await partOf(c, 'guide')} />)))
columnRoutes.get(`${BODY}/institution`, (c) => publicPage(c, async () => renderPage(c, <InstitutionPage {...await partOf(c, 'institution')} />)))
columnRoutes.get(`${BODY}/channels`, (c) => publicPage(c, () => channelsPage(c)))

async function channelsPage(c: Context) {
  const model = await partOf(c, 'channels')
  const rows = listOf(model.shown?.content ?? EMPTY_CONTENT, 'channels')
  const checks = await listChannelChecks(c.get('deps').db, model.bodyId, rows.map(hashRow))
  return renderPage(c, <ChannelsPage {...model} channels={rows.map((row) => ({ row, checkedOn: checks.get(hashRow(row)) ?? null }))} />)
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

columnRoutes.get(`${BODY}/guide/application-form.docx`, async (c) => {
  const body = await bodyOf(c)
  if (body.abolishedOn !== null) throw new NotFound('申请表')
  const key = `application-form ${body.bodyId}`
  const bytes = await c.get('whileUnchanged')(key, async () => {
    const guide = await findShownPart(c.get('deps').db, body.bodyId, 'guide')
    return toDocx(applicationForm(body, guide?.content ?? EMPTY_CONTENT, guide?.publishedOn ?? null))
  })
  const name = encodeURIComponent(`${body.name}政府信息公开申请表.docx`)
  return c.body(Uint8Array.from(bytes), 200, { 'Content-Type': DOCX, 'Content-Disposition': `attachment; filename*=UTF-8''${name}`, 'Cache-Control': 'public, no-cache' })
})

const CODES = Object.keys(PUBLICATION_CODES) as PublicationCode[]
const LIST = { sorts: ['on'], defaultSort: '-on', filters: { year: 'year', code: CODES, view: ['list'] }, size: 50 } as const
const MOST_FISCAL = 400

columnRoutes.get(`${BODY}/statutory`, (c) => publicPage(c, () => statutoryPage(c)))

async function statutoryPage(c: Context) {
  const { db } = c.get('deps')
  const body = await bodyOf(c)
  const notes = (await findShownPart(db, body.bodyId, 'headings'))?.content ?? headingSkeleton(body.powers)
  const { code = '' } = parseListQuery(c.req.url, LIST).filters
  if (isPublicationCode(code)) return headingPage(c, body, code, fieldOf(notes, code))
  const [found, institution] = await Promise.all([countByHeading(db, body.bodyId), findShownPart(db, body.bodyId, 'institution')])
  return renderPage(c, <StatutoryPage body={toColumnBody(body)} rows={CODES.map((each) => ({ code: each, found: found.get(each) ?? null, note: fieldOf(notes, each) }))} institutionOn={institution?.publishedOn ?? null} />)
}

async function headingPage(c: Context, body: Body, code: PublicationCode, note: string) {
  const { db } = c.get('deps')
  const query = parseListQuery(c.req.url, LIST)
  const { year, view } = query.filters
  const own = { bodyId: body.bodyId, code, block: 'statutory' } as const
  if (code === 'A20_07' && view === undefined && year === undefined && query.q === '' && query.page === 1) {
    const found = await listPublishedItems(db, { ...own, limit: MOST_FISCAL, offset: 0 })
    if (found.total > 0) return renderPage(c, <FiscalPage body={toColumnBody(body)} {...found} />)
  }
  const found = await listPublishedItems(db, { ...own, text: query.q, limit: query.size, offset: query.offset, ...(year === undefined ? {} : { year: Number(year) }) })
  const [years, counted] = await Promise.all([listYearsOfBlock(db, body.bodyId, 'statutory', code), countByHeading(db, body.bodyId)])
  return renderPage(c, <HeadingPage body={toColumnBody(body)} {...{ code, query, years, note }} latest={counted.get(code)?.latest ?? null} {...found} />)
}

const RULES = { sorts: ['on'], defaultSort: '-on', filters: { year: 'year' }, size: 50 } as const

columnRoutes.get(`${BODY}/rules`, (c) => publicPage(c, () => rulesPage(c)))

async function rulesPage(c: Context) {
  const { db } = c.get('deps')
  const body = await bodyOf(c)
  const query = parseListQuery(c.req.url, RULES)
  const year = query.filters['year']
  const [found, counted, years] = await Promise.all([
    listPublishedItems(db, { bodyId: body.bodyId, block: 'rules', text: query.q, limit: query.size, offset: query.offset, ...(year === undefined ? {} : { year: Number(year) }) }),
    countRules(db, body.bodyId),
    listYearsOfBlock(db, body.bodyId, 'rules'),
  ])
  return renderPage(c, <RulesPage body={toColumnBody(body)} {...found} query={query} latest={counted?.latest ?? null} years={years} />)
}
