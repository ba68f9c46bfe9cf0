import { Hono } from 'hono'
import type { Context } from 'hono'
import { getSetting } from '../../bodies/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm, rateLimit } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import type { RecordedEvent } from '../../platform/timeline.ts'
import type { Application } from '../application.ts'
import type { ApplicationEvent } from '../events.ts'
import { rankInMonth } from '../find-duplicates.ts'
import { LETTER_FORMATS, isLetterFormat } from '../letter-desk/letter-files.ts'
import { givenByApplicant, listPapers } from '../papers/paper-store.ts'
import type { Paper } from '../papers/paper-store.ts'
import { getApplication } from '../queries.ts'
import { UPLOAD, takePapers } from '../papers/take-papers.ts'
import { TRACKED_CASE, TRACK_PATH, ended, tracked } from '../citizen/track-session.ts'
import type { Tracked } from '../citizen/track-session.ts'
import { answerConsent, canConsent, findConsent } from './consent.ts'
import { listApplicantAttachments, openApplicantAttachment } from './attachments-to-applicant.ts'
import { listApplicantLetters, openApplicantLetter } from './letters-to-applicant.ts'
import { canSuggest, suggestPublication } from './link-same-information.ts'
import { givePaymentReceipt, paymentGivenOn, toFeeView } from './payment.ts'
import type { FeeView } from './payment.ts'
import { MOST_WORDS, canRate, findRating, isScore, rate } from './rating.ts'
import { RatePage } from './rating-pages.tsx'
import { findSameInformation, isBecause } from './same-information.ts'
import { ConsentPage, PaymentPage, SuggestPage } from './track-follow-pages.tsx'
import type { TrackFollow } from './track-follow-pages.tsx'

/** 申请人提交之后可以做的：取文书、交缴费凭证、答电子送达、评价、建议主动公开；都凭查到后的密封 Cookie。 */
export const trackFollowRoutes = new Hono()

const SMALL = { maxBytes: 16 * 1024, maxFields: 10 }
const limited = rateLimit({ burst: 20, perMinute: 10 })

interface Loaded {
  deps: Deps
  bodyId: string
  caseId: string
  state: Application
  events: readonly RecordedEvent<ApplicationEvent>[]
  papers: readonly Paper[]
}

/** 「我的申请」页上，提交之后的各样。 */
export async function toTrackFollow({ deps, bodyId, caseId, state, events, papers }: Loaded): Promise<TrackFollow> {
  const { db, config, clock } = deps
  const rating = await findRating(db, fieldKeys(config.secretKey), bodyId, caseId)
  const group = await findSameInformation(db, bodyId, caseId)
  return {
    letters: await listApplicantLetters(db, { bodyId, caseId }, state),
    attachments: await listApplicantAttachments(db, { bodyId, caseId }, state),
    fee: await feeView({ deps, bodyId, caseId, state, events, papers }),
    consent: await findConsent(db, bodyId, caseId),
    canConsent: canConsent(state),
    rating,
    canRate: canRate(state, rating, clock.today()),
    canSuggest: canSuggest(state),
    suggestedOn: group?.cases.find((each) => each.caseId === caseId)?.suggestedOn ?? null,
  }
}

async function feeView({ deps, bodyId, caseId, state, events, papers }: Loaded): Promise<FeeView | null> {
  if (state.fee === null) return null
  const rank = state.fee.mode === 'COUNT' ? await rankInMonth(deps.db, bodyId, caseId) : 1
  const how = await getSetting(deps.db, bodyId, 'feePayment')
  return toFeeView(state, { how, rank, givenOn: paymentGivenOn(state, events, papers), today: deps.clock.today() })
}

async function load(c: Context, { bodyId, caseId }: Tracked): Promise<Loaded> {
  const deps = c.get('deps')
  const { state, events } = await getApplication(deps.db, bodyId, caseId)
  return { deps, bodyId, caseId, state, events, papers: givenByApplicant(await listPapers(deps.db, bodyId, caseId)) }
}

const statusOf = (state: FormState) => ({ status: state === emptyForm ? (200 as const) : (422 as const) })
const back = (c: Context, result: 'done' | 'not-now', done: string) => c.redirect(result === 'done' ? `${TRACKED_CASE}?done=${done}` : TRACKED_CASE, 303)

trackFollowRoutes.post(`${TRACK_PATH}/letter`, limited, async (c) => {
  const me = tracked(c)
  if (me === null) return ended(c)
  const form = await parseForm(c, SMALL)
  const [letterId, format] = [form.text('letter'), form.text('format')]
  if (!isId(letterId) || !isLetterFormat(format)) throw new NotFound('这件文书')
  const { bytes, name } = await openApplicantLetter(c.get('deps'), { ...me, letterId, format })
  c.header('Content-Type', LETTER_FORMATS[format].type)
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  c.header('Cache-Control', 'no-store')
  return c.body(Uint8Array.from(bytes))
})

trackFollowRoutes.post(`${TRACK_PATH}/attachment`, limited, async (c) => {
  const me = tracked(c)
  if (me === null) return ended(c)
  const documentId = (await parseForm(c, SMALL)).text('document')
  if (!isId(documentId)) throw new NotFound('这份附件')
  const { bytes, type, name } = await openApplicantAttachment(c.get('deps'), { ...me, documentId })
  c.header('Content-Type', type)
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  c.header('Cache-Control', 'no-store')
  return c.body(Uint8Array.from(bytes))
})

async function consentPage(c: Context, me: Tracked, state: FormState = emptyForm) {
  const { deps, state: a } = await load(c, me)
  if (!canConsent(a)) return c.redirect(TRACKED_CASE, 303)
  return renderPage(c, <ConsentPage regNo={a.regNo} consent={await findConsent(deps.db, me.bodyId, me.caseId)} state={state} />, statusOf(state))
}

trackFollowRoutes.get(`${TRACK_PATH}/consent`, async (c) => {
  const me = tracked(c)
  return me === null ? ended(c) : consentPage(c, me)
})

trackFollowRoutes.post(`${TRACK_PATH}/consent`, limited, async (c) => {
  const me = tracked(c)
  if (me === null) return ended(c)
  const form = await parseForm(c, SMALL)
  const agreed = form.text('agreed')
  if (agreed !== 'yes' && agreed !== 'no') return consentPage(c, me, { values: form.fields, errors: { agreed: '请选择同意还是不同意' } })
  return back(c, await answerConsent(c.get('deps'), me, agreed === 'yes'), 'consent')
})

async function paymentPage(c: Context, me: Tracked, keyId: string, state: FormState = emptyForm) {
  const loaded = await load(c, me)
  const fee = await feeView(loaded)
  if (fee === null || !fee.canGive) return c.redirect(TRACKED_CASE, 303)
  return renderPage(c, <PaymentPage regNo={loaded.state.regNo} fee={fee} keyId={keyId} state={state} />, statusOf(state))
}

trackFollowRoutes.get(`${TRACK_PATH}/payment`, async (c) => {
  const me = tracked(c)
  return me === null ? ended(c) : paymentPage(c, me, newId())
})

trackFollowRoutes.post(`${TRACK_PATH}/payment`, limited, async (c) => {
  const me = tracked(c)
  if (me === null) return ended(c)
  const deps = c.get('deps')
  const form = await parseForm(c, UPLOAD)
  const given = form.text('key')
  const key = isId(given) ? given : newId()
  const again = (message: string) => paymentPage(c, me, key, { values: form.fields, errors: { files: message } })
  const taken = await takePapers(form.files, { already: 0, givenOn: deps.clock.today(), kindOf: (field) => (field === 'files' ? 'payment' : null) })
  if (!taken.ok) return again(taken.errors['files'] ?? '文件没有收下，请重选')
  if (taken.papers.length === 0) return again('请选择缴费凭证的照片或者 PDF')
  const result = await givePaymentReceipt(deps, me, { key, papers: taken.papers })
  return result === 'too-many' ? again('这件申请的缴费凭证已经很多，请与机关联系') : back(c, result, 'payment')
})

async function ratePage(c: Context, me: Tracked, state: FormState = emptyForm) {
  const { deps, state: a } = await load(c, me)
  const given = await findRating(deps.db, fieldKeys(deps.config.secretKey), me.bodyId, me.caseId)
  if (!canRate(a, given, deps.clock.today())) return c.redirect(TRACKED_CASE, 303)
  return renderPage(c, <RatePage regNo={a.regNo} given={given} state={state} />, statusOf(state))
}

trackFollowRoutes.get(`${TRACK_PATH}/rating`, async (c) => {
  const me = tracked(c)
  return me === null ? ended(c) : ratePage(c, me)
})

trackFollowRoutes.post(`${TRACK_PATH}/rating`, limited, async (c) => {
  const me = tracked(c)
  if (me === null) return ended(c)
  const form = await parseForm(c, SMALL)
  const [score, words] = [form.text('score'), form.text('words')]
  const errors = {
    ...(isScore(score) ? {} : { score: '请选择满意、基本满意或者不满意' }),
    ...(words.length > MOST_WORDS ? { words: `不超过 ${MOST_WORDS} 个字，现有 ${words.length} 个` } : {}),
  }
  if (!isScore(score) || Object.keys(errors).length > 0) return ratePage(c, me, { values: form.fields, errors })
  return back(c, await rate(c.get('deps'), me, { score, words }), 'rated')
})

async function suggestPage(c: Context, me: Tracked, state: FormState = emptyForm) {
  const { deps, state: a } = await load(c, me)
  const group = await findSameInformation(deps.db, me.bodyId, me.caseId)
  const already = group?.cases.some((each) => each.caseId === me.caseId && each.suggestedOn !== null) === true
  if (already || !canSuggest(a)) return c.redirect(TRACKED_CASE, 303)
  return renderPage(c, <SuggestPage regNo={a.regNo} state={state} />, statusOf(state))
}

trackFollowRoutes.get(`${TRACK_PATH}/suggest`, async (c) => {
  const me = tracked(c)
  return me === null ? ended(c) : suggestPage(c, me)
})

trackFollowRoutes.post(`${TRACK_PATH}/suggest`, limited, async (c) => {
  const me = tracked(c)
  if (me === null) return ended(c)
  const form = await parseForm(c, SMALL)
  const because = form.text('because')
  if (!isBecause(because)) return suggestPage(c, me, { values: form.fields, errors: { because: '请选择为什么' } })
  return back(c, await suggestPublication(c.get('deps'), me, because), 'suggested')
})
