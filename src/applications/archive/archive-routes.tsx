import { Readable } from 'node:stream'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { getSetting } from '../../bodies/index.ts'
import { actorKey, can, listDisplayNames, permit, requirePermission, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState, ListQuery } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { toCsvLine } from '../../platform/ledger/index.ts'
import { addCalendarDays, yearOf } from '../../statute/plain-date.ts'
import { outcomeRule } from '../../statute/outcomes.ts'
import { actOnApplication } from '../act-on-application.ts'
import { getApplication } from '../queries.ts'
import { REFUSED } from '../refusals.ts'
import { actOnArchive, ARCHIVE_STEP_NAMES, ARCHIVE_STEPS, isArchiveStep, isArchiveStepOffered, requestPackage } from './archive-acts.ts'
import type { ArchiveStep } from './archive-acts.ts'
import { ArchiveCasePage, ArchiveStepPage, DownloadPage } from './archive-case-page.tsx'
import { ARCHIVE, ARCHIVE_VIEWS, ArchiveListPage, archiveHref, STATE_FILTERS, VIEW_NAMES } from './archive-list-page.tsx'
import { findArchive, listActs } from './archive-store.ts'
import type { ListDisputed } from './find-dispute.ts'
import { countArchives, countBuilding, listArchives } from './list-archives.ts'
import type { ArchiveFilter, ArchiveView } from './list-archives.ts'
import { openPackage } from './package-file.ts'
import { deidentifyWords } from './refuse-deidentify.ts'
import { RETENTIONS } from './retention.ts'

const read = permit('archive.read')
const SMALL = { maxBytes: 64 * 1024, maxFields: 250 }
const LIST = { sorts: ['caseId'], defaultSort: 'caseId', filters: { ripe: ['yes'], state: Object.keys(STATE_FILTERS), year: 'year' } } as const
const MOST_AT_ONCE = 50
const COUNTED = 10_000

const isState = (text: string | undefined): text is NonNullable<ArchiveFilter['state']> => text !== undefined && Object.hasOwn(STATE_FILTERS, text)

/** 工作台的档案：待归档、已归档、期满鉴定、销毁清册，案卷与各步；挂在 requireSignIn 之后。 */
export function archiveRoutes(listDisputed: ListDisputed): Hono {
  const routes = new Hono()
  for (const view of VIEW_NAMES) routes.get(ARCHIVE_VIEWS[view].href, read, (c) => listPage(c, view))
  routes.get(`${ARCHIVE}.csv`, permit('export.data'), exportList)
  routes.post(`${ARCHIVE}/batch`, permit('archive.keep'), archiveBatch)
  routes.get(`${ARCHIVE}/cases/:id`, read, casePage)
  routes.post(`${ARCHIVE}/cases/:id/package`, permit('archive.keep'), makePackage)
  routes.get(`${ARCHIVE}/cases/:id/download`, permit('personal-data.read'), (c) => downloadPage(c, emptyForm))
  routes.post(`${ARCHIVE}/cases/:id/download`, permit('personal-data.read'), download)
  routes.get(`${ARCHIVE}/cases/:id/:step`, read, (c) => stepPage(c, emptyForm))
  routes.post(`${ARCHIVE}/cases/:id/:step`, read, (c) => act(c, listDisputed))
  return routes
}

async function filterOf(c: Context, view: ArchiveView, { q, filters }: ListQuery): Promise<ArchiveFilter> {
  const { deps, actor } = signedIn(c)
  const today = deps.clock.today()
  const { ripe, state, year } = filters
  return {
    bodyId: actor.bodyId,
    view,
    regNo: q,
    dueBy: `${yearOf(today)}-12-31`,
    ...(ripe === 'yes' ? { settledBy: addCalendarDays(today, -(await getSetting(deps.db, actor.bodyId, 'archiveAfterDays'))) } : {}),
    ...(isState(state) ? { state } : {}),
    ...(year === undefined ? {} : { year: Number(year) }),
  }
}

async function listPage(c: Context, view: ArchiveView) {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, LIST)
  const filter = await filterOf(c, view, query)
  const { rows, next } = await listArchives(deps.db, filter, { after: query.after, limit: query.size })
  const total = await countArchives(deps.db, filter)
  const building = await countBuilding(deps.db, actor.bodyId)
  const page = (
    <ArchiveListPage
      view={view}
      rows={rows}
      query={query}
      total={total >= COUNTED ? { atLeast: COUNTED } : total}
      next={next}
      building={building}
      afterDays={await getSetting(deps.db, actor.bodyId, 'archiveAfterDays')}
      canKeep={can(actor, 'archive.keep', actor.bodyId)}
      canExport={can(actor, 'export.data', actor.bodyId)}
      flash={takeFlash(c)}
    />
  )
  return renderPage(c, page, view === 'kept' && building.cases > 0 ? { refreshSeconds: 3 } : {})
}

const HEAD = ['登记号', '结果', '文号', '作出决定', '送达', '归档', '保管期限', '期满', '文件份数', '大小（字节）', '整包摘要', '去标识化', '销毁', '销毁理由']
const EXPORT_ROWS = 100_000

// 不写所求：其中可能有个人信息
async function exportList(c: Context) {
  const { deps, actor } = signedIn(c)
  requirePermission(actor, 'archive.read', actor.bodyId)
  const asked = c.req.query('view')
  const view = VIEW_NAMES.find((name) => name === asked) ?? 'kept'
  const filter = await filterOf(c, view, parseListQuery(c.req.url, LIST))
  const lines = [toCsvLine(HEAD)]
  for (let after: string | null = null; lines.length <= EXPORT_ROWS; ) {
    const page = await listArchives(deps.db, filter, { after, limit: 200 })
    for (const row of page.rows) {
      const outcome = row.outcome === null ? '' : outcomeRule(row.outcome).label
      const retention = row.retention === null || row.archivedOn === null ? '' : RETENTIONS[row.retention]
      lines.push(toCsvLine([row.regNo, outcome, row.docNo ?? '', row.decidedOn ?? '', row.servedOn ?? '', row.archivedOn ?? '', retention, row.retainUntil ?? '', String(row.files ?? ''), String(row.size ?? ''), row.hash ?? '', row.deidentifiedOn ?? '', row.destroyedOn ?? '', row.destroyBecause ?? '']))
    }
    after = page.next
    if (after === null) break
  }
  await transaction(deps.db, (tx) => record(tx, actor, 'archive.exported', { bodyId: actor.bodyId, target: view }, { rows: lines.length - 1 }))
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${ARCHIVE_VIEWS[view].title}.csv`)}`)
  return c.body(`\uFEFF${lines.join('')}`)
}

/** 归档所选的各件：逐件各一事务，一件不成不误别件；档案包在后台做。 */
async function archiveBatch(c: Context) {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, SMALL)
  const chosen = [...new Set(form.fields[form.text('all') === 'yes' ? 'shown' : 'case'] ?? [])].filter(isId).slice(0, MOST_AT_ONCE)
  if (chosen.length === 0) {
    setFlash(c, { tone: 'warn', text: '没有选哪一件：在各行后面的方框里选了再归档' })
    return c.redirect(ARCHIVE, 303)
  }
  const refused: string[] = []
  for (const caseId of chosen) {
    const why = await archiveOne(c, caseId)
    if (why !== null) refused.push(why)
  }
  const done = `${chosen.length - refused.length} 件已归档，档案包正在后台制作`
  setFlash(c, refused.length === 0 ? { tone: 'ok', text: done } : { tone: 'warn', text: `${done}；没有归档的：${refused.slice(0, 5).join('；')}${refused.length > 5 ? ` 等 ${refused.length} 件` : ''}` })
  deps.log.info({ actor: actorKey(actor), archived: chosen.length - refused.length, refused: refused.length }, '批量归档')
  return c.redirect(ARCHIVE_VIEWS.kept.href, 303)
}

async function archiveOne(c: Context, caseId: string): Promise<string | null> {
  const { deps, actor } = signedIn(c)
  const { bodyId } = actor
  try {
    const { version, state } = await getApplication(deps.db, bodyId, caseId)
    const given = (name: string): string => (name === 'on' ? deps.clock.today() : '')
    const answer = await actOnApplication(deps, actor, { bodyId, caseId, seen: version, name: 'archive', given })
    return answer.ok ? null : `${state.regNo} ${REFUSED[answer.refusal]}`
  } catch (error) {
    if (error instanceof Conflict) return '有一件刚被别人办过，请再看一看'
    if (error instanceof NotFound) return '有一件不在本机关'
    throw error
  }
}

async function openArchive(c: Context) {
  const { deps, actor } = signedIn(c)
  const caseId = c.req.param('id') ?? ''
  if (!isId(caseId)) throw new NotFound('这份案卷')
  const { bodyId } = actor
  const { state } = await getApplication(deps.db, bodyId, caseId)
  return { deps, actor, bodyId, caseId, application: state, archive: await findArchive(deps.db, { bodyId, caseId }) }
}

async function casePage(c: Context) {
  const { deps, actor, bodyId, caseId, application, archive } = await openArchive(c)
  const acts = await listActs(deps.db, { bodyId, caseId })
  const people = await listDisplayNames(deps.db, acts.map((each) => each.done_by))
  const today = deps.clock.today()
  const page = (
    <ArchiveCasePage
      caseId={caseId}
      application={application}
      archive={archive}
      acts={acts.map((each) => ({ id: each.act_id, kind: each.kind, reason: each.reason, by: people.get(each.done_by) ?? '系统', on: each.done_on }))}
      steps={archive === null ? [] : ARCHIVE_STEP_NAMES.filter((step) => isArchiveStepOffered(step, archive, today, actor))}
      canKeep={can(actor, 'archive.keep', bodyId)}
      canTake={can(actor, 'personal-data.read', bodyId)}
      deidentify={archive === null ? null : await deidentifyWords(deps, archive)}
      flash={takeFlash(c)}
    />
  )
  return renderPage(c, page, archive?.state === 'waiting' || archive?.state === 'building' ? { refreshSeconds: 2 } : {})
}

async function makePackage(c: Context) {
  const { deps, actor, bodyId, caseId } = await openArchive(c)
  const result = await requestPackage(deps, actor, { bodyId, caseId })
  setFlash(c, result.ok ? { tone: 'ok', text: '已交办，在后台做' } : { tone: 'warn', text: result.message })
  return c.redirect(archiveHref(caseId), 303)
}

async function downloadPage(c: Context, state: FormState) {
  const { caseId, application, archive } = await openArchive(c)
  if (archive?.file_key == null) throw new NotFound('可以取出的档案包')
  return renderPage(c, <DownloadPage caseId={caseId} regNo={application.regNo} state={state} />, { status: state === emptyForm ? 200 : 422 })
}

async function download(c: Context) {
  const { deps, actor, bodyId, caseId, application, archive } = await openArchive(c)
  requirePermission(actor, 'archive.read', bodyId)
  const form = await parseForm(c, SMALL)
  const reason = form.text('reason')
  if (archive?.file_key == null) throw new NotFound('可以取出的档案包')
  if (reason.length < 2 || reason.length > 200) return downloadPage(c, { values: form.fields, errors: { reason: '请写明取出的事由，二至二百个字' } })
  await transaction(deps.db, (tx) => record(tx, actor, 'archive.taken', { bodyId, target: caseId }, { reason, hash: archive.hash }))
  const content = openPackage(deps.files, fieldKeys(deps.config.secretKey), { bodyId, caseId }, archive.file_key)
  c.header('Content-Type', 'application/zip')
  c.header('Content-Length', String(archive.size))
  c.header('Cache-Control', 'no-store')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${application.regNo}案卷${archive.preview ? '（预览）' : ''}.zip`)}`)
  // 逐块送出，不把整包读进内存
  return c.body(Readable.toWeb(Readable.from(content)) as ReadableStream)
}

async function openStep(c: Context) {
  const opened = await openArchive(c)
  const step = c.req.param('step') ?? ''
  if (!isArchiveStep(step) || opened.archive === null) throw new NotFound('这一步')
  requirePermission(opened.actor, ARCHIVE_STEPS[step].permit, opened.bodyId)
  return { ...opened, step, archive: opened.archive }
}

async function stepPage(c: Context, state: FormState) {
  const { deps, actor, caseId, application, archive, step } = await openStep(c)
  if (state === emptyForm && !isArchiveStepOffered(step, archive, deps.clock.today(), actor)) return notNow(c, caseId, step)
  return renderPage(c, <ArchiveStepPage caseId={caseId} regNo={application.regNo} step={step} archive={archive} state={state} />, { status: state === emptyForm ? 200 : 422 })
}

function notNow(c: Context, caseId: string, step: ArchiveStep) {
  setFlash(c, { tone: 'warn', text: `现在不能「${ARCHIVE_STEPS[step].label}」` })
  return c.redirect(archiveHref(caseId), 303)
}

async function act(c: Context, listDisputed: ListDisputed) {
  const { deps, actor, bodyId, caseId, step } = await openStep(c)
  const form = await parseForm(c, SMALL)
  const reason = form.text('reason').slice(0, 200)
  try {
    const answer = await actOnArchive(deps, actor, { bodyId, caseId, seen: Number(form.text('version')), step, reason, retention: form.text('retention') }, listDisputed)
    if (!answer.ok) return stepPage(c, { values: form.fields, errors: { [answer.field]: answer.message } })
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return stepPage(c, { values: form.fields, errors: { '': '他人刚才办过这份档案，请看过最新的情况再交' } })
  }
  setFlash(c, { tone: 'ok', text: ARCHIVE_STEPS[step].done })
  return c.redirect(archiveHref(caseId), 303)
}
