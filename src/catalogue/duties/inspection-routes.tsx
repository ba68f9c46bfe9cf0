import { Hono } from 'hono'
import type { Context } from 'hono'
import { getDistrict, listBodies } from '../../bodies/index.ts'
import { MissingGlyphs, toDocx, toPdf } from '../../documents/index.ts'
import type { Document } from '../../documents/index.ts'
import { permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { parseListQuery, renderPage } from '../../platform/html/index.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { listInspectionFindings } from './inspect.ts'
import { toDistrictDocument, toInspectionDocument } from './inspection-document.ts'
import { DistrictInspectionListPage, DistrictInspectionPage, InspectionListPage, InspectionPage } from './inspection-pages.tsx'
import { countInspections, listInspectionDays, listInspections, listInspectionsOn } from './inspection-queries.ts'
import { DUTIES, OF_BODY, baseOf, bodyOf, isDistrictView } from './viewed-body.ts'

/** 每周自查：各次、一次、打印件；由 dutyRoutes 挂上。 */
export const inspectionRoutes = new Hono()

const read = permit('item.read')
const LIST = { sorts: ['day'], defaultSort: '-day' } as const

for (const base of [DUTIES, OF_BODY]) {
  inspectionRoutes.get(`${base}/inspections`, read, listPage)
  inspectionRoutes.get(`${base}/inspections/:day`, read, dayPage)
  inspectionRoutes.get(`${base}/inspections/:day/:file{report\\.(?:pdf|docx)}`, read, sendReport)
}

async function listPage(c: Context) {
  const { deps } = signedIn(c)
  if (isDistrictView(c)) return renderPage(c, <DistrictInspectionListPage rows={await listInspectionDays(deps.db)} />)
  const { body, code } = await bodyOf(c)
  const query = parseListQuery(c.req.url, LIST)
  const rows = await listInspections(deps.db, body.bodyId, { limit: query.size, offset: query.offset })
  return renderPage(c, <InspectionListPage body={body} code={code} rows={rows} query={query} total={await countInspections(deps.db, body.bodyId)} />)
}

function dayOf(c: Context): PlainDate {
  const day = c.req.param('day') ?? ''
  if (!isPlainDate(day)) throw new NotFound('这一次自查')
  return day
}

async function openInspection(c: Context) {
  const { deps } = signedIn(c)
  const { body, code } = await bodyOf(c)
  const [inspection] = await listInspectionsOn(deps.db, dayOf(c), body.bodyId)
  if (inspection === undefined) throw new NotFound('这一次自查')
  return { inspection, code, findings: await listInspectionFindings(deps.db, body.bodyId, inspection.day) }
}

async function dayPage(c: Context) {
  const { deps } = signedIn(c)
  if (!isDistrictView(c)) return renderPage(c, <InspectionPage {...await openInspection(c)} flash={takeFlash(c)} />)
  const day = dayOf(c)
  const rows = await listInspectionsOn(deps.db, day)
  if (rows.length === 0) throw new NotFound('这一次自查')
  return renderPage(c, <DistrictInspectionPage day={day} rows={rows} codes={new Map((await listBodies(deps.db, { includeAbolished: true })).map((body) => [body.bodyId, body.code]))} flash={takeFlash(c)} />)
}

async function documentOf(c: Context): Promise<Document> {
  const { deps } = signedIn(c)
  const demo = deps.config.mode === 'demo'
  if (!isDistrictView(c)) {
    const { inspection, findings } = await openInspection(c)
    return toInspectionDocument(inspection, findings, demo)
  }
  const day = dayOf(c)
  const rows = await listInspectionsOn(deps.db, day)
  if (rows.length === 0) throw new NotFound('这一次自查')
  return toDistrictDocument((await getDistrict(deps.db)).supervisor, day, rows, demo)
}

const FORMATS = {
  pdf: { type: 'application/pdf', write: toPdf },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', write: toDocx },
} as const

async function sendReport(c: Context) {
  const format = c.req.param('file') === 'report.pdf' ? 'pdf' : 'docx'
  const { type, write } = FORMATS[format]
  const document = await documentOf(c)
  try {
    const bytes = await write(document)
    c.header('Content-Type', type)
    c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${document.issuer ?? ''}${document.title}${document.datedOn}.${format}`)}`)
    return c.body(new Uint8Array(bytes))
  } catch (error) {
    if (!(error instanceof MissingGlyphs)) throw error
    setFlash(c, { tone: 'error', text: error.message })
    const code = c.req.param('body')
    return c.redirect(`${baseOf(code === undefined ? null : (await bodyOf(c)).code)}/inspections/${dayOf(c)}`, 303)
  }
}
