import { Hono } from 'hono'
import type { Context } from 'hono'
import { plainRegNo } from '../../../applications/index.ts'
import { getBody, getCalendar, listBodies } from '../../../bodies/index.ts'
import { transaction } from '../../../platform/connect.ts'
import { fieldKeys } from '../../../platform/crypto.ts'
import { emptyForm, renderPage } from '../../../platform/html/index.ts'
import type { DueDateProps, FormState } from '../../../platform/html/index.ts'
import { TooOften, createRateLimiter, parseForm, rateLimit } from '../../../platform/http/index.ts'
import type { Calendar } from '../../../statute/calendar.ts'
import { isRating } from '../actions/feed-back.ts'
import { complaintDueOn } from '../complaint-term.ts'
import { canHappen, isOpen, mayReopen } from '../complaint.ts'
import type { Complaint, Elsewhere } from '../complaint.ts'
import { getComplaint } from '../complaint-store.ts'
import { publicHistory } from '../desk/history-words.ts'
import { FILE_LIMITS, UPLOAD, readFiles } from '../file-store.ts'
import { askAgain, followMoves, giveFeedback, giveSupply } from '../give-supply.ts'
import { findByCode } from '../query-code.ts'
import { findOffice } from '../register-complaint.ts'
import { PORTAL } from '../submit-complaint.ts'
import { TRACK_PATH } from '../tell-complainant.ts'
import { MOST_TEXT } from '../text-store.ts'
import { sealedCookie } from './sealed-cookie.ts'
import { AskAgainPage, CASE, ComplaintTrackPage, RatePage, SupplyPage, TrackedComplaintPage } from './track-pages.tsx'

/** 反映人查询、补充、评价：凭登记号与查询码，不入网址；查到后以密封的 Cookie 记三十分钟。 */
export const complaintTrackRoutes = new Hono()

const SMALL = { maxBytes: 16 * 1024, maxFields: 10 }
const session = sealedCookie('complaint-track', TRACK_PATH)
const ended = (c: Context) => c.redirect(`${TRACK_PATH}?ended=yes`, 303)

complaintTrackRoutes.get(TRACK_PATH, (c) => renderPage(c, <ComplaintTrackPage state={emptyForm} ended={c.req.query('ended') === 'yes'} />))

// 每个登记号各自限速：换着地址猜一个号的查询码也不行
const perNumber = createRateLimiter({ burst: 30, perMinute: 30 })
const limit = () => rateLimit({ burst: 10, perMinute: 5 })

complaintTrackRoutes.post(TRACK_PATH, limit(), async (c) => {
  const deps = c.get('deps')
  const form = await parseForm(c, SMALL)
  const [regNo, code] = [form.text('regNo').slice(0, 60), form.text('code').slice(0, 40)]
  const again = (errors: FormState['errors']) => renderPage(c, <ComplaintTrackPage state={{ values: { regNo: [regNo] }, errors }} ended={false} />, { status: 422 })
  if (regNo === '' || code === '') return again({ ...(regNo === '' ? { regNo: '请填写登记号' } : {}), ...(code === '' ? { code: '请填写查询码' } : {}) })
  const wait = perNumber.take(plainRegNo(regNo), deps.clock.now().getTime())
  if (wait > 0) throw new TooOften(wait)
  const found = await findByCode(deps.db, fieldKeys(deps.config.secretKey), { regNo, code })
  // 登记号错与查询码错同一句话
  if (found === null) return again({ '': '登记号与查询码不符，请对照凭条核对，再填一次查询码' })
  session.put(c, [found.bodyId, found.complaintId])
  return c.redirect(CASE, 303)
})

complaintTrackRoutes.post(`${TRACK_PATH}/leave`, (c) => {
  session.forget(c)
  return ended(c)
})

function tracked(c: Context): Elsewhere | null {
  const [bodyId, complaintId] = session.read(c) ?? []
  return bodyId === undefined || complaintId === undefined ? null : { bodyId, complaintId }
}

const DONE: Readonly<Record<string, string>> = { supplied: '已收到您的补充', rated: '已收到您的评价', again: '已请求再办一次' }

complaintTrackRoutes.get(CASE, async (c) => {
  const me = tracked(c)
  if (me === null) return ended(c)
  const { db, clock } = c.get('deps')
  const first = await getComplaint(db, me.bodyId, me.complaintId)
  const now = await followMoves(db, me)
  const { complaint } = now
  const lead = complaint.status === 'merged' && complaint.movedTo !== null ? (await followMoves(db, complaint.movedTo)).complaint : null
  const isMoved = now.complaintId !== me.complaintId
  const bodies = new Map((await listBodies(db, { includeAbolished: true })).map((body) => [body.bodyId, body.name]))
  c.header('Cache-Control', 'no-store')
  return renderPage(
    c,
    <TrackedComplaintPage
      complaint={complaint}
      bodyName={(await getBody(db, now.bodyId)).name}
      aboutName={bodies.get(complaint.aboutBodyId) ?? ''}
      due={dueOf(lead ?? complaint, await getCalendar(db), clock.today())}
      history={[...(isMoved ? publicHistory(first.history) : []), ...publicHistory(now.found.history)]}
      answer={(complaint.answer ?? lead?.answer)?.text ?? null}
      firstAnswer={complaint.earlier[0]?.answer.text ?? null}
      canAskAgain={mayReopen(complaint)}
      canSupply={canHappen(complaint, 'supplied')}
      canRate={canHappen(complaint, 'fed-back') && complaint.feedback === null}
      done={DONE[c.req.query('done') ?? ''] ?? null}
    />,
  )
})

function dueOf(complaint: Complaint, calendar: Calendar, today: string): DueDateProps | null {
  if (!isOpen(complaint)) return null
  const on = complaintDueOn(complaint, calendar)
  if (on === null) return null
  return { label: '答复您不晚于', on, state: today > on ? 'late' : 'ahead', note: today > on ? '已经晚了，机关正在办' : `自${complaint.reopenedOn === null ? '收到' : '再办'}次日起 ${complaint.days + (complaint.extension?.days ?? 0)} 个工作日` }
}

async function supplyPage(c: Context, me: Elsewhere, state: FormState = emptyForm) {
  const { complaint } = await followMoves(c.get('deps').db, me)
  if (!canHappen(complaint, 'supplied')) return c.redirect(CASE, 303)
  session.put(c, [me.bodyId, me.complaintId])
  return renderPage(c, <SupplyPage regNo={complaint.regNo} question={complaint.status === 'asked' ? (complaint.asked?.question ?? null) : null} state={state} />, { status: state === emptyForm ? 200 : 422 })
}

complaintTrackRoutes.get(`${TRACK_PATH}/supply`, async (c) => {
  const me = tracked(c)
  return me === null ? ended(c) : supplyPage(c, me)
})

complaintTrackRoutes.post(`${TRACK_PATH}/supply`, limit(), async (c) => {
  const me = tracked(c)
  if (me === null) return ended(c)
  const deps = c.get('deps')
  const form = await parseForm(c, UPLOAD)
  const text = form.text('text')
  const { files, wrong } = await readFiles(form.files, FILE_LIMITS.once)
  const errors = { ...(wrong === null ? {} : { files: wrong }), ...(text === '' ? { text: '请写明补充的内容' } : text.length > MOST_TEXT.supply ? { text: `不超过 ${MOST_TEXT.supply} 个字，现有 ${text.length} 个` } : {}) }
  if (Object.keys(errors).length > 0) return supplyPage(c, me, { values: form.fields, errors })
  const given = await transaction(deps.db, (tx) => giveSupply(tx, deps, PORTAL, me, { text, files }))
  if (!given) return supplyPage(c, me, { values: form.fields, errors: { '': '补充的已经很多，或者现在不能补充；请与办理的机关联系' } })
  return c.redirect(`${CASE}?done=supplied`, 303)
})

async function ratePage(c: Context, me: Elsewhere, state: FormState = emptyForm) {
  const { complaint } = await followMoves(c.get('deps').db, me)
  if (!canHappen(complaint, 'fed-back') || complaint.feedback !== null) return c.redirect(CASE, 303)
  return renderPage(c, <RatePage regNo={complaint.regNo} state={state} />, { status: state === emptyForm ? 200 : 422 })
}

complaintTrackRoutes.get(`${TRACK_PATH}/rate`, async (c) => {
  const me = tracked(c)
  return me === null ? ended(c) : ratePage(c, me)
})

complaintTrackRoutes.post(`${TRACK_PATH}/rate`, limit(), async (c) => {
  const me = tracked(c)
  if (me === null) return ended(c)
  const deps = c.get('deps')
  const form = await parseForm(c, SMALL)
  const [rating, text] = [form.text('rating'), form.text('text')]
  if (!isRating(rating) || text.length > MOST_TEXT.feedback) return ratePage(c, me, { values: form.fields, errors: isRating(rating) ? { text: `不超过 ${MOST_TEXT.feedback} 个字，现有 ${text.length} 个` } : { rating: '请选择' } })
  await transaction(deps.db, (tx) => giveFeedback(tx, deps, PORTAL, me, { rating, text }))
  return c.redirect(`${CASE}?done=rated`, 303)
})

async function againPage(c: Context, me: Elsewhere, state: FormState = emptyForm) {
  const { db, clock } = c.get('deps')
  const { bodyId, complaint } = await followMoves(db, me)
  if (!mayReopen(complaint)) return c.redirect(CASE, 303)
  const office = await findOffice(db, new Set(complaint.barred), clock.today())
  return renderPage(c, <AskAgainPage regNo={complaint.regNo} bodyName={(await getBody(db, bodyId)).name} office={office === null || office === bodyId ? null : (await getBody(db, office)).name} state={state} />, { status: state === emptyForm ? 200 : 422 })
}

complaintTrackRoutes.get(`${TRACK_PATH}/again`, async (c) => {
  const me = tracked(c)
  return me === null ? ended(c) : againPage(c, me)
})

complaintTrackRoutes.post(`${TRACK_PATH}/again`, limit(), async (c) => {
  const me = tracked(c)
  if (me === null) return ended(c)
  const deps = c.get('deps')
  const form = await parseForm(c, SMALL)
  const [to, text] = [form.text('to'), form.text('text')]
  const errors = { ...(to === 'own' || to === 'office' ? {} : { to: '请选择' }), ...(text === '' ? { text: '请写明为何不满意' } : text.length > MOST_TEXT.feedback ? { text: `不超过 ${MOST_TEXT.feedback} 个字，现有 ${text.length} 个` } : {}) }
  if (Object.keys(errors).length > 0) return againPage(c, me, { values: form.fields, errors })
  const asked = await transaction(deps.db, (tx) => askAgain(tx, deps, PORTAL, me, { text, to: to === 'office' ? 'office' : 'own' }))
  return c.redirect(asked ? `${CASE}?done=again` : CASE, 303)
})
