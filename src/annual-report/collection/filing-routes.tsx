import { Hono, type Context } from 'hono'
import { record } from '../../audit/index.ts'
import { getBodyByCode, listMergers } from '../../bodies/index.ts'
import { actorKey, can, requirePermission, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { transaction } from '../../platform/connect.ts'
import { parseForm } from '../../platform/http/index.ts'
import { renderPage, type FormState } from '../../platform/html/index.ts'
import { daysBetween, yearOf } from '../../statute/plain-date.ts'
import { owesReport } from '../owes-report.ts'
import { isWordedAct, PublicationPage, WordedActPage, type WordedAct } from './act-pages.tsx'
import type { FilingChanged } from './change-filing.ts'
import { filingDue } from './due-days.ts'
import { FilingPage } from './filing-page.tsx'
import { findRound } from './filing-store.ts'
import { remindFilers } from './handle-many.ts'
import { returnBar } from './filing.ts'
import { compareRounds, loadFiling } from './load-filing.ts'
import { toMarks, toRemarks } from './marks.ts'
import { nextForFiling } from './next-for-filing.ts'
import { listPredecessors } from './predecessors.ts'
import { FILING_REFUSED } from './refused-words.ts'
import { PickMarksPage, WriteRemarksPage } from './return-pages.tsx'
import { acceptFiling, returnFiling } from './review-filing.ts'
import { RoundPage } from './round-page.tsx'
import { sendOriginal } from './send-original.ts'
import { allowErrors, endException, exceptFiling, tellPublication, unlockFiling } from './supervise-filing.ts'
import { findReportRow } from '../store.ts'
import { listUploads } from './upload-store.ts'

/** 一个机关一个年度的报送：看、受理、退回、准许带错、解锁、免报加报。挂在 requireSignIn 之后。 */
export const filingRoutes = new Hono()

export const FILING = '/desk/filings/:code/:year{[0-9]{4}}'
const TEXT_LIMITS = { maxBytes: 512 * 1024, maxFields: 200 }

/** 地址里的机关与年度；无权看该机关的抛 Forbidden。 */
export async function filingPlace(c: Context) {
  const { deps, actor } = signedIn(c)
  const year = Number(c.req.param('year'))
  if (year < 2008 || year >= yearOf(deps.clock.today()) + 1) throw new NotFound('这个年度')
  const body = await getBodyByCode(deps.db, c.req.param('code') ?? '')
  requirePermission(actor, 'report.read', body.bodyId)
  return { deps, actor, body, year, key: { bodyId: body.bodyId, year }, base: `/desk/filings/${body.code}/${year}` }
}

filingRoutes.get(FILING, async (c) => {
  const { deps, actor, body, year, base } = await filingPlace(c)
  const today = deps.clock.today()
  const view = await loadFiling(deps.db, body.bodyId, year, today)
  const { state } = view.found
  const report = await findReportRow(deps.db, body.bodyId, year)
  const [mayReview, mayFile] = [can(actor, 'filing.review'), can(actor, 'report.file', body.bodyId)]
  const reportHref = report === undefined ? null : `/desk/reports/${body.code}/${year}`
  const owes = owesReport(body, year)
  const exempt = state.exception?.kind === 'exempt'
  const { dueOn, innerOn } = await filingDue(deps.db, year)
  const left = daysBetween(state.filedOn ?? today, dueOn)
  return renderPage(
    c,
    <FilingPage
      {...view}
      base={base}
      year={year}
      due={{ dueOn, innerOn, late: left < 0 && state.filedOn === null && owes && !exempt, note: exempt ? '已定为免报，不计期限' : dueNote(state.filedOn, left) }}
      mayReview={mayReview}
      mayFile={mayFile}
      reportHref={reportHref}
      notes={await notesOf(c, body.bodyId, year, state)}
      uploads={mayFile ? (await listUploads(deps.db, body.bodyId, year)).map((one) => ({ uploadId: one.upload_id, fileName: one.file_name, confirmed: one.confirmed })) : []}
      next={nextForFiling({ filing: state, base, mayReview, mayFile, isFiler: state.filer === actorKey(actor), owes, reportHref, signedHere: report !== undefined && (report.status === 'signed' || report.status === 'released') })}
      flash={takeFlash(c)}
    />,
  )
})

const dueNote = (filedOn: string | null, left: number): string =>
  filedOn === null ? (left < 0 ? `已逾期 ${-left} 天` : `还有 ${left} 天`) : left < 0 ? `${filedOn} 报送，迟 ${-left} 天` : `${filedOn} 报送，没有逾期`

async function notesOf(c: Context, bodyId: string, year: number, state: { exception: { kind: string; reason: string } | null; reviewer: string | null }): Promise<string[]> {
  const { deps } = signedIn(c)
  const merged = (await listPredecessors(deps.db, bodyId, year)).map((one) => `${one.on} ${one.name}并入，其台账与责任由本机关一并报`)
  const into = (await listMergers(deps.db)).find((one) => one.bodyId === bodyId)
  return [
    ...(state.exception === null ? [] : [`${state.exception.kind === 'exempt' ? '免报' : '加报'}：${state.exception.reason}`]),
    ...merged,
    ...(into === undefined ? [] : [`${into.on} 并入别的机关（${into.basis}）${yearOf(into.on) <= year ? '，这一年度由后继报送' : ''}`]),
  ]
}

/** 办完回到报送页，把结果带去；不成的说明缘由。 */
function after(c: Context, base: string, result: FilingChanged, done: string): Response {
  setFlash(c, result.ok ? { tone: 'ok', text: done } : { tone: 'error', text: FILING_REFUSED[result.refusal] })
  return c.redirect(base, 303)
}

async function officePlace(c: Context) {
  const place = await filingPlace(c)
  requirePermission(place.actor, 'filing.review', place.body.bodyId)
  return place
}

async function wordedPage(c: Context, act: WordedAct, state?: FormState, seen?: number) {
  const { deps, body, year, base } = await officePlace(c)
  const view = await loadFiling(deps.db, body.bodyId, year, deps.clock.today())
  return renderPage(c, <WordedActPage act={act} base={base} name={view.name} year={year} version={seen ?? view.found.version} round={view.found.state.round} state={state} />, { status: state === undefined ? 200 : 422 })
}

const ACT = `${FILING}/:act{accept|allow|unlock|exempt|add|restore}`
const DONE: Record<WordedAct, string> = { accept: '已受理', allow: '已准许带错报送一次', unlock: '已解锁', exempt: '已定为免报', add: '已定为加报', restore: '已撤销' }

filingRoutes.get(ACT, (c) => {
  const act = c.req.param('act')
  if (!isWordedAct(act)) throw new NotFound('这一步')
  return wordedPage(c, act)
})

filingRoutes.post(ACT, async (c) => {
  const { deps, actor, key, base } = await officePlace(c)
  const act = c.req.param('act')
  if (!isWordedAct(act)) throw new NotFound('这一步')
  const form = await parseForm(c, TEXT_LIMITS)
  const words = form.text('words').slice(0, 500)
  const seen = Number(form.text('version')) || 0
  const to = { ...key, seen }
  const done = {
    accept: () => acceptFiling(deps, actor, { ...to, round: Number(form.text('round')), words }),
    allow: () => allowErrors(deps, actor, { ...to, reason: words }),
    unlock: () => unlockFiling(deps, actor, { ...to, reason: words }),
    exempt: () => exceptFiling(deps, actor, { ...to, kind: 'exempt', reason: words }),
    add: () => exceptFiling(deps, actor, { ...to, kind: 'added', reason: words }),
    restore: () => endException(deps, actor, { ...to, reason: words }),
  } satisfies Record<WordedAct, () => Promise<FilingChanged>>
  const result = await done[act]()
  if (!result.ok && result.refusal === 'words-required') return wordedPage(c, act, { values: form.fields, errors: { words: FILING_REFUSED['words-required'] } }, seen)
  return after(c, base, result, DONE[act])
})

filingRoutes.post(`${FILING}/remind`, async (c) => {
  const { deps, actor, key, base } = await officePlace(c)
  const count = await remindFilers(deps, actor, { year: key.year, bodyIds: [key.bodyId] })
  setFlash(c, count > 0 ? { tone: 'ok', text: '已催报' } : { tone: 'warn', text: FILING_REFUSED['nothing-to-remind'] })
  return c.redirect(base, 303)
})

/** 退回要有报来的一份；没有的说明缘由。 */
async function returning(c: Context) {
  const place = await officePlace(c)
  const view = await loadFiling(place.deps.db, place.body.bodyId, place.year, place.deps.clock.today())
  const bar = returnBar(view.found.state)
  return { ...place, view, round: bar === null ? view.current : null, bar: bar ?? 'not-filed' }
}

filingRoutes.get(`${FILING}/return`, async (c) => {
  const { base, view, round, bar } = await returning(c)
  if (round === null) return after(c, base, { ok: false, refusal: bar }, '')
  const keys = (c.req.queries('mark') ?? []).slice(0, 1000)
  if (c.req.query('step') === 'write') return renderPage(c, <WriteRemarksPage base={base} name={view.name} round={round} marks={toMarks(round, keys)} version={view.found.version} />)
  const wrong = round.findings.flatMap((one) => (one.severity === 'error' && one.cell !== null ? [one.cell] : []))
  return renderPage(c, <PickMarksPage base={base} name={view.name} round={round} picked={new Set(keys.length > 0 ? keys : wrong)} />)
})

filingRoutes.post(`${FILING}/return`, async (c) => {
  const { deps, actor, key, base, view, round, bar } = await returning(c)
  if (round === null) return after(c, base, { ok: false, refusal: bar }, '')
  const form = await parseForm(c, TEXT_LIMITS)
  const marks = toMarks(round, form.text('marks').split(' '))
  const words = form.text('words').slice(0, 2000)
  const seen = Number(form.text('version')) || 0
  const result = await returnFiling(deps, actor, { ...key, seen, round: Number(form.text('round')), words, remarks: toRemarks(marks, (one) => form.text(`remark.${one}`)) })
  if (result.ok || (result.refusal !== 'words-required' && result.refusal !== 'remark-required')) return after(c, base, result, '已退回，机关收到通知')
  const errors =
    result.refusal === 'words-required'
      ? { words: '没有标出之处的，请写明哪里要改，不少于五个字' }
      : Object.fromEntries(marks.filter((one) => form.text(`remark.${one.key}`) === '').map((one) => [`remark.${one.key}`, '请写明这里有什么问题']))
  return renderPage(c, <WriteRemarksPage base={base} name={view.name} round={round} marks={marks} version={seen} state={{ values: form.fields, errors }} />, { status: 422 })
})

const ROUND = `${FILING}/rounds/:round{[0-9]{1,3}}`

async function roundOf(c: Context) {
  const place = await filingPlace(c)
  const view = await loadFiling(place.deps.db, place.body.bodyId, place.year, place.deps.clock.today())
  const round = await findRound(place.deps.db, view.found, Number(c.req.param('round')))
  if (round === null) throw new NotFound('这一次报送')
  return { ...place, view, round }
}

filingRoutes.get(ROUND, async (c) => {
  const { deps, base, view, round } = await roundOf(c)
  const last = round.round === 1 ? null : await findRound(deps.db, view.found, round.round - 1)
  return renderPage(c, <RoundPage base={base} name={view.name} round={round} difference={last === null ? null : compareRounds(last, round)} />)
})

filingRoutes.get(`${ROUND}/file`, async (c) => {
  const { deps, actor, key, round } = await roundOf(c)
  if (round.fileKey === null || round.fileName === null) throw new NotFound('上传的原件')
  const bytes = await deps.files.get(round.fileKey)
  await transaction(deps.db, (tx) => record(tx, actor, 'filing.downloaded', { bodyId: key.bodyId, target: `${key.year}` }, { year: key.year }))
  return sendOriginal(c, bytes, round.fileName)
})

async function publicationPage(c: Context, state?: FormState) {
  const { deps, actor, body, year, base } = await filingPlace(c)
  requirePermission(actor, 'report.file', body.bodyId)
  const { found, name } = await loadFiling(deps.db, body.bodyId, year, deps.clock.today())
  return renderPage(c, <PublicationPage base={base} name={name} year={year} version={found.version} publishedOn={found.state.publishedOn} url={found.state.publishedUrl} state={state} />, { status: state === undefined ? 200 : 422 })
}

filingRoutes.get(`${FILING}/publication`, (c) => publicationPage(c))

filingRoutes.post(`${FILING}/publication`, async (c) => {
  const { deps, actor, key, base } = await filingPlace(c)
  const form = await parseForm(c, TEXT_LIMITS)
  const [publishedOn, url] = [form.text('publishedOn'), form.text('url').slice(0, 500)]
  const errors: Record<string, string> = {}
  if (!/^\d{4}-\d{2}-\d{2}$/.test(publishedOn) || Number.isNaN(Date.parse(publishedOn)) || publishedOn > deps.clock.today() || yearOf(publishedOn) <= key.year) errors['publishedOn'] = `应为 ${key.year + 1} 年以来、不晚于今日的日期`
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) errors['url'] = '应为 http:// 或 https:// 开头的网址'
  if (Object.keys(errors).length > 0) return publicationPage(c, { values: form.fields, errors })
  return after(c, base, await tellPublication(deps, actor, { ...key, seen: Number(form.text('version')) || 0, publishedOn, url }), '已记下')
})
