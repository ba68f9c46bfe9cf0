import { Hono } from 'hono'
import type { Context } from 'hono'
import { checkGiven, findDisputable, getDisputed } from '../../applications/index.ts'
import type { DisputedApplication } from '../../applications/index.ts'
import { getSetting } from '../../bodies/index.ts'
import { permit, setFlash, signedIn } from '../../identity/index.ts'
import { Conflict } from '../../platform/errors.ts'
import { emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import { needsReviewFirst, outcomeRule } from '../../statute/outcomes.ts'
import { hrefOf, HOME } from '../desk/hrefs.ts'
import { REFUSED } from '../refusals.ts'
import { listReviewsOf } from './find-registered.ts'
import { registerCase } from './register-case.ts'
import { intakeFields, isIntakeKind, partyProblems } from './register-fields.ts'
import type { IntakeHelp, IntakeKind } from './register-fields.ts'
import { ChoosePage, IntakePage } from './register-pages.tsx'

/** 登记复议、诉讼；须先于案件的地址挂上。 */
export const registerRoutes = new Hono()

const NEW = `${HOME}/new`
const handle = permit('review.handle')
const LIMITS = { maxBytes: 64 * 1024, maxFields: 40 }

interface Opened {
  kind: IntakeKind
  number: string
  disputed: DisputedApplication | null
  help: IntakeHelp
}

async function openIntake(c: Context, kind: IntakeKind): Promise<Opened> {
  const { deps, actor } = signedIn(c)
  const { bodyId } = actor
  const number = (c.req.query('doc') ?? '').trim().slice(0, 100)
  const applicationId = await findDisputable(deps.db, bodyId, number)
  const disputed = applicationId === null ? null : await getDisputed(deps.db, bodyId, applicationId)
  const docNo = disputed === null ? number : (disputed.application.decision?.docNo ?? '')
  return {
    kind,
    number,
    disputed,
    help: {
      today: deps.clock.today(),
      number: docNo,
      hasApplicant: disputed !== null && disputed.application.applicantId !== null,
      authority: await getSetting(deps.db, bodyId, 'reviewAuthority'),
      court: await getSetting(deps.db, bodyId, 'court'),
      reviews: kind === 'after-review' ? await listReviewsOf(deps.db, bodyId, { decisionNo: docNo, applicationId }) : {},
    },
  }
}

// 须先复议而直接起诉的：法院多半不予立案，登记时就提示（年度报告的核查 K13 也会提示）
function warningsOf({ kind, disputed, help }: Opened): string[] {
  const decision = disputed?.application.decision ?? null
  const first = decision !== null && needsReviewFirst(decision.outcome, decision.decidedOn)
  return [
    ...(kind === 'direct' && first ? ['这件答复属于应当先申请行政复议的情形（行政复议法第二十三条），而来函是直接起诉：请核对种类'] : []),
    ...(kind === 'after-review' && Object.keys(help.reviews).length === 0 ? ['没有登记过这件答复的复议：先登记复议，诉讼才连得上'] : []),
  ]
}

const wordsOf = ({ caseId, application: { regNo, content, decision } }: DisputedApplication) => ({
  href: `/desk/applications/${caseId}`,
  regNo,
  content: content.slice(0, 200),
  outcome: decision === null ? null : `${decision.decidedOn} ${decision.docNo ?? ''} ${outcomeRule(decision.outcome).label}`,
})

const intakePage = (c: Context, opened: Opened, { caseId, state }: { caseId: string; state: FormState }) =>
  renderPage(
    c,
    <IntakePage caseId={caseId} kind={opened.kind} number={opened.number} found={opened.disputed === null ? null : wordsOf(opened.disputed)} warnings={warningsOf(opened)} fields={intakeFields(opened.kind, opened.help)} state={state} />,
    { status: state === emptyForm ? 200 : 422 },
  )

registerRoutes.get(NEW, handle, async (c) => {
  const kind = c.req.query('kind') ?? ''
  if (!isIntakeKind(kind)) return renderPage(c, <ChoosePage number={(c.req.query('doc') ?? '').slice(0, 100)} kind={null} />)
  return intakePage(c, await openIntake(c, kind), { caseId: newId(), state: emptyForm })
})

/** 登记时不可以的缘故，写在所涉的栏旁。 */
const FIELD_OF: Readonly<Record<string, string>> = { 'future-date': 'on', 'out-of-order': 'on', 'case-no-taken': 'caseNo' }

registerRoutes.post(NEW, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const asked = c.req.query('kind') ?? ''
  const opened = await openIntake(c, isIntakeKind(asked) ? asked : 'review')
  const form = await parseForm(c, LIMITS)
  const given = form.text('caseId')
  const caseId = isId(given) ? given : newId()
  const again = (errors: FormState['errors']) => intakePage(c, opened, { caseId, state: { values: form.fields, errors } })
  const errors = { ...checkGiven(intakeFields(opened.kind, opened.help), form.text), ...partyProblems(form.text, opened.help) }
  if (Object.keys(errors).length > 0) return again(errors)
  try {
    const done = await registerCase(deps, actor, { bodyId: actor.bodyId, caseId, kind: opened.kind, applicationId: opened.disputed?.caseId ?? null, given: form.text })
    if (!done.ok) return again({ [FIELD_OF[done.refusal] ?? '']: done.refusal === 'case-no-taken' ? '这个案号已经登记过了' : REFUSED[done.refusal] })
  } catch (error) {
    // 同一张表单交了两次：第一次已登记
    if (!(error instanceof Conflict)) throw error
  }
  setFlash(c, { tone: 'ok', text: '已登记，期限已算出' })
  return c.redirect(hrefOf(caseId), 303)
})
