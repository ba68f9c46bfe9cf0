import { Hono } from 'hono'
import type { Context } from 'hono'
import { districtName, getBody, listBodies } from '../../bodies/index.ts'
import { toDocx, toPdf, toXlsx } from '../../documents/index.ts'
import type { Document } from '../../documents/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { TimelineEntry } from '../../platform/html/index.ts'
import { rateLimit } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { addCalendarDays, isPlainDate } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { loadItem } from '../public/item-model.ts'
import { itemPath } from '../public/item-path.ts'
import { listPublishedByIds } from '../queries.ts'
import { DIRECTORY, DIRECTORY_FORMATS, DirectoryPage, MOST_LISTED, directoryTitle, toDirectoryDocument } from './directory.tsx'
import type { DirectoryFormat, DirectoryModel } from './directory.tsx'
import { LIBRARY } from './document-words.ts'
import { LibraryPage } from './library-page.tsx'
import { countFacets, countLibrary, findLibraryEntry, findWithdrawnIndexNo, listLibrary, listLibraryEntries } from './library-queries.ts'
import type { LibraryEntry } from './library-queries.ts'
import { LIBRARY_LIST, toLibraryFilter } from './library-search.ts'
import { getDocument } from './normative-store.ts'
import { PolicyPage } from './policy-page.tsx'

/**
 * 门户的政策文件库：列表、目录、一件。
 * 效力随日子而变，故页面不按数据的版本整页存下；所依据的数按版本与日子存。
 */
export const libraryRoutes = new Hono()

const bodiesOf = (c: Context) =>
  c.get('whileUnchanged')('library bodies', async () => new Map((await listBodies(c.get('deps').db, { includeAbolished: true })).map((body) => [body.bodyId, { code: body.code, name: body.name }])))

const bodyIdOf = (bodies: ReadonlyMap<string, { code: string }>, code: string | undefined): string | undefined => (code === undefined ? undefined : [...bodies].find(([, body]) => body.code === code)?.[0])

libraryRoutes.get(LIBRARY, async (c) => {
  const { db, clock } = c.get('deps')
  const today = clock.today()
  const bodies = await bodiesOf(c)
  const query = parseListQuery(c.req.url, LIBRARY_LIST)
  const { body, ...rest } = query.filters
  const bodyId = bodyIdOf(bodies, body)
  // 不认得的机关当作没有选
  const chosen = body === undefined || bodyId === undefined ? rest : { ...rest, body }
  const filter = toLibraryFilter(today, query.q, chosen, bodyId)
  const key = JSON.stringify({ ...filter, page: query.page })
  const found = await c.get('whileUnchanged')(`library ${key}`, async () => ({
    entries: await listLibrary(db, filter, { limit: query.size, offset: query.offset }),
    ...(await countFacets(db, filter)),
  }))
  return renderPage(c, <LibraryPage {...found} query={{ ...query, filters: chosen }} chosen={chosen} bodies={bodies} today={today} />)
})

async function readDirectory(c: Context): Promise<DirectoryModel> {
  const { db, clock } = c.get('deps')
  const today = clock.today()
  const [all, code, asked] = [await bodiesOf(c), c.req.query('body'), c.req.query('on') ?? '']
  const bodyId = bodyIdOf(all, code)
  if (code !== undefined && code !== '' && bodyId === undefined) throw new NotFound('这个机关')
  const on = isPlainDate(asked) && asked <= today && asked >= EARLIEST ? asked : today
  const filter = { today: on, validity: 'valid' as const, ...(bodyId === undefined ? {} : { bodyId }) }
  return {
    body: bodyId === undefined ? null : (all.get(bodyId) ?? null),
    district: await c.get('whileUnchanged')('district-name', () => districtName(db)),
    on,
    today,
    entries: await listLibrary(db, filter, { limit: MOST_LISTED, offset: 0, descending: false }),
    total: await countLibrary(db, filter),
    bodies: all,
  }
}
const EARLIEST = '1949-10-01'

libraryRoutes.get(DIRECTORY, async (c) => renderPage(c, <DirectoryPage {...await readDirectory(c)} />))

const WRITERS: Readonly<Record<DirectoryFormat, (document: Document) => Promise<Uint8Array>>> = { pdf: toPdf, xlsx: toXlsx, docx: toDocx }

for (const format of Object.keys(DIRECTORY_FORMATS) as DirectoryFormat[])
  // 排一份 PDF 要几十毫秒以上，一人不能一直排
  libraryRoutes.get(`${DIRECTORY}.${format}`, rateLimit({ burst: 10, perMinute: 10 }), async (c) => {
    const model = await readDirectory(c)
    const bytes = await WRITERS[format](toDirectoryDocument(model, c.get('deps').config.mode === 'demo'))
    c.header('Content-Type', DIRECTORY_FORMATS[format].type)
    c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${directoryTitle(model)}（${model.on}）.${format}`)}`)
    c.header('Cache-Control', 'public, no-cache')
    return c.body(Uint8Array.from(bytes))
  })

libraryRoutes.get(`${LIBRARY}/:documentId`, async (c) => {
  const deps = c.get('deps')
  const documentId = c.req.param('documentId')
  if (!isId(documentId)) throw new NotFound('这件政策文件')
  const entry = await findLibraryEntry(deps.db, documentId)
  if (entry === null) return goneOrNotFound(c, documentId)
  const body = await getBody(deps.db, entry.bodyId)
  const found = entry.item === null ? undefined : (await listPublishedByIds(deps.db, [{ bodyId: entry.bodyId, itemId: entry.item.itemId }])).get(entry.item.itemId)
  const relatives = await listLibraryEntries(deps.db, entry.bodyId, { ids: entry.repealedBy === null ? [] : [entry.repealedBy], repealedBy: documentId })
  const today = deps.clock.today()
  return renderPage(
    c,
    <PolicyPage
      entry={entry}
      body={body}
      today={today}
      item={found === undefined ? null : await loadItem(deps, found)}
      history={await readHistory(c, entry, today)}
      by={relatives.find((each) => each.documentId === entry.repealedBy) ?? null}
      repealed={relatives.filter((each) => each.repealedBy === documentId)}
      baseUrl={deps.config.baseUrl}
    />,
  )
})

// 正文撤回了的，原址有撤回的说明
async function goneOrNotFound(c: Context, documentId: string): Promise<Response> {
  const indexNo = await findWithdrawnIndexNo(c.get('deps').db, documentId)
  if (indexNo === null) throw new NotFound('这件政策文件')
  return c.redirect(itemPath(indexNo), 302)
}

/** 沿革：公布、施行、修改、延续、废止或届满；登记、更正、清理之类不给公众看。 */
async function readHistory(c: Context, entry: LibraryEntry, today: PlainDate): Promise<TimelineEntry[]> {
  const { state, history } = await getDocument(c.get('deps').db, entry.bodyId, entry.documentId)
  const extensions = history.flatMap(({ event }): TimelineEntry[] => (event.kind === 'extended' ? [{ on: event.on, text: `有效期延续至 ${event.expiresOn}`, note: event.basis }] : []))
  const lapsedFrom = state.expiresOn === null ? null : addCalendarDays(state.expiresOn, 1)
  const entries: TimelineEntry[] = [
    { on: state.madeOn, text: '公布', note: entry.docNo },
    ...(state.effectiveOn === null ? [] : [{ on: state.effectiveOn, text: '施行' }]),
    ...state.amendments.map(({ on, basis, note }) => ({ on, text: '修改', note: note === '' ? basis : `${basis}；${note}` })),
    ...extensions,
    ...(state.repealedOn === null ? [] : [{ on: state.repealedOn, text: '废止', note: state.repealBasis ?? undefined, tone: 'late' as const }]),
    ...(lapsedFrom !== null && lapsedFrom <= today && (state.repealedOn === null || lapsedFrom < state.repealedOn) ? [{ on: lapsedFrom, text: '有效期届满，不再有效', tone: 'late' as const }] : []),
  ]
  return entries.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}
