import { Hono } from 'hono'
import type { Context } from 'hono'
import { getBody } from '../../bodies/index.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { TooOften, createRateLimiter, parseForm, rateLimit } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import { findByCode, plainRegNo } from './access-code.ts'
import { giveSupplement, suppliedOn, withdrawOnline } from './applicant-acts.ts'
import { awaitsLateSupplement, canHappen } from '../application.ts'
import { getCaseLinks } from '../get-case-links.ts'
import { daysInWords } from './days-in-words.ts'
import { toTrackFollow, trackFollowRoutes } from '../follow-up/track-follow-routes.tsx'
import { givenByApplicant, listPapers } from '../papers/paper-store.ts'
import { getApplication } from '../queries.ts'
import { getGround } from '../settings.ts'
import { UPLOAD, takePapers } from '../papers/take-papers.ts'
import { toCaseView } from '../desk/to-case-page.ts'
import type { Tx } from '../../platform/db.ts'
import type { Application } from '../application.ts'
import { listAnswerStates, listRedos } from '../list-redos.ts'
import type { TrackedRedo } from './track-pages.tsx'
import { SupplementPage, TrackPage, TrackedCasePage, WithdrawPage } from './track-pages.tsx'
import { remedyDays } from '../remedy-days.ts'
import { TRACKED_CASE, TRACK_PATH, ended, forget, remember, tracked } from './track-session.ts'
import type { Tracked } from './track-session.ts'
import { pausedWords, publicHistory, stateWords, statusWords } from './track-words.ts'

/** 申请人查询进度、补正、撤回：凭登记号与查询码，不入网址；查到后以密封的 Cookie 记三十分钟。 */
export const trackRoutes = new Hono()
trackRoutes.route('/', trackFollowRoutes)

const SMALL = { maxBytes: 8 * 1024, maxFields: 10 }

trackRoutes.get(TRACK_PATH, (c) => renderPage(c, <TrackPage state={emptyForm} ended={c.req.query('ended') === 'yes'} />))

// 每个登记号各自限速：换着地址猜一个号的查询码也不行。比一个来处的宽得多：登记号是连着编的，
// 太严则一个人凭几次乱填就叫真正的申请人查不成；查询码约六十比特，每分钟三十次猜不出
const perNumber = createRateLimiter({ burst: 30, perMinute: 30 })

trackRoutes.post(TRACK_PATH, rateLimit({ burst: 10, perMinute: 5 }), async (c) => {
  const deps = c.get('deps')
  const form = await parseForm(c, SMALL)
  const regNo = form.text('regNo').slice(0, 60)
  const code = form.text('code').slice(0, 40)
  if (regNo === '' || code === '') {
    const errors = { ...(regNo === '' ? { regNo: '请填写登记号' } : {}), ...(code === '' ? { code: '请填写查询码' } : {}) }
    return again(c, { regNo: [regNo] }, errors)
  }
  const wait = perNumber.take(plainRegNo(regNo), deps.clock.now().getTime())
  if (wait > 0) throw new TooOften(wait)
  const found = await findByCode(deps.db, fieldKeys(deps.config.secretKey), { regNo, code })
  // 登记号错与查询码错同一句话
  if (found === null) return again(c, { regNo: [regNo] }, { '': '登记号与查询码不符，请对照凭条核对，再填一次查询码' })
  remember(c, found)
  return c.redirect(TRACKED_CASE, 303)
})

const again = (c: Context, values: FormState['values'], errors: FormState['errors']) => renderPage(c, <TrackPage state={{ values, errors }} ended={false} />, { status: 422 })

async function load(c: Context, { bodyId, caseId }: Tracked) {
  const deps = c.get('deps')
  const found = await getApplication(deps.db, bodyId, caseId)
  const papers = givenByApplicant(await listPapers(deps.db, bodyId, caseId))
  return { deps, bodyId, ...found, papers }
}

const DONE: Readonly<Record<string, string>> = {
  withdrawn: '已撤回',
  supplemented: '已交给机关，待机关与您确认收到',
  consent: '已记下您的选择',
  payment: '已交给机关，待机关核对到账',
  rated: '已收到您的评价',
  suggested: '已收到您的建议，由机关审核',
}

trackRoutes.get(TRACKED_CASE, async (c) => {
  const me = tracked(c)
  if (me === null) return ended(c)
  const { deps, bodyId, caseId, state, events, papers } = await load(c, me)
  const ground = await getGround(deps.db, bodyId, deps.clock.today())
  const view = toCaseView(state, events, ground, { people: new Map(), applicant: null })
  return renderPage(
    c,
    <TrackedCasePage
      bodyName={(await getBody(deps.db, bodyId)).name}
      application={state}
      words={stateWords(state)}
      due={view.due?.state === 'paused' ? { ...view.due, note: pausedWords(state) } : view.due}
      days={view.days}
      account={view.account}
      noCalendar={view.trouble !== null}
      history={publicHistory(state, events)}
      papers={papers}
      parts={state.status === 'split' ? (await getCaseLinks(deps.db, bodyId, caseId, state)).parts.map(({ regNo, at }) => ({ regNo, words: statusWords(at) })) : []}
      redos={await trackedRedos(deps.db, me, state)}
      canWithdraw={canHappen(state, 'withdrawn')}
      canSupplement={canHappen(state, 'supplemented')}
      suppliedOn={suppliedOn(state, events, papers)}
      follow={await toTrackFollow({ deps, bodyId, caseId: me.caseId, state, events, papers })}
      remedy={remedyDays(state, ground.calendar)}
      daysInWords={daysInWords(state, ground)}
      done={DONE[c.req.query('done') ?? ''] ?? null}
    />,
  )
})

/** 重新答复的一件，或者重新答复的原件。 */
async function trackedRedos(tx: Tx, { bodyId, caseId }: Tracked, { redo }: Application): Promise<TrackedRedo[]> {
  const of = redo === undefined ? await listRedos(tx, bodyId, [caseId]) : await listAnswerStates(tx, bodyId, [redo.of])
  return of.flatMap(({ status, dueOn, endedOn, answeredOn, ...one }) => {
    if (status === 'voided') return []
    const due = dueOn === null || answeredOn !== null || endedOn !== null ? '' : `应当答复于 ${dueOn}。`
    return [{ caseId: one.caseId, title: one.regNo, words: `${due}${statusWords(status)}` }]
  })
}

// 改看重新答复的一件，或者回到原件：只认与正在查询的一件相连的
trackRoutes.post(`${TRACK_PATH}/redo`, rateLimit({ burst: 10, perMinute: 10 }), async (c) => {
  const me = tracked(c)
  if (me === null) return ended(c)
  const wanted = (await parseForm(c, SMALL)).text('case')
  const { deps, state } = await load(c, me)
  const found = (await trackedRedos(deps.db, me, state)).find(({ caseId }) => caseId === wanted)
  if (found !== undefined) remember(c, { bodyId: me.bodyId, caseId: found.caseId })
  return c.redirect(TRACKED_CASE, 303)
})

trackRoutes.post(`${TRACK_PATH}/leave`, (c) => {
  forget(c)
  return ended(c)
})

trackRoutes.get(`${TRACK_PATH}/withdraw`, async (c) => {
  const me = tracked(c)
  if (me === null) return ended(c)
  const { state } = await load(c, me)
  return canHappen(state, 'withdrawn') ? renderPage(c, <WithdrawPage regNo={state.regNo} />) : c.redirect(TRACKED_CASE, 303)
})

trackRoutes.post(`${TRACK_PATH}/withdraw`, rateLimit({ burst: 10, perMinute: 5 }), async (c) => {
  const me = tracked(c)
  if (me === null) return ended(c)
  const result = await withdrawOnline(c.get('deps'), me)
  return c.redirect(result === 'done' ? `${TRACKED_CASE}?done=withdrawn` : TRACKED_CASE, 303)
})

async function supplementPage(c: Context, me: Tracked, keyId: string, state: FormState = emptyForm) {
  const { state: a, events } = await load(c, me)
  if (!canHappen(a, 'supplemented')) return c.redirect(TRACKED_CASE, 303)
  // 写补正费时：三十分钟从打开这一页重新数
  remember(c, me)
  const asked = events.map(({ event }) => event).findLast((event) => event.kind === 'supplement-asked')
  const by = a.supplements.at(-1)?.by ?? null
  return renderPage(c, <SupplementPage regNo={a.regNo} items={asked?.items ?? ''} by={by} late={awaitsLateSupplement(a)} keyId={keyId} state={state} />, { status: state === emptyForm ? 200 : 422 })
}

trackRoutes.get(`${TRACK_PATH}/supplement`, async (c) => {
  const me = tracked(c)
  return me === null ? ended(c) : supplementPage(c, me, newId())
})

trackRoutes.post(`${TRACK_PATH}/supplement`, rateLimit({ burst: 10, perMinute: 5 }), async (c) => {
  const me = tracked(c)
  if (me === null) return ended(c)
  const deps = c.get('deps')
  const form = await parseForm(c, UPLOAD)
  const given = form.text('key')
  const key = isId(given) ? given : newId()
  const text = form.text('text')
  const taken = await takePapers(form.files, { already: 0, givenOn: deps.clock.today(), kindOf: (field) => (field === 'files' ? 'supplement' : null) })
  const errors = { ...(taken.ok ? {} : taken.errors), ...(text === '' ? { text: '请写明补正的内容' } : text.length > 5000 ? { text: `不超过 5000 个字，现有 ${text.length} 个` } : {}) }
  if (!taken.ok || Object.keys(errors).length > 0) return supplementPage(c, me, key, { values: form.fields, errors })
  const result = await giveSupplement(deps, me, { key, text, papers: taken.papers })
  if (result === 'too-many') return supplementPage(c, me, key, { values: form.fields, errors: { files: '这件申请里补正的材料已经很多，请与机关联系当面或者邮寄补正' } })
  return c.redirect(result === 'done' ? `${TRACKED_CASE}?done=supplemented` : TRACKED_CASE, 303)
})
